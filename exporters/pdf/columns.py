"""How wide the columns of a table are: wide enough for their words, the rest where there is most to say."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate, pairwise

from app.report import model
from app.report.model import Table
from exporters.pdf import theme
from exporters.pdf.fonts import Fonts
from exporters.pdf.text import parts_of_words

INSET = 5.0
"""The space left and right of a cell's words."""
LETTER_WIDTH = 19.0
"""The narrowest column of letters: "A/R" fits."""
LETTER_AT_MOST = 58.0
NARROWEST = 20.0
WORD_AT_MOST = 130.0
"""A column is made as wide as its longest word, but no wider than this for its sake."""
LABEL_AT_MOST = 150.0
"""The same for the labels of a matrix: its rows are low, so what they are about is best read on one line."""
SHORT = 64.0
"""Up to here a text, such as a date or a name, is better not broken at all."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A column, its place in the table's rows, and its widths from bearable to comfortable.

    Below the first one ordinary words would break; with the second short texts stay whole, with the third its cells
    are about as high as those of the other columns, with the last each of them stays on one line.
    """

    heading: str
    share: int
    index: int
    widths: tuple[float, float, float, float]
    letters: bool = False
    """Whether it is a column of a matrix that holds nothing but letters."""

    @property
    def need(self) -> float:
        """The width below which ordinary words would break."""
        return self.widths[0]


def fitted(fonts: Fonts, table: Table) -> list[Fitted]:
    """The columns of a table, measured."""
    columns = []
    for index, column in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        share = max(1, column.share)
        letters = table.matrix and index > 0 and all(len(text_of(cell.value)) <= 4 for cell in cells)
        widths = (LETTER_WIDTH,) * 4 if letters else _widths(fonts, column.heading, cells, table.matrix)
        columns.append(Fitted(column.heading, share, index, widths, letters))
    return columns


def _widths(fonts: Fonts, heading: str, cells: list[model.Cell], matrix: bool) -> tuple[float, float, float, float]:
    measured = [_measured(fonts, heading, theme.HEADING)]
    measured += (_measured(fonts, text_of(cell.value), theme.CELL_STRONG) for cell in cells)
    measured += (_measured(fonts, cell.note, theme.NOTE) for cell in cells if cell.note)
    lines = [line for _, line in measured]
    longest = max(lines)
    word = min(longest, LABEL_AT_MOST) if matrix else min(max(each for each, _ in measured), WORD_AT_MOST)
    short = max(line for line in (0.0, *lines) if line <= SHORT)
    # Long cells count for more than many short ones: they make the rows high.
    typical = math.sqrt(sum(line * line for line in lines) / len(lines))
    need, whole, even, single = accumulate((max(word, NARROWEST), short, typical, longest), max)
    padding = 2 * INSET + 0.1
    return need + padding, whole + padding, even + padding, single + padding


def is_wide(columns: list[Fitted], width: float) -> bool:
    """Whether a table wants a page on its side: its columns would break words, or its letters stand too close."""
    return sum(column.need for column in columns) > width


def parts_of(columns: list[Fitted], width: float) -> list[list[Fitted]]:
    """The columns that fit side by side, the first one in every part, about as many in one part as in the next."""
    first, *rest = columns
    needed = sum(column.need for column in rest)
    room = max(width - first.need, max((column.need for column in rest), default=0.0))
    share = needed / max(1, math.ceil(needed / room)) if rest else 0.0
    parts: list[list[Fitted]] = [[first]]
    used = 0.0
    for column in rest:
        if len(parts[-1]) > 1 and (used >= share - 0.1 or used + column.need > room):
            parts.append([first])
            used = 0.0
        parts[-1].append(column)
        used += column.need
    return parts


def widths_of(columns: list[Fitted], width: float) -> list[float]:
    """The columns' widths, which fill `width`: as comfortable as there is room for, what is left over by share."""
    count = sum(column.letters for column in columns)
    others = [column for column in columns if not column.letters]
    # Columns of letters are even, whatever the others say.
    needed = sum(column.need for column in others)
    even = max(LETTER_WIDTH, min(LETTER_AT_MOST, (width - needed) / count)) if count else 0.0
    own = dict(zip((column.index for column in others), _shared(others, width - even * count), strict=True))
    return [even if column.letters else own[column.index] for column in columns]


def _shared(columns: list[Fitted], room: float) -> list[float]:
    """The room, given out level by level."""
    levels = [[column.widths[level] for column in columns] for level in range(4)]
    if sum(levels[0]) >= room:
        return [width * room / sum(levels[0]) for width in levels[0]]
    for lower, upper in pairwise(levels):
        if sum(upper) > room:
            part = (room - sum(lower)) / (sum(upper) - sum(lower))
            return [low + (high - low) * part for low, high in zip(lower, upper, strict=True)]
    spare = (room - sum(levels[-1])) / sum(column.share for column in columns)
    return [width + spare * column.share for width, column in zip(levels[-1], columns, strict=True)]


def text_of(value: model.CellValue) -> str:
    """A cell's value in words."""
    return "" if value is None else str(value)


def longest_word(fonts: Fonts, text: str, style: theme.Style) -> float:
    """How wide the widest word of a text is, in points."""
    return _measured(fonts, text, style)[0]


def _measured(fonts: Fonts, text: str, style: theme.Style) -> tuple[float, float]:
    """How wide the widest unbreakable part and the widest line are."""
    word = line = 0.0
    space = fonts.width(" ", style.face, style.size)
    for shown in fonts.shown(text, style.face).split("\n"):
        widths = [fonts.width(part, style.face, style.size) for _, part in parts_of_words(shown)]
        word = max(word, *widths)
        line = max(line, sum(widths) + space * shown.count(" "))
    return word, line
