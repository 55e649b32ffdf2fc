"""Where an opening goes on from: the file, or the working copy that a crash left (architecture.md, "The project file").

Never merged in silence, never overwritten: when someone else changed the file and there are edits here that it does
not have, both are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.errors import Unreadable
from app.files import write_atomically
from app.messages import Message, msg, shown
from app.store import database, working
from app.store.opening import Inspected, inspect
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
    """Prepare the working copy for the file `path`, which holds `theirs`. The folder must be locked."""
    versions = folder.versions()
    if not versions:
        return _from_file(folder, theirs)
    ours = _working_copy(folder)
    if ours is None:
        said = msg(
            "The working copy of “{name}” was damaged and is now “{aside}”. The file is open as it was last saved.",
            name=path.name,
            aside=str(folder.damaged),
        )
        return _from_file(folder, theirs, said)
    own = next((version for version in versions if version.sha256 == theirs.sha256), None)
    if own is not None:
        return _recovered(path, folder, ours, own) if len(ours.log) > own.entries else _from_file(folder, theirs)
    known = {entry["id"] for entry in theirs.log}
    if all(entry["id"] in known for entry in ours.log):
        return _from_file(folder, theirs)
    kept = _free_name(path)
    write_project(kept, ours.project.document, ours.log)
    said = msg(
        "“{name}” was changed by someone else. It is open as they left it; your own edits are in “{kept}”.",
        name=path.name,
        kept=kept.name,
    )
    return _from_file(folder, theirs, said, kept)


def _from_file(
    folder: WorkingFolder, theirs: Inspected, said: Message | None = None, kept_copy: Path | None = None
) -> Start:
    folder.begin(theirs.data, OwnVersion(theirs.sha256, len(theirs.log)))
    return Start(theirs, len(theirs.log), (said,) if said else (), kept_copy)


def _recovered(path: Path, folder: WorkingFolder, ours: Inspected, own: OwnVersion) -> Start:
    # Written anew, because an older version of the program may have made it.
    write_atomically(folder.copy, lambda copy: copy.write_bytes(ours.data))
    count = len(ours.log) - own.entries
    said = msg("Edits that had not reached “{name}” were recovered: {count}.", count=count, name=path.name)
    return Start(ours, own.entries, (said,))


def _working_copy(folder: WorkingFolder) -> Inspected | None:
    """What the working copy holds; None when it is damaged and was set aside."""
    try:
        working.settle(folder.copy)
        return inspect(folder.copy, sealed=False)
    except SQLAlchemyError as error:
        if not database.means_damage(error):
            raise Unreadable(
                msg("“{path}” cannot be used: {why}.", path=shown(folder.copy), why=database.trouble(error)),
                msg("It holds your latest edits. Check the disk and open the project again."),
            ) from None
    except Unreadable:
        pass
    folder.set_aside()
    return None


def _free_name(path: Path) -> Path:
    kept = path.with_name(f"{path.stem} (kept copy){path.suffix}")
    number = 2
    while kept.exists():
        kept = path.with_name(f"{path.stem} (kept copy {number}){path.suffix}")
        number += 1
    return kept
