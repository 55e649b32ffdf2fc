"""A day: typed, or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget

from app.messages import msg, words
from app.model.fields import Field
from ui.desk import Desk
from ui.widgets.basic import button, column, line
from ui.widgets.editors.typing import LineEditor
from ui.widgets.values import written


class DayEditor(LineEditor):
    """A plain date, typed as 2026-11-21 or 21.11., with a calendar on a button or Alt+Down."""

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__(desk, field)
        if not field.hint:
            self.line.setPlaceholderText(words("2026-11-21 or 21.11."))
        self.open_button = button("▾", "quiet", name=msg("Calendar"))
        self.open_button.setParent(self)
        self.open_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.open_button.clicked.connect(self.open_calendar)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        row = line(spacing=2)
        layout.removeWidget(self.line)
        row.addWidget(self.line, 1)
        row.addWidget(self.open_button)
        layout.addLayout(row)

    def open_calendar(self) -> None:
        """Show the calendar below the control, at the day that is stored or at today."""
        popup = CalendarPopup(self, str(self.stored))
        popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        popup.show()
        popup.calendar.setFocus()

    def pick(self, day: date) -> None:
        """Take a day and commit it."""
        self.line.setText(written(self.field, day.isoformat(), self.desk.ways()))
        self.commit()
        self.line.setFocus()


class CalendarPopup(QWidget):
    """A calendar that closes when a day is picked."""

    def __init__(self, editor: DayEditor, stored: str) -> None:
        super().__init__(editor, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._editor = editor
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(words("Calendar"))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        day = QDate.fromString(stored, Qt.DateFormat.ISODate)
        if day.isValid():
            self.calendar.setSelectedDate(day)
        self.calendar.activated.connect(self._picked)
        self.calendar.clicked.connect(self._picked)
        column(self).addWidget(self.calendar)

    def _picked(self, day: QDate) -> None:
        self.close()
        self._editor.pick(date(day.year(), day.month(), day.day()))
