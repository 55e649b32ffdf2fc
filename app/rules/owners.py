"""Rules about the four owners: one person each, with authority, and nobody who cannot own (domain.md 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.messages import Message, msg
from app.model.document import Document
from app.model.exceptions import Queue
from app.model.names import is_erased
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, Rota, SixThing
from app.model.room import Agent, FunctionContact, Person
from app.policy.deputies import no_deputy, without_deputy
from app.policy.holders import column_label, holder
from app.policy.load import hats
from app.policy.named import named_person
from app.policy.names import plain
from app.policy.one_person import Stands, called_in, no_one_person, speaks_of_a_group, speaks_of_the_vendor
from app.policy.oversight import executes, level, listed
from app.rules.rule import TAKES_EFFECT, Hit, Reads, Rule, behind, is_somebody, name_of, part, rule
from app.rules.severity import ADVISES, WARNS, marks

TOO_FAR = re.compile(r"\b(prompt engineer|sponsor|chief|ceo|cto|cio|coo|cfo|president)\b", re.I)
"""Titles that sit too near the prompt or too far from the work to be the workflow owner."""

NAMES = (part(Person, "name", "function"), part(Agent, "vendor"), part(Rota, "name"), part(Queue, "name"))
"""What tells a person's name from that of a function, a rota, a queue or the vendor."""

NO_OWNER = frozenset({Stands.FUNCTION, Stands.TITLE, Stands.PLACE, Stands.NOBODY})
SEVERAL = frozenset({Stands.PEOPLE, Stands.GROUP})
DEPUTIES: Reads = (
    part(OwnerAssignment, "person", "deputy"),
    part(RoleAssignment, "person", "rota", "deputy"),
    part(Person, "name"),
    part(Rota, "members"),
)
"""What decides who has no deputy."""

MOST_HATS = 2
HALF_TIME = 50


@rule(
    "OWN-01",
    19,
    130,
    step="owners",
    question="Whose name goes next to the workflow?",
    why="When something goes wrong the first question is whose it is; a name answers it, a list does not.",
    source="S1 S2",
    weak="Support owns it.",
    better="Dana Abelard, Head of Support Operations.",
    reads=(part(OwnerAssignment, "person"), part(Person)),
)
def a_named_workflow_owner(document: Document, today: str) -> Iterator[Hit]:
    yield from _unnamed(document, "workflow", msg("Nobody is named as workflow owner."))


@rule(
    "OWN-02",
    20,
    step="owners",
    question="Which person is behind the department?",
    why="A department cannot be paged, cannot decide, and cannot say no.",
    source="S1",
    weak="Ops.",
    better="Head of Support Operations, Dana Abelard.",
    reads=(part(OwnerAssignment, "person", "stand_in"), *NAMES),
)
def the_workflow_owner_is_no_department(document: Document, today: str) -> Iterator[Hit]:
    owner = document.fixed(OwnerAssignment, "workflow")
    name = name_of(document, owner.person, Person)
    # Whoever was erased is OWN-01.
    if name and (is_erased(name) or no_one_person(name, called_in(document)) not in NO_OWNER):
        return
    said = name or owner.stand_in
    if any(plain(person.name) == plain(said) for person in document.rows(Person) if not name):
        yield Hit(msg("“{name}” only stands in; choose the person.", name=said), owner.id, "person")
    elif said:
        yield Hit(msg("“{name}” is not one named person; the workflow takes one.", name=said), owner.id, "person")


@rule(
    "OWN-03",
    24,
    step="owners",
    question="Which one of them?",
    why="What several people own together, each of them leaves to the others.",
    source="S1 S2",
    weak="The steering committee owns the outcome.",
    better="Rosa Steiner owns the outcome and asks the steering committee.",
    over=OwnerAssignment,
    reads=(behind(Person, "name"), *NAMES),
)
def no_owner_is_a_group(owner: OwnerAssignment, document: Document, today: str) -> Iterator[Hit]:
    name = name_of(document, owner.person, Person)
    if is_erased(name):
        # Whoever was erased is OWN-01, OWN-05, OWN-06 or OWN-07.
        return
    if name:
        stands_for = no_one_person(name, called_in(document))
        # Whatever else is no person, and owns the workflow, is OWN-02; the vendor is OWN-04.
        several = stands_for in SEVERAL or (owner.type != "workflow" and stands_for in NO_OWNER)
    else:
        several = speaks_of_a_group(owner.stand_in)
    if several:
        detail = msg("{owner}: “{name}” is not one named person.", owner=_owner(owner), name=name or owner.stand_in)
        yield Hit(detail, owner.id, "person")


