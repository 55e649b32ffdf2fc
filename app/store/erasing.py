"""Rewriting every file that holds a project, so that nothing of what was taken out is in a file of ours.

These are the project file, its backups, the working folders of the project at whatever path, and copies beside it. Each
is written anew, a fresh database and never the old pages. What cannot be read cannot be rewritten: in our own folders
it is deleted, beside the file it stays and is named.

Every new version is written, verified and synced beside its file before the first one takes its place: where a folder
takes no file, or the disk is full, nothing has been changed. The project file comes last. Whatever stops it midway, the
project still knows who is to go, and the next run goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.errors import AppError, Unreadable
from app.files import cannot_write, put_away, put_in_place, remove_leftovers
from app.interchange import Project
from app.messages import Message, msg, number_of, words
from app.store import backups, recovery, working
from app.store.backups import Backups
from app.store.copies import beside
from app.store.opening import inspect, sha256_of
from app.store.publishing import stage_project
from app.store.tables import stored_change_set
from app.store.working import WorkingFolder, refuse_read_only

Change = Callable[[Project], Project]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a rewriting reaches besides the project file: how many backups of it there are; how many of other files of
    the project, and how many such files; how many working copies of the project a crash left at other paths; copies
    beside the file; and those that cannot be read or changed, and stay."""

    backups: int
    of_others: int
    others: int
    unfinished: int
    copies: tuple[Path, ...]
    left: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was done: how many backups and copies beside the file were rewritten, how many unreadable files in our own
    folders were deleted, and which files beside the project could not be read or changed and were left."""

    backups: int
    copies: tuple[Path, ...]
    deleted: int
    left: tuple[Path, ...]


def reach(path: Path, project_id: str) -> Reach:
    """What rewriting the project at `path` would reach; nothing is changed, and no backup is looked into."""
    path = path.resolve()
    own, others = Backups(path, project_id).of_project()
    elsewhere = WorkingFolder.elsewhere(path, project_id)
    copies, left = _beside(path, project_id)
    unfinished = sum(folder.copy.exists() for folder in elsewhere)
    return Reach(len(own), sum(map(len, others)), len(others), unfinished, copies, left)


def rewrite(path: Path, change: Change, alongside: Callable[[], None]) -> Rewritten:
    """Have every file that holds the project at `path` hold `change` of it. Edits that a crash had kept out of the file
    are taken in first. `alongside` is called when everything is prepared, before the first file is replaced.

    Raises MayNotChange for a file that is read-only or open in a window, and Unreadable for one that cannot be read or
    written; where that is found out midway, it says what was rewritten and what was not, and the next run goes on.
    """
    path = path.resolve()
    refuse_read_only(path)
    project_id = inspect(path).project.document.project_id
    with ExitStack() as until_done:
        folder, *elsewhere = (WorkingFolder(path, project_id), *WorkingFolder.elsewhere(path, project_id))
        for each in (folder, *elsewhere):
            each.acquire()
            until_done.callback(each.release)
        project = recovery.begin(path, folder, inspect(path)).inspected.project
        plan = _Plan(change)
        until_done.callback(plan.give_up)
        plan.backups(Backups(path, project_id))
        for each in elsewhere:
            plan.folder(each)
        copies, left = _beside(path, project_id)
        for copy in copies:
            plan.file(copy, inspect(copy).project)
        plan.delete(folder.drafts, folder.damaged)
        plan.project(path, change(project))
        alongside()
        plan.carry_out()
        folder.wipe()
        for file in (path, *copies):
            remove_leftovers(file)
    return Rewritten(plan.count(_What.BACKUP), copies, plan.deleted, left)


def _beside(path: Path, project_id: str) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The copies of the project beside its file, and the files there that cannot be read, or may not be changed."""
    found: list[Path] = []
    left: list[Path] = []
    for copy in beside(path):
        try:
            same = inspect(copy).project.document.project_id == project_id
        except AppError:
            left.append(copy)
            continue
        if same:
            (found if os.access(copy, os.W_OK) else left).append(copy)
    return tuple(found), tuple(left)


# --- what is to be done, prepared and then done --------------------------------------------------------------


