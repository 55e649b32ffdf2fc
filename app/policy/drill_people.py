"""Who answers for a role at a moment: whoever holds it, or who stands in while they are away (domain.md 0.1, 33)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.messages import Message, msg
from app.model.document import Document
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Person
from app.policy.absence import is_away
from app.policy.days import in_words
from app.policy.holders import OWNER_OF, Holder, holder
from app.policy.named import named_person
from app.policy.windows import day_of, people_behind


@dataclass(frozen=True, slots=True)
class Named:
    """A person or rota: its id, its name, and how it is reached. All empty where nobody is named."""

    id: str = ""
    name: str = ""
    route: str = ""


class Answering(NamedTuple):
    """Who answers for a role at a moment. `stands_in` where that is not who holds it. `absent` says who is away where
    nobody is there, neither a holder nor a deputy; `who` is then the holder."""

    who: Named
    stands_in: bool = False
    absent: Message | None = None


def named(document: Document, holder_id: str | None) -> Named:
    """The person or rota with this id; nobody where that person was erased."""
    row = named_person(document, holder_id) or document.get(Rota, holder_id)
    return Named(row.id, row.called(), row.paging_route or row.contact) if row is not None else Named()


def answering(document: Document, code: str, instant: datetime) -> Answering:
    """Who answers for a role, such as "ARE", at an aware moment: the rota that carries its pager, the person, or a
    deputy, the first of them of whom somebody is not away."""
    found, day = holder(document, code), day_of(document, instant)
    primary = found.rota or found.person
    who = named(document, primary)
    if not people_behind(document, primary):
        return Answering(who)
    for candidate in _candidates(document, found):
        if _is_there(document, candidate, day):
            return Answering(named(document, candidate), stands_in=candidate != primary)
    return Answering(who, absent=absences(document, people_behind(document, primary), day))


def absences(document: Document, people: Iterable[str], day: str) -> Message:
    """A sentence for each of these people who is away on a day, each after a blank."""
    wanted = frozenset(people)
    said = msg("")
    for person in (row for row in document.rows(Person) if row.id in wanted and is_away(row, day)):
        one = msg("{name} is away until further notice.", name=person.name)
        if person.away_to:
            one = msg("{name} is away until {day}.", name=person.name, day=in_words(person.away_to))
        said = msg("{said} {one}", said=said, one=one)
    return said


def _candidates(document: Document, found: Holder) -> Iterator[str | None]:
    """Who holds a role, then its deputies; of a lead who is the Agent Product Owner by default, also the lead's."""
    yield from (found.rota, found.person)
    role = document.get(RoleAssignment, found.row)
    if role is not None:
        yield role.deputy
        if found.filled and role.person is None and role.rota is None:
            yield document.fixed(OwnerAssignment, OWNER_OF["WO"]).deputy


def _is_there(document: Document, candidate: str | None, day: str) -> bool:
    people = (document.get(Person, each) for each in people_behind(document, candidate))
    return any(person is not None and not is_away(person, day) for person in people)