@rule(
    "OWN-04",
    22,
    step="owners",
    question="Who inside the company decides?",
    why="A vendor can help and advise, but it does not carry your risk.",
    source="S1 S2",
    weak="The vendor looks after exceptions during the pilot.",
    better="Marc Oyelaran owns exceptions; the vendor helps until 31 January.",
    over=OwnerAssignment,
    reads=(part(Person, "side"), *NAMES),
)
def no_vendor_is_an_owner(owner: OwnerAssignment, document: Document, today: str) -> Iterator[Hit]:
    person, vendor = document.get(Person, owner.person), document.only(Agent).vendor
    if person is None and speaks_of_the_vendor(owner.stand_in, vendor):
        said = msg("{owner}: “{name}” speaks of the vendor.", owner=_owner(owner), name=owner.stand_in)
        yield Hit(said, owner.id, "person")
    elif person is not None and person.side == "vendor":
        yield Hit(msg("{owner}: {name} is from the vendor.", owner=_owner(owner), name=person.name), owner.id, "person")
    elif person is not None and no_one_person(person.name, called_in(document)) is Stands.COMPANY:
        said = msg("{owner}: “{name}” is a company, not a person.", owner=_owner(owner), name=person.name)
        yield Hit(said, owner.id, "person")


@rule(
    "OWN-05",
    131,
    18,
    21,
    step="owners",
    question="Who keeps it running, and can roll it back?",
    why="Integrations, credentials and deployments break at night; somebody must own them by name.",
    source="S1",
    weak="IT deployed it.",
    better="Jun Kowalczyk, Platform; Platform on call stands behind him.",
    reconciles=(4,),
    reads=(part(OwnerAssignment, "person", "stand_in"), part(Person)),
)
def a_named_system_owner(document: Document, today: str) -> Iterator[Hit]:
    stand_in = document.fixed(OwnerAssignment, "system").stand_in
    detail = (
        msg("“{name}” stands in as system owner; it takes one named person.", name=stand_in)
        if stand_in
        else msg("Nobody is named as system owner.")
    )
    yield from _unnamed(document, "system", detail)


@rule(
    "OWN-06",
    86,
    18,
    step="owners",
    question="Who clears the strange cases, and how fast?",
    why="Whatever the agent cannot settle must land with somebody, or it lands with the customer.",
    source="S1",
    weak="Someone on the team will look.",
    better="Marc Oyelaran; the billing team lead on shift clears the queue within 30 minutes.",
    reads=(part(OwnerAssignment, "person"), part(Person)),
)
def a_named_exception_owner(document: Document, today: str) -> Iterator[Hit]:
    yield from _unnamed(document, "exception", msg("Nobody is named as exception owner."))


@rule(
    "OWN-07",
    133,
    87,
    122,
    step="owners",
    question="Who decides to expand, narrow or stop it?",
    why="A result that nobody answers for cannot be a reason to stop.",
    source="S1",
    weak="Leadership is aligned on the vision.",
    better="Rosa Steiner, VP Support: cost per ticket and response time.",
    reconciles=(3,),
    reads=(part(OwnerAssignment, "person"), part(Person)),
)
def a_named_outcome_owner(document: Document, today: str) -> Iterator[Hit]:
    yield from _unnamed(document, "outcome", msg("Nobody is named as outcome owner, who owns the scorecard too."))


@rule(
    "OWN-08",
    23,
    step="owners",
    question="Does the workflow owner sit near the work?",
    why="Whoever tunes prompts sees text, whoever sponsors sees reports; the owner must see cases.",
    source="S1 S3",
    weak="The prompt engineer owns it.",
    better="The head of the team whose cases it handles.",
    marks=WARNS,
    reads=(part(OwnerAssignment, "person"), part(Person, "name", "title")),
)
def the_workflow_owner_is_near_the_work(document: Document, today: str) -> Iterator[Hit]:
    owner = document.fixed(OwnerAssignment, "workflow")
    person = document.get(Person, owner.person)
    if person is not None and TOO_FAR.search(person.title):
        yield Hit(msg("{name} is {title}.", name=person.name, title=person.title), owner.id, "person")


