"""A project that is open: what is said about saving, who may write, and what others see of it."""

from __future__ import annotations

import os
import resource
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition

import pytest

from app.edits.generic import add, remove, set_fields
from app.errors import UNREADABLE, AppError, FolderGone, Unreadable
from app.files import stage
from app.interchange import Project
from app.messages import words
from app.model.document import Document
from app.model.log import Log
from app.model.oversight import Action
from app.model.room import Person
from app.store import files, writer
from app.store.backups import Reason
from app.store.files import OpenProject
from app.store.saving import SaveState, Saving
from app.workspace import Workspace
from tests.support.elsewhere import save_elsewhere
from tests.support.failing import unreadable, unseen
from tests.support.random_projects import steady_mint

NEVER = 1e6


class Told:
    """Everything that was told about saving."""

    def __init__(self, opened: OpenProject) -> None:
        self.said: list[Saving] = []
        self._more = Condition()
        opened.listen(self._hear)

    def _hear(self, saving: Saving) -> None:
        with self._more:
            self.said.append(saving)
            self._more.notify_all()

    def wait_for(self, state: SaveState) -> Saving:
        """Wait until this was the last thing told."""
        with self._more:
            assert self._more.wait_for(lambda: bool(self.said) and self.said[-1].state is state, 20)
            return self.said[-1]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, Project(Document.empty(steady_mint()), Log()))
    return made


@pytest.fixture
def opened(path: Path) -> Iterator[OpenProject]:
    found = files.open_for_editing(path, idle=NEVER, at_most=NEVER)
    yield found
    found.close()


def names(path: Path) -> list[str]:
    return [person.name for person in files.read(path).document.rows(Person)]


def wait_for_another_file(path: Path, inode: int) -> None:
    began = time.monotonic()
    while path.stat().st_ino == inode:
        assert time.monotonic() - began < 20


def working_copy() -> Path:
    (found,) = Path(os.environ["OWNERMAP_DATA"]).rglob("working.ownermap")
    return found


# --- saved ---


def test_saved_is_said_when_it_is_on_disk(opened: OpenProject) -> None:
    told = Told(opened)
    Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    assert told.wait_for(SaveState.SAVED) == Saving(SaveState.SAVED)
    assert opened.saving.state is SaveState.SAVED
    assert {each.state for each in told.said} <= {SaveState.SAVING, SaveState.SAVED}
    assert b"Ada" in working_copy().read_bytes()


