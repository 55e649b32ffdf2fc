"""A copy without names and an erasure, by the commands, looked for byte by byte in every file that there is."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject

from app import erasing, keys
from app.cli import main
from app.edits.generic import set_fields
from app.errors import AppError
from app.files import cannot_write, stage
from app.messages import words
from app.model.room import Agent, Person
from app.revisions.signoff import required_seats, seat_holder, sign
from app.store import files, publishing, rewriting
from app.store.backups import Backups, Reason
from app.store.erasing import Rewritten
from app.store.working import WorkingFolder, data_folder
from app.workspace import Workspace
from tests.support.builder import complete
from tests.support.named import NAME, TRACE, named_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "here" / "map.ownermap"
    made.parent.mkdir()
    files.create(made, named_project())
    return made


@pytest.fixture
def signed_map(tmp_path: Path) -> Path:
    made = tmp_path / "signed.ownermap"
    builder = complete()
    for seat in required_seats(builder.document):
        holder = seat_holder(builder.document, seat)
        assert holder is not None
        builder.run(sign("design", seat, holder.name, 0))
    files.create(made, builder.project())
    return made


def edited(path: Path, client: str) -> None:
    with files.open_for_editing(path) as opened:
        workspace = Workspace(opened.project, opened)
        workspace.run(set_fields(workspace.document.only(Agent).id, client=client))


def traces(*folders: Path) -> list[Path]:
    """Every file that holds the name, in its content or in its own name."""
    every = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in every if TRACE.search(path.read_bytes()) or TRACE.search(str(path).encode())]


# --- a copy without names ----------------------------------------------------------------------------------


def exported(path: Path, *more: str) -> dict[str, Path]:
    out = {kind: path.with_name(f"copy.{kind}") for kind in ("json", "xlsx", "pdf")}
    words = [word for kind, target in out.items() for word in (f"--{kind}", str(target))]
    assert main(["export", str(path), "--without-names", "--force", *words, *more]) == 0
    return out


def test_no_name_is_in_the_name_of_a_copy_either(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = path.rename(path.with_name(f"{NAME} map.ownermap"))
    assert main(["export", str(mine), "--json"]) == 0
    named = mine.with_suffix(".json").read_bytes()
    assert main(["export", str(mine), "--json", "--without-names", "--force"]) == 0
    assert mine.with_suffix(".json").read_bytes() == named
    (made,) = path.parent.glob("*-without-names.json")
    assert not TRACE.search(made.name.encode())
    assert "names somebody" not in capsys.readouterr().err
    for chosen in (
        f"{NAME}.json",
        f"{NAME.split()[-1].lower()}_map.json",
        f"map-{NAME.replace(' ', '')}.json",
        "zquillfeather.json",
        "Map of Quillfeather_Z.json",
    ):
        assert main(["export", str(mine), "--without-names", "--force", "--json", str(tmp_path / chosen)]) == 0
        assert f"The file name “{chosen}” names somebody" in capsys.readouterr().err


def test_a_copy_without_names_keeps_a_name_that_names_nobody(path: Path) -> None:
    mine = path.rename(path.with_name("Ticket triage.ownermap"))
    assert main(["export", str(mine), "--json", "--without-names"]) == 0
    assert (mine.parent / "Ticket triage-without-names.json").exists()


def streams(pdf: Path) -> bytes:
    """Every object of a PDF, streams inflated, and its pages as text."""
    reader = PdfReader(pdf)
    found = [str(reader.metadata).encode(), reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else b""]
    for number in range(1, len(reader.xref_objStm) + max(map(len, reader.xref.values()), default=0) + 1):
        found.append(inflated(reader, number))
    found += [page.extract_text().encode() for page in reader.pages]
    found += [content for several in reader.attachments.values() for content in several]
    return b"\n".join(found)


def inflated(reader: PdfReader, number: int) -> bytes:
    found = reader.get_object(IndirectObject(number, 0, reader))
    text = repr(found).encode()
    return text + found.get_data() if isinstance(found, StreamObject) else text


def members(workbook: Path) -> bytes:
    with zipfile.ZipFile(workbook) as package:
        return b"\n".join(name.encode() + package.read(name) for name in package.namelist())


def test_no_name_is_in_any_stream_of_an_export_without_names(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = exported(path)
    assert "read it before you send it" in capsys.readouterr().err
    assert TRACE.search(out["json"].read_bytes()) is None
    assert TRACE.search(members(out["xlsx"])) is None
    assert TRACE.search(streams(out["pdf"])) is None
    assert b"Person 1" in streams(out["pdf"])
    text = "\n".join(page.extract_text() for page in PdfReader(out["pdf"]).pages)
    assert "copy without names" in text
    assert TRACE.search(b"".join(file.read_bytes() for file in out.values())) is None


def test_the_search_would_find_the_name_in_an_ordinary_export(path: Path) -> None:
    pdf, xlsx = path.with_suffix(".pdf"), path.with_suffix(".xlsx")
    assert main(["export", str(path), "--pdf", str(pdf), "--xlsx", str(xlsx)]) == 0
    assert TRACE.search(streams(pdf))
    assert TRACE.search(members(xlsx))


def test_nobody_is_the_author_of_a_copy(path: Path) -> None:
    out = exported(path)
    properties = load_workbook(BytesIO(out["xlsx"].read_bytes())).properties
    assert {properties.creator, properties.lastModifiedBy} == {"Ownermap"}
    metadata = PdfReader(out["pdf"]).metadata
    assert metadata is not None
    assert not metadata.author or "Ownermap" in metadata.author


def test_the_same_project_gives_the_same_copy(path: Path) -> None:
    first = {kind: file.read_bytes() for kind, file in exported(path).items()}
    assert {kind: file.read_bytes() for kind, file in exported(path).items()} == first


def test_verify_says_that_a_copy_without_names_cannot_be_compared(
    signed_map: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = exported(signed_map)
    capsys.readouterr()
    assert main(["verify", str(signed_map), *map(str, out.values()), "--json"]) == 1
    project, *copies = json.loads(capsys.readouterr().out)
    assert project["code"] == 0
    for found in copies:
        assert found["outcome"] == "cannot verify"
        assert found["why"] == "this copy is without names: it cannot be compared with the signed revision."


def test_a_copy_without_names_that_was_edited_is_told_apart(
    signed_map: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = exported(signed_map)
    client = files.read(signed_map).document.only(Agent).client
    out["json"].write_text(out["json"].read_text().replace(client, "Another"))
    capsys.readouterr()
    assert main(["verify", str(signed_map), str(out["json"])]) == 1


def test_a_copy_without_names_can_be_opened(path: Path, tmp_path: Path) -> None:
    out = exported(path)
    assert main(["import", str(out["json"]), str(tmp_path / "new.ownermap")]) == 0
    assert files.read(tmp_path / "new.ownermap").document.rows(Person)[0].name.startswith("Person ")


def test_votes_are_not_asked_for_without_names(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(path), "--json", "--without-names", "--private"]) == 2
    assert "who voted for whom" in capsys.readouterr().err


# --- an erasure --------------------------------------------------------------------------------------------


def test_without_yes_it_only_says_where_somebody_stands(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert main(["erase", str(path), "--person", NAME]) == 1
    told = capsys.readouterr()
    assert "Frozen revisions that name them: 2" in told.out
    assert "cannot be undone" in told.out
    assert "Nothing was erased" in told.err
    assert path.read_bytes() == before


def test_no_file_of_ours_holds_the_name_after_an_erasure(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Backups of every kind, the opened version, a working copy that a crash left, a damaged one, and a kept copy."""
    edited(path, "One")
    edited(path, "Two")
    Backups(path, files.read(path).document.project_id).keep(path.read_bytes(), Reason.MERGE)
    copy = path.with_name("map (kept copy).ownermap")
    files.create(copy, files.read(path))
    elsewhere = path.parent / "moved" / "map.ownermap"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(path.read_bytes())
    crashed(elsewhere, "Three")
    elsewhere.unlink()
    crashed(path, "Four")
    folder = WorkingFolder(path, files.read(path).document.project_id)
    folder.damaged.write_bytes(path.read_bytes()[:-100])
    assert len(traces(path.parent, data_folder())) > 6

    assert main(["erase", str(path), "--person", NAME, "--yes"]) == 0
    assert traces(path.parent, data_folder()) == []
    told = capsys.readouterr().out
    assert "Backups written anew" in told
    assert copy.name in told
    assert "in other places still hold the name" in told
    assert files.read(path).document.only(Agent).client == "Four"
    assert files.read(path).document.rows(Person)[0].name == "Erased person 1"


