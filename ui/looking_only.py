"""A window in which nothing can be changed takes no typing: what nobody could keep is not let in at all.

Fields can be read, selected and copied; the first key in one of them says that it does nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from app.messages import msg
from ui.desk import Desk
from ui.widgets.editors.typing import Line, Prose
from ui.widgets.untaken import ASKING

_CHANGING = (QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Cut)
_ERASING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class LookingOnly(QObject):
    """Closes each field of a window, and of what lies over it, to typing when the focus first comes to it."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._told: QObject | None = None
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]

    def eventFilter(self, control: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _would_change(event):
            if self._told is not control:
                self._told = control
                # Why, and what to do, stands in the line about the file.
                self._desk.refuse(msg("This window is read-only: it takes no typing."))
            return True
        return False

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        self._told = None
        if not isinstance(now, (Line, Prose)) or now.isReadOnly() or now.property(ASKING) or not self._is_over(now):
            return
        now.setReadOnly(True)
        now.installEventFilter(self)
        if isinstance(now, QPlainTextEdit):
            # Read-only, Qt lets the mouse alone select.
            flags = Qt.TextInteractionFlag
            now.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)

    def _is_over(self, control: QWidget) -> bool:
        """Whether a control stands in the window, or in a dialog over it."""
        around: QWidget | None = control
        while around is not None and around is not self._window:
            around = around.parentWidget()
        return around is not None


def _would_change(event: QKeyEvent) -> bool:
    """Whether a key would change a text: one that types or erases, paste, cut. Walking, selecting, copying do not."""
    if event.key() in _ERASING or any(map(event.matches, _CHANGING)):
        return True
    return not event.modifiers() & _COMMANDING and bool(event.text()) and event.text().isprintable()
