"""One sheet of the workbook: sections written one under the other, widths and merges settled at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from math import ceil
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from app.messages import words
from app.report.model import (
    Block,
    Card,
    Cards,
    Cell,
    CellValue,
    Facts,
    HeatMap,
    NumberedSteps,
    Paragraph,
    Section,
    Signatures,
    Table,
    Tone,
)
from exporters.xlsx.styles import CENTRE, LETTER_STYLES, UNDERLINED, WRONG
from exporters.xlsx.text import cell_text, header_text

NARROWEST, WIDEST = 10, 42
"""Characters that a column is wide, at least and at most."""

WRAPPED, TABLE_WIDTH = 20, 150
"""A table with many columns has narrower ones, down to this, so that it stays about so wide."""

LABEL_WIDTH, ROW_WIDTH = 36, 46
"""Characters of a label at most, and of the name of a row of a matrix."""

LETTER_WIDTH = 6
RUNNING = 100
"""Characters that running text may be wide, over as many columns as that takes."""

LETTERS_A_UNIT = 1.02
"""A column's width counts digits; so many letters of running text, with its blanks, fit into the place of one."""

LINE_HEIGHT, HIGHEST = 15, 409
"""Points: of a line of text, and of the highest row that Excel draws."""

LETTERS = ("A", "R", "C", "I", "A/R", "-")
NOBODY = "·"


SEEN_EMPTY = frozenset(
    f"{part}_{tone}" for part in ("cell", "line") for tone in ("workflow", "system", "exception", "outcome")
)
"""Looks with a background of their own: the sides of a card."""


