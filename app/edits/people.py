"""Adding the people, rotas and queues that a name stands for: one edit adds them and puts them where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.edits import Edit
from app.edits.generic import add, change_set, existing, new_row, set_fields, together, with_values
from app.errors import FieldFault
from app.messages import msg
from app.model import vocabulary as v
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.fields import fields_of
from app.model.ids import Mint
from app.model.names import clean_name
from app.model.room import Person
from app.model.row import Row
from app.policy.names import everybody_called, is_a_name, plain
from app.policy.one_person import Stands, called_in, no_one_person, people_in_name

FILLED_IN = ("title", "function", "contact")
"""Fields of a person that a list may fill in where they are empty."""


def add_called(row_class: type[Row], title: str, field: str, row: Row | None = None) -> Edit:
    """Add a row called `title`, for a field of a row. Raises a FieldFault where a person could not be called this."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        if row_class is Person and (fault := unlikely(document, field, title, row)) is not None:
            raise fault
        return add(row_class, {row_class.spec.title: title})(document, mint)

    return edit


def unlikely(document: Document, field: str, typed: str, row: Row | None = None) -> FieldFault | None:
    """Why nobody is added, for a field of a row, who would be called this: it is a number, an address, nobody yet, or
    several people. A group or a title is taken, as many a room begins with one, and is a finding (app.rules.room)."""
    if not is_a_name(typed):
        problem = msg("“{name}” is not the name of a person.", name=typed[:60])
        return FieldFault(field, problem, msg("Write a name, in letters and without digits."))
    if names := several_named(document, typed):
        return _too_many(field, typed, names, row)
    stands_for = no_one_person(typed, called_in(document))
    if stands_for is Stands.PLACE:
        problem = msg("“{name}” is an address, a queue or a rota, not a person.", name=typed[:60])
        return FieldFault(field, problem, msg("Name the person who answers there."))
    if stands_for is Stands.NOBODY:
        problem = msg("“{name}” is nobody yet.", name=typed[:60])
        return FieldFault(field, problem, msg("Leave it empty until there is a name."))
    return None


def _too_many(field: str, typed: str, names: Sequence[str], row: Row | None) -> FieldFault:
    two = len(names) == 2
    problem = msg("“{name}” are two people.", name=typed[:60]) if two else msg("“{name}” are several.", name=typed[:60])
    if row is None or field == "deputy" or "deputy" not in fields_of(type(row)):
        return FieldFault(field, problem, msg("Name one of them here."))
    advice = msg("Name one; the other can be deputy.") if two else msg("Name one; another can be deputy.")
    return FieldFault(field, problem, advice)


def several_named(document: Document, typed: str) -> tuple[str, ...]:
    """The names that were typed together, as in "Nadia Fuchs, Tomas Ilves"; none where it is one name. Given names
    alone, as in "Nadia, Tomas", are two where they are of people in the project."""
    if _known(document, typed) is not None:
        return ()
    names = people_in_name(typed, called_in(document))
    if len(names) > 1:
        return names
    pieces = tuple(piece.strip() for piece in typed.split(","))
    return pieces if len(pieces) > 1 and all(_known(document, piece) for piece in pieces) else ()


def _known(document: Document, name: str) -> Person | None:
    """Who is called this in full, else the only one with this given name."""
    people = document.rows(Person)
    named = [person for person in people if plain(person.name) in (plain(name), plain(clean_name(name)))]
    given = [person for person in people if plain(person.name).split()[:1] == [plain(name)]]
    return named[0] if named else given[0] if len(given) == 1 else None


def add_and_refer(row_class: type[Row], title: str, row_id: str, field: str) -> Edit:
    """Add a row called `title` and have `field` of another row name it (or name it too, in a list), as one step.
    Raises a FieldFault where a person could not be called this."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        referrer = existing(document, row_id)
        added = add_called(row_class, title, field, referrer)(document, mint)
        assert added is not None
        new_id = added.changes[0].id
        held = referrer.value(field)
        value = (*held, new_id) if isinstance(held, tuple) else new_id
        label = msg("Add {what} “{title}”", what=msg(row_class.spec.one), title=title)
        return together(label, lambda now, m: added, set_fields(row_id, **{field: value}))(document, mint)

    return edit


def refer_to_each(names: Sequence[str], row_id: str, field: str) -> Edit:
    """Have a list of people name each of these too, adding those who are not there yet, as one step. Raises a
    FieldFault where one of them is no person."""
    label = msg("Name {people}", people=", ".join(names))
    return together(label, *(_refer_too(name, row_id, field) for name in names))


def _refer_too(name: str, row_id: str, field: str) -> Edit:
    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        person = _known(document, name)
        if person is not None:
            if len(everybody_called(document, person.name)) > 1:
                problem = msg("More than one is called “{name}”.", name=person.name)
                raise FieldFault(field, problem, msg("Choose each of them from the list."))
            held = existing(document, row_id).value(field)
            assert isinstance(held, tuple)
            return set_fields(row_id, **{field: tuple(dict.fromkeys((*held, person.id)))})(document, mint)
        if no_one_person(name, called_in(document)) is not None:
            problem = msg("“{name}” is not one named person.", name=name[:60])
            raise FieldFault(field, problem, msg("Name each person by name."))
        return add_and_refer(Person, name, row_id, field)(document, mint)

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
        name = clean_name(values.get("name", "")).casefold()
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
