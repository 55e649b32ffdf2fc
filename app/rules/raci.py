"""Rules about the RACI: exactly one A, an R, and no A that cannot answer (domain.md 5; 144 to 147)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.boundary import System
from app.model.change import Tool, TrainingData
from app.model.commit import RaciOverride
from app.model.document import Document
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Agent, FunctionContact, Person
from app.model.row import Row
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.holders import AGENT, OWNER_OF, VENDOR, column_label, holders
from app.policy.raci import MatrixRow, changed_rows, faults, lasting_rows, only_vendor_responsible
from app.rules.rule import Hit, Rule, rule
from app.rules.severity import WARNS

MATRIX: tuple[type[Row], ...] = (
    Action,
    Agent,
    Person,
    RaciOverride,
    StopControl,
    CompensatingTransaction,
    System,
    Tool,
    TrainingData,
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
    "RAC-05",
    48,
    50,
    step="raci",
    question="Who sits in the accountable seat?",
    why="An A over an empty or borrowed chair is a letter, not a person.",
    source="S3",
    weak="Evaluation: to be decided.",
    better="Lea Wirth, Evaluation Engineer.",
    marks=WARNS,
    reads=(*MATRIX, OwnerAssignment, RoleAssignment, FunctionContact, Rota),
)
def accountable_columns_are_held(document: Document, today: str) -> Iterator[Hit]:
    rows = {row.key: row for row in (*lasting_rows(document), *changed_rows(document))}
    held = holders(document)
    for code in dict.fromkeys(code for row in rows.values() for code in row.holding("A")):
        # A missing owner or product owner has its own rule, with the severity of that owner at this stage.
        if code in (AGENT, VENDOR, *OWNER_OF):
            continue
        one = held[code]
        if one.external:
            yield Hit(msg("{name} is accountable, and is not inside the company.", name=one.name), one.row, "person")
        elif not one.filled and code != "APO":
            yield Hit(
                msg("{column} is accountable, and nobody holds it.", column=column_label(code)), one.row, "person"
            )


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
    reads=(),
)
def overrides_have_a_reason(override: RaciOverride, document: Document, today: str) -> Iterator[Hit]:
    if not override.reason:
        column = column_label(override.column) if override.column else msg("a column")
        yield Hit(
            msg("{row}, {column}: changed by hand, no reason.", row=override.activity, column=column),
            override.id,
            "reason",
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
    for row in changed_rows(document):
        count = len(row.holding("C"))
        if count > MOST_CONSULTED and row.default != CONSULTS_FIVE:
            yield Hit(msg("{row}: {count} are consulted.", row=row.label, count=count), _subject(row))


def _faulty(document: Document, number: int) -> Iterator[Hit]:
    # A derived row keeps the hard rules by itself; only what was changed by hand can break them.
    for row in changed_rows(document):
        for fault in faults(row):
            if fault.id == number:
                yield Hit(msg("{row}: {fault}", row=row.label, fault=fault.detail), _subject(row))
                break


def _subject(row: MatrixRow) -> str:
    return row.action or row.key


RULES: tuple[Rule, ...] = (
    exactly_one_accountable,
    somebody_responsible,
    no_agent_or_vendor_accountable,
    the_agent_only_acts,
    accountable_columns_are_held,
    overrides_have_a_reason,
    not_only_the_vendor,
    not_everybody_consulted,
)
