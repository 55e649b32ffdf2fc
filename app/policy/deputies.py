"""Who holds a part without anybody to stand in: owners and roles, person by person (domain.md 1.2; 33)."""

from __future__ import annotations

from collections.abc import Mapping

from app.messages import Message, msg
from app.model.document import Document
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Person
from app.policy.named import named_person
from app.policy.oversight import listed
from app.policy.windows import people_behind

Part = OwnerAssignment | RoleAssignment


def without_deputy(document: Document) -> Mapping[str, tuple[Part, ...]]:
    """Person id -> the parts that this person holds and nobody stands in for, owners before roles."""
    found: dict[str, tuple[Part, ...]] = {}
    parts: tuple[Part, ...] = (*document.rows(OwnerAssignment), *document.rows(RoleAssignment))
    for part in parts:
        person = document.get(Person, part.person)
        if person is not None and not _stands_in(document, part):
            found[person.id] = (*found.get(person.id, ()), part)
    return found


def no_deputy(document: Document, parts: tuple[Part, ...]) -> Message:
    """What is said of whoever holds these parts, and has no deputy in any of them."""
    name, labels = document.called(parts[0].person), [msg(part.called()) for part in parts]
    if len(labels) == 1:
        return msg("{name}, {part}, has no deputy.", name=name, part=labels[0])
    return msg("{name} has no deputy as {parts}.", name=name, parts=listed(labels))


def _stands_in(document: Document, part: Part) -> bool:
    """Whether somebody stands in: a deputy who is somebody else, or for a role, another member of its rota."""
    if isinstance(part, RoleAssignment):
        return bool((people_behind(document, part.deputy) | people_behind(document, part.rota)) - {part.person})
    rota = document.get(Rota, part.deputy)
    if rota is not None:
        return bool(people_behind(document, rota.id))
    return part.deputy != part.person and named_person(document, part.deputy) is not None
