"""Power loss, played from a record of what a program did on the disk (disk.c).

What was synced is there. Of what was not, each sector of 512 bytes is there or not by chance, now and then torn; a
file may have grown without what was written into it. Names (made, renamed, removed) reach the disk in one of two ways:
in order, and all before any sync, as file systems with a journal have it, or each by chance until its own folder is
synced, which is all that POSIX promises.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
_HEAD = struct.Struct("=cHHqI")


@dataclass(frozen=True)
class Step:
    """One thing that happened: w written, t truncated, s synced, c made, u removed, r renamed, n noted."""

    kind: str
    path: str
    other: str
    at: int
    data: bytes


def steps(log: Path) -> Iterator[Step]:
    """What a log holds, in order."""
    data, at = log.read_bytes(), 0
    while at < len(data):
        kind, first, second, offset, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        path, other = data[at : at + first].decode(), data[at + first : at + first + second].decode()
        at += first + second
        yield Step(kind.decode(), path, other, offset, data[at : at + size])
        at += size


@dataclass
class _File:
    synced: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    since: list[Step] = field(default_factory=list)
    """What was written or truncated since the last sync."""


_Naming = dict[str, _File | None]
"""Names that change together, and the file that each then means."""


class PoweredDisk:
    """What is on the disk, and what would be if the power went now."""

    def __init__(self, *, in_order: bool) -> None:
        self._in_order = in_order
        self._names: dict[str, _File] = {}
        self._safe_names: dict[str, _File] = {}
        self._namings: list[_Naming] = []

    def take(self, step: Step) -> None:
        """One thing more happens."""
        if step.kind == "c":
            self._name({step.path: _File()})
        elif step.kind == "u":
            self._name({step.path: None})
        elif step.kind == "r":
            self._name({step.path: None, step.other: self._names[step.path]})
        elif step.kind == "s":
            self._sync(step.path)
        elif step.kind in "wt":
            self._write(self._names[step.path], step)

    def after_power_loss(self, pick: Random) -> dict[str, bytes]:
        """The files that are found when the power is back."""
        names = dict(self._safe_names)
        lucky = pick.randint(0, len(self._namings))
        for number, naming in enumerate(self._namings):
            if number < lucky if self._in_order else pick.random() < 0.5:
                _apply(names, naming)
        return {name: _damaged(kept, pick) for name, kept in names.items()}

    def _name(self, naming: _Naming) -> None:
        _apply(self._names, naming)
        self._namings.append(naming)

    def _sync(self, path: str) -> None:
        synced = self._names.get(path)
        if synced is not None:
            synced.synced, synced.since = bytes(synced.now), []
        left = []
        for naming in self._namings:
            here = synced is None and all(str(Path(name).parent) == path for name in naming)
            if self._in_order or here:
                _apply(self._safe_names, naming)
            else:
                left.append(naming)
        self._namings = left

    def _write(self, written: _File, step: Step) -> None:
        if step.kind == "t":
            del written.now[step.at :]
        else:
            written.now.extend(bytes(max(0, step.at - len(written.now))))
            written.now[step.at : step.at + len(step.data)] = step.data
        written.since.append(step)


def _apply(names: dict[str, _File], naming: _Naming) -> None:
    for name, kept in naming.items():
        if kept is None:
            names.pop(name, None)
        else:
            names[name] = kept


def _damaged(kept: _File, pick: Random) -> bytes:
    luck = pick.choice(("nothing", "all", "some", "some", "some"))
    found = bytearray(kept.synced)
    for step in kept.since:
        if step.kind == "t":
            if luck == "all" or (luck == "some" and pick.random() < 0.5):
                del found[step.at :]
            continue
        done = 0
        while done < len(step.data):
            at = step.at + done
            size = min(SECTOR - at % SECTOR, len(step.data) - done)
            arrived = luck == "all" or (luck == "some" and pick.random() < 0.5)
            if arrived or (luck == "some" and pick.random() < 0.3):
                found.extend(bytes(max(0, at + size - len(found))))
            if arrived:
                torn = luck == "some" and pick.random() < 0.05
                found[at : at + size] = pick.randbytes(size) if torn else step.data[done : done + size]
            done += size
    return bytes(found)
