"""The cells of one sheet, written from top to bottom; widths, merges and heights are settled at the end."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.report.model import Cell, CellValue
from exporters.xlsx.text import cell_text

NARROWEST, WIDEST = 10, 36
"""Characters that a column is wide, at least and at most; a table may set another `widest` for its own."""

RUNNING = 100
"""Characters that running text may be wide, over as many columns as that takes."""

LETTERS_A_UNIT, UNBROKEN_A_UNIT = 1.02, 0.95
"""A column's width counts digits: so many letters of running text, or of one long word, fit into the place of one."""

FILTER_BUTTON = 3
"""Characters that the button of a filter takes from a heading."""

LINE_HEIGHT, HIGHEST = 15, 409
"""Points: of a line of text, and of the highest row that Excel draws."""

SEEN_EMPTY = frozenset(
    f"{part}_{tone}" for part in ("cell", "line") for tone in ("workflow", "system", "exception", "outcome")
)
"""Looks with a background of their own: the sides of a card."""


class Canvas:
    """A sheet with the row that is written next. Each method that fills rows of its own moves on below them."""

    def __init__(self, sheet: Worksheet, styles: Mapping[str, Any]) -> None:
        self.sheet = sheet
        self.styles = styles
        self.row = 1
        self.widest = WIDEST
        self.origins: dict[tuple[int, int], str] = {}
        """(row, column) -> the origin of the cell that stands there, see `app.report.model.Cell`."""
        self._widths: list[int] = []
        self._running: list[tuple[int, int, str]] = []
        self._wrapped: list[tuple[int, int, str]] = []
        self._headings: list[tuple[int, int, str]] = []

    def put(self, column: int, value: CellValue, style: str) -> None:
        """A cell of the present row with its look; an empty one only where the look is all there is to see."""
        if value == "" and style not in SEEN_EMPTY:
            return
        cell: Any = self.sheet.cell(self.row, column)
        cell._style = self.styles[style]
        if type(value) is str:
            # Past openpyxl's own way in, which looks for what `cell_text` took out already, in half of the time that a
            # cell takes, and makes a formula of a text that begins like one.
            cell._value, cell.data_type = cell_text(value), "s"
        else:
            cell.value = value

    def mark(self, column: int, cell: Cell) -> None:
        """Remember where a cell of the present row comes from, if it shows one field and nothing else."""
        if cell.origin:
            self.origins[self.row, column] = cell.origin

    def put_wide(self, column: int, value: CellValue, style: str) -> None:
        """A cell that its column is made wide enough for, or else its row high enough."""
        self.put(column, value, style)
        longest = 6
        if type(value) is str:
            longest = len(value) if "\n" not in value else max(map(len, value.split("\n")))
            if longest + 2 > self.widest or longest != len(value):
                self._wrapped.append((self.row, column, value))
        if column > len(self._widths) or longest >= self._widths[column - 1]:
            self.widen(column, longest + 2)

    def heading(self, column: int, text: str, style: str) -> None:
        """The heading of a column of a table, in as many lines as it takes beside the button of the filter."""
        self.put(column, text, style)
        self.widen(column, max(map(len, text.split())) + FILTER_BUTTON + 1)
        self._headings.append((self.row, column, text))

    def formula(self, column: int, formula: str, style: str) -> None:
        """A formula of ours."""
        cell: Any = self.sheet.cell(self.row, column, formula)
        cell._style = self.styles[style]

    def line(self, value: str, style: str, height: int) -> None:
        """A row of its own that may run out of its cell: a title or a caption."""
        self.put(1, value, style)
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def running(self, column: int, value: CellValue, style: str) -> None:
        """A value that runs over as many columns as it needs, the last of its row."""
        self.put(column, value, style)
        self._running.append((self.row, column, str(value)))
        self.row += 1

    def fact(self, label: str, value: CellValue, style: str, *, label_style: str = "label") -> None:
        """A label with its value."""
        self.put_wide(1, label, label_style)
        self.running(2, value, style)

    def widen(self, column: int, width: int) -> None:
        """Make a column at least so wide, up to the widest that is allowed now."""
        while len(self._widths) < column:
            self._widths.append(min(width, NARROWEST))
        self._widths[column - 1] = max(self._widths[column - 1], min(width, self.widest))

    @property
    def width(self) -> int:
        """Characters that the whole sheet is wide."""
        return sum(self._widths)

    def finish(self) -> None:
        """Settle column widths, then the merges and row heights that follow from them."""
        for column, width in enumerate(self._widths, 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        lines: dict[int, int] = {}
        for row, first, text in self._running:
            last, width = first, self._width(first)
            while width < RUNNING:
                last += 1
                width += self._width(last)
            if last > first:
                # Not `merge_cells`, which makes a cell with a look of its own for each one that disappears.
                self.sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")
            lines[row] = max(lines.get(row, 0), _lines(text, width))
        for row, column, text in self._wrapped:
            lines[row] = max(lines.get(row, 0), _lines(text, self._width(column)))
        for row, column, text in self._headings:
            lines[row] = max(lines.get(row, 0), _lines(text, self._width(column) - FILTER_BUTTON))
        self._heighten(lines)

    def _width(self, column: int) -> int:
        return self._widths[column - 1] if column <= len(self._widths) else NARROWEST

    def _heighten(self, lines: Mapping[int, int]) -> None:
        """Make rows high enough for so many lines: not every program does so by itself."""
        for row, count in lines.items():
            dimension = self.sheet.row_dimensions[row]
            dimension.height = min(max(dimension.height or LINE_HEIGHT, LINE_HEIGHT * count + 1), HIGHEST)


def _lines(text: str, width: int) -> int:
    """The lines that a text takes in a cell of that width."""
    return sum(_filled(line, width) for line in text.split("\n"))


def _filled(text: str, width: int) -> int:
    """The same for a text without breaks: filled word by word, a word that is too long broken where a line is full."""
    room = max(1, int(width * (LETTERS_A_UNIT if " " in text else UNBROKEN_A_UNIT)))
    if len(text) <= room:
        return 1
    lines = used = 0
    for word in text.split(" "):
        if not lines or used + 1 + len(word) > room:
            lines += ceil(len(word) / room) or 1
            used = len(word) % room or min(len(word), room)
        else:
            used += 1 + len(word)
    return lines
