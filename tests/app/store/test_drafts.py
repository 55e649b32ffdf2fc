"""What is being typed is kept on a thread of its own, and is there at the next opening."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event

import pytest

from app.errors import OutOfReach, Unreadable
from app.messages import msg
from app.model.document import Document
from app.store import drafts, files
from app.store.drafts import Draft, Drafts
from app.store.publishing import write_project
from app.store.working import WorkingFolder
from tests.support.failing import unseen
from tests.support.random_projects import steady_mint

NAME = Draft("Dana Ab", "room", "", "person", "Add person")
NOTE = Draft("Line one\nLinie zwei – “ok”", "boundary", "0" * 26, "note", "Note")


def test_the_latest_are_there_at_the_next_opening(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    kept = Drafts(path)
    assert kept.left == ()
    kept.keep((NAME,))
    kept.keep((NAME, NOTE))
    kept.finish()
    assert Drafts(path).left == (NAME, NOTE)


def test_taken_drafts_are_gone_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    kept = Drafts(path)
    kept.keep((NAME,))
    kept.keep(())
    kept.finish()
    assert "Dana" not in path.read_text(encoding="utf-8")
    assert Drafts(path).left == ()


@pytest.mark.parametrize("found", ["", "{", "7", "[7]", '[["too", "few"]]', '{"a": 1}'])
def test_a_file_in_another_shape_holds_none(tmp_path: Path, found: str) -> None:
    path = tmp_path / "drafts.json"
    path.write_text(found, encoding="utf-8")
    assert Drafts(path).left == ()


@pytest.mark.parametrize("found", [[[1, 2, 3, 4, 5]], [["text", None, "", "", ""]], ["abcde"]])
def test_only_texts_are_drafts(tmp_path: Path, found: object) -> None:
    path = tmp_path / "drafts.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    assert Drafts(path).left == ()


def test_what_the_disk_withholds_is_not_taken_for_none(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    drafts = Drafts(path)
    drafts.keep((NAME,))
    drafts.finish()
    with unseen(path), pytest.raises(OutOfReach):
        Drafts(path)
    assert Drafts(path).left == (NAME,)


def test_a_full_disk_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write, full, refused = drafts.write_atomically, [True], Event()

    def sometimes(path: Path, fill: object) -> None:
        if full[0]:
            refused.set()
            raise Unreadable(msg("The disk is full."))
        write(path, fill)  # type: ignore[arg-type]

    monkeypatch.setattr(drafts, "write_atomically", sometimes)
    kept = Drafts(tmp_path / "drafts.json", patience=0.001)
    kept.keep((NAME,))
    assert refused.wait(5)
    full[0] = False
    kept.finish()
    assert Drafts(tmp_path / "drafts.json").left == (NAME,)


def test_an_open_project_keeps_them_in_its_own_folder_alone(tmp_path: Path) -> None:
    path = tmp_path / "map.ownermap"
    document = Document.empty(steady_mint())
    write_project(path, document, [])
    with files.open_for_editing(path) as opened:
        assert opened.drafts == ()
        opened.keep_drafts((NAME,))
    assert b"Dana" not in path.read_bytes()
    assert Drafts(WorkingFolder(path, document.project_id).drafts).left == (NAME,)
    # A command that opens the project in between does not take them away.
    with files.open_for_editing(path) as opened:
        assert opened.drafts == (NAME,)
    with files.open_for_editing(path) as opened:
        opened.keep_drafts(())
    with files.open_for_editing(path) as opened:
        assert opened.drafts == ()
    assert files.read(path).document == document
