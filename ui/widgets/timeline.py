"""Points below each other, each with what became of it: the steps of a drill, or the questions before a sign-off.

Every point is a button that opens the place where it is answered. Tab goes from one open point to the next, the
arrow keys go through all of them. What the colour says is also said by a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import NAME, SECONDARY, Theme
from ui.widgets.basic import column

_PADDING, _GAP, _CHIP = 10, 14, 22
_TIME_WIDTH = 72
_TALLEST = 4000
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True)
class Point:
    """One point, in words. `tone` is "ok", "warn" or "bad"; `verdict` is the word that says the same.

    `time` stands in front and may take several lines, `detail` and `note` stand below the title.
    """

    title: str
    verdict: str
    tone: str
    detail: str = ""
    note: str = ""
    time: str = ""

    @property
    def answered(self) -> bool:
        return self.tone == "ok"


class Timeline(QWidget):
    """The points in their order."""

    opened = Signal(object)
    """The place in the list of the point that somebody wants to open."""

    def __init__(self, theme: Theme, *, timed: bool = True) -> None:
        """`timed` keeps a column for the times in front."""
        super().__init__()
        self._theme = theme
        self._timed = timed
        self.rows: list[PointRow] = []
        self._layout = column(self, spacing=0)
        theme.changed.connect(self._restyle)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these points; rows that are there already are used again, so that the focus stays."""
        while len(self.rows) > len(points):
            gone = self.rows.pop()
            self._layout.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(points):
            row = PointRow(self._theme, timed=self._timed)
            row.clicked.connect(self._clicked)
            row.walked.connect(self._walk)
            self.rows.append(row)
            self._layout.addWidget(row)
        width = max((verdict_width(self._theme, point.verdict) for point in points), default=0)
        for place, (row, point) in enumerate(zip(self.rows, points, strict=True)):
            row.show_point(point, width, last=place == len(points) - 1)

    def _restyle(self) -> None:
        """The column of verdicts grows with the type."""
        self.show_points([row.point for row in self.rows])

    def _clicked(self) -> None:
        self.opened.emit(self.rows.index(self.sender()))  # type: ignore[arg-type]

    def _walk(self, step: int) -> None:
        place = self.rows.index(self.sender()) + step  # type: ignore[arg-type]
        if 0 <= place < len(self.rows):
            self.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)


class PointRow(QAbstractButton):
    """One point, painted as one thing."""

    walked = Signal(int)

    def __init__(self, theme: Theme, *, timed: bool) -> None:
        super().__init__()
        self._theme = theme
        self._timed = timed
        self._last = False
        self._verdict_width = 0
        self.point = Point("", "", "ok")
        # The layouts around ask for a height over a hundred times before they settle; each width is worked out once.
        self._areas: dict[int, tuple[QRect, QRect, QRect]] = {}
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def show_point(self, point: Point, verdict_width: int, *, last: bool) -> None:
        """Show a point; the column of verdicts is as wide as the widest of all rows."""
        if (point, verdict_width, last) == (self.point, self._verdict_width, self._last):
            return
        self.point, self._verdict_width, self._last = point, verdict_width, last
        parts = (" ".join(point.time.split()), point.title)
        self.setAccessibleName(f"{' '.join(part for part in parts if part)}: {point.verdict}")
        self.setAccessibleDescription(" ".join(part for part in (point.detail, point.note) if part))
        # Tab stops at what is open; the arrow keys reach the rest.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus if point.answered else Qt.FocusPolicy.StrongFocus)
        self._restyle()

    # --- size ---

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._areas_in(width)[-1].bottom() + 1 + self._theme.px(_PADDING)

    def sizeHint(self) -> QSize:
        width = self._theme.px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(48))

    # --- keys and looks ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.walked.emit(1)
        elif event.key() == Qt.Key.Key_Up:
            self.walked.emit(-1)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, point = self._theme, self._theme.px, self.point
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        title, detail, note = self._areas_in(self.width())
        left = px(_PADDING)
        if self._timed:
            painter.setFont(self._title_font())
            painter.setPen(theme.colour("ink" if point.answered else point.tone))
            painter.drawText(QRect(left, title.top(), px(_TIME_WIDTH), self.height()), _WRAP, point.time)
            left += px(_TIME_WIDTH)
        self._paint_verdict(painter, QRect(left, title.top() - px(1), self._verdict_width, px(_CHIP)))
        painter.setFont(self._title_font())
        painter.setPen(theme.colour("bad" if point.tone == "bad" else "ink"))
        painter.drawText(title, _WRAP, point.title)
        painter.setFont(theme.font(SECONDARY))
        painter.setPen(theme.colour("ink_2"))
        painter.drawText(detail, _WRAP, point.detail)
        painter.setPen(theme.colour("ink_3"))
        painter.drawText(note, _WRAP, point.note)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        area = self.rect()
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(area.adjusted(1, 2, -2, -3), px(6), px(6))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(area.adjusted(1, 2, -1, -3), px(6), px(6))
        if not self._last:
            painter.setPen(theme.colour("line"))
            painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _paint_verdict(self, painter: QPainter, chip: QRect) -> None:
        theme, px = self._theme, self._theme.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{self.point.tone}_soft"))
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        painter.setBrush(theme.colour(self.point.tone))
        painter.drawEllipse(chip.left() + px(8), chip.center().y() - px(3), px(8), px(8))
        painter.setPen(theme.colour(self.point.tone))
        painter.setFont(_verdict_font(theme))
        text = chip.adjusted(px(21), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.point.verdict)

    def _areas_in(self, width: int) -> tuple[QRect, QRect, QRect]:
        if width not in self._areas:
            self._areas[width] = self._lay_out(width)
        return self._areas[width]

    def _lay_out(self, width: int) -> tuple[QRect, QRect, QRect]:
        """Where title, detail and note stand in a row of this width."""
        px = self._theme.px
        left = px(_PADDING) + (px(_TIME_WIDTH) if self._timed else 0) + self._verdict_width + px(_GAP)
        room = max(width - left - px(_PADDING), px(80))
        small = self._theme.font(SECONDARY)
        title = _lines(self._title_font(), self.point.title, QRect(left, px(_PADDING), room, _TALLEST))
        least = px(_CHIP) - px(2)
        if self._timed:
            least = _lines(self._title_font(), self.point.time, QRect(0, 0, px(_TIME_WIDTH), _TALLEST)).height()
        title.setHeight(max(title.height(), px(_CHIP) - px(2)))
        detail = _lines(small, self.point.detail, QRect(left, title.bottom() + px(2), room, _TALLEST))
        note = _lines(small, self.point.note, QRect(left, detail.bottom() + 1, room, _TALLEST))
        note.setBottom(max(note.bottom(), px(_PADDING) + least))
        return title, detail, note

    def _title_font(self) -> QFont:
        return self._theme.font(NAME, QFont.Weight.DemiBold)

    def _restyle(self) -> None:
        self._areas.clear()
        self.updateGeometry()
        self.update()


def verdict_width(theme: Theme, verdict: str) -> int:
    """How wide the chip with a verdict is."""
    return QFontMetrics(_verdict_font(theme)).horizontalAdvance(verdict) + theme.px(32)


def _verdict_font(theme: Theme) -> QFont:
    return theme.font(SECONDARY, QFont.Weight.DemiBold)


def _lines(font: QFont, text: str, area: QRect) -> QRect:
    """The part of the area that a text takes, broken into lines."""
    height = QFontMetrics(font).boundingRect(area, _WRAP, text).height() if text else 0
    return QRect(area.left(), area.top(), area.width(), height)
