"""What changed since the last signed revision, as the PDF and the workbook tell it."""

from __future__ import annotations

from app.edits.generic import remove
from app.model.owners import OwnerAssignment
from app.model.room import Agent, Person
from app.report.build import build
from app.report.model import Section, Table
from app.revisions.signoff import required_seats, seat_holder, sign, withdraw
from tests.support.builder import AS_OF, ProjectBuilder, complete


def signed_by_all(builder: ProjectBuilder, seats: int = 9) -> ProjectBuilder:
    for seat in required_seats(builder.document)[:seats]:
        holder = seat_holder(builder.document, seat)
        assert holder is not None
        builder.run(sign("design", seat, holder.name, 0))
    return builder


def changed(builder: ProjectBuilder) -> Section:
    return next(each for each in build(builder.project(), (), AS_OF).sections if each.id == "changed")


def lines(builder: ProjectBuilder) -> list[tuple[str, ...]]:
    (found,) = changed(builder).blocks
    assert isinstance(found, Table)
    return [tuple(str(cell.value) for cell in row) for row in found.rows]


def test_what_stood_before_is_told_by_the_names_and_in_the_currency_of_its_time() -> None:
    builder = signed_by_all(complete())
    gone = builder.document.fixed(OwnerAssignment, "workflow").person
    assert gone is not None
    name = builder.document.called(gone)
    builder.owner("workflow", builder.person("Lea Wirth"))
    builder.run(remove(gone))
    builder.agent(currency="JPY", cost_l1=700)
    found = lines(builder)
    assert ("Owner “Workflow owner”", "Person", name, "Lea Wirth") in found
    assert ("Agent", "Cost limit L1", "EUR 100", "JPY 700") in found
    assert any(about == f"Person “{name}”" and what == "removed" and before for about, what, before, _ in found)


def test_a_signed_revision_is_compared_with_the_signed_one_and_not_with_what_was_withdrawn() -> None:
    builder = signed_by_all(complete())
    client = builder.document.only(Agent).client
    builder.agent(client="Withdrawn")
    signed_by_all(builder, 1).run(withdraw("Dana", "Too early"))
    builder.agent(client="Left")
    signed_by_all(builder, 1).agent(client="Northwind")
    signed_by_all(builder)
    builder.person("Recorded only later")
    builder.run(remove(builder.document.rows(Person)[-1].id))
    assert changed(builder).intro == "Compared with revision 1."
    assert lines(builder) == [("Agent", "Client", client, "Northwind")]
    builder.agent(client="Next")
    assert changed(builder).intro == "Compared with revision 4."
    assert lines(builder) == [("Agent", "Client", "Northwind", "Next")]
