"""Rules about the letters of the RACI: exactly one A, an R, not everybody asked (domain.md 5; 144 to 147).

Who stands behind an A is in app.rules.accountable.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import Message, msg
from app.model.boundary import System
from app.model.change import Tool, TrainingData
from app.model.commit import RaciOverride
from app.model.document import Document
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, Rota, VendorCover
from app.model.room import Agent, FunctionContact, Person
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.holders import VENDOR, column_label, has_vendor
from app.policy.raci import (
    NO_LETTER,
    MatrixRow,
    changed_rows,
    faults,
    only_vendor_responsible,
    row_called,
)
from app.rules.rule import Hit, Reads, Rule, part, rule
from app.rules.severity import WARNS

MATRIX: Reads = (
    Action,
    part(Agent, "name", "stage", "vendor", "outside_parties"),
    part(Person, "name", "side"),
    RaciOverride,
    StopControl,
    CompensatingTransaction,
    part(System),
    part(Tool),
    part(TrainingData, "used"),
    part(VendorCover),
    part(OwnerAssignment, "person"),
    part(RoleAssignment, "person", "rota"),
    part(FunctionContact, "person"),
    part(Rota, "name"),
)
"""What the matrix is derived from."""

MOST_CONSULTED = 4
CONSULTS_FIVE = "L40"
"""Readiness sign-off consults five by design."""


@rule(
    "RAC-01",
    144,
    step="raci",
    question="Who is the one accountable here?",
    why="Two who are accountable wait for each other; none means that nobody is asked.",
    weak="Both of them.",
    better="One A; the other is consulted.",
    reads=MATRIX,
)
def exactly_one_accountable(document: Document, today: str) -> Iterator[Hit]:
    yield from _faulty(document, 144)


@rule(
    "RAC-02",
    145,
    step="raci",
    question="Who does it?",
    why="What somebody answers for and nobody does is not done.",
    weak="That happens by itself.",
    better="R: Platform on call.",
    reads=MATRIX,
)
def somebody_responsible(document: Document, today: str) -> Iterator[Hit]:
    yield from _faulty(document, 145)


@rule(
    "RAC-03",
    146,
    step="raci",
    question="Which person answers for it?",
    why="Neither an agent nor a vendor can be held to account inside the company.",
    source="S3",
    weak="The agent decided.",
    better="A: Dana Abelard. R: the agent.",
    reads=MATRIX,
)
def no_agent_or_vendor_accountable(document: Document, today: str) -> Iterator[Hit]:
    yield from _faulty(document, 146)


@rule(
    "RAC-04",
    147,
    step="raci",
    question="Which person does it?",
    why="The agent does its own actions; it does not approve, review or change itself.",
    source="S3",
    weak="The agent reviews its results.",
    better="R: the reviewers.",
    reads=MATRIX,
)
def the_agent_only_acts(document: Document, today: str) -> Iterator[Hit]:
    yield from _faulty(document, 147)


@rule(
    "RAC-06",
    144,
    step="raci",
    question="Why was it changed by hand?",
    why="A letter without a reason is argued about again next month.",
    weak="It was like that.",
    better="Security asked to be consulted on 12 November.",
    marks=WARNS,
    over=RaciOverride,
    reads=(part(Action, "name"),),
)
def overrides_have_a_reason(override: RaciOverride, document: Document, today: str) -> Iterator[Hit]:
    if not override.reason:
        label = row_called(document, override.activity)
        column = column_label(override.column) if override.column else msg("a column")
        yield Hit(
            msg("{row}, {column}: changed by hand, no reason.", row=label or msg("A row"), column=column),
            override.id,
            "reason",
        )


@rule(
    "RAC-13",
    144,
    step="raci",
    question="Which of the two was agreed?",
    why="A cell that was changed twice, as when two copies are merged, has two reasons and one letter.",
    weak="The last one, I suppose.",
    better="C, as Security asked on 12 November; the other is removed.",
    marks=WARNS,
    reads=(RaciOverride, part(Action, "name")),
)
def a_cell_is_changed_once(document: Document, today: str) -> Iterator[Hit]:
    cells: dict[tuple[str, str], list[RaciOverride]] = {}
    for override in document.rows(RaciOverride):
        if override.column and override.letter:
            cells.setdefault((override.activity, override.column), []).append(override)
    for *others, counts in cells.values():
        for other in others:
            yield Hit(
                msg(
                    "{row}, {column}: changed by hand to {other}, and again to {counts}, which counts. Remove one of "
                    "the two.",
                    row=row_called(document, other.activity) or msg("A row"),
                    column=column_label(other.column),
                    other=_letter(other),
                    counts=_letter(counts),
                ),
                other.id,
                "letter",
            )


@rule(
    "RAC-07",
    32,
    step="raci",
    question="Who inside does it, when the vendor is gone?",
    why="Work that only the vendor does is work that leaves with the vendor.",
    source="S1",
    weak="R: the vendor.",
    better="R: Platform on call, with the vendor.",
    marks=WARNS,
    reads=MATRIX,
)
def not_only_the_vendor(document: Document, today: str) -> Iterator[Hit]:
    for row in changed_rows(document):
        if only_vendor_responsible(row):
            yield Hit(msg("{row}: only the vendor is responsible.", row=row.label), _subject(row))


@rule(
    "RAC-08",
    65,
    step="raci",
    question="Whom could you tell afterwards instead of asking before?",
    why="Whoever consults everybody decides late and alone.",
    source="S2",
    weak="Everybody is consulted.",
    better="Two are consulted, the rest informed.",
    marks=WARNS,
    reads=MATRIX,
)
def not_everybody_consulted(document: Document, today: str) -> Iterator[Hit]:
    # A derived row consults four at most, or five by design.
    for row in changed_rows(document):
        count = len(row.holding("C"))
        if count > MOST_CONSULTED and row.default != CONSULTS_FIVE:
            yield Hit(msg("{row}: {count} are consulted.", row=row.label, count=count), _subject(row))


@rule(
    "RAC-14",
    32,
    step="raci",
    question="Until when does the vendor do it?",
    why="An R that is set by hand has no end; the vendor helps for a time, beside somebody inside.",
    source="S1",
    weak="R: the vendor, as agreed.",
    better="Vendor cover of the role until 31 January, with Lea Wirth beside it.",
    marks=WARNS,
    reconciles=(14,),
    over=RaciOverride,
    reads=MATRIX,
)
def the_vendor_does_nothing_without_an_end(override: RaciOverride, document: Document, today: str) -> Iterator[Hit]:
    if (override.column, override.letter) == (VENDOR, "R") and has_vendor(document):
        row = row_called(document, override.activity) or msg("A row")
        said = msg("{row}: the vendor is R by hand, which has no end. Give vendor cover to a role instead.", row=row)
        yield Hit(said, override.id, "letter")


def _faulty(document: Document, number: int) -> Iterator[Hit]:
    # A derived row keeps the hard rules by itself; only what was changed by hand can break them. The vendor's help
    # does not count here: it ends, and the row must hold without it.
    for row in changed_rows(document):
        for fault in faults(row):
            if fault.id == number:
                yield Hit(msg("{row}: {fault}", row=row.label, fault=fault.detail), _subject(row))
                break


def _letter(override: RaciOverride) -> str | Message:
    return msg("no letter") if override.letter == NO_LETTER else override.letter


def _subject(row: MatrixRow) -> str:
    return row.action or row.key


RULES: tuple[Rule, ...] = (
    exactly_one_accountable,
    somebody_responsible,
    no_agent_or_vendor_accountable,
    the_agent_only_acts,
    overrides_have_a_reason,
    a_cell_is_changed_once,
    not_only_the_vendor,
    not_everybody_consulted,
    the_vendor_does_nothing_without_an_end,
)
