"""Making and reading project files."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.edits.generic import add, remove, set_fields
from app.errors import Unreadable
from app.interchange import Project
from app.model.document import Document
from app.model.log import Log
from app.model.oversight import Action
from app.model.room import Person
from app.store import files
from app.workspace import Workspace
from tests.support.random_projects import random_document, steady_mint


def beside(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def small_project() -> Project:
    mint = steady_mint()
    workspace = Workspace(Project(Document.empty(mint), Log()), mint=mint)
    workspace.run(add(Person, {"name": "Meral Aydın", "present": True}))
    workspace.run(add(Action, {"name": "Drafts a reply", "flags": ["external_message"]}))
    (action,) = workspace.document.rows(Action)
    workspace.run(set_fields(action.id, approver=workspace.document.rows(Person)[0].id))
    return workspace.project


@settings(max_examples=10)
@given(st.randoms(use_true_random=True))
def test_every_kind_and_field_comes_back(tmp_path_factory: pytest.TempPathFactory, pick: Random) -> None:
    path = tmp_path_factory.mktemp("round") / "trip.ownermap"
    document = random_document(pick, steady_mint())
    files.create(path, Project(document, Log()))
    assert files.read(path).document == document


def test_the_log_and_undo_come_back(tmp_path: Path) -> None:
    path, project = tmp_path / "log.ownermap", small_project()
    files.create(path, project)
    found = files.read(path)
    assert list(found.log) == list(project.log)
    workspace = Workspace(found, mint=steady_mint())
    while workspace.can_undo():
        workspace.undo()
    assert workspace.document.rows(Action) == workspace.document.rows(Person) == ()


@pytest.mark.parametrize(
    "name",
    ["50 % off.ownermap", "a#b;c=d&e.ownermap", "it's “quoted”.ownermap", "Überblick 🦊.ownermap", "file%3Ax&mode=ro"],
)
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    path, project = tmp_path / name, small_project()
    files.create(path, project)
    with files.open_for_editing(path) as opened:
        Workspace(opened.project, opened).run(add(Person, {"name": "Jon"}))
    assert [person.name for person in files.read(path).document.rows(Person)] == ["Meral Aydın", "Jon"]
    assert beside(tmp_path) == [name]


def test_what_is_there_is_only_replaced_when_somebody_says_so(tmp_path: Path) -> None:
    path = tmp_path / "taken.ownermap"
    path.write_text("mine")
    with pytest.raises(Unreadable, match="is there already"):
        files.create(path, small_project())
    assert path.read_text() == "mine"
    files.create(path, small_project(), force=True)
    assert files.read(path).document == small_project().document


def test_a_file_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be written"):
        files.create(tmp_path / "nowhere" / "x.ownermap", small_project())
    assert beside(tmp_path) == []


def test_reading_leaves_the_file_and_its_folder_alone(tmp_path: Path) -> None:
    path = tmp_path / "quiet.ownermap"
    files.create(path, small_project())
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    before = path.read_bytes(), path.stat().st_mtime_ns, beside(tmp_path)
    files.read(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns, beside(tmp_path)) == before
    tmp_path.chmod(0o700)


def test_the_same_project_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        files.create(tmp_path / name, small_project())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_was_removed_is_not_in_the_published_rows(tmp_path: Path) -> None:
    mint = steady_mint()
    workspace = Workspace(Project(Document.empty(mint), Log()), mint=mint)
    workspace.run(add(Person, {"name": "Somebody Else"}))
    workspace.run(remove(workspace.document.rows(Person)[0].id))
    path = tmp_path / "removed.ownermap"
    files.create(path, Project(workspace.document, Log()))
    assert b"Somebody" not in path.read_bytes()


def test_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "private.ownermap"
    files.create(path, small_project())
    path.chmod(0o600)
    with files.open_for_editing(path) as opened:
        Workspace(opened.project, opened).run(add(Person))
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "real.ownermap", tmp_path / "link.ownermap"
    files.create(path, small_project())
    link.symlink_to(path)
    with files.open_for_editing(link) as opened:
        Workspace(opened.project, opened).run(add(Person))
    assert link.is_symlink()
    assert len(files.read(path).document.rows(Person)) == 2
