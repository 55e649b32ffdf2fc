"""The seats: a line to sign on, whose it is, and when it was signed. One of them is selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ui.theme import NAME, SECONDARY, Theme
from ui.widgets.basic import column
from ui.widgets.drawing_pad import draw_strokes, read_strokes
from ui.widgets.tips import plain_tip

_HEIGHT, _MORE, _KEY, _PADDING = 58, 17, 20, 12
_LINE_SHARE = 0.5
_SIGNATURE = 19.0


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat in words. `signed` is the name as signed, "" while it is not; `note` says when, or why not yet."""

    seat: str
    title: str
    holder: str
    note: str
    signed: str = ""
    drawing: str = ""
    named: bool = True
    """False where nobody fills the seat; `holder` then says so."""
    missing: bool = False
    """True where the seat must sign and has not yet."""
    key: str = ""
    """With which key it was signed, and whether that is known."""
    apart: str = ""
    """The end of `holder` that tells them from another of that name; it gets a line of its own."""


class SeatList(QWidget):
    """The seats below each other; the arrow keys select."""

    selected = Signal(object)
    """The seat that is selected now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[SeatRow] = []
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._toggled)
        self._layout = column(self, spacing=2)

    @property
    def current(self) -> str:
        """The seat that is selected; "" before there are any."""
        return next((row.shown.seat for row in self.rows if row.isChecked()), "")

    def show_lines(self, lines: Sequence[SeatLine]) -> None:
        """Show these seats; the selection stays."""
        while len(self.rows) < len(lines):
            row = SeatRow(self._theme)
            self.rows.append(row)
            self._group.addButton(row)
            self._layout.addWidget(row)
        for row, shown in zip(self.rows, lines, strict=True):
            row.show_line(shown)
        if not self.current:
            self.select_next()

    def select(self, seat: str) -> None:
        """Select a seat."""
        for row in self.rows:
            if row.shown.seat == seat:
                row.setChecked(True)

    def select_next(self) -> None:
        """Select the first seat that has still to sign; where none has, the first."""
        wanted = next((row for row in self.rows if row.shown.missing and row.shown.named), None)
        if self.rows:
            (wanted or self.rows[0]).setChecked(True)

    def focus_current(self) -> None:
        """Go to the seat that is selected."""
        for row in self.rows:
            if row.isChecked():
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggled(self, row: SeatRow, on: bool) -> None:
        if on:
            self.selected.emit(row.shown.seat)


class SeatRow(QAbstractButton):
    """One seat, painted as on paper: the signature over its line, the name beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.shown = SeatLine("", "", "", "")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_line(self, shown: SeatLine) -> None:
        if shown != self.shown:
            self.shown = shown
            self.setAccessibleName(f"{shown.title}: {shown.holder}")
            self.setAccessibleDescription(", ".join(part for part in (shown.note, shown.key) if part))
            self.setToolTip(plain_tip("\n".join(part for part in (shown.holder, shown.note, shown.key) if part)))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(380), self._theme.px(self._high))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(260), self._theme.px(self._high))

    @property
    def _high(self) -> int:
        return self._upper + (_KEY if self.shown.key else 0)

    @property
    def _upper(self) -> int:
        return _HEIGHT + (_MORE if self.shown.apart else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, shown = self._theme, self._theme.px, self.shown
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        middle = round(self.width() * _LINE_SHARE)
        left, high = px(_PADDING) + px(6), px(self._upper)
        base = high - px(12)
        painter.setPen(QPen(theme.colour("ink" if shown.signed else "edge"), 1))
        painter.drawLine(QLineF(left, base, middle, base))
        if shown.signed:
            self._paint_signature(painter, QRect(left, px(6), middle - left, base - px(8)))
        text = QRect(middle + px(14), 0, self.width() - middle - px(14) - px(_PADDING), high)
        name, small = theme.font(NAME, QFont.Weight.DemiBold), theme.font(SECONDARY)
        called = shown.holder.removesuffix(shown.apart)
        if QFontMetrics(name).horizontalAdvance(called) > text.width():
            name = theme.font(SECONDARY, QFont.Weight.DemiBold)
        top = px(3)
        for said, font, token in (
            (called, name, "bad" if shown.missing and not shown.named else "ink"),
            *([(shown.apart.strip(), small, "ink_2")] if shown.apart else []),
            (shown.title, small, "ink_2"),
            (shown.note, small, "ink_3"),
        ):
            height = QFontMetrics(font).height()
            place = QRect(text.left(), top, text.width(), height)
            self._write(painter, place, Qt.AlignmentFlag.AlignVCenter, said, font, token)
            top += height + px(2)
        place = QRect(left, high, self.width() - left - px(_PADDING), px(_KEY) - px(3))
        self._write(painter, place, Qt.AlignmentFlag.AlignTop, shown.key, small, "ink_2")
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(area, px(7), px(7))
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(area.left(), area.top() + px(8), px(3), area.height() - px(16)), 1, 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(area, px(7), px(7))

    def _paint_signature(self, painter: QPainter, area: QRect) -> None:
        strokes = read_strokes(self.shown.drawing)
        if strokes:
            draw_strokes(painter, strokes, QRectF(area), self._theme)
            return
        font = self._theme.font(_SIGNATURE)
        font.setItalic(True)
        self._write(painter, area, Qt.AlignmentFlag.AlignBottom, self.shown.signed, font, "accent")

    def _write(
        self, painter: QPainter, area: QRect, where: Qt.AlignmentFlag, text: str, font: QFont, token: str
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(area.width(), 0))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | where, shown)
