"""What every control of a form has in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.model.fields import Field, Value
from ui.desk import Desk


class Editor(QWidget):
    """One field in one control. It shows `stored`, and offers what was entered when that is committed.

    The form around it runs the edit, then calls `settle` with what the document holds now, so that a control never
    shows what is not so; what cannot be taken stays as it was typed, with the reason below it.
    """

    committed = Signal(object)
    """A value that was entered: a person is done with it for now."""

    faulted = Signal(object)
    """A FieldFault: what was typed means nothing."""

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__()
        self.desk = desk
        self.field = field
        self.stored: Value = field.empty

    def control(self) -> QWidget:
        """The widget that takes the focus."""
        raise NotImplementedError

    def show_stored(self) -> None:
        """Make the control show `stored`."""
        raise NotImplementedError

    def name_it(self, name: str, hint: str = "") -> None:
        """The name that a screen reader says."""
        self.control().setAccessibleName(name)
        self.control().setAccessibleDescription(hint)

    def show_value(self, value: Value) -> None:
        """Show what the document holds now."""
        self.stored = value
        self.show_stored()

    def settle(self, value: Value) -> None:
        """What the document holds after this control's own commit."""
        self.show_value(value)

    def commit(self) -> None:
        """Offer what was entered, if it differs from what is stored."""

    def draft(self) -> str:
        """What was typed and is not taken; "" when there is nothing of the kind."""
        return ""

    def resume(self, text: str) -> bool:
        """Put back a draft as if it had just been typed; False where text cannot be typed."""
        return False

    def revert(self) -> None:
        """Show again what is stored."""
        self.show_stored()


def is_for_window(event: QEvent | QObject) -> bool:
    """Whether a key event is the window's, though a line of text would take it: undo and redo belong to the project,
    and Ctrl+E, which goes to the end of a line on some desktops, exports."""
    if not isinstance(event, QKeyEvent):
        return False
    steps_back = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    exports = event.key() == Qt.Key.Key_E and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return steps_back or exports
