"""When the drill is set: Friday 16:37, Saturday 03:00, or any other moment that is typed; and which failure."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError, FieldFault
from app.messages import msg, words
from app.model import vocabulary as v
from app.model.fields import fields_of
from app.model.ids import instant, moment
from app.model.stop import DrillRun
from app.policy.drill import default_moments
from ui.desk import Desk
from ui.widgets.basic import column, label
from ui.widgets.editors.typing import Line
from ui.widgets.segments import Choosing
from ui.widgets.untaken import ASKING
from ui.widgets.values import read_moment

FRIDAY, SATURDAY, OTHER = range(3)


class DrillSetting(QWidget):
    """The two questions above a drill. The arrow keys choose within each."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._now = instant(desk.workspace.workspace.mint.moment())
        self._typed: datetime | None = None
        layout = column(self, spacing=6)
        self.moments = Choosing(
            msg("When does it fail?"), (msg("Friday 16:37"), msg("Saturday 03:00"), msg("Another moment …"))
        )
        self.failures = Choosing(msg("What goes wrong?"), tuple(msg(entry.label) for entry in v.SCENARIOS))
        self.moments.choose(SATURDAY)
        self.failures.choose(0)
        self.moment_line = Line()
        self.moment_line.setProperty(ASKING, True)
        self.moment_line.setPlaceholderText(words("2026-11-21 03:00 or sat 3am, in the agent’s time zone"))
        self.moment_line.setAccessibleName(words("Moment of the drill"))
        self.moment_line.setMaximumWidth(desk.theme.px(380))
        self.moment_line.hide()
        self._fault = label("", "bad", wrap=True)
        self._fault.hide()
        for part in (self.moments, self.moment_line, self._fault, self.failures):
            layout.addWidget(part)
        self.moments.chosen.connect(self._moment_chosen)
        self.failures.chosen.connect(self.changed)
        self.moment_line.returnPressed.connect(self._take_typed)
        self.moment_line.left.connect(self._take_typed)

    @property
    def scenario(self) -> str:
        """The failure that is chosen."""
        return str(v.SCENARIOS[self.failures.place].value)

    @property
    def moment(self) -> datetime:
        """The moment that is chosen, aware."""
        if self.moments.place == OTHER and self._typed is not None:
            return self._typed
        friday, saturday = default_moments(self.desk.document, self._now)
        return friday if self.moments.place == FRIDAY else saturday

    def set_moment(self, typed: str) -> None:
        """Choose another moment, as it is typed."""
        self.moments.choose(OTHER)
        self._show_line()
        self.moment_line.setText(typed)
        self._take_typed()

    def say_fault(self, error: AppError | None) -> None:
        """Say below the line why a moment cannot be taken; None takes it away."""
        self._say(str(error) if error else "")

    def _say(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        self.moment_line.setAccessibleDescription(sentence)

    def _moment_chosen(self) -> None:
        self._show_line()
        if self.moments.place == OTHER:
            self.moment_line.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.moments.place != OTHER or self._typed is not None:
            self.changed.emit()

    def _show_line(self) -> None:
        self.moment_line.setVisible(self.moments.place == OTHER)
        self.say_fault(None)

    def _take_typed(self) -> None:
        typed, at = self.moment_line.text().strip(), fields_of(DrillRun)["at"]
        if not typed:
            return
        try:
            self._typed, note = read_moment(at, typed, self.desk.ways())
            at.normalise(moment(self._typed))
        except FieldFault as fault:
            self.say_fault(fault)
            return
        # The walk may still refuse the moment, and says so in the same place.
        self._say(words(note) if note else "")
        self.changed.emit()
