"""A project takes the place of another file: nothing of what was there is lost, and nobody is overrun."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.edits.generic import add
from app.errors import MayNotChange, OutOfReach, Unreadable
from app.interchange import Project
from app.messages import msg, words
from app.model.document import Document
from app.model.log import Log
from app.model.room import Person
from app.restoring import backups_of, chosen, put_back, put_back_by_command, restore
from app.store import files
from app.store.backups import Reason
from app.store.replacing import Room
from app.store.working import WorkingFolder
from app.workspace import Workspace
from tests.support.failing import unreadable
from tests.support.killed import killed_after
from tests.support.random_projects import steady_mint

NEVER = 1e6

Replace = Callable[[Path, Project], object]


def project(name: str) -> Project:
    mint = steady_mint(name)
    workspace = Workspace(Project(Document.empty(mint), Log()), mint=mint)
    workspace.run(add(Person, {"name": name}))
    return workspace.project


def names(path: Path) -> list[str]:
    return [person.name for person in files.read(path).document.rows(Person)]


def made_anew(path: Path, new: Project) -> None:
    files.create(path, new, force=True)


def copy_saved(path: Path, new: Project) -> None:
    open_one = path.with_name("open.ownermap")
    files.create(open_one, new)
    with files.open_for_editing(open_one) as opened:
        opened.save_copy(path, force=True)


def copy_of_looked_at(path: Path, new: Project) -> None:
    open_one = path.with_name("looked at.ownermap")
    files.create(open_one, new)
    looked_at = files.open_for_looking(open_one, msg("It lies on a disc."))
    looked_at.save_copy(path, force=True)


def restored_over(path: Path, new: Project) -> None:
    other = path.with_name("other.ownermap")
    files.create(other, new)
    with files.open_for_editing(other, idle=NEVER, at_most=NEVER) as opened:
        opened.keep_backup(Reason.MERGE)
    restore(other, chosen(other), path, force=True)


WAYS = pytest.mark.parametrize("replace", [made_anew, copy_saved, copy_of_looked_at, restored_over])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, project("Ada"))
    return made


@WAYS
def test_a_project_that_is_replaced_is_a_backup_that_stays(path: Path, replace: Replace) -> None:
    old, project_id = path.read_bytes(), files.read(path).document.project_id
    replace(path, project("Ben"))
    assert names(path) == ["Ben"]
    kept = next(backup for backup in backups_of(path).listed() if not backup.elsewhere)
    assert (kept.reason, kept.reason.pinned, kept.path.read_bytes()) == (Reason.REPLACED, True, old)
    assert kept.path.parent.name == project_id
    restore(path, kept)
    assert names(path) == ["Ada"]


@WAYS
def test_one_that_is_open_is_not_replaced(path: Path, replace: Replace) -> None:
    with (
        files.open_for_editing(path, idle=NEVER, at_most=NEVER),
        pytest.raises(MayNotChange, match="is open in another window"),
    ):
        replace(path, project("Ben"))
    assert names(path) == ["Ada"]


def test_one_that_is_read_only_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with files.open_for_editing(path, idle=NEVER, at_most=NEVER) as opened:
        opened.keep_backup(Reason.MERGE)
    monkeypatch.setattr(os, "access", lambda asked, mode: Path(asked) != path)
    with pytest.raises(MayNotChange, match="may not be changed: the file or its folder is read-only"):
        files.create(path, project("Ben"), force=True)
    with pytest.raises(MayNotChange, match="read-only"):
        restore(path, chosen(path))
    assert names(path) == ["Ada"]


def test_what_is_no_project_is_set_aside_and_said(path: Path) -> None:
    cut = path.read_bytes()[:20_000]
    path.write_bytes(cut)
    room = files.create(path, project("Ben"), force=True)
    aside = path.with_name("map (damaged).ownermap")
    assert (room.aside, aside.read_bytes(), names(path)) == (aside, cut, ["Ben"])
    assert room.told is not None
    assert words(room.told) == f"What was there is now {aside}."


def test_nothing_is_replaced_where_no_backup_can_be_kept(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = path.read_bytes()
    full = tmp_path / "data"
    full.mkdir()
    (full / "backups").write_text("in the way")
    monkeypatch.setenv("OWNERMAP_DATA", str(full))
    with pytest.raises(Unreadable, match="cannot be written"):
        files.create(path, project("Ben"), force=True)
    assert path.read_bytes() == old
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == [path.name]


def test_one_that_the_disk_withholds_for_a_moment_is_not_taken_for_damaged(path: Path) -> None:
    before = list(path.parent.iterdir())
    with unreadable(path), pytest.raises(OutOfReach):
        files.create(path, project("New"), force=True)
    assert (names(path), list(path.parent.iterdir())) == (["Ada"], before)


def test_a_copy_over_the_open_project_itself_is_refused(path: Path) -> None:
    with files.open_for_editing(path, idle=NEVER, at_most=NEVER) as opened:
        with pytest.raises(Unreadable, match="is the project that is open here"):
            opened.save_copy(path, force=True)
        Workspace(opened.project, opened).run(add(Person, {"name": "Cem"}))
    assert names(path) == ["Ada", "Cem"]


# --- edits that a killed window left, and a backup that is put back ---


def put_back_first(path: Path) -> str:
    return words(put_back(path, backups_of(path).listed()[-1]))


def test_a_restore_is_not_undone_by_edits_that_wait_and_they_are_kept(path: Path) -> None:
    with files.open_for_editing(path) as opened:
        Workspace(opened.project, opened).run(add(Person, {"name": "Ben"}))
    killed_after(path, "Cem")
    beside = path.with_name("map (kept copy).ownermap")
    assert f"Edits that had not reached the file are in “{beside.name}”, beside it." in put_back_first(path)
    assert not files.has_newer_edits(path)
    with files.open_for_editing(path) as opened:
        assert [person.name for person in opened.project.document.rows(Person)] == ["Ada"]
        assert (opened.notices, opened.kept_copy) == ((), None)
    assert names(beside) == ["Ada", "Ben", "Cem"]


@pytest.mark.parametrize("left", [(), ("Cem",)], ids=["all published", "one more"])
def test_nor_by_those_of_a_window_that_had_published_since(path: Path, left: tuple[str, ...]) -> None:
    """The working copy then goes on from both versions, the old one and the new one."""
    opened = files.open_for_editing(path, idle=NEVER, at_most=NEVER)
    workspace = Workspace(opened.project, opened)
    workspace.run(add(Person, {"name": "Ben"}))
    opened.publish()
    for name in left:
        workspace.run(add(Person, {"name": name}))
    opened._publisher.finish()
    assert opened._writer.finish() == 0
    opened._folder.release()
    assert ("(kept copy)" in put_back_first(path)) == bool(left)
    with files.open_for_editing(path) as again:
        assert [person.name for person in again.project.document.rows(Person)] == ["Ada"]
        assert again.notices == ()
    beside = path.with_name("map (kept copy).ownermap")
    assert (names(beside) if left else beside.exists()) == (["Ada", "Ben", *left] if left else False)


def test_where_the_file_is_damaged_they_are_kept_too(path: Path) -> None:
    with files.open_for_editing(path) as opened:
        Workspace(opened.project, opened).run(add(Person, {"name": "Ben"}))
    killed_after(path, "Cem")
    path.write_bytes(b"noise")
    assert "(kept copy)" in put_back_first(path)
    assert names(path.with_name("map (kept copy).ownermap")) == ["Ada", "Ben", "Cem"]
    assert names(path) == ["Ada"]


def test_a_backup_that_the_file_equals_changes_nothing_and_edits_wait_on(path: Path) -> None:
    with files.open_for_editing(path) as opened:
        Workspace(opened.project, opened).run(add(Person, {"name": "Ben"}))
    latest = chosen(path)
    before = path.read_bytes()
    said = words(put_back(path, latest))
    assert said == (
        f"“map.ownermap” holds exactly what the backup of {latest.when} holds (as it was when it was closed). Nothing "
        "was changed."
    )
    killed_after(path, "Cem")
    for put in (put_back, put_back_by_command):
        assert words(put(path, latest)) == (
            f"{said} Edits that it does not have wait on this computer: the next opening recovers them, and says so."
        )
    assert (path.read_bytes(), len(backups_of(path).listed())) == (before, 2)
    with files.open_for_editing(path) as opened:
        assert opened.recovered == 1
    assert names(path) == ["Ada", "Ben", "Cem"]


def test_where_the_placing_fails_the_edits_wait_as_before(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with files.open_for_editing(path) as opened:
        Workspace(opened.project, opened).run(add(Person, {"name": "Ben"}))
    killed_after(path, "Cem")
    first, before = backups_of(path).listed()[-1], sorted(path.parent.iterdir())

    def refused(_: Room) -> None:
        raise Unreadable(msg("No room."))

    with monkeypatch.context() as full:
        full.setattr(Room, "clear", refused)
        with pytest.raises(Unreadable, match="No room"):
            restore(path, first)
    assert sorted(path.parent.iterdir()) == before
    with files.open_for_editing(path) as opened:
        assert [person.name for person in opened.project.document.rows(Person)] == ["Ada", "Ben", "Cem"]


def test_a_working_copy_that_is_damaged_stays_and_is_told_by_the_next_opening(path: Path) -> None:
    with files.open_for_editing(path) as opened:
        Workspace(opened.project, opened).run(add(Person, {"name": "Ben"}))
    killed_after(path, "Cem")
    WorkingFolder(path, files.read(path).document.project_id).copy.write_bytes(b"noise")
    put_back_first(path)
    with files.open_for_editing(path) as opened:
        assert "A working copy of “map.ownermap” was damaged" in words(opened.notices[0])
    assert names(path) == ["Ada"]
