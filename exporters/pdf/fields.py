"""Labels with their values, close set: short ones share a line, a long one has a line to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.report.model import Cell as Value
from app.report.model import Table
from app.report.paper import Record, records
from exporters.pdf import theme
from exporters.pdf.columns import INSET, text_of
from exporters.pdf.fonts import Fonts
from exporters.pdf.rows import Cell, Row, words_row
from exporters.pdf.text import set_all, set_lines, widest_line

PAD = 2.0
GUTTER = 14.0
"""Between two pairs of label and value on one line."""
LABEL = 0.58
"""The largest share of its place that a label has, on one line of which most labels fit."""
MOSTLY = 0.75
"""Three stand on a line where this share of the values is short enough for it."""
TOGETHER = 8
"""A record of up to so many lines stays on one page; of a longer one at least the first few."""
AT_LEAST = 3

Item = tuple[str, Value]


@dataclass(frozen=True, slots=True)
class _Grid:
    """How many pairs of label and value stand on a line, and how wide they and their labels are."""

    count: int
    place: float
    label: float
    width: float

    @property
    def value(self) -> float:
        return self.place - self.label

    def fits(self, fonts: Fonts, item: Item) -> bool:
        """Whether a value needs no more than one line of its place."""
        text = text_of(item[1].value)
        return not item[1].note and "\n" not in text and widest_line(fonts, text, theme.CELL) <= self.value


def record_rows(fonts: Fonts, table: Table, width: float) -> list[Row]:
    """The rows of a wide table as records, one under the other."""
    rows = [words_row(fonts, table.caption, theme.CAPTION, width, gap=14, keep=True)] if table.caption else []
    found = records(table)
    grid = _grid(fonts, [item for record in found for item in record.items], width)
    for record in found:
        rows += _one_record(fonts, record, grid)
    return rows


def fact_rows(fonts: Fonts, items: Sequence[Item], width: float) -> list[Row]:
    """Labels and values of one thing."""
    return list(_lines(fonts, items, _grid(fonts, items, width)))


def _one_record(fonts: Fonts, record: Record, grid: _Grid) -> list[Row]:
    lines = set_lines(fonts, record.name, theme.GROUP, grid.width)
    name = Row((Cell(0.0, grid.width, lines),), pad=PAD, gap=7, rule=theme.INK_3, keep=True)
    rows = [replace(row, headings=(name,)) for row in _lines(fonts, record.items, grid)]
    held = len(rows) - 1 if len(rows) <= TOGETHER else AT_LEAST
    return [name, *(replace(row, keep=index < held) for index, row in enumerate(rows))]


def _grid(fonts: Fonts, items: Iterable[Item], width: float) -> _Grid:
    """Three on a line where nearly all values are that short, else two."""
    told = list(items)
    thirds = _of(fonts, told, width, 3)
    if sum(thirds.fits(fonts, item) for item in told) >= MOSTLY * len(told):
        return thirds
    return _of(fonts, told, width, 2)


def _of(fonts: Fonts, items: Iterable[Item], width: float, count: int) -> _Grid:
    place = (width - GUTTER * (count - 1)) / count
    longest = max(widest_line(fonts, label, theme.CELL) for label, _ in items)
    return _Grid(count, place, min(longest + 2 * INSET, LABEL * place), width)


def _lines(fonts: Fonts, items: Iterable[Item], grid: _Grid) -> Iterator[Row]:
    """The lines in order, but that a short value may come forward to share the line of the one before it."""
    beside: list[Item] = []
    waiting: list[Item] = []
    for item in items:
        if not grid.fits(fonts, item):
            waiting.append(item)
        else:
            beside.append(item)
        if len(beside) in (0, grid.count):
            yield from _told(fonts, beside, waiting, grid)
            beside, waiting = [], []
    yield from _told(fonts, beside, waiting, grid)


def _told(fonts: Fonts, beside: Sequence[Item], alone: Iterable[Item], grid: _Grid) -> Iterator[Row]:
    if beside:
        yield _row(fonts, beside, grid, grid.value)
    for item in alone:
        yield _row(fonts, (item,), grid, grid.width - grid.label)


def _row(fonts: Fonts, items: Sequence[Item], grid: _Grid, width: float) -> Row:
    cells: list[Cell] = []
    for index, (label, value) in enumerate(items):
        x = index * (grid.place + GUTTER)
        style = theme.words_of_tone(theme.CELL, theme.CELL_STRONG, value.tone)
        said = set_all(fonts, [(text_of(value.value) or "–", style), (value.note, theme.NOTE)], width)
        cells.append(Cell(x, grid.label, set_lines(fonts, label, theme.CELL_MUTED, grid.label - INSET)))
        cells.append(Cell(x + grid.label, width, said))
    # The line below reaches over the whole width, also where nothing stands at its end.
    cells[-1] = replace(cells[-1], width=grid.width - cells[-1].x)
    return Row(tuple(cells), pad=PAD, rule=theme.LINE)
