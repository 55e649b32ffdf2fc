"""What paper does differently from a workbook: a page is narrow, so a row of many fields becomes a record, and a
column in which nothing is said is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from app.messages import msg, words
from app.report.model import Cell, CellValue, Table

NOBODY_YET = "nobody yet"
"""What stands where a step has nobody who does it, in the workbook too."""

FOLDED_FROM, FOLDED_UP_TO = 6, 40
"""How many rows a table has that may be folded: few enough that both halves stand on one page."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a wide table: what it is called, and a label and a value for every field that is filled in."""

    name: str
    items: tuple[tuple[str, Cell], ...]


def records(table: Table) -> tuple[Record, ...]:
    """The rows of a wide table, each under its own name; before the name stands the group that the row is in."""
    found: list[Record] = []
    above = dict(table.groups)
    part = ""
    for index, row in enumerate(table.rows):
        part = above.get(index, part)
        name = _named(table.columns[0].heading, row[0].value)
        filled = tuple(
            (column.heading, value)
            for column, value in zip(table.columns[1:], row[1:], strict=True)
            if not _is_empty(value)
        )
        found.append(Record(f"{part} · {name}" if part else name, filled or (("", Cell(words("nothing said yet"))),)))
    return tuple(found)


def _named(heading: str, value: CellValue) -> str:
    """What a record is called; a number alone says too little."""
    if type(value) is int:
        return words(msg("{what} {number}", what=heading, number=value))
    return str(value or words("(not named)"))


def without_empty_columns(table: Table) -> Table:
    """The table without the columns in which no row says anything. The first one stays, and so does a matrix.

    Where all others are empty the next two stay too: what is asked of each row is then seen to be open.
    """
    if table.matrix or not table.rows:
        return table
    others = range(1, len(table.columns))
    told = [index for index in others if not all(_is_empty(row[index]) for row in table.rows)]
    kept = [0, *(told or others[:2])]
    if len(kept) == len(table.columns):
        return table
    return replace(table, columns=_some(table.columns, kept), rows=tuple(_some(row, kept) for row in table.rows))


def folded(table: Table) -> Table:
    """A narrow table in two halves beside each other, to be read down the left one first."""
    half = (len(table.rows) + 1) // 2
    blank = tuple(Cell() for _ in table.columns)
    beside = zip_longest(table.rows[:half], table.rows[half:], fillvalue=blank)
    return replace(table, columns=table.columns * 2, rows=tuple(left + right for left, right in beside))


def can_fold(table: Table) -> bool:
    """Whether the rows of a table are a plain list, of as many as make it worth while to fold."""
    plain = not (table.matrix or table.groups or table.pages or table.runs)
    return plain and FOLDED_FROM <= len(table.rows) <= FOLDED_UP_TO


def _some(items: Sequence[Item], kept: Sequence[int]) -> tuple[Item, ...]:
    return tuple(items[index] for index in kept)


def _is_empty(cell: Cell) -> bool:
    return cell.value in ("", None) and not cell.note
