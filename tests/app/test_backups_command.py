"""`backups`, `restore` and `merge` on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.cli import main
from app.edits.generic import set_fields
from app.errors import NO, UNREADABLE, USAGE
from app.model.room import Agent
from app.restoring import backups_of
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


def test_a_new_file_for_a_backup_is_a_new_one(path: Path, capsys: Out) -> None:
    call(path, name="First")
    capsys.readouterr()
    assert main(["restore", str(path), "--out", str(path)]) == UNREADABLE
    said = capsys.readouterr().err
    assert said.endswith("is there already. Name another file.\n")


def test_a_project_that_another_one_replaced_is_listed_and_put_back(path: Path, capsys: Out) -> None:
    call(path, name="First")
    assert main(["export", str(path), "--json"]) == 0
    interchange = str(path.with_suffix(".json"))
    for number, command in enumerate((["new", str(path)], ["import", interchange, str(path)])):
        was = path.read_bytes()
        capsys.readouterr()
        assert main([*command, "--force"]) == 0
        assert f"The project that was there is kept: see ownermap backups {path}" in capsys.readouterr().out
        latest = backups_of(path).listed()[0]
        assert (latest.reason.pinned, latest.path.read_bytes()) == (True, was), number
        assert main(["backups", str(path)]) == 0
        assert "before another project took its place" in capsys.readouterr().out
    assert main(["restore", str(path), "--from", "1"]) == 0
    assert agent(path).name == ""


def test_after_a_rename_the_earlier_ones_are_numbered_on(path: Path, capsys: Out) -> None:
    call(path, name="First")
    moved = path.rename(path.with_name("renamed.ownermap"))
    call(moved, name="Second")
    capsys.readouterr()
    assert main(["backups", str(moved)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert ["another folder" in line for line in lines] == [False, False, True, True]
    assert main(["backups", str(moved), "--json"]) == 0
    assert [each["elsewhere"] for each in json.loads(capsys.readouterr().out)] == [False, False, True, True]
    assert main(["restore", str(moved), "--from", "4"]) == 0
    assert agent(moved).name == ""


def test_a_name_that_no_file_has_is_refused_in_one_sentence(capsys: Out) -> None:
    for command in ("backups", "restore"):
        assert main([command, "a\0b.ownermap"]) == UNREADABLE
        said = capsys.readouterr().err
        assert said == "ownermap: “a\\u0000b.ownermap” is not there. Check the name and the folder.\n"


def test_a_backup_that_is_not_there(path: Path, capsys: Out) -> None:
    call(path, name="First")
    capsys.readouterr()
    for asked in ("7", "0", "2001-01-01", "99999999"):
        assert main(["restore", str(path), "--from", asked]) == USAGE
        assert "There is no such backup: 2 are kept. See the numbers and days" in capsys.readouterr().err


def test_a_file_without_backups_says_why_there_is_nothing_to_restore(path: Path, capsys: Out) -> None:
    def said(file: Path) -> str:
        assert main(["restore", str(file)]) == NO
        return capsys.readouterr().err

    assert "is not there. No backup of it is kept on this computer. Check the name" in said(
        path.with_name("no.ownermap")
    )
    assert "is sound. No backup of it has been kept yet" in said(path)
    path.write_bytes(path.read_bytes()[:20_000])
    cut = said(path)
    assert "is cut off: 20000 of" in cut
    assert "No backup of it is kept on this computer. It was left as it is. Fetch it again" in cut


def test_backups_that_are_all_damaged_are_said(path: Path, capsys: Out) -> None:
    call(path, name="First")
    for backup in backups_of(path).listed():
        backup.path.write_bytes(b"")
    capsys.readouterr()
    assert main(["restore", str(path)]) == NO
    assert "None of its 2 backups is good any more. Fetch" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("sign", "--level", "design", "--seat", "workflow", "--name", "A"), ("erase", "--person", "A")],
)
def test_a_damaged_file_is_refused_with_what_is_kept_of_it(path: Path, arguments: tuple[str, ...], capsys: Out) -> None:
    call(path, name="First")
    path.write_bytes(path.read_bytes()[:20_000])
    capsys.readouterr()
    assert main([arguments[0], str(path), *arguments[1:]]) == UNREADABLE
    said = capsys.readouterr().err
    assert "It was left as it is." in said
    assert "2 backups of it are kept here, the last good one of " in said
    assert f"see ownermap backups {path}" in said
    path.unlink()
    assert main([arguments[0], str(path), *arguments[1:]]) == UNREADABLE
    assert "2 backups of it are kept here" in capsys.readouterr().err


def test_a_sound_file_that_is_refused_says_nothing_of_backups(path: Path, capsys: Out) -> None:
    call(path, name="First")
    with files.open_for_editing(path):
        capsys.readouterr()
        arguments = ["sign", str(path), "--level", "design", "--seat", "workflow", "--name", "A"]
        assert main(arguments) == UNREADABLE
    said = capsys.readouterr().err
    assert "open in another window" in said
    assert "backup" not in said


def test_a_merge_asks_where_both_changed(path: Path, capsys: Out) -> None:
    copy = path.with_name("copy.ownermap")
    shutil.copy(path, copy)
    call(path, name="Ours")
    call(copy, name="Theirs", client="Client")
    assert main(["merge", str(path), str(copy), "--dry-run"]) == 0
    assert "this    Ours" in capsys.readouterr().out
    assert main(["merge", str(path), str(copy)]) == NO
    assert agent(path).client == ""
    assert main(["merge", str(path), str(copy), "--take", "copy"]) == 0
    assert (agent(path).name, agent(path).client) == ("Theirs", "Client")
