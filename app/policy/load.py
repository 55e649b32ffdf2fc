"""What one person carries: hats worn and rows answered for (domain.md 5; 26, 156)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.model.document import Document
from app.model.room import Person
from app.policy.holders import OWNER_OF, ROLE_OF, holder
from app.policy.names import told_apart
from app.policy.raci import Matrix, alike


@dataclass(frozen=True, slots=True)
class Load:
    """The load of one person: the columns of owner types and roles that they hold, and the number of rows of the
    matrix in which they are accountable and responsible, through any column. `name` tells them apart from others."""

    person: str
    name: str
    hats: tuple[str, ...]
    accountable: int
    responsible: int


def hats(document: Document) -> Mapping[str, tuple[str, ...]]:
    """Person id -> the owner types and roles that the person holds, by column code."""
    worn: dict[str, tuple[str, ...]] = {}
    for code in (*OWNER_OF, *ROLE_OF):
        person = holder(document, code).person
        if person is not None:
            worn[person] = (*worn.get(person, ()), code)
    return worn


def loads(found: Matrix, document: Document) -> tuple[Load, ...]:
    """The load of everybody who has any, the heaviest first."""
    worn = hats(document)
    person_of = {code: holder(document, code).person for code in found.columns}
    accountable: dict[str, int] = {}
    responsible: dict[str, int] = {}
    for letters, rows in alike(found.rows):
        for letter, counts in (("A", accountable), ("R", responsible)):
            for person_id in {person_of.get(code) for code, here in letters.items() if here == letter}:
                if person_id is not None:
                    counts[person_id] = counts.get(person_id, 0) + rows
    everybody = (
        Load(
            person.id,
            told_apart(document, person),
            worn.get(person.id, ()),
            accountable.get(person.id, 0),
            responsible.get(person.id, 0),
        )
        for person in document.rows(Person)
    )
    carrying = [load for load in everybody if load.hats or load.accountable or load.responsible]
    return tuple(sorted(carrying, key=lambda load: (-load.accountable, -load.responsible, -len(load.hats))))
