"""Earlier versions of a project: which backups there are, and putting one back. What is replaced is kept first."""

from __future__ import annotations

import shlex
from pathlib import Path

from app import outside
from app.errors import USAGE, AppError, Unreadable
from app.files import refuse_existing, refuse_no_file, write_atomically
from app.messages import Message, in_one, msg, number_of, shown
from app.store import migrations
from app.store.backups import REASONS as REASONS
from app.store.backups import Backup as Backup
from app.store.backups import Backups, Reason
from app.store.database import LARGEST_FILE
from app.store.opening import HEADER, inspect, version_of
from app.store.replacing import room_at


def backups_of(file: Path) -> Backups:
    """The backups of a project file, which may be damaged or gone: they are then found by its path.

    Raises Unreadable for a name that no file can have.
    """
    try:
        project_id = inspect(file).project.document.project_id
    except AppError:
        if "\0" in str(file):
            raise  # No file ever had such a name.
        project_id = ""
    return Backups(file, project_id)


def offers_backup(file: Path) -> bool:
    """Whether the file is damaged or cut off, and there is a good backup of it."""
    if "\0" in str(file):
        return False  # no file ever had such a name
    try:
        inspect(file)
    except AppError:
        return not _is_newer(file) and backups_of(file).latest_good() is not None
    return False


def backups_kept(file: Path) -> Message | None:
    """How many backups there are of a file that is damaged or gone, from when the last good one is, and how to see
    them; None where the file is sound, or there is no good one."""
    if not offers_backup(file):
        return None
    kept = backups_of(file)
    latest = kept.latest_good()
    assert latest is not None
    return msg(
        "{backups} kept here, the last good one of {moment}: see {how}",
        backups=number_of(len(kept.listed()), "1 backup of it is", "{count} backups of it are"),
        moment=latest.when,
        how=f"ownermap backups {shlex.quote(str(file))}",
    )


def chosen(file: Path, number: int | None = None, day: str = "") -> Backup:
    """The backup of this number, the latest being 1, or the latest one of this day (or other beginning of a moment), or
    with neither the latest good one. An AppError says why there is none, and what to do."""
    kept = backups_of(file)
    listed = kept.listed()
    if not listed:
        raise _without_backups(file)
    if number is None and not day:
        found = kept.latest_good()
        if found is None:
            raise AppError(
                number_of(
                    len(listed),
                    "The only backup of it is not good any more.",
                    "None of its {count} backups is good any more.",
                ),
                msg("Fetch the file again from where it came."),
            )
        return found
    if number is not None:
        found = listed[number - 1] if 0 < number <= len(listed) else None
    else:
        found = next((backup for backup in listed if backup.at.startswith(day)), None)
    if found is None:
        raise AppError(
            number_of(
                len(listed), "There is no such backup: one is kept.", "There is no such backup: {count} are kept."
            ),
            msg("See the numbers and days with: ownermap backups {file}", file=shlex.quote(str(file))),
            exit_code=USAGE,
        )
    return found


def _without_backups(file: Path) -> AppError:
    """Why there is nothing to restore a file from: it is gone, or damaged, or was never replaced."""
    none = msg("No backup of it is kept on this computer.")
    if not file.exists():
        problem = msg("“{path}” is not there.", path=shown(file))
        advice = msg("Check the name and the folder, or look on the computer on which it was edited.")
    else:
        try:
            inspect(file)
        except AppError as refused:
            problem = refused.problem
            advice = msg("It was left as it is. Fetch it again from where it came, or from whoever has a copy.")
        else:
            problem = msg("“{path}” is sound.", path=shown(file))
            none = msg("No backup of it has been kept yet: that happens when an edit replaces it.")
            advice = msg("Nothing needs to be put back.")
    return AppError(in_one((problem, none)), advice)


def _is_newer(file: Path) -> bool:
    try:
        return version_of(outside.whole(file, LARGEST_FILE)[:HEADER]) > migrations.CURRENT
    except OSError:
        return False


def restore(target: Path, backup: Backup, out: Path | None = None, *, force: bool = False) -> Path | None:
    """Write a backup over `target`, or to the file `out`, which only `force` replaces; where what was replaced is kept
    when it is no project.

    A project that is replaced becomes a backup that stays; anything else is renamed and stays beside the file. Raises
    Unreadable for a backup that is not good, and MayNotChange for a file that is read-only or open in a window.
    """
    project = backup.project
    if project is None:
        raise Unreadable(
            msg("The backup of {moment} is not good any more.", moment=backup.when), msg("Choose another one.")
        )
    data = backup.path.read_bytes()
    if out is not None:
        refuse_existing(out, force=force, advice=msg("Name another file."))
        path, reason, project_id = out.resolve(), Reason.REPLACED, ""
    else:
        refuse_no_file(target)
        path, reason, project_id = target.resolve(), Reason.RESTORE, project.document.project_id

    def write(temporary: Path) -> None:
        temporary.write_bytes(data)
        room.clear()

    with room_at(path, reason, project_id) as room:
        write_atomically(path, write)
    return room.aside


def put_back(target: Path, backup: Backup) -> Message:
    """Put a backup back in place of `target`, as `restore` does; what was done, and where what it replaced is kept."""
    aside = restore(target, backup)
    done = msg(
        "“{name}” is the backup of {moment} again ({reason}). What was changed after that is not in it.",
        name=target.name,
        moment=backup.when,
        reason=msg(REASONS[backup.reason]),
    )
    if aside is None:
        kept = msg("What it replaced is kept among the backups.")
    else:
        kept = msg("The file that could not be read is kept beside it: “{name}”.", name=aside.name)
    return in_one((done, kept))
