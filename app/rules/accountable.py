"""Rules about who stands behind an A of the RACI: somebody inside, there today, and not alone with it
(domain.md 5)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.change import ApprovalRule
from app.model.document import Document
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import FunctionContact, Person
from app.policy.absence import is_away
from app.policy.days import in_words
from app.policy.holders import AGENT, OWNER_OF, VENDOR, Holder, column_label, holder
from app.policy.named import named_person
from app.policy.raci import MatrixRow, changed_rows, lasting_rows
from app.policy.raci_table import BY_KEY
from app.rules.raci import MATRIX
from app.rules.rule import Hit, Reads, Rule, is_somebody, part, rule
from app.rules.severity import TABLE, WARNS

GRADUATES = "L15"
LOOSENS = frozenset({"looser_threshold", "higher_risk_path"})
"""The kinds of change that let an action move to a looser mode."""

OWNERS: Reads = (
    part(OwnerAssignment, "person", "stand_in"),
    part(Person, "name", "side"),
    part(Rota, "name"),
)
BEHIND_AN_A: Reads = (*MATRIX, *OWNERS)


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
    marks=TABLE[18],
    reads=(*BEHIND_AN_A, part(Rota, "members")),
)
def accountable_columns_are_held(document: Document, today: str) -> Iterator[Hit]:
    for one in _accountable(document):
        # A missing owner or product owner has its own rule; workflow and outcome owner weigh otherwise.
        if one.external and one.code not in ("WO", "OO"):
            yield from _from_outside(document, one)
        elif not is_somebody(document, one.person or one.rota) and one.code not in (*OWNER_OF, "APO"):
            detail = msg("{column} is accountable, and nobody holds it.", column=column_label(one.code))
            yield Hit(detail, one.row, "person")


@rule(
    "RAC-09",
    19,
    step="raci",
    question="Who inside answers for the workflow?",
    why="Somebody from outside leaves with the contract; what they answered for stays.",
    source="S1",
    weak="Our interim manager.",
    better="Dana Abelard, Head of Support Operations.",
    marks=TABLE[19],
    reads=OWNERS,
)
def the_workflow_is_answered_for_inside(document: Document, today: str) -> Iterator[Hit]:
    yield from _from_outside(document, holder(document, "WO"))


@rule(
    "RAC-10",
    87,
    step="raci",
    question="Who inside answers for the outcome?",
    why="Whether it pays is a question for those who pay.",
    source="S1",
    weak="The consultancy reports on it.",
    better="Rosa Steiner, VP Support.",
    marks=TABLE[87],
    reads=OWNERS,
)
def the_outcome_is_answered_for_inside(document: Document, today: str) -> Iterator[Hit]:
    yield from _from_outside(document, holder(document, "OO"))


@rule(
    "RAC-11",
    78,
    step="raci",
    question="Who else says yes before an action runs more freely?",
    why="Whoever answers for the result wants it to work; the second pair of eyes has nothing to gain.",
    source="S3",
    weak="Dana decides, and Dana approves.",
    better="Dana Abelard decides; Jun Kowalczyk approves it too.",
    marks=WARNS,
    over=ApprovalRule,
    reads=BEHIND_AN_A,
)
def graduation_has_a_second_yes(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    if approval.change not in LOOSENS:
        return
    letters = next((row.letters for row in changed_rows(document) if row.key == GRADUATES), None)
    accountable = [code for code, letter in (letters or BY_KEY[GRADUATES].letters).items() if letter == "A"]
    approvers = {each for each in approval.approvers if named_person(document, each)}
    for code in accountable:
        person = holder(document, code).person
        if person is not None and approvers == {person}:
            detail = msg(
                "{change}: {name} answers for it, and is the only one to approve it.",
                change=msg(approval.called()),
                name=document.called(person),
            )
            yield Hit(detail, approval.id, "approvers")
            return


@rule(
    "RAC-12",
    33,
    step="raci",
    question="Who answers for it while they are away?",
    why="An A on holiday is a question that waits until Monday.",
    source="S2",
    weak="She reads her mail.",
    better="Marc Oyelaran stands in for Dana Abelard until 4 December.",
    marks=WARNS,
    reads=(
        *BEHIND_AN_A,
        part(OwnerAssignment, "deputy"),
        part(RoleAssignment, "deputy"),
        part(Person, "away_from", "away_to"),
        Rota,
    ),
    timed=True,
)
def whoever_answers_is_there_or_has_a_deputy(document: Document, today: str) -> Iterator[Hit]:
    for one in _accountable(document):
        person = document.get(Person, one.person)
        if person is None or not is_away(person, today) or _stands_in(document, one, today):
            continue
        field = "person" if document.get(FunctionContact, one.row) else "deputy"
        if person.away_to:
            detail = msg(
                "{name}, {column}, is away until {day}, and nobody who is there stands in.",
                name=person.name,
                column=column_label(one.code),
                day=in_words(person.away_to),
            )
        else:
            detail = msg(
                "{name}, {column}, is away, and nobody who is there stands in.",
                name=person.name,
                column=column_label(one.code),
            )
        yield Hit(detail, one.row, field)


def _accountable(document: Document) -> Iterator[Holder]:
    """Who holds each column that is accountable on a row, by the row that says so. An Agent Product Owner who is not
    named is the workflow owner, and stands there once."""
    rows: dict[str, MatrixRow] = {row.key: row for row in lasting_rows(document)}
    rows.update((row.key, row) for row in changed_rows(document))
    for code in dict.fromkeys(code for row in rows.values() for code in row.holding("A")):
        one = holder(document, code)
        role = document.get(RoleAssignment, one.row)
        if code not in (AGENT, VENDOR) and not (code == "APO" and role and not role.person and one.person):
            yield one


def _from_outside(document: Document, one: Holder) -> Iterator[Hit]:
    person = document.get(Person, one.person)
    # An owner from the vendor has a rule of its own.
    if person is not None and one.external and (one.code not in OWNER_OF or person.side != "vendor"):
        detail = msg("{name} is accountable, and is not inside the company.", name=one.name)
        yield Hit(detail, one.row, "person")


def _stands_in(document: Document, one: Holder, today: str) -> bool:
    """Whether the deputy of a holder is somebody else who is there."""
    row = document.get(OwnerAssignment, one.row) or document.get(RoleAssignment, one.row)
    if row is None or row.deputy == one.person:
        return False
    rota = document.get(Rota, row.deputy)
    if rota is not None:
        return is_somebody(document, rota.id) and not all(_away(document, each, today) for each in rota.members)
    deputy = named_person(document, row.deputy)
    return deputy is not None and not is_away(deputy, today)


def _away(document: Document, person_id: str, today: str) -> bool:
    person = named_person(document, person_id)
    return person is None or is_away(person, today)


RULES: tuple[Rule, ...] = (
    accountable_columns_are_held,
    the_workflow_is_answered_for_inside,
    the_outcome_is_answered_for_inside,
    graduation_has_a_second_yes,
    whoever_answers_is_there_or_has_a_deputy,
)
