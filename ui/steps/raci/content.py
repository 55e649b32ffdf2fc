"""What the matrix shows, by role or by person, in the words of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.messages import msg, words
from app.model.document import Document
from app.policy.covers import Cover
from app.policy.holders import AGENT, VENDOR, Holder, column_label, holders
from app.policy.raci import Matrix, MatrixRow, PersonColumn, PersonRow, faults, person_view
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

Cells = Mapping[str, Cell]
Content = tuple[list[Column], list[MatrixLine]]

_Shared = tuple[tuple[tuple[str, str], ...], tuple[Cover, ...]]
"""What cells by person follow from: the letters of a row, and the help of the vendor there."""


class MatrixContent:
    """The lines of the matrix. What did not change keeps its line, so that an edit costs what it touched."""

    def __init__(self) -> None:
        self._roles: dict[str, tuple[MatrixRow, MatrixLine]] = {}
        self._people: dict[str, MatrixLine] = {}
        self._shared: dict[_Shared, Cells] = {}

    def by_role(self, found: Matrix, document: Document) -> Content:
        """Roles as columns: here the letters are set."""
        held = holders(document)
        return [_role_column(code, held[code]) for code in found.columns], list(self._by_role(found))

    def by_person(self, found: Matrix, document: Document) -> Content:
        """People as columns: the strongest letter of all that one person holds."""
        view = person_view(found, document)
        shared: dict[tuple[int, int], Cells] = {}
        before, self._shared = self._shared, {}
        lines = {}
        for line, row, shown in zip(self._by_role(found), found.rows, view.rows, strict=True):
            if row.overrides:
                cells: Cells = _person_cells(row, shown, view.columns)
            else:
                # Hundreds of actions have few sets of letters, and share the cells that are made of them.
                alike = id(shown.letters), id(row.covers)
                if alike not in shared:
                    key = tuple(shown.letters.items()), row.covers
                    shared[alike] = self._shared[key] = before.get(key) or _person_cells(row, shown, view.columns)
                cells = shared[alike]
            known = self._people.get(row.key)
            same = known is not None and known.cells is cells and (known.label, known.fault) == (line.label, line.fault)
            lines[row.key] = (
                known
                if known is not None and same
                else MatrixLine(row.key, line.group, line.label, cells, line.fault, line.hint)
            )
        self._people = lines
        return [_person_column(column) for column in view.columns], list(lines.values())

    def faulty(self) -> tuple[str, ...]:
        """The keys of the rows that break a rule, as they were last shown."""
        return tuple(key for key, (_, line) in self._roles.items() if line.fault)

    def _by_role(self, found: Matrix) -> Iterable[MatrixLine]:
        self._roles = {row.key: (row, self._line_of(row)) for row in found.rows}
        return (line for _, line in self._roles.values())

    def _line_of(self, row: MatrixRow) -> MatrixLine:
        known, line = self._roles.get(row.key, (None, None))
        return line if line is not None and known is row else _line(row)


def rows_of_person(found: Matrix, document: Document, person: str) -> frozenset[str]:
    """The keys of the rows in which somebody has a letter."""
    return frozenset(row.key for row in person_view(found, document).rows if person in row.letters)


def only(lines: Iterable[MatrixLine], keys: frozenset[str]) -> list[MatrixLine]:
    """Those of the lines that have one of these keys."""
    return [line for line in lines if line.key in keys]


def short_name(name: str) -> str:
    """A person's name where there is little room: "Dana Abelard" is "Dana A."; what tells them apart stays."""
    bare, bracket, more = name.strip().partition(" (")
    first, _, rest = bare.partition(" ")
    last = rest.split()[-1] if rest else ""
    return (f"{first} {last[0]}." if last else first) + bracket + more


def footnote(found: Matrix) -> str:
    """Until when the vendor has letters that end, each help once; empty where it has none."""
    covers = dict.fromkeys(cover for row in found.rows for cover in row.covers)
    told = (
        words(msg("{letter} as {role}. {until}.", letter=c.letter, role=column_label(c.column), until=c.until))
        for c in covers
    )
    return words(msg("A dashed letter of the vendor ends: {all}", all=" ".join(told))) if covers else ""


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


def _role_cells(row: MatrixRow) -> Cells:
    cells = {code: _cell(row, code, letter) for code, letter in row.letters.items()}
    for override in row.overrides:
        derived = row.derived.get(override.column, words("nothing"))
        reason = override.reason or words("no reason given")
        hint = words(msg("Changed by hand from {derived}: {reason}", derived=derived, reason=reason))
        cells[override.column] = Cell(row.letters.get(override.column, ""), True, hint)
    return cells


def _person_cells(row: MatrixRow, shown: PersonRow, columns: Iterable[PersonColumn]) -> Cells:
    changed = {override.column for override in row.overrides}
    cells: dict[str, Cell] = {}
    for column in columns:
        letter = shown.letters.get(column.key, "")
        by_hand = not changed.isdisjoint(column.codes)
        if letter or by_hand:
            cells[column.key] = Cell(letter, True) if by_hand else _cell(row, column.key, letter)
    return cells


def _cell(row: MatrixRow, column: str, letter: str) -> Cell:
    if column != VENDOR or not row.covers:
        return Cell(letter)
    return Cell(letter, hint=" ".join(words(cover.until) for cover in row.covers), ends=True)


def _line(row: MatrixRow) -> MatrixLine:
    fault = " ".join(words(fault.detail) for fault in faults(row))
    label = row.label if isinstance(row.label, str) else words(row.label)
    return MatrixLine(row.key, words(row.group), label, _role_cells(row), fault, words(row.reason))
