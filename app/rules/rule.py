"""What a rule is: a question for the room, why it matters, and a small pure check that yields hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.messages import Message, msg
from app.model.document import Document, Table
from app.model.exceptions import Queue
from app.model.owners import Rota
from app.model.room import Person
from app.model.row import Row
from app.rules.severity import TABLE, Marks


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule does not hold: what is open, the row that it is about, the field that answers it.

    `subject` is the id of a row, or the key of a row of the RACI, or "" for the whole map. A rule hits a subject
    once at most. Where the row that would answer is not there yet, `field` names its kind, such as "queue", or one
    part of its list, such as "boundary_line:routes_out".
    """

    detail: Message
    subject: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields of every row of a kind, for a check that reads no more of it."""

    kind: type[Row]
    fields: tuple[str, ...]


Check = Callable[..., Iterable[Hit]]
Reads = tuple[type[Row] | Part, ...]

TAKES_EFFECT = ("current", "flags", "reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity")
"""The fields of an action that decide whether it executes, or hands to a person (app.policy.oversight)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    `ids` are the catalogue ids of domain.md that it checks, `source` where they come from, "" for our own. `check`
    takes the document and the day, `2026-11-21`; with `over` it is called for every row of that kind, with the row
    first. `reads` are the kinds of row that the check depends on besides: what it found stays true while those
    tables and values are the same. `about` are kinds of which it reads those rows alone that refer to the row that it
    checks. Only a `timed` rule depends on the day. `reconciles` are the numbers of the conflicts between the sources
    that it settles (1.12).
    """

    code: str
    ids: tuple[int, ...]
    step: str
    question: Message
    why: Message
    source: str
    weak: Message
    better: Message
    marks: Marks
    reads: Reads
    check: Check
    over: type[Row] | None = None
    about: tuple[type[Row], ...] = ()
    timed: bool = False
    reconciles: tuple[int, ...] = ()

    def read(self, document: Document) -> tuple[object, ...]:
        """All that `reads` names, as it stands in this document."""
        return tuple(
            _Shown(document.table(each.kind.spec.kind), each.fields)
            if isinstance(each, Part)
            else document.table(each.spec.kind)
            for each in self.reads
        )

    def hits(self, document: Document, today: str) -> tuple[Hit, ...]:
        """Everything that the check finds."""
        if self.over is None:
            return tuple(self.check(document, today))
        return tuple(hit for row in document.rows(self.over) for hit in self.check(row, document, today))


def rule(
    code: str,
    *ids: int,
    step: str,
    question: str,
    why: str,
    source: str = "",
    weak: str,
    better: str,
    reads: Reads,
    marks: Marks | None = None,
    over: type[Row] | None = None,
    about: tuple[type[Row], ...] = (),
    timed: bool = False,
    reconciles: tuple[int, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a check into a rule. Without `marks` it weighs what the table says for its first id."""

    def decorate(check: Check) -> Rule:
        return Rule(
            code,
            ids,
            step,
            msg(question),
            msg(why),
            source,
            msg(weak),
            msg(better),
            marks if marks is not None else TABLE[ids[0]],
            reads,
            check,
            over,
            about,
            timed,
            reconciles,
        )

    return decorate


def part(kind: type[Row], *fields: str) -> Part:
    """These fields of every row of a kind, and the order of its rows."""
    return Part(kind, fields)


class _Shown:
    """Some fields of the rows of a table: equal to another while those, the rows and their order are the same."""

    def __init__(self, table: Table, fields: tuple[str, ...]) -> None:
        self.table = table
        self.fields = fields

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Shown) or self.fields != other.fields:
            return NotImplemented
        if self.table is other.table:
            return True
        changed = _changed_rows(other.table, self.table)
        names = (*self.fields, "rank")
        return changed is not None and all(
            getattr(before, name) == getattr(after, name) for before, after in changed for name in names
        )

    __hash__ = None  # type: ignore[assignment]


@lru_cache(maxsize=32)
def _changed_rows(before: Table, after: Table) -> tuple[tuple[Row, Row], ...] | None:
    """The rows with another state, as they were and as they are; None where a row came or went."""
    if before.by_id.keys() != after.by_id.keys():
        return None
    states = ((row, after.by_id[row_id]) for row_id, row in before.by_id.items())
    return tuple((old, new) for old, new in states if old is not new)


def place_in(rows: Sequence[Row], field: str, kind: str) -> tuple[str, str]:
    """Where a hit about some rows of a kind is answered: a field of the first, or a row to add where there is none."""
    return (rows[0].id, field) if rows else ("", kind)


def name_of(document: Document, row_id: str | None, *kinds: type[Person | Rota | Queue]) -> str:
    """The name of a person, rota or queue; empty when it is not there or of none of the given kinds."""
    for kind in kinds:
        row = document.get(kind, row_id)
        if row is not None:
            return row.name
    return ""


def is_somebody(document: Document, row_id: str | None) -> bool:
    """Whether a reference reaches a human being: a person, or a rota with at least one member."""
    rota = document.get(Rota, row_id)
    return bool(rota.members) if rota is not None else document.get(Person, row_id) is not None
