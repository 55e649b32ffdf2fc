"""What a bar over the page is: it comes and goes, and gives the focus back when it goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame

from ui.widgets.basic import has_focus


class Strip(QFrame):
    """Hidden while there is nothing to say."""

    left = Signal()
    """It went with the focus in it, or somebody left it with Esc: whoever has the page says where the focus goes."""

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Not when the whole window goes: only then is the strip itself not the one that is hidden.
        if self.isHidden() and self.has_focus():
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def has_focus(self) -> bool:
        """Whether the focus of its window is in it, be the window active or not."""
        return has_focus(self)

    def take_focus(self) -> bool:
        """Put the focus on its first button; False where nothing is said."""
        if not self.isVisible():
            return False
        shown = (each for each in self.findChildren(QAbstractButton) if not each.isHidden())
        first = min(shown, key=lambda each: each.x(), default=None)
        if first is None:
            return False
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
