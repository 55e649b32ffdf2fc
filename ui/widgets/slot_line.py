"""One line of a slot list: its title, and its row in columns, painted as one thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.messages import Message, words
from app.model.document import Document
from app.model.fields import fields_of
from app.model.row import Row
from ui.theme import BODY, SECONDARY, Theme
from ui.widgets.row_head import RowHead

_PADDING = 10


@dataclass(frozen=True, slots=True)
class Slot:
    """One line: what it is for, and the row that fills it ("" while there is none).

    `key` tells lines apart for as long as the list lives; `about` is the id of a row elsewhere that the slot
    answers for. A row that is made here starts with `values`.
    """

    key: str
    title: str
    row_id: str = ""
    about: str = ""
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: the field, its share of the width in whole parts, and what stands there when it is empty. `said`
    puts the field in words where the usual ones say too little; `heading` stands over the column where the label of
    the field is too long."""

    field: str
    share: int
    empty: Message | str = "–"
    said: Callable[[Document, Row], str] | None = None
    heading: str = ""


class SlotHead(RowHead):
    """The line of a slot, painted in columns."""

    removed = Signal(object)
    """The slot whose row is not wanted any more."""

    def __init__(self, theme: Theme, columns: Sequence[Shown]) -> None:
        super().__init__(theme)
        self._columns = columns
        self._cells: tuple[tuple[str, bool], ...] = ()
        self._invitation = ""
        self._slot = Slot("", "")

    def show_line(self, slot: Slot, cells: tuple[tuple[str, bool], ...], invitation: str) -> None:
        told = " · ".join(text for text, filled in cells if filled) if slot.row_id else invitation
        if (slot, cells) != (self._slot, self._cells):
            self._slot, self._cells, self._invitation = slot, cells, invitation
            self.update()
        self.say(slot.title, told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self._slot.row_id:
            self.removed.emit(self._slot)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        if self._slot.row_id and not has_columns(self.width(), theme):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        places = cell_places(self.rect(), self._columns, theme)
        right = self._paint_mark(painter, self.width() - px(8)) - px(8) if self._found else self.width() - px(8)
        painter.setFont(theme.font(SECONDARY))
        painter.setPen(theme.colour("ink_3"))
        symbol = "＋" if not self._slot.row_id else ("▾" if self._open else "▸")
        painter.drawText(QRect(px(8), 0, px(18), self.height()), Qt.AlignmentFlag.AlignVCenter, symbol)
        self._write(painter, places[0], self.title, theme.font(BODY, QFont.Weight.Medium), "ink")
        if not self._slot.row_id:
            invited = QRect(places[1])
            invited.setRight(right)
            self._write(painter, invited, self._invitation, theme.font(SECONDARY), "accent")
        elif not self._open:
            for place, (text, filled) in zip(places[1:], self._cells, strict=True):
                place.setRight(min(place.right(), right))
                self._write(painter, place, text, theme.font(SECONDARY), "ink" if filled else "ink_3")
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        area = self.rect()
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(area.adjusted(1, 1, -2, -2), px(6), px(6))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), px(6), px(6))
        if not self._slot.row_id:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("ink_3"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(area.adjusted(1, 3, -2, -4), px(6), px(6))

    def _write(self, painter: QPainter, area: QRect, text: str, font: QFont, token: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(area.width(), 0))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class SlotHeader(QWidget):
    """The headings over the columns."""

    def __init__(self, theme: Theme, columns: Sequence[Shown], heading: str, row_class: type[Row]) -> None:
        super().__init__()
        self._theme = theme
        self._columns = columns
        declared = fields_of(row_class)
        self._headings = [heading, *(words(shown.heading or declared[shown.field].label) for shown in columns)]
        self._fit()
        theme.changed.connect(self._fit)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not has_columns(self.width(), self._theme):
            return
        painter = QPainter(self)
        painter.setFont(self._theme.font(SECONDARY, QFont.Weight.DemiBold))
        painter.setPen(self._theme.colour("ink_3"))
        for place, heading in zip(cell_places(self.rect(), self._columns, self._theme), self._headings, strict=True):
            shown = painter.fontMetrics().elidedText(heading, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(26) if has_columns(self.width(), self._theme) else 1)


TITLE_SHARE = 4
_NARROW = 560
"""Pixels of width, at 100 %, below which a line tells its fields one after the other instead of in columns."""


def has_columns(width: int, theme: Theme) -> bool:
    """Whether a line of this width has room for columns."""
    return width >= theme.px(_NARROW)


def cell_places(area: QRect, columns: Sequence[Shown], theme: Theme) -> list[QRect]:
    """Where the title and the columns stand in a line."""
    left = theme.px(28)
    room = area.width() - left - theme.px(_PADDING)
    all_shares = TITLE_SHARE + sum(shown.share for shown in columns)
    places = []
    for share in (TITLE_SHARE, *(shown.share for shown in columns)):
        width = room * share // all_shares
        places.append(QRect(left, area.top(), width - theme.px(_PADDING), area.height()))
        left += width
    return places
