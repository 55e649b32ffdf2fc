"""Controls for closed lists: a row of segments, a drop-down, chips, a check box. Choosing commits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QWidget

from app.messages import words
from app.model.fields import Field, Value
from ui.desk import Desk
from ui.widgets.basic import column, line
from ui.widgets.editors.base import Editor
from ui.widgets.flow import FlowLayout


class Combo(QComboBox):
    """A drop-down that a turning wheel does not change while the page scrolls under it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ComboEditor(Editor):
    """One of many: a drop-down whose first entry is nothing chosen yet."""

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__(desk, field)
        self.combo = Combo()
        self.combo.addItem(words("Not chosen yet"), field.empty)
        for entry in field.choices:
            self.combo.addItem(words(entry.label), entry.value)
            if entry.hint:
                self.combo.setItemData(self.combo.count() - 1, words(entry.hint), Qt.ItemDataRole.ToolTipRole)
        self.combo.setMinimumContentsLength(8)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.activated.connect(self.commit)
        column(self).addWidget(self.combo)
        self.setFocusProxy(self.combo)

    def control(self) -> QWidget:
        return self.combo

    def show_stored(self) -> None:
        values = [self.field.empty, *(entry.value for entry in self.field.choices)]
        place = values.index(self.stored) if self.stored in values else 0
        if self.combo.currentIndex() != place:
            self.combo.setCurrentIndex(place)

    def commit(self) -> None:
        place = self.combo.currentIndex()
        chosen: Value = self.field.choices[place - 1].value if place > 0 else self.field.empty
        if chosen != self.stored:
            self.committed.emit(chosen)


class Segment(QPushButton):
    """One segment or chip; arrow keys go to its neighbours."""

    walked = Signal(int)
    cleared = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.walked.emit(1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.walked.emit(-1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class SegmentEditor(Editor):
    """One of a few, all in sight. Arrow keys choose, Del or a second click takes the choice back."""

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__(desk, field)
        self.segments: list[Segment] = []
        row = line(self, spacing=4)
        for entry in field.choices:
            segment = _segment(entry.label, "segment", entry.hint)
            segment.clicked.connect(self._clicked)
            segment.walked.connect(self._walked)
            segment.cleared.connect(self._cleared)
            self.segments.append(segment)
            row.addWidget(segment)
        row.addStretch()
        self.setFocusProxy(self.segments[0])

    def control(self) -> QWidget:
        return next((segment for segment in self.segments if segment.isChecked()), self.segments[0])

    def name_it(self, name: str, hint: str = "") -> None:
        for segment, entry in zip(self.segments, self.field.choices, strict=True):
            segment.setAccessibleName(f"{name}: {words(entry.label)}")
            segment.setAccessibleDescription(words(entry.hint))

    def show_stored(self) -> None:
        for segment, entry in zip(self.segments, self.field.choices, strict=True):
            chosen = entry.value == self.stored
            segment.setChecked(chosen)
            # One stop for Tab: the chosen segment, or the first.
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        if not any(segment.isChecked() for segment in self.segments):
            self.segments[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.control())

    def choose(self, place: int) -> None:
        """Choose a segment, or none for -1, and commit it."""
        self.committed.emit(self.field.choices[place].value if place >= 0 else self.field.empty)
        self.show_stored()

    def _clicked(self) -> None:
        place = self.segments.index(self.sender())  # type: ignore[arg-type]
        self.choose(-1 if self.field.choices[place].value == self.stored else place)

    def _walked(self, step: int) -> None:
        place = self.segments.index(self.sender())  # type: ignore[arg-type]
        if any(entry.value == self.stored for entry in self.field.choices):
            place = max(0, min(place + step, len(self.segments) - 1))
        self.choose(place)
        self.segments[place].setFocus()

    def _cleared(self) -> None:
        self.choose(-1)


class ChoicesEditor(Editor):
    """Any number of a closed list, as chips; the chosen ones carry a tick."""

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__(desk, field)
        self.chips: list[Segment] = []
        flow = FlowLayout(self)
        for entry in field.choices:
            chip = _segment(entry.label, "chip", entry.hint)
            chip.clicked.connect(self.commit)
            chip.walked.connect(self._walked)
            self.chips.append(chip)
            flow.addWidget(chip)
        self.setFocusProxy(self.chips[0])

    def control(self) -> QWidget:
        return self.chips[0]

    def name_it(self, name: str, hint: str = "") -> None:
        for chip, entry in zip(self.chips, self.field.choices, strict=True):
            chip.setAccessibleName(f"{name}: {words(entry.label)}")
            chip.setAccessibleDescription(words(entry.hint))

    def show_stored(self) -> None:
        held = self.stored if isinstance(self.stored, tuple) else ()
        for chip, entry in zip(self.chips, self.field.choices, strict=True):
            chip.setChecked(entry.value in held)
            said = words(entry.label)
            chip.setText((f"✓ {said}" if entry.value in held else said).replace("&", "&&"))

    def point_to(self, answer: str) -> None:
        """Put the focus on one of the choices."""
        for chip, entry in zip(self.chips, self.field.choices, strict=True):
            if entry.value == answer:
                chip.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit(self) -> None:
        pairs = zip(self.chips, self.field.choices, strict=True)
        chosen = tuple(str(entry.value) for chip, entry in pairs if chip.isChecked())
        if chosen != self.stored:
            self.committed.emit(chosen)

    def _walked(self, step: int) -> None:
        place = self.chips.index(self.sender()) + step  # type: ignore[arg-type]
        self.chips[place % len(self.chips)].setFocus()


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__(desk, field)
        self.check = QCheckBox(words(field.label).replace("&", "&&"))
        self.check.clicked.connect(self.commit)
        column(self).addWidget(self.check)
        self.setFocusProxy(self.check)

    def control(self) -> QWidget:
        return self.check

    def show_stored(self) -> None:
        self.check.setChecked(bool(self.stored))

    def commit(self) -> None:
        if self.check.isChecked() != self.stored:
            self.committed.emit(self.check.isChecked())


def _segment(label: str, role: str, hint: str) -> Segment:
    segment = Segment(words(label).replace("&", "&&"))
    segment.setProperty("role", role)
    segment.setCheckable(True)
    segment.setAutoDefault(False)
    if hint:
        segment.setToolTip(words(hint))
    return segment
