"""What all dialogs have in common: room on the screen, the order of Tab, and the keys that do what they are for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.messages import Message, words
from ui import screen
from ui.widgets.basic import column
from ui.widgets.reading_order import focus_next

MARGIN = 40
"""Pixels by which a dialog is smaller than its window, so that it is seen to lie over it."""


BORDER = 2
"""Pixels of the mark of the focus around words that scroll, as in window.qss."""


class Dialog(QDialog):
    """Lies over the middle of its window, and is never larger than the screen. It goes when it is closed."""

    def __init__(self, title: Message | str, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._inside: QVBoxLayout | None = None
        self._border = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words(title))

    def make_room(self, wide: int, high: int = 0) -> None:
        """Be so wide and so high, in pixels, where there is room; without a height, as high as what is shown asks."""
        self._hold_least()
        most = self._over.window().size() - QSize(MARGIN, MARGIN)
        wide = min(wide, max(most.width(), self.minimumSize().width()))
        screen.stand(self, QSize(wide, min(high, most.height()) if high else self._asked(wide)), self._over)

    def grow(self) -> None:
        """Be as high as what is shown asks by now, where there is room."""
        self._hold_least()
        self.resize(self.width(), max(self.height(), self._asked(self.width())))
        screen.keep_on_screen(self)

    def scrolled(self, whole: QVBoxLayout, name: Message | str = "") -> QVBoxLayout:
        """A column within the whole that scrolls where the screen is too low for it. With a name, Tab stops at it then:
        words that stand in no control are reached by the arrow keys."""
        inside = QWidget()
        inside.setProperty("role", "body")
        self._border = BORDER if name else 0
        whole.addWidget(_Scroll(inside, words(name)), 1)
        self._inside = column(inside, margins=(6, 4, 6, 4) if name else (0, 0, 0, 0))
        return self._inside

    def send_with(self, send: Callable[[], object]) -> None:
        """Have Ctrl+Return do what the dialog is for, wherever the focus is."""
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(send)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return focus_next(self, forward=forward)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            # The zoom was changed, and the parts are told after the whole.
            QTimer.singleShot(0, self, self.grow)

    def _hold_least(self) -> None:
        """Be no smaller than what the parts ask for, and never larger than the screen: they give way then."""
        layout = self.layout()
        assert layout is not None
        # What was not shown yet has no type of its own before it is asked for.
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(self.minimumSizeHint().boundedTo(screen.largest(self._over)))

    def _asked(self, wide: int) -> int:
        layout = self.layout()
        assert layout is not None
        asked = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else self.sizeHint().height()
        if self._inside is None:
            return asked
        margins, border = layout.contentsMargins(), 2 * self._border
        inside = self._inside.totalHeightForWidth(wide - margins.left() - margins.right() - border)
        return asked + max(inside, self._inside.totalMinimumSize().height()) + border


class _Scroll(QScrollArea):
    """Asks for no height: the dialog asks for what is inside."""

    def __init__(self, inside: QWidget, name: str) -> None:
        super().__init__()
        self._shown = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if name:
            self.setProperty("role", "reading")
            self.verticalScrollBar().rangeChanged.connect(self._take_focus_if_long)

    def sizeHint(self) -> QSize:
        return QSize(self._shown.sizeHint().width(), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._shown.minimumSizeHint().width(), 0)

    def _take_focus_if_long(self, least: int, most: int) -> None:
        """Only where there is something to scroll: elsewhere the stop would be for nothing."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if most > least else Qt.FocusPolicy.NoFocus)


def reader(name: Message | str) -> QPlainTextEdit:
    """A text to be read in full, which scrolls where it is long: at least three lines of it are seen."""
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(words(name))
    made.setMinimumHeight(made.fontMetrics().lineSpacing() * 3)
    return made
