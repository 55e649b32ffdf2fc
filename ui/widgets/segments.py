"""One of a few, all in sight, that is no field of the project: what is shown, or how something is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.messages import Message, words
from ui.widgets.basic import label, line
from ui.widgets.flow import FlowLayout


class Choosing(QWidget):
    """One of a few, all in sight, under a question."""

    chosen = Signal()

    def __init__(self, question: Message, entries: tuple[Message, ...]) -> None:
        super().__init__()
        row = line(self, spacing=10)
        asked = label(question, "label")
        row.addWidget(asked, 0, Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=4)
        row.addWidget(holder, 1)
        self._group = QButtonGroup(self)
        for place, entry in enumerate(entries):
            segment = QPushButton(words(entry).replace("&", "&&"))
            segment.setProperty("role", "segment")
            segment.setCheckable(True)
            segment.setAutoDefault(False)
            segment.toggled.connect(self._one_stop)
            segment.setAccessibleName(f"{words(question)} {words(entry)}")
            self._group.addButton(segment, place)
            flow.addWidget(segment)
        self._group.idClicked.connect(self._clicked)
        self._one_stop()

    @property
    def place(self) -> int:
        """Which entry is chosen."""
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        """Choose an entry, without saying so."""
        self._group.button(place).setChecked(True)

    def button(self, place: int) -> QPushButton:
        """The segment at a place."""
        found = self._group.button(place)
        assert isinstance(found, QPushButton)
        return found

    def _one_stop(self, *toggled: object) -> None:
        """One stop for Tab: the chosen segment, or the first; arrow keys go to the others."""
        stop = self._group.checkedButton() or self.button(0)
        for segment in self._group.buttons():
            policy = Qt.FocusPolicy.StrongFocus if segment is stop else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(policy)

    def _clicked(self, place: int) -> None:
        self.chosen.emit()
