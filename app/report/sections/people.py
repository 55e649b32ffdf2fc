"""One card per person with everything they are named for, and an index of all names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.fields import Scope, fields_of
from app.model.oversight import GraduationDecision
from app.model.owners import Rota
from app.model.room import Person
from app.model.row import Row
from app.model.stop import CompensatingTransaction
from app.report.details import table
from app.report.duties import DUTIES
from app.report.hours import hours_words
from app.report.material import Material
from app.report.model import Block, Card, Cards, Cell, Section, Tone
from app.report.sections.raci import rows_with

LETTERS = (
    (("A", "A/R"), "Accountable"),
    (("R", "A/R"), "Responsible"),
    (("C",), "Consulted"),
    (("I",), "Informed"),
)
"""The letters of a row of the RACI by person, and what they make of somebody."""


def cards(material: Material) -> Section:
    """Role cards: what each person is named for."""
    people = _people(material.document)
    blocks: list[Block] = []
    for number, person in enumerate(people, 1):
        lines = tuple(filter(None, (" · ".join(filter(None, (person.title, person.function))), _reach(person))))
        blocks.append(Cards((Card(_hats(material, person) or words("Taking part"), person.called(), lines),)))
        rows = [(words(step), words(duty), _listed(what)) for (step, duty), what in named_for(material, person)]
        columns = (("Step", 2), ("Duty", 3), ("For", 6))
        found = table(f"card_{number}", columns, rows, empty="Named for nothing yet.")
        blocks.append(replace(found, runs=True))
    intro = words("Everything that this map asks of each person.") if people else words("Nobody is named yet.")
    return Section("cards", words("Role cards"), intro, tuple(blocks), sheet="Role cards")


def _listed(found: list[str]) -> str:
    """What a duty is about, one after the other; a whole sentence loses its full stop before the next."""
    *others, last = found or [""]
    return "; ".join([*(each.rstrip(".") for each in others), last])


def index(material: Material) -> Section:
    """Every name, with its parts and its rows of the RACI; on paper with the pages where it stands."""
    rows = []
    for person in sorted(_people(material.document), key=_last_name):
        counts = (
            words(msg("{letter}: {count}", letter=msg(name), count=len(found)))
            for letters, name in LETTERS
            if (found := rows_with(material, person.id, letters))
        )
        named = "; ".join(filter(None, (_hats(material, person), ", ".join(counts))))
        rows.append((Cell(person.called(), Tone.STRONG), person.title, named or words("Taking part")))
    columns = (("Name", 2), ("Title", 2), ("Parts, and rows of the RACI", 5))
    listed = table("index", columns, rows, empty="Nobody is named yet.")
    return Section(
        "index",
        words("Index of names"),
        words("By the last word of the name; the role cards say what each of them does."),
        (replace(listed, pages=True),),
        sheet="Summary",
    )


Place = tuple[str, str]
"""(step, duty): where the map names a person, and what for, as message ids."""


def named_for(material: Material, person: Person) -> list[tuple[Place, list[str]]]:
    """Every duty that the map gives a person, also through a rota, with what it is about, in order of the steps."""
    document = material.document
    found: dict[Place, list[str]] = {}
    for place, what in _places(material, person.id):
        found.setdefault(place, []).append(what)
    for rota in document.rows(Rota):
        if person.id in rota.members:
            for place, what in _places(material, rota.id):
                found.setdefault(place, []).append(f"{what} ({rota.name})" if what else rota.name)
    for letters, name in LETTERS:
        rows = rows_with(material, person.id, letters)
        if rows:
            found["RACI", name] = rows
    order = [step.label for step in v.STEPS]
    told = [(place, list(dict.fromkeys(filter(None, what)))) for place, what in found.items()]
    return sorted(told, key=lambda each: order.index(each[0][0]))


def _places(material: Material, row_id: str) -> Iterator[tuple[Place, str]]:
    for row, name in material.document.referrers(row_id):
        field = fields_of(type(row))[name]
        if material.private or field.scope is not Scope.PRIVATE:
            step = next(entry.label for entry in v.STEPS if entry.value == field.step)
            yield (step, DUTIES[f"{row.spec.kind}.{name}"]), _about(material, row)


def _about(material: Material, row: Row) -> str:
    """What a duty is about, where the duty itself does not say it."""
    match row:
        case _ if row.spec.singleton:
            return ""
        case CoverageWindow():
            return f"{material.called(row)}: {hours_words(material, (row,))}" if row.weekdays else material.called(row)
        case Signature():
            seat = next((entry.label for entry in v.SEATS if entry.value == row.seat), row.seat)
            revision = material.document.get(Revision, row.revision)
            number = revision.number if revision else 0
            return words(msg("{seat}, revision {number}", seat=msg(seat), number=number or 0))
        case CompensatingTransaction() | GraduationDecision():
            return material.name(row.action) or material.called(row)
    return material.called(row)


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


def _last_name(person: Person) -> tuple[str, str, str]:
    return (person.name.split() or [""])[-1].casefold(), person.name.casefold(), person.id