@contextmanager
def disk_full_beyond(size: int) -> Iterator[None]:
    """No file may grow beyond this size: what a full disk does to a database."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_full_disk_is_told_and_editing_goes_on(
    opened: OpenProject, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 0.01)
    told = Told(opened)
    workspace = Workspace(opened.project, opened)
    with disk_full_beyond(working_copy().stat().st_size):
        for number in range(40):
            workspace.run(add(Person, {"name": f"Person {number}", "contact": "x" * 200}))
        failed = told.wait_for(SaveState.FAILED)
        assert failed.problem is not None
        assert "not on disk yet" in words(failed.problem)
        with pytest.raises(Unreadable, match="cannot be written"):
            opened.publish()
    opened.publish()
    assert told.wait_for(SaveState.SAVED)
    assert len(names(path)) == 40


def test_a_disk_that_fails_when_a_backup_is_kept_is_told(opened: OpenProject, path: Path) -> None:
    Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    opened.publish()
    with unreadable(path), pytest.raises(Unreadable, match="cannot be read: the disk reports"):
        opened.keep_backup(Reason.SIGNOFF)
    opened.keep_backup(Reason.SIGNOFF)


def test_a_disk_that_fails_at_closing_is_told_and_loses_nothing(path: Path) -> None:
    opened = files.open_for_editing(path, idle=NEVER, at_most=NEVER)
    Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    with unreadable(path), pytest.raises(Unreadable, match="cannot be read: the disk reports"):
        opened.close()
    with files.open_for_editing(path) as again:
        assert again.recovered == 1
    assert names(path) == ["Ada"]


def test_a_disk_that_does_not_say_whether_the_file_is_there_is_told_until_it_does(
    opened: OpenProject, path: Path
) -> None:
    with unseen(path):
        with pytest.raises(Unreadable, match="cannot be read: input/output error"):
            opened.publish()
        assert opened.saving.state is SaveState.FAILED
    opened.publish()
    assert opened.saving.state is SaveState.SAVED


def test_where_nothing_says_which_versions_are_ours_nothing_is_replaced(path: Path) -> None:
    opened = files.open_for_editing(path, idle=NEVER, at_most=NEVER)
    Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    working_copy().with_name("state.json").write_text("{}")
    with pytest.raises(Unreadable, match=r"state\.json” is damaged"):
        opened.close()
    with files.open_for_editing(path) as again:
        assert again.recovered == 1
    assert names(path) == ["Ada"]


# --- one writer ---


def test_a_second_window_is_refused(opened: OpenProject, path: Path) -> None:
    with pytest.raises(AppError, match="is open in another window") as refused:
        files.open_for_editing(path)
    assert refused.value.exit_code == UNREADABLE


def test_a_link_to_an_open_project_is_the_same_project(opened: OpenProject, path: Path) -> None:
    link = path.with_name("link.ownermap")
    link.symlink_to(path)
    with pytest.raises(AppError, match="is open in another window"):
        files.open_for_editing(link)


def test_a_copy_elsewhere_is_another_project(opened: OpenProject, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "copy.ownermap"
    shutil.copy(path, other)
    with files.open_for_editing(other):
        pass


def test_the_lock_is_given_back(path: Path) -> None:
    for _ in range(2):
        with files.open_for_editing(path):
            pass


def test_a_file_that_is_refused_is_not_locked(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(b"")
    with pytest.raises(Unreadable):
        files.open_for_editing(path)
    path.write_bytes(whole)
    files.open_for_editing(path).close()


# --- the file that people see ---


def test_the_file_changes_only_when_it_is_published(opened: OpenProject, path: Path) -> None:
    told, before = Told(opened), path.read_bytes()
    Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    told.wait_for(SaveState.SAVED)
    assert path.read_bytes() == before
    opened.publish()
    assert names(path) == ["Ada"]
    assert list(path.parent.iterdir()) == [path]
    opened.publish()


def test_readers_hear_of_newer_edits_until_they_are_published(path: Path) -> None:
    assert not files.has_newer_edits(path)
    with files.open_for_editing(path, idle=NEVER, at_most=NEVER) as opened:
        told = Told(opened)
        assert not files.has_newer_edits(path)
        workspace = Workspace(opened.project, opened)
        workspace.run(add(Person, {"name": "Ada"}))
        told.wait_for(SaveState.SAVED)
        assert files.has_newer_edits(path)
        assert not files.has_newer_edits(path.with_name("another.ownermap"))
        opened.publish()
        assert not files.has_newer_edits(path)
        workspace.undo()
        told.wait_for(SaveState.SAVED)
        assert files.has_newer_edits(path)
    assert not files.has_newer_edits(path)


def test_it_publishes_by_itself_after_a_short_idle(path: Path) -> None:
    with files.open_for_editing(path, idle=0.01) as opened:
        before = path.stat().st_ino
        Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
        wait_for_another_file(path, before)
        assert names(path) == ["Ada"]


def test_it_publishes_soon_when_asked(opened: OpenProject, path: Path) -> None:
    before = path.stat().st_ino
    Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    opened.publish_soon()
    wait_for_another_file(path, before)
    assert names(path) == ["Ada"]


def test_closing_publishes_and_leaves_no_working_copy(path: Path) -> None:
    with files.open_for_editing(path, idle=NEVER, at_most=NEVER) as opened:
        workspace = Workspace(opened.project, opened)
        workspace.run(add(Person, {"name": "Ada"}))
        workspace.run(add(Action, {"name": "Reply"}))
        workspace.run(set_fields(workspace.document.rows(Action)[0].id, approver=workspace.document.rows(Person)[0].id))
        workspace.run(remove(workspace.document.rows(Person)[0].id))
        workspace.undo()
    opened.close()
    found = files.read(path)
    assert found.document == workspace.document
    assert list(found.log) == list(workspace.log)
    assert list(Path(os.environ["OWNERMAP_DATA"]).rglob("working.ownermap*")) == []


def test_closing_without_an_edit_does_not_touch_the_file(path: Path) -> None:
    before = path.stat()
    files.open_for_editing(path).close()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_undo_goes_on_after_closing_and_opening_again(path: Path) -> None:
    with files.open_for_editing(path) as opened:
        Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    with files.open_for_editing(path) as opened:
        Workspace(opened.project, opened).undo()
    assert names(path) == []
    with files.open_for_editing(path) as opened:
        Workspace(opened.project, opened).redo()
    assert names(path) == ["Ada"]


def test_a_copy_is_saved_beside_and_the_project_stays_open(opened: OpenProject, path: Path) -> None:
    Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    copy = path.with_name("copy.ownermap")
    opened.save_copy(copy)
    assert (names(copy), names(path)) == (["Ada"], [])
    with pytest.raises(Unreadable, match="is there already"):
        opened.save_copy(copy)
    opened.save_copy(copy, force=True)


# --- someone else ---


def test_a_file_that_someone_else_changed_is_never_replaced(path: Path) -> None:
    opened = files.open_for_editing(path, idle=NEVER, at_most=NEVER)
    told = Told(opened)
    Workspace(opened.project, opened).run(add(Person, {"name": "Mine"}))
    told.wait_for(SaveState.SAVED)
    mint = steady_mint()
    theirs = Workspace(files.read(path), mint=mint)
    theirs.run(add(Person, {"name": "Theirs"}))
    save_elsewhere(path, theirs.project)
    with pytest.raises(Unreadable, match="was changed by someone else"):
        opened.publish()
    assert "Open it again to compare" in words(told.wait_for(SaveState.FAILED).problem or "")
    with pytest.raises(Unreadable, match="was changed by someone else"):
        opened.close()
    assert names(path) == ["Theirs"]
    with files.open_for_editing(path) as again:
        assert again.kept_copy is not None
        assert names(again.kept_copy) == ["Mine"]


def test_a_file_that_was_moved_away_is_written_again(opened: OpenProject, path: Path) -> None:
    Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    path.rename(path.with_name("moved.ownermap"))
    opened.publish()
    assert names(path) == ["Ada"]


def test_a_folder_that_went_away_loses_nothing(path: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    carried = stick / "map.ownermap"
    shutil.copy(path, carried)
    opened = files.open_for_editing(carried, idle=NEVER, at_most=NEVER)
    Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    stick.rename(tmp_path / "drawer")
    with pytest.raises(FolderGone, match="is not there any more"):
        opened.close()
    (tmp_path / "drawer").rename(stick)
    with files.open_for_editing(carried) as again:
        assert again.recovered == 1
    assert names(carried) == ["Ada"]


def test_leftovers_of_a_killed_publishing_are_removed(path: Path) -> None:
    leftover, stranger = (
        stage(each, lambda half: half.write_bytes(b"half")) for each in (path, path.with_name("other"))
    )
    files.open_for_editing(path).close()
    assert not leftover.exists()
    assert stranger.exists()


def test_a_file_that_may_not_be_changed_is_not_opened_for_editing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.access
    # Tests may run as root, who may change everything.
    monkeypatch.setattr(os, "access", lambda at, mode: real(at, mode) and Path(at) != path.parent)
    with pytest.raises(Unreadable, match="may not be changed"):
        files.open_for_editing(path)
    files.read(path)
