"""Rules about the room and its agent: the limits of money (domain.md 3.2), and people who can be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.messages import msg
from app.model.document import Document
from app.model.exceptions import Queue
from app.model.names import is_erased, looks, same_name
from app.model.owners import Rota
from app.model.room import Agent, Person
from app.policy.currencies import currencies
from app.policy.names import plain
from app.policy.one_person import Stands, called_in, no_one_person
from app.rules.rule import Hit, Rule, part, rule
from app.rules.severity import ADVISES, WARNS

INSTEAD = {
    Stands.PEOPLE: "“{name}” names several people; name one here, and add the others on their own.",
    Stands.GROUP: "“{name}” is a group, not one person.",
    Stands.FUNCTION: "“{name}” is a function, not a person.",
    Stands.TITLE: "“{name}” is a title; write the name of whoever holds it.",
    Stands.PLACE: "“{name}” is an address, a queue or a rota, not a person.",
    Stands.NOBODY: "“{name}” is nobody yet.",
    Stands.COMPANY: "“{name}” is a company, not a person.",
}
"""What is said of a person's name that stands for something else."""


@rule(
    "ROM-01",
    73,
    step="room",
    question="Which wrong action is a nuisance, and which is serious?",
    why="The two limits rate what one wrong action costs; the wrong way round, every action gets the wrong floor.",
    weak="5,000 and 100.",
    better="Up to 100 a nuisance, above 5,000 serious.",
    marks=WARNS,
    reads=(part(Agent, "cost_l1", "cost_l2"),),
)
def cost_limits_are_in_order(document: Document, today: str) -> Iterator[Hit]:
    agent = document.only(Agent)
    if agent.cost_l1 is not None and agent.cost_l2 is not None and agent.cost_l1 > agent.cost_l2:
        yield Hit(msg("Cost limit L1 is above L2, so nothing lies between them."), agent.id, "cost_l1")


@rule(
    "ROM-02",
    73,
    step="room",
    question="In which currency are the limits?",
    why="A limit in a currency that nobody knows limits nothing.",
    weak="Money.",
    better="EUR.",
    marks=WARNS,
    reads=(part(Agent, "currency"),),
)
def the_currency_is_known(document: Document, today: str) -> Iterator[Hit]:
    agent = document.only(Agent)
    if agent.currency and agent.currency not in currencies():
        said = msg("“{code}” is no currency code of ISO 4217, such as EUR or USD.", code=agent.currency)
        yield Hit(said, agent.id, "currency")


@rule(
    "ROM-03",
    19,
    step="room",
    question="Which of the two is meant?",
    why="A name on a map is only worth something when it leads to one person, at 03:00 too.",
    weak="Thomas Müller and Thomas Müller.",
    better="Thomas Müller, Platform Lead; Thomas Müller, Billing Clerk.",
    marks=ADVISES,
    reads=(part(Person, "name", "title", "function"),),
)
def people_can_be_told_apart(document: Document, today: str) -> Iterator[Hit]:
    alike: dict[str, list[Person]] = {}
    seen: dict[str, str] = {}
    for person in document.rows(Person):
        if person.name:
            alike.setdefault(seen.setdefault(plain(person.name), looks(person.name)), []).append(person)
    for several in alike.values():
        people = [person for person in several if same_name(person.name, several[0].name)]
        if len({plain(person.name) for person in people}) > 1:
            said = msg(
                "{count} people have names that look the same and are not all spelt alike: {names}. Type the name anew "
                "where it is wrong; remove whoever is there twice.",
                count=len(people),
                names=", ".join(dict.fromkeys(f"“{person.called()}”" for person in people)),
            )
            yield Hit(said, people[-1].id, "name")
            continue
        for same in _told_apart(people):
            if len(same) > 1:
                said = msg(
                    "{count} people are called “{name}”; tell them apart by title or function.",
                    count=len(same),
                    name=same[0].called(),
                )
                yield Hit(said, same[-1].id, "title")


@rule(
    "ROM-04",
    84,
    step="room",
    question="Which stage is it at?",
    why="What must be settled depends on the stage; without one everything is weighed as in shadow, the mildest.",
    source="S1",
    weak="Somewhere between pilot and live.",
    better="1b: everything in the loop.",
    marks=WARNS,
    reads=(part(Agent, "stage"),),
)
def the_stage_is_said(document: Document, today: str) -> Iterator[Hit]:
    agent = document.only(Agent)
    if not agent.stage:
        yield Hit(msg("The stage is missing, so everything is weighed as in shadow."), agent.id, "stage")


@rule(
    "ROM-05",
    55,
    19,
    step="room",
    question="Which human being is it?",
    why="The agent may do the work, and a team may help, but neither can answer for it; one human being can.",
    source="S1 S3",
    weak="Billing agent.",
    better="Dana Abelard, Head of Support Operations.",
    marks=WARNS,
    over=Person,
    reads=(part(Agent, "name", "model", "vendor"), part(Person, "function"), part(Rota, "name"), part(Queue, "name")),
)
def every_person_is_a_human_being(person: Person, document: Document, today: str) -> Iterator[Hit]:
    agent = document.only(Agent)
    if person.name and plain(person.name) in (plain(agent.name), plain(agent.model)):
        yield Hit(msg("“{name}” is the agent, not a person.", name=person.name), person.id, "name")
    elif is_erased(person.name):
        said = msg("“{name}” was erased; name somebody else for whatever they still hold.", name=person.name)
        yield Hit(said, person.id, "name")
    # A vendor's people are for the vendor to name; they own nothing here.
    elif person.side != "vendor" and (instead := no_one_person(person.name, called_in(document))):
        yield Hit(msg(INSTEAD[instead], name=person.name), person.id, "name")


def _told_apart(people: list[Person]) -> Iterable[list[Person]]:
    """People of one name by title and function."""
    entries: dict[tuple[str, str], list[Person]] = {}
    for person in people:
        entries.setdefault((plain(person.title), person.function), []).append(person)
    return entries.values()


RULES: tuple[Rule, ...] = (
    cost_limits_are_in_order,
    the_currency_is_known,
    people_can_be_told_apart,
    the_stage_is_said,
    every_person_is_a_human_being,
)
