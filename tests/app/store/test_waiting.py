"""Edits that a crash left for a file follow it when it is moved, and are told where they cannot."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.cli import main
from app.edits.generic import add
from app.interchange import Project
from app.messages import words
from app.model.document import Document
from app.model.ids import Mint
from app.model.log import Log
from app.model.room import Person
from app.store import files
from app.store.drafts import Draft, Drafts
from app.store.files import OpenProject
from app.store.working import WorkingFolder
from app.workspace import Workspace
from tests.support.elsewhere import save_elsewhere
from tests.support.killed import killed_after
from tests.support.random_projects import steady_mint

NAME = Draft("Dana Abel", "room", "", "name", "Name")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, Project(Document.empty(steady_mint()), Log()))
    return made


def names(project: Project) -> list[str]:
    return [person.name for person in project.document.rows(Person)]


def told(opened: OpenProject) -> list[str]:
    return [words(notice) for notice in opened.notices]


def folder_of(path: Path) -> WorkingFolder:
    return WorkingFolder(path, files.read(path).document.project_id)


def changed_elsewhere(path: Path) -> None:
    theirs = Workspace(files.read(path))
    theirs.run(add(Person, {"name": "Theirs"}))
    save_elsewhere(path, theirs.project)


@pytest.mark.parametrize("new", ["new name.ownermap", "folder/map.ownermap"])
def test_edits_follow_a_file_that_is_renamed_or_moved(path: Path, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    killed_after(path, "Ada", "Rosa")
    moved = path.parent / new
    moved.parent.mkdir(exist_ok=True)
    path.rename(moved)
    assert files.has_newer_edits(moved)
    assert main(["show", str(moved)]) == 0
    assert "Newer edits of “" in capsys.readouterr().err
    with files.open_for_editing(moved) as opened:
        assert told(opened) == [
            f"Edits that had not reached the file of this project which lay at “{path}” were recovered into "
            f"“{moved.name}”: 2."
        ]
        assert (opened.recovered, names(opened.project)) == (2, ["Ada", "Rosa"])
    assert names(files.read(moved)) == ["Ada", "Rosa"]
    assert not files.has_newer_edits(moved)
    with files.open_for_editing(moved) as opened:
        assert (told(opened), opened.recovered) == ([], 0)


def test_edits_that_followed_are_safe_from_another_kill(path: Path) -> None:
    killed_after(path, "Ada")
    moved = path.rename(path.with_name("moved.ownermap"))
    killed_after(moved, "Rosa")
    again = moved.rename(path.with_name("moved again.ownermap"))
    with files.open_for_editing(again) as opened:
        assert names(opened.project) == ["Ada", "Rosa"]


def test_the_edits_of_a_file_that_is_still_there_are_its_own(path: Path) -> None:
    copy = path.with_name("copy.ownermap")
    shutil.copy(path, copy)
    killed_after(path, "Ada")
    assert not files.has_newer_edits(copy)
    with files.open_for_editing(copy) as opened:
        assert (told(opened), names(opened.project)) == ([], [])
    with files.open_for_editing(path) as opened:
        assert names(opened.project) == ["Ada"]


def test_another_project_at_the_old_path_keeps_no_edits_back(path: Path) -> None:
    killed_after(path, "Ada")
    moved = path.rename(path.with_name("moved.ownermap"))
    files.create(path, Project(Document.empty(Mint()), Log()))
    with files.open_for_editing(moved) as opened:
        assert names(opened.project) == ["Ada"]


def test_what_is_damaged_at_the_old_path_may_be_restored_and_have_its_edits(path: Path) -> None:
    copy = path.with_name("copy.ownermap")
    shutil.copy(path, copy)
    killed_after(path, "Ada")
    path.write_bytes(b"noise")
    with files.open_for_editing(copy) as opened:
        assert (told(opened), names(opened.project)) == ([], [])


def test_edits_to_another_version_are_told_with_how_to_get_them(path: Path) -> None:
    killed_after(path, "Ada")
    moved = path.rename(path.with_name("moved.ownermap"))
    changed_elsewhere(moved)
    for _ in range(2):
        with files.open_for_editing(moved) as opened:
            (said,) = told(opened)
            assert said.startswith(f"Edits that had not reached “{path}” are not in “moved.ownermap”: 1. To get them,")
            assert names(opened.project) == ["Theirs"]
    # What the sentence says.
    shutil.copy(moved, path)
    with files.open_for_editing(path) as opened:
        assert opened.kept_copy is not None
        assert names(files.read(opened.kept_copy)) == ["Ada"]
    with files.open_for_editing(moved) as opened:
        assert told(opened) == []


def test_edits_that_the_file_has_by_now_are_not_told(path: Path) -> None:
    killed_after(path, "Ada")
    moved = path.with_name("moved.ownermap")
    shutil.copy(path, moved)
    with files.open_for_editing(path):
        pass
    shutil.copy(path, moved)
    path.unlink()
    with files.open_for_editing(moved) as opened:
        assert (told(opened), names(opened.project)) == ([], ["Ada"])


def test_what_a_window_has_open_is_left_to_it(path: Path) -> None:
    killed_after(path, "Ada")
    folder = folder_of(path)
    moved = path.rename(path.with_name("moved.ownermap"))
    folder.acquire()
    with files.open_for_editing(moved) as opened:
        assert (told(opened), names(opened.project)) == ([], [])
    folder.release()


def test_a_damaged_working_copy_of_a_moved_file_is_told_and_stays(path: Path) -> None:
    killed_after(path, "Ada")
    folder = folder_of(path)
    folder.copy.write_bytes(b"noise")
    moved = path.rename(path.with_name("moved.ownermap"))
    for _ in range(2):
        with files.open_for_editing(moved) as opened:
            assert f"“{folder.copy}”" in told(opened)[0]
    assert folder.copy.read_bytes() == b"noise"


def test_drafts_follow_too(path: Path) -> None:
    killed_after(path, "Ada")
    drafts = Drafts(folder_of(path).drafts)
    drafts.keep((NAME,))
    drafts.finish()
    moved = path.rename(path.with_name("moved.ownermap"))
    with files.open_for_editing(moved) as opened:
        assert opened.drafts == (NAME,)


def restored(path: Path, data: bytes) -> None:
    """Have an earlier version be there again, as a restore or somebody else puts it."""
    path.write_bytes(data)


def test_edits_that_were_taken_over_do_not_come_back_into_an_earlier_version(path: Path) -> None:
    before = path.read_bytes()
    killed_after(path, "Ada")
    moved = path.rename(path.with_name("moved.ownermap"))
    with files.open_for_editing(moved) as opened:
        assert names(opened.project) == ["Ada"]
    restored(moved, before)
    assert not files.has_newer_edits(moved)
    with files.open_for_editing(moved) as opened:
        assert (told(opened), names(opened.project)) == ([], [])


def test_edits_are_taken_over_by_one_file(path: Path) -> None:
    killed_after(path, "Ada")
    copy = path.with_name("copy.ownermap")
    shutil.copy(path, copy)
    moved = path.rename(path.with_name("moved.ownermap"))
    with files.open_for_editing(copy) as opened:
        assert names(opened.project) == ["Ada"]
    with files.open_for_editing(moved) as opened:
        assert (told(opened), names(opened.project)) == ([], [])


def test_a_kill_between_taking_and_marking_loses_nothing_and_is_made_up_for(path: Path) -> None:
    before = path.read_bytes()
    killed_after(path, "Ada")
    left = folder_of(path)
    moved = path.rename(path.with_name("moved.ownermap"))
    killed_after(moved, "Rosa")
    (left.path / "taken").unlink()
    with files.open_for_editing(moved) as opened:
        assert names(opened.project) == ["Ada", "Rosa"]
    assert left.was_taken()
    restored(moved, before)
    with files.open_for_editing(moved) as opened:
        assert names(opened.project) == []


def test_edits_that_were_taken_over_are_still_there_at_their_own_path(path: Path) -> None:
    """A stick was pulled out, and its file opened from a copy meanwhile."""
    away = path.with_name("stick.ownermap")
    copy = path.with_name("copy.ownermap")
    shutil.copy(path, copy)
    killed_after(path, "Ada")
    path.rename(away)
    with files.open_for_editing(copy) as opened:
        assert names(opened.project) == ["Ada"]
    away.rename(path)
    assert files.has_newer_edits(path)
    # It goes on from them, and what is added then is nowhere else: it follows the file again.
    killed_after(path, "Rosa")
    moved = path.rename(away)
    with files.open_for_editing(moved) as opened:
        assert names(opened.project) == ["Ada", "Rosa"]


def test_a_folder_that_was_taken_from_begins_anew_without_the_mark(path: Path) -> None:
    killed_after(path, "Ada")
    left = folder_of(path)
    moved = path.rename(path.with_name("moved.ownermap"))
    with files.open_for_editing(moved):
        pass
    shutil.copy(moved, path)
    moved.unlink()
    killed_after(path, "Rosa")
    assert not left.was_taken()
    path.rename(moved)
    with files.open_for_editing(moved) as opened:
        assert names(opened.project) == ["Ada", "Rosa"]
