"""One open project: an edit moves the document on, is kept, is logged, and is told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from app.edits.generic import add, set_fields
from app.errors import AppError
from app.interchange import Project
from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.ids import Mint
from app.model.log import Log
from app.model.room import Agent, Person
from app.workspace import Saving, Workspace


class Keeper:
    """Keeps everything that it is given, in a list."""

    def __init__(self) -> None:
        self.kept: list[tuple[ChangeSet, Document]] = []

    def keep(self, entry: ChangeSet, document: Document) -> None:
        self.kept.append((entry, document))

    def listen(self, told: Callable[[Saving], None]) -> None:
        raise NotImplementedError


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(clock: Clock) -> Workspace:
    mint = Mint(clock, author="Ada")
    return Workspace(Project(Document.empty(mint), Log()), mint=mint)


def name_agent(workspace: Workspace, name: str) -> ChangeSet | None:
    return workspace.run(set_fields(workspace.document.only(Agent).id, name=name))


def test_an_edit_moves_the_document_on_and_is_logged_with_author_and_moment(workspace: Workspace) -> None:
    before = workspace.document
    made = name_agent(workspace, "Triage")
    assert workspace.document.only(Agent).name == "Triage"
    assert before.only(Agent).name == ""
    assert made is not None
    assert (made.author, made.at) == ("Ada", "2026-11-21T09:00:00.000Z")
    assert list(workspace.log) == [made]


def test_the_keeper_gets_every_edit_in_order_with_the_state_after_it() -> None:
    keeper, mint = Keeper(), Mint()
    workspace = Workspace(Project(Document.empty(mint), Log()), keeper, mint)
    name_agent(workspace, "One")
    workspace.run(add(Person))
    workspace.undo()
    assert [entry for entry, _ in keeper.kept] == list(workspace.log)
    assert keeper.kept[-1][1] is workspace.document
    assert keeper.kept[0][1].only(Agent).name == "One"


def test_nothing_to_do_is_not_logged_kept_or_told(workspace: Workspace) -> None:
    told: list[ChangeSet] = []
    workspace.listen(lambda made, initiator: told.append(made))
    assert name_agent(workspace, "") is None
    assert (len(workspace.log), told) == (0, [])


def test_an_edit_that_is_refused_changes_nothing(workspace: Workspace) -> None:
    before = workspace.document
    with pytest.raises(AppError):
        workspace.run(set_fields(workspace.document.only(Agent).id, stage="17"))
    assert workspace.document is before
    assert len(workspace.log) == 0


def test_listeners_hear_of_each_change_once_with_who_began_it(workspace: Workspace) -> None:
    told: list[tuple[ChangeSet, object]] = []
    stop = workspace.listen(lambda made, initiator: told.append((made, initiator)))
    made = workspace.run(add(Person), initiator="the page")
    assert told == [(made, "the page")]
    stop()
    workspace.undo()
    assert len(told) == 1


def test_short_pauses_in_one_field_are_one_step_for_undo(workspace: Workspace, clock: Clock) -> None:
    for name in ("T", "Tri", "Triage"):
        name_agent(workspace, name)
        clock.pass_by(2)
    assert len(workspace.log) == 3
    workspace.undo()
    assert workspace.document.only(Agent).name == ""
    workspace.redo()
    assert workspace.document.only(Agent).name == "Triage"


def test_a_longer_pause_or_another_field_is_another_step(workspace: Workspace, clock: Clock) -> None:
    agent = workspace.document.only(Agent)
    name_agent(workspace, "First")
    clock.pass_by(10)
    name_agent(workspace, "Second")
    workspace.run(set_fields(agent.id, client="Acme"))
    name_agent(workspace, "Third")
    seen = []
    while workspace.can_undo():
        workspace.undo()
        seen.append((workspace.document.only(Agent).name, workspace.document.only(Agent).client))
    assert seen == [("Second", "Acme"), ("Second", ""), ("First", ""), ("", "")]


def test_typing_after_adding_is_a_step_of_its_own(workspace: Workspace) -> None:
    workspace.run(add(Person, {"name": "A"}))
    workspace.run(set_fields(workspace.document.rows(Person)[0].id, name="Ada"))
    workspace.undo()
    assert [person.name for person in workspace.document.rows(Person)] == ["A"]


def test_undo_and_redo_know_when_there_is_nothing_left(workspace: Workspace) -> None:
    assert not workspace.can_undo()
    assert workspace.undo() is None
    name_agent(workspace, "Triage")
    workspace.undo()
    assert (workspace.can_undo(), workspace.can_redo()) == (False, True)
    workspace.redo()
    assert (workspace.can_undo(), workspace.can_redo()) == (True, False)
    assert workspace.redo() is None
