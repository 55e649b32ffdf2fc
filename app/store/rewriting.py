"""New versions of files, all made ready beside them before the first one takes the place of the old.

A file only gives way while it is what was read: whatever somebody else puts there meanwhile stays. In our own folders,
what is certainly damaged is deleted; what the disk, a right or a newer program keeps from us stops everything before
anything has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app import outside
from app.errors import AppError, ChangedMeanwhile, DamagedFile, Unreadable
from app.files import cannot_write, is_there, put_away, put_in_place
from app.interchange import Project
from app.messages import Message, msg, number_of, shown, words
from app.store import backups, database, drafts, recovery
from app.store.opening import Inspected, inspect, sha256_of
from app.store.publishing import stage_project
from app.store.tables import stored_change_set
from app.store.working import WorkingFolder, journal


class Change(Protocol):
    """What becomes of everything that is known of a project."""

    def project(self, project: Project) -> Project:
        """What a file that holds `project` is to hold."""

    def typed(self, project: Project) -> Callable[[str, str], str]:
        """What is left of a text that was typed into the row with this id of `project` and that no field has taken."""

    def forget(self) -> None:
        """Do the same to what no project holds. Raises AppError."""


class Plan:
    """What is to be done to the files of a project, in order. `backups` counts those that are written anew, and
    `deleted` the damaged files that go."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self._steps: list[_Step | _Forget] = []
        self.backups = 0
        self.deleted = 0

    # --- preparing: what it raises says that nothing was changed, or what is wrong with a file ---

    def backup(self, path: Path) -> None:
        """A backup gets the name that goes with what it holds then."""
        found = self._whole(path)
        if found is None:
            self._steps.append(_Step(_What.BACKUP, path, sha256_of(path)))
            return
        staged = _staged(path, self._change.project(found.project))
        new = backups.renamed(path, sha256_of(staged) or "")
        self._steps.append(_Step(_What.BACKUP, path, found.sha256, staged, new))
        self.backups += 1

    def folder(self, folder: WorkingFolder, project: Project) -> None:
        """A working folder of `project` at another path: edits that a crash left there stay, without what goes."""
        self.delete(folder.opened, *folder.leftovers())
        found = self._working(folder.copy)
        if found is None:
            self.delete(*folder.working())
        self.beside_working(folder, found or project)

    def beside_working(self, folder: WorkingFolder, project: Project) -> None:
        """What a working folder holds beside the working copy: copies that were set aside as damaged, drafts, and the
        path of the file, which goes if anything of it would."""
        without = self._change.typed(project)
        for aside in folder.aside():
            if self._working(aside) is None:
                self.delete(aside, journal(aside))
        place = folder.place()
        if place is not None and without("", str(place)) != str(place):
            self.delete(folder.noted_place)
        if is_there(folder.drafts):
            data = outside.read_bytes(folder.drafts, database.LARGEST_FILE)
            staged = drafts.staged_without(folder.drafts, data, without)
            self._steps.append(_Step(_What.DRAFTS, folder.drafts, hashlib.sha256(data).hexdigest(), staged))

    def file(self, path: Path, project: Project, sha256: str) -> None:
        """A file with this SHA-256, in which `project` was found."""
        self._steps.append(_Step(_What.FILE, path, sha256, _staged(path, self._change.project(project))))

    def delete(self, *paths: Path) -> None:
        """Files in our own folders that nobody needs."""
        self._steps += [_Step(_What.LEFTOVER, path, sha256_of(path)) for path in paths if is_there(path)]

    def forget(self) -> None:
        """What no project holds."""
        self._steps.append(_Forget(self._change.forget))

    # --- doing ---

    def carry_out(self) -> None:
        """Do it all, in order. Raises ChangedMeanwhile where a file is no longer what was read, with nothing done, and
        Unreadable that says how far it came where it could not go on."""
        for step in self._steps:
            step.refuse_changed()
        for number, step in enumerate(self._steps):
            try:
                step.refuse_changed()
                step.do()
            except AppError as error:
                raise _stopped(error, self._steps[:number], self._steps[number:]) from None

    def give_up(self) -> None:
        """Remove what was prepared and not used."""
        for step in self._steps:
            step.give_up()

    # --- parts ---

    def _working(self, path: Path) -> Project | None:
        """Have a working copy written anew; what it holds. None when it is damaged, and counted as one that goes, or
        there is none."""
        if not is_there(path):
            return None
        try:
            found = recovery.working_copy(path)
        except DamagedFile:
            self.deleted += 1
            return None
        staged = _staged(path, self._change.project(found.project))
        self._steps.append(_Step(_What.WORKING, path, found.sha256, staged))
        return found.project

    def _whole(self, path: Path) -> Inspected | None:
        """What a backup holds; None when it is damaged, and counted as one that goes."""
        try:
            return inspect(path)
        except DamagedFile:
            self.deleted += 1
            return None


