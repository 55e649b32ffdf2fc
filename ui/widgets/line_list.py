"""A list of sentences: each takes as many lines as its words need."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QListView, QListWidget, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import Theme

PADDING = 10
"""Pixels beside the words of an entry, on either side, as in window.qss."""


class LineList(QListWidget):
    """Never wider than its place, and nothing is cut off at the end of a line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setItemDelegate(_Lines(self, theme))


class _Lines(QStyledItemDelegate):
    """Breaks the words where they will be broken. Qt leaves the padding out when it measures, and cuts off the last
    line of what fits only without it."""

    def __init__(self, shown: LineList, theme: Theme) -> None:
        super().__init__(shown)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        inside = QStyleOptionViewItem(option)
        inside.rect = option.rect.adjusted(0, 0, -2 * self._theme.px(PADDING), 0)
        return super().sizeHint(inside, index)
