"""Step 11, Readiness: the eight questions, every open point, and what somebody accepts or promises."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.messages import Message, msg, words
from app.model.changes import ChangeSet
from app.model.commit import AcceptedRisk, Commitment, Decision, ParkedItem
from app.model.document import Document
from app.model.row import Row
from app.rules.finding import Context, Finding, Severity
from app.steps import Step
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import Page, Part, titled
from ui.steps.readiness.detail import FindingDetail
from ui.steps.readiness.finding_list import FindingList
from ui.steps.readiness.model import ALL, FindingModel, chosen
from ui.steps.readiness.questions import EightQuestions
from ui.steps.sections import section_for
from ui.widgets.basic import column, label, set_text
from ui.widgets.form import editable
from ui.widgets.segments import Choosing
from ui.widgets.slot_line import Shown, Slot
from ui.widgets.slot_list import SlotList, Slots

_BESIDE = 780
"""Pixels of width, at 100 %, from which the selected point is explained beside the list."""


class ReadinessPage(Page):
    """The list of points, and beside it why the selected one matters and what can be done about it."""

    guide_shown = False

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.model = FindingModel(self)
        self.list = FindingList(desk.theme, self.model)
        self.detail = FindingDetail(desk)
        self.eight = EightQuestions(desk)
        self._build()
        self.list.selected.connect(self.detail.show_finding)
        self.list.wanted.connect(desk.go_to)
        self.list.accept_wanted.connect(self._accept)
        self.list.promise_wanted.connect(self._promise)
        self.detail.left.connect(self.list.setFocus)
        self.refresh(None, None)
        self.refresh_findings(desk.workspace.findings)

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        self.eight.show_questions(Context(self.desk.workspace.workspace.mint.moment()))
        if self.list.current() is not None:
            self.detail.show_finding(self.list.current())

    def refresh_findings(self, findings: Findings) -> None:
        set_text(self._counts, _counts(findings))
        self.model.show_findings(chosen(findings.all, self.which.place))
        self._nothing.setVisible(not self.model.rowCount())
        self.list.setVisible(bool(self.model.rowCount()))
        self.detail.show_finding(self.list.current())

    def _build(self) -> None:
        self.body.addWidget(self._points())
        self.body.addWidget(titled("The eight questions", self.eight, intro="All yes before it does real work."))
        self.risks = _slots(self.desk, AcceptedRisk, risk_slots, "Reason", "expiry")
        self.commitments = _slots(self.desk, Commitment, commitment_slots, "What", "by_when")
        for part, spec in ((self.risks, AcceptedRisk.spec), (self.commitments, Commitment.spec)):
            self._put(part, titled(spec.many, part))
        for row_class in (Decision, ParkedItem):
            section = section_for(self.desk, row_class, editable(row_class))
            self._put(section, section)
        self.body.addStretch()

    def _points(self) -> QWidget:
        inside = QWidget()
        layout = column(inside, spacing=8)
        self._counts = label("", "secondary", wrap=True)
        entries = (msg("Open"), msg("Blockers"), msg("Warnings"), msg("Advice"), msg("Accepted or promised"))
        self.which = Choosing(msg("Show"), entries)
        self.which.choose(ALL)
        self.which.chosen.connect(self._which_chosen)
        self._nothing = label(msg("Nothing of that kind."), "tertiary")
        hint = "Return goes to the place, A accepts a warning, P promises evidence."
        layout.addWidget(self._counts)
        layout.addWidget(self.which)
        listed = QWidget()
        below = column(listed, spacing=8)
        for part in (self.list, self._nothing, label(hint, "tertiary", wrap=True)):
            below.addWidget(part)
        below.addStretch()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(20)
        self._sides.addWidget(listed, 3)
        self._sides.addWidget(self.detail, 2)
        layout.addLayout(self._sides)
        return titled("Open points", inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.desk.theme.px(_BESIDE)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _put(self, part: Part, widget: QWidget) -> None:
        self.add_part(part)
        self.body.addWidget(widget)

    def _which_chosen(self) -> None:
        self.refresh_findings(self.desk.workspace.findings)

    def _accept(self, finding: Finding) -> None:
        self.detail.accept()

    def _promise(self, finding: Finding) -> None:
        self.detail.promise()


def _slots(desk: Desk, row_class: type[Row], slots: Slots, heading: str, day: str) -> SlotList:
    return SlotList(
        desk,
        row_class,
        (Shown("code", 2), Shown("subject", 3, said=_about), Shown("who", 3, msg("nobody yet")), Shown(day, 3)),
        slots,
        heading=heading,
        invitation="",
    )


def risk_slots(document: Document) -> list[Slot]:
    """A line for each accepted risk."""
    return [Slot(row.id, row.why or words("No reason yet"), row.id) for row in document.rows(AcceptedRisk)]


def commitment_slots(document: Document) -> list[Slot]:
    """A line for each promise."""
    return [Slot(row.id, row.what or words("Nothing said yet"), row.id) for row in document.rows(Commitment)]


def _about(document: Document, row: Row) -> str:
    """What it is about, by name; the whole map where it names no row."""
    return words(document.called(str(row.value("subject"))))


def _counts(findings: Findings) -> Message:
    """How many there are of each weight."""
    return msg(
        "Blockers: {blockers} · warnings: {warnings} · advice: {advice} · accepted: {accepted}",
        blockers=findings.count(Severity.BLOCKER),
        warnings=findings.count(Severity.WARNING),
        advice=findings.count(Severity.ADVICE),
        accepted=len(findings.all) - len(findings.open),
    )
