"""The working copy: where the edits of an open project are safe, in a folder of the person's own.

The folder of a project (by its id and path) holds the lock, the working copy, the file as it was when it was
opened, at which path that is, and which versions of the file are our own: those after which the working copy goes on.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_data_dir
from sqlalchemy import Connection, delete, insert, select, update

from app.errors import DamagedFile, MayNotChange, OutOfReach, Unreadable
from app.files import cannot_write, is_there, reading, write_atomically
from app.messages import msg, shown
from app.model.changes import ChangeSet
from app.store import database, migrations
from app.store.tables import SCHEMA, stored_change_set, stored_row


@dataclass(frozen=True)
class OwnVersion:
    """A version of the file that we wrote or began from: its SHA-256, and how many change sets it holds."""

    sha256: str
    entries: int


class WorkingFolder:
    """The folder of one project at one path. What changes it is for whoever holds the lock.

    `path` names the folder where it is not that of the target.
    """

    def __init__(self, target: Path, project_id: str, path: Path | None = None) -> None:
        self._target = target
        self.project_id = project_id
        self.path = path or _root() / f"{_key(target)}-{project_id}"
        self.copy = self.path / "working.ownermap"
        self.opened = self.path / "opened.ownermap"
        self.damaged = self.path / "damaged.ownermap"
        self.drafts = self.path / "drafts.json"
        self.staged = self.path / "staged.ownermap"
        self._state = self.path / "state.json"
        self.noted_place = self.path / "place"
        self._newer = self.path / "newer"
        self._taken = self.path / "taken"
        # The lock outlives no process: the system gives it back. So none that only looks at a file's existence.
        self._lock = FileLock(self.path / "lock", thread_local=False, fallback_to_soft=False)

    def acquire(self) -> None:
        """Take the lock; an AppError when another window or command has it."""
        self.make()
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            raise MayNotChange(
                msg("“{name}” is open in another window.", name=self._target.name), msg("Close it there first.")
            ) from None
        except OSError as error:
            raise cannot_write(self.path, error) from None

    def make(self) -> None:
        """Have the folder be there, for its person alone; Unreadable where it cannot be."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise cannot_write(self.path, error) from None

    def is_free(self) -> bool:
        """Whether nobody has the lock now. It is taken for no longer than it needs to be seen."""
        try:
            if not is_there(self.path):
                return True
            self.acquire()
        except Unreadable:
            return False
        self.release()
        return True

    def release(self) -> None:
        """Give the lock back."""
        self._lock.release()

    def versions(self) -> tuple[OwnVersion, ...]:
        """Our own versions of the file, of which one is in place unless someone else changed it.

        None at all means that nothing was written down: it is not known which they are. DamagedFile where what was
        written down says nothing.
        """
        with self._usable():
            if not is_there(self._state):
                return ()
            return _versions(self._state)

    def remember(self, *versions: OwnVersion) -> None:
        """Write down our own versions: the one in place, and the one that is about to replace it."""
        text = json.dumps([[each.sha256, each.entries] for each in versions])
        write_atomically(self._state, lambda path: path.write_text(text, encoding="utf-8"))

    def begin(self, data: bytes, version: OwnVersion) -> None:
        """Start a working copy with the bytes of a file that was checked; what the folder held before is gone."""
        self.clear()
        self.note_place()
        write_atomically(self.opened, lambda path: path.write_bytes(data))
        write_atomically(self.copy, lambda path: path.write_bytes(data))
        self.remember(version)

    def go_on(self, data: bytes, version: OwnVersion) -> None:
        """Have the working copy be these bytes, edits on top of a version of the file: what was recovered, and may have
        been made by an older program or in another folder."""
        # First: edits that are made from now on are nowhere else.
        with self._usable():
            self._taken.unlink(missing_ok=True)
        self.note_place()
        write_atomically(self.copy, lambda path: path.write_bytes(data))
        self.remember(version)

    def note_place(self) -> None:
        """Write down at which path the file is, so that edits can follow a file that is moved."""
        place = os.fsencode(self._target)
        write_atomically(self.noted_place, lambda path: path.write_bytes(place))

    def place(self) -> Path | None:
        """At which path the file is, or was when it was last opened there; None where nobody wrote it down."""
        with self._usable():
            return Path(os.fsdecode(self.noted_place.read_bytes())) if is_there(self.noted_place) else None

    def take_drafts(self, other: WorkingFolder) -> None:
        """Have the drafts of another folder be those of this one."""
        with self._usable():
            other.drafts.replace(self.drafts)

    def clear(self) -> None:
        """Forget the working copy: what it held is in the file."""
        for path in self.working():
            with self._usable():
                path.unlink(missing_ok=True)

    def working(self) -> tuple[Path, ...]:
        """The working copy and what belongs to it; the state first: without it, the rest means nothing."""
        return (self._state, self._newer, self.copy, journal(self.copy), self.noted_place, self._taken)

    def wipe(self) -> None:
        """Forget what the folder holds of the project, but for drafts and copies that were set aside."""
        self.clear()
        for path in (self.opened, *self.leftovers()):
            with self._usable():
                path.unlink(missing_ok=True)

    def leftovers(self) -> tuple[Path, ...]:
        """What a process that was killed left half written."""
        with self._usable():
            return tuple(self.path.glob(".*.part"))

    @classmethod
    def elsewhere(cls, target: Path, project_id: str) -> tuple[WorkingFolder, ...]:
        """The folders of the same project at other paths."""
        return tuple(folder for folder in cls.found(target, project_id) if not folder.is_of(target))

    @classmethod
    def found(cls, target: Path, project_id: str = "*") -> tuple[WorkingFolder, ...]:
        """The folders of a project, or of every project, at whatever path."""
        with reading(_root()):
            paths = sorted(_root().glob(f"*-{project_id}"))
        return tuple(cls(target, path.name.partition("-")[2], path) for path in paths)

    def is_of(self, target: Path) -> bool:
        """Whether it is the folder of a project at this path."""
        return self.path.name.startswith(f"{_key(target)}-")

    def set_aside(self) -> None:
        """Keep a working copy that cannot be read, with what its journal holds, for somebody who can."""
        aside, number = self.damaged, 2
        while is_there(aside) or is_there(journal(aside)):
            aside = self.damaged.with_stem(f"{self.damaged.stem}-{number}")
            number += 1
        with self._usable():
            self.copy.replace(aside)
            if is_there(journal(self.copy)):
                journal(self.copy).replace(journal(aside))

    def aside(self) -> tuple[Path, ...]:
        """The working copies that were set aside."""
        with self._usable():
            return tuple(sorted(self.path.glob(f"{self.damaged.stem}*{self.damaged.suffix}")))

    def forget_aside(self, aside: Path) -> None:
        """Remove a copy that was set aside: every step in it is in another file."""
        with self._usable():
            journal(aside).unlink(missing_ok=True)
            aside.unlink(missing_ok=True)

    def has_newer(self) -> bool:
        """Whether there are edits that the file did not have, as `mark_newer` said."""
        return is_there(self._newer)

    def mark_newer(self, newer: bool) -> None:
        """Say to commands that read whether there are edits that the file does not have yet."""
        with self._usable():
            if newer:
                self._newer.touch()
            else:
                self._newer.unlink(missing_ok=True)

    def was_taken(self) -> bool:
        """Whether another folder has these edits by now, as `mark_taken` said: they follow no other file."""
        return is_there(self._taken)

    def mark_taken(self) -> None:
        """Say that the folder of another path has these edits, on disk. An opening at this one still goes on from
        them, and takes the mark away."""
        with self._usable():
            self._taken.touch()

    @contextmanager
    def _usable(self) -> Iterator[None]:
        """Says it in words when the folder cannot be used."""
        try:
            yield
        except OSError as error:
            raise OutOfReach(
                msg("“{path}” cannot be used: {why}.", path=shown(self.path), why=database.trouble(error)),
                msg("It keeps your latest edits safe. Check the disk and its space, and try again."),
            ) from None


