"""The inside of the window: panels, with bars between them that come and go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


class Whole(QWidget):
    """Asks for no more height because of its bars: a window that is as tall as the screen must not grow when
    something is said. The page gives way, as it scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: Sequence[QWidget] = ()

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        shown = sum(bar.minimumSizeHint().height() for bar in self.bars if not bar.isHidden())
        return QSize(least.width(), least.height() - shown)
