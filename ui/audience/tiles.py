"""Tiles on the wall: painted as large as the window allows, all in one size of type, none of it cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.messages import msg, words
from ui.audience.board import Tile
from ui.theme import FAMILIES, Tokens

TITLE, NAME, BELOW = 22.0, 37.0, 21.0
"""Sizes of type on a window of 1280 x 800."""

SMALLEST = 0.4
"""How far type shrinks before lines are counted instead of shown."""

STEP = 0.94
FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def columns_for(count: int) -> int:
    """How many tiles stand beside each other."""
    if count <= 3:
        return max(count, 1)
    if count == 4:
        return 2
    return next((columns for columns in (3, 4) if count <= columns * columns), 5)


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph of a tile: its words, its type, its colour and the room that it takes."""

    text: str
    font: QFont
    colour: QColor
    box: QRect


class TileView(QWidget):
    """One tile. It reads aloud what it shows."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._unit = 1.0
        self.tile = Tile("")

    def show_tile(self, tile: Tile) -> None:
        self.tile = tile
        self.setAccessibleName(tile.spoken)
        self.update()

    def set_unit(self, unit: float) -> None:
        """Pixels for one pixel of the design."""
        self._unit = unit
        self.update()

    def height_at(self, unit: float, width: int) -> int:
        """How high the tile has to be at this size of type."""
        pieces = list(self._pieces(unit, width, len(self.tile.lines)))
        bottom = pieces[-1].box.bottom() if pieces else 0
        return bottom + round(18 * unit)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        for piece in self.shown():
            painter.setFont(piece.font)
            painter.setPen(piece.colour)
            painter.drawText(piece.box, FLAGS, piece.text)
        painter.end()

    def shown(self) -> list[Piece]:
        """What is painted: all of it, or as many lines as there is room for and a count of the others."""
        for lines in range(len(self.tile.lines), -1, -1):
            pieces = list(self._pieces(self._unit, self.width(), lines))
            if not pieces or pieces[-1].box.bottom() <= self.height() - round(6 * self._unit):
                return pieces
        return list(self._pieces(self._unit, self.width(), 0))

    def _paint_ground(self, painter: QPainter) -> None:
        token, radius = self._colour(self.tile.token), 14 * self._unit
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if self.tile.missing:
            painter.setPen(QPen(token, max(2.0, 2.5 * self._unit), Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, radius, radius)
            return
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), self._colour("card"))
        painter.fillRect(QRect(0, 0, round(8 * self._unit), self.height()), token)
        painter.setClipping(False)

    def _pieces(self, unit: float, width: int, lines: int) -> Iterator[Piece]:
        tile, left, top = self.tile, round(32 * unit), round(22 * unit)
        room = max(width - left - round(20 * unit), 1)
        wanted = [(tile.title, TITLE, QFont.Weight.DemiBold, tile.token)]
        wanted.append((tile.name, NAME, QFont.Weight.Bold, tile.token if tile.missing else "ink"))
        wanted += [(text, BELOW, QFont.Weight.Normal, "ink_2") for text in tile.lines[:lines]]
        if lines < len(tile.lines):
            more = words(msg("and {count} more", count=len(tile.lines) - lines))
            wanted.append((more, BELOW, QFont.Weight.DemiBold, "ink_3"))
        for text, size, weight, token in wanted:
            if not text:
                continue
            font = _font(size * unit, weight)
            box = QFontMetrics(font).boundingRect(QRect(left, top, room, 100_000), FLAGS, text)
            yield Piece(text, font, self._colour(token), QRect(left, top, room, box.height()))
            top += box.height() + round(4 * unit)

    def _colour(self, token: str) -> QColor:
        return QColor(self._tokens.colours[token])


class TileWall(QWidget):
    """Tiles in columns of one width and one height."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._scale = 1.0
        self.views: list[TileView] = []

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these tiles."""
        while len(self.views) > len(tiles):
            gone = self.views.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.views) < len(tiles):
            view = TileView(self._tokens)
            view.setParent(self)
            view.show()
            self.views.append(view)
        for view, tile in zip(self.views, tiles, strict=True):
            view.show_tile(tile)
        self.arrange(self._scale)

    def arrange(self, scale: float) -> None:
        """Lay the tiles out; `scale` is the size of the window over that of the design."""
        self._scale = scale
        if not self.views:
            return
        columns = columns_for(len(self.views))
        rows = -(-len(self.views) // columns)
        gap = round(22 * scale) if rows < 4 else round(12 * scale)
        cell = QSize((self.width() - gap * (columns - 1)) // columns, (self.height() - gap * (rows - 1)) // rows)
        unit = self._fitting(scale, cell)
        for place, view in enumerate(self.views):
            row, column = divmod(place, columns)
            view.setGeometry(column * (cell.width() + gap), row * (cell.height() + gap), cell.width(), cell.height())
            view.set_unit(unit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(self._scale)

    def _fitting(self, scale: float, cell: QSize) -> float:
        """The largest type at which every tile shows all that it has."""
        unit = scale
        while unit > scale * SMALLEST:
            if all(view.height_at(unit, cell.width()) <= cell.height() for view in self.views):
                return unit
            unit *= STEP
        return scale * SMALLEST


def _font(size: float, weight: QFont.Weight) -> QFont:
    font = QFont(FAMILIES)
    font.setPixelSize(max(round(size), 1))
    font.setWeight(weight)
    return font
