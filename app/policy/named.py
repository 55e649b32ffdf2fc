"""Who counts as a named person: somebody who is there, and was not erased."""

from __future__ import annotations

from app.model.changes import RowChange
from app.model.document import Document
from app.model.fields import Value
from app.model.names import is_erased
from app.model.room import Person
from app.model.row import Row, with_fields


def named_person(document: Document, person_id: str | None) -> Person | None:
    """The person with this id, where they can hold a part: None where nobody is named, and where whoever was named has
    been erased."""
    person = document.get(Person, person_id)
    return person if person is not None and not is_erased(person.name) else None


def everybody(document: Document) -> tuple[Person, ...]:
    """All people of the project but those who were erased: they are nobody who could be in the room."""
    return tuple(person for person in document.rows(Person) if not is_erased(person.name))


def in_the_room(document: Document) -> tuple[Person, ...]:
    """Those who are marked as in the room."""
    return tuple(person for person in everybody(document) if person.present)


def without_erased(document: Document) -> Document:
    """The document as if whoever was erased were named nowhere; the same one where nobody was."""
    gone = [person.id for person in document.rows(Person) if is_erased(person.name)]
    emptied: dict[str, tuple[Row, dict[str, Value]]] = {}
    for person_id in gone:
        for row, name in document.referrers(person_id):
            values = emptied.setdefault(row.id, (row, {}))[1]
            held = values.get(name, row.value(name))
            values[name] = tuple(each for each in held if each != person_id) if isinstance(held, tuple) else None
    changes = [RowChange(row, with_fields(row, values)) for row, values in emptied.values()]
    return document.applying(changes) if changes else document
