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
from tests.support.named import NAME, TRACE, named_project

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
    *lines, more = capsys.readouterr().out.splitlines()
    assert [line[:5] for line in lines] == ["  1  ", "  2  "]
    assert more == "1 more of another file of the project: add --all."
    assert main(["backups", str(moved), "--all"]) == 0
    assert [line.endswith(f"of “{path}”") for line in capsys.readouterr().out.splitlines()] == [False, False, True]
    assert main(["backups", str(moved), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert [(each["elsewhere"], each["file"]) for each in plain] == [
        (False, str(moved)),
        (False, str(moved)),
        (True, str(path)),
    ]
    assert main(["restore", str(moved), "--from", "3"]) == 0
    assert agent(moved).name == ""


def test_a_name_that_no_file_has_is_refused_in_one_sentence(capsys: Out) -> None:
    for command in ("backups", "restore"):
        assert main([command, "a\0b.ownermap"]) == UNREADABLE
        said = capsys.readouterr().err
        assert (
            said == "ownermap: “a\\u0000b.ownermap” is not there. Nothing was changed. Check the name and the folder.\n"
        )


def test_a_backup_that_is_not_there(path: Path, capsys: Out) -> None:
    call(path, name="First")
    capsys.readouterr()
    for asked in ("7", "0", "2001-01-01", "99999999"):
        assert main(["restore", str(path), "--from", asked]) == USAGE
        assert (
            "There is no such backup: 2 are kept. Nothing was changed. See the numbers and days"
            in capsys.readouterr().err
        )


def test_a_file_without_backups_says_why_there_is_nothing_to_restore(path: Path, capsys: Out) -> None:
    def said(file: Path) -> str:
        assert main(["restore", str(file)]) == NO
        return capsys.readouterr().err

    assert "is not there. No backup of it is kept on this computer. Check the name" in said(
        path.with_name("no.ownermap")
    )
    assert "is sound. No backup of it or of its project is kept here" in said(path)
    path.write_bytes(path.read_bytes()[:20_000])
    cut = said(path)
    assert "is cut off: 20000 of" in cut
    assert "No backup of it is kept on this computer. Nothing was changed. Fetch it again" in cut


def test_backups_that_are_all_damaged_are_said(path: Path, capsys: Out) -> None:
    call(path, name="First")
    for backup in backups_of(path).listed():
        backup.path.write_bytes(b"")
    capsys.readouterr()
    assert main(["restore", str(path)]) == NO
    assert "None of its 2 backups is good any more. Nothing was changed. Fetch" in capsys.readouterr().err


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
    assert "Nothing was changed. Fetch it again" in said
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


def test_a_refused_merge_says_that_nothing_was_merged(path: Path, capsys: Out) -> None:
    other = path.with_name("other.ownermap")
    main(["new", str(other)])
    before = path.read_bytes()
    capsys.readouterr()
    assert main(["merge", str(path), str(other)]) == NO
    said = capsys.readouterr().err
    assert said == "ownermap: That copy belongs to another project. Nothing was merged. Choose a copy of this one.\n"
    assert path.read_bytes() == before


# --- of which file, and what becomes of what is there ---


def test_restoring_says_what_it_replaced_and_how_to_get_it_back(path: Path, capsys: Out) -> None:
    call(path, name="First")
    call(path, name="Second")
    capsys.readouterr()
    assert main(["restore", str(path), "--from", "3"]) == 0
    said = capsys.readouterr().out
    latest = backups_of(path).listed()[0]
    assert "again (before the first edit after opening). What was changed after that is not in it." in said
    assert f"What it replaced is kept: “Second”, Draft 1. To get it back: ownermap restore {path} --from" in said
    assert said.endswith(f"{latest.moment}\n")
    assert agent(path).name == ""


def test_a_copy_without_backups_is_not_overwritten_unasked(path: Path, capsys: Out) -> None:
    call(path, name="First")
    copy = path.with_name("a copy.ownermap")
    shutil.copy(path, copy)
    before = copy.read_bytes()
    capsys.readouterr()
    assert main(["restore", str(copy)]) == NO
    said = capsys.readouterr().err
    assert "No backup of this very file is kept on this computer. There are others, and none is put back" in said
    assert f"2 of “{path}”. Nothing was changed. See them with: ownermap backups '{copy}' --all" in said
    assert copy.read_bytes() == before
    assert main(["restore", str(copy), "--from", "2"]) == 0
    assert "“a copy.ownermap” is now the backup of " in capsys.readouterr().out


def test_a_project_that_was_replaced_is_found_after_its_file_was_renamed(path: Path, capsys: Out) -> None:
    call(path, name="First")
    assert main(["new", str(path), "--force"]) == 0
    moved = path.rename(path.with_name("moved.ownermap"))
    capsys.readouterr()
    assert main(["backups", str(moved)]) == 0
    said = capsys.readouterr().out
    assert "“First”" in said
    assert f"of another project, whose place this one took: “{path}”" in said
    assert main(["restore", str(moved), "--from", "1"]) == 0
    assert agent(moved).name == "First"


def test_each_entry_names_its_agent_and_a_moment_that_is_taken(path: Path, capsys: Out) -> None:
    for name in ("First", "Second"):
        assert main(["new", str(path), "--force"]) == 0
        call(path, name=name)
    assert main(["new", str(path), "--force"]) == 0
    capsys.readouterr()
    assert main(["backups", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    named = [line for line in lines if "before another project took its place" in line]
    assert ["“First”" in line for line in named[:2]] == [False, True]
    assert "“Second”" in named[0]
    assert main(["backups", str(path), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    assert (first["agent"], first["another_project"], first["file"]) == ("Second", True, str(path))
    assert f"{first['moment']} {first['zone']}" in named[0]
    assert main(["restore", str(path), "--from", first["at"]]) == 0
    assert agent(path).name == "Second"


def test_a_backup_goes_into_a_new_file_that_is_named_as_a_project(path: Path, capsys: Out) -> None:
    call(path, name="First")
    capsys.readouterr()
    out = path.with_name("notproject.txt")
    assert main(["restore", str(path), "--out", str(out)]) == USAGE
    assert "A project file ends in .ownermap" in capsys.readouterr().err
    assert not out.exists()
    out = out.with_suffix(".ownermap")
    assert main(["restore", str(path), "--out", str(out)]) == 0
    assert f"{out} is the backup of " in capsys.readouterr().out


def test_where_there_are_none_it_says_so(path: Path, capsys: Out) -> None:
    capsys.readouterr()
    assert main(["backups", str(path)]) == 0
    assert capsys.readouterr().out == "No backup of this file, or of its project, is kept on this computer.\n"


def test_the_noted_path_of_a_backup_is_erased_with_the_person_whom_it_names(tmp_path: Path, capsys: Out) -> None:
    named = tmp_path / f"{NAME}.ownermap"
    files.create(named, named_project())
    call(named, client="One")
    moved = named.rename(tmp_path / "map.ownermap")
    notes = backups_of(moved).notes()
    assert [TRACE.search(note.read_bytes()) is not None for note in notes] == [True]
    assert main(["erase", str(moved), "--person", NAME, "--yes"]) == 0
    said = capsys.readouterr().out
    assert "could not be read" not in said
    assert not any(note.exists() for note in notes)
    assert main(["backups", str(moved)]) == 0
    assert "of a file whose name was not noted" in capsys.readouterr().out


def test_one_list_tells_every_moment_in_the_zone_of_the_file(path: Path, capsys: Out) -> None:
    call(path, name="First")
    call(path, time_zone="Asia/Tokyo")

    def listed() -> list[dict[str, str]]:
        capsys.readouterr()
        assert main(["backups", str(path), "--json"]) == 0
        found: list[dict[str, str]] = json.loads(capsys.readouterr().out)
        return found

    assert [each["zone"] for each in listed()] == ["Asia/Tokyo"] * 3
    assert main(["restore", str(path), "--from", "3"]) == 0
    said = capsys.readouterr().out
    # The file is in UTC now, and so is the command that gets the other one back.
    found = listed()
    assert [each["zone"] for each in found] == ["UTC"] * 3
    assert said.endswith(f"--from {found[0]['moment']}\n")
    assert main(["restore", str(path), "--from", "1"]) == 0
    assert {each["zone"] for each in listed()} == {"Asia/Tokyo"}
    path.write_bytes(b"noise")
    assert {each["zone"] for each in listed()} == {"UTC"}
