"""Controls that are typed in: one line, or several. A pause commits text; Return, or leaving, commits everything."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from zoneinfo import available_timezones

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.errors import FieldFault
from app.messages import words
from app.model.fields import Field, Kind, Value
from ui.desk import Desk
from ui.widgets.basic import column
from ui.widgets.editors.base import Editor, is_for_window
from ui.widgets.values import read, written

PAUSE = 700
"""Milliseconds without a key after which text is committed."""

SLACK = 2
"""Pixels below the last line of prose, without which Qt takes that line for cut off and shows a scroll bar."""

NOT_LEFT = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class Line(QLineEdit):
    """One line of text that knows when it is left, and leaves undo to the project."""

    left = Signal()
    reverted = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_for_window(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.reverted.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in NOT_LEFT:
            self.left.emit()

    def show_text(self, text: str) -> None:
        """Show a text, without moving the cursor when it is there already."""
        if self.text() != text:
            place = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(place, len(text)) if self.hasFocus() else 0)
        self.setModified(False)

    def resume(self, text: str) -> None:
        """Have a text stand here as if it had just been typed."""
        self.setText(text)
        self.setModified(True)


class Prose(QPlainTextEdit):
    """Several lines of text, as high as they need; Tab goes on to the next control."""

    left = Signal()
    reverted = Signal()

    LINES = 12

    def __init__(self, least: int = 2) -> None:
        super().__init__()
        self._least = least
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_for_window(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.document().isModified():
            self.reverted.emit()
            return
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.left.emit()
            # A form that is sent with these keys hears them too.
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in NOT_LEFT:
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted())

    def show_text(self, text: str) -> None:
        if self.toPlainText() != text:
            self.setPlainText(text)
        self.document().setModified(False)

    def resume(self, text: str) -> None:
        """Have a text stand here as if it had just been typed."""
        self.setPlainText(text)
        self.document().setModified(True)

    def _wanted(self) -> int:
        # The layout of a plain text document measures its height in lines.
        lines = round(self.document().documentLayout().documentSize().height())
        shown = max(self._least, min(lines, self.LINES))
        line_height = ceil(QFontMetricsF(self.font()).lineSpacing())
        around = self.height() - self.contentsRect().height()
        return shown * line_height + 2 * round(self.document().documentMargin()) + around + SLACK

    def _grow(self) -> None:
        height = self._wanted()
        if self.height() != height:
            self.setFixedHeight(height)


class TypingEditor(Editor):
    """A field that is typed: the parts that one line and several have in common."""

    def __init__(self, desk: Desk, field: Field, control: Line | Prose) -> None:
        super().__init__(desk, field)
        self._control = control
        if field.hint:
            control.setPlaceholderText(words(field.hint))
        layout = column(self)
        layout.addWidget(control)
        self.setFocusProxy(control)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._offer)
        control.left.connect(self.commit)
        control.reverted.connect(self.revert)

    def control(self) -> QWidget:
        return self._control

    def text(self) -> str:
        raise NotImplementedError

    _said = ""
    """What the control said when the stored value was last shown or taken."""

    def is_drafted(self) -> bool:
        """Whether something was typed that is not stored.

        Compared with what was shown, not with how it would be shown now: a change of currency or time zone
        elsewhere must not make an untouched field look typed in.
        """
        return self.text() != self._said

    def draft(self) -> str:
        return self.text() if self.is_drafted() else ""

    def resume(self, text: str) -> bool:
        self._control.resume(text)
        self._typed()
        return True

    def show_stored(self) -> None:
        self._pause.stop()
        self._said = written(self.field, self.stored, self.desk.ways())
        self._control.show_text(self._said)

    def settle(self, value: Value) -> None:
        # While somebody is typing, a blank at the end is not taken away under their hands.
        self.stored = value
        if self._typing:
            self._said = written(self.field, value, self.desk.ways())
        else:
            self.show_stored()

    def commit(self) -> None:
        self._typing = False
        self._offer()

    def revert(self) -> None:
        super().revert()
        self.committed.emit(self.stored)

    _typing = False

    def _typed(self) -> None:
        self._typing = True
        if self.field.kind in (Kind.TEXT, Kind.PROSE, Kind.TEXTS):
            self._pause.start()

    def _offer(self) -> None:
        self._pause.stop()
        if not self.is_drafted():
            return
        try:
            value = read(self.field, self.text(), self.desk.ways())
        except FieldFault as fault:
            self.faulted.emit(fault)
            return
        self.committed.emit(value)


class LineEditor(TypingEditor):
    """A field in one line: text, number, money, time, moment, dates, time zone."""

    def __init__(self, desk: Desk, field: Field) -> None:
        self.line = Line()
        super().__init__(desk, field, self.line)
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self.commit)
        if field.kind is Kind.ZONE:
            # Listing all zones takes its time, and most people never type one.
            self.line.textEdited.connect(self._offer_zones)
        elif field.suggestions:
            self._complete_with(field.suggestions)

    def _offer_zones(self) -> None:
        if self.line.completer() is None:
            self._complete_with(sorted(available_timezones()))

    def _complete_with(self, entries: Sequence[str]) -> None:
        completer = QCompleter([words(entry) for entry in entries], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._typed)
        self.line.setCompleter(completer)

    def text(self) -> str:
        return self.line.text()


class ProseEditor(TypingEditor):
    """A field in several lines: prose, or a list with one entry a line."""

    def __init__(self, desk: Desk, field: Field) -> None:
        self.prose = Prose()
        super().__init__(desk, field, self.prose)
        self.prose.document().contentsChange.connect(self._changed)

    def text(self) -> str:
        return self.prose.toPlainText()

    def _changed(self, *change: int) -> None:
        if self.prose.hasFocus():
            self._typed()
