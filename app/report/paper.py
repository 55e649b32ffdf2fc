"""What paper does differently from a workbook: a page is narrow, so a row of many fields becomes a block of lines."""

from __future__ import annotations

from app.messages import words
from app.report.model import Cell, Column, Table

NOBODY_YET = "nobody yet"
"""What stands where a step has nobody who does it, in the workbook too."""


def narrow(table: Table) -> Table:
    """A wide table with two columns: each row under its own name, a line for every field that is filled in."""
    lines: list[tuple[Cell, ...]] = []
    groups: list[tuple[int, str]] = []
    above = dict(table.groups)
    part = ""
    for index, row in enumerate(table.rows):
        part = above.get(index, part)
        name = str(row[0].value or words("(not named)"))
        groups.append((len(lines), f"{part} · {name}" if part else name))
        filled = [
            (Cell(column.heading), value)
            for column, value in zip(table.columns[1:], row[1:], strict=True)
            if value.value not in ("", None)
        ]
        lines.extend(filled or [(Cell(""), Cell(words("nothing said yet")))])
    columns = (Column(words("What"), 2), Column(words("Answer"), 5))
    return Table(table.key, columns, tuple(lines), table.caption, tuple(groups), table.empty)
