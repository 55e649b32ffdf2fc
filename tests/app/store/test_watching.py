"""What happens to an open file from outside, and the copies beside it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from threading import Event

import pytest

from app.edits.generic import add
from app.errors import ChangedMeanwhile, FolderGone, Unreadable
from app.interchange import Project
from app.merging import Merging, read_copy
from app.model.document import Document
from app.model.ids import Mint
from app.model.log import Log
from app.model.room import Person
from app.revisions.merging import Side
from app.store import files
from app.store.files import OpenProject
from app.store.saving import SaveState, Saving
from app.store.watching import Noticed, Underneath
from app.workspace import Workspace
from tests.support.elsewhere import save_elsewhere
from tests.support.failing import unreadable, unseen

NEVER = 1e6


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, Project(Document.empty(Mint()), Log()))
    return made


def opened(path: Path) -> OpenProject:
    return files.open_for_editing(path, idle=NEVER, at_most=NEVER)


def person(name: str, project: OpenProject) -> Workspace:
    workspace = Workspace(project.project, project)
    workspace.run(add(Person, {"name": name}))
    return workspace


def changed_elsewhere(path: Path, name: str) -> None:
    """What somebody on another machine saved."""
    workspace = Workspace(files.read(path))
    workspace.run(add(Person, {"name": name}))
    save_elsewhere(path, workspace.project)


def names(path: Path) -> list[str]:
    return [each.name for each in files.read(path).document.rows(Person)]


def test_our_own_publishing_is_no_change(path: Path) -> None:
    with opened(path) as project:
        assert project.look() == Noticed()
        person("Ada", project)
        project.publish()
        assert project.look() == Noticed()


def test_the_watch_goes_on_where_the_disk_says_nothing_for_a_moment(path: Path) -> None:
    with opened(path) as project:
        with unreadable(path):
            assert project.look() == Noticed()
        with unseen(path):
            assert project.look() == Noticed()
        changed_elsewhere(path, "Theirs")
        assert project.look().file is Underneath.CHANGED


def test_a_folder_in_its_place_is_a_change(path: Path) -> None:
    with opened(path) as project:
        away = path.rename(path.with_name("away"))
        path.mkdir()
        assert project.look().file is Underneath.CHANGED
        path.rmdir()
        away.rename(path)


def test_a_change_from_outside_is_told(path: Path) -> None:
    told, seen = Event(), []

    def hear(noticed: Noticed) -> None:
        seen.append(noticed)
        told.set()

    with opened(path) as project:
        changed_elsewhere(path, "Theirs")
        project.watch(hear, every=0.01)
        assert told.wait(20)
    # Nothing was edited here, so nothing of ours is missing in it.
    assert seen[0] == Noticed(Underneath.CHANGED)


def test_a_change_from_outside_that_lacks_our_edits_is_told_apart(path: Path) -> None:
    project = opened(path)
    person("Ours", project)
    project.publish()
    changed_elsewhere(path, "After ours")
    assert project.look() == Noticed(Underneath.CHANGED)
    person("Not in the file", project)
    assert project.look() == Noticed(Underneath.CHANGED, ours=True)
    with pytest.raises(ChangedMeanwhile):
        project.close()
    assert project.saving.underneath


def test_the_same_size_and_time_in_another_file_is_still_seen(path: Path) -> None:
    with opened(path) as project:
        assert project.look() == Noticed()
        before = path.stat()
        other = path.with_name("other")
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        other.write_bytes(data)
        os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
        other.replace(path)
        assert project.look().file is Underneath.CHANGED


def test_a_file_that_was_taken_away_is_told_and_written_anew(path: Path) -> None:
    with opened(path) as project:
        path.unlink()
        assert project.look().file is Underneath.GONE
        project.publish()
        assert project.look().file is Underneath.SAME
    assert names(path) == []


@pytest.mark.parametrize("edited", [True, False])
def test_a_folder_that_is_gone_is_told_and_the_file_saved_when_it_is_back(path: Path, edited: bool) -> None:
    folder = path.parent / "ours"
    folder.mkdir()
    path = path.rename(folder / path.name)
    away = folder.with_name("renamed")
    with opened(path) as project:
        if edited:
            person("Ada", project)
        assert project.in_memory_alone() == 0
        folder.rename(away)
        assert project.look().file is Underneath.FOLDER_GONE
        with pytest.raises(FolderGone, match="is not there any more"):
            project.publish()
        assert project.saving.underneath is Underneath.FOLDER_GONE
        saved = Event()
        project.listen(lambda saving: saved.set() if saving.state is SaveState.SAVED else None)
        away.rename(folder)
        # Nobody waits for the next try: whoever sees the folder again has the file saved.
        assert project.look().file is Underneath.SAME
        assert saved.wait(20)
        assert project.saving == Saving(SaveState.SAVED)
        assert names(path) == ["Ada"] * edited


def test_an_older_version_put_over_ours_at_the_end_loses_nothing(path: Path) -> None:
    old = path.read_bytes()
    project = opened(path)
    person("Ada", project)
    project.publish()
    path.write_bytes(old)
    assert project.look().file is Underneath.CHANGED
    project.close()
    with opened(path) as again:
        assert again.recovered == 1
    assert names(path) == ["Ada"]


def test_a_version_of_someone_else_put_over_ours_at_the_end_loses_nothing(path: Path) -> None:
    other = path.with_name("elsewhere")
    shutil.copy(path, other)
    changed_elsewhere(other, "Theirs")
    project = opened(path)
    person("Ours", project)
    project.publish()
    other.replace(path)
    project.close()
    with opened(path) as again:
        assert again.kept_copy is not None
        assert names(again.kept_copy) == ["Ours"]
        assert again.look().copies == (again.kept_copy,)
    assert names(path) == ["Theirs"]


# --- copies ---


@pytest.mark.parametrize(
    "name",
    [
        "map (conflicted copy 2026-11-21).ownermap",
        "map (Anna's conflicted copy).ownermap",
        "map-LAPTOP.ownermap",
        "map (1).ownermap",
        "map.sync-conflict-20261121-120000-ABCDEFG.ownermap",
        "Map-1.OWNERMAP",
    ],
)
def test_a_copy_with_other_steps_is_noticed_by_its_project(path: Path, name: str) -> None:
    copy = path.with_name(name)
    shutil.copy(path, copy)
    with opened(path) as project:
        assert project.look().copies == ()
        changed_elsewhere(copy, "Theirs")
        assert project.look().copies == (copy,)


def test_other_projects_and_damaged_files_are_no_copies(path: Path) -> None:
    files.create(path.with_name("map-other.ownermap"), Project(Document.empty(Mint()), Log()))
    path.with_name("map-damaged.ownermap").write_bytes(path.read_bytes()[:9000])
    elsewhere = path.with_name("another name.ownermap")
    shutil.copy(path, elsewhere)
    changed_elsewhere(elsewhere, "Theirs")
    with opened(path) as project:
        assert project.look().copies == ()


def test_a_copy_that_was_merged_is_no_news(path: Path) -> None:
    copy = path.with_name("map (1).ownermap")
    shutil.copy(path, copy)
    changed_elsewhere(copy, "Theirs")
    with opened(path) as project:
        workspace = Workspace(project.project, project)
        merging = Merging(workspace, read_copy(copy))
        merging.run(merging.comparison.all(Side.COPY), project)
        assert project.look().copies == ()
    assert names(path) == ["Theirs"]
    with opened(path) as project:
        assert project.look().copies == ()


def test_a_conflict_is_settled_by_opening_again_and_merging(path: Path) -> None:
    project = opened(path)
    person("Ours", project)
    changed_elsewhere(path, "Theirs")
    with pytest.raises(Unreadable, match="changed by someone else"):
        project.close()
    with opened(path) as again:
        assert again.kept_copy is not None
        merging = Merging(Workspace(again.project, again), read_copy(again.kept_copy))
        assert not merging.comparison.conflicts
        merging.run(merging.comparison.all(Side.COPY), again)
    assert sorted(names(path)) == ["Ours", "Theirs"]
