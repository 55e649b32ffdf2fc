"""The foot: the most important finding with the way to it, what is parked and decided, and whether all is saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.messages import Message, msg, words
from app.model.commit import Decision, ParkedItem
from app.rules.check import Question
from app.rules.finding import Finding, Severity
from app.rules.promises import may_be_promised
from app.steps import BY_ID
from app.workspace import SaveState, Saving
from ui.desk import Desk
from ui.findings import TOKENS, Findings
from ui.panels.due_line import DueLine
from ui.panels.walk import Walk
from ui.theme import Theme
from ui.widgets.basic import button, label, line, say_on, set_role, set_text
from ui.widgets.elided import ElidedLabel
from ui.widgets.tips import plain_tip

SAID = {
    SaveState.SAVED: ("All changes saved", "tertiary"),
    SaveState.SAVING: ("Saving …", "secondary"),
    SaveState.FAILED: ("Not saved", "bad"),
    SaveState.READ_ONLY: ("Read-only", "secondary"),
}


_ANSWERED = msg("All six questions are answered. F7 shows all twelve steps.")


class Foot(QFrame):
    """One line; everything in it is reached by Tab."""

    parked_wanted = Signal()
    decisions_wanted = Signal()

    led = Signal(object)
    """The Finding to which somebody was led and where they still are, else None; for the guide."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.finding: Finding | Question | None = None
        """What stands here: what somebody was led to and is at, else the heaviest finding, or while the workshop is
        short, the next of its questions."""
        self._step = ""
        self._walk = Walk(desk)
        self._short = self._walk.short
        self.setProperty("role", "foot")
        row = line(self, margins=(16, 6, 16, 6), spacing=8)
        self.dot = Dot(desk.theme)
        self.question = ElidedLabel("", "name", lines=2)
        self.about = label("", "tertiary")
        self.go = button("Go to it", tip=msg("Open the place that answers it; from there, the next one (F8, Shift+F8)"))
        # A press of the mouse leaves the focus where it led before, and so leads on from there.
        self.go.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.go.clicked.connect(self.go_to_finding)
        self.promise = button("Promise …", "quiet", tip="Say who answers it by when; for the design that is enough")
        self.promise.clicked.connect(self._promise)
        self.due = DueLine(desk)
        self.parked = button("", "quiet")
        self.parked.clicked.connect(self.parked_wanted)
        self.decisions = button("", "quiet")
        self.decisions.clicked.connect(self.decisions_wanted)
        self.saved = label("", "tertiary")
        for widget in (self.dot, self.question, self.about, self.go, self.promise):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.due)
        for widget in (self.parked, self.decisions, self.saved):
            row.addWidget(widget)
        self._walk.moved.connect(self._walked)
        desk.workspace.findings_changed.connect(self.show_findings)
        desk.workspace.saving_changed.connect(self.show_saving)
        desk.workspace.changed.connect(self._changed)
        self.show_saving(desk.workspace.saving)
        self.show_counts()
        self.show_findings(desk.workspace.findings)

    def make_narrow(self, narrow: bool) -> None:
        """Leave out what there is no room for; the question stays, in smaller letters, so that two lines of it are no
        higher than the button beside them. What is due stands on Readiness too."""
        self.about.setVisible(not narrow)
        set_role(self.question, "name-small" if narrow else "name")
        self.due.make_narrow(narrow)

    def show_step(self, step: str) -> None:
        """The findings of this step come first from now on."""
        self._step = step
        self.show_findings(self.desk.workspace.findings)

    def show_findings(self, findings: Findings) -> None:
        here = self._walk.here()
        self.finding = here or next(iter(self._walk.open_from(self._step)), None)
        self.led.emit(here if isinstance(here, Finding) else None)
        self.go.setVisible(self.finding is not None)
        self.promise.setVisible(isinstance(self.finding, Finding) and may_be_promised(self.desk.document, self.finding))
        if self.finding is None:
            self.dot.show_token("ok")
            set_text(self.question, _ANSWERED if self._short else msg("Nothing blocks sign-off."))
            set_text(self.about, "")
        elif isinstance(self.finding, Finding):
            self.dot.show_token(TOKENS[self.finding.severity])
            set_text(self.question, self.finding.question)
            set_text(self.about, self._about(self.finding, findings))
        else:
            self.dot.show_token("warn")
            set_text(self.question, self.finding.text)
            step = msg(BY_ID[self.finding.step].title)
            set_text(self.about, msg("Question {number} of 6 · {step}", number=self.finding.number, step=step))

    def _about(self, finding: Finding, findings: Findings) -> Message:
        here = [f for f in findings.on(self._step) if f.severity is Severity.BLOCKER]
        code = finding.code
        if finding.step != self._step:
            return msg("{code} · {step}", code=code, step=msg(BY_ID[finding.step].title))
        if here:
            return msg("{code} · blockers on this step: {count}", code=code, count=len(here))
        return msg("{code}", code=code)

    def _walked(self) -> None:
        self.show_findings(self.desk.workspace.findings)

    def _changed(self, *change: object) -> None:
        self.show_counts()
        before, self._short = self._short, self._walk.short
        if before or self._short:
            self.show_findings(self.desk.workspace.findings)

    def show_counts(self, *change: object) -> None:
        document = self.desk.document
        parked = sum(not item.done for item in document.rows(ParkedItem))
        say_on(self.parked, msg("Parking lot {count}", count=parked))
        say_on(self.decisions, msg("Decisions {count}", count=len(document.rows(Decision))))

    def show_saving(self, saving: Saving) -> None:
        """Say how far saving is; "saved" only when it is so."""
        said, role = SAID[saving.state]
        set_text(self.saved, words(said))
        set_role(self.saved, role)
        self.saved.setToolTip(plain_tip(words(saving.problem) if saving.problem else ""))

    def go_to_finding(self) -> None:
        """Open the place that answers what stands here; from that place, go on to the next one."""
        self._go(1)

    def go_to_finding_before(self) -> None:
        """Open the place of the point before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        if self.finding is not None:
            self._walk.go(self._step, self.finding, by)
        elif self._short:
            self.desk.say(_ANSWERED)
        else:
            self.desk.say(msg("Nothing is open."))

    def _promise(self) -> None:
        self.desk.promise_wanted.emit(self.finding)


class Dot(QWidget):
    """A dot in the colour of a weight; the words beside it say the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._token = "ok"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self._fit()

    def show_token(self, token: str) -> None:
        self._token = token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(self._token))
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _fit(self) -> None:
        self.setFixedSize(self._theme.px(10), self._theme.px(10))
