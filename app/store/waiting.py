"""Edits that wait in a working folder for a file that does not have them yet, here or where it was before it was moved.

A working folder belongs to a path. Who renames or moves a file after a crash has its edits there; they go with it when
they were made to this very version and nothing is at the old path any more. What is still there may be another copy,
and the edits are its own. The folder they were in keeps them, for a stick that was pulled out may come back, with a
mark that they were taken: they go to one file, and do not come back into it once a backup was put back there.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.errors import DamagedFile, MayNotChange, Unreadable
from app.files import is_there
from app.messages import msg, shown
from app.store import drafts
from app.store.opening import Inspected, inspect
from app.store.recovery import Start, goes_on_from, lacking, own_versions, version_in, working_copy
from app.store.working import WorkingFolder


def holds_newer(target: Path, sha256: str | None) -> bool:
    """Whether a window, or one that crashed, has edits to this version of the file that it does not have yet.

    Raises OutOfReach when the disk does not say.
    """
    return any(_is_for(folder, target, sha256) for folder in WorkingFolder.found(target) if folder.has_newer())


def follow(path: Path, folder: WorkingFolder, theirs: Inspected, start: Start) -> Start:
    """The start, with the edits and drafts that wait where the file at `path`, which holds `theirs`, was before.

    `folder` is its own, and locked. Edits to another version are told, with how to get them. What a window has open
    is left to it.

    Raises Unreadable when the disk does not say what waits; nothing was changed then.
    """
    for other in WorkingFolder.elsewhere(path, folder.project_id):
        place = other.place()
        if place is None or other.was_taken() or not is_there(other.copy) or not _was_left(other, place, path):
            continue
        try:
            other.acquire()
        except MayNotChange:
            continue
        try:
            start = _followed(path, folder, other, place, theirs, start)
        finally:
            other.release()
    return start


def _is_for(folder: WorkingFolder, target: Path, sha256: str | None) -> bool:
    own, versions = folder.is_of(target), own_versions(folder)
    if not versions:
        # To which version is not known; only those of this very path can be to this file.
        return own
    place = folder.place()
    known = any(version.sha256 == sha256 for version in versions)
    return known and (own or (place is not None and not folder.was_taken() and _was_left(folder, place, target)))


def _was_left(folder: WorkingFolder, place: Path, path: Path) -> bool:
    """Whether the project of a folder is no longer at its place: it was moved, renamed or deleted. The same file under
    another spelling of its name was not left, but is here."""
    try:
        if not is_there(place) or inspect(place).project.document.project_id != folder.project_id:
            return True
        return place.samefile(path)
    except (Unreadable, OSError):
        return False  # Nobody can say now: it may well be there.


def _followed(
    path: Path, folder: WorkingFolder, other: WorkingFolder, place: Path, theirs: Inspected, start: Start
) -> Start:
    try:
        ours = working_copy(other.copy)
    except DamagedFile:
        said = msg(
            "The working copy of “{place}” is damaged and may hold edits that are not in “{name}”: “{copy}”. Delete it "
            "when nobody needs it.",
            place=shown(place),
            name=path.name,
            copy=shown(other.copy),
        )
        return replace(start, notices=(*start.notices, said))
    count, here = lacking(start.inspected, ours), goes_on_from(own_versions(other), ours, theirs)
    if here and drafts.read(other.drafts) and not drafts.read(folder.drafts):
        folder.take_drafts(other)
    if not count:
        # So it is, too, where the program was killed between taking them and marking that.
        other.mark_taken()
        return start
    # After a second kill, the folder of a later place has what that of an earlier one has, and more.
    if here and not lacking(ours, start.inspected):
        folder.go_on(ours.data, version_in(theirs))
        folder.mark_newer(True)
        other.mark_taken()
        said = msg(
            "Edits that had not reached the file of this project which lay at “{place}” were recovered into “{name}”: "
            "{count}.",
            place=shown(place),
            name=path.name,
            count=count,
        )
        return replace(start, inspected=ours, notices=(*start.notices, said))
    said = msg(
        "Edits that had not reached “{place}” are not in “{name}”: {count}. To get them, put a copy of “{name}” there "
        "and open that copy; to give them up, delete “{folder}”.",
        place=shown(place),
        name=path.name,
        count=count,
        folder=shown(other.path),
    )
    return replace(start, notices=(*start.notices, said))
