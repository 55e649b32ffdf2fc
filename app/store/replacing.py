"""What happens to a file before another project takes its place: nothing of it is lost."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.errors import AppError, OutOfReach
from app.files import cannot_write, is_there
from app.interchange import Project
from app.messages import Message, msg, shown
from app.model.document import Document
from app.store.backups import Backup, Backups, Reason
from app.store.opening import inspect, whole
from app.store.publishing import write_project
from app.store.tables import Stored
from app.store.working import WorkingFolder, refuse_read_only


class Room:
    """The place that a project is about to take. Once it is cleared, `kept` is the backup of the project that was
    there, and `aside` where what was there is now, where it was no project."""

    def __init__(self, path: Path, by: str, there: Project | None, reason: Reason) -> None:
        self.kept: Backup | None = None
        self.aside: Path | None = None
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

    `project_id` says whose place it is where what is there cannot tell. Raises MayNotChange for a file that is
    read-only or open in a window.
    """
    there: Project | None = None
    if is_there(path):
        refuse_read_only(path)
        try:
            there = inspect(path).project
        except OutOfReach:
            raise  # It may well be a project.
        except AppError:
            pass  # No project that can be read: it is set aside.
        else:
            project_id = there.document.project_id
    with ExitStack() as until_done:
        if project_id:
            folder = WorkingFolder(path, project_id)
            folder.acquire()
            until_done.callback(folder.release)
        yield Room(path, by, there, reason)


def put_in_room(path: Path, document: Document, log: Sequence[Stored]) -> Room:
    """Write a project to `path`, a resolved one; what became of what was there. Raises as `room_at` and
    `write_project`."""
    with room_at(path, document.project_id) as room:
        write_project(path, document, log, lambda _: room.clear())
    return room


def _free_name(target: Path) -> Path:
    aside = target.with_name(f"{target.stem} (damaged){target.suffix}")
    number = 2
    while is_there(aside):
        aside = target.with_name(f"{target.stem} (damaged {number}){target.suffix}")
        number += 1
    return aside
