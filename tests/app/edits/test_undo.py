"""Undo takes back exactly what a step did; all of it back gives the same document and the same digest."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.edits import Edit
from app.edits.generic import add, move, remove, set_fields
from app.errors import AppError
from app.interchange import Project, as_json, from_json
from app.messages import words
from app.model.commit import Signature
from app.model.document import Document
from app.model.fields import Scope
from app.model.ids import Mint
from app.model.kinds import ALL
from app.model.log import Log
from app.model.oversight import Action, Evidence
from app.model.owners import OwnerAssignment, Rota
from app.model.room import AgendaItem, Agent, Person
from app.model.row import Row
from app.revisions.digest import content_digest
from app.workspace import Workspace
from tests.support.random_projects import Ids, random_document, random_values, steady_mint


@pytest.fixture
def workspace() -> Workspace:
    mint = steady_mint()
    return Workspace(Project(Document.empty(mint), Log()), mint=mint)


# --- one step ---


def test_undo_of_a_removal_brings_every_consequence_back(workspace: Workspace) -> None:
    workspace.run(add(Person, {"name": "Ada"}))
    (ada,) = workspace.document.rows(Person)
    workspace.run(add(Rota, {"name": "Duty", "members": [ada.id]}))
    workspace.run(set_fields(workspace.document.only(Agent).id, understudy=ada.id))
    before = workspace.document
    workspace.run(remove(ada.id))
    workspace.undo()
    assert workspace.document == before


def test_undo_says_what_it_takes_back_and_redo_too(workspace: Workspace) -> None:
    workspace.run(add(Person, {"name": "Ada"}))
    said = [workspace.undo(), workspace.redo(), workspace.undo(), workspace.redo()]
    assert [words(made.label) for made in said if made] == ["Undo: Add Person", "Redo: Add Person"] * 2


def test_what_was_recorded_since_on_the_same_row_stays(workspace: Workspace) -> None:
    owner = workspace.document.fixed(OwnerAssignment, "workflow")
    workspace.run(set_fields(owner.id, duties="Everything"))
    workspace.run(set_fields(owner.id, accepted="accepted", accepted_on="2026-11-21"))
    workspace.undo()
    found = workspace.document.fixed(OwnerAssignment, "workflow")
    assert (found.duties, found.accepted) == ("", "accepted")


def test_undo_of_an_addition_takes_what_was_recorded_about_it_along(workspace: Workspace) -> None:
    workspace.run(add(Action, {"name": "Reply"}))
    (action,) = workspace.document.rows(Action)
    workspace.run(add(Evidence, {"action": action.id, "runs": 20}))
    workspace.undo()
    assert workspace.document.rows(Action) == workspace.document.rows(Evidence) == ()
    workspace.redo()
    assert workspace.document.rows(Evidence)[0].runs == 20


def test_somebody_who_signed_comes_back_with_every_place_they_held(workspace: Workspace) -> None:
    workspace.run(add(Person, {"name": "Ada"}))
    (ada,) = workspace.document.rows(Person)
    workspace.run(add(Rota, {"name": "Duty", "members": [ada.id]}))
    workspace.run(add(Signature, {"person": ada.id, "name": "Ada"}))
    workspace.run(remove(workspace.document.rows(Rota)[0].id))
    workspace.run(remove(ada.id))
    assert workspace.document.rows(Signature)[0].person is None
    workspace.undo()
    workspace.undo()
    assert workspace.document.rows(Signature)[0].person == ada.id
    assert [(rota.name, rota.members) for rota in workspace.document.rows(Rota)] == [("Duty", (ada.id,))]


# --- any steps ---


def random_edit(document: Document, pick: Random) -> Edit:
    """Any edit that the generic edits can make."""
    ids: Ids = {row_class.spec.kind: [row.id for row in document.rows(row_class)] for row_class in ALL}
    growing = [c for c in ALL if not c.spec.is_fixed and c.spec.scope is not Scope.SIGNOFF]
    rows = [row for row in document if row.spec.scope is not Scope.SIGNOFF]
    row = pick.choice([*rows, *(r for r in rows if isinstance(r, Person | Rota | Action))])
    what = pick.random()
    if what < 0.35 or (what < 0.8 and row.spec.is_fixed):
        return set_fields(row.id, **some(random_values(type(row), pick, ids), pick))
    if what < 0.6:
        row_class = pick.choice(growing)
        return add(row_class, some(random_values(row_class, pick, ids), pick), before=any_of(ids, row_class, pick))
    if what < 0.8:
        return remove(row.id)
    return move(row.id, any_of(ids, type(row), pick))


def some(values: dict, pick: Random) -> dict:
    return {name: values[name] for name in values if pick.random() < 0.5}


def any_of(ids: Ids, row_class: type[Row], pick: Random) -> str | None:
    return pick.choice([None, *ids[row_class.spec.kind]])


@settings(max_examples=40)
@given(st.randoms(use_true_random=True), st.integers(1, 25))
def test_undo_of_everything_gives_the_same_content_and_redo_gives_it_back(pick: Random, count: int) -> None:
    mint = steady_mint()
    start = random_document(pick, mint, rows_of_a_kind=1)
    workspace = Workspace(Project(start, Log()), mint=mint)
    for _ in range(count):
        workspace.run(only_decisions(random_edit(workspace.document, pick)))
    end = workspace.document
    from_json(as_json(Project(end, Log()), private=True))
    while workspace.can_undo():
        workspace.undo()
    assert workspace.document == start
    assert content_digest(workspace.document) == content_digest(start)
    while workspace.can_redo():
        workspace.redo()
    assert workspace.document == end
    assert content_digest(workspace.document) == content_digest(end)


def only_decisions(edit: Edit) -> Edit:
    """The edit, unless all that it does is operating record, which is not undoable, or undo stops at it."""

    def kept(document: Document, mint: object) -> object:
        made = edit(document, mint)  # type: ignore[arg-type]
        return made if made is not None and made.undoable and not made.final else None

    return kept  # type: ignore[return-value]


@settings(max_examples=40)
@given(st.randoms(use_true_random=True), st.integers(1, 40))
def test_any_mixture_of_edits_undo_and_redo_leaves_a_sound_project(pick: Random, count: int) -> None:
    """Undo may refuse in a sentence; it never breaks a reference and never raises anything else."""
    mint = steady_mint()
    workspace = Workspace(Project(random_document(pick, mint, rows_of_a_kind=1), Log()), mint=mint)
    for _ in range(count):
        attempt(pick.choice((workspace.undo, workspace.redo, lambda: random_step(workspace, pick))))
    from_json(as_json(workspace.project, private=True))
    again = Workspace(Project(workspace.document, Log(workspace.log)), mint=mint)
    assert (again.can_undo(), again.can_redo()) == (workspace.can_undo(), workspace.can_redo())


def random_step(workspace: Workspace, pick: Random) -> object:
    return workspace.run(random_edit(workspace.document, pick))


def attempt(step: Callable[[], object]) -> None:
    with suppress(AppError):
        step()


def test_the_clock_is_no_step_for_undo_and_leaves_redo_alone() -> None:
    workspace = Workspace(Project(Document.empty(Mint()), Log()))
    agenda = workspace.document.rows(AgendaItem)[0]
    workspace.run(set_fields(workspace.document.only(Agent).id, name="Triage"))
    workspace.run(set_fields(agenda.id, spent_seconds=60))
    workspace.undo()
    assert workspace.document.only(Agent).name == ""
    workspace.run(set_fields(agenda.id, spent_seconds=120))
    workspace.redo()
    assert workspace.document.only(Agent).name == "Triage"
    assert workspace.document.rows(AgendaItem)[0].spent_seconds == 120


def test_what_one_owner_accepted_says_nothing_about_the_next(workspace: Workspace) -> None:
    for name in ("Ada", "Ole"):
        workspace.run(add(Person, {"name": name}))
    ada, ole = workspace.document.rows(Person)
    owner = workspace.document.fixed(OwnerAssignment, "workflow").id
    workspace.run(set_fields(owner, person=ada.id))
    workspace.run(set_fields(owner, accepted="accepted", accepted_on="2026-11-12"))
    workspace.run(set_fields(owner, person=ole.id))
    assert workspace.document.fixed(OwnerAssignment, "workflow").accepted == ""
    workspace.undo()
    assert workspace.document.fixed(OwnerAssignment, "workflow").accepted_on == "2026-11-12"
    workspace.run(remove(ada.id))
    assert workspace.document.fixed(OwnerAssignment, "workflow").accepted == ""
