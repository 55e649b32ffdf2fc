"""Coverage windows as rows: who, which days, from when to when, all edited in place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.edits.generic import add, move, remove
from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.exceptions import CoverageWindow
from app.model.room import Agent
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import focus_in
from ui.widgets.basic import Fold, button, column, has_focus, label
from ui.widgets.form import FieldBox

WORKING_WEEK = ("mon", "tue", "wed", "thu", "fri")
"""The days that a new window starts with."""

_SELDOM = ("valid_from", "valid_to", "duty", "closures")


class WindowList(QWidget):
    """The windows of one duty. "" stands for those that nobody gave a duty yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.duty = ""
        self.rows: dict[str, WindowRow] = {}
        layout = column(self, spacing=4)
        self._none = label("No hours yet.", "tertiary")
        self._column = column(spacing=6)
        self.add_button = button("Add hours", "dashed", name="Add hours: a coverage window")
        self.add_button.clicked.connect(self.add_window)
        layout.addWidget(self._none)
        layout.addLayout(self._column)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        desk.row_back.connect(self._stand_on)

    def show_duty(self, duty: str) -> None:
        """Show the windows of another duty."""
        self.duty = duty
        self._rebuild()

    def add_window(self) -> None:
        """Add a working week, nine to five, in the agent's zone, and ask who."""
        zone = self.desk.document.only(Agent).time_zone
        values = {"duty": self.duty, "weekdays": WORKING_WEEK, "start": "09:00", "end": "17:00", "zone": zone}
        made = self.desk.workspace.run(add(CoverageWindow, values), self)
        if made is not None and made.changes[0].id in self.rows:
            self.rows[made.changes[0].id].boxes["holder"].editor.setFocus()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        if change_set is None or CoverageWindow.spec.kind in change_set.kinds():
            self._rebuild()
        for row in self.rows.values():
            row.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        for row in self.rows.values():
            row.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """The control of this place, if the window is shown."""
        row = self.rows.get(row_id)
        return row.reveal(field) if row is not None else None

    def _rebuild(self) -> None:
        wanted = [row.id for row in self.desk.document.rows(CoverageWindow) if row.duty == self.duty]
        left = False
        for row_id in [each for each in self.rows if each not in wanted]:
            gone = self.rows.pop(row_id)
            left = left or has_focus(gone)
            gone.put_by()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        kept = self.rows
        self.rows = {row_id: kept.get(row_id) or self._made(row_id) for row_id in wanted}
        for place, row in enumerate(self.rows.values()):
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
            row.call(place + 1)
        self._none.setVisible(not self.rows)
        if left:
            self.add_button.setFocus()

    def _made(self, row_id: str) -> WindowRow:
        made = WindowRow(self.desk, row_id)
        made.removed.connect(self._remove)
        made.moved.connect(self._move)
        made.show_findings(self.desk.workspace.findings)
        return made

    def _remove(self, row_id: str) -> None:
        made = self.desk.workspace.run(remove(row_id), self)
        if made is None:
            return
        went = self.desk.waiting.gone_with(made)
        if went is None:
            self.desk.say(msg("Removed these hours. Undo brings them back."))
        else:
            self.desk.say(
                msg(
                    "Removed these hours, and with them what was typed there and not taken: {went}. Undo brings all of "
                    "it back.",
                    went=went,
                )
            )

    def _stand_on(self, row_id: str) -> None:
        """Go to hours that were brought back."""
        row = self.rows.get(row_id)
        if row is not None and self.isVisible():
            focus_in(row.boxes["holder"].editor)

    def _move(self, row_id: str, step: int) -> None:
        ids = list(self.rows)
        target = ids.index(row_id) + step
        if 0 <= target < len(ids):
            following = ids[target] if step < 0 else ids[target + 1] if target + 1 < len(ids) else None
            self.desk.workspace.run(move(row_id, following), self)


class WindowRow(QFrame):
    """One window: a line for who and when, a line for the days, and what is seldom needed folded away."""

    removed = Signal(object)
    moved = Signal(object, object)

    def __init__(self, desk: Desk, row_id: str) -> None:
        super().__init__()
        self.desk = desk
        self.row_id = row_id
        self.boxes: dict[str, FieldBox] = {}
        self.setProperty("role", "row-open")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._box("holder"), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._box("zone"), 0, 1, 1, 2, Qt.AlignmentFlag.AlignTop)
        self.remove_button = button("", "quiet")
        desk.icons.put_on(self.remove_button, "trash")
        self.remove_button.clicked.connect(self._remove)
        grid.addWidget(self.remove_button, 0, 3, Qt.AlignmentFlag.AlignBottom)
        for place, name in enumerate(("weekdays", "start", "end")):
            grid.addWidget(self._box(name), 1, place, Qt.AlignmentFlag.AlignTop)
        self.more = Fold("Dates, closures and duty", self._more)
        grid.addWidget(self.more, 2, 0, 1, 4)
        for place, stretch in enumerate((4, 1, 1)):
            grid.setColumnStretch(place, stretch)
        window = desk.document.get(CoverageWindow, row_id)
        dated = window is not None and (window.valid_from or window.valid_to or window.closures)
        if dated or desk.waiting.has(row_id, _SELDOM):
            self.more.open()

    def put_by(self) -> None:
        """These hours are gone: what is typed here and not taken waits for them to be brought back."""
        for box in self.boxes.values():
            box.put_by()

    def call(self, number: int) -> None:
        """Tell the row its number, which is part of each control's name."""
        said = words(msg("hours {number}", number=number))
        for box in self.boxes.values():
            box.call_row(said)
        self.remove_button.setAccessibleName(words(msg("Remove {what}", what=said)))
        self.remove_button.setToolTip(words("Remove these hours (Ctrl+Del)"))
        self.more.switch.setAccessibleName(words(msg("Dates, closures and duty of {what}", what=said)))

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        for box in self.boxes.values():
            box.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        for box in self.boxes.values():
            box.show_findings(findings)

    def reveal(self, field: str) -> QWidget | None:
        if field in _SELDOM:
            self.more.open()
        box = self.boxes.get(field or "holder")
        return box.editor if box is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers, key = event.modifiers(), event.key()
        if modifiers == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(self.row_id, -1 if key == Qt.Key.Key_Up else 1)
        elif modifiers == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Delete:
            self._remove()
        else:
            super().keyPressEvent(event)

    def _box(self, name: str) -> FieldBox:
        self.boxes[name] = FieldBox(self.desk, CoverageWindow, self.row_id, name)
        return self.boxes[name]

    def _more(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        for place, name in enumerate(_SELDOM):
            grid.addWidget(self._box(name), place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        return made

    def _remove(self) -> None:
        self.removed.emit(self.row_id)
