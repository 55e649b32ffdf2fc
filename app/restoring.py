"""Earlier versions of a project: which backups there are, and putting one back. What is replaced is kept first."""

from __future__ import annotations

from pathlib import Path

from app.errors import AppError, Unreadable
from app.files import cannot_write, refuse_existing, write_atomically
from app.messages import Message, msg, number_of
from app.store import migrations
from app.store.backups import REASONS as REASONS
from app.store.backups import Backup as Backup
from app.store.backups import Backups, Reason
from app.store.opening import HEADER, inspect, version_of
from app.store.working import WorkingFolder


def backups_of(file: Path) -> Backups:
    """The backups of a project file, which may be damaged or gone: they are then found by its path."""
    try:
        project_id = inspect(file).project.document.project_id
    except AppError:
        project_id = ""
    return Backups(file, project_id)


def offers_backup(file: Path) -> bool:
    """Whether the file is damaged or cut off, and there is a good backup of it."""
    try:
        inspect(file)
    except AppError:
        return not _is_newer(file) and backups_of(file).latest_good() is not None
    return False


def backups_kept(file: Path) -> Message | None:
    """How many backups of a file there are, and how to see them; None where there is none."""
    count = len(backups_of(file).listed())
    if not count:
        return None
    how = msg("ownermap backups {file}", file=str(file))
    return msg("{backups} kept: {how}", backups=number_of(count, "1 backup is", "{count} backups are"), how=how)


def _is_newer(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return version_of(opened.read(HEADER)) > migrations.CURRENT
    except OSError:
        return False


def restore(target: Path, backup: Backup, out: Path | None = None, *, force: bool = False) -> Path | None:
    """Write a backup over `target`, or to the new file `out`; where the replaced file is kept when it is no project.

    A project that is replaced becomes a backup that stays; anything else is renamed and stays beside the file. Raises
    Unreadable for a backup that is not good, and an AppError (exit 3) when a window has the file open.
    """
    project = backup.project
    if project is None:
        raise Unreadable(
            msg("The backup of {moment} is not good any more.", moment=backup.when), msg("Choose another one.")
        )
    data = backup.path.read_bytes()
    if out is not None:
        refuse_existing(out, force=force)
        write_atomically(out.resolve(), lambda path: path.write_bytes(data))
        return None
    target = target.resolve()
    folder = WorkingFolder(target, project.document.project_id)
    folder.acquire()
    try:
        aside = _keep_what_is_there(target)
        write_atomically(target, lambda path: path.write_bytes(data))
        return aside
    finally:
        folder.release()


def _keep_what_is_there(target: Path) -> Path | None:
    if not target.exists():
        return None
    try:
        there = inspect(target)
    except AppError:
        aside = _free_name(target)
        try:
            target.rename(aside)
        except OSError as error:
            raise cannot_write(aside, error) from None
        return aside
    Backups(target, there.project.document.project_id).keep(target.read_bytes(), Reason.RESTORE)
    return None


def _free_name(target: Path) -> Path:
    aside = target.with_name(f"{target.stem} (damaged){target.suffix}")
    number = 2
    while aside.exists():
        aside = target.with_name(f"{target.stem} (damaged {number}){target.suffix}")
        number += 1
    return aside
