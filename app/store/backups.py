"""Backups: versions of a project file that were replaced, and the last one of each opening, in a folder of one's own.

A backup is a complete project file, in the folder of its project. Its name tells everything about it: the moment at
which it was made, why, the file that it was (the key: a hash of its path), the beginning of its SHA-256 and, where
another project took its place, the id of that one, so that it is found from there too, whatever becomes of the path.
The path of each key stands in a note beside the backups, for people. Each backup is opened and checked before it is
kept. What is kept of each path: the last ten, then one a day, a week and a month; whatever is pinned; and always the
last good one.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from app.errors import AppError, Unreadable
from app.files import cannot_write, is_there, put_away, reading, write_atomically
from app.interchange import Project
from app.messages import Message, msg, shown, words
from app.model.ids import instant, moment, system_now
from app.model.room import Agent
from app.report.display import moment_words
from app.revisions.signoff import state
from app.store.opening import inspect, sha256_of
from app.store.working import data_folder

LAST = 10
"""So many of the latest are kept, whatever their age."""

DAYS, WEEKS, MONTHS = 7, 4, 12
"""Then the latest of each of so many days, weeks and months that have one."""

EVERY = timedelta(minutes=10)
"""Between two backups that nobody asked for."""


class Reason(StrEnum):
    """Why a version was kept. All but the first three stay until somebody deletes the file."""

    OPENED = "opened"
    CLOSED = "closed"
    EDITING = "editing"
    MIGRATION = "migration"
    MERGE = "merge"
    SIGNOFF = "signoff"
    RESTORE = "restore"
    REPLACED = "replaced"

    @property
    def pinned(self) -> bool:
        return self not in (Reason.OPENED, Reason.CLOSED, Reason.EDITING)


REASONS = {
    Reason.OPENED: "before the first edit after opening",
    Reason.CLOSED: "as it was when it was closed",
    Reason.EDITING: "while it was edited",
    Reason.MIGRATION: "before it was brought to a newer file version",
    Reason.MERGE: "before a merge",
    Reason.SIGNOFF: "before a signature",
    Reason.RESTORE: "before a backup was put back",
    Reason.REPLACED: "before another project took its place",
}
"""Each reason in words."""


@dataclass(frozen=True)
class Backup:
    """One version that was kept: where it is, the moment at which it was replaced (UTC), why, and its size in bytes.

    As seen from the file whose backups are listed, `elsewhere` says that it was another file: the project was moved or
    renamed since, or it has a copy; and `another_project` that it holds a project that stood in its place before.
    `zone` is the time zone of that file: so the moments of one list can be compared.
    """

    path: Path
    at: str
    reason: Reason
    size: int
    elsewhere: bool = False
    another_project: bool = False
    zone: str = "UTC"

    @property
    def of_this_file(self) -> bool:
        """Whether it is an earlier version of this very file."""
        return not self.elsewhere and not self.another_project

    @property
    def project_id(self) -> str:
        """The id of the project that it holds."""
        return self.path.parent.name

    @property
    def by(self) -> str:
        """The id of the project that took its place; empty where none did, or nobody noted which."""
        return _parts(self.path)["by"]

    @cached_property
    def file(self) -> Path | None:
        """The file that it was; None where that was not noted."""
        key = _parts(self.path)["key"]
        noted = _noted(_note(self.path.parent, key))
        # A note that is not whole names another file, or none.
        return Path(os.fsdecode(noted)) if _digest(noted) == key else None

    @cached_property
    def project(self) -> Project | None:
        """What it holds; None when it does not pass every check of an opening, or is not what was kept."""
        try:
            found = inspect(self.path)
        except AppError:
            return None
        return found.project if found.sha256.startswith(_parts(self.path)["sha256"]) else None

    @property
    def good(self) -> bool:
        return self.project is not None

    @property
    def when(self) -> str:
        """The moment in words, on the clock of `zone`."""
        return moment_words(self.at, self.zone)

    @property
    def moment(self) -> str:
        """The moment on the clock of `zone`, to the second, as a person writes it: 2026-11-21T00:30:15."""
        return f"{instant(self.at).astimezone(ZoneInfo(self.zone)):%Y-%m-%dT%H:%M:%S}"

    @cached_property
    def agent(self) -> str:
        """What it is about: the name of the AI agent."""
        if self.project is None:
            return ""
        name = self.project.document.only(Agent).name
        return f"“{shown(name)}”" if name else words("AI agent without a name")

    @cached_property
    def signed(self) -> str:
        """Where its sign-off stood, and who had signed the revision at hand."""
        if self.project is None:
            return ""
        standing = state(self.project.document)
        # A draft after a revision that was signed is signed by nobody yet.
        of_this = () if standing.changed and not standing.erased else standing.seats
        names = [seat.signature.name for seat in of_this if seat.signature is not None]
        return ": ".join(part for part in (words(standing.words()), ", ".join(names)) if part)

    @property
    def place(self) -> str:
        """Of which file or project it is; empty where it is an earlier version of this very file."""
        if self.of_this_file:
            return ""
        if not self.elsewhere:
            return words("of the project that stood here before")
        if self.another_project:
            return words(msg("of another project, whose place this one took: {file}", file=self._named))
        return words(msg("of {file}", file=self._named))

    @property
    def _named(self) -> Message:
        if self.file is None:
            return msg("a file whose name was not noted")
        return msg("“{path}”", path=shown(self.file))


class Backups:
    """The backups of one project file. `now` is the clock, and `zone` the time zone in which moments are told."""

    def __init__(
        self, target: Path, project_id: str = "", now: Callable[[], datetime] = system_now, zone: str = "UTC"
    ) -> None:
        self._target = target.resolve()
        self._project_id = project_id
        self._now = now
        self._zone = zone

    def listed(self) -> tuple[Backup, ...]:
        """Those of this path, the latest first; then what stood in the place of its project where that was at other
        paths; then those of its project at other paths. The same contents are listed once.

        Which project that is, the latest one of the path says where the file does not.
        """
        own = self._own()
        project_id = self._project_id or _follower(own)
        here = (replace(backup, another_project=backup.project_id != project_id) for backup in own)
        if not project_id:
            return self._in_zone(_once(here))
        away = (backup for backup in _replaced_by(project_id) if not self._is_here(backup))
        before = (replace(backup, elsewhere=True, another_project=True) for backup in away)
        of_project = _found((_root() / project_id).glob("*.ownermap"))
        others = (replace(backup, elsewhere=True) for backup in of_project if not self._is_here(backup))
        return self._in_zone(_once((*here, *before, *others)))

    @property
    def folder(self) -> Path:
        """Where the backups of the project lie, whichever of its files they are of."""
        return _root() / self._project_id

    def notes(self) -> tuple[Path, ...]:
        """The notes in that folder, which tell the paths of its files: the name of a person may stand in one. Without
        them the backups are as good, and are of files whose names were not noted."""
        return tuple(sorted(self.folder.glob("*.path")))

    def of_project(self) -> tuple[tuple[Backup, ...], tuple[tuple[Backup, ...], ...]]:
        """Every backup of the project: those of this file, and those of each other file that holds or held it."""
        of: dict[str, list[Backup]] = {}
        for backup in _found(self.folder.glob("*.ownermap")):
            of.setdefault(_parts(backup.path)["key"], []).append(backup)
        own = of.pop(_key(self._target), [])
        return tuple(own), tuple(map(tuple, of.values()))

    def keep(self, data: bytes, reason: Reason, by: str = "") -> Backup | None:
        """Keep this version; None when it need not be: the path has it among its backups already. `by` is the id of
        the project that takes its place, where one does.

        Raises Unreadable when the data folder does not take it, or when what was written is no good project.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        same = (b for b in self._own() if _parts(b.path)["sha256"] == sha256[:16] and b.by == by)
        if any((before.reason.pinned or not reason.pinned) and before.good for before in same):
            return None
        now = self._now()
        folder = self.folder
        key = _key(self._target)
        parts = (f"{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}", reason, key, sha256[:16], *([by] if by else []), "ownermap")
        name = ".".join(parts)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise cannot_write(folder, error) from None
        noted, note = os.fsencode(self._target), _note(folder, key)
        if _noted(note) != noted:
            write_atomically(note, lambda path: path.write_bytes(noted))
        write_atomically(folder / name, lambda path: path.write_bytes(data))
        made = Backup(folder / name, moment(now), reason, len(data))
        if sha256_of(made.path) != sha256 or not made.good:
            put_away(made.path)
            raise Unreadable(
                msg("A backup of “{name}” could not be verified.", name=self._target.name),
                msg("Check the disk that holds “{folder}”; the file was left as it is.", folder=str(folder)),
            )
        self.prune()
        return made

    def due(self) -> bool:
        """Whether the last backup is old enough for another one."""
        latest = next(iter(self._own()), None)
        return latest is None or moment(self._now() - EVERY) >= latest.at

    def latest_good(self) -> Backup | None:
        """The latest good version of this very file; None where there is none, whatever there is of others."""
        return next((backup for backup in self.listed() if backup.of_this_file and backup.good), None)

    def holding(self, data: bytes) -> Backup | None:
        """The latest good backup of this path that holds exactly this; None where there is none."""
        sha256 = _digest(data)
        return next((b for b in self._own() if _parts(b.path)["sha256"] == sha256 and b.good), None)

    def prune(self) -> None:
        """Delete what none of the generations needs; the last good one stays whatever happens."""
        found = self._own()
        kept = _needed(found)
        going = [backup for backup in found if backup not in kept]
        if going and not any(backup.good for backup in kept):
            going = [backup for backup in going if backup != next((b for b in going if b.good), None)]
        for backup in going:
            put_away(backup.path)  # What cannot be deleted now is tried again with the next backup.

    def _in_zone(self, listed: Iterable[Backup]) -> tuple[Backup, ...]:
        return tuple(replace(backup, zone=self._zone) for backup in listed)

    def _own(self) -> tuple[Backup, ...]:
        """Those of this path, whichever project it held, the latest first."""
        return _found(_root().glob(f"*/*.{_key(self._target)}.*.ownermap"))

    def _is_here(self, backup: Backup) -> bool:
        return _parts(backup.path)["key"] == _key(self._target)


