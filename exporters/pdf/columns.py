"""How wide the columns of a table are: wide enough for their words, the rest where there is most to say."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

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
HALVINGS = 30
"""Until widths are found to less than a thousandth of a point."""
LABEL_AT_MOST = 150.0
"""The same for the labels of a matrix: its rows are low, so what they are about is best read on one line."""
SEEN = 100
"""Of a longer table so many rows, spread evenly, say how wide its columns become."""
ROUNDS = 6
MOST_APART = 100
"""No column gets less than this part of what another one gets."""
HIGHEST = 4
"""The power that makes the highest cell of a row count for nearly all of its height."""
RAGGED = 2 * INSET + 8.0
"""What a line of a cell cannot use: the insets, and the part of a word that goes to the next line."""
SHORT = 71.0
"""Up to here a text, such as a date or a name, is better not broken at all."""
EASY = 50.0
"""A longer text has room for so much, so that hardly a line holds but one word."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A column, its place in the table's rows, and its widths: below `need` ordinary words would break, with `whole`
    short texts stay whole and longer ones are easy to read, with `single` every cell stays on one line. `said` is how
    much its cells say, each in points of one line.
    """

    heading: str
    share: int
    index: int
    need: float
    whole: float
    single: float
    said: tuple[float, ...]
    letters: bool = False
    """Whether it is a column of a matrix that holds nothing but letters."""


def fitted(fonts: Fonts, table: Table) -> list[Fitted]:
    """The columns of a table, measured."""
    columns = []
    for index, column in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        share = max(1, column.share)
        letters = table.matrix and index > 0 and all(len(text_of(cell.value)) <= 4 for cell in cells)
        if letters:
            columns.append(Fitted(column.heading, share, index, *(LETTER_WIDTH,) * 3, (), letters))
        else:
            columns.append(Fitted(column.heading, share, index, *_widths(fonts, column.heading, cells, table.matrix)))
    return columns


def _widths(
    fonts: Fonts, heading: str, cells: list[model.Cell], matrix: bool
) -> tuple[float, float, float, tuple[float, ...]]:
    told = [_measured(fonts, text_of(cell.value), theme.CELL_STRONG) for cell in cells]
    measured = [_measured(fonts, heading, theme.HEADING), *told]
    measured += (_measured(fonts, cell.note, theme.NOTE) for cell in cells if cell.note)
    lines = [each.line for each in measured]
    longest = max(lines)
    word = min(longest, LABEL_AT_MOST) if matrix else min(max(each.word for each in measured), WORD_AT_MOST)
    need = max(word, NARROWEST)
    whole = max([need, min(longest, EASY), *(line for line in lines if line <= SHORT)])
    padding = 2 * INSET + 0.1
    seen = tuple(each.said for each in told[:: len(told) // SEEN + 1])
    return need + padding, whole + padding, max(whole, longest) + padding, seen


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
    """The room: first to what must not break, then to short texts, then to where there is most to say."""
    need, whole, single = (sum(widths) for widths in zip(*((c.need, c.whole, c.single) for c in columns), strict=True))
    if need >= room:
        return [column.need * room / need for column in columns]
    if whole >= room:
        part = (room - need) / (whole - need)
        return [column.need + (column.whole - column.need) * part for column in columns]
    if single > room:
        return _by_weight(columns, room)
    spare = (room - single) / sum(column.share for column in columns)
    return [column.single + spare * column.share for column in columns]


def _by_weight(columns: list[Fitted], room: float) -> list[float]:
    """Widths with which the rows come out low, none below `whole` or above `single`.

    Were each row as high as one of its cells, the rows were lowest with widths, but for what is ragged, like the root
    of all that is said in the cells that make them high. Which those are depends on the widths: so a few rounds, each
    from the last.
    """
    weights = [math.sqrt(sum(column.said)) for column in columns]
    widths = _filling(columns, weights, room)
    for _ in range(ROUNDS):
        counted = [0.0] * len(columns)
        for row in zip(*(column.said for column in columns), strict=True):
            heights = [(said / max(width - RAGGED, 1.0)) ** HIGHEST for said, width in zip(row, widths, strict=True)]
            whole = sum(heights) or 1.0
            for index, (said, height) in enumerate(zip(row, heights, strict=True)):
                counted[index] += said * height / whole
        weights = [math.sqrt(weight * math.sqrt(said)) for weight, said in zip(weights, counted, strict=True)]
        widths = _filling(columns, weights, room)
    return widths


def _filling(columns: list[Fitted], weights: list[float], room: float) -> list[float]:
    """Widths in proportion to the weights, held between `whole` and `single`, which fill the room."""
    least = max(*weights, 1.0) / MOST_APART
    weights = [max(weight, least) for weight in weights]
    low, high = 0.0, room / least
    for _ in range(HALVINGS):
        factor = (low + high) / 2
        if sum(_held(columns, weights, factor)) > room:
            high = factor
        else:
            low = factor
    return _held(columns, weights, low)


def _held(columns: list[Fitted], weights: list[float], factor: float) -> list[float]:
    return [
        min(max(RAGGED + weight * factor, column.whole), column.single)
        for weight, column in zip(weights, columns, strict=True)
    ]


def text_of(value: model.CellValue) -> str:
    """A cell's value in words."""
    return "" if value is None else str(value)


def longest_word(fonts: Fonts, text: str, style: theme.Style) -> float:
    """How wide the widest word of a text is, in points."""
    return _measured(fonts, text, style).word


class _Measured(NamedTuple):
    """How wide the widest unbreakable part of a text is, its widest line, and all its lines together."""

    word: float
    line: float
    said: float


def _measured(fonts: Fonts, text: str, style: theme.Style) -> _Measured:
    word = line = said = 0.0
    space = fonts.width(" ", style.face, style.size)
    for shown in fonts.shown(text, style.face).split("\n"):
        widths = [fonts.width(part, style.face, style.size) for _, part in parts_of_words(shown)]
        here = sum(widths) + space * shown.count(" ")
        word, line, said = max(word, *widths), max(line, here), said + here
    return _Measured(word, line, said)
