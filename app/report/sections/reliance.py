"""If somebody leaves: what hangs on one person, and how few people each duty takes (33; domain.md 1.13, rule 156)."""

from __future__ import annotations

from app.messages import words
from app.model.room import Person
from app.policy.absence import names
from app.policy.least import Least, alone, least_people
from app.policy.load import loads
from app.policy.names import told_apart
from app.policy.places import GROUPS
from app.report.details import table
from app.report.material import Material
from app.report.model import Cell, Section, Table, Tone


def on_paper(material: Material) -> Section:
    """Person by person: hats, rows answered for, and what is empty without that one person."""
    return Section(
        "reliance",
        words("If somebody leaves"),
        words("What nobody could fill at once if this one person were not there. A deputy or a rota makes it shorter."),
        (_people(material),),
        sheet="Owners & roles",
    )


def in_workbook(material: Material) -> Section:
    """Every duty with the fewest people whose absence leaves it empty."""
    rows = [
        (
            Cell(words(least.what), Tone.STRONG),
            words(GROUPS[least.group]),
            Cell(least.count, Tone.BAD if least.count == 1 else Tone.PLAIN),
            Cell(least.of),
            names(material.document, least.people),
        )
        for least in least_people(material.document, material.today)
    ]
    columns = (("Duty", 4), ("Kind", 3), ("Least", 1), ("Of", 1), ("Who", 4))
    found = table("fewest", columns, rows, empty="Nobody is named for anything yet.")
    return Section(
        "reliance_sheet",
        words("How few does it take?"),
        words("The least number of people whose absence leaves a duty empty, out of all who stand behind it."),
        (found,),
        sheet="Owners & roles",
        printed=False,
    )


def _people(material: Material) -> Table:
    hanging = alone(least_people(material.document, material.today))
    carried = {load.person: load for load in loads(material.matrix, material.document)}
    rows = []
    for person in dict.fromkeys([*hanging, *carried]):
        load = carried.get(person)
        rows.append(
            (
                Cell(_called(material, person), Tone.STRONG),
                Cell(len(load.hats) if load else 0),
                Cell(load.accountable if load else 0),
                _listed(hanging.get(person, ())),
            )
        )
    columns = (("Person", 2), ("Hats", 1), ("Accountable rows", 1), ("Empty without them", 8))
    return table("reliance", columns, rows, empty="Nobody is named for anything yet.")


def _called(material: Material, row_id: str) -> str:
    person = material.document.get(Person, row_id)
    return told_apart(material.document, person) if person is not None else material.name(row_id)


def _listed(found: tuple[Least, ...]) -> Cell:
    if not found:
        return Cell(words("nothing"), Tone.OK)
    return Cell("; ".join(words(least.what) for least in found))
