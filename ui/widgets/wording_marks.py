"""Underlining words in a control that is typed in, without touching its text, its cursor or its input method.

Several lines take marks as Qt's extra selections. One line has none, so its marks are painted by a widget that lies
over it and lets everything through.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from ui.theme import Theme
from ui.widgets.editors.typing import Line, Prose

Span = tuple[int, int]
"""Where marked words begin and end, in code points of the text."""


def mark_words(theme: Theme, control: Line | Prose, spans: Sequence[Span], token: str) -> None:
    """Underline these words of a control in the colour of a token, and nothing else in it."""
    if isinstance(control, Prose):
        control.setExtraSelections([_selection(control, span, theme.colour(token)) for span in spans])
        return
    over = control.findChild(LineMarks)
    if over is None and spans:
        over = LineMarks(theme, control)
    if over is not None:
        over.show_spans(spans, token)


def select_words(control: Line | Prose, span: Span) -> None:
    """Select words of a control, so that typing replaces them."""
    start, end = _places(control.text() if isinstance(control, Line) else control.toPlainText(), span)
    if isinstance(control, Line):
        control.setSelection(start, end - start)
    else:
        control.setTextCursor(_cursor(control, start, end))


def selection_of(control: Line | Prose) -> Span:
    """What is selected, in code points of the text; where nothing is, twice the place of the cursor."""
    if isinstance(control, Line):
        text = control.text()
        place = control.cursorPosition()
        start, end = (control.selectionStart(), control.selectionEnd()) if control.hasSelectedText() else (place, place)
    else:
        text, cursor = control.toPlainText(), control.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
    return len(_before(text, start)), len(_before(text, end))


class LineMarks(QWidget):
    """Wavy lines over a line of text."""

    def __init__(self, theme: Theme, line: Line) -> None:
        super().__init__(line)
        self._theme = theme
        self._line = line
        self._spans: tuple[Span, ...] = ()
        self._token = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line.installEventFilter(self)
        # Scrolling has no signal of its own; it follows the cursor.
        line.cursorPositionChanged.connect(self.update)
        line.textChanged.connect(self.update)
        self.setGeometry(line.rect())
        self.show()

    @property
    def spans(self) -> tuple[Span, ...]:
        return self._spans

    def show_spans(self, spans: Sequence[Span], token: str) -> None:
        self._spans, self._token = tuple(spans), token
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._line.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self._line.text()
        if not self._spans or not text:
            return
        layout = QTextLayout(text, self._line.font())
        layout.beginLayout()
        laid = layout.createLine()
        layout.endLayout()
        cursor = self._line.cursorRect()
        # A cursor is as wide as its blink; its middle is where the letter begins.
        left = cursor.center().x() - _x(laid, self._line.cursorPosition())
        base = cursor.top() + (cursor.height() + self._line.fontMetrics().ascent()) / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._line.contentsRect().adjusted(self._theme.px(4), 0, -self._theme.px(4), 0))
        painter.setPen(QPen(self._theme.colour(self._token), max(1.0, self._theme.px(12) / 10)))
        for span in self._spans:
            start, end = _places(text, span)
            ends = _x(laid, start), _x(laid, end)
            painter.drawPolyline(_wave(left + min(ends), left + max(ends), base, self._theme.px(2)))
        painter.end()


def _x(laid: QTextLine, place: int) -> float:
    """How far right a place of the text stands."""
    x, _ = cast("tuple[float, int]", laid.cursorToX(place))
    return x


def _wave(left: float, right: float, top: float, step: int) -> QPolygonF:
    """A wavy line from left to right."""
    points = []
    x, up = left, False
    while x < right:
        points.append(QPointF(x, top + (0 if up else step)))
        x, up = x + step, not up
    return QPolygonF([*points, QPointF(right, top + (0 if up else step))])


def _selection(prose: Prose, span: Span, colour: QColor) -> QTextEdit.ExtraSelection:
    mark = QTextCharFormat()
    mark.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    mark.setUnderlineColor(colour)
    selection = QTextEdit.ExtraSelection()
    selection.cursor = _cursor(prose, *_places(prose.toPlainText(), span))
    selection.format = mark
    return selection


def _cursor(prose: Prose, start: int, end: int) -> QTextCursor:
    cursor = prose.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _places(text: str, span: Span) -> Span:
    """A span in the units that Qt counts in: letters beyond the first 65,536 count twice."""
    return _units(text[: span[0]]), _units(text[: span[1]])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _before(text: str, units: int) -> str:
    """The text before a place in Qt's units."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