def renamed(path: Path, sha256: str) -> Path:
    """The name of a backup that holds something else now, of which this is the SHA-256."""
    return path.with_name(path.name.replace(f".{_parts(path)['sha256']}.", f".{sha256[:16]}."))


def _follower(own: Sequence[Backup]) -> str:
    """The id of the project that is at a path with these backups, the latest first; empty where they do not say."""
    if not own:
        return ""
    latest = own[0]
    return latest.by or ("" if latest.reason is Reason.REPLACED else latest.project_id)


def _replaced_by(project_id: str) -> list[Backup]:
    """The versions of other projects whose place this one took, and of those whose place they had taken."""
    found: list[Backup] = []
    known, asked = {project_id}, [project_id]
    while asked:
        for backup in _found(_root().glob(f"*/*.{asked.pop()}.ownermap")):
            if backup.project_id != project_id:
                found.append(backup)
            if backup.project_id not in known:
                known.add(backup.project_id)
                asked.append(backup.project_id)
    return found


def _once(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Of those that hold the same, the first good one, or else the first."""
    chosen: dict[str, Backup] = {}
    for backup in backups:
        sha256 = _parts(backup.path)["sha256"]
        first = chosen.get(sha256)
        if first is None:
            chosen[sha256] = backup
        elif not first.good and backup.good:
            del chosen[sha256]
            chosen[sha256] = backup
    return tuple(chosen.values())


def _needed(found: Sequence[Backup]) -> set[Backup]:
    """What the generations keep of these, the latest first."""
    kept = {backup for backup in found if backup.reason.pinned}
    ordinary = [backup for backup in found if not backup.reason.pinned]
    kept.update(ordinary[:LAST])
    for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        latest: dict[str, Backup] = {}
        for backup in ordinary:
            latest.setdefault(period(backup), backup)
        kept.update(list(latest.values())[:most])
    return kept


def _day(backup: Backup) -> str:
    return backup.at[:10]


def _week(backup: Backup) -> str:
    year, week, _ = datetime.fromisoformat(backup.at).isocalendar()
    return f"{year}-{week}"


def _month(backup: Backup) -> str:
    return backup.at[:7]


_NAME = re.compile(
    r"(?P<at>\d{8}T\d{6}\d{6}Z)\.(?P<reason>[a-z]+)\.(?P<key>[0-9a-f]{16})\.(?P<sha256>[0-9a-f]{16})"
    r"(?:\.(?P<by>[0-9a-f-]{36}))?\.ownermap"
)


def _parts(path: Path) -> dict[str, str]:
    found = _NAME.fullmatch(path.name)
    return found.groupdict("") if found else {"sha256": "", "key": "", "by": ""}


def _found(paths: Iterable[Path]) -> tuple[Backup, ...]:
    reasons = {str(reason) for reason in Reason}
    backups = []
    with reading(data_folder() / "backups"):
        for path in paths:
            parts = _parts(path)
            if parts.get("reason") in reasons:
                at = datetime.strptime(parts["at"], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
                try:
                    size = path.stat().st_size
                except FileNotFoundError:
                    continue  # Another window no longer needed it.
                backups.append(Backup(path, moment(at), Reason(parts["reason"]), size))
    return tuple(sorted(backups, key=lambda backup: backup.path.name, reverse=True))


def _root() -> Path:
    return data_folder() / "backups"


def _noted(note: Path) -> bytes:
    """The path that a note tells; none where there is no note. OutOfReach when the disk does not say."""
    if not is_there(note):
        return b""
    with reading(note):
        return note.read_bytes()


def _note(folder: Path, key: str) -> Path:
    return folder / f"{key}.path"


def _key(target: Path) -> str:
    return _digest(os.fsencode(target))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