class WorkingCopy:
    """Stores change sets in the working copy. Used by one thread; connects when it first has to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: Connection | None = None

    def store(self, entry: ChangeSet) -> None:
        """Store a change set in one transaction; a second time changes nothing.

        Raises what SQLAlchemy or the system raises. The next call then begins with a fresh connection.
        """
        try:
            if self._connection is None:
                self._connection = database.connect(self._path, database.EDITING)
            with database.transaction(self._connection):
                _store(self._connection, entry)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def settle(path: Path) -> None:
    """Undo what a killed process left half done in a working copy, and empty its journal."""
    with database.connected(path, database.EDITING) as connection, database.transaction(connection):
        # Writes what is there already: a journal that was never needed is only emptied by a write.
        connection.exec_driver_sql(f"PRAGMA user_version = {migrations.version(connection)}")


def _store(connection: Connection, entry: ChangeSet) -> None:
    log = SCHEMA.change_set
    # A commit may land and be reported as failed; it is then tried again.
    if connection.execute(select(log.c.seq).where(log.c.id == entry.id)).first() is not None:
        return
    for change in entry.changes:
        table = SCHEMA.kinds[change.kind]
        if change.after is None:
            touched = connection.execute(delete(table).where(table.c.id == change.id)).rowcount
        elif change.before is None:
            touched = connection.execute(insert(table).values(stored_row(change.after))).rowcount
        else:
            values = stored_row(change.after)
            touched = connection.execute(update(table).where(table.c.id == change.id).values(values)).rowcount
        if touched != 1:
            raise RuntimeError(f"{change.kind} {change.id} is not in the working copy")
    connection.execute(insert(log).values(stored_change_set(entry)))


def refuse_read_only(path: Path) -> None:
    """Raise MayNotChange where a file, or its folder, takes no writing."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise MayNotChange(
            msg("“{name}” may not be changed: the file or its folder is read-only.", name=path.name),
            msg("Copy it to a folder of your own and open the copy."),
        )


def data_folder() -> Path:
    """Where what is the person's own is kept, never in a shared folder: the working copies and the backups."""
    return Path(os.environ.get("OWNERMAP_DATA") or user_data_dir("ownermap", appauthor=False))


def _versions(path: Path) -> tuple[OwnVersion, ...]:
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(_is_version(each) for each in found):
        raise DamagedFile(
            msg("“{path}” is damaged.", path=shown(path)),
            msg("Your edits lie beside it and are safe. Close the project and open it again."),
        )
    return tuple(OwnVersion(sha256, entries) for sha256, entries in found)


def _is_version(each: object) -> bool:
    match each:
        case [str(), int()]:
            return True
    return False


def journal(copy: Path) -> Path:
    """Where SQLite keeps what it may have to undo in a working copy."""
    return copy.with_name(f"{copy.name}-journal")


def _root() -> Path:
    return data_folder() / "working"


def _key(target: Path) -> str:
    return hashlib.sha256(os.fsencode(target)).hexdigest()[:24]
