"""Where an opening goes on from: the file, or the working copy that a crash left (architecture.md, "The project file").

Never merged in silence, never overwritten: when someone else changed the file and there are edits here that it does
not have, both are kept. Only a working copy that is certainly damaged is set aside: where the disk does not say what
one holds, the opening is refused and everything stays, so that another one recovers it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.errors import AppError, DamagedFile, OutOfReach, Unreadable
from app.files import is_there
from app.messages import Message, msg, shown
from app.store import database, working
from app.store.opening import Inspected, inspect, whole
from app.store.publishing import write_project
from app.store.working import OwnVersion, WorkingFolder


@dataclass(frozen=True)
class Start:
    """The state to go on from, and how many of its change sets the file has."""

    inspected: Inspected
    published: int
    notices: tuple[Message, ...] = ()
    kept_copy: Path | None = None


def begin(path: Path, folder: WorkingFolder, theirs: Inspected) -> Start:
    """Prepare the working copy for the file `path`, which holds `theirs`. The folder must be locked.

    Raises Unreadable when the disk does not say what the working copy holds; nothing was changed then.
    """
    start = _begun(path, folder, theirs)
    for aside in folder.aside():
        start = _with_aside(path, folder, aside, start)
    return start


def working_copy(path: Path) -> Inspected:
    """What a working copy holds, after what a killed process left half done in it was undone.

    Raises DamagedFile when it certainly holds nothing to go on with, and Unreadable when that cannot be known now.
    """
    try:
        if not _settled(path):
            # So SQLite calls some reads that fail, too: the disk must give every byte, and SQLite is asked once more.
            whole(path)
            if not _settled(path):
                raise DamagedFile(msg("“{path}” is damaged.", path=shown(path)))
        return inspect(path, sealed=False)
    except DamagedFile:
        raise
    except Unreadable as error:
        raise Unreadable(
            msg("Your latest edits wait in “{path}”. {why}", path=shown(path), why=error.problem), error.advice
        ) from None


def goes_on_from(versions: tuple[OwnVersion, ...], ours: Inspected, theirs: Inspected) -> bool:
    """Whether `ours` is `theirs` with edits on top: by our own versions, or, where none is known, by what both hold."""
    if versions:
        return any(version.sha256 == theirs.sha256 for version in versions)
    count = len(theirs.log)
    if ours.log[:count] != theirs.log:
        return False
    document = theirs.project.document
    try:
        for entry in list(ours.project.log)[count:]:
            document = document.apply(entry)
    except AppError:
        return False  # It was made to another state.
    return document == ours.project.document


def lacking(known: Inspected, other: Inspected) -> int:
    """How many change sets of another state are not in one that is known."""
    ids = {entry["id"] for entry in known.log}
    return sum(entry["id"] not in ids for entry in other.log)


def keep_beside(path: Path, ours: Inspected) -> Path:
    """Write the state of a working copy to a new project file beside that of the project; which it is.

    Raises Unreadable where the folder does not take it.
    """
    kept, number = path.with_name(f"{path.stem} (kept copy){path.suffix}"), 2
    while is_there(kept, itself=True):
        kept = path.with_name(f"{path.stem} (kept copy {number}){path.suffix}")
        number += 1
    write_project(kept, ours.project.document, ours.log)
    return kept


def own_versions(folder: WorkingFolder) -> tuple[OwnVersion, ...]:
    """Our own versions of the file of a folder; none where they are not known any more."""
    try:
        return folder.versions()
    except DamagedFile:
        # The working copy itself tells what it goes on from.
        return ()


def version_in(theirs: Inspected) -> OwnVersion:
    """The version of the file that an opening begins from."""
    return OwnVersion(theirs.sha256, len(theirs.log))


def _settled(path: Path) -> bool:
    """Undo what is half done in a working copy; False where SQLite calls it damaged. OutOfReach when the disk fails."""
    try:
        working.settle(path)
    except (SQLAlchemyError, MemoryError) as error:
        if isinstance(error, SQLAlchemyError) and database.means_damage(error):
            return False
        raise OutOfReach(
            msg("“{path}” cannot be used: {why}.", path=shown(path), why=database.trouble(error)),
            msg("Nothing was changed. Check the disk and open the project again."),
        ) from None
    return True


def _begun(path: Path, folder: WorkingFolder, theirs: Inspected) -> Start:
    versions = own_versions(folder)
    if not is_there(folder.copy):
        return _from_file(folder, theirs, _gone(path) if folder.has_newer() else None)
    try:
        ours = working_copy(folder.copy)
    except DamagedFile:
        folder.set_aside()
        return _from_file(folder, theirs)
    count = lacking(theirs, ours)
    if not count:
        return _from_file(folder, theirs)
    if goes_on_from(versions, ours, theirs):
        folder.go_on(ours.data, version_in(theirs))
        said = msg("Edits that had not reached “{name}” were recovered: {count}.", count=count, name=path.name)
        return Start(ours, len(theirs.log), (said,))
    kept = keep_beside(path, ours)
    said = msg(
        "“{name}” was changed by someone else. It is open as they left it; your own edits are in “{kept}”.",
        name=path.name,
        kept=kept.name,
    )
    return replace(_from_file(folder, theirs, said), kept_copy=kept)


def _from_file(folder: WorkingFolder, theirs: Inspected, said: Message | None = None) -> Start:
    folder.begin(theirs.data, version_in(theirs))
    return Start(theirs, len(theirs.log), (said,) if said else ())


def _with_aside(path: Path, folder: WorkingFolder, aside: Path, start: Start) -> Start:
    """The start, with what became of a working copy that was set aside: it is told as long as it is there."""
    try:
        ours = working_copy(aside)
    except Unreadable:
        said = msg(
            "A working copy of “{name}” was damaged and is now “{aside}”. The project is open without the edits that "
            "only it holds. Delete it when nobody needs it.",
            name=path.name,
            aside=shown(aside),
        )
        return replace(start, notices=(*start.notices, said))
    kept = None
    if lacking(start.inspected, ours):
        kept = keep_beside(path, ours)
        said = msg(
            "Edits of “{name}” that had been set aside can be read again: they are in “{kept}”.",
            name=path.name,
            kept=kept.name,
        )
        start = replace(start, notices=(*start.notices, said), kept_copy=start.kept_copy or kept)
    folder.forget_aside(aside)
    return start


def _gone(path: Path) -> Message:
    return msg(
        "The working copy of “{name}” is gone, and edits that had not reached the file with it. It is open as it was "
        "last saved.",
        name=path.name,
    )
