"""Other copies of an open project in its folder: what a sync client leaves when two machines changed a file.

Their names begin with the name of the file ("map (conflicted copy 2026-11-21)", "map-HOST", "map (1)"), but that says
little: a copy is one that holds the same project, and is worth a word when it has steps that the file does not have.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError, Unreadable
from app.messages import msg, shown
from app.model.changes import ChangeSet
from app.revisions.merging import merged_marks
from app.store import database
from app.store.opening import inspect, is_project, may_hold

MOST = 20
"""So many files of such a name are looked into."""

MOST_NEIGHBOURS = 300
"""So many files of a folder are looked into where every copy of a project is wanted, whatever it is called."""

Stamp = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, and inode: what a file is recognised by without reading it."""


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of what is at this path; None when nothing is there, or nobody can say."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def beside(path: Path) -> tuple[Path, ...]:
    """The files in the folder of a project whose names begin with its own; none when nobody can say."""
    stem = path.stem.casefold()
    try:
        found = sorted(path.parent.iterdir())
    except OSError:
        return ()
    named = (p for p in found if _is_named_so(p) and p.stem.casefold().startswith(stem))
    return tuple(p for p in named if p.name != path.name)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The other files in the folder of a project: those that hold the same project, project files that cannot be read,
    so that nobody can say, and how many files were too many to be looked into."""

    same: tuple[Path, ...]
    unreadable: tuple[Path, ...]
    unseen: int


def neighbours(path: Path, project_id: str) -> Neighbours:
    """The files beside the one at `path`, a resolved one, whatever they are called; links are followed. Raises
    Unreadable where the folder does not say what is in it."""
    stem = path.stem.casefold()

    def likeliest_first(near: Path) -> tuple[bool, bool, str]:
        return not near.name.lstrip(".").casefold().startswith(stem), not _is_named_so(near), near.name

    try:
        named = sorted(path.parent.iterdir(), key=likeliest_first)
    except OSError as error:
        raise Unreadable(
            msg("“{path}” cannot be looked into: {why}.", path=shown(path.parent), why=database.trouble(error)),
            msg("Copies of the project may lie there. Nothing was changed."),
        ) from None
    files = dict.fromkeys(Path(os.path.realpath(p)) for p in named if not _is_half_written(p) and _is_file(p))
    others = [file for file in files if file != path]
    same, unreadable = holding(project_id, filter(_is_project_file, others[:MOST_NEIGHBOURS]))
    return Neighbours(same, unreadable, len(others[MOST_NEIGHBOURS:]))


def _is_named_so(file: Path) -> bool:
    return file.suffix.lower() == ".ownermap"


def _is_file(near: Path) -> bool:
    """Whether a copy may be there. Of what is no file, or does not say what it is, only the name counts."""
    try:
        mode = near.stat().st_mode
    except OSError:
        return _is_named_so(near)
    return stat.S_ISREG(mode) or (_is_named_so(near) and not stat.S_ISDIR(mode))


def _is_half_written(file: Path) -> bool:
    """Whether a process of ours left it, or is writing it now: `app.files.remove_leftovers` removes those."""
    return file.name.startswith(".") and file.suffix == ".part"


def _is_project_file(file: Path) -> bool:
    """Whether a file is one by its name, or by its first bytes: who renames a copy, or a program that keeps one, gives
    it another ending."""
    if _is_named_so(file):
        return True
    try:
        return is_project(file)
    except Unreadable:
        return False  # Nothing says that it is ours: of such files nobody is told.


def holding(project_id: str, files: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Which of these files hold this project, and which cannot be read, so that nobody can say."""
    same: list[Path] = []
    unreadable: list[Path] = []
    for file in files:
        try:
            if may_hold(file, project_id) and inspect(file).project.document.project_id == project_id:
                same.append(file)
        except AppError:
            unreadable.append(file)
    return tuple(same), tuple(unreadable)


def mark_of(sha256: str) -> str:
    """How a merged copy is named in the log: the beginning of its SHA-256."""
    return sha256[:12]


@dataclass(frozen=True)
class _Seen:
    """What a file held when it was looked into: the project's id, the ids of the steps in its log, and its mark."""

    project_id: str
    steps: frozenset[str]
    mark: str


class Copies:
    """Looks for copies of one project beside its file; a file that did not change is not read again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: dict[tuple[Path, Stamp], _Seen | None] = {}

    def with_news(self, project_id: str, log: Iterable[ChangeSet]) -> tuple[Path, ...]:
        """The copies that hold steps which this log does not have, and that were not merged into it."""
        entries = tuple(log)
        known, merged = {entry.id for entry in entries}, merged_marks(entries)
        found = []
        for path in self._candidates():
            seen = self._look(path)
            if seen is None or seen.project_id != project_id or seen.mark in merged:
                continue
            if not seen.steps <= known:
                found.append(path)
        return tuple(found)

    def lacks(self, path: Path, log: Iterable[ChangeSet]) -> bool:
        """Whether what is at this path misses steps of this log; so does what holds no project."""
        seen = self._look(path)
        return seen is None or any(entry.id not in seen.steps for entry in log)

    def _candidates(self) -> Iterator[Path]:
        for _, path in zip(range(MOST), beside(self._path), strict=False):
            yield path

    def _look(self, path: Path) -> _Seen | None:
        stamp = stamp_of(path)
        if stamp is None:
            return None
        if (path, stamp) not in self._seen:
            try:
                found = inspect(path)
            except AppError:
                # Half written, or no project: nothing to merge. It is looked into again when it changes.
                self._seen[path, stamp] = None
            else:
                steps = frozenset(entry.id for entry in found.project.log)
                project_id = found.project.document.project_id
                self._seen[path, stamp] = _Seen(project_id, steps, mark_of(found.sha256))
        return self._seen[path, stamp]
