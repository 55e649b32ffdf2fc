"""Backups: what is kept and for how long, what counts as good, and putting one back."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.edits.generic import add, set_fields
from app.errors import AppError, Unreadable
from app.interchange import Project
from app.messages import words
from app.model.document import Document
from app.model.ids import Mint
from app.model.log import Log
from app.model.room import Agent, Person
from app.restoring import backups_kept, backups_of, chosen, offers_backup, put_back, restore
from app.store import backups, files
from app.store.backups import Backup, Backups, Reason, renamed
from app.store.opening import sha256_of
from app.workspace import Workspace
from tests.support.builder import marker_project
from tests.support.elsewhere import save_elsewhere
from tests.support.failing import unseen
from tests.support.random_projects import steady_mint

NEVER = 1e6


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, Project(Document.empty(steady_mint()), Log()))
    return made


def edit(path: Path, name: str) -> None:
    with files.open_for_editing(path, idle=NEVER, at_most=NEVER) as opened:
        Workspace(opened.project, opened).run(add(Person, {"name": name}))


def names(path: Path) -> list[str]:
    return [person.name for person in files.read(path).document.rows(Person)]


def reasons(path: Path) -> list[Reason]:
    return [backup.reason for backup in backups_of(path).listed()]


# --- when one is kept ---


def test_one_opening_keeps_what_it_replaced_and_what_it_left(path: Path) -> None:
    with files.open_for_editing(path, idle=NEVER, at_most=NEVER) as opened:
        workspace = Workspace(opened.project, opened)
        for name in ("Ada", "Ben", "Cem"):
            workspace.run(add(Person, {"name": name}))
            opened.publish()
    assert reasons(path) == [Reason.CLOSED, Reason.OPENED]
    latest, first = backups_of(path).listed()
    assert latest.project is not None
    assert first.project is not None
    assert len(latest.project.document.rows(Person)) == 3
    assert not first.project.document.rows(Person)


def test_opening_without_an_edit_keeps_nothing(path: Path) -> None:
    with files.open_for_editing(path):
        pass
    assert reasons(path) == []


def test_a_long_opening_keeps_one_every_ten_minutes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with files.open_for_editing(path, idle=NEVER, at_most=NEVER) as opened:
        workspace = Workspace(opened.project, opened)
        for name in ("Ada", "Ben"):
            workspace.run(add(Person, {"name": name}))
            opened.publish()
        monkeypatch.setattr(backups, "EVERY", timedelta(0))
        workspace.run(add(Person, {"name": "Cem"}))
        opened.publish()
    assert reasons(path) == [Reason.CLOSED, Reason.EDITING, Reason.OPENED]


def test_they_are_not_beside_the_file(path: Path) -> None:
    edit(path, "Ada")
    assert [found.name for found in path.parent.glob("*.ownermap")] == [path.name]


def test_a_version_of_an_older_program_is_pinned(tmp_path: Path) -> None:
    old = Path(__file__).parents[2] / "fixtures" / "version-1.ownermap"
    path = tmp_path / "old.ownermap"
    path.write_bytes(old.read_bytes())
    edit(path, "Ada")
    kept = [backup for backup in backups_of(path).listed() if backup.reason is Reason.MIGRATION]
    assert [backup.path.read_bytes() for backup in kept] == [old.read_bytes()]
    assert kept[0].good


# --- how long it is kept ---


@pytest.fixture
def many(path: Path) -> Callable[[int, timedelta], Backups]:
    """Makes that many versions, so far apart, the last one now; pruning runs with each."""

    def make(count: int, apart: timedelta) -> Backups:
        clock = Clock()
        kept = Backups(path, files.read(path).document.project_id, clock)
        workspace = Workspace(files.read(path), mint=steady_mint("Ada"))
        clock.now -= apart * (count - 1)
        for number in range(count):
            workspace.run(add(Person, {"name": f"Person {number}"}))
            save_elsewhere(path, workspace.project)
            kept.keep(path.read_bytes(), Reason.EDITING)
            clock.now += apart
        return kept

    return make


def test_the_last_ten_are_kept(many: Callable[[int, timedelta], Backups]) -> None:
    listed = many(16, timedelta(minutes=1)).listed()
    assert len(listed) == backups.LAST
    assert listed[0].at == "2026-11-21T12:00:00.000Z"
    assert listed[-1].at == "2026-11-21T11:51:00.000Z"


def test_then_one_a_day_a_week_and_a_month(many: Callable[[int, timedelta], Backups]) -> None:
    listed = many(30, timedelta(days=9)).listed()
    months = {backup.at[:7] for backup in listed}
    assert len(months) == 9
    assert len(listed) == backups.LAST + 6


def test_pinned_ones_stay(path: Path, many: Callable[[int, timedelta], Backups]) -> None:
    clock = Clock()
    clock.now -= timedelta(days=900)
    Backups(path, files.read(path).document.project_id, clock).keep(path.read_bytes(), Reason.SIGNOFF)
    assert many(14, timedelta(minutes=1)).listed()[-1].reason is Reason.SIGNOFF


def test_the_last_good_one_is_never_deleted(path: Path, many: Callable[[int, timedelta], Backups]) -> None:
    kept = many(10, timedelta(minutes=1))
    listed = kept.listed()
    for backup in listed[:-1]:
        backup.path.write_bytes(backup.path.read_bytes()[:5000])
    newest, good = listed[0].path, listed[-1]
    newest.with_name(newest.name.replace("20261121", "20261122")).write_bytes(newest.read_bytes())
    kept.prune()
    assert kept.latest_good() == good
    assert len([*kept.folder.glob("*.ownermap")]) == backups.LAST + 1


def test_what_is_no_good_project_is_not_kept(path: Path) -> None:
    kept = Backups(path, files.read(path).document.project_id)
    with pytest.raises(Unreadable, match="could not be verified"):
        kept.keep(path.read_bytes()[:-1], Reason.EDITING)
    assert kept.listed() == ()


def test_a_backup_that_was_exchanged_is_not_good(path: Path) -> None:
    edit(path, "Ada")
    first = backups_of(path).listed()[-1]
    first.path.write_bytes(path.read_bytes())
    assert not Backup(first.path, first.at, first.reason, first.size).good


# --- putting one back ---


def test_one_that_another_window_no_longer_needs_meanwhile_is_passed_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(path, "Ada")
    going, *staying = backups_of(path).listed()
    real = Path.stat

    def stat(asked: Path, *, follow_symlinks: bool = True) -> object:
        if asked == going.path:
            asked.unlink(missing_ok=True)
        return real(asked, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    assert [each.path for each in backups_of(path).listed()] == [each.path for each in staying]


def test_a_disk_that_does_not_list_them_is_told(path: Path) -> None:
    edit(path, "Ada")
    latest = backups_of(path).listed()[0]
    with unseen(latest.path), pytest.raises(Unreadable, match="cannot be read: input/output error"):
        backups_of(path).listed()


def test_restoring_keeps_what_was_there(path: Path) -> None:
    edit(path, "Ada")
    empty = backups_of(path).listed()[-1]
    edit(path, "Ben")
    room = restore(path, empty)
    assert names(path) == []
    before = backups_of(path).listed()[0]
    assert (before.reason, room.kept, room.aside) == (Reason.RESTORE, before, None)
    restore(path, before)
    assert names(path) == ["Ada", "Ben"]


def test_restoring_into_a_new_file_leaves_the_old_one(path: Path) -> None:
    edit(path, "Ada")
    out = path.with_name("earlier.ownermap")
    restore(path, backups_of(path).listed()[-1], out)
    assert names(out) == []
    assert names(path) == ["Ada"]
    with pytest.raises(Unreadable, match="is there already"):
        restore(path, backups_of(path).listed()[-1], out)


@pytest.mark.parametrize("left", [0, 50, 20_000])
def test_a_damaged_file_is_set_aside_and_its_backup_found(path: Path, left: int) -> None:
    edit(path, "Ada")
    path.write_bytes(path.read_bytes()[:left])
    assert offers_backup(path)
    latest = backups_of(path).latest_good()
    assert latest is not None
    aside = restore(path, latest).aside
    assert aside is not None
    assert aside.stat().st_size == left
    assert names(path) == ["Ada"]


def test_nothing_is_offered_for_a_good_file_or_a_newer_one(path: Path) -> None:
    edit(path, "Ada")
    assert not offers_backup(path)
    data = bytearray(path.read_bytes())
    data[60:64] = (999).to_bytes(4, "big")
    path.write_bytes(data)
    assert not offers_backup(path)


def test_a_file_that_is_open_is_not_restored(path: Path) -> None:
    edit(path, "Ada")
    with (
        files.open_for_editing(path, idle=NEVER, at_most=NEVER),
        pytest.raises(AppError, match="open in another window"),
    ):
        restore(path, backups_of(path).listed()[0])


def test_a_renamed_file_keeps_the_backups_of_its_project_after_its_own(path: Path) -> None:
    edit(path, "Ada")
    earlier = [backup.path for backup in backups_of(path).listed()]
    moved = path.rename(path.with_name("renamed.ownermap"))
    assert [(backup.path, backup.elsewhere) for backup in backups_of(moved).listed()] == [(p, True) for p in earlier]
    edit(moved, "Ben")
    listed = backups_of(moved).listed()
    # The latest of the other path is what this one began with.
    assert [backup.elsewhere for backup in listed] == [False, False, True]
    assert [backup.path for backup in listed[2:]] == earlier[1:]
    assert [backup.place for backup in listed] == ["", "", f"of “{path}”"]
    # A file that cannot be read does not say whose it is; its latest backup does.
    moved.write_bytes(b"")
    assert backups_of(moved).listed() == listed
    restore(moved, chosen(moved, 3))
    assert names(moved) == []


def test_what_another_copy_has_is_kept_for_this_one_too(path: Path) -> None:
    copy = path.with_name("copy.ownermap")
    copy.write_bytes(path.read_bytes())
    for each in (path, copy, path, copy):
        with files.open_for_editing(each, idle=NEVER, at_most=NEVER) as opened:
            opened.keep_backup(Reason.SIGNOFF)
    for each in (path, copy):
        assert [backup.reason for backup in backups_of(each).listed() if not backup.elsewhere] == [Reason.SIGNOFF]


def test_what_is_kept_and_not_good_any_more_is_kept_again(path: Path) -> None:
    kept = backups_of(path)
    first = kept.keep(path.read_bytes(), Reason.MERGE)
    assert first is not None
    first.path.write_bytes(b"")
    again = kept.keep(path.read_bytes(), Reason.MERGE)
    assert again is not None
    assert again.good


def test_generations_of_one_path_delete_none_of_another(path: Path, many: Callable[[int, timedelta], Backups]) -> None:
    kept = many(3, timedelta(minutes=1))
    moved = path.rename(path.with_name("renamed.ownermap"))
    for number in range(12):
        edit(moved, f"Person {number}")
    own, (others,) = Backups(moved, files.read(moved).document.project_id).of_project()
    assert len(own) >= backups.LAST
    assert [backup.path for backup in others] == [backup.path for backup in kept.listed() if not backup.elsewhere]


def test_a_draft_after_a_signed_revision_is_signed_by_nobody(path: Path) -> None:
    document, _ = marker_project(signed=True)
    save_elsewhere(path, Project(document, Log()))
    kept = backups_of(path)
    assert (signed := kept.keep(path.read_bytes(), Reason.MERGE)) is not None
    edit(path, "Somebody")
    draft = next(backup for backup in backups_of(path).listed() if backup.reason is Reason.CLOSED)
    assert ": " in signed.signed
    assert draft.signed == "Draft 4"


# --- of which file, and of which project ---


def moved_aside(path: Path, name: str) -> Path:
    """Another project takes the place of this one, and its file is then moved to another folder."""
    files.create(path, Project(Document.empty(Mint()), Log()), force=True)
    folder = path.with_name(name)
    folder.mkdir()
    return path.rename(folder / path.name)


def test_a_backup_of_another_file_is_never_put_back_unasked(path: Path) -> None:
    edit(path, "Ada")
    copy = path.with_name("copy.ownermap")
    copy.write_bytes(path.read_bytes())
    before = copy.read_bytes()
    with pytest.raises(AppError, match="No backup of this very file") as refused:
        chosen(copy)
    assert f"none is put back unasked: 2 of “{path}”. Nothing was changed." in str(refused.value)
    assert f"ownermap restore {copy} --from N" in str(refused.value)
    assert copy.read_bytes() == before
    assert chosen(copy, 2).file == path


def test_what_a_project_replaced_is_found_from_it_whatever_becomes_of_the_path(path: Path) -> None:
    edit(path, "Ada")
    first = path.read_bytes()
    new = moved_aside(path, "Ben")
    (before,) = backups_of(new).listed()
    assert before.path.read_bytes() == first
    assert before.place == f"of another project, whose place this one took: “{path}”"
    with pytest.raises(AppError, match="No backup of this very file"):
        chosen(new)
    said = words(put_back(new, before))
    assert f"“map.ownermap” is now the backup of {before.when} (before another project took its place) of ano" in said
    assert names(new) == ["Ada"]
    # Now the two are found from each other.
    listed = backups_of(new).listed()
    assert (listed[0].reason, listed[0].place) == (Reason.RESTORE, "of the project that stood here before")
    assert {backup.place for backup in listed[1:]} == {f"of “{path}”"}


def test_what_was_replaced_by_what_was_replaced_is_found_too(path: Path) -> None:
    edit(path, "Ada")
    second = moved_aside(path, "Ben")
    third = moved_aside(second, "Cem")
    held = [backup.project for backup in backups_of(third).listed()]
    people = sorted(len(project.document.rows(Person)) for project in held if project is not None)
    assert people == [0, 1]


def test_a_damaged_file_does_not_get_the_project_that_stood_there_before(path: Path) -> None:
    edit(path, "Ada")
    files.create(path, Project(Document.empty(Mint()), Log()), force=True)
    path.write_bytes(path.read_bytes()[:20_000])
    assert backups_of(path).latest_good() is None
    assert offers_backup(path)
    with pytest.raises(AppError, match="2 of the project that stood here before"):
        chosen(path)
    kept = backups_kept(path)
    assert kept is not None
    assert "No good backup of this very file is kept here, but 2 of the project that stood here before" in words(kept)


def test_a_backup_from_before_paths_were_noted_is_of_a_file_without_a_name(path: Path) -> None:
    edit(path, "Ada")
    kept = backups_of(path)
    for note in kept.notes():
        note.unlink()
    copy = path.with_name("copy.ownermap")
    copy.write_bytes(path.read_bytes())
    assert backups_of(copy).listed()[0].place == "of a file whose name was not noted"
    # The next backup notes it, and a note of another path is none.
    edit(path, "Ben")
    (whole,) = kept.notes()
    assert whole.read_bytes() == os.fsencode(path)
    whole.write_bytes(os.fsencode(path.with_name("another.ownermap")))
    assert backups_of(copy).listed()[0].file is None


@pytest.mark.parametrize("name", ["a\nb.ownermap", "a b’ü.ownermap", "%23#?.ownermap"])
def test_any_path_is_noted(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    save_elsewhere(path, Project(Document.empty(steady_mint()), Log()))
    edit(path, "Ada")
    assert {backup.file for backup in backups_of(path).listed()} == {path}
    copy = tmp_path / "copy.ownermap"
    copy.write_bytes(path.read_bytes())
    assert "\n" not in backups_of(copy).listed()[0].place


def test_the_same_contents_are_listed_once_and_the_good_one_of_them(path: Path) -> None:
    edit(path, "Ada")
    closed, opened = backups_of(path).listed()
    copy = path.with_name("copy.ownermap")
    copy.write_bytes(path.read_bytes())
    edit(copy, "Ben")
    assert [backup.place for backup in backups_of(copy).listed()] == ["", "", f"of “{path}”"]
    assert backups_of(copy).listed()[2].path == opened.path
    backups_of(copy).listed()[1].path.write_bytes(b"")
    assert [backup.path for backup in backups_of(copy).listed()[1:]] == [closed.path, opened.path]


# --- chosen by its moment ---


BERLIN = "Europe/Berlin"


@pytest.fixture
def by_night(path: Path) -> Path:
    """Backups that were kept at half past midnight in Berlin, the day before in UTC, and a day and an hour later."""
    clock = Clock()
    workspace = Workspace(files.read(path), mint=steady_mint("Ada"))
    workspace.run(set_fields(workspace.document.only(Agent).id, time_zone=BERLIN))
    kept = Backups(path, workspace.document.project_id, clock)
    for name, hour in (("Ada", 0), ("Ben", 24), ("Cem", 25)):
        clock.now = datetime(2026, 11, 20, 23, 30, 15, tzinfo=UTC) + timedelta(hours=hour)
        workspace.run(add(Person, {"name": name}))
        save_elsewhere(path, workspace.project)
        kept.keep(path.read_bytes(), Reason.MERGE)
    return path


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("2026-11-21", 3),
        ("21 Nov 2026", 3),
        ("2026-11-22", 1),
        ("2026-11", 1),
        ("2026-11-22T00:30", 2),
        ("2026-11-22T00:30:15", 2),
        ("2026-11-22T00:30:15 Europe/Berlin", 2),
        ("22 Nov 2026, 01:30 Europe/Berlin", 1),
        ("2026-11-20T23:30:15.000Z", 3),
    ],
)
def test_one_is_chosen_by_day_and_moment_as_they_are_printed(by_night: Path, asked: str, number: int) -> None:
    assert chosen(by_night, moment=asked) == chosen(by_night, number)


@pytest.mark.parametrize("asked", ["2026-11-20", "20 Nov 2026", "2 Nov 2026", "Nov 2026", "yesterday"])
def test_a_day_that_none_is_from(by_night: Path, asked: str) -> None:
    with pytest.raises(AppError, match="There is no such backup: 3 are kept"):
        chosen(by_night, moment=asked)


@given(number=st.integers(1, 3), length=st.integers(10, 19))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_beginning_of_a_moment_never_chooses_another_one(by_night: Path, number: int, length: int) -> None:
    meant = chosen(by_night, number)
    found = chosen(by_night, moment=meant.moment[:length])
    assert found.moment[:length] == meant.moment[:length]
    assert length < len("2026-11-21T00:") or found == meant


def test_two_of_one_moment_are_chosen_by_number(by_night: Path) -> None:
    kept = backups_of(by_night)
    latest = kept.listed()[0]
    other = kept.folder / latest.path.name.replace("T003015000000Z", "T003015400000Z")
    edit(by_night, "Dan")
    other.write_bytes(by_night.read_bytes())
    other.rename(renamed(other, sha256_of(other) or ""))
    with pytest.raises(AppError, match="Several backups are of that moment: ") as refused:
        chosen(by_night, moment=latest.moment)
    assert "Choose one by its number: ownermap restore " in str(refused.value)
    assert chosen(by_night, moment=latest.at) == latest