class _What(StrEnum):
    """What a step is about, as it is counted when only some of them were done."""

    BACKUP = "backup"
    WORKING = "working copy"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class _Step:
    """The new version `staged` takes the place of `old`, under the name `new`; without one, `old` is deleted."""

    what: _What
    old: Path
    staged: Path | None = None
    new: Path | None = None

    def do(self) -> None:
        if self.staged is not None:
            put_in_place(self.staged, self.new or self.old)
        if self.staged is None or self.new not in (None, self.old):
            try:
                self.old.unlink(missing_ok=True)
            except OSError as error:
                raise cannot_write(self.old, error) from None


class _Plan:
    """New versions of files, which lie ready beside them. `deleted` counts the files that could not be read."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self._steps: list[_Step] = []
        self.deleted = 0

    def backups(self, kept: Backups) -> None:
        """Every backup of the project, and what a killed process left half written among them."""
        own, others = kept.of_project()
        known = [backup.path for several in (own, *others) for backup in several]
        strays = sorted(set(kept.folder.glob("*")) - set(known) - set(kept.notes()))
        for path in known:
            self._of_ours(_What.BACKUP, path, backups.renamed)
        for path in strays:
            self._unreadable(_What.BACKUP, path)
        self.delete(*kept.notes())

    def folder(self, folder: WorkingFolder) -> None:
        """A working folder at another path: edits that a crash left there stay, without what goes."""
        if folder.versions() and folder.copy.exists():
            working.settle(folder.copy)
            if not self._of_ours(_What.WORKING, folder.copy, lambda path, _: path, sealed=False):
                self.delete(*folder.working())
        else:
            self.delete(*folder.working())
        self.delete(folder.opened, folder.damaged, folder.drafts, *folder.leftovers())

    def file(self, path: Path, project: Project) -> None:
        """A copy of the project, which holds this."""
        self.project(path, self._change(project))

    def project(self, path: Path, project: Project) -> None:
        """A file that is to hold this project, as it is."""
        self._steps.append(_Step(_What.FILE, path, _staged(path, project)))

    def delete(self, *paths: Path) -> None:
        """Files in our own folders that nobody needs."""
        self._steps += [_Step(_What.WORKING, path) for path in paths if path.exists()]

    def count(self, what: _What) -> int:
        """How many files of a sort are written anew."""
        return sum(step.what is what and step.staged is not None for step in self._steps)

    def carry_out(self) -> None:
        """Do it all, in order. Raises Unreadable that says how far it came."""
        for number, step in enumerate(self._steps):
            try:
                step.do()
            except AppError as error:
                raise _stopped(error, self._steps[:number], self._steps[number:]) from None

    def give_up(self) -> None:
        """Remove what was prepared and not used."""
        for step in self._steps:
            if step.staged is not None:
                put_away(step.staged)

    def _of_ours(self, what: _What, path: Path, named: Callable[[Path, str], Path], *, sealed: bool = True) -> bool:
        """A file in our own folders; False when nobody can read it and it is to go."""
        try:
            project = inspect(path, sealed=sealed).project
        except AppError:
            self._unreadable(what, path)
            return False
        staged = _staged(path, self._change(project))
        self._steps.append(_Step(what, path, staged, named(path, sha256_of(staged) or "")))
        return True

    def _unreadable(self, what: _What, path: Path) -> None:
        self._steps.append(_Step(what, path))
        self.deleted += 1


def _staged(path: Path, project: Project) -> Path:
    return stage_project(path, project.document, [stored_change_set(entry) for entry in project.log])


def _stopped(error: AppError, done: Iterable[_Step], left: Iterable[_Step]) -> AppError:
    return Unreadable(
        msg(
            "It stopped midway: {why} Erased from: {done}. Not yet from: {left}.",
            why=error.problem,
            done=", ".join(_named(done)) or words("nothing yet"),
            left=", ".join(_named(left)),
        ),
        msg("Once that is mended, do the same again: it goes on from there."),
    )


def _named(steps: Iterable[_Step]) -> Iterator[str]:
    found = list(steps)
    told: tuple[tuple[_What, Callable[[int], Message]], ...] = (
        (_What.BACKUP, lambda count: number_of(count, "1 backup", "{count} backups")),
        (_What.WORKING, lambda count: number_of(count, "1 working copy", "{count} working copies")),
    )
    for what, said in told:
        if count := sum(step.what is what for step in found):
            yield words(said(count))
    yield from (f"“{step.old}”" for step in found if step.what is _What.FILE)
