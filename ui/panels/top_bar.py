"""The top bar: what this is, how far it is, the clock, and what can be done from everywhere."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.messages import Message, msg, words
from app.model.changes import ChangeSet
from app.model.fields import Scope
from app.model.kinds import ALL
from app.model.room import Agent
from app.revisions import signoff
from app.revisions.signoff import SignoffState
from ui.desk import Desk
from ui.panels.clock import StepClock
from ui.theme import Theme
from ui.widgets.basic import button, label, line, set_role, set_text
from ui.widgets.elided import ElidedLabel
from ui.widgets.tips import plain_tip

SETTLE = 400
"""Milliseconds after the last edit before the status is found anew: its digest costs too much for every key."""

SIGNED = {row_class.spec.kind for row_class in ALL if row_class.spec.scope is Scope.SIGNOFF}
"""Kinds that are written when somebody freezes, signs or withdraws: the status follows at once."""


class TopBar(QFrame):
    """Emits the ids of commands (see ui.menus)."""

    command = Signal(object)

    status_found = Signal(object)
    """The SignoffState, a moment after an edit."""

    def __init__(self, desk: Desk, *, export: bool) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "bar")
        row = line(self, margins=(16, 8, 16, 8), spacing=10)
        self.project = ElidedLabel("", "heading")
        self.status = label("", "badge")
        self.clock = StepClock(desk)
        row.addWidget(Logo(desk.theme))
        row.addWidget(self.project)
        row.addWidget(self.status, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        row.addWidget(self.clock)
        self.buttons: dict[str, QPushButton] = {}
        for command, icon, name in (
            ("undo", "arrow-back-up", "Undo"),
            ("redo", "arrow-forward-up", "Redo"),
            ("zoom_out", "zoom-out", "Smaller"),
            ("zoom_in", "zoom-in", "Larger"),
            ("theme", "moon", "Light or dark"),
        ):
            made = button("", "quiet", name=name, tip=name)
            made.setObjectName(command)
            desk.icons.put_on(made, icon)
            made.clicked.connect(self._pressed)
            self.buttons[command] = made
            row.addWidget(made)
        self.guide_button = button("?", "quiet", name=msg("Guide"), tip=msg("What to ask, and what to listen for (F1)"))
        self.guide_button.setObjectName("guide")
        self.guide_button.clicked.connect(self._pressed)
        row.addWidget(self.guide_button)
        self.find_button = button(msg("Find or do   Ctrl K"), "quiet", name="Find or do", tip="Ctrl+K")
        self.find_button.setObjectName("find")
        self.find_button.clicked.connect(self._pressed)
        row.addWidget(self.find_button)
        self.audience_button = button("Audience view", tip="F5")
        self.audience_button.setObjectName("audience")
        self.audience_button.clicked.connect(self._pressed)
        row.addWidget(self.audience_button)
        self.export_button = button("Export", "primary", tip="Ctrl+E")
        self.export_button.setObjectName("export")
        self.export_button.clicked.connect(self._pressed)
        self.export_button.setVisible(export)
        row.addWidget(self.export_button)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE)
        self._soon.timeout.connect(self.show_status)
        desk.workspace.changed.connect(self._changed)
        self.show_project()

    def make_narrow(self, narrow: bool) -> None:
        """Leave to the menus what there is no room for."""
        for command in ("zoom_out", "zoom_in", "theme"):
            self.buttons[command].setVisible(not narrow)
        self.audience_button.setVisible(not narrow)
        self.guide_button.setVisible(not narrow)
        self.find_button.setText(words("Find or do") if narrow else words("Find or do   Ctrl K"))

    def make_tight(self, tight: bool) -> None:
        """Leave out what else is in the menus, and has keys."""
        self.find_button.setVisible(not tight)

    def show_project(self) -> None:
        """The agent's name."""
        set_text(self.project, self.desk.document.only(Agent).name or words("An agent without a name"))

    def show_step_back(self, name: str, said: str, *, possible: bool) -> None:
        """What the button "undo" or "redo" would do."""
        made = self.buttons[name]
        made.setToolTip(plain_tip(said))
        made.setAccessibleName(said)
        made.setEnabled(possible)

    def show_status(self) -> None:
        """Draft, signed by some, or signed."""
        state = signoff.state(self.desk.document)
        whole = words(state.words())
        set_text(self.status, in_short(state))
        self.status.setToolTip(plain_tip(whole))
        self.status.setAccessibleName(whole)
        set_role(self.status, "badge-ok" if state.signed else "badge")
        self.status_found.emit(state)

    def _changed(self, made: ChangeSet, initiator: object) -> None:
        self.show_project()
        if made.kinds() & SIGNED:
            self._soon.stop()
            self.show_status()
        else:
            self._soon.start()

    def _pressed(self) -> None:
        self.command.emit(self.sender().objectName())


def in_short(state: SignoffState) -> Message:
    """Where sign-off stands, in so few words that the bar has room for them at every zoom."""
    if state.faults:
        return msg("Sign-off in doubt")
    return msg("Names taken out") if state.erased else state.words()


class Logo(QWidget):
    """The mark: one ring in a square, one name in a map."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self._fit)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        px = self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(self.rect(), px(6), px(6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("on_strong"), px(2)))
        painter.drawEllipse(QRectF(self.rect()).center(), px(6), px(6))
        painter.end()

    def _fit(self) -> None:
        self.setFixedSize(self._theme.px(26), self._theme.px(26))
