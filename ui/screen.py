"""What the screen has room for: no window and no dialog is larger, whatever the zoom asks for or was remembered."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

FRAME = QSize(4, 40)
"""What the borders and the title of a window take of the screen, about, in pixels."""


def available(window: QWidget) -> QRect:
    """What a window may cover of its screen, in pixels."""
    return window.screen().availableGeometry()


def largest(window: QWidget) -> QSize:
    """The size that a window can have on its screen, in pixels, without its frame."""
    return available(window).size() - FRAME


def stand(window: QWidget, size: QSize, over: QWidget | None = None) -> None:
    """Give a window this size, or what there is room for, in the middle of another one or of the screen."""
    around = over.window() if over is not None else window
    size = size.boundedTo(largest(around))
    window.resize(size)
    frame = size + FRAME
    middle = (around.frameGeometry() if over is not None else available(window)).center()
    wanted = QRect(middle - QPoint(frame.width() // 2, frame.height() // 2), frame)
    window.move(_inside(available(around), wanted))


def keep_on_screen(window: QWidget) -> None:
    """Make a window no larger than its screen, and bring it back where it stands outside."""
    if window.isMaximized() or window.isFullScreen():
        return
    window.resize(window.size().boundedTo(largest(window)))
    there = available(window)
    frame = QRect(window.pos(), window.size() + FRAME)
    if not there.contains(frame):
        window.move(_inside(there, frame))


def _inside(there: QRect, wanted: QRect) -> QPoint:
    """The place that is nearest to the wanted one, from its upper left corner, with all of it on the screen."""
    left = max(there.left(), min(wanted.left(), there.right() + 1 - wanted.width()))
    top = max(there.top(), min(wanted.top(), there.bottom() + 1 - wanted.height()))
    return QPoint(left, top)
