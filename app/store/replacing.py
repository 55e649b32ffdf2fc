"""What happens to a file before another project takes its place: nothing of it is lost."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.errors import AppError, DamagedFile, OutOfReach
from app.files import cannot_write, is_there, put_away
from app.interchange import Project
from app.messages import Message, msg, shown
from app.model.document import Document
from app.store import recovery
from app.store.backups import Backup, Backups, Reason
from app.store.opening import Inspected, inspect, whole
from app.store.publishing import write_project
from app.store.tables import Stored
from app.store.working import WorkingFolder, refuse_read_only


class Room:
    """The place that a project is about to take. Once it is cleared, `kept` is the backup of the project that was
    there, and `aside` where what was there is now, where it was no project. `edits` is the file in which edits are that
    nothing else had, and `same` says that what is there already was to take the place."""

    def __init__(self, path: Path, by: str, there: Project | None, reason: Reason) -> None:
        self.kept: Backup | None = None
        self.aside: Path | None = None
        self.edits: Path | None = None
        self.same = False
        self._path = path
        self._by = by
        self._there = there
        self._reason = reason

    def clear(self) -> None:
        """Keep what is there, once that which takes its place lies ready: a project as a backup that stays, anything
        else beside it under another name. Raises Unreadable where that cannot be, and leaves it where it was."""
        if self._there is not None:
            backups, data = Backups(self._path, self._there.document.project_id), whole(self._path)
            self.kept = backups.keep(data, self._reason, self._by) or backups.holding(data)
        elif is_there(self._path):
            aside = _free_name(self._path)
            try:
                self._path.rename(aside)
            except OSError as error:
                raise cannot_write(aside, error) from None
            self.aside = aside

    def holds(self, data: bytes) -> bool:
        """Whether exactly this is there already; `same` then says so from now on."""
        self.same = self._there is not None and whole(self._path) == data
        return self.same

    @contextmanager
    def without_edits(self, project: Project) -> Iterator[None]:
        """Meanwhile an earlier state of a project, `project`, is put in place; an opening after it brings back nothing
        that a killed window left in the working copy.

        What neither that state nor the file has is written to a project file beside it first, `edits`. Where the
        placing fails, everything is as it was. Raises Unreadable where the working copy cannot be read now.
        """
        folder = WorkingFolder(self._path, self._by)
        ours = _left_in(folder)
        if ours is None:
            yield
            return
        known = {entry.id for each in (project, self._there) if each is not None for entry in each.log}
        if any(entry.id not in known for entry in ours.project.log):
            self.edits = recovery.keep_beside(self._path, ours)
        try:
            yield
        except BaseException:
            if self.edits is not None:
                put_away(self.edits)
            raise
        folder.clear()

    @property
    def told(self) -> Message | None:
        """What became of what was there, for people; None where nothing was."""
        if self.aside is not None:
            return msg("What was there is now {path}.", path=shown(self.aside))
        if self._there is not None:
            how = f"ownermap backups {shlex.quote(str(self._path))}"
            return msg("The project that was there is kept: see {how}", how=how)
        return None


@contextmanager
def room_at(path: Path, by: str, reason: Reason = Reason.REPLACED, project_id: str = "") -> Iterator[Room]:
    """The room at `path`, a resolved one, for the project with the id `by`. Meanwhile nobody opens what is there for
    editing.

    `project_id` says whose place it is, whatever is there or cannot be read. Raises MayNotChange for a file that is
    read-only or open in a window.
    """
    there: Project | None = None
    ids = {project_id} - {""}
    if is_there(path):
        refuse_read_only(path)
        try:
            there = inspect(path).project
        except OutOfReach:
            raise  # It may well be a project.
        except AppError:
            pass  # No project that can be read: it is set aside.
        else:
            ids.add(there.document.project_id)
    with ExitStack() as until_done:
        for each in sorted(ids):
            folder = WorkingFolder(path, each)
            folder.acquire()
            until_done.callback(folder.release)
        yield Room(path, by, there, reason)


def put_in_room(path: Path, document: Document, log: Sequence[Stored]) -> Room:
    """Write a project to `path`, a resolved one; what became of what was there. Raises as `room_at` and
    `write_project`."""
    with room_at(path, document.project_id) as room:
        write_project(path, document, log, lambda _: room.clear())
    return room


def _left_in(folder: WorkingFolder) -> Inspected | None:
    """What a killed window left in a working folder; None where that is nothing, or damaged."""
    if not is_there(folder.copy):
        return None
    try:
        return recovery.working_copy(folder.copy)
    except DamagedFile:
        return None  # It stays: the next opening sets it aside, and tells.


def _free_name(target: Path) -> Path:
    aside = target.with_name(f"{target.stem} (damaged){target.suffix}")
    number = 2
    while is_there(aside):
        aside = target.with_name(f"{target.stem} (damaged {number}){target.suffix}")
        number += 1
    return aside
