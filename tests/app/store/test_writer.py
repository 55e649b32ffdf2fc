"""Edits are stored in order, and none is given up."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from app.edits.generic import add, set_fields
from app.interchange import Project
from app.messages import words
from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.log import Log
from app.model.room import Person
from app.store import files, writer
from app.store.opening import inspect
from app.store.working import WorkingCopy
from app.store.writer import Writer
from app.workspace import Workspace
from tests.support.random_projects import steady_mint


def edits(count: int) -> list[ChangeSet]:
    mint = steady_mint()
    workspace = Workspace(Project(Document.empty(mint), Log()), mint=mint)
    for number in range(count):
        workspace.run(add(Person, {"name": f"Person {number}"}))
    return list(workspace.log)


class Disk:
    """A disk that is full for a while."""

    def __init__(self) -> None:
        self.full = False
        self.stored: list[ChangeSet] = []
        self.closed = 0
        self.tried, self.emptied = Event(), Event()

    def store(self, entry: ChangeSet) -> None:
        self.tried.set()
        if self.full:
            raise OSError(28, "No space left on device")
        self.stored.append(entry)

    def close(self) -> None:
        self.closed += 1


def test_edits_are_stored_in_order() -> None:
    disk, given = Disk(), edits(50)
    storing = Writer(disk.store, disk.close, lambda: None)
    for entry in given:
        storing.put(entry)
    assert storing.finish() == 0
    assert disk.stored == given
    assert disk.closed == 1


def test_what_fails_is_told_and_tried_again_in_order() -> None:
    disk, given, said = Disk(), edits(5), []
    disk.full = True
    failed, done = Event(), Event()

    def told() -> None:
        said.append(storing.problem)
        (failed if storing.problem else done).set()

    storing = Writer(disk.store, disk.close, told)
    storing.put(given[0])
    assert failed.wait(10)
    assert (storing.pending, disk.stored) == (1, [])
    assert "not on disk yet" in words(said[0])
    assert "No space left on device" in words(said[0])
    disk.full = False
    for entry in given[1:]:
        storing.put(entry)
    assert storing.finish() == 0
    assert done.is_set()
    assert disk.stored == given
    assert storing.problem is None


def test_it_tries_again_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 0.01)
    disk, done = Disk(), Event()
    disk.full = True
    storing = Writer(disk.store, disk.close, lambda: done.set() if not storing.pending else None)
    storing.put(edits(1)[0])
    assert disk.tried.wait(10)
    disk.full = False
    assert done.wait(10)
    assert storing.finish() == 0


def test_it_says_which_edits_no_disk_holds() -> None:
    disk = Disk()
    disk.full = True
    storing = Writer(disk.store, disk.close, lambda: None)
    assert storing.settle() == 0
    given = edits(3)
    for entry in given:
        storing.put(entry)
    assert storing.settle() == 3
    disk.full = False
    # Asked, it does not wait until it would have tried again by itself.
    assert storing.settle() == 0
    assert disk.stored == given
    assert storing.finish() == 0


def test_ending_says_how_many_edits_could_not_be_stored() -> None:
    disk = Disk()
    disk.full = True
    storing = Writer(disk.store, disk.close, lambda: None)
    for entry in edits(3):
        storing.put(entry)
    assert storing.finish() == 3
    assert disk.closed == 1


def test_storing_the_same_edit_again_changes_nothing(tmp_path: Path) -> None:
    """A commit may have landed although it was reported as failed."""
    mint = steady_mint()
    workspace = Workspace(Project(Document.empty(mint), Log()), mint=mint)
    path = tmp_path / "copy.ownermap"
    files.create(path, workspace.project)
    copy = WorkingCopy(path)
    workspace.run(add(Person, {"name": "Once"}))
    (person,) = workspace.document.rows(Person)
    workspace.run(set_fields(person.id, name="Twice"))
    for entry in (*workspace.log, *workspace.log):
        copy.store(entry)
    copy.close()
    found = inspect(path, sealed=False).project
    assert found.document == workspace.document
    assert list(found.log) == list(workspace.log)


def test_an_edit_that_does_not_fit_the_working_copy_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "copy.ownermap"
    mint = steady_mint()
    workspace = Workspace(Project(Document.empty(mint), Log()), mint=mint)
    files.create(path, workspace.project)
    workspace.run(add(Person, {"name": "Skipped"}))
    (person,) = workspace.document.rows(Person)
    workspace.run(set_fields(person.id, name="Changed"))
    copy = WorkingCopy(path)
    with pytest.raises(RuntimeError, match="is not in the working copy"):
        copy.store(workspace.log[1])
    copy.close()
    assert len(inspect(path, sealed=False).project.log) == 0
