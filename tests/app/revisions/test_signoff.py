"""Signing as the room does it: seats, freezing, withdrawing, uniting copies, and what the audit notices."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from app.edits.generic import add, remove, set_fields
from app.errors import AppError
from app.interchange import Project, read, write
from app.messages import words
from app.model import vocabulary as v
from app.model.changes import RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.ids import Mint
from app.model.log import Log
from app.model.owners import OwnerAssignment, SeatAssignment
from app.model.room import Agent, Person
from app.model.stop import StopControl
from app.revisions import signoff
from app.revisions.differences import since
from app.revisions.digest import content_digest, revision_fingerprint
from app.workspace import Workspace

SEATS = {
    "workflow": "Dana Abelard",
    "system": "Jun Kowalczyk",
    "exception": "Marc Oyelaran",
    "outcome": "Rosa Steiner",
    "value": "Dana Abelard",
    "safety": "Jun Kowalczyk",
}


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@pytest.fixture
def room() -> Workspace:
    mint = Mint(now=Clock())
    workspace = Workspace(Project(Document.empty(mint), Log()), mint=mint)
    workspace.run(set_fields(workspace.document.only(Agent).id, name="Triage", stage="1b"))
    for name in dict.fromkeys(SEATS.values()):
        workspace.run(add(Person, {"name": name}))
    people = {person.name: person.id for person in workspace.document.rows(Person)}
    for seat, name in SEATS.items():
        kind = OwnerAssignment if seat in signoff.OWNER_SEATS else SeatAssignment
        workspace.run(set_fields(workspace.document.fixed(kind, seat).id, person=people[name]))
    return workspace


def sign(room: Workspace, *seats: str, level: str = "design") -> None:
    for seat in seats:
        room.run(signoff.sign(level, seat, SEATS[seat], blockers=0))


def status(room: Workspace) -> str:
    return words(signoff.state(room.document).words())


def test_it_is_a_draft_until_the_first_seat_signs_and_signed_when_all_have(room: Workspace) -> None:
    assert status(room) == "Draft 1"
    sign(room, "workflow", "system")
    assert status(room) == "Signed by 2 of 6"
    assert not signoff.state(room.document).signed
    sign(room, "exception", "outcome", "value", "safety")
    assert status(room) == "Signed revision 1"
    assert signoff.state(room.document).signed
    assert signoff.audit(room.document) == ()


def test_in_shadow_value_and_safety_need_not_sign(room: Workspace) -> None:
    room.run(set_fields(room.document.only(Agent).id, stage="1a"))
    sign(room, *signoff.OWNER_SEATS)
    assert status(room) == "Signed revision 1"


def test_every_signature_names_person_seat_level_moment_and_fingerprint(room: Workspace) -> None:
    sign(room, "workflow")
    (revision,) = room.document.rows(Revision)
    (signature,) = room.document.rows(Signature)
    assert (signature.name, signature.seat, signature.level) == ("Dana Abelard", "workflow", "design")
    assert signature.fingerprint == revision.fingerprint == revision_fingerprint(revision.digest, "", "design")
    assert signature.signed_at.startswith("2026-11-21T")


def test_a_blocker_stops_it(room: Workspace) -> None:
    with pytest.raises(AppError, match="3 open points block the design sign-off"):
        room.run(signoff.sign("design", "workflow", SEATS["workflow"], blockers=3))
    assert not room.document.rows(Revision)


@pytest.mark.parametrize(
    ("seat", "name", "said"),
    [
        ("workflow", "Rosa Steiner", "held by Dana Abelard, not by Rosa Steiner"),
        ("workflow", " ", "No name was given"),
        ("chair", "Dana Abelard", "There is no seat “chair”"),
    ],
)
def test_each_seat_signs_for_itself(room: Workspace, seat: str, name: str, said: str) -> None:
    with pytest.raises(AppError, match=said):
        room.run(signoff.sign("design", seat, name, blockers=0))


def test_capitals_and_blanks_in_a_typed_name_do_not_matter(room: Workspace) -> None:
    room.run(signoff.sign("design", "workflow", "  dana   ABELARD ", blockers=0))
    assert room.document.rows(Signature)[0].name == "Dana Abelard"


def test_nobody_signs_an_empty_seat_or_twice(room: Workspace) -> None:
    sign(room, "workflow")
    with pytest.raises(AppError, match="signed this seat already"):
        sign(room, "workflow")
    room.run(set_fields(room.document.fixed(OwnerAssignment, "outcome").id, person=None))
    with pytest.raises(AppError, match="Nobody fills the seat “outcome”"):
        sign(room, "outcome")


def test_a_change_after_the_first_signature_starts_a_new_draft_and_undoing_it_brings_the_revision_back(
    room: Workspace,
) -> None:
    sign(room, *SEATS)
    signed = content_digest(room.document)
    room.run(set_fields(room.document.only(Agent).id, name="Triage, widened"))
    at_hand = signoff.state(room.document)
    assert (at_hand.complete, at_hand.changed, status(room)) == (True, True, "Draft 2")
    assert [one.fields for one in since(at_hand.revision, room.document)] == [("name",)]
    room.undo()
    assert content_digest(room.document) == signed
    assert status(room) == "Signed revision 1"


def test_undo_stops_at_a_signature(room: Workspace) -> None:
    sign(room, "workflow")
    assert room.undo() is None
    room.run(set_fields(room.document.only(Agent).id, model="v2"))
    room.undo()
    assert room.undo() is None
    assert status(room) == "Signed by 1 of 6"


def test_the_operating_record_does_not_touch_a_signature(room: Workspace) -> None:
    room.run(add(StopControl, {"where": "flag triage.enabled"}))
    sign(room, *SEATS)
    (button,) = room.document.rows(StopControl)
    room.run(set_fields(button.id, last_tested="2026-11-14"))
    assert signoff.state(room.document).signed


def test_the_next_revision_links_to_the_signed_one_before_it(room: Workspace) -> None:
    sign(room, *SEATS)
    room.run(set_fields(room.document.only(Agent).id, model="v2"))
    sign(room, "workflow")
    first, second = sorted(room.document.rows(Revision), key=lambda r: r.number or 0)
    assert second.previous == first.fingerprint
    assert second.number == 2
    assert status(room) == "Signed by 1 of 6"


def test_launch_follows_design_over_the_same_decisions(room: Workspace) -> None:
    sign(room, *SEATS)
    sign(room, *SEATS, level="launch")
    design, launch = sorted(room.document.rows(Revision), key=lambda r: r.number or 0)
    assert design.digest == launch.digest
    assert design.fingerprint != launch.fingerprint
    assert launch.previous == design.fingerprint


def test_two_levels_are_not_mixed_in_one_revision(room: Workspace) -> None:
    sign(room, "workflow")
    with pytest.raises(AppError, match="being signed for design"):
        sign(room, "system", level="launch")


def test_anyone_can_withdraw_before_the_last_signature_with_a_reason(room: Workspace) -> None:
    sign(room, "workflow", "system")
    with pytest.raises(AppError, match="needs a name and a reason"):
        room.run(signoff.withdraw("Rosa Steiner", " "))
    room.run(signoff.withdraw("Rosa Steiner", "The boundary is too wide"))
    assert status(room) == "Draft 2"
    assert room.document.rows(Revision)[0].withdrawn_why == "The boundary is too wide"
    sign(room, *SEATS)
    with pytest.raises(AppError, match="fully signed"):
        room.run(signoff.withdraw("Rosa Steiner", "Too late"))


def test_two_copies_of_one_revision_unite_their_signatures(room: Workspace) -> None:
    sign(room, "workflow")
    mailed = read(write(room.project))
    sign(room, "system")
    away = Workspace(mailed, mint=Mint(now=Clock()))
    sign(away, "outcome")
    room.run(signoff.unite(away.document))
    assert status(room) == "Signed by 3 of 6"
    assert room.run(signoff.unite(away.document)) is None
    assert signoff.audit(room.document) == ()


def test_a_copy_of_another_revision_or_project_is_not_united(room: Workspace) -> None:
    with pytest.raises(AppError, match="no revision with the same fingerprint"):
        room.run(signoff.unite(room.document))
    with pytest.raises(AppError, match="another project"):
        room.run(signoff.unite(Document.empty(Mint())))


@pytest.mark.parametrize(
    ("kind", "field", "value", "said"),
    [
        (Revision, "content", '{"agent": [{"stage": "1b"}]}', "content kept with revision 1 was changed"),
        (Revision, "digest", "0" * 64, "content kept with revision 1 was changed"),
        (Revision, "level", "launch", "fingerprint of revision 1 does not fit"),
        (Revision, "previous", "f" * 64, "fingerprint of revision 1 does not fit"),
        (Signature, "fingerprint", "0" * 64, "signature of Dana Abelard does not fit"),
        (Signature, "level", "launch", "signature of Dana Abelard does not fit"),
    ],
)
def test_the_audit_notices_what_was_changed_in_the_file(
    room: Workspace, kind: type, field: str, value: str, said: str
) -> None:
    sign(room, *SEATS)
    row = next(row for row in room.document.rows(kind) if not isinstance(row, Signature) or row.seat == "workflow")
    tampered = room.document.applying([RowChange(row, dataclasses.replace(row, **{field: value}))])
    assert said in " ".join(words(fault) for fault in signoff.audit(tampered))


def test_all_seats_have_words() -> None:
    assert {str(entry.value) for entry in v.SEATS} == set(SEATS)


def test_somebody_who_signed_can_leave_the_project_and_come_back_by_undo(room: Workspace) -> None:
    sign(room, *SEATS)
    rosa = next(person for person in room.document.rows(Person) if person.name == "Rosa Steiner")
    room.run(remove(rosa.id))
    assert [s.name for s in room.document.rows(Signature) if s.person is None] == ["Rosa Steiner"]
    room.undo()
    assert signoff.state(room.document).signed
    assert all(s.person for s in room.document.rows(Signature))
