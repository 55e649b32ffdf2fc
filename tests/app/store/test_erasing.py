"""An erasure while others write: what came meanwhile stays, what cannot be read stops it, and every copy is found."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app import erasing, keys, outside
from app.edits.generic import set_fields
from app.errors import AppError, ChangedMeanwhile, MayNotChange, Unreadable
from app.messages import words
from app.model.ids import Mint
from app.model.room import Agent, Person
from app.store import backups, copies, files, rewriting, working
from app.store.backups import Backups
from app.store.drafts import Draft, Drafts
from app.store.working import WorkingFolder, data_folder
from app.workspace import Workspace
from tests.support.builder import ProjectBuilder

NAME = "Zelda Quillfeather"
TRACE = re.compile(rb"zelda|quillfeather", re.IGNORECASE)
CODE = "0123-4567-89AB-CDEF-GHJK"

Hook = Callable[[], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with backups of two versions, a copy in its folder, and the key of its person known."""
    made = tmp_path / "here" / "map.ownermap"
    made.parent.mkdir()
    builder = ProjectBuilder()
    builder.person(NAME)
    builder.person("Tom Brandt")
    files.create(made, builder.project())
    edited(made, "One")
    edited(made, "Two")
    shutil.copy(made, made.with_name("map-HOST.ownermap"))
    keys.trust(NAME, CODE)
    return made


def edited(path: Path, client: str) -> None:
    with files.open_for_editing(path) as opened:
        change(opened, client)


def change(opened: files.OpenProject, client: str) -> None:
    workspace = Workspace(opened.project, opened)
    workspace.run(set_fields(workspace.document.only(Agent).id, client=client))


def crashed(path: Path, client: str = "", drafts: tuple[Draft, ...] = ()) -> None:
    """Leave what a killed window leaves: what the file does not have, and what no field has taken."""
    opened = files.open_for_editing(path, idle=1000, at_most=1000)
    if client:
        change(opened, client)
    opened.keep_drafts(drafts)
    opened._writer.finish()
    opened._publisher.finish()
    opened._drafts.finish()
    opened._folder.release()


def client_of(path: Path) -> str:
    return files.read(path).document.only(Agent).client


def project_id_of(path: Path) -> str:
    return files.read(path).document.project_id


def kept(path: Path) -> list[Path]:
    return [backup.path for backup in Backups(path, project_id_of(path)).listed()]


def erase(path: Path, person: str = NAME) -> list[str]:
    """Erase somebody; what is said of it, before and after, line by line."""
    before = erasing.preview(files.read(path), person, path)
    done = erasing.erase(path, person, Mint())
    return [words(line) for line in (*before.lines(), *erasing.done_lines(before, done))]


def contents(path: Path) -> dict[Path, bytes]:
    """Every file of the folder, and of ours, by its content."""
    found = [each for folder in (path.parent, data_folder()) for each in folder.rglob("*") if each.is_file()]
    return {each: each.read_bytes() for each in found if each.name != "lock"}


def traces(path: Path) -> list[Path]:
    return [each for each, data in contents(path).items() if TRACE.search(data)]


def just_before(monkeypatch: pytest.MonkeyPatch, hook: Hook) -> None:
    """Have something happen when every new version lies ready, and none has taken the place of the old one."""
    real = rewriting.Plan.carry_out

    def carry_out(plan: rewriting.Plan) -> None:
        hook()
        real(plan)

    monkeypatch.setattr(rewriting.Plan, "carry_out", carry_out)


def after_the_first(monkeypatch: pytest.MonkeyPatch, hook: Hook) -> None:
    """Have something happen when the first file has been replaced."""
    real, replaced = rewriting.put_in_place, list[Path]()

    def put_in_place(staged: Path, target: Path) -> None:
        real(staged, target)
        replaced.append(target)
        if len(replaced) == 1:
            hook()

    monkeypatch.setattr(rewriting, "put_in_place", put_in_place)


# --- somebody else writes meanwhile ------------------------------------------------------------------------


