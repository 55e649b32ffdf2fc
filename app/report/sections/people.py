"""One card per person with everything they are named for, and an index of all names."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.document import Document
from app.model.fields import Scope, fields_of
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Person
from app.model.row import Row
from app.report.details import table
from app.report.material import Material
from app.report.model import Block, Card, Cards, Cell, Section, Tone
from app.report.sections.raci import rows_with

MOST_NAMED = 12
"""Things that one line of a card spells out; beyond that it gives the number."""


def cards(material: Material) -> Section:
    """Role cards: what each person is named for."""
    people = _people(material.document)
    blocks: list[Block] = []
    for number, person in enumerate(people, 1):
        lines = tuple(filter(None, (person.title, person.function, _reach(person))))
        blocks.append(Cards((Card(_hats(material, person) or words("Taking part"), person.name, lines),)))
        rows = [(words(step), words(place), _listed(found)) for (step, place), found in named_for(material, person)]
        columns = (("Step", 2), ("Named as", 3), ("For", 6))
        blocks.append(table(f"card_{number}", columns, rows, empty="Named for nothing yet."))
    intro = words("Everything that this map asks of each person.") if people else words("Nobody is named yet.")
    return Section("cards", words("Role cards"), intro, tuple(blocks))


def index(material: Material) -> Section:
    """Every name, with what it is named for."""
    rows = []
    for person in _people(material.document):
        places = [
            f"{words(place)} ({len(found)})"
            for (_, place), found in named_for(material, person)
            if place not in (OwnerAssignment.spec.one, RoleAssignment.spec.one)
        ]
        named = "; ".join(filter(None, (_hats(material, person), *places)))
        rows.append((Cell(person.name, Tone.STRONG), person.title, named))
    columns = (("Name", 2), ("Title", 2), ("Named for (how often)", 7))
    return Section(
        "index",
        words("Index of names"),
        words("In alphabetical order; the role cards say it in full."),
        (table("index", columns, rows, empty="Nobody is named yet."),),
        sheet="Summary",
    )


Place = tuple[str, str]
"""(step, named as): where the map names a person, in words of the list of steps and of the field."""


def named_for(material: Material, person: Person) -> list[tuple[Place, list[str]]]:
    """Every place of the map that names a person, also through a rota, with what it is for, in order of the steps."""
    document = material.document
    found: dict[Place, list[str]] = {}
    for place, what in _places(material, person.id):
        found.setdefault(place, []).append(what)
    for rota in document.rows(Rota):
        if person.id in rota.members:
            for place, what in _places(material, rota.id):
                found.setdefault(place, []).append(f"{what} ({rota.name})" if what else rota.name)
    for letters, name in ((("A", "A/R"), "Accountable"), (("R", "A/R"), "Responsible")):
        rows = rows_with(material, person.id, letters)
        if rows:
            found["RACI", name] = rows
    order = [step.label for step in v.STEPS]
    return sorted(found.items(), key=lambda each: order.index(each[0][0]))


def _places(material: Material, row_id: str) -> Iterator[tuple[Place, str]]:
    for row, name in material.document.referrers(row_id):
        field = fields_of(type(row))[name]
        if material.private or field.scope is not Scope.PRIVATE:
            step = next(entry.label for entry in v.STEPS if entry.value == field.step)
            yield (step, _named_as(row, field.label)), material.called(row)


def _named_as(row: Row, label: str) -> str:
    """What the person is there: the kind of row where the field only says "person", else the field's label."""
    return row.spec.one if label in ("Person", "Who", "Owner") else label


def _listed(found: list[str]) -> str:
    shown = [what for what in found[:MOST_NAMED] if what]
    if len(found) > MOST_NAMED:
        shown.append(words(msg("and {count} more", count=len(found) - MOST_NAMED)))
    return "; ".join(shown)


def _hats(material: Material, person: Person) -> str:
    """The owner types and roles of a person, as the heading of the card."""
    found = [
        words(row.called())
        for row, name in material.document.referrers(person.id)
        if row.spec.kind in ("owner", "role") and name == "person"
    ]
    return " · ".join(found)


def _reach(person: Person) -> str:
    return " · ".join(filter(None, (person.contact, person.paging_route)))


def _people(document: Document) -> list[Person]:
    return sorted(document.rows(Person), key=lambda person: (person.name.casefold(), person.id))
