"""A new draft from a revision: the decisions come back, everything else stays, undo takes it back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.edits.generic import add, remove, set_fields
from app.errors import AppError
from app.interchange import Project
from app.messages import words
from app.model.changes import RowChange
from app.model.commit import ParkedItem, Revision, Signature
from app.model.document import Document
from app.model.fields import Scope, fields_of
from app.model.log import Log
from app.model.oversight import Action, Evidence
from app.model.owners import OwnerAssignment, SeatAssignment
from app.model.room import Agent, Person
from app.model.row import with_fields
from app.model.scorecard import Review
from app.model.stop import CompensatingTransaction, StopControl
from app.revisions import signoff
from app.revisions.differences import DECISIONS, differences, frozen, since
from app.revisions.digest import canonical_decisions, content_digest, digest_of
from app.revisions.history import Standing, history, numbered
from app.revisions.redraft import planned, redraft
from app.store import files
from app.workspace import Workspace
from tests.support.builder import ProjectBuilder, complete
from tests.support.random_projects import random_document, steady_mint

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def sign_all(room: Workspace) -> None:
    for seat in signoff.required_seats(room.document):
        holder = signoff.seat_holder(room.document, seat)
        assert holder is not None
        room.run(signoff.sign("design", seat, holder.name, blockers=0))


@pytest.fixture
def room() -> Workspace:
    """The sample, signed by every seat as revision 1."""
    builder = complete()
    workspace = Workspace(builder.project(), mint=builder.mint)
    sign_all(workspace)
    return workspace


def back_to(room: Workspace, number: int = 1) -> None:
    room.run(redraft(number, room.log))


def notes(room: Workspace, number: int = 1) -> str:
    return " ".join(words(note) for note in planned(room.document, numbered(room.document, number), room.log).notes())


def others(document: Document) -> list[object]:
    """Everything that is no decision."""
    return [row for row in document if row.spec.scope is not Scope.DECISION]


def test_fields_come_back_and_what_was_added_goes(room: Workspace) -> None:
    signed = content_digest(room.document)
    room.run(set_fields(room.document.only(Agent).id, name="Another", stage="1a"))
    room.run(remove(room.document.rows(StopControl)[0].id))
    room.run(add(Action, {"name": "Brand new"}))
    assert signoff.state(room.document).changed
    back_to(room)
    assert content_digest(room.document) == signed
    assert words(signoff.state(room.document).words()) == "Signed revision 1"


def test_it_is_one_step_that_undo_takes_back(room: Workspace) -> None:
    room.run(set_fields(room.document.only(Agent).id, name="Another"))
    room.run(remove(room.document.rows(Action)[0].id))
    changed = room.document
    back_to(room)
    assert room.log.last is not None
    assert words(room.log.last.label) == "New draft from revision 1"
    room.undo()
    assert room.document == changed
    room.redo()
    assert not signoff.state(room.document).changed


def test_going_back_behind_the_last_revision_starts_a_new_draft(room: Workspace) -> None:
    first = room.document.rows(Revision)[0]
    room.run(set_fields(room.document.only(Agent).id, name="Second"))
    sign_all(room)
    back_to(room, 1)
    at_hand = signoff.state(room.document)
    assert words(at_hand.words()) == "Draft 3"
    assert content_digest(room.document) == first.digest
    assert at_hand.last_signed is not None
    assert at_hand.last_signed.number == 2
    assert len(room.document.rows(Signature)) == 2 * len(signoff.required_seats(room.document))
    assert signoff.audit(room.document) == ()
    sign_all(room)
    assert words(signoff.state(room.document).words()) == "Signed revision 3"


def test_records_private_notes_and_signatures_stay(room: Workspace) -> None:
    action = room.document.rows(Action)[0]
    room.run(add(Evidence, {"action": action.id, "behaviour_version": "v9"}))
    room.run(add(Review, {"on": "2026-11-20", "notes": "Calm"}))
    room.run(add(ParkedItem, {"what": "Ask Legal"}))
    room.run(set_fields(action.id, name="Renamed"))
    before = others(room.document)
    back_to(room)
    assert others(room.document) == before
    assert room.document.get(Action, action.id) == action


def test_a_test_date_on_a_row_stays_while_its_decisions_go_back(room: Workspace) -> None:
    button = room.document.rows(StopControl)[0]
    room.run(set_fields(button.id, where="Elsewhere", last_tested="2026-11-20"))
    back_to(room)
    assert room.document.get(StopControl, button.id) == with_fields(button, {"last_tested": "2026-11-20"})


def test_an_acceptance_does_not_pass_to_the_owner_who_comes_back(room: Workspace) -> None:
    owner = room.document.fixed(OwnerAssignment, "workflow")
    room.run(add(Person, {"name": "Lea"}))
    lea = room.document.rows(Person)[-1]
    room.run(set_fields(owner.id, person=lea.id))
    room.run(set_fields(owner.id, accepted="accepted", accepted_on="2026-11-20"))
    assert room.document.fixed(OwnerAssignment, "workflow").accepted_on
    back_to(room)
    back = room.document.fixed(OwnerAssignment, "workflow")
    assert (back.person, back.accepted, back.accepted_on) == (owner.person, "", "")


def test_who_signed_since_stays_although_the_revision_did_not_know_them(room: Workspace) -> None:
    room.run(add(Person, {"name": "Lea", "function": "security"}))
    lea = room.document.rows(Person)[-1]
    room.run(set_fields(room.document.fixed(SeatAssignment, "safety").id, person=lea.id))
    sign_all(room)
    assert "Person “Lea”" in notes(room)
    back_to(room)
    assert room.document.get(Person, lea.id) is not None
    assert lea.id in {signature.person for signature in room.document.rows(Signature)}
    assert room.document.fixed(SeatAssignment, "safety").person != lea.id


def test_an_action_with_evidence_stays_whole(room: Workspace) -> None:
    room.run(add(Person, {"name": "Only approver"}))
    room.run(add(Person, {"name": "Nobody’s business"}))
    approver, unneeded = room.document.rows(Person)[-2:]
    room.run(add(Action, {"name": "Brand new", "approver": approver.id}))
    action = room.document.rows(Action)[-1]
    room.run(add(CompensatingTransaction, {"action": action.id}))
    room.run(add(Evidence, {"action": action.id, "behaviour_version": "v9"}))
    kept = {row.id for row in planned(room.document, numbered(room.document, 1), room.log).kept}
    assert kept == {approver.id, action.id, room.document.rows(CompensatingTransaction)[-1].id}
    before = others(room.document)
    back_to(room)
    assert others(room.document) == before
    assert room.document.get(Action, action.id).approver == approver.id  # type: ignore[union-attr]
    assert room.document.find(unneeded.id) is None


def test_evidence_that_went_with_its_action_comes_back_with_it(room: Workspace) -> None:
    action = room.document.rows(Action)[0]
    room.run(add(Evidence, {"action": action.id, "behaviour_version": "v9"}))
    room.run(add(Evidence, {"action": action.id, "behaviour_version": "mistaken"}))
    mistaken = room.document.rows(Evidence)[-1]
    room.run(remove(mistaken.id))
    before = others(room.document)
    room.run(remove(action.id))
    assert others(room.document) != before
    back_to(room)
    assert others(room.document) == before


def test_places_in_a_list_come_back_and_what_stays_stands_behind(room: Workspace) -> None:
    actions = [row.id for row in room.document.rows(Action)]
    room.run(remove(actions[-1]))
    room.run(add(Action, {"name": "Brand new"}))
    room.run(add(Evidence, {"action": room.document.rows(Action)[-1].id, "behaviour_version": "v9"}))
    back_to(room)
    rows = room.document.rows(Action)
    assert [row.id for row in rows][: len(actions)] == actions
    assert len({row.rank for row in rows}) == len(rows) == len(actions) + 1


def test_it_waits_while_a_revision_is_being_signed(room: Workspace) -> None:
    room.run(set_fields(room.document.only(Agent).id, name="Second"))
    holder = signoff.seat_holder(room.document, "workflow")
    assert holder is not None
    room.run(signoff.sign("design", "workflow", holder.name, blockers=0))
    with pytest.raises(AppError, match="Revision 2 is being signed"):
        back_to(room)
    room.run(signoff.withdraw("Dana", "Too early"))
    back_to(room)
    assert not differences(frozen_of(room, 1), room.document, scopes=DECISIONS)


def test_a_withdrawn_revision_and_one_that_was_left_come_back_too(room: Workspace) -> None:
    name = signoff.seat_holder(room.document, "workflow")
    assert name is not None
    for said in ("Left", "Withdrawn"):
        room.run(set_fields(room.document.only(Agent).id, name=said))
        room.run(signoff.sign("design", "workflow", name.name, blockers=0))
        if said == "Left":
            room.run(set_fields(room.document.only(Agent).id, model="v3"))
    room.run(signoff.withdraw("Dana", "Too early"))
    room.run(set_fields(room.document.only(Agent).id, name="Now"))
    standings = [each.standing for each in history(room.document, signoff.state(room.document))]
    assert standings == [Standing.WITHDRAWN, Standing.LEFT, Standing.SIGNED]
    for number, said in ((3, "Withdrawn"), (2, "Left")):
        if number == 2:
            assert not signoff.state(room.document).in_progress
        back_to(room, number)
        assert room.document.only(Agent).name == said
    assert signoff.state(room.document).in_progress, "revision 2 may be signed on"


def test_it_says_when_there_is_nothing_to_do_or_no_such_revision(room: Workspace) -> None:
    assert room.run(redraft(1, room.log)) is None
    with pytest.raises(AppError, match="There is no revision 7"):
        back_to(room, 7)
    empty = ProjectBuilder()
    with pytest.raises(AppError, match="nobody has signed yet"):
        redraft(1, Log())(empty.document, empty.mint)


# --- what an older version froze, and what a hand was in ----------------------------------------------------


def frozen_of(room: Workspace, number: int) -> Document:
    return frozen(numbered(room.document, number), room.document).document


def rewritten(room: Workspace, content: object) -> None:
    """The revision as if it had been frozen with this content."""
    revision = room.document.rows(Revision)[0]
    text = content if isinstance(content, str) else json.dumps(content)
    after = with_fields(revision, {"content": text, "digest": digest_of(text.encode())})
    room.document = room.document.applying([RowChange(revision, after)])


def test_a_revision_that_knew_fewer_fields_kinds_and_rows_compares_and_comes_back(room: Workspace) -> None:
    content = json.loads(canonical_decisions(room.document))
    for row in content["action"]:
        row.pop("name")
    del content["incident_plan"]
    content["seat"] = content["seat"][:1] if "seat" in content else []
    gone = [row for row in content["owner"] if row["type"] == "outcome"]
    content["owner"] = [row for row in content["owner"] if row not in gone]
    rewritten(room, content)
    found = since(room.document.rows(Revision)[0], room.document)
    assert all(one.change.before is not None for one in found), "what every map has is never added"
    back_to(room)
    assert {action.name for action in room.document.rows(Action)} == {""}
    outcome = room.document.fixed(OwnerAssignment, "outcome")
    assert (outcome.person, outcome.type) == (None, "outcome")
    assert since(room.document.rows(Revision)[0], room.document) == ()


@pytest.mark.parametrize("version", [1, 2])
def test_what_a_released_version_signed_comes_back_to_the_letter(version: int, tmp_path: Path) -> None:
    path = tmp_path / "old.ownermap"
    shutil.copy(FIXTURES / f"version-{version}.ownermap", path)
    project = files.read(path)
    workspace = Workspace(project)
    workspace.run(set_fields(workspace.document.only(Agent).id, name="Another", stage="1a"))
    listed = history(workspace.document, signoff.state(workspace.document))
    assert [each.standing for each in listed] == [Standing.SIGNED, Standing.WITHDRAWN, Standing.SIGNED]
    for each in listed:
        assert since(each.revision, workspace.document)
        plan = planned(workspace.document, each.revision, workspace.log)
        assert (plan.left_out, plan.altered) == ((), False)
        back = workspace.document.applying(plan.changes)
        assert content_digest(back) == each.revision.digest


def test_what_this_version_does_not_know_is_left_out_and_said(room: Workspace) -> None:
    content = json.loads(canonical_decisions(room.document))
    content["action"][0] |= {"mood": "calm", "reversibility": "often"}
    content["horoscope"] = [{"id": room.document.only(Agent).id}]
    rewritten(room, content)
    plan = planned(room.document, numbered(room.document, 1), room.log)
    assert set(plan.left_out) == {"action.mood", "action.reversibility", "horoscope"}
    assert not plan.altered
    back_to(room)
    row_id = content["action"][0]["id"]
    assert room.document.get(Action, row_id).reversibility is None  # type: ignore[union-attr]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"agent": 1}', '{"agent": [{}]}', '{"agent": []}', "[" * 100_000])
def test_what_cannot_be_read_is_refused_in_words(room: Workspace, content: str) -> None:
    rewritten(room, content)
    with pytest.raises(AppError, match="What revision 1 kept of the decisions cannot be read"):
        back_to(room)


def test_a_reference_to_nothing_is_let_go_and_a_changed_content_is_said(room: Workspace) -> None:
    revision = room.document.rows(Revision)[0]
    content = json.loads(revision.content)
    person = next(row["person"] for row in content["owner"] if row.get("person"))
    content["person"] = [row for row in content["person"] if row["id"] != person]
    after = with_fields(revision, {"content": json.dumps(content)})
    room.document = room.document.applying([RowChange(revision, after)])
    assert "not, letter by letter, what was signed" in notes(room)
    back_to(room)
    named = {target for row in room.document.rows(OwnerAssignment) if (target := row.person)}
    assert named <= {row.id for row in room.document.rows(Person)}


# --- whatever happened ---------------------------------------------------------------------------------------

NUMBER = 999_999_999
"""Of the revision in question; the random project has others."""


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 12))
def test_after_any_edits_the_decisions_are_those_of_the_revision_but_for_what_stays(seed: int, edits: int) -> None:
    pick, mint = Random(seed), steady_mint()
    start = random_document(pick, mint)
    content = canonical_decisions(start).decode()
    row_id, at = mint.id(), mint.moment()
    revision = Revision(id=row_id, number=NUMBER, content=content, digest=digest_of(content.encode()), withdrawn_at=at)
    document = start.applying([RowChange(None, revision)])
    room = Workspace(Project(document, Log()), mint=mint)
    for _ in range(edits):
        _edit_at_random(room, pick)
    before = room.document
    made = room.run(redraft(NUMBER, room.log))
    kept = {row.id for row in planned(before, revision, room.log).kept} if made else set()
    left = differences(frozen(revision, room.document).document, room.document, scopes=DECISIONS)
    assert {one.change.id for one in left} <= kept
    assert all(one.change.before is None for one in left)
    if not kept:
        assert content_digest(room.document) == revision.digest
    for row in others(before):
        assert room.document.find(row.id) == row  # type: ignore[attr-defined]
    for row in room.document:
        for name, field in fields_of(type(row)).items():
            if field.is_reference and row.id in {one.change.id for one in left}:
                value = row.value(name)
                targets = value if isinstance(value, tuple) else [value] if value else []
                assert all(room.document.find(str(target)) for target in targets)
    room.undo()
    assert room.document == before or made is None


def _edit_at_random(room: Workspace, pick: Random) -> None:
    rows = [row for row in room.document if row.spec.scope is Scope.DECISION and not row.spec.is_fixed]
    row = pick.choice(rows)
    if pick.random() < 0.4:
        room.run(remove(row.id))
    elif pick.random() < 0.5:
        room.run(add(type(row), {}))
        fresh = room.document.rows(type(row))[-1]
        if isinstance(fresh, Action):
            room.run(add(Evidence, {"action": fresh.id, "behaviour_version": "v1"}))
        if isinstance(fresh, Person):
            room.run(add(Review, {"people": [fresh.id]}))
    else:
        name = pick.choice(list(fields_of(type(row))))
        values = {name: fields_of(type(row))[name].empty}
        room.run(set_fields(row.id, **values))
