"""Rewriting every file that holds a project, so that nothing of what was taken out is in a file of ours.

These are the project file, its backups, the working folders of the project at whatever path, and copies beside it. Each
is written anew, a fresh database and never the old pages. What cannot be read cannot be rewritten: in our own folders
it is deleted, beside the file it stays and is named.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.interchange import Project
from app.store import backups, recovery, working
from app.store.copies import beside
from app.store.opening import inspect
from app.store.publishing import write_project
from app.store.tables import stored_change_set
from app.store.working import WorkingFolder, data_folder

Change = Callable[[Project], Project]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was done: how many backups and copies beside the file were rewritten, how many unreadable files in our own
    folders were deleted, and which files beside the project could not be read and were left."""

    backups: int
    copies: tuple[Path, ...]
    deleted: int
    left: tuple[Path, ...]


def rewrite(path: Path, change: Change) -> Rewritten:
    """Have every file that holds the project at `path` hold `change` of it, the project file itself last. Edits that a
    crash had kept out of the file are taken in first.

    Raises Unreadable for a file that cannot be read or written, and an AppError (exit 3) while a window has the project
    open; what was rewritten until then stays so, and the next run goes on.
    """
    path = path.resolve()
    project_id = inspect(path).project.document.project_id
    with ExitStack() as locks:
        folder, *elsewhere = (WorkingFolder(path, project_id), *WorkingFolder.elsewhere(path, project_id))
        for each in (folder, *elsewhere):
            each.acquire()
            locks.callback(each.release)
        project = recovery.begin(path, folder, inspect(path)).inspected.project
        kept, deleted = _rewrite_backups(project_id, change)
        deleted += sum(not _rewrite_folder(each, change) for each in elsewhere)
        copies, left = _rewrite_beside(path, project_id, change)
        _write(path, change(project))
        folder.wipe()
    return Rewritten(kept, copies, deleted, left)


def _rewrite_backups(project_id: str, change: Change) -> tuple[int, int]:
    done = deleted = 0
    for path in sorted((data_folder() / "backups" / project_id).glob("*")):
        if _rewritten(path, change):
            backups.rewritten(path)
            done += 1
        else:
            path.unlink()
            deleted += 1
    return done, deleted


def _rewrite_folder(folder: WorkingFolder, change: Change) -> bool:
    """A working folder at another path: edits that a crash left there stay, without what goes; False when nobody can
    read them and they are deleted."""
    for old in (folder.opened, folder.damaged, folder.drafts):
        old.unlink(missing_ok=True)
    if not folder.versions() or not folder.copy.exists():
        folder.clear()
        return True
    working.settle(folder.copy)
    if _rewritten(folder.copy, change, sealed=False):
        return True
    folder.clear()
    return False


def _rewrite_beside(path: Path, project_id: str, change: Change) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    done, left = [], []
    for copy in beside(path):
        try:
            same = inspect(copy).project.document.project_id == project_id
        except AppError:
            left.append(copy)
            continue
        if same and _rewritten(copy, change):
            done.append(copy)
    return tuple(done), tuple(left)


def _rewritten(path: Path, change: Change, *, sealed: bool = True) -> bool:
    """Rewrite one file; False when it cannot be read."""
    try:
        project = inspect(path, sealed=sealed).project
    except AppError:
        return False
    _write(path, change(project))
    return True


def _write(path: Path, project: Project) -> None:
    write_project(path, project.document, [stored_change_set(entry) for entry in project.log])
