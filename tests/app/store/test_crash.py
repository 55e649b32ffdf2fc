"""A crash loses nothing that was said to be saved."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from app.cli import main
from app.edits.generic import add
from app.errors import Unreadable
from app.interchange import Project
from app.messages import words
from app.model.document import Document
from app.model.log import Log
from app.model.room import Person
from app.store import files, working
from app.workspace import Workspace
from tests.support.failing import unreadable
from tests.support.killed import killed_after
from tests.support.random_projects import steady_mint

EDITOR = Path(__file__).with_name("editor.py")
ROOT = Path(__file__).resolve().parents[3]


def editing(path: Path, people: int, idle: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, EDITOR, path, str(people), str(idle)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def crashed_after(path: Path, people: int) -> list[str]:
    """Names of the people that a window had saved, but not published, when it crashed."""
    with editing(path, people, 1e6) as window:
        assert window.stdout is not None
        return window.stdout.read().splitlines()


def names(project: Project) -> list[str]:
    return [person.name for person in project.document.rows(Person)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, Project(Document.empty(steady_mint()), Log()))
    return made


@pytest.mark.parametrize("idle", [0.001, 0.01, 1e6])
def test_a_killed_window_loses_nothing_that_was_saved(path: Path, idle: float) -> None:
    """Killed while it publishes all the time, now and then, and never."""
    saved: list[str] = []
    for after in random.Random(idle).sample(range(1, 60), 3):
        with editing(path, 0, idle) as window:
            assert window.stdout is not None
            saved += [window.stdout.readline().strip() for _ in range(after)]
            window.kill()
            saved += window.stdout.read().splitlines()
        with files.open_for_editing(path) as opened:
            found = names(opened.project)
        # One edit more may have reached the disk than could be printed.
        assert [name for name in found if name in saved] == saved
        assert len(found) <= len(saved) + 1
        saved = found
        assert names(files.read(path)) == found
        assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_a_crash_kept_out_of_the_file_is_recovered_and_said(path: Path) -> None:
    saved = crashed_after(path, 3)
    assert names(files.read(path)) == []
    assert files.has_newer_edits(path)
    with files.open_for_editing(path) as opened:
        assert opened.recovered == 3
        assert [words(notice) for notice in opened.notices] == [
            "Edits that had not reached “map.ownermap” were recovered: 3."
        ]
        assert names(opened.project) == saved
    assert not files.has_newer_edits(path)
    assert names(files.read(path)) == saved
    with files.open_for_editing(path) as opened:
        assert (opened.recovered, opened.notices) == (0, ())


def test_a_recovered_project_can_be_published_before_another_edit(path: Path) -> None:
    saved = crashed_after(path, 2)
    opened = files.open_for_editing(path, idle=1e6, at_most=1e6)
    opened.publish()
    assert names(files.read(path)) == saved
    opened.close()


def test_crash_after_crash(path: Path) -> None:
    first = crashed_after(path, 2)
    second = crashed_after(path, 2)
    with files.open_for_editing(path) as opened:
        assert (opened.recovered, names(opened.project)) == (4, first + second)


def test_a_file_that_someone_else_changed_is_taken_when_nothing_here_is_newer(path: Path, tmp_path: Path) -> None:
    crashed_after(path, 1)
    with files.open_for_editing(path):
        pass
    theirs = changed_elsewhere(path, tmp_path)
    with files.open_for_editing(path) as opened:
        assert names(opened.project) == theirs
        assert (opened.notices, opened.kept_copy) == ((), None)


def test_when_both_sides_changed_both_files_are_kept(path: Path, tmp_path: Path) -> None:
    ours = crashed_after(path, 2)
    theirs = changed_elsewhere(path, tmp_path)
    with files.open_for_editing(path) as opened:
        assert names(opened.project) == theirs
        assert opened.kept_copy == path.with_name("map (kept copy).ownermap")
        assert "your own edits are in “map (kept copy).ownermap”" in words(opened.notices[0])
        assert opened.recovered == 0
    assert names(files.read(opened.kept_copy)) == ours
    assert names(files.read(path)) == theirs
    with files.open_for_editing(opened.kept_copy) as kept:
        assert (names(kept.project), kept.notices) == (ours, ())


def test_a_second_kept_copy_does_not_replace_the_first(path: Path, tmp_path: Path) -> None:
    path.with_name("map (kept copy).ownermap").write_text("the first")
    crashed_after(path, 1)
    changed_elsewhere(path, tmp_path)
    with files.open_for_editing(path) as opened:
        assert opened.kept_copy == path.with_name("map (kept copy 2).ownermap")
    assert path.with_name("map (kept copy).ownermap").read_text() == "the first"


def kept(name: str) -> Path:
    """A file in the working folder of the project."""
    (found,) = Path(os.environ["OWNERMAP_DATA"]).rglob(name)
    return found


def test_a_damaged_working_copy_is_set_aside_and_said_as_long_as_it_is_there(path: Path) -> None:
    noise = (b"noise", b"more noise")
    for each in noise:
        killed_after(path, "Ada")
        kept("working.ownermap").write_bytes(each)
        with files.open_for_editing(path) as opened:
            assert names(opened.project) == []
    folder = kept("opened.ownermap").parent
    aside = [folder / "damaged-2.ownermap", folder / "damaged.ownermap"]
    assert [each.read_bytes() for each in aside] == [*reversed(noise)]
    for _ in range(2):
        with files.open_for_editing(path) as opened:
            said = [words(notice) for notice in opened.notices]
        assert all(f"was damaged and is now “{each}”" in told for each, told in zip(aside, said, strict=True))
    for each in aside:
        each.unlink()
    with files.open_for_editing(path) as opened:
        assert opened.notices == ()


def test_what_was_set_aside_and_can_be_opened_is_kept_beside_the_file(path: Path) -> None:
    killed_after(path, "Ada")
    copy = kept("working.ownermap")
    aside = copy.replace(copy.with_name("damaged.ownermap"))
    with files.open_for_editing(path) as opened:
        assert names(opened.project) == []
        assert opened.kept_copy is not None
        assert any("can be read again: they are in “map (kept copy).ownermap”" in words(n) for n in opened.notices)
    assert names(files.read(opened.kept_copy)) == ["Ada"]
    assert not aside.exists()


def test_what_was_set_aside_and_holds_nothing_new_goes_without_a_word(path: Path) -> None:
    killed_after(path, "Ada")
    copy = kept("working.ownermap")
    copy.with_name("damaged.ownermap").write_bytes(copy.read_bytes())
    with files.open_for_editing(path) as opened:
        assert (opened.recovered, len(opened.notices), opened.kept_copy) == (1, 1, None)
    assert not copy.with_name("damaged.ownermap").exists()


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), PermissionError(), MemoryError()])
def test_a_read_that_fails_once_refuses_the_opening_and_the_next_one_recovers(path: Path, error: Exception) -> None:
    killed_after(path, "Ada")
    with unreadable(kept("working.ownermap"), error), pytest.raises(Unreadable, match="Your latest edits wait in"):
        files.open_for_editing(path)
    with files.open_for_editing(path) as opened:
        assert (opened.recovered, names(opened.project)) == (1, ["Ada"])


def test_what_sqlite_calls_damage_once_is_asked_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_after(path, "Ada")
    real, called = working.settle, []

    def failing(asked: Path) -> None:
        called.append(asked)
        if len(called) == 1:
            fault = sqlite3.DatabaseError("file is not a database")
            fault.sqlite_errorcode = sqlite3.SQLITE_NOTADB
            raise DBAPIError(None, None, fault)
        real(asked)

    monkeypatch.setattr(working, "settle", failing)
    with files.open_for_editing(path) as opened:
        assert (opened.recovered, len(called)) == (1, 2)


def test_a_working_copy_of_a_newer_program_waits_for_it(path: Path) -> None:
    killed_after(path, "Ada")
    copy = kept("working.ownermap")
    with sqlite3.connect(copy) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(Unreadable, match="was saved by a newer Ownermap"):
        files.open_for_editing(path)
    assert copy.exists()


def test_a_working_copy_that_is_gone_is_said(path: Path) -> None:
    killed_after(path, "Ada")
    kept("working.ownermap").unlink()
    with files.open_for_editing(path) as opened:
        assert [words(n).partition(" is gone")[0] for n in opened.notices] == ["The working copy of “map.ownermap”"]
    with files.open_for_editing(path) as opened:
        assert opened.notices == ()


STATES = [b"", b"{}", b"[]", b"[[]]", b"[[1, 2]]", b'[["a", "b"]]', b"\xff", b"[" * 100_000, None]


@pytest.mark.parametrize("state", STATES)
def test_where_nothing_says_what_edits_go_on_from_they_do(path: Path, state: bytes | None) -> None:
    killed_after(path, "Ada", "Rosa")
    if state is None:
        kept("state.json").unlink()
    else:
        kept("state.json").write_bytes(state)
    assert files.has_newer_edits(path)
    assert main(["show", str(path)]) == 0
    with files.open_for_editing(path) as opened:
        assert (opened.recovered, names(opened.project)) == (2, ["Ada", "Rosa"])
    assert names(files.read(path)) == ["Ada", "Rosa"]
    assert not files.has_newer_edits(path)


@pytest.mark.parametrize("state", [b"{}", None])
def test_nor_is_anything_merged_in_silence_then(path: Path, tmp_path: Path, state: bytes | None) -> None:
    killed_after(path, "Ada")
    theirs = changed_elsewhere(path, tmp_path)
    if state is None:
        kept("state.json").unlink()
    else:
        kept("state.json").write_bytes(state)
    with files.open_for_editing(path) as opened:
        assert (names(opened.project), opened.recovered) == (theirs, 0)
        assert opened.kept_copy is not None
    assert names(files.read(opened.kept_copy)) == ["Ada"]


def changed_elsewhere(path: Path, tmp_path: Path) -> list[str]:
    """A colleague's version, as a sync client brings it."""
    other = tmp_path / "elsewhere"
    other.mkdir()
    with files.open_for_editing(copied(path, other / path.name)) as opened:
        Workspace(opened.project, opened).run(add(Person, {"name": "Theirs"}))
    (other / path.name).replace(path)
    return names(files.read(path))


def copied(path: Path, to: Path) -> Path:
    to.write_bytes(path.read_bytes())
    return to
