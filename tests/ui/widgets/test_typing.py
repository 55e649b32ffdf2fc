"""Which keys a line of text leaves to the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.widgets.editors.base import is_for_window

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Qt.Key.Key_Z, CONTROL, True),
        (Qt.Key.Key_Y, CONTROL, True),
        (Qt.Key.Key_E, CONTROL, True),
        (Qt.Key.Key_E, NONE, False),
        (Qt.Key.Key_E, CONTROL | Qt.KeyboardModifier.ShiftModifier, False),
        (Qt.Key.Key_C, CONTROL, False),
    ],
)
def test_undo_redo_and_export_are_the_windows(key: Qt.Key, modifiers: Qt.KeyboardModifier, expected: bool) -> None:
    assert is_for_window(QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)) is expected