@rule(
    "OWN-09",
    25,
    step="owners",
    question="Who tells that one person no?",
    why="Four rights in one hand are four chances to look away.",
    source="S1",
    weak="Dana does all of it.",
    better="Dana owns the workflow; somebody else decides whether it pays.",
    marks=WARNS,
    reconciles=(1,),
    reads=(part(OwnerAssignment, "person"), part(Person, "name")),
)
def not_one_person_for_everything(document: Document, today: str) -> Iterator[Hit]:
    owners = document.rows(OwnerAssignment)
    people = {owner.person for owner in owners}
    if len(people) == 1 and None not in people:
        name = name_of(document, owners[0].person, Person)
        yield Hit(msg("{name} holds all four owner types.", name=name), owners[-1].id, "person")


@rule(
    "OWN-10",
    31,
    step="owners",
    question="Who inside could explain what it does, if the vendor left tomorrow?",
    why="Behaviour that only the vendor understands is behaviour that nobody here can correct.",
    source="S1",
    weak="We lean on the vendor for that.",
    better="Lea Wirth shadows the vendor and keeps the evaluation suite.",
    marks=WARNS,
    reads=(Agent, Person),
)
def an_understudy_for_the_vendor(document: Document, today: str) -> Iterator[Hit]:
    agent = document.only(Agent)
    understudy = named_person(document, agent.understudy)
    if agent.only_vendor_understands and (understudy is None or understudy.side != "inside"):
        yield Hit(msg("Only the vendor understands it, and nobody inside is learning."), agent.id, "understudy")


@rule(
    "OWN-11",
    33,
    step="owners",
    question="Who takes over when they are away or leave?",
    why="An owner on holiday is an agent without an owner.",
    source="S2",
    weak="Dana is always reachable.",
    better="Marc Oyelaran stands in for Dana Abelard.",
    marks=WARNS,
    reads=DEPUTIES,
)
def every_owner_has_a_deputy(document: Document, today: str) -> Iterator[Hit]:
    """Each person once, with the roles that they hold besides; whoever holds roles alone is ROL-16."""
    for parts in without_deputy(document).values():
        if isinstance(parts[0], OwnerAssignment):
            yield Hit(no_deputy(document, parts), parts[0].id, "deputy")


@rule(
    "OWN-12",
    34,
    step="owners",
    question="How much of the week is set aside for it?",
    why="Ownership beside a full day is ownership in name.",
    source="S2",
    weak="She will fit it in.",
    better="Half of Dana Abelard's time until launch.",
    marks=ADVISES,
    reconciles=(15,),
    reads=(part(OwnerAssignment, "person", "capacity"), part(Person, "name")),
)
def the_lead_has_time(document: Document, today: str) -> Iterator[Hit]:
    owner = document.fixed(OwnerAssignment, "workflow")
    name = name_of(document, owner.person, Person)
    if name and owner.capacity is not None and owner.capacity < HALF_TIME:
        yield Hit(
            msg("{name} has {share} % of full time for it.", name=name, share=owner.capacity), owner.id, "capacity"
        )


@rule(
    "OWN-13",
    35,
    step="owners",
    question="May the lead change it without asking?",
    why="Whoever answers for the result must be able to change what leads to it.",
    source="S2",
    weak="She can ask IT for a change.",
    better="Dana Abelard may make changes, pause and narrow.",
    reads=(part(OwnerAssignment, "person", "authority"), part(Person)),
)
def the_lead_may_make_changes(document: Document, today: str) -> Iterator[Hit]:
    owner = document.fixed(OwnerAssignment, "workflow")
    # While nobody is named, that is the question.
    if document.get(Person, owner.person) is not None and "change" not in owner.authority:
        yield Hit(msg("The workflow owner has no authority to make changes."), owner.id, "authority", "change")


@rule(
    "OWN-14",
    36,
    step="owners",
    question="Does leadership see what comes of it?",
    why="An outcome that nobody above sees is defended by nobody.",
    source="S2",
    weak="They hear of it when it matters.",
    better="The scorecard is part of the monthly operations review.",
    marks=WARNS,
    reads=(OwnerAssignment,),
)
def leadership_sees_the_outcomes(document: Document, today: str) -> Iterator[Hit]:
    if not any(owner.sees_outcomes for owner in document.rows(OwnerAssignment)):
        outcome = document.fixed(OwnerAssignment, "outcome")
        yield Hit(msg("Nobody has said that leadership sees the outcomes."), outcome.id, "sees_outcomes")


