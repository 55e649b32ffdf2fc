"""Backups: what is kept and for how long, what counts as good, and putting one back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.edits.generic import add
from app.errors import AppError, Unreadable
from app.interchange import Project
from app.model.document import Document
from app.model.log import Log
from app.model.room import Person
from app.restoring import backups_of, chosen, offers_backup, restore
from app.store import backups, files
from app.store.backups import Backup, Backups, Reason
from app.workspace import Workspace
from tests.support.builder import marker_project
from tests.support.elsewhere import save_elsewhere
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
    assert len(kept.listed()) == backups.LAST + 1


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


def test_restoring_keeps_what_was_there(path: Path) -> None:
    edit(path, "Ada")
    empty = backups_of(path).listed()[-1]
    edit(path, "Ben")
    assert restore(path, empty) is None
    assert names(path) == []
    before = backups_of(path).listed()[0]
    assert before.reason is Reason.RESTORE
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
    aside = restore(path, latest)
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
    assert [backup.elsewhere for backup in listed] == [False, False, True, True]
    assert [backup.path for backup in listed[2:]] == earlier
    assert [bool(backup.place) for backup in listed] == [False, False, True, True]
    # A file that cannot be read does not say whose it is; its latest backup does.
    moved.write_bytes(b"")
    assert backups_of(moved).listed() == listed
    restore(moved, chosen(moved, 4))
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
    many(3, timedelta(minutes=1))
    moved = path.rename(path.with_name("renamed.ownermap"))
    for number in range(12):
        edit(moved, f"Person {number}")
    listed = backups_of(moved).listed()
    assert sum(backup.elsewhere for backup in listed) == 3
    assert sum(not backup.elsewhere for backup in listed) >= backups.LAST


def test_a_draft_after_a_signed_revision_is_signed_by_nobody(path: Path) -> None:
    document, _ = marker_project(signed=True)
    save_elsewhere(path, Project(document, Log()))
    kept = backups_of(path)
    assert (signed := kept.keep(path.read_bytes(), Reason.MERGE)) is not None
    edit(path, "Somebody")
    draft = next(backup for backup in backups_of(path).listed() if backup.reason is Reason.CLOSED)
    assert ": " in signed.signed
    assert draft.signed == "Draft 4"
