"""One card per person with everything they are named for, and an index of all names."""

from __future__ import annotations

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.document import Document
from app.model.fields import Scope, fields_of
from app.model.owners import Rota
from app.model.room import Person
from app.model.row import Row
from app.report.details import table
from app.report.material import Material
from app.report.model import Block, Card, Cards, Cell, Section, Tone
from app.report.sections.raci import rows_with

MOST_ROWS = 12
"""Rows of the matrix that a card names; beyond that it gives the number."""


def cards(material: Material) -> Section:
    """Role cards: what each person is named for."""
    blocks: list[Block] = []
    for person in _people(material.document):
        lines = tuple(filter(None, (person.title, person.function, _reach(person))))
        blocks.append(Cards((Card(_hats(material, person), person.name, lines),)))
        rows = [(words(step), words(place), what) for step, place, what in named_for(material, person)]
        columns = (("Step", 2), ("Named as", 3), ("For", 5))
        blocks.append(table(f"card_{len(blocks) // 2 + 1}", columns, rows, empty="Named for nothing yet."))
    intro = words("One card for each person: everything that this map asks of them.")
    if not blocks:
        intro = words("Nobody is named yet.")
    return Section("cards", words("Role cards"), intro, tuple(blocks))


def index(material: Material) -> Section:
    """Every name, with what it is named for."""
    rows = []
    for person in _people(material.document):
        places = dict.fromkeys(
            f"{words(place)}: {what}" if what else words(place) for _, place, what in named_for(material, person)
        )
        rows.append((Cell(person.name, Tone.STRONG), person.title, "; ".join(places)))
    columns = (("Name", 2), ("Title", 2), ("Named for", 7))
    return Section(
        "index",
        words("Index of names"),
        words("In alphabetical order."),
        (table("index", columns, rows, empty="Nobody is named yet."),),
        sheet="Owners & roles",
    )


Named = tuple[str, str, str]
"""(step, named as, for what): in words of the list of steps, the field and the row."""


def named_for(material: Material, person: Person) -> list[Named]:
    """Every place of the map that names a person, also through a rota, in the order of the steps."""
    document = material.document
    found = [*_places(material, person.id)]
    for rota in document.rows(Rota):
        if person.id in rota.members:
            found += [
                (step, place, f"{what} ({rota.name})" if what else rota.name)
                for step, place, what in _places(material, rota.id)
            ]
    order = [step.label for step in v.STEPS]
    found.sort(key=lambda named: order.index(named[0]))
    found += [(RACI, letter, label) for letter, label in _raci(material, person)]
    return list(dict.fromkeys(found))


RACI = "RACI"


def _places(material: Material, row_id: str) -> list[Named]:
    found = []
    for row, name in material.document.referrers(row_id):
        field = fields_of(type(row))[name]
        if field.scope is Scope.PRIVATE and not material.private:
            continue
        step = next(entry.label for entry in v.STEPS if entry.value == field.step)
        found.append((step, _place(row, field.label), words(row.called())))
    return found


def _place(row: Row, label: str) -> str:
    """What the person is there: the kind of row where the field only says "person", else the field's label."""
    if label in ("Person", "Who", "Owner"):
        return row.spec.one
    return label


def _raci(material: Material, person: Person) -> list[tuple[str, str]]:
    found = []
    for words_of_letter, labels in (
        ("Accountable", rows_with(material, person.id, ("A", "A/R"))),
        ("Responsible", rows_with(material, person.id, ("R", "A/R"))),
    ):
        listed = [(words_of_letter, label) for label in labels[:MOST_ROWS]]
        if len(labels) > MOST_ROWS:
            over = msg("and {count} more rows of the RACI", count=len(labels) - MOST_ROWS)
            listed.append((words_of_letter, words(over)))
        found += listed
    return found


def _hats(material: Material, person: Person) -> str:
    """The owner types and roles of a person, as the heading of the card."""
    found = [
        words(row.called())
        for row, name in material.document.referrers(person.id)
        if row.spec.kind in ("owner", "role") and name == "person"
    ]
    return " · ".join(found) or words("Taking part")


def _reach(person: Person) -> str:
    return " · ".join(filter(None, (person.contact, person.paging_route)))


def _people(document: Document) -> list[Person]:
    return sorted(document.rows(Person), key=lambda person: (person.name.casefold(), person.id))