@rule(
    "OWN-19",
    156,
    26,
    step="roles",
    question="Which hat could somebody else wear?",
    why="Two hats are a job, three are a bottleneck with a name.",
    weak="She does that as well.",
    better="Two hats each, and a deputy for both.",
    marks=WARNS,
    reads=(
        part(OwnerAssignment, "person", "stand_in"),
        part(RoleAssignment, "person", "rota"),
        part(Rota, "name"),
        part(Person, "name", "side"),
    ),
)
def not_too_many_hats(document: Document, today: str) -> Iterator[Hit]:
    worn = hats(document)
    for person in document.rows(Person):
        codes = worn.get(person.id, ())
        if len(codes) > MOST_HATS:
            labels: Message = listed([column_label(code) for code in codes])
            detail = msg("{name} wears {count} hats: {labels}.", name=person.name, count=len(codes), labels=labels)
            yield Hit(detail, _easiest_given_up(document, person.id), "person")


@rule(
    "OWN-20",
    1,
    step="owners",
    question="Which of the six things does nobody answer for?",
    why="An agent touches six things that somebody has to own; whichever has no name is the one that breaks unseen.",
    source="S1",
    weak="Downstream damage? The other team would notice.",
    better="Dana Abelard answers for what it does to the teams behind her.",
    marks=WARNS,
    reads=(SixThing, OwnerAssignment, RoleAssignment, FunctionContact, Rota, part(Person, "side")),
)
def six_things_are_owned(document: Document, today: str) -> Iterator[Hit]:
    open_things = [thing for thing in document.rows(SixThing) if not _is_owned(document, thing)]
    if open_things:
        first = open_things[0]
        labels = listed([msg("“{thing}”", thing=msg(thing.called())) for thing in open_things])
        yield Hit(
            msg("Nobody inside answers for: {things}.", things=labels),
            first.id,
            "person" if first.person else "held_by",
        )


def _is_owned(document: Document, thing: SixThing) -> bool:
    someone = named_person(document, thing.person)
    if someone is not None:
        return someone.side == "inside"
    held = holder(document, thing.held_by) if thing.held_by else None
    return held is not None and is_somebody(document, held.person or held.rota) and not held.external


@rule(
    "OWN-21",
    86,
    step="owners",
    question="Who clears what goes wrong, now that it already acts?",
    why="In shadow an exception owner can wait; an action that takes effect makes exceptions today.",
    source="S1",
    weak="It is only a pilot.",
    better="Marc Oyelaran from the first action that is more than a proposal.",
    marks=marks("B - - -"),
    reconciles=(9,),
    reads=(part(OwnerAssignment, "person"), part(Person), part(Action, "name", *TAKES_EFFECT)),
)
def whoever_acts_has_an_exception_owner(document: Document, today: str) -> Iterator[Hit]:
    owner = document.fixed(OwnerAssignment, "exception")
    if named_person(document, owner.person) is not None:
        return
    # Reading changes nothing, and shadow needs it.
    acting = next(
        (each for each in document.rows(Action) if each.current and level(each.reversibility) and executes(each)), None
    )
    if acting is not None:
        yield Hit(
            msg("“{action}” takes effect already, and nobody is named as exception owner.", action=acting.name),
            owner.id,
            "person",
        )


def _unnamed(document: Document, owner_type: str, nobody: Message) -> Iterator[Hit]:
    """A hit where an owner type has no named person: `nobody` where none is given, or that they were erased."""
    owner = document.fixed(OwnerAssignment, owner_type)
    if named_person(document, owner.person) is None:
        erased = name_of(document, owner.person, Person)
        said = msg("{owner}: “{name}” was erased; name somebody else.", owner=_owner(owner), name=erased)
        yield Hit(said if erased else nobody, owner.id, "person")


def _easiest_given_up(document: Document, person_id: str) -> str:
    """The id of the row by which this person wears the hat that is easiest to pass on: a role before an owner. The
    Agent Product Owner by default has no such row, so one of the others it is."""
    rows: tuple[OwnerAssignment | RoleAssignment, ...] = (
        *document.rows(OwnerAssignment),
        *document.rows(RoleAssignment),
    )
    return [row.id for row in rows if row.person == person_id][-1]


def _owner(owner: OwnerAssignment) -> Message:
    return msg(owner.called())


RULES: tuple[Rule, ...] = (
    a_named_workflow_owner,
    the_workflow_owner_is_no_department,
    no_owner_is_a_group,
    no_vendor_is_an_owner,
    a_named_system_owner,
    a_named_exception_owner,
    a_named_outcome_owner,
    the_workflow_owner_is_near_the_work,
    not_one_person_for_everything,
    an_understudy_for_the_vendor,
    every_owner_has_a_deputy,
    the_lead_has_time,
    the_lead_may_make_changes,
    leadership_sees_the_outcomes,
    not_too_many_hats,
    six_things_are_owned,
    whoever_acts_has_an_exception_owner,
)
