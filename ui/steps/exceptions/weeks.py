"""Which week is looked at: the nominal one, or one of the calendar, with a way to the weeks that are unlike it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.messages import msg
from app.policy.year import monday_of
from ui.widgets.basic import button, column
from ui.widgets.flow import FlowLayout
from ui.widgets.segments import Choosing

NOMINAL, CALENDAR = range(2)


class WeekChoice(QWidget):
    """The nominal week until somebody asks for one of the calendar; then a way to the week before and after, to that
    of today, and to the next odd one."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._this_week = monday_of(today)
        self._chosen = self._this_week
        self._odd: tuple[date, ...] = ()
        layout = column(self, spacing=6)
        self.kind = Choosing(msg("Which week?"), (msg("The nominal week"), msg("A week of the calendar")))
        self.kind.choose(NOMINAL)
        self.kind.chosen.connect(self._kind_chosen)
        layout.addWidget(self.kind)
        self._calendar = QWidget()
        flow = FlowLayout(self._calendar, spacing=4)
        self.before = button(msg("Week before"), "quiet", tip=msg("Page Up in the picture"))
        self.after = button(msg("Week after"), "quiet", tip=msg("Page Down in the picture"))
        self.this = button(msg("This week"), "quiet", tip=msg("Home in the picture"))
        self.odd = button(
            msg("Next week that differs"), "quiet", tip=msg("The next week whose hours are not as in the nominal one")
        )
        self.before.clicked.connect(self._earlier)
        self.after.clicked.connect(self._later)
        self.this.clicked.connect(self._now)
        self.odd.clicked.connect(self._to_odd)
        for each in (self.before, self.after, self.this, self.odd):
            flow.addWidget(each)
        layout.addWidget(self._calendar)
        self._calendar.hide()

    @property
    def monday(self) -> date | None:
        """The Monday of the week of the calendar that is looked at; None for the nominal week."""
        return self._chosen if self.kind.place == CALENDAR else None

    def show_odd(self, mondays: Sequence[date]) -> None:
        """Take these as the odd weeks."""
        self._odd = tuple(sorted(mondays))
        self.odd.setEnabled(bool(self._odd))

    def page(self, weeks: int) -> None:
        """Look at a week so many later or earlier; 0 is the week of today."""
        self._look_at(self._chosen + timedelta(weeks=weeks) if weeks else self._this_week)

    def _look_at(self, monday: date) -> None:
        self._chosen = monday
        self.kind.choose(CALENDAR)
        self._calendar.show()
        self.changed.emit()

    def _kind_chosen(self) -> None:
        self._calendar.setVisible(self.kind.place == CALENDAR)
        self.changed.emit()

    def _earlier(self) -> None:
        self.page(-1)

    def _later(self) -> None:
        self.page(1)

    def _now(self) -> None:
        self.page(0)

    def _to_odd(self) -> None:
        """The next odd week after the one looked at; after the last the first."""
        self._look_at(next((monday for monday in self._odd if monday > self._chosen), self._odd[0]))