class SheetWriter:
    """Writes sections onto one sheet.

    `tables` are the names of Excel tables taken so far in the workbook.
    """

    def __init__(self, sheet: Worksheet, styles: Mapping[str, Any], tables: set[str]) -> None:
        self.sheet = sheet
        self._styles = styles
        self._tables = tables
        self._row = 1
        self._widths: list[int] = []
        self._running: list[tuple[int, int, str]] = []
        self._wrapped: list[tuple[int, int, str]] = []
        self._widest = LABEL_WIDTH
        self._tables_here = 0
        self.head_row = 0
        """The heading row of the only table of the sheet; 0 when there are several or none."""
        self.frozen_columns = 1
        """Columns that stay in sight beside that table."""

    def opening(self, title: str, status: str) -> None:
        """The first two rows: what the sheet is, and what the workbook is."""
        self._put(self._row, 1, title, "title")
        self.sheet.row_dimensions[self._row].height = 30
        self._put(self._row + 1, 1, status, "status")
        self._row += 2

    def section(self, section: Section, *, titled: bool) -> None:
        """One section; `titled` when the sheet's own title does not say what it is."""
        self._row += 1
        if titled:
            self._put(self._row, 1, section.title, "title")
            self.sheet.row_dimensions[self._row].height = 30
            self._row += 1
        if section.intro:
            self._run(1, section.intro, "intro")
        for block in section.blocks:
            self._row += 1
            self._block(block)

    def finish(self) -> None:
        """Settle column widths, then the merges and row heights of running text that follow from them."""
        for column, width in enumerate(self._widths, 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        for row, first, text in self._running:
            last, width = first, self._width(first)
            while width < RUNNING:
                last += 1
                width += self._width(last)
            if last > first:
                # Not `merge_cells`, which makes a cell with a look of its own for each one that disappears.
                self.sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")
            self._heighten(row, text, width)
        for row, column, text in self._wrapped:
            self._heighten(row, text, self._width(column))
        if self._tables_here != 1:
            self.head_row = 0

    @property
    def width(self) -> int:
        """Characters that the whole sheet is wide."""
        return sum(self._widths)

    # --- blocks --------------------------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._run(1, block.text, "caption" if block.tone is Tone.STRONG else "intro")
            case Facts():
                self._caption(block.caption)
                for label, value in block.items:
                    self._fact(label, _with_note(value), f"cell_{value.tone}")
            case Cards():
                for card in block.cards:
                    self._card(card)
            case NumberedSteps():
                for number, (what, how, who) in enumerate(block.steps, 1):
                    self._fact(f"{number}  {what}", how, "cell_plain", label_style="cell_strong")
                    self._fact("", who, "cell_strong")
            case Signatures():
                for line in block.lines:
                    tone = Tone.OK if line.signed else Tone.PLAIN
                    self._fact(line.seat, f"{line.name} · {line.detail}", f"cell_{tone}")
            case HeatMap():
                self._heat_map(block)
            case Table():
                self._table(block)

    def _card(self, card: Card) -> None:
        tone = card.tone if f"name_{card.tone}" in self._styles else Tone.PLAIN
        self._fact(card.heading, card.name, f"name_{tone}", label_style=f"cell_{tone}")
        self.sheet.row_dimensions[self._row - 1].height = 24
        self._fact("", " · ".join(card.lines), f"line_{tone}", label_style=f"cell_{tone}")
        self._row += 1

    def _heat_map(self, block: HeatMap) -> None:
        """Each day as 24 signs, an hour each, and in words; the signs are explained below."""
        self._caption(block.caption)
        signs = [chr(ord("A") + index) if index < 26 else "+" for index in range(len(block.holders))]
        for day, hours in zip(block.weekdays, block.hours, strict=True):
            strip = "".join(signs[index] if index >= 0 else NOBODY for index in hours)
            said = []
            for index, run in groupby(range(24), key=lambda hour: hours[hour]):
                span = list(run)
                who = block.holders[index] if index >= 0 else words("nobody")
                said.append(f"{span[0]:02d}–{span[-1] + 1:02d} {who}")
            self._fact(day, f"{strip}   {', '.join(said)}", "week")
        legend = [f"{sign} = {name}" for sign, name in zip(signs, block.holders, strict=True)]
        legend.append(f"{NOBODY} = {words('nobody')}")
        self._fact("", "   ".join((*legend, block.summary)), "intro", label_style="intro")

    def _table(self, table: Table) -> None:
        self._caption(table.caption)
        if not table.rows:
            self._run(1, table.empty, "cell_muted")
            return
        headings = unique([*([table.group_heading or words("Part")] if table.groups else ()), *_headings(table)])
        if table.matrix:
            headings = unique([*headings, words("Check")])
        head = self._row
        self._widest = ROW_WIDTH if table.matrix else max(WRAPPED, min(WIDEST, TABLE_WIDTH // len(headings)))
        self._head(headings, matrix=table.matrix, first=1 + bool(table.groups))
        if table.matrix:
            self._matrix_rows(table, first=2 + bool(table.groups))
        else:
            self._rows(table)
        self._widest = LABEL_WIDTH
        self._as_table(table.key, headings, head)
        self._tables_here += 1
        self.head_row = head
        self.frozen_columns = 1 + bool(table.groups)

    def _head(self, headings: Sequence[str], *, matrix: bool, first: int) -> None:
        for column, heading in enumerate(headings, 1):
            narrow = matrix and column > first
            self._put(self._row, column, heading, "matrix_head" if narrow else "head")
            longest = max(map(len, heading.split()))
            self._widen(column, LETTER_WIDTH if narrow else longest + 4)
        # A matrix has its headings upright, above the button of the filter.
        self.sheet.row_dimensions[self._row].height = 20 + 5.5 * min(max(map(len, headings)), 30) if matrix else 32
        self._row += 1

    def _rows(self, table: Table) -> None:
        starts = dict(table.groups)
        group = ""
        offset = 1 + bool(table.groups)
        for index, row in enumerate(table.rows):
            if table.groups:
                group = starts.get(index, group)
                self._put_wide(self._row, 1, group, "group")
            for column, cell in enumerate(row, offset):
                value = cell.value if not cell.note else _with_note(cell)
                self._put_wide(self._row, column, value, f"cell_{cell.tone}")
            self._row += 1

    def _matrix_rows(self, table: Table, first: int) -> None:
        """Rows of letters: a list to choose from, looks that follow the letter, a check that follows the row."""
        starts = dict(table.groups)
        group = ""
        top, last = self._row, first + len(table.columns) - 2
        left, right = get_column_letter(first), get_column_letter(last)
        for index, row in enumerate(table.rows):
            if table.groups:
                group = starts.get(index, group)
                self._put_wide(self._row, 1, group, "group")
            self._put_wide(self._row, first - 1, row[0].value, "cell_strong")
            for column, cell in enumerate(row[1:], first):
                self._put(self._row, column, cell.value, "changed_letter" if cell.note else "letter")
            here = f"{left}{self._row}:{right}{self._row}"
            self._formula(self._row, last + 1, _check(here))
            self._row += 1
        letters = f"{left}{top}:{right}{self._row - 1}"
        self._letters(letters, f"{left}{top}")
        check = get_column_letter(last + 1)
        wrong = Rule(type="expression", formula=[f'${check}{top}<>"{OK}"'], dxf=WRONG)
        self.sheet.conditional_formatting.add(f"{check}{top}:{check}{self._row - 1}", wrong)
        for column in range(first, last + 1):
            # A letter that is typed into an empty cell stands in the middle too.
            self.sheet.column_dimensions[get_column_letter(column)].alignment = CENTRE

    def _letters(self, place: str, corner: str) -> None:
        choice = DataValidation(type="list", formula1=f'"{",".join(LETTERS)}"', allow_blank=True)
        choice.errorTitle, choice.error = words("RACI"), words("Choose R, A, C, I, A/R or - (no part in it).")
        choice.add(place)
        self.sheet.add_data_validation(choice)
        for letter, look in LETTER_STYLES.items():
            rule = Rule(type="expression", formula=[f'{corner}="{letter}"'], dxf=look)
            self.sheet.conditional_formatting.add(place, rule)

    def _as_table(self, key: str, headings: Sequence[str], head: int) -> None:
        name, number = f"tbl_{key}", 2
        while name in self._tables:
            name, number = f"tbl_{key}_{number}", number + 1
        self._tables.add(name)
        body = f"A{head + 1}:{get_column_letter(len(headings))}{self._row - 1}"
        self.sheet.conditional_formatting.add(body, Rule(type="expression", formula=["TRUE"], dxf=UNDERLINED))
        place = f"A{head}:{get_column_letter(len(headings))}{self._row - 1}"
        made = ExcelTable(displayName=name, ref=place, autoFilter=AutoFilter(ref=place))
        made.tableColumns = [TableColumn(id=number, name=heading) for number, heading in enumerate(headings, 1)]
        self.sheet.add_table(made)

    # --- cells ---------------------------------------------------------------------------------------------

    def _put(self, row: int, column: int, value: CellValue, style: str) -> None:
        """A cell with its look; an empty one only where the look is all there is to see."""
        if value == "" and style not in SEEN_EMPTY:
            return
        cell: Any = self.sheet.cell(row, column)
        cell._style = self._styles[style]
        if type(value) is str:
            cell.value = cell_text(value)
            cell.data_type = "s"
        else:
            cell.value = value

    def _put_wide(self, row: int, column: int, value: CellValue, style: str) -> None:
        """A cell that its column is made wide enough for."""
        self._put(row, column, value, style)
        if type(value) is str:
            longest = len(value) if "\n" not in value else max(map(len, value.split("\n")))
            if longest + 2 > self._widest or longest != len(value):
                self._wrapped.append((row, column, value))
        else:
            longest = 6
        if column > len(self._widths) or longest >= self._widths[column - 1]:
            self._widen(column, longest + 2)

    def _formula(self, row: int, column: int, formula: str) -> None:
        cell: Any = self.sheet.cell(row, column, formula)
        cell._style = self._styles["check"]

    def _caption(self, caption: str) -> None:
        if caption:
            self._put(self._row, 1, caption, "caption")
            self.sheet.row_dimensions[self._row].height = 22
            self._row += 1

    def _fact(self, label: str, value: CellValue, style: str, *, label_style: str = "label") -> None:
        self._put_wide(self._row, 1, label, label_style)
        self._run(2, value, style)

    def _run(self, column: int, value: CellValue, style: str) -> None:
        """A value that runs over as many columns as it needs, on a row of its own."""
        self._put(self._row, column, value, style)
        self._running.append((self._row, column, str(value)))
        self._row += 1

    def _widen(self, column: int, width: int) -> None:
        while len(self._widths) < column:
            self._widths.append(min(width, NARROWEST))
        self._widths[column - 1] = max(self._widths[column - 1], min(width, self._widest))

    def _heighten(self, row: int, text: str, width: int) -> None:
        """Make a row high enough for a text in a cell of that width: not every program does so by itself."""
        lines = sum(ceil(len(line) / (width * _letters_a_unit(line))) or 1 for line in text.split("\n"))
        height = max(self.sheet.row_dimensions[row].height or LINE_HEIGHT, LINE_HEIGHT * lines + 1)
        self.sheet.row_dimensions[row].height = min(height, HIGHEST)

    def _width(self, column: int) -> int:
        return self._widths[column - 1] if column <= len(self._widths) else NARROWEST


OK = "ok"


def _check(place: str) -> str:
    """The check of a matrix row: exactly one A, alone or as A/R."""
    count = f'(COUNTIF({place},"A")+COUNTIF({place},"A/R"))'
    return f'=IF({count}=1,"{OK}",IF({count}=0,"{words("no A")}","{words("more than one A")}"))'


def _letters_a_unit(line: str) -> float:
    return LETTERS_A_UNIT if " " in line else 0.95


def unique(headings: Iterable[str]) -> list[str]:
    """Headings as a table needs them: text, and each only once whatever its case."""
    found: list[str] = []
    taken: set[str] = set()
    for heading in map(header_text, headings):
        name, number = heading, 2
        while name.casefold() in taken:
            name, number = f"{heading} ({number})", number + 1
        taken.add(name.casefold())
        found.append(name)
    return found


def _headings(table: Table) -> list[str]:
    return [column.heading for column in table.columns]


def _with_note(cell: Cell) -> CellValue:
    return f"{cell.value} ({cell.note})" if cell.note else cell.value
