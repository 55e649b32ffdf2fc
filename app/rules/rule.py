"""What a rule is: a question for the room, why it matters, and a small pure check that yields hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.messages import Message, msg
from app.model.document import Document, Table
from app.model.exceptions import Queue
from app.model.fields import fields_of
from app.model.owners import Rota
from app.model.room import Person
from app.model.row import Row
from app.policy.oversight import listed
from app.policy.windows import people_behind
from app.rules.reads import Part, Read, Reads, about, behind, behind_members, changes, filled, only_for, part
from app.rules.severity import TABLE, Marks

__all__ = [
    "TAKES_EFFECT",
    "Check",
    "Hit",
    "Part",
    "Read",
    "Reads",
    "Rule",
    "about",
    "behind",
    "behind_members",
    "filled",
    "is_somebody",
    "leads_somewhere",
    "listed_labels",
    "name_of",
    "only_for",
    "part",
    "place_in",
    "rule",
]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule does not hold: what is open, the row that it is about, the field that answers it.

    `subject` is the id of a row, or the key of a row of the RACI, or "" for the whole map. A rule hits a subject
    once at most. Where the row that would answer is not there yet, `field` names its kind, such as "queue", or one
    part of its list, such as "boundary_line:routes_out". `answer` is the choice that is missing in a field which
    takes several. `question` is what to ask the room where half of it is answered and the rule's own question would
    ask for what is there already.
    """

    detail: Message
    subject: str = ""
    field: str = ""
    answer: str = ""
    question: Message | None = None


Check = Callable[..., Iterable[Hit]]

TAKES_EFFECT = ("current", "flags", "reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity")
"""The fields of an action that decide whether it executes, or hands to a person (app.policy.oversight)."""


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue.

    `ids` are the catalogue ids of domain.md that it checks, `source` where they come from, "" for our own. `check`
    takes the document and the day, `2026-11-21`; with `over` it is called for every row of that kind, with the row
    first. `reads` is all that it depends on besides: what it found in a row stays true while the row and what it reads
    are the same. Only a `timed` rule depends on the day. `reconciles` are the numbers of the conflicts between the
    sources that it settles (1.12).
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
    reads: tuple[Read, ...]
    check: Check
    over: type[Row] | None = None
    timed: bool = False
    reconciles: tuple[int, ...] = ()

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of row that it depends on."""
        kinds = {kind for read in self.reads for kind in read.kinds} | ({self.over} if self.over else set())
        return frozenset(kind.spec.kind for kind in kinds)

    def hits(self, document: Document, today: str) -> tuple[Hit, ...]:
        """Everything that the check finds."""
        return tuple(hit for found in self.hits_by_row(document, today).values() for hit in found)

    def hits_by_row(
        self, document: Document, today: str, only: frozenset[str] | None = None
    ) -> dict[str, tuple[Hit, ...]]:
        """What the check finds, by the row in which it does, in the order of the rows; "" stands for the whole map.
        With `only`, in the rows with these ids alone."""
        found = {}
        if self.over is None:
            if only is None and (hits := tuple(self.check(document, today))):
                found[""] = tuple(map(_told, hits))
            return found
        rows = document.rows(self.over) if only is None else [document.get(self.over, id) for id in only]
        for row in rows:
            if row is not None and (hits := tuple(self.check(row, document, today))):
                found[row.id] = tuple(map(_told, hits))
        return found

    def again(self, before: Document, after: Document) -> frozenset[str] | None:
        """The ids of the rows in which the check may find something else than before; None for everywhere."""
        over = after.table(self.over.spec.kind) if self.over else Table({})
        found = [change.id for change in changes(before, after, self.over)] if self.over else []
        for read in self.reads:
            again = read.again(before, after, over)
            if again is None:
                return None
            found += again
        return frozenset(found)


NO_NAME = msg("(no name)")
"""Stands in a sentence where what it speaks of has no name yet."""


def _told(hit: Hit) -> Hit:
    """The hit with words in each gap that an empty name leaves."""
    return replace(hit, detail=_without_gaps(hit.detail)) if _has_gaps(hit.detail) else hit


def _has_gaps(message: Message) -> bool:
    return any(_has_gaps(value) if isinstance(value, Message) else value == "" for _, value in message.params)


def _without_gaps(message: Message) -> Message:
    return Message(
        message.id,
        tuple(
            (name, _without_gaps(value) if isinstance(value, Message) else NO_NAME if value == "" else value)
            for name, value in message.params
        ),
    )


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
            tuple(Part(read, None) if isinstance(read, type) else read for read in reads),
            check,
            over,
            timed,
            reconciles,
        )

    return decorate


def place_in(rows: Sequence[Row], field: str, kind: str) -> tuple[str, str]:
    """Where a hit about some rows of a kind is answered: a field of the first, or a row to add where there is none."""
    return (rows[0].id, field) if rows else ("", kind)


def listed_labels(kind: type[Row], names: Sequence[str]) -> Message:
    """The labels of some fields of a kind, each in quotation marks: some have a comma of their own."""
    return listed([msg("“{label}”", label=msg(fields_of(kind)[name].label)) for name in names])


def name_of(document: Document, row_id: str | None, *kinds: type[Person | Rota | Queue]) -> str:
    """The name of a person, rota or queue; empty when it is not there or of none of the given kinds."""
    for kind in kinds:
        row = document.get(kind, row_id)
        if row is not None:
            return row.name
    return ""


def leads_somewhere(document: Document, row_id: str | None) -> bool:
    """Whether a reference is a queue, or reaches a human being."""
    return document.get(Queue, row_id) is not None or is_somebody(document, row_id)


def is_somebody(document: Document, row_id: str | None) -> bool:
    """Whether a reference reaches a human being: a person, or a rota with at least one member; whoever was erased is
    nobody."""
    return bool(people_behind(document, row_id))