def crashed(path: Path, client: str) -> None:
    """Leave what a killed window leaves: an edit in the working copy that the file does not have."""
    before = path.read_bytes()
    opened = files.open_for_editing(path, idle=1000, at_most=1000)
    workspace = Workspace(opened.project, opened)
    workspace.run(set_fields(workspace.document.only(Agent).id, client=client))
    opened._writer.finish()
    opened._publisher.finish()
    opened._folder.release()
    assert path.read_bytes() == before


def test_backups_can_still_be_put_back_and_hold_no_name(path: Path) -> None:
    edited(path, "One")
    edited(path, "Two")
    assert main(["erase", str(path), "--person", NAME, "--yes"]) == 0
    found = Backups(path, files.read(path).document.project_id).listed()
    assert found
    assert all(backup.good for backup in found)
    assert main(["restore", str(path), "--from", str(len(found))]) == 0
    assert traces(path.parent, data_folder()) == []


def test_a_backup_that_nobody_can_read_is_deleted(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited(path, "One")
    (backup,) = Backups(path, files.read(path).document.project_id).listed()[:1]
    backup.path.write_bytes(backup.path.read_bytes()[:-1000])
    assert main(["erase", str(path), "--person", NAME, "--yes"]) == 0
    assert "were damaged, and were deleted: 1" in capsys.readouterr().out
    assert traces(data_folder()) == []


def test_a_file_beside_it_that_nobody_can_read_stays_and_is_named(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = path.with_name("map (damaged).ownermap")
    broken.write_bytes(path.read_bytes()[:-1000])
    assert main(["erase", str(path), "--person", NAME, "--yes"]) == 0
    assert f"{broken} could not be read" in capsys.readouterr().out
    assert broken.exists()


def test_nothing_is_erased_while_a_window_has_the_project_open(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    with files.open_for_editing(path):
        assert main(["erase", str(path), "--person", NAME, "--yes"]) == 3
    assert "open in another window" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_the_file_opens_and_is_edited_as_before(path: Path) -> None:
    assert main(["erase", str(path), "--person", NAME, "--yes"]) == 0
    edited(path, "After")
    assert files.read(path).document.only(Agent).client == "After"


def test_a_copy_from_before_proves_what_the_file_cannot(signed_map: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = signed_map.with_suffix(".json")
    assert main(["export", str(signed_map), "--json", str(copy)]) == 0
    assert main(["erase", str(signed_map), "--person", "Dana Abelard", "--yes"]) == 0
    after = signed_map.with_name("after.json")
    assert main(["export", str(signed_map), "--json", str(after)]) == 0
    capsys.readouterr()
    main(["verify", str(signed_map), str(copy), str(after), "--json"])
    project, before, since = json.loads(capsys.readouterr().out)
    assert project["why"].startswith("erased: names were taken out of revision 1")
    assert before["code"] == 0
    assert "differs in nothing but the names that were erased" in before["why"]
    assert since["outcome"] == "cannot verify"
    assert since["why"].startswith("erased: this copy holds revision 1")


def test_a_copy_from_before_shows_a_change_that_was_called_an_erasure(
    signed_map: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = signed_map.with_suffix(".json")
    assert main(["export", str(signed_map), "--json", str(copy)]) == 0
    assert main(["erase", str(signed_map), "--person", "Dana Abelard", "--yes"]) == 0
    plain = signed_map.with_name("forged.json")
    assert main(["export", str(signed_map), "--json", str(plain)]) == 0
    client = files.read(signed_map).document.only(Agent).client
    plain.write_text(plain.read_text().replace(client, "Another"))
    forged = signed_map.with_name("forged.ownermap")
    assert main(["import", str(plain), str(forged)]) == 0
    capsys.readouterr()
    main(["verify", str(forged), str(copy), "--json"])
    project, found = json.loads(capsys.readouterr().out)
    assert project["code"] == 1
    assert (found["outcome"], found["code"]) == ("changed since sign-off", 1)
    assert "more than names differs" in found["why"]


def test_nobody_of_that_name_is_said(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase", str(path), "--person", "Nobody Atall", "--yes"]) == 2
    assert NAME in capsys.readouterr().err


def test_erasing_by_the_id_of_the_row_is_possible(path: Path) -> None:
    with pytest.raises(AppError):
        erasing.preview(files.read(path), "no such id", path)
    her = files.read(path).document.rows(Person)[0]
    assert erasing.preview(files.read(path), her.id, path).whom.name == NAME


def test_a_namesake_is_told_apart_by_title_as_in_what_if(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    builder = complete()
    builder.person("Rosa Steiner", title="Counsel")
    path = tmp_path / "map.ownermap"
    files.create(path, builder.project())
    keys.trust("Rosa Steiner", CODE)
    said = []
    for command in (["whatif", str(path), "--without"], ["erase", str(path), "--yes", "--person"]):
        assert main([*command, "Rosa Steiner"]) == 2
        said.append(capsys.readouterr().err.splitlines()[-1])
        assert main([*command, "Rosa Steiner (VP Support)"]) in (0, 1)
    assert said[0] == said[1]
    named = [row.title for row in files.read(path).document.rows(Person) if row.name == "Rosa Steiner"]
    assert named == ["Counsel"]
    assert keys.known() == {"Rosa Steiner": (CODE,)}


# --- what stops it -----------------------------------------------------------------------------------------


def contents(*folders: Path) -> dict[Path, bytes]:
    """Every project file there is, by its content."""
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*.ownermap")}


@pytest.fixture
def with_more(path: Path) -> Path:
    """A project with two backups, two copies beside it, and the key of its person known."""
    edited(path, "One")
    edited(path, "Two")
    for name in ("map (kept copy)", "map-HOST"):
        files.create(path.with_name(f"{name}.ownermap"), files.read(path))
    keys.trust(NAME, CODE)
    return path


CODE = "0123-4567-89AB-CDEF-GHJK"


@pytest.mark.parametrize("number", range(5))
def test_a_folder_that_takes_no_file_is_found_out_before_anything_changes(
    with_more: Path, number: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk refuses the new version of the nth file; 5 of them are to be made."""
    before = contents(with_more.parent, data_folder() / "backups")
    real, made = publishing.stage, []

    def stage(target: Path, write: Callable[[Path], object]) -> Path:
        made.append(target)
        if len(made) == number + 1:
            raise cannot_write(target, OSError(28, "No space left on device"))
        return real(target, write)

    monkeypatch.setattr(publishing, "stage", stage)
    assert main(["erase", str(with_more), "--person", NAME, "--yes"]) == 3
    assert "no space left on device" in capsys.readouterr().err
    assert contents(with_more.parent, data_folder() / "backups") == before
    assert not list(with_more.parent.glob(".*.part"))
    assert keys.known()
    monkeypatch.undo()


@pytest.mark.parametrize("number", range(6))
def test_what_stops_midway_is_said_exactly_and_the_next_run_finishes(
    with_more: Path, number: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The nth file cannot take the place of the old one. The project is the last of them."""
    data = data_folder() / "backups"
    left = 3 + len(Backups(with_more, files.read(with_more).document.project_id).listed())
    assert left == 6
    real, replaced = rewriting.put_in_place, []

    def put_in_place(staged: Path, target: Path) -> None:
        if len(replaced) == number:
            raise cannot_write(target, OSError(13, "Permission denied"))
        replaced.append(target)
        real(staged, target)

    with monkeypatch.context() as broken:
        broken.setattr(rewriting, "put_in_place", put_in_place)
        assert main(["erase", str(with_more), "--person", NAME, "--yes"]) == 3
    said = capsys.readouterr().err
    done, not_yet = said.split("Not yet from:")
    assert "It stopped midway" in done
    assert "nothing was changed" not in said
    assert ("nothing yet" in done) == (number == 0)
    assert f"“{with_more}”" in not_yet
    for path in contents(with_more.parent):
        assert f"“{path}”" in (not_yet if traces(path.parent) and TRACE.search(path.read_bytes()) else done)
    assert not list(with_more.parent.glob(".*.part"))
    assert files.read(with_more).document.rows(Person)[0].name == NAME
    assert main(["erase", str(with_more), "--person", NAME, "--yes"]) == 0
    assert traces(with_more.parent, data) == []
    assert all(backup.good for backup in Backups(with_more, files.read(with_more).document.project_id).listed())


def test_a_read_only_file_is_not_erased_from(
    with_more: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, real = contents(with_more.parent, data_folder()), os.access
    # Whoever runs the tests may be an administrator, to whom no file is read-only.
    monkeypatch.setattr(os, "access", lambda path, how: Path(path) != with_more and real(path, how))
    assert main(["erase", str(with_more), "--person", NAME, "--yes"]) == 3
    assert "may not be changed" in capsys.readouterr().err
    assert contents(with_more.parent, data_folder()) == before
    assert keys.known()


def test_a_copy_that_may_not_be_changed_stays_and_is_named(
    with_more: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = with_more.with_name("map-HOST.ownermap")
    before, real = copy.read_bytes(), os.access
    monkeypatch.setattr(os, "access", lambda path, how: Path(path) != copy and real(path, how))
    assert main(["erase", str(with_more), "--person", NAME, "--yes"]) == 0
    assert copy.read_bytes() == before
    assert f"{copy} could not be read, or may not be changed" in capsys.readouterr().out


# --- what is said before -----------------------------------------------------------------------------------


def test_before_it_is_done_every_file_that_it_reaches_is_told(
    with_more: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = with_more.with_name("another.ownermap")
    other.write_bytes(with_more.read_bytes())
    edited(other, "Three")
    elsewhere = with_more.parent / "moved" / "map.ownermap"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(with_more.read_bytes())
    crashed(elsewhere, "Four")
    broken = with_more.with_name("map (damaged).ownermap")
    broken.write_bytes(with_more.read_bytes()[:-1000])
    capsys.readouterr()
    assert main(["erase", str(with_more), "--person", NAME]) == 1
    told = capsys.readouterr().out.splitlines()
    for line in (
        "Backups of this file, each written anew, or deleted if it is damaged: 3",
        "Backups of another file that held the same project, likewise: 2",
        "Working copies of the project for files elsewhere, likewise: 1",
        f"Copy of it, written anew: {with_more.with_name('map (kept copy).ownermap')}",
        f"Copy of it, written anew: {with_more.with_name('map-HOST.ownermap')}",
        f"Copy of it, written anew: {other}",
        f"Cannot be read, or may not be changed, and stays as it is: {broken}",
        f"Their key goes off the list of known keys: {CODE}",
    ):
        assert line in told
    assert any("Zelda Quillfeather, Zelda, Quillfeather" in line and "zq@mail.example" in line for line in told)
    assert any("capital letter only: Z. Quillfeather" in line for line in told)


def test_what_others_are_called_too_is_said_to_stay(tmp_path: Path) -> None:
    builder = complete()
    builder.person("Dana Quick")
    before = erasing.preview(builder.project(), "Dana Abelard", tmp_path / "map.ownermap")
    assert before.looked.shared == ("Dana",)
    assert "Dana" not in before.looked.anywhere


def test_the_list_of_known_keys_loses_the_name_and_a_key_of_ones_own_stays(
    with_more: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toms = CODE.replace("0123", "3210")
    keys.trust("Tom Brandt", toms)
    held = keys.make(NAME.upper(), "correct horse", "correct horse")
    assert main(["erase", str(with_more), "--person", NAME, "--yes"]) == 0
    assert keys.known() == {"Tom Brandt": (toms,)}
    told = capsys.readouterr().out
    assert f"taken off the list of known keys: {CODE}" in told
    assert str(held.path) in told
    assert held.path.exists()


def test_a_path_that_names_the_person_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "zelda_quillfeather.ownermap"
    files.create(path, named_project())
    assert main(["erase", str(path), "--person", NAME, "--yes"]) == 0
    assert f"The path of the file names them, and stays, here and in the list of recent files: {path}" in (
        capsys.readouterr().out
    )


def test_leftovers_of_a_killed_process_go_too(with_more: Path) -> None:
    project_id = files.read(with_more).document.project_id
    folder = WorkingFolder(with_more, project_id)
    strays = [
        stage(with_more, lambda half: half.write_bytes(b"half")),
        Backups(with_more, project_id).folder / ".2026.part",
        folder.path / ".drafts.json-abc.part",
    ]
    for stray in strays:
        stray.write_text(NAME)
    assert main(["erase", str(with_more), "--person", NAME, "--yes"]) == 0
    assert traces(with_more.parent, data_folder()) == []


def test_an_ordinary_word_that_is_a_name_is_left_to_look_for_by_hand(tmp_path: Path) -> None:
    builder = complete()
    builder.set(builder.document.rows(Person)[0], name="Mark Will")
    before = erasing.preview(builder.project(), "Mark Will", tmp_path / "map.ownermap")
    last = [words(line) for line in erasing.done_lines(before, Rewritten(0, (), 0, ()))][-1]
    assert last == (
        "Look by hand, too, for sentences that begin with one of these alone, which are ordinary words: “Mark”, “Will”."
    )