def newer(path: Path, tmp_path: Path) -> Path:
    """A colleague's newer version of a file, on another machine."""
    theirs = tmp_path / "theirs" / path.name
    theirs.parent.mkdir()
    shutil.copy(path, theirs)
    edited(theirs, "Colleague")
    shutil.rmtree(data_folder() / "working")
    for backup in Backups(theirs, project_id_of(theirs))._own():
        backup.path.unlink()
    return theirs


def victim(path: Path, which: str) -> Path:
    return {"file": path, "copy": path.with_name("map-HOST.ownermap"), "backup": kept(path)[-1]}[which]


@pytest.mark.parametrize("which", ["file", "copy", "backup"])
def test_what_a_sync_client_delivers_meanwhile_is_never_overwritten(
    path: Path, which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = victim(path, which)
    theirs, before = newer(target, tmp_path), contents(path)
    delivered = theirs.read_bytes()
    with monkeypatch.context() as racing:
        just_before(racing, lambda: theirs.replace(target))
        with pytest.raises(ChangedMeanwhile) as refused:
            erase(path)
    assert f"{target}” came, was changed or was moved away" in str(refused.value)
    assert "nothing was erased anywhere" in str(refused.value)
    assert contents(path) == {**before, target: delivered}
    assert keys.known()
    erase(path)
    assert traces(path) == []
    if which != "backup":
        assert client_of(target) == "Colleague"


@pytest.mark.parametrize("which", ["file", "copy"])
def test_what_is_delivered_when_it_has_begun_stays_and_it_says_how_far_it_came(
    path: Path, which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = victim(path, which)
    theirs = newer(target, tmp_path)
    delivered = theirs.read_bytes()
    with monkeypatch.context() as racing:
        after_the_first(racing, lambda: theirs.replace(target))
        with pytest.raises(Unreadable, match=r"stopped midway.*was changed.*Erased from: 3 backups.*Not yet") as told:
            erase(path)
    assert target.read_bytes() == delivered
    assert f"“{path}”" in str(told.value).split("Not yet from:")[1]
    erase(path)
    assert traces(path) == []
    assert client_of(target) == "Colleague"


@pytest.mark.parametrize("which", ["file", "copy", "backup"])
def test_a_file_that_was_moved_away_meanwhile_is_not_put_back(
    path: Path, which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, before = victim(path, which), contents(path)
    with monkeypatch.context() as racing:
        just_before(racing, lambda: target.rename(tmp_path / "moved"))
        with pytest.raises(ChangedMeanwhile):
            erase(path)
    del before[target]
    assert contents(path) == before


@pytest.mark.parametrize("where", ["copy", "elsewhere", "backup"])
def test_what_came_while_all_was_prepared_stops_it(
    path: Path, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A conflict copy; a window on a copy in another folder; a backup which that makes."""
    other = tmp_path / "other" / "map.ownermap"
    other.parent.mkdir()
    shutil.copy(path, other)
    before, real, staged = contents(path), rewriting.stage_project, list[Path]()

    def arrive() -> None:
        if where == "copy":
            shutil.copy(path, path.with_name("map (conflicted copy).ownermap"))
        elif where == "elsewhere":
            crashed(other, "Three")
        else:
            Backups(other, project_id_of(other)).keep(other.read_bytes(), backups.Reason.MERGE)

    def stage_project(*given: object) -> Path:
        staged.append(real(*given))  # type: ignore[arg-type]
        if len(staged) == 1:
            arrive()
        return staged[-1]

    with monkeypatch.context() as racing:
        racing.setattr(rewriting, "stage_project", stage_project)
        with pytest.raises(ChangedMeanwhile, match="nothing was erased anywhere"):
            erase(path)
    assert before.items() <= contents(path).items()
    erase(path)
    assert traces(path) == []


def test_meanwhile_no_window_opens_a_file_and_nobody_else_erases(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[type[Exception]] = []

    def refused(act: Hook) -> None:
        with pytest.raises(MayNotChange) as error:
            act()
        tried.append(error.type)

    copy = path.with_name("map-HOST.ownermap")

    def hook() -> None:
        for file in (path, copy):
            refused(lambda file=file: files.open_for_editing(file))
            refused(lambda file=file: erasing.erase(file, "Tom Brandt", Mint()))

    with monkeypatch.context() as racing:
        just_before(racing, hook)
        erase(path)
    assert len(tried) == 4
    assert traces(path) == []
    assert {row.name for row in files.read(copy).document.rows(Person)} == {"Erased person 1", "Tom Brandt"}


def test_a_window_on_a_copy_keeps_everything_as_it_is(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ownermap"
    shutil.copy(path, other)
    for opened, said in ((path.with_name("map-HOST.ownermap"), "“map-HOST.ownermap” is open"), (other, "A copy of")):
        with files.open_for_editing(opened):
            before = contents(path)
            with pytest.raises(MayNotChange, match=said):
                erase(path)
            assert contents(path) == before


# --- what cannot be read -----------------------------------------------------------------------------------


def failing(monkeypatch: pytest.MonkeyPatch, target: Path, error: OSError) -> None:
    """The first read of a file fails, as a disk or a share does for a moment."""
    real, failed = outside.whole, list[Path]()

    def whole(found: Path, most: int) -> bytes:
        if found == target and not failed:
            failed.append(found)
            raise error
        return real(found, most)

    monkeypatch.setattr(outside, "whole", whole)


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), PermissionError(errno.EACCES, "no")])
@pytest.mark.parametrize("which", ["backup", "working", "aside", "drafts"])
def test_a_passing_error_of_the_disk_deletes_nothing(
    path: Path, which: str, error: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other" / "map.ownermap"
    other.parent.mkdir()
    shutil.copy(path, other)
    crashed(other, "Three", (Draft("An hour of typing", "stop", "", "where", "Where it is"),))
    folder = WorkingFolder(other, project_id_of(path))
    shutil.copy(folder.copy, folder.damaged)
    found = {"backup": kept(path)[-1], "working": folder.copy, "aside": folder.damaged, "drafts": folder.drafts}
    before = contents(path)
    with monkeypatch.context() as broken:
        failing(broken, found[which], error)
        with pytest.raises(Unreadable):
            erasing.erase(path, NAME, Mint())
    after = contents(path)
    # To be read they were settled, which writes to them and changes nothing in them.
    settled = {folder.copy, folder.damaged}
    assert settled < set(after)
    settled |= {each.with_name(f"{each.name}-journal") for each in settled}
    assert {each: data for each, data in after.items() if each not in settled} == {
        each: data for each, data in before.items() if each not in settled
    }
    erase(path)
    assert traces(path) == []
    assert len(kept(path)) == len([each for each in before if "backups" in each.parts and each.suffix == ".ownermap"])
    with files.open_for_editing(other) as again:
        assert again.project.document.only(Agent).client == "Three"
        assert [draft.text for draft in again.drafts] == ["An hour of typing"]


def test_a_disk_that_fails_while_a_working_copy_is_settled_deletes_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other" / "map.ownermap"
    other.parent.mkdir()
    shutil.copy(path, other)
    crashed(other, "Three")
    before = contents(path)
    copy = WorkingFolder(other, project_id_of(path)).copy
    with monkeypatch.context() as broken:
        broken.setattr(working, "settle", failing_disk)
        with pytest.raises(Unreadable, match="Your latest edits wait in"):
            erase(path)
    assert contents(path) == before
    assert copy.exists()


def failing_disk(*_: object) -> None:
    raise OperationalError("BEGIN IMMEDIATE", None, Exception("disk I/O error"))


def test_a_backup_of_a_newer_program_stops_it(path: Path) -> None:
    backup = kept(path)[-1]
    of_newer(backup, backup)
    before = contents(path)
    with pytest.raises(Unreadable, match="newer Ownermap"):
        erase(path)
    assert contents(path) == before


def of_newer(source: Path, target: Path) -> None:
    data = bytearray(source.read_bytes())
    data[60:64] = (99).to_bytes(4, "big")
    target.write_bytes(data)


def test_a_copy_that_was_set_aside_and_can_be_read_stays_without_the_name(path: Path) -> None:
    folder = WorkingFolder(path, project_id_of(path))
    shutil.copy(path, folder.damaged)
    erase(path)
    assert traces(path) == []
    assert client_of(folder.damaged) == "Two"


def test_what_somebody_put_among_the_backups_stays(path: Path) -> None:
    folder = kept(path)[0].parent
    copy, note = folder / "mine.ownermap", folder / "note.txt"
    shutil.copy(path, copy)
    note.write_text("not ours")
    said = erase(path)
    assert note.read_text() == "not ours"
    assert any(line.startswith("Cannot be read, or may not be changed") and str(note) in line for line in said)
    assert f"Erased from {copy} too." in said
    assert client_of(copy) == "Two"
    assert traces(path) == []


# --- copies under any name ---------------------------------------------------------------------------------


def test_every_copy_in_the_folder_is_reached_whatever_its_name(path: Path, tmp_path: Path) -> None:
    away = tmp_path / "away.ownermap"
    shutil.copy(path, away)
    named = [path.with_name(name) for name in ("billing final v2.ownermap", "ma.OWNERMAP", ".hidden.ownermap")]
    for copy in named:
        shutil.copy(path, copy)
    path.with_name("to this.ownermap").symlink_to(path)
    path.with_name("a link.ownermap").symlink_to(away)
    said = erase(path)
    for copy in (*named, path.with_name("map-HOST.ownermap"), away):
        assert f"Copy of it, written anew: {copy}" in said
        assert f"Erased from {copy} too." in said
        assert not TRACE.search(copy.read_bytes())
    assert traces(path) == []
    assert path.with_name("a link.ownermap").is_symlink()
    assert path.with_name("to this.ownermap").is_symlink()


def test_the_shorter_name_is_reached_from_the_longer_one(path: Path) -> None:
    erase(path.with_name("map-HOST.ownermap"))
    assert traces(path) == []


def test_other_projects_stay_and_what_cannot_be_read_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = path.with_name("another.ownermap")
    builder = ProjectBuilder(mint=Mint())
    builder.person(NAME)
    files.create(other, builder.project())
    mentions = path.with_name("mentions.ownermap")
    shutil.copy(other, mentions)
    with files.open_for_editing(mentions) as opened:
        change(opened, project_id_of(path))
    cut, later, closed = (path.with_name(f"{name}.ownermap") for name in ("cut", "later", "closed"))
    cut.write_bytes(path.read_bytes()[:-1000])
    of_newer(path, later)
    closed.write_bytes(path.read_bytes())
    path.with_name("folder.ownermap").mkdir()
    os.mkfifo(path.with_name("pipe.ownermap"))
    before, real = contents(path), outside.whole

    def whole(found: Path, most: int) -> bytes:
        if found == closed:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(found, most)

    with monkeypatch.context() as closing:
        closing.setattr(outside, "whole", whole)
        said = erase(path)
    for file in (cut, later, closed, path.with_name("pipe.ownermap")):
        assert f"Cannot be read, or may not be changed, and stays as it is: {file}" in said
        assert f"{file} could not be read, or may not be changed, and was left as it is." in said
    after = contents(path)
    for file in (other, mentions, cut, later, closed):
        assert after[file] == before[file]
    assert not any(str(file) in line for line in said for file in (other, mentions))


def test_of_very_many_files_it_says_how_many_were_not_looked_into(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        shutil.copy(path, path.with_name(f"a{number}.ownermap"))
    monkeypatch.setattr(copies, "MOST_NEIGHBOURS", 2)
    said = erase(path)
    # Those whose names begin with that of the file come first.
    assert f"Erased from {path.with_name('map-HOST.ownermap')} too." in said
    assert any(line.endswith("Not looked into: 2") for line in said)
    assert {file.name for file in traces(path)} == {"a1.ownermap", "a2.ownermap"}


def test_a_folder_that_cannot_be_listed_stops_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(path)

    def iterdir(folder: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    with monkeypatch.context() as closed:
        closed.setattr(Path, "iterdir", iterdir)
        with pytest.raises(Unreadable, match="Copies of the project may lie there"):
            erasing.erase(path, NAME, Mint())
    assert contents(path) == before


def test_edits_that_a_crash_left_for_a_copy_are_taken_in(path: Path) -> None:
    copy = path.with_name("billing final.ownermap")
    shutil.copy(path, copy)
    crashed(copy, "Three")
    erase(path)
    assert (client_of(path), client_of(copy)) == ("Two", "Three")
    assert traces(path) == []
    with files.open_for_editing(copy) as again:
        assert again.notices == ()


# --- unfinished texts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["here", "copy", "elsewhere"])
def test_unfinished_typing_stays_without_the_name(path: Path, where: str, tmp_path: Path) -> None:
    other = {"here": path, "copy": path.with_name("map-HOST.ownermap"), "elsewhere": tmp_path / "away.ownermap"}[where]
    if where == "elsewhere":
        shutil.copy(path, other)
    her, tom = files.read(path).document.rows(Person)
    typed = (
        Draft("An hour of typing about rollback", "stop", "", "where", "Where it is"),
        Draft("ask ZELDA first", "stop", tom.id, "title", f"Title of {NAME}"),
        Draft("Zel", "room", her.id, "name", "Name"),
    )
    crashed(other, drafts=typed)
    said = erase(path)
    assert "Unfinished texts stay, without the name; those that were typed into their own row go." in said
    assert traces(path) == []
    with files.open_for_editing(other) as again:
        assert [(draft.text, draft.row, draft.place) for draft in again.drafts] == [
            ("An hour of typing about rollback", "", "Where it is"),
            ("ask Erased person 1 first", tom.id, "Title of Erased person 1"),
        ]


def test_without_unfinished_texts_nothing_is_said_of_them(path: Path) -> None:
    crashed(path, drafts=())
    folder = WorkingFolder(path, project_id_of(path))
    assert Drafts(folder.drafts).left == ()
    assert not any("Unfinished" in line for line in erase(path))


def test_a_refused_erasure_keeps_unfinished_typing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = Draft("An hour of typing", "stop", "", "where", "Where it is")
    crashed(path, drafts=(typed,))
    with monkeypatch.context() as racing:
        just_before(racing, path.unlink)
        with pytest.raises(AppError):
            erase(path)
    assert Drafts(WorkingFolder(path, project_id_of(path.with_name("map-HOST.ownermap"))).drafts).left == (typed,)


ENDINGS = ("map.ownermap.bak", "map.bak", ".map.ownermap.tmp", "old", "letters.txt~")


@pytest.mark.parametrize("name", ENDINGS)
def test_a_copy_with_any_ending_is_reached(path: Path, name: str) -> None:
    copy = path.with_name(name)
    shutil.copy(path, copy)
    said = erase(path)
    assert f"Copy of it, written anew: {copy}" in said
    assert f"Erased from {copy} too." in said
    assert traces(path) == []


def test_what_is_no_project_and_does_not_end_like_one_stays_and_is_not_named(path: Path) -> None:
    text, hidden = path.with_name("notes.txt"), path.with_name("notes.bak")
    text.write_bytes(f"{NAME} in {project_id_of(path)}".encode())
    shutil.copy(text, hidden)
    os.mkfifo(path.with_name("pipe"))
    path.with_name("round").symlink_to(path.with_name("round"))
    path.with_name("nowhere").symlink_to(path.with_name("not there"))
    part = path.with_name(".other.ownermap.abc.part")
    shutil.copy(path, part)
    cut = path.with_name("cut.bak")
    cut.write_bytes(path.read_bytes()[:-1000])
    said = erase(path)
    assert set(traces(path)) == {text, hidden, part, cut}
    assert f"Cannot be read, or may not be changed, and stays as it is: {cut}" in said
    assert not any(
        str(path.with_name(name)) in line for line in said for name in ("notes.", "pipe", "round", "nowhere")
    )


def test_what_cannot_be_read_and_does_not_end_like_a_project_is_not_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, real = path.with_name("closed.bak"), outside.beginning
    closed.write_bytes(b"anything")

    def beginning(found: Path, most: int) -> bytes:
        if found == closed:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(found, most)

    monkeypatch.setattr(outside, "beginning", beginning)
    assert not any(str(closed) in line for line in erase(path))
