"""Who answers hour by hour: seven rows of twenty-four hours, with nobody as the hole that one sees first.

Each holder has a colour and a pattern of its own, nobody is outlined in red and hatched, an hour that the clock skips
is empty. The arrow keys walk from hour to hour and say what stands there; Page Up and Page Down ask for another week.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.messages import msg, words
from app.model import vocabulary as v
from ui.theme import SECONDARY, Theme
from ui.widgets.dial import hatch
from ui.widgets.tips import plain_tip

NOBODY, NO_SUCH_HOUR = -1, -2
HOURS, DAYS = 24, 7
NOBODY_OFF: tuple[tuple[str, ...], ...] = ((),) * DAYS

_COLOURS = ("exception", "system", "workflow", "outcome", "ink_2")
_LABEL, _DATED_LABEL, _HEAD, _LEGEND, _GAP = 40, 64, 20, 24, 2
_CELL = 17


class HeatMap(QWidget):
    """A week as `app.policy.coverage.Week` gives it: `hours[weekday][hour]` is an index into `holders`, or -1; and -2
    for an hour that does not happen (app.policy.real_week)."""

    walked = Signal(str)
    """What stands at the hour that somebody walked to, in words."""

    paged = Signal(int)
    """Another week is wanted: so many weeks later, or earlier; 0 for the week of today."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, paging: bool = False) -> None:
        """With `paging` the keys for a page ask for another week; else they move the page that it stands on."""
        super().__init__(parent)
        self._theme = theme
        self._paging = paging
        self._holders: tuple[str, ...] = ()
        self._hours: Sequence[Sequence[int]] = ((NOBODY,) * HOURS,) * DAYS
        self._marked: tuple[int, int] | None = None
        self._at = (0, 0)
        self._days: tuple[str, ...] = ()
        self._off = NOBODY_OFF
        self._explain: Callable[[int, int], str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_week(
        self,
        title: str,
        hours: Sequence[Sequence[int]],
        holders: Sequence[str],
        marked: tuple[int, int] | None = None,
        *,
        days: Sequence[str] = (),
        off: Sequence[tuple[str, ...]] = NOBODY_OFF,
        explain: Callable[[int, int], str] | None = None,
    ) -> None:
        """Show a week under a title that a screen reader says; `marked` is the (weekday, hour) of a drill.

        `days` are the seven days with their dates where it is a week of the calendar, `off` who is not there on each.
        `explain` says who answers in an hour and why, and nothing where nobody does.
        """
        if bool(days) != bool(self._days):
            self.updateGeometry()
        self._days, self._off, self._explain = tuple(days), tuple(off), explain
        self._hours = hours
        self._holders = tuple(holders)
        self._marked = marked
        self.setAccessibleName(title)
        self._say()
        self.update()

    def answer(self, weekday: int, hour: int) -> str:
        """Who answers in this hour, in words: "Tue 14–15: Billing leads"."""
        holder = self._hours[weekday][hour]
        if holder == NO_SUCH_HOUR:
            who = words("the clock skips this hour")
        else:
            who = words("nobody") if holder == NOBODY else self._holders[holder]
        said = self._at_hour(weekday, hour, who)
        if holder == NOBODY and self._off[weekday]:
            said = words(msg("{said}; not there that day: {names}", said=said, names=", ".join(self._off[weekday])))
        return said

    def told(self, weekday: int, hour: int) -> str:
        """All that is known about this hour, in words."""
        explained = self._explain(weekday, hour) if self._explain is not None else ""
        return self._at_hour(weekday, hour, explained) if explained else self.answer(weekday, hour)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(
            self._label() + HOURS * px(_CELL), px(_HEAD + DAYS * (_CELL + _GAP) + _LEGEND) + self._legend_rows()
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self._label() + HOURS * self._theme.px(10), self.sizeHint().height())

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
        weeks = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Home: 0}.get(Qt.Key(event.key()))
        if step is not None:
            self._walk((self._at[0] + step[0]) % DAYS, (self._at[1] + step[1]) % HOURS)
        elif weeks is not None and self._paging:
            self.paged.emit(weeks)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self._place(event.position())
        if place is not None:
            self._walk(*place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._walk(*self._at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place(QPointF(event.pos()))
            if place is not None:
                QToolTip.showText(event.globalPos(), plain_tip(self.told(*place)), self)
                return True
        return super().event(event)

    def _walk(self, weekday: int, hour: int) -> None:
        self._at = weekday, hour
        self._say()
        self.update()
        self.walked.emit(self.told(weekday, hour))

    def _place(self, point: QPointF) -> tuple[int, int] | None:
        """The weekday and the hour at a point."""
        places = ((weekday, hour) for weekday in range(DAYS) for hour in range(HOURS))
        return next((place for place in places if self._cell(*place).contains(point)), None)

    def _at_hour(self, weekday: int, hour: int, who: str) -> str:
        return words(msg("{day} {start}–{end}: {who}", day=self._day(weekday), start=hour, end=hour + 1, who=who))

    def _day(self, weekday: int) -> str:
        return self._days[weekday] if self._days else words(v.WEEKDAYS[weekday].label)

    # --- painting ------------------------------------------------------------------------------------------

    def _cell(self, weekday: int, hour: int) -> QRectF:
        px, left = self._theme.px, self._label()
        width = min((self.width() - left) / HOURS, px(_CELL) * 1.6)
        height = px(_CELL + _GAP)
        return QRectF(left + hour * width, px(_HEAD) + weekday * height, width, height).adjusted(1, 1, -1, -1)

    def _paint_labels(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font(SECONDARY))
        painter.setPen(self._theme.colour("ink_2"))
        for hour in range(0, HOURS, 3):
            cell = self._cell(0, hour)
            head = QRectF(cell.left() - cell.width(), 0, cell.width() * 3, self._theme.px(_HEAD))
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, str(hour))
        for weekday in range(DAYS):
            cell = self._cell(weekday, 0)
            label = QRectF(0, cell.top(), self._label(), cell.height())
            # A cross, and not the colour alone, marks a day on which somebody is off.
            off = bool(self._off[weekday])
            painter.setPen(self._theme.colour("warn" if off else "ink_2"))
            said = f"{self._day(weekday)} ×" if off else self._day(weekday)
            painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)

    def _label(self) -> int:
        """The width of the names of the days."""
        return self._theme.px(_DATED_LABEL if self._days else _LABEL)

    def _paint_cell(self, painter: QPainter, cell: QRectF, holder: int) -> None:
        theme = self._theme
        radius = theme.px(3)
        if holder == NO_SUCH_HOUR:
            painter.setPen(QPen(theme.colour("ink_3"), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            return
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
        others = ((NOBODY, words("Nobody")), (NO_SUCH_HOUR, words("Skipped by the clock")))
        return [*named, *((holder, name) for holder, name in others if holder in shown)]

    def _paint_legend(self, painter: QPainter) -> None:
        px = self._theme.px
        painter.setFont(self._theme.font(SECONDARY, QFont.Weight.Medium))
        x, y = float(self._label()), self._cell(DAYS - 1, 0).bottom() + px(9)
        for holder, name in self._legend():
            width = px(_CELL) + px(6) + painter.fontMetrics().horizontalAdvance(name) + px(16)
            if x + width > self.width() and x > self._label():
                x, y = float(self._label()), y + px(_LEGEND)
            self._paint_cell(painter, QRectF(x, y, px(14), px(14)), holder)
            painter.setPen(self._theme.colour("ink_2"))
            text = QRectF(x + px(20), y - px(3), width, px(20))
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            x += width

    def _legend_rows(self) -> int:
        """Room for a second line of the legend where there are many names."""
        return self._theme.px(_LEGEND) * (len(self._holders) // 3) + self._theme.px(8)

    def _say(self) -> None:
        self.setAccessibleDescription(self.told(*self._at))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
