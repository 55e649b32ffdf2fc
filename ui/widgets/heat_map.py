"""Who answers hour by hour: seven rows of twenty-four hours, with nobody as the hole that one sees first.

Each holder has a colour and a pattern of its own, nobody is outlined in red and hatched. The arrow keys walk from
hour to hour and say what stands there.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.messages import msg, words
from app.model import vocabulary as v
from ui.theme import SECONDARY, Theme
from ui.widgets.dial import hatch
from ui.widgets.tips import plain_tip

NOBODY = -1
HOURS, DAYS = 24, 7

_COLOURS = ("exception", "system", "workflow", "outcome", "ink_2")
_LABEL, _HEAD, _LEGEND, _GAP = 40, 20, 24, 2
_CELL = 17


class HeatMap(QWidget):
    """A week as `app.policy.coverage.Week` gives it: `hours[weekday][hour]` is an index into `holders`, or -1."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._holders: tuple[str, ...] = ()
        self._hours: Sequence[Sequence[int]] = ((NOBODY,) * HOURS,) * DAYS
        self._marked: tuple[int, int] | None = None
        self._at = (0, 0)
        self._title = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_week(
        self,
        title: str,
        hours: Sequence[Sequence[int]],
        holders: Sequence[str],
        marked: tuple[int, int] | None = None,
    ) -> None:
        """Show a week under a title that a screen reader says; `marked` is the (weekday, hour) of a drill."""
        self._title = title
        self._hours = hours
        self._holders = tuple(holders)
        self._marked = marked
        self.setAccessibleName(title)
        self._say()
        self.update()

    def answer(self, weekday: int, hour: int) -> str:
        """Who answers in this hour, in words: "Tue 14–15: Billing leads"."""
        holder = self._hours[weekday][hour]
        who = words("nobody") if holder == NOBODY else self._holders[holder]
        day = words(v.WEEKDAYS[weekday].label)
        return words(msg("{day} {start}–{end}: {who}", day=day, start=hour, end=hour + 1, who=who))

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(_LABEL) + HOURS * px(_CELL), px(_HEAD + DAYS * (_CELL + _GAP) + _LEGEND) + self._legend_rows())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_LABEL) + HOURS * self._theme.px(10), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_labels(painter)
        for weekday in range(DAYS):
            for hour in range(HOURS):
                self._paint_cell(painter, self._cell(weekday, hour), self._hours[weekday][hour])
        if self._marked is not None:
            self._ring(painter, self._marked, "ink")
        if self.hasFocus():
            self._ring(painter, self._at, "accent")
        self._paint_legend(painter)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self._at = ((self._at[0] + step[0]) % DAYS, (self._at[1] + step[1]) % HOURS)
        self._say()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for weekday in range(DAYS):
                for hour in range(HOURS):
                    if self._cell(weekday, hour).contains(QPointF(event.pos())):
                        QToolTip.showText(event.globalPos(), plain_tip(self.answer(weekday, hour)), self)
                        return True
        return super().event(event)

    # --- painting ------------------------------------------------------------------------------------------

    def _cell(self, weekday: int, hour: int) -> QRectF:
        px = self._theme.px
        width = min((self.width() - px(_LABEL)) / HOURS, px(_CELL) * 1.6)
        height = px(_CELL + _GAP)
        return QRectF(px(_LABEL) + hour * width, px(_HEAD) + weekday * height, width, height).adjusted(1, 1, -1, -1)

    def _paint_labels(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font(SECONDARY))
        painter.setPen(self._theme.colour("ink_2"))
        for hour in range(0, HOURS, 3):
            cell = self._cell(0, hour)
            head = QRectF(cell.left() - cell.width(), 0, cell.width() * 3, self._theme.px(_HEAD))
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, str(hour))
        for weekday, entry in enumerate(v.WEEKDAYS):
            cell = self._cell(weekday, 0)
            label = QRectF(0, cell.top(), self._theme.px(_LABEL), cell.height())
            painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words(entry.label))

    def _paint_cell(self, painter: QPainter, cell: QRectF, holder: int) -> None:
        theme = self._theme
        radius = theme.px(3)
        if holder == NOBODY:
            painter.setBrush(theme.colour("bad_soft"))
            painter.setPen(QPen(theme.colour("bad"), 1))
            painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            faint = theme.colour("bad")
            faint.setAlpha(130)
            hatch(painter, cell.adjusted(2, 2, -2, -2), faint, theme.px(8))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(holder))
        painter.drawRoundedRect(cell, radius, radius)
        self._paint_pattern(painter, cell, holder)

    def _paint_pattern(self, painter: QPainter, cell: QRectF, holder: int) -> None:
        """What tells holders apart without colour: plain, one bar, two bars, a dot, a cross bar; then again."""
        painter.setBrush(self._theme.colour("on_strong"))
        bar, middle = self._theme.px(2), cell.center()
        pattern = holder % 5
        if pattern == 1:
            painter.drawRect(QRectF(cell.left() + bar, middle.y() - bar / 2, cell.width() - 2 * bar, bar))
        elif pattern == 2:
            for x in (-bar * 1.5, bar * 1.5):
                painter.drawRect(QRectF(middle.x() + x - bar / 2, cell.top() + bar, bar, cell.height() - 2 * bar))
        elif pattern == 3:
            painter.drawEllipse(middle, bar * 1.25, bar * 1.25)
        elif pattern == 4:
            painter.drawRect(QRectF(middle.x() - bar / 2, cell.top() + bar, bar, cell.height() - 2 * bar))

    def _colour(self, holder: int) -> QColor:
        return self._theme.colour(_COLOURS[holder % len(_COLOURS)])

    def _ring(self, painter: QPainter, at: tuple[int, int], token: str) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour(token), self._theme.px(2)))
        painter.drawRoundedRect(self._cell(*at).adjusted(-1, -1, 1, 1), self._theme.px(4), self._theme.px(4))

    def _legend(self) -> list[tuple[int, str]]:
        shown = {holder for day in self._hours for holder in day}
        named = [(index, name) for index, name in enumerate(self._holders) if index in shown]
        return [*named, *([(NOBODY, words("Nobody"))] if NOBODY in shown else [])]

    def _paint_legend(self, painter: QPainter) -> None:
        px = self._theme.px
        painter.setFont(self._theme.font(SECONDARY, QFont.Weight.Medium))
        x, y = float(px(_LABEL)), self._cell(DAYS - 1, 0).bottom() + px(9)
        for holder, name in self._legend():
            width = px(_CELL) + px(6) + painter.fontMetrics().horizontalAdvance(name) + px(16)
            if x + width > self.width() and x > px(_LABEL):
                x, y = float(px(_LABEL)), y + px(_LEGEND)
            self._paint_cell(painter, QRectF(x, y, px(14), px(14)), holder)
            painter.setPen(self._theme.colour("ink_2"))
            text = QRectF(x + px(20), y - px(3), width, px(20))
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            x += width

    def _legend_rows(self) -> int:
        """Room for a second line of the legend where there are many names."""
        return self._theme.px(_LEGEND) * (len(self._holders) // 3) + self._theme.px(8)

    def _say(self) -> None:
        self.setAccessibleDescription(self.answer(*self._at))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