def changed_meanwhile(path: Path) -> ChangedMeanwhile:
    """The refusal where a file is no longer what was read."""
    return ChangedMeanwhile(
        msg("“{path}” came, was changed or was moved away while this ran.", path=shown(path)),
        msg("It was left as it is, and nothing was erased anywhere. See what it holds now, and do the same again."),
    )


# --- steps ---------------------------------------------------------------------------------------------------


class _What(StrEnum):
    """What a step is about, as it is told when only some of them were done."""

    BACKUP = "backup"
    WORKING = "working copy"
    DRAFTS = "drafts"
    LEFTOVER = "leftover"
    FILE = "file"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class _Step:
    """The new version `staged` takes the place of `old`, which has this SHA-256, under the name `new`; without one,
    `old` is deleted."""

    what: _What
    old: Path
    sha256: str | None
    staged: Path | None = None
    new: Path | None = None

    def refuse_changed(self) -> None:
        if sha256_of(self.old) != self.sha256:
            raise changed_meanwhile(self.old)

    def do(self) -> None:
        if self.staged is not None:
            put_in_place(self.staged, self.new or self.old)
        if self.staged is None or self.new not in (None, self.old):
            try:
                self.old.unlink(missing_ok=True)
            except OSError as error:
                raise cannot_write(self.old, error) from None

    def give_up(self) -> None:
        if self.staged is not None:
            put_away(self.staged)


@dataclass(frozen=True, slots=True)
class _Forget:
    """A step that touches no file of the project."""

    do: Callable[[], None]
    what: _What = _What.KEYS

    def refuse_changed(self) -> None:
        """Whoever keeps it reads it when it is done."""

    def give_up(self) -> None:
        """Nothing was prepared."""


def _staged(path: Path, project: Project) -> Path:
    return stage_project(path, project.document, [stored_change_set(entry) for entry in project.log])


def _stopped(error: AppError, done: Sequence[_Step | _Forget], left: Sequence[_Step | _Forget]) -> AppError:
    return Unreadable(
        msg(
            "It stopped midway: {why} Erased from: {done}. Not yet from: {left}.",
            why=error.problem,
            done=", ".join(_named(done)) or words("nothing yet"),
            left=", ".join(_named(left)),
        ),
        msg("When that is settled, do the same again: it goes on from there."),
    )


def _named(steps: Iterable[_Step | _Forget]) -> Iterator[str]:
    found = list(steps)
    told: tuple[tuple[_What, Callable[[int], Message]], ...] = (
        (_What.BACKUP, lambda count: number_of(count, "1 backup", "{count} backups")),
        (_What.WORKING, lambda count: number_of(count, "1 working copy", "{count} working copies")),
        (_What.DRAFTS, lambda _: msg("unfinished texts")),
        (_What.KEYS, lambda _: msg("the list of known keys")),
    )
    for what, said in told:
        if count := sum(step.what is what for step in found):
            yield words(said(count))
    yield from (f"“{shown(step.old)}”" for step in found if isinstance(step, _Step) and step.what is _What.FILE)
