"""Replace a person: one edit, everything that is held, nothing that was done."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.edits.handover import NEWCOMER, STAYS, Fate, preview, replace_by_newcomer, replace_person
from app.edits.undo import undo
from app.errors import AppError
from app.model.boundary import LaunchBlocker
from app.model.commit import AcceptedRisk, Commitment, Decision, ParkedItem
from app.model.document import Document, targets_of
from app.model.fields import Scope, fields_of
from app.model.log import Log
from app.model.owners import Handover, OwnerAssignment, RoleAssignment, Rota, SeatAssignment
from app.model.room import Person, Sitting
from app.model.scorecard import Review
from app.model.stop import StopControl
from tests.support.builder import ProjectBuilder, fixed_mint, sample
from tests.support.large import large_project

ON = "2026-11-21"


def held_by(document: Document, person: str) -> set[tuple[str, str]]:
    """Every decision field that names somebody, but for what says what they did; and what is parked with them."""
    return {
        (row.id, name)
        for row, name in document.referrers(person)
        if (fields_of(type(row))[name].scope is Scope.DECISION or isinstance(row, ParkedItem))
        and (row.spec.kind, name) not in STAYS
        and not (isinstance(row, Commitment) and row.done_on)
        and not (isinstance(row, LaunchBlocker) and row.cleared_on)
        and not (isinstance(row, ParkedItem) and row.done)
    }


def called(document: Document, name: str) -> Person:
    return next(person for person in document.rows(Person) if person.name == name)


def test_everything_goes_to_the_other_in_one_change_set_and_one_undo_brings_it_back() -> None:
    document = sample().document
    dana, lea = called(document, "Dana Abelard"), called(document, "Lea Wirth")
    assert len(held_by(document, dana.id)) > 10
    made = replace_person(dana.id, lea.id, on=ON, why="Dana moves on")(document, fixed_mint("replace"))
    assert made is not None
    then = document.apply(made)
    assert held_by(then, dana.id) == set()
    assert held_by(then, lea.id) >= {place for place in held_by(document, dana.id) if place[1] != "attendees"}
    log = Log([made])
    back = undo(log)(then, fixed_mint("undo"))
    assert back is not None
    assert then.apply(back) == document


def test_the_record_says_who_handed_what_to_whom() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("workflow", dana)
    b.queue("Billing", dana)
    b.run(replace_person(dana.id, lin.id, on=ON, why="New job"))
    (row,) = b.document.rows(Handover)
    assert (row.from_person, row.from_name, row.to_person, row.on, row.why) == (dana.id, "Dana", lin.id, ON, "New job")
    assert row.handed == "Workflow owner\nBilling: Owner"


def test_what_somebody_did_stays_with_them() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("workflow", dana)
    b.add(Decision, what="We start small", agreed=(dana.id,))
    b.add(AcceptedRisk, code="OWN-03", who=dana, why="Small", expiry="2026-12-31")
    b.add(Commitment, what="Kept", who=dana, done_on=ON)
    b.add(LaunchBlocker, case="Shown", business=dana, cleared_on=ON)
    b.add(ParkedItem, what="Settled", owner=dana, done=True)
    b.add(Sitting, on=ON, people=(dana.id,))
    b.add(Review, on=ON, people=(dana.id,))
    b.add(StopControl, where="Console", last_tested=ON, tested_by=dana)
    open_one = b.add(Commitment, what="Open", who=dana)
    parked = b.add(ParkedItem, what="Later", owner=dana)
    before = b.document
    b.run(replace_person(dana.id, lin.id, on=ON))
    changed = {row.id for row in b.document if before.find(row.id) not in (None, row)}
    assert changed == {b.document.fixed(OwnerAssignment, "workflow").id, open_one.id, parked.id}


def test_the_record_does_not_tell_what_is_parked() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.queue("Billing", dana)
    b.add(ParkedItem, what="Between us", owner=dana)
    b.run(replace_person(dana.id, lin.id, on=ON))
    (row,) = b.document.rows(Handover)
    assert row.handed == "Billing: Owner"


def test_who_takes_over_has_not_accepted() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("workflow", dana, accepted="accepted", accepted_on=ON)
    b.role("product_owner", lin, accepted="accepted", accepted_on=ON, deputy=dana)
    b.run(replace_person(dana.id, lin.id, on=ON))
    owner = b.document.fixed(OwnerAssignment, "workflow")
    assert (owner.person, owner.accepted, owner.accepted_on) == (lin.id, "", "")
    assert b.document.fixed(RoleAssignment, "product_owner").accepted == "accepted"


def test_a_rota_that_has_both_keeps_one() -> None:
    b = ProjectBuilder()
    dana, lin, jun = b.person("Dana"), b.person("Lin"), b.person("Jun")
    rota = b.rota("On call", jun, dana, lin)
    (handed,) = preview(b.document, dana.id, lin.id)
    assert (handed.row, handed.field, handed.note) == (rota.id, "members", "has it already")
    b.run(replace_person(dana.id, lin.id, on=ON))
    row = b.document.get(Rota, rota.id)
    assert row is not None
    assert row.members == (jun.id, lin.id)


def test_a_deputy_moves_up_and_nobody_is_their_own_deputy() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("workflow", dana, deputy=lin)
    b.owner("system", lin, deputy=dana)
    notes = {handed.words: handed.note for handed in preview(b.document, dana.id, lin.id)}
    assert notes == {
        "Workflow owner": "moves up from deputy; there is no deputy then",
        "System owner: Deputy": "stays vacant: nobody is their own deputy",
    }
    b.run(replace_person(dana.id, lin.id, on=ON))
    for owner_type in ("workflow", "system"):
        row = b.document.fixed(OwnerAssignment, owner_type)
        assert (row.person, row.deputy) == (lin.id, None)


def test_what_takes_two_people_stays_vacant() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.seat("value", dana)
    b.seat("safety", lin)
    action = b.action("Refund", approver=lin, second_approver=dana)
    blocker = b.add(LaunchBlocker, case="A refund twice", business=dana, it=lin)
    assert all("two people" in handed.note for handed in preview(b.document, dana.id, lin.id))
    b.run(replace_person(dana.id, lin.id, on=ON))
    assert b.document.fixed(SeatAssignment, "value").person is None
    assert b.document.fixed(SeatAssignment, "safety").person == lin.id
    values = {name: row.value(name) for row in b.document for name in fields_of(type(row)) if row.id == action.id}
    assert (values["approver"], values["second_approver"]) == (lin.id, None)
    row = b.document.get(LaunchBlocker, blocker.id)
    assert row is not None
    assert (row.business, row.it) == (None, lin.id)


def test_without_a_successor_the_places_are_vacant() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("workflow", dana)
    rota = b.rota("On call", dana, lin)
    b.run(replace_person(dana.id, None, on=ON, why="Left"))
    assert b.document.fixed(OwnerAssignment, "workflow").person is None
    assert targets_of(b.document.find(rota.id) or rota, "members") == (lin.id,)
    (row,) = b.document.rows(Handover)
    assert row.to_person is None


def test_what_becomes_of_each_place_is_said_when_nobody_takes_over() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    b.owner("workflow", dana, deputy=lin)
    b.owner("system", lin, deputy=dana)
    b.owner("outcome", dana)
    b.rota("On call", dana, lin)
    assert [(handed.words, handed.fate, handed.note) for handed in preview(b.document, dana.id, None)] == [
        ("Workflow owner", Fate.VACANT, "stays vacant; Lin steps in"),
        ("System owner: Deputy", Fate.VACANT, "stays vacant"),
        ("Outcome owner", Fate.VACANT, "stays vacant"),
        ("On call: Members", Fate.OTHERS, "goes on with Lin"),
    ]


def test_somebody_new_is_added_and_takes_over_in_one_step() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana")
    b.owner("workflow", dana)
    assert [handed.fate for handed in preview(b.document, dana.id, NEWCOMER)] == [Fate.TAKEN]
    before = b.document
    b.run(replace_by_newcomer(dana.id, "Noor", on=ON))
    noor = b.document.rows(Person)[-1]
    assert (noor.name, b.document.fixed(OwnerAssignment, "workflow").person) == ("Noor", noor.id)
    assert b.document.rows(Handover)[-1].to_person == noor.id
    b.run(undo(b.log))
    assert b.document == before


def test_a_place_can_be_left_with_whoever_has_it() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    owner, queue = b.owner("workflow", dana), b.queue("Billing", dana)
    b.run(replace_person(dana.id, lin.id, on=ON, only={(queue.id, "owner")}))
    assert b.document.fixed(OwnerAssignment, "workflow").person == dana.id
    assert held_by(b.document, lin.id) == {(queue.id, "owner")}
    assert held_by(b.document, dana.id) == {(owner.id, "person")}


def test_it_is_refused_in_words() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    with pytest.raises(AppError, match="Dana holds nothing that could be handed over"):
        b.run(replace_person(dana.id, lin.id, on=ON))
    b.owner("workflow", dana)
    with pytest.raises(AppError, match="Dana cannot take over from themselves"):
        b.run(replace_person(dana.id, dana.id, on=ON))
    with pytest.raises(AppError, match="no longer in the project"):
        b.run(replace_person(dana.id, b.document.project_id, on=ON))


def test_a_long_list_is_recorded_as_far_as_there_is_room() -> None:
    document = large_project(500).document
    busiest = max(document.rows(Person), key=lambda person: len(held_by(document, person.id)))
    other = next(person for person in document.rows(Person) if person.id != busiest.id)
    made = replace_person(busiest.id, other.id, on=ON)(document, fixed_mint("many"))
    assert made is not None
    assert held_by(document.apply(made), busiest.id) == set()


SAMPLE = sample().document
PEOPLE = [person.id for person in SAMPLE.rows(Person)]


@settings(max_examples=40, deadline=None)
@given(st.permutations(PEOPLE), st.data())
def test_the_preview_is_what_happens(order: list[str], data: st.DataObject) -> None:
    who, by = order[0], data.draw(st.sampled_from([*order[1:], None]))
    places = [(handed.row, handed.field) for handed in preview(SAMPLE, who, by)]
    assert set(places) == held_by(SAMPLE, who)
    chosen = set(data.draw(st.lists(st.sampled_from(places), min_size=1))) if places else set()
    if not chosen:
        return
    made = replace_person(who, by, on=ON, only=chosen)(SAMPLE, fixed_mint("some"))
    assert made is not None
    then = SAMPLE.apply(made)
    assert held_by(then, who) == held_by(SAMPLE, who) - chosen
    for handed in preview(SAMPLE, who, by, chosen):
        row = then.find(handed.row)
        assert row is not None
        vacant = by is None or "vacant" in handed.note
        assert (by in targets_of(row, handed.field)) is not vacant
