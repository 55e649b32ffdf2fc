"""Things of one kind beside each other, in as many columns as fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import Theme


class Tiles(QWidget):
    """A grid that is narrower where there is less room; `least` is the width of a tile at 100 % zoom."""

    def __init__(self, theme: Theme, tiles: Sequence[QWidget], *, columns: int, least: int, spacing: int = 14) -> None:
        super().__init__()
        self._theme = theme
        self._tiles = tuple(tiles)
        self._most = columns
        self._least = least
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing)
        self.columns = 0
        self._arrange(columns)

    def minimumSizeHint(self) -> QSize:
        # As narrow as one tile: with the columns of now it could never become narrower than these.
        narrowest = max((tile.minimumSizeHint().width() for tile in self._tiles), default=0)
        return QSize(narrowest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(1, min(self._most, self.width() // self._theme.px(self._least))))

    def _arrange(self, columns: int) -> None:
        if columns == self.columns:
            return
        for at in range(self.columns):
            self._grid.setColumnStretch(at, 0)
        self.columns = columns
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
