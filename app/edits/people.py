"""Adding the people, rotas and queues that a name stands for: one edit adds them and puts them where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.edits import Edit
from app.edits.generic import add, change_set, existing, new_row, set_fields, together, with_values
from app.errors import FieldFault
from app.messages import msg
from app.model import vocabulary as v
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.fields import Kind, fields_of
from app.model.ids import Mint
from app.model.room import Person
from app.model.row import Row
from app.policy.names import is_a_name

FILLED_IN = ("title", "function", "contact")
"""Fields of a person that a list may fill in where they are empty."""


def add_called(row_class: type[Row], title: str, field: str) -> Edit:
    """Add a row called `title`. Raises a FieldFault for `field` where a person could not be called this."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        if row_class is Person and not is_a_name(title):
            raise no_name(field, title)
        return add(row_class, {row_class.spec.title: title})(document, mint)

    return edit


def no_name(field: str, typed: str) -> FieldFault:
    """Why nobody is added who would be called this."""
    problem = msg("“{name}” is not the name of a person.", name=typed[:60])
    return FieldFault(field, problem, msg("Write a name, in letters and without digits."))


def add_and_refer(row_class: type[Row], title: str, row_id: str, field: str) -> Edit:
    """Add a row called `title` and have `field` of another row name it (or name it too, in a list), as one step.
    Raises a FieldFault where a person could not be called this."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        added = add_called(row_class, title, field)(document, mint)
        assert added is not None
        new_id = added.changes[0].id
        referrer = existing(document, row_id)
        held = referrer.value(field)
        many = fields_of(type(referrer))[field].kind is Kind.REFERENCES
        value = (*held, new_id) if many and isinstance(held, tuple) else new_id
        label = msg("Add {what} “{title}”", what=msg(row_class.spec.one), title=title)
        return together(label, lambda now, m: added, set_fields(row_id, **{field: value}))(document, mint)

    return edit


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What a list of people comes to: who is added, and who is there already, with what is filled in for them."""

    added: tuple[Mapping[str, str], ...]
    known: tuple[tuple[Person, Mapping[str, str]], ...]

    @property
    def filled(self) -> tuple[tuple[Person, Mapping[str, str]], ...]:
        """Those who are there already and for whom something is filled in."""
        return tuple((person, values) for person, values in self.known if values)


def newcomers(document: Document, people: Iterable[Mapping[str, str]]) -> Newcomers:
    """Tell who of a list is new. A name is taken once; what is empty of somebody who is there already is filled in
    from the list, and nothing of theirs is replaced."""
    there = {person.name.casefold(): person for person in document.rows(Person)}
    added: dict[str, Mapping[str, str]] = {}
    known: dict[str, tuple[Person, dict[str, str]]] = {}
    for values in people:
        name = values.get("name", "").strip().casefold()
        person = there.get(name)
        if person is not None:
            _, filled = known.setdefault(name, (person, {}))
            for field in FILLED_IN:
                if values.get(field) and not person.value(field):
                    filled.setdefault(field, values[field])
        elif name:
            added.setdefault(name, values)
    return Newcomers(tuple(added.values()), tuple(known.values()))


def add_people(people: Iterable[Mapping[str, str]]) -> Edit:
    """Add people, each given by the values of some fields, as one step; see `newcomers` for who is there already."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        found, now = newcomers(document, people), document
        changes: list[RowChange] = []
        for values in found.added:
            change = RowChange(None, new_row(now, mint, Person, values))
            changes.append(change)
            now = now.applying([change])
        changes += [RowChange(person, with_values(now, person, values)) for person, values in found.filled]
        label = msg("Add {count} of {what}", count=len(found.added), what=msg(Person.spec.many))
        if not found.added:
            label = msg("Fill in {count} of {what}", count=len(found.filled), what=msg(Person.spec.many))
        return change_set(mint, label, changes)

    return edit


def people_in(text: str) -> list[dict[str, str]]:
    """People from a pasted list, one a line: "Name", "Name, Title", "Name, Title, Function", or an address such as
    "Name <mail>". Tabs, semicolons and commas part the columns; numbers and bullets in front are dropped."""
    found = []
    for raw in text.splitlines():
        contact = ""
        bare = re.sub(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+", "", raw)
        if address := re.search(r"<([^<>\s]+@[^<>\s]+)>", bare):
            contact, bare = address.group(1), bare.replace(address.group(0), "")
        parts = [part.strip().strip('"') for part in re.split(r"[\t;,]", bare)]
        values = dict(zip(("name", "title", "function"), parts, strict=False))
        if contact:
            values["contact"] = contact
        if values.get("function", "").casefold() == "vendor" or values.get("title", "").casefold() == "vendor":
            values["side"] = str(v.SIDES[1].value)
        values = {key: value for key, value in values.items() if value}
        if "name" in values:
            found.append(values)
    return found
