"""A pair of hands on the keyboard: keys go to whatever has the focus. Nothing is clicked, no part of the program is
called: what a test does with these hands, a person can do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

FAR = 300
"""Tabs after which a control counts as out of reach."""


class Keyboard:
    """The keyboard of the window that has the focus."""

    def press(self, keys: str, times: int = 1) -> None:
        """Press a key with its modifiers, such as "Ctrl+Shift+Z" or "Tab"."""
        for _ in range(times):
            pressed = combination(keys)
            QTest.keyClick(front(), pressed.key(), pressed.keyboardModifiers())
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type a text, letter by letter; a line break is Return."""
        for letter in text:
            QTest.keyClick(front(), letter)
        QApplication.processEvents()

    def enter(self, text: str) -> None:
        """Type a text in place of what is there, and press Return."""
        self.press("Ctrl+A")
        self.type(text)
        self.press("Return")

    def tab_to(self, name: str, *, back: bool = False) -> QWidget:
        """Press Tab until a control is reached whose name begins like this; AssertionError when there is none."""
        passed: list[str] = []
        for _ in range(FAR):
            if self.name().startswith(name):
                return self.at()
            passed.append(self.name())
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab does not reach “{name}”; it passes {passed[:60]}")

    def tab_until(self, wanted: Callable[[QWidget], bool]) -> QWidget:
        """Press Tab until a control is reached that is wanted."""
        for _ in range(FAR):
            if wanted(self.at()):
                return self.at()
            self.press("Tab")
        raise AssertionError("Tab does not reach what is wanted")

    def at(self) -> QWidget:
        """The control that has the focus; AssertionError when keys would go nowhere."""
        front()
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        assert focused.isVisible(), f"the focus is on something that cannot be seen: {called(focused)}"
        return focused

    def name(self) -> str:
        """What a screen reader says of the control that has the focus."""
        return called(self.at())


def front() -> QWindow:
    """The window that keys go to. What is open in front of it, such as a menu, takes them from there."""
    if QGuiApplication.focusWindow() is None:
        _give_back_the_focus()
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the focus"
    return window


def _give_back_the_focus() -> None:
    """Drawn into memory there is no window manager, which activates the window below one that was closed."""
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget.isWindow()]
    assert left, "every window is closed"
    left[-1].activateWindow()
    QApplication.processEvents()


def combination(keys: str) -> QKeyCombination:
    """The one key press that a text such as "Ctrl+E" stands for."""
    if keys == "Space":
        return QKeyCombination(Qt.Key.Key_Space)
    sequence = QKeySequence(keys)
    assert sequence.count() == 1, f"not one key press: {keys}"
    return sequence[0]


def called(widget: QWidget) -> str:
    """The name of a control: the one given for screen readers, else what is written on it."""
    text = getattr(widget, "text", None)
    return widget.accessibleName() or (str(text()) if callable(text) else "") or type(widget).__name__
