"""Where a signature is drawn with mouse, pen or finger. It is kept as strokes, never as a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.messages import words
from ui.theme import SECONDARY, Theme

SIDE = 1000
"""Both coordinates of a point run from 0 to this, whatever the size on the screen."""

LONGEST = 20_000
"""Characters that a drawn signature may take (app.model.commit)."""

Stroke = list[tuple[int, int]]

_PAIR = re.compile(r"(\d{1,4}),(\d{1,4})")
_DRAWING = re.compile(rf"{_PAIR.pattern}(?:[ ;]{_PAIR.pattern})*")


class DrawingPad(QWidget):
    """Draw with the pointer; Del or Backspace takes the last stroke back. A name is signed by typing alone, too."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._strokes: list[Stroke] = []
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()
        theme.changed.connect(self.updateGeometry)

    def drawing(self) -> str:
        """The strokes as a signature keeps them; "" when nothing is drawn."""
        return written(self._strokes)

    def clear(self) -> None:
        """Take everything back."""
        self._strokes.clear()
        self._told()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(96))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(96))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._strokes.append([])
            self._take(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._strokes:
            self._take(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._strokes:
            self._strokes.pop()
            self._told()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(theme.colour("card"))
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "edge"), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(area, theme.px(7), theme.px(7))
        painter.setPen(theme.colour("line"))
        base = area.bottom() - theme.px(20)
        painter.drawLine(QPointF(area.left() + theme.px(14), base), QPointF(area.right() - theme.px(14), base))
        if not self._strokes:
            painter.setFont(theme.font(SECONDARY))
            painter.setPen(theme.colour("ink_3"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words("Sign here, if you like"))
        draw_strokes(painter, self._strokes, QRectF(self.rect()), theme)
        painter.end()

    def _take(self, position: QPointF) -> None:
        """Add a point to the stroke that is being drawn, unless it stands still or the signature is long enough."""
        point = _scaled(position.x(), self.width()), _scaled(position.y(), self.height())
        stroke = self._strokes[-1]
        if (not stroke or stroke[-1] != point) and len(self.drawing()) < LONGEST - 12:
            stroke.append(point)
            self._told()

    def _told(self) -> None:
        self._say()
        self.changed.emit()
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(words("Drawn signature, optional"))
        drawn = words("drawn") if self._strokes else words("empty")
        self.setAccessibleDescription(drawn)


def written(strokes: Sequence[Stroke]) -> str:
    """Strokes as text: points as x,y, a blank between points, a semicolon between strokes."""
    return ";".join(" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes if stroke)


def read_strokes(drawing: str) -> list[Stroke]:
    """The strokes that `written` wrote; none when the text is something else."""
    if not _DRAWING.fullmatch(drawing):
        return []
    return [[(int(x), int(y)) for x, y in _PAIR.findall(stroke)] for stroke in drawing.split(";")]


def draw_strokes(painter: QPainter, strokes: Sequence[Stroke], area: QRectF, theme: Theme) -> None:
    """Draw a signature into an area, in ink."""
    pen = QPen(theme.colour("accent"), max(2.0, theme.px(2)))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    for stroke in strokes:
        points = [
            QPointF(area.left() + x * area.width() / SIDE, area.top() + y * area.height() / SIDE) for x, y in stroke
        ]
        path = QPainterPath(points[0])
        for point in points[1:] or points:
            path.lineTo(point)
        painter.drawPath(path)


def _scaled(value: float, length: int) -> int:
    return max(0, min(SIDE, round(value * SIDE / max(length, 1))))
