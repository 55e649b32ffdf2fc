"""Tables and facts straight from the declared fields, so that no field of any row is ever forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.messages import Message, words
from app.model.fields import Field, Kind, Scope, fields_of
from app.model.row import Row
from app.report.display import display, heading
from app.report.material import Material
from app.report.model import Cell, Column, Facts, Table, Tone

FEW, MANY, SHARED = 7, 9, 17
"""A page holds seven columns side by side, or nine while they share no more than so many parts of its width."""

NOT_SAID = "not said"
"""What stands in for a field that is empty."""

Instead = Mapping[tuple[str, str], Cell]
"""By row id and field: what is printed where the field is empty and its answer follows from elsewhere in the map. Such
a cell has no origin: it is changed where it follows from."""

NOTHING_ELSE: Instead = {}

SHARES: Mapping[Kind, int] = {
    Kind.TEXT: 3,
    Kind.PROSE: 4,
    Kind.TEXTS: 3,
    Kind.CHOICES: 3,
    Kind.REFERENCE: 2,
    Kind.REFERENCES: 3,
    Kind.ZONE: 2,
    Kind.CHOICE: 2,
    Kind.MOMENT: 2,
    Kind.DAY: 2,
}


def cell(material: Material, row: Row, name: str) -> Cell:
    """One field of one row. Plain counts stay numbers, so that a workbook can add them up."""
    field = fields_of(type(row))[name]
    value = row.value(name)
    if field.kind is Kind.NUMBER and type(value) is int and not field.choices and "," not in field.label:
        return Cell(value, origin=f"{row.id}.{name}")
    return Cell(display(material.document, field, value, material.agent), origin=f"{row.id}.{name}")


def facts(material: Material, row: Row, caption: str = "", without: Sequence[str] = ()) -> Facts:
    """Every field of a row as label and value; a field that is empty says so."""
    items = []
    for name, field in shown(material, type(row), without).items():
        found = cell(material, row, name)
        items.append(
            (heading(field), found if found.value != "" else replace(found, value=words(NOT_SAID), tone=Tone.MUTED))
        )
    return Facts(tuple(items), caption)


def listing(
    material: Material,
    row_class: type[Row],
    empty: str,
    *,
    rows: Iterable[Row] | None = None,
    first: Sequence[str] = (),
    without: Sequence[str] = (),
    caption: str | None = None,
    key: str = "",
    instead: Instead = NOTHING_ELSE,
) -> Table:
    """All rows of a kind, a column for each field: `first` at the front, `without` left to another place.

    The first column is what names the row. With more columns than a page holds the table is a wide one. `instead` are
    cells for empty fields whose answer follows from elsewhere in the map.
    """
    spec = row_class.spec
    declared = shown(material, row_class, without)
    front = [name for name in (*first, spec.title) if name in declared]
    names = list(dict.fromkeys([*front, *declared]))
    found = material.document.rows(row_class) if rows is None else rows
    lines = tuple(_line(material, row, names, instead) for row in found)
    columns = tuple(Column(heading(declared[name]), SHARES.get(declared[name].kind, 1)) for name in names)
    title = words(spec.many) if caption is None else caption
    return Table(key or spec.kind, columns, lines, title, empty=words(empty), wide=_is_wide(columns))


def _line(material: Material, row: Row, names: Sequence[str], instead: Instead) -> tuple[Cell, ...]:
    first, *others = (instead.get((row.id, name)) or cell(material, row, name) for name in names)
    return replace(first, tone=Tone.STRONG), *others


def _is_wide(columns: Sequence[Column]) -> bool:
    count = len(columns)
    return count > MANY or (count > FEW and sum(column.share for column in columns) > SHARED)


def shown(material: Material, row_class: type[Row], without: Sequence[str] = ()) -> dict[str, Field]:
    """The fields of a kind that the report may show, by name."""
    return {
        name: field
        for name, field in fields_of(row_class).items()
        if name not in without and (material.private or field.scope is not Scope.PRIVATE)
    }


def table(
    key: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell | str | int]],
    *,
    caption: str = "",
    empty: str | Message = "",
) -> Table:
    """A table written by hand: headings with their shares, and rows of cells or plain values."""
    return Table(
        key,
        tuple(Column(words(name), share) for name, share in columns),
        tuple(tuple(value if isinstance(value, Cell) else Cell(value) for value in row) for row in rows),
        words(caption),
        empty=words(empty),
    )


def missing(text: str, instead: str) -> Cell:
    """The text, or in red what stands in for it."""
    return Cell(text) if text else Cell(words(instead), Tone.BAD)
