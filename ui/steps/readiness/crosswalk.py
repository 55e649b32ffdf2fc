"""The framework crosswalk: what this map provides evidence toward, and what is missing (domain.md 2)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.room import Agent
from app.policy.crosswalk import (
    ADVICE,
    STANDINGS,
    Evidence,
    Framework,
    Requirement,
    Standing,
    eu_standing,
    evidence,
    frameworks,
)
from app.report.sections.crosswalk import READ_IN, sentences
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import titled
from ui.widgets.basic import column, label, line, set_text
from ui.widgets.editors.choosing import Combo
from ui.widgets.form import Form
from ui.widgets.timeline import Point, Timeline

TONES = {Standing.THERE: "ok", Standing.PART: "warn", Standing.NONE: "bad", Standing.OUTSIDE: "accent"}


class CrosswalkView(QWidget):
    """The question that decides about EU duties, one framework at a time, and the evidence behind all of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._found: Mapping[str, Evidence] = {}
        self.high_risk = Form(desk, Agent, desk.document.only(Agent).id, ("high_risk_use",), columns=1)
        self._eu = label("", "secondary", wrap=True)
        self.frameworks = Combo()
        self.frameworks.setAccessibleName(words("Framework"))
        for framework in frameworks():
            self.frameworks.addItem(f"{framework.name} · {framework.edition}")
        self.frameworks.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.frameworks.setMinimumContentsLength(20)
        self.frameworks.activated.connect(self._show_framework)
        self._read_in = label("", "tertiary", wrap=True)
        self._note = label("", "secondary", wrap=True)
        self.requirements = Timeline(desk.theme, timed=False)
        self.requirements.opened.connect(self._open_requirement)
        self.evidence = Timeline(desk.theme, timed=False)
        self.evidence.opened.connect(self._open_evidence)
        whole = column(self, spacing=14)
        whole.addWidget(titled("EU AI Act", self._asked(), intro="None of this is obviously high-risk use; so ask."))
        intro = msg("“There” means that this map provides evidence toward it, never that it is met.")
        whole.addWidget(titled("Framework by framework", self._listed(), intro=intro))
        whole.addWidget(titled("The evidence in this map", self.evidence, intro="Return goes to where it is given."))

    def refresh(self) -> None:
        """Work the evidence out anew."""
        self._found = evidence(self.desk.document, self.desk.workspace.workspace.mint.moment())
        set_text(self._eu, eu_standing(self.desk.document))
        self._show_framework()
        self.evidence.show_points([_evidence_point(each) for each in self._found.values()])

    # --- as a part of the page, for the one field that is edited here ---

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        self.high_risk.follow(change_set, initiator)
        set_text(self._eu, eu_standing(self.desk.document))

    def show_findings(self, findings: Findings) -> None:
        self.high_risk.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        return self.high_risk.reveal(row_id, field)

    # --- parts ---

    def _asked(self) -> QWidget:
        inside = QWidget()
        layout = column(inside, spacing=8)
        layout.addWidget(self.high_risk)
        layout.addWidget(self._eu)
        return inside

    def _listed(self) -> QWidget:
        inside = QWidget()
        layout = column(inside, spacing=8)
        layout.addWidget(label(ADVICE, "secondary", wrap=True))
        row = line(spacing=8)
        row.addWidget(self.frameworks, 1)
        layout.addLayout(row)
        for part in (self._read_in, self._note, self.requirements):
            layout.addWidget(part)
        return inside

    def _framework(self) -> Framework:
        return frameworks()[self.frameworks.currentIndex()]

    def _show_framework(self) -> None:
        chosen = self._framework()
        set_text(self._read_in, msg("Its ids were read in {where}.", where=msg(READ_IN[chosen.status])))
        set_text(self._note, msg(chosen.note) if chosen.note else "")
        self._note.setVisible(bool(chosen.note))
        self.requirements.show_points([_requirement_point(each, self._found) for each in chosen.requirements])

    def _open_requirement(self, place: int) -> None:
        """Go to the evidence that is missing, else to what is there."""
        kinds = [self._found[key] for key in self._framework().requirements[place].evidence]
        wanted = next((each for each in kinds if each.standing is not Standing.THERE), next(iter(kinds), None))
        if wanted is not None:
            self.desk.open_place(wanted.step, wanted.subject, wanted.field)
        else:
            self.desk.refuse(msg("An ownership map says nothing about this one; it is settled elsewhere."))

    def _open_evidence(self, place: int) -> None:
        each = list(self._found.values())[place]
        self.desk.open_place(each.step, each.subject, each.field)


def _requirement_point(requirement: Requirement, found: Mapping[str, Evidence]) -> Point:
    kinds = [found[key] for key in requirement.evidence]
    standing = requirement.standing(found)
    detail = msg("Evidence: {kinds}", kinds=", ".join(words(each.title) for each in kinds)) if kinds else ""
    missing = sentences(point for each in kinds for point in each.missing)
    return Point(
        f"{', '.join(requirement.ids)}  {words(requirement.paraphrase)}",
        words(STANDINGS[standing]),
        TONES[standing],
        words(detail),
        words(msg("Missing: {what}", what=missing)) if missing else "",
    )


def _evidence_point(each: Evidence) -> Point:
    missing = sentences(each.missing)
    return Point(
        words(each.title),
        words(STANDINGS[each.standing]),
        TONES[each.standing],
        sentences(each.there),
        words(msg("Missing: {what}", what=missing)) if missing else "",
    )
