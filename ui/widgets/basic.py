"""Small parts that every page is made of. Text is always shown as plain text, never as markup."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.messages import Message, words
from ui.widgets.tips import plain_tip


def label(text: Message | str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Words on the page. `role` is how they look (see window.qss): "title", "heading", "secondary", ..."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(words(text))
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if role:
        made.setProperty("role", role)
    return made


def has_focus(around: QWidget) -> bool:
    """Whether the focus of its window is inside a widget, be the window active or not."""
    focused: QWidget | None = around.window().focusWidget()
    return focused is not None and around.isAncestorOf(focused)


class Button(QPushButton):
    """A push button that Return presses too, as it does everywhere else in the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: Message | str, role: str = "", *, tip: Message | str = "", name: Message | str = "") -> QPushButton:
    """A push button. `role` is "primary", "quiet", "dashed", "link" or nothing; `name` is its name read aloud
    where the text alone does not say enough."""
    made = Button(_shown(words(text)))
    made.setProperty("role", role)
    if tip:
        made.setToolTip(plain_tip(words(tip)))
    made.setAccessibleName(words(name or text))
    made.setAutoDefault(False)
    return made


def say_on(control: QAbstractButton, text: Message | str) -> None:
    """Change what a button says, and its name."""
    control.setText(_shown(words(text)))
    control.setAccessibleName(words(text))


def set_role(widget: QWidget, role: str) -> None:
    """Change how a widget looks."""
    set_look(widget, "role", role)


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Change a property that the stylesheet reads."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_text(shown: QLabel, text: Message | str) -> None:
    """Change words on the page, only when they differ."""
    said = words(text) if isinstance(text, Message) else text
    if shown.text() != said:
        shown.setText(said)


def card(role: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A surface with its column."""
    frame = QFrame()
    frame.setProperty("role", role)
    return frame, column(frame, margins=(18, 14, 18, 16), spacing=10)


def column(
    parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8
) -> QVBoxLayout:
    """Things below each other."""
    layout = QVBoxLayout() if parent is None else QVBoxLayout(parent)
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def line(
    parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8
) -> QHBoxLayout:
    """Things beside each other."""
    layout = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def rule() -> QFrame:
    """A hairline."""
    frame = QFrame()
    frame.setProperty("role", "rule")
    return frame


LONGEST = 60
"""Letters of a text that are told where it is talked of; the rest stands in its control."""


def short(text: str) -> str:
    """As much of a text as is told about it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)


class Fold(QWidget):
    """A heading that opens and closes what is below it; `build` makes the content when it is first opened."""

    def __init__(self, title: Message | str, build: Callable[[], QWidget], *, opened: bool = False) -> None:
        super().__init__()
        self._build = build
        self.content: QWidget | None = None
        self.title = words(title)
        self.switch = button("", "quiet", name=title)
        self.switch.setCheckable(True)
        self.switch.toggled.connect(self._show)
        self._layout = column(self, spacing=6)
        self._layout.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        self._show(False)
        self.switch.setChecked(opened)

    def open(self) -> QWidget:
        """Open it and return the content."""
        self.switch.setChecked(True)
        assert self.content is not None
        return self.content

    def _show(self, shown: bool) -> None:
        if shown and self.content is None:
            self.content = self._build()
            self._layout.addWidget(self.content)
        if self.content is not None:
            self.content.setVisible(shown)
        self.switch.setText(_shown(f"{'▾' if shown else '▸'}  {self.title}"))


def _shown(text: str) -> str:
    """An ampersand in a button is a letter, not a shortcut."""
    return text.replace("&", "&&")
