"""A pair of hands on the keyboard. Keys go to whatever has the focus; nothing is clicked and no part of the program is
called, so what a test does with these hands, a person can do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

FAR = 250
"""Tabs after which a control counts as out of reach."""

LOOK_AGAIN = 10
"""Milliseconds between two looks for a dialog that is about to open."""


class Keyboard:
    """Types, and reads what a screen reader says about the control that has the focus."""

    def press(self, keys: str, times: int = 1) -> None:
        """Press a key with its modifiers, such as "Ctrl+Shift+Z" or "Tab"."""
        for _ in range(times):
            QTest.keySequence(window_in_front(), QKeySequence(keys))
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type a text, letter by letter; only what stands on an English keyboard."""
        assert text.isascii(), text
        for letter in text:
            QTest.keyClick(window_in_front(), letter)  # type: ignore[call-overload]  # the stub forgets letters
        QApplication.processEvents()

    def at(self) -> QWidget:
        """The control that has the focus; AssertionError when keys would go nowhere, or where nobody sees them."""
        window_in_front()
        control = QApplication.focusWidget()
        assert control is not None, "nothing has the focus"
        assert control.isVisible(), f"“{said_of(control)}” has the focus and cannot be seen"
        return control

    def said(self) -> str:
        """What is said of the control that has the focus."""
        return said_of(self.at())

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until a control is reached of which is said what begins like this."""
        passed = []
        for _ in range(FAR):
            if self.said().startswith(name):
                return self.at()
            passed.append(self.said())
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to “{name}”, but to {list(dict.fromkeys(passed))}")

    def answer(self, answer: str) -> None:
        """Give the control that has the focus an answer, in the way that its kind of control takes one."""
        control = self.at()
        if isinstance(control, QPlainTextEdit):
            self.press("Ctrl+A")
            self.type(answer)
            self.press("Ctrl+Return")
        elif isinstance(control, QLineEdit):
            self.press("Ctrl+A")
            self.type(answer)
            self.press("Return")
        elif isinstance(control, QComboBox):
            self.type(answer)
            assert control.currentText().startswith(answer), f"{self.said()}: {control.currentText()}"
        elif isinstance(control, QCheckBox):
            self.press("Space")
        else:
            self._choose(answer.split(", "))

    def fill(self, name: str, answer: str) -> None:
        """Go to a control by Tab and give it an answer."""
        self.tab_to(name)
        self.answer(answer)

    def in_dialog(self, act: Callable[[], None]) -> None:
        """Do this as soon as a dialog has the focus that lets nothing else go on; call it before the key that opens
        it. A dialog that is still open afterwards is closed, so that the test goes on and can say what is wrong."""

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None or not dialog.isActiveWindow():
                QTimer.singleShot(LOOK_AGAIN, look)
                return
            try:
                act()
            finally:
                if QApplication.activeModalWidget() is dialog:
                    dialog.close()

        QTimer.singleShot(LOOK_AGAIN, look)

    def _choose(self, wanted: list[str]) -> None:
        """Walk along chips or segments, and press those that are wanted and not chosen yet."""
        first = self.said()
        while wanted:
            chip = self.at()
            assert isinstance(chip, QAbstractButton), f"“{self.said()}” takes no answer such as {wanted}"
            left = [one for one in wanted if not self.said().endswith(one)]
            if left != wanted and not chip.isChecked():
                self.press("Space")
            if left:
                self.press("Right")
                assert self.said() != first, f"not offered: {left}"
            wanted = left


def window_in_front() -> QWindow:
    """The window that keys go to; an open menu or list in front of it takes them from there."""
    in_front = QGuiApplication.focusWindow()
    if in_front is None or not in_front.isVisible():
        # Drawn into memory, there is no window manager that gives the keys to the window below one that was closed.
        left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        assert left, "every window is closed"
        (QApplication.activeModalWidget() or left[-1]).activateWindow()
        QApplication.processEvents()
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window takes the keys"
    return window


def said_of(control: QWidget) -> str:
    """The name of a control: the one given for screen readers, else what is written on it."""
    written = control.text() if isinstance(control, QAbstractButton) else ""
    return control.accessibleName() or written or type(control).__name__
