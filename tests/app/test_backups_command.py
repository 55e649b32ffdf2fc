"""`backups`, `restore` and `merge` on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.cli import main
from app.edits.generic import set_fields
from app.errors import NO, USAGE
from app.model.room import Agent
from app.store import files
from app.workspace import Workspace

Out = pytest.CaptureFixture[str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    main(["new", str(made)])
    return made


def call(path: Path, **values: str) -> None:
    with files.open_for_editing(path) as opened:
        workspace = Workspace(opened.project, opened)
        workspace.run(set_fields(workspace.document.only(Agent).id, **values))


def agent(path: Path) -> Agent:
    return files.read(path).document.only(Agent)


def test_backups_are_listed_and_put_back(path: Path, capsys: Out) -> None:
    call(path, name="First")
    call(path, name="Second")
    capsys.readouterr()
    assert main(["backups", str(path), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [each["good"] for each in listed] == [True] * 3
    assert main(["restore", str(path), "--from", "2"]) == 0
    assert agent(path).name == "First"
    out = path.with_name("out.ownermap")
    assert main(["restore", str(path), "--from", listed[0]["at"][:10], "--out", str(out)]) == 0
    assert out.exists()


def test_a_backup_that_is_not_there(path: Path) -> None:
    assert main(["restore", str(path)]) == NO
    assert main(["restore", str(path), "--from", "7"]) == USAGE


def test_a_merge_asks_where_both_changed(path: Path, capsys: Out) -> None:
    copy = path.with_name("copy.ownermap")
    shutil.copy(path, copy)
    call(path, name="Ours")
    call(copy, name="Theirs", client="Client")
    assert main(["merge", str(path), str(copy), "--dry-run"]) == 0
    assert "ours    Ours" in capsys.readouterr().out
    assert main(["merge", str(path), str(copy)]) == NO
    assert agent(path).client == ""
    assert main(["merge", str(path), str(copy), "--take", "theirs"]) == 0
    assert (agent(path).name, agent(path).client) == ("Theirs", "Client")
