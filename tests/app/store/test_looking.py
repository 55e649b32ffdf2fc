"""A file that may not be changed is opened for looking at it, and a copy of it may be saved and changed."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from threading import Event

import pytest

from app.edits.generic import add
from app.errors import AppError, MayNotChange, Unreadable
from app.interchange import Project
from app.messages import msg, words
from app.model.changes import RowChange
from app.model.commit import Revision
from app.model.document import Document
from app.model.log import Log
from app.model.room import Person
from app.model.row import with_fields
from app.store import files
from app.store.saving import SaveState
from app.store.watching import Noticed, Underneath
from app.store.working import data_folder
from app.workspace import Workspace
from tests.support.builder import marker_project
from tests.support.elsewhere import save_elsewhere
from tests.support.random_projects import random_document, steady_mint

WHY = msg("It lies on a disc.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, Project(random_document(Random(1), steady_mint()), Log()))
    return made


def test_read_only_files_and_folders_may_not_be_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, whom no permission stops.
    monkeypatch.setattr(os, "access", lambda *asked: False)
    with pytest.raises(MayNotChange, match="read-only"):
        files.open_for_editing(path)


def test_the_second_opening_may_not_change_the_file(path: Path) -> None:
    with files.open_for_editing(path), pytest.raises(MayNotChange, match="open in another window"):
        files.open_for_editing(path)


def test_looking_locks_nothing_and_writes_nothing(path: Path) -> None:
    before = path.read_bytes()
    looked_at = files.open_for_looking(path, WHY)
    looked_at.publish()
    looked_at.close()
    assert (path.read_bytes(), [each.name for each in path.parent.iterdir()]) == (before, [path.name])
    assert looked_at.project.document == files.read(path).document
    with files.open_for_editing(path):
        pass


def test_an_edit_is_refused_with_the_reason(path: Path) -> None:
    looked_at = files.open_for_looking(path, WHY)
    workspace = Workspace(looked_at.project, read_only=looked_at.read_only)
    with pytest.raises(AppError, match=r"It lies on a disc\. Save a copy to change it there\."):
        workspace.run(add(Person, {"name": "Nobody"}))
    assert workspace.document == files.read(path).document


def test_newer_edits_of_another_window_are_said(path: Path) -> None:
    with files.open_for_editing(path, idle=1e6, at_most=1e6) as opened:
        assert files.open_for_looking(path, WHY).read_only == WHY
        workspace, saved = Workspace(opened.project, opened), Event()
        opened.listen(lambda saving: saved.set() if saving.state is SaveState.SAVED else None)
        workspace.run(add(Person, {"name": "Dana"}))
        assert saved.wait(10)
        looked_at = files.open_for_looking(path, WHY)
        assert looked_at.read_only is not None
        assert words(looked_at.read_only).startswith("It lies on a disc. There are newer edits")
        assert "Dana" not in {person.name for person in looked_at.project.document.rows(Person)}
        opened.publish()
        assert files.open_for_looking(path, WHY).read_only == WHY


def test_what_becomes_of_the_file_is_noticed_until_it_is_closed(path: Path) -> None:
    looked_at, told, noticed = files.open_for_looking(path, WHY), [], Event()

    def hear(found: Noticed) -> None:
        told.append(found)
        noticed.set()

    assert looked_at.look() == Noticed(free=True)
    with files.open_for_editing(path, idle=1e6, at_most=1e6) as opened:
        assert looked_at.look() == Noticed()
        looked_at.watch(hear, every=0.01)
        Workspace(opened.project, opened).run(add(Person, {"name": "Dana"}))
        opened.publish()
        assert noticed.wait(10)
        looked_at.close()
    assert told == [Noticed(Underneath.CHANGED)]
    assert looked_at.look() == Noticed(Underneath.CHANGED, free=True)
    path.unlink()
    assert looked_at.look() == Noticed(Underneath.GONE)
    assert told == [Noticed(Underneath.CHANGED)]
    looked_at.close()


def test_a_copy_can_be_saved_and_changed(path: Path, tmp_path: Path) -> None:
    looked_at = files.open_for_looking(path, WHY)
    copy = tmp_path / "copy.ownermap"
    looked_at.save_copy(copy)
    with files.open_for_editing(copy) as opened:
        assert opened.project.document == looked_at.project.document
    with pytest.raises(Unreadable):
        looked_at.save_copy(path, force=True)


def test_a_signoff_that_does_not_hold_is_said_at_opening(path: Path) -> None:
    signed, _ = marker_project(signed=True)
    assert warning(path, signed) == ""
    revision = signed.rows(Revision)[0]
    changed = RowChange(revision, with_fields(revision, {"fingerprint": "0" * 64}))
    assert "The sign-off in this file does not hold" in warning(path, signed.applying([changed]))


def warning(path: Path, document: Document) -> str:
    save_elsewhere(path, Project(document, Log()))
    with files.open_for_editing(path) as opened:
        said = opened.warning
    assert files.open_for_looking(path, WHY).warning == said
    return words(said) if said is not None else ""


@pytest.mark.parametrize("for_looking", [True, False])
def test_a_copy_for_another_process_holds_what_is_seen_and_goes_with_the_next_opening(
    path: Path, for_looking: bool
) -> None:
    if for_looking:
        looked_at = files.open_for_looking(path, WHY)
        copy, seen = looked_at.stage_copy(), looked_at.project.document
    else:
        opened = files.open_for_editing(path, idle=1e6, at_most=1e6)
        workspace = Workspace(opened.project, opened)
        workspace.run(add(Person, {"name": "Ada"}))
        copy, seen = opened.stage_copy(), workspace.document
        opened.close()
    assert files.read(copy).document == seen
    assert copy.is_relative_to(data_folder())
    # Whoever asked for it was killed.
    files.open_for_editing(path).close()
    assert not copy.exists()


def test_a_folder_that_is_gone_is_noticed_while_looking(path: Path) -> None:
    looked_at = files.open_for_looking(path, WHY)
    path.unlink()
    path.parent.rename(path.parent.with_name("renamed"))
    assert looked_at.look() == Noticed(Underneath.FOLDER_GONE)
