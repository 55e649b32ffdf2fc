"""What paper does differently from a workbook: a page is narrow, so a row of many fields becomes a record, and a
column in which nothing is said is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from app.messages import words
from app.report.model import Cell, Table

NOBODY_YET = "nobody yet"
"""What stands where a step has nobody who does it, in the workbook too."""

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
        name = str(row[0].value or words("(not named)"))
        filled = tuple(
            (column.heading, value)
            for column, value in zip(table.columns[1:], row[1:], strict=True)
            if not _is_empty(value)
        )
        found.append(Record(f"{part} · {name}" if part else name, filled or (("", Cell(words("nothing said yet"))),)))
    return tuple(found)


def without_empty_columns(table: Table) -> Table:
    """The table without the columns in which no row says anything; the first one stays, and so does a matrix."""
    if table.matrix or not table.rows:
        return table
    others = range(1, len(table.columns))
    kept = [0, *(index for index in others if not all(_is_empty(row[index]) for row in table.rows))]
    if len(kept) == len(table.columns):
        return table
    return replace(table, columns=_some(table.columns, kept), rows=tuple(_some(row, kept) for row in table.rows))


def _some(items: Sequence[Item], kept: Sequence[int]) -> tuple[Item, ...]:
    return tuple(items[index] for index in kept)


def _is_empty(cell: Cell) -> bool:
    return cell.value in ("", None) and not cell.note
