"""Earlier versions of a project: which backups there are, and putting one back. What is replaced is kept first."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from app import outside
from app.errors import USAGE, AppError, Unreadable
from app.files import refuse_existing, refuse_no_file, write_atomically
from app.messages import Message, in_one, msg, number_of, shown, words
from app.model.document import Document
from app.model.room import Agent
from app.store import files, migrations
from app.store.backups import REASONS as REASONS
from app.store.backups import Backup as Backup
from app.store.backups import Backups, Reason
from app.store.database import LARGEST_FILE
from app.store.opening import HEADER, inspect, version_of
from app.store.replacing import Room, room_at

MOST = 4
"""So many other files are named in one sentence."""


def backups_of(file: Path) -> Backups:
    """The backups of a project file, which may be damaged or gone: they are then found by its path, and their moments
    told in UTC, not on the clock of the project.

    Raises Unreadable for a name that no file can have.
    """
    try:
        document = inspect(file).project.document
    except AppError:
        if "\0" in str(file):
            raise  # No file ever had such a name.
        return Backups(file)
    return Backups(file, document.project_id, zone=_zone_of(document))


def _zone_of(document: Document) -> str:
    return document.only(Agent).time_zone or "UTC"


def offers_backup(file: Path) -> bool:
    """Whether the file is damaged or cut off, and there is a good backup of it, or of a file that may stand in."""
    if "\0" in str(file):
        return False  # no file ever had such a name
    try:
        inspect(file)
    except AppError:
        return not _is_newer(file) and any(backup.good for backup in backups_of(file).listed())
    return False


def backups_kept(file: Path) -> Message | None:
    """How many backups there are of a file that is damaged or gone, from when the last good one is, and how to see
    them; None where the file is sound, or there is no good one."""
    if not offers_backup(file):
        return None
    kept = backups_of(file)
    listed, latest = kept.listed(), kept.latest_good()
    how = f"ownermap backups {shlex.quote(str(file))}"
    if latest is None:
        return msg(
            "No good backup of this very file is kept here, but {others}: see {how}", others=_told(listed), how=how
        )
    return msg(
        "{backups} kept here, the last good one of {moment}: see {how}",
        backups=number_of(
            sum(backup.of_this_file for backup in listed), "1 backup of it is", "{count} backups of it are"
        ),
        moment=latest.when,
        how=how,
    )


def chosen(file: Path, number: int | None = None, moment: str = "") -> Backup:
    """The backup of this number in the list, the latest being 1, or of this moment, or the latest one of this day, as
    the list tells them; with neither the latest good one of this very file. An AppError says why there is none,
    and what to do.
    """
    listed = backups_of(file).listed()
    if not listed:
        raise _without_backups(file)
    if number is None and not moment:
        return _latest_good(file, listed)
    if number is not None:
        found = listed[number - 1 : number] if number > 0 else ()
    else:
        found = _of_moment(listed, moment)
    if not found:
        raise AppError(
            number_of(
                len(listed), "There is no such backup: one is kept.", "There is no such backup: {count} are kept."
            ),
            msg(
                "Nothing was changed. See the numbers and days with: ownermap backups {file} --all",
                file=shlex.quote(str(file)),
            ),
            exit_code=USAGE,
        )
    if len(found) > 1:
        numbers = [listed.index(backup) + 1 for backup in found]
        raise AppError(
            msg("Several backups are of that moment: {numbers}.", numbers=", ".join(map(str, numbers))),
            msg("Nothing was changed. Choose one by its number: {how}", how=_how_to_restore(file, numbers[0])),
            exit_code=USAGE,
        )
    return found[0]


def _latest_good(file: Path, listed: Sequence[Backup]) -> Backup:
    """The latest good one of this very file: what is of another one is never taken unasked."""
    own = [backup for backup in listed if backup.of_this_file]
    found = next((backup for backup in own if backup.good), None)
    if found is not None:
        return found
    if own:
        problem = number_of(
            len(own),
            "The only backup of it is not good any more.",
            "None of its {count} backups is good any more.",
        )
    else:
        problem = msg("No backup of this very file is kept on this computer.")
    if not any(backup.good for backup in listed):
        raise AppError(problem, msg("Nothing was changed. Fetch the file again from where it came."))
    others = tuple(backup for backup in listed if not backup.of_this_file)
    raise AppError(
        in_one((problem, msg("There are others, and none is put back unasked: {others}.", others=_told(others)))),
        msg(
            "Nothing was changed. See them with: ownermap backups {file} --all, and choose one: {how}",
            file=shlex.quote(str(file)),
            how=_how_to_restore(file, "N"),
        ),
    )


def _of_moment(listed: Sequence[Backup], asked: str) -> tuple[Backup, ...]:
    """Those of a moment, in a form in which one is printed, or of the beginning of it; of a day alone the latest one
    of this very file, where there is one."""
    found = tuple(
        backup
        for backup in listed
        if asked == backup.at or any(form.startswith(asked) for form in (f"{backup.moment} {backup.zone}", backup.when))
    )
    own = tuple(backup for backup in found if backup.of_this_file)
    return own[:1] if own and ":" not in asked else found


def _told(backups: Sequence[Backup]) -> str:
    """How many backups there are of which files."""
    counts = Counter(backup.place or words("of this file") for backup in backups)
    told = [words(number_of(count, "1 {place}", "{count} {place}", place=place)) for place, count in counts.items()]
    return "; ".join([*told[:MOST], words("others of the project")] if len(told) > MOST else told)


def _how_to_restore(file: Path, asked: str | int) -> str:
    return f"ownermap restore {shlex.quote(str(file))} --from {asked}"


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
            advice = msg("Nothing was changed. Fetch it again from where it came, or from whoever has a copy.")
        else:
            problem = msg("“{path}” is sound.", path=shown(file))
            none = msg("No backup of it or of its project is kept here: that happens when an edit replaces it.")
            advice = msg("Nothing needs to be put back.")
    return AppError(in_one((problem, none)), advice)


def _is_newer(file: Path) -> bool:
    try:
        return version_of(outside.whole(file, LARGEST_FILE)[:HEADER]) > migrations.CURRENT
    except OSError:
        return False


def restore(target: Path, backup: Backup, out: Path | None = None, *, force: bool = False) -> Room:
    """Write a backup over `target`, or to the file `out`, which only `force` replaces; what became of what was there.

    A project that is replaced becomes a backup that stays; anything else is renamed and stays beside the file. Edits
    that a killed window left for `target` go into a file beside it: the next opening brings back nothing. What holds
    the same as the backup stays as it is. Raises Unreadable for a backup that is not good, and MayNotChange for a file
    that is read-only or open in a window.
    """
    project = backup.project
    if project is None:
        raise Unreadable(
            msg("The backup of {moment} is not good any more.", moment=backup.when),
            msg("Nothing was changed. Choose another one."),
        )
    data = backup.path.read_bytes()
    by = project.document.project_id
    if out is not None:
        refuse_existing(out, force=force, advice=msg("Name another file."))
        path, reason = out.resolve(), Reason.REPLACED
    else:
        refuse_no_file(target)
        path, reason = target.resolve(), Reason.RESTORE

    def write(temporary: Path) -> None:
        temporary.write_bytes(data)
        room.clear()

    with room_at(path, by, reason, by) as room:
        if room.holds(data):
            return room
        with room.without_edits(project):
            write_atomically(path, write)
    return room


def put_back(target: Path, backup: Backup) -> Message:
    """Put a backup back in place of `target`, as `restore` does; what was done, and where what it replaced is kept."""
    room = restore(target, backup)
    kept = [msg("What it replaced is kept among the backups.")] if room.kept is not None else []
    return in_one((_done(target, backup, room), *kept, *besides(target, room)))


def put_back_by_command(target: Path, backup: Backup) -> Message:
    """The same, for whoever reads commands: it names what was replaced, and the command that gets it back."""
    room = restore(target, backup)
    kept = [_kept(target, backup, room.kept)] if room.kept is not None else []
    return in_one((_done(target, backup, room), *besides(target, room), *kept))


def _done(target: Path, backup: Backup, room: Room) -> Message:
    reason = msg(REASONS[backup.reason])
    if room.same:
        return msg(
            "“{name}” holds exactly what the backup of {moment} holds ({reason}). Nothing was changed.",
            name=shown(target.name),
            moment=backup.when,
            reason=reason,
        )
    if backup.of_this_file:
        return msg(
            "“{name}” is the backup of {moment} again ({reason}). What was changed after that is not in it.",
            name=shown(target.name),
            moment=backup.when,
            reason=reason,
        )
    return msg(
        "“{name}” is now the backup of {moment} ({reason}) {place}.",
        name=shown(target.name),
        moment=backup.when,
        reason=reason,
        place=backup.place,
    )


def _kept(target: Path, backup: Backup, kept: Backup) -> Message:
    if backup.project is not None:
        # As the list of the file that is there now tells it.
        kept = replace(kept, zone=_zone_of(backup.project.document))
    return msg(
        "What it replaced is kept: {agent}, {signed}. To get it back: {how}",
        agent=kept.agent,
        signed=kept.signed,
        how=_how_to_restore(target, kept.moment),
    )


def besides(target: Path, room: Room) -> Iterator[Message]:
    """Where else something of the file is, or waits."""
    if room.aside is not None:
        yield msg("The file that could not be read is kept beside it: “{name}”.", name=shown(room.aside.name))
    if room.edits is not None:
        yield msg("Edits that had not reached the file are in “{name}”, beside it.", name=shown(room.edits.name))
    if files.has_newer_edits(target):
        yield msg("Edits that it does not have wait on this computer: the next opening recovers them, and says so.")
