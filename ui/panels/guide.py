"""The guide beside the page: what to ask the room, what to listen for, a weak and a better answer, what is open."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.messages import Message, msg, words
from app.rules.finding import Finding, Severity
from app.steps import Step
from ui.desk import Desk
from ui.findings import ROLES, WORDS, Findings
from ui.widgets.basic import column, empty, label, set_text
from ui.widgets.tips import plain_tip
from ui.widgets.wrapped import WrappedButton

SHOWN = 30
"""Open points that are listed; more of them help nobody in the room."""


class Guide(QFrame):
    """For the facilitator's eyes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._step: Step | None = None
        self._finding: Finding | None = None
        self._shown: list[Finding] = []
        self.setProperty("role", "guide")
        self.setAccessibleName(words("Guide"))
        inside = QWidget()
        inside.setProperty("role", "body")
        text = column(inside, margins=(18, 18, 14, 18), spacing=6)
        self._over_ask, self.ask = _said(text, "question")
        self._over_listen, self.listen = _said(text, "")
        text.addSpacing(8)
        text.addWidget(label("Weak and better", "caption"))
        self.weak = label("", "weak", wrap=True)
        self.better = label("", "better", wrap=True)
        text.addWidget(self.weak)
        text.addWidget(self.better)
        text.addSpacing(8)
        self.still = label("", "caption")
        text.addWidget(self.still)
        self.keys = label("F8 goes to the next one, Shift+F8 to the one before.", "tertiary", wrap=True)
        text.addWidget(self.keys)
        self._open = column(spacing=2)
        text.addLayout(self._open)
        text.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        column(self).addWidget(scroll)
        desk.workspace.findings_changed.connect(self.show_findings)

    def sizeHint(self) -> QSize:
        # The scroll area remembers what it once asked for, at whatever zoom that was.
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def show_step(self, step: Step) -> None:
        """Say what this step asks."""
        self._step = step
        self._say()
        self._shown = []
        self.show_findings(self.desk.workspace.findings)

    def show_finding(self, finding: Finding | None) -> None:
        """Say what this open point asks, for as long as somebody is at its place; with None, what the step asks."""
        if finding != self._finding:
            self._finding = finding
            self._say()

    def _say(self) -> None:
        step, finding = self._step, self._finding
        if finding is not None:
            self._say_these(
                (msg("Ask the room · {code}", code=finding.code), finding.question),
                (msg("What is open"), finding.detail),
                finding.weak,
                finding.better,
            )
        elif step is not None:
            self._say_these(
                (msg("Ask the room"), msg(step.ask)),
                (msg("Listen for"), msg(step.listen_for)),
                msg(step.weak),
                msg(step.better),
            )

    def _say_these(
        self, ask: tuple[Message, Message], listen: tuple[Message, Message], weak: Message, better: Message
    ) -> None:
        """What to ask and what to listen for, each with the words over it, and the two answers."""
        for over, said, texts in ((self._over_ask, self.ask, ask), (self._over_listen, self.listen, listen)):
            set_text(over, texts[0])
            set_text(said, texts[1])
        set_text(self.weak, msg("Weak: {text}", text=weak))
        set_text(self.better, msg("Better: {text}", text=better))

    def show_findings(self, findings: Findings) -> None:
        """List what is still open on this step."""
        if self._step is None:
            return
        found = findings.on(self._step.id)
        if found == self._shown and found:
            return
        self._shown = found
        set_text(self.still, still_open(found))
        self.keys.setVisible(bool(found))
        empty(self._open)
        for finding in found[:SHOWN]:
            self._open.addWidget(OpenPoint(self.desk, finding))
        if len(found) > SHOWN:
            self._open.addWidget(label(msg("and {count} more", count=len(found) - SHOWN), "tertiary"))


class OpenPoint(WrappedButton):
    """A finding as its question; pressing it goes to the field that answers it."""

    def __init__(self, desk: Desk, finding: Finding) -> None:
        weight, about = words(WORDS[finding.severity]), words(desk.document.called(finding.subject))
        super().__init__(
            desk.theme, f"{weight} · {about}" if about else weight, words(finding.question), ROLES[finding.severity]
        )
        self._desk = desk
        self._finding = finding
        self.setToolTip(plain_tip(f"{finding.code}: {words(finding.detail)}"))
        self.clicked.connect(self._go)

    def _go(self) -> None:
        self._desk.go_to(self._finding)


def still_open(found: list[Finding]) -> Message:
    """How many points are open; advice is told apart, as the rail does not count it."""
    advice = sum(finding.severity is Severity.ADVICE for finding in found)
    if not found:
        return msg("Nothing is open here")
    if advice == len(found):
        return msg("Nothing is open here; advice: {advice}", advice=advice)
    if advice:
        return msg("Still open: {count} · advice: {advice}", count=len(found) - advice, advice=advice)
    return msg("Still open: {count}", count=len(found))


def _said(into: QVBoxLayout, role: str) -> tuple[QLabel, QLabel]:
    """A text with the words over it."""
    over, said = label("", "caption"), label("", role, wrap=True)
    into.addWidget(over)
    into.addWidget(said)
    into.addSpacing(8)
    return over, said
