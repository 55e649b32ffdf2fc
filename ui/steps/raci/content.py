"""What the matrix shows, by role or by person, in the words of the screen."""

from __future__ import annotations

from collections.abc import Iterable

from app.messages import msg, words
from app.model.document import Document
from app.policy.holders import AGENT, Holder, column_label, holders
from app.policy.raci import Matrix, MatrixRow, PersonColumn, faults, person_view
from ui.widgets.matrix import Cell, Column, MatrixLine

SHORT = {
    "AG": "Agent",
    "WO": "Workflow",
    "SO": "System",
    "EO": "Exceptions",
    "OO": "Outcome",
    "APO": "Product",
    "ARE": "Reliability",
    "EE": "Evaluation",
    "TRM": "Tools",
    "ER": "Reviewer",
    "SUP": "Support",
    "OPS": "Operations",
    "IT": "IT",
    "DAT": "Data",
    "LEG": "Legal",
    "SEC": "Security",
    "VEN": "Vendor",
}
"""What a column is called where there is little room."""


class RoleView:
    """The matrix with roles as columns: here the letters are set. Rows that did not change keep their line."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[MatrixRow, MatrixLine]] = {}

    def of(self, found: Matrix, document: Document) -> tuple[list[Column], list[MatrixLine]]:
        held = holders(document)
        self._made = {row.key: (row, self._line_of(row)) for row in found.rows}
        return [_role_column(code, held[code]) for code in found.columns], [line for _, line in self._made.values()]

    def _line_of(self, row: MatrixRow) -> MatrixLine:
        known, line = self._made.get(row.key, (None, None))
        return line if line is not None and known is row else _line(row, _role_cells(row))


def by_person(found: Matrix, document: Document) -> tuple[list[Column], list[MatrixLine]]:
    """The matrix with people as columns: the strongest letter of all that one person holds."""
    view = person_view(found, document)
    columns = [_person_column(column) for column in view.columns]
    lines = []
    for row, shown in zip(found.rows, view.rows, strict=True):
        changed = {override.column for override in row.overrides}
        cells = {
            column.key: Cell(shown.letters.get(column.key, ""), not changed.isdisjoint(column.codes))
            for column in view.columns
        }
        lines.append(_line(row, cells))
    return columns, lines


def rows_of_person(found: Matrix, document: Document, person: str) -> frozenset[str]:
    """The keys of the rows in which somebody has a letter."""
    return frozenset(row.key for row in person_view(found, document).rows if person in row.letters)


def only(lines: Iterable[MatrixLine], keys: frozenset[str]) -> list[MatrixLine]:
    """Those of the lines that have one of these keys."""
    return [line for line in lines if line.key in keys]


def short_name(name: str) -> str:
    """A person's name where there is little room: "Dana Abelard" is "Dana A."."""
    first, _, rest = name.strip().partition(" ")
    last = rest.split()[-1] if rest else ""
    return f"{first} {last[0]}." if last else first


def _role_column(code: str, holder: Holder) -> Column:
    role, who = words(column_label(code)), holder.name or holder.stand_in
    if code == AGENT:
        return Column(code, role)
    name = short_name(who) if holder.person else who or words("Nobody")
    return Column(code, name, words(SHORT[code]), f"{role}: {who}" if who else role)


def _person_column(column: PersonColumn) -> Column:
    roles = ", ".join(words(SHORT[code]) for code in column.codes)
    long = ", ".join(words(column_label(code)) for code in column.codes)
    name = words(column.name) if not isinstance(column.name, str) else column.name
    if AGENT in column.codes:
        return Column(column.key, name)
    if not column.filled:
        return Column(column.key, words("Nobody"), roles, name)
    return Column(column.key, short_name(name), roles, f"{name}: {long}")


def _role_cells(row: MatrixRow) -> dict[str, Cell]:
    cells = {code: Cell(letter) for code, letter in row.letters.items()}
    for override in row.overrides:
        derived = row.derived.get(override.column, words("nothing"))
        reason = override.reason or words("no reason given")
        hint = words(msg("Changed by hand from {derived}: {reason}", derived=derived, reason=reason))
        cells[override.column] = Cell(row.letters.get(override.column, ""), True, hint)
    return cells


def _line(row: MatrixRow, cells: dict[str, Cell]) -> MatrixLine:
    fault = " ".join(words(fault.detail) for fault in faults(row))
    label = row.label if isinstance(row.label, str) else words(row.label)
    return MatrixLine(row.key, words(row.group), label, cells, fault, words(row.reason))
