"""The list that opens below a control while somebody types. The control keeps the focus and drives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QWidget

from app.messages import words
from ui.theme import Theme
from ui.widgets.basic import column

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One entry: what it says, what is added quietly, and what it stands for."""

    text: str
    detail: str = ""
    data: object = None


class Suggestions(QFrame):
    """A list over the page, in the same window, so that it neither takes the focus nor leaves the screen."""

    picked = Signal(object)
    """The Suggestion that was clicked."""

    def __init__(self, theme: Theme, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._theme = theme
        self._anchor = anchor
        self._entries: Sequence[Suggestion] = ()
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(words("Suggestions"))
        self.list.clicked.connect(self._clicked)
        column(self, margins=(2, 2, 2, 2)).addWidget(self.list)
        # It moves to the window when it opens, and must still go with its control.
        anchor.destroyed.connect(self.deleteLater)
        self.hide()

    def offer(self, entries: Sequence[Suggestion], *, mark: bool = True) -> None:
        """Show these entries with the first one marked, or none; nothing to offer hides the list."""
        self._entries = entries
        self.list.clear()
        # Texts, not items: an item made here would have a Python wrapper that clear() pulls the ground from.
        self.list.addItems([f"{entry.text}   {entry.detail}" if entry.detail else entry.text for entry in entries])
        if not entries:
            self.hide()
            return
        self.list.setCurrentRow(0 if mark else -1)
        self._place()
        self.show()
        self.raise_()

    def current(self) -> Suggestion | None:
        """The marked entry, while the list is open."""
        place = self.list.currentRow()
        return self._entries[place] if not self.isHidden() and 0 <= place < len(self._entries) else None

    def walk(self, step: int) -> None:
        """Mark another entry."""
        if self._entries:
            self.list.setCurrentRow(max(0, min(self.list.currentRow() + step, len(self._entries) - 1)))

    def _clicked(self, index: QModelIndex) -> None:
        self.picked.emit(self._entries[index.row()])

    def _place(self) -> None:
        window = self._anchor.window()
        if self.parent() is not window:
            self.setParent(window)
        row = self._theme.px(34)
        height = min(len(self._entries), SHOWN) * row + 6
        width = max(self._anchor.width(), self._theme.px(300))
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 2))
        above = self._anchor.mapTo(window, QPoint(0, -height - 2))
        place = below if below.y() + height <= window.height() or above.y() < 0 else above
        left = max(0, min(place.x(), window.width() - width - 4))
        self.setGeometry(left, place.y(), width, height)
