"""What happens to an open file from outside, noticed within seconds: changed, gone, or another copy beside it.

It is looked at again and again, because what tells a program about changed files says nothing on many network shares,
and loses a file that is replaced by a rename.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread

from app.errors import DamagedFile, Unreadable
from app.files import is_missing
from app.store.copies import Stamp, stamp_of
from app.store.opening import sha256_of

EVERY = 2.0
"""Seconds between two looks."""


class Underneath(StrEnum):
    """What became of the file since we wrote it or began from it."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    FOLDER_GONE = "folder gone"


@dataclass(frozen=True)
class Noticed:
    """The state of the file, and the copies beside it that have steps which it does not have.

    `ours`: the file was changed, and there are edits here that it does not have. `free`: it is open for looking only,
    and could be opened for editing now.
    """

    file: Underneath = Underneath.SAME
    copies: tuple[Path, ...] = ()
    ours: bool = False
    free: bool = False


class Eye:
    """Looks at one file again and again; what did not change is not read again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._judged: tuple[Stamp | None, Underneath] | None = None

    def look(self, expected: str) -> Underneath:
        """What became of the file that had this SHA-256."""
        stamp = stamp_of(self._path)
        if stamp is not None and self._judged is not None and self._judged[0] == stamp:
            return self._judged[1]
        try:
            current = sha256_of(self._path)
        except DamagedFile:
            current = ""  # A folder, or something far too large, took its place.
        except Unreadable:
            # Nobody can say for a moment; the next look may.
            return self._judged[1] if self._judged else Underneath.SAME
        if current is None and is_missing(self._path.parent):
            return Underneath.FOLDER_GONE
        # An older version of ours, put back by somebody, is a change too.
        found = {None: Underneath.GONE, expected: Underneath.SAME}.get(current, Underneath.CHANGED)
        self._judged = (stamp, found)
        return found


class Watcher:
    """Calls `look` at intervals on a thread of its own, and `told` there whenever it finds something else."""

    def __init__(self, look: Callable[[], Noticed], told: Callable[[Noticed], None], every: float = EVERY) -> None:
        self._look = look
        self._told = told
        self._every = every
        self._ending = Event()
        self._thread = Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """End, when the look that has begun is over."""
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        last = Noticed()
        while not self._ending.is_set():
            found = self._look()
            if found != last:
                last = found
                self._told(found)
            self._ending.wait(self._every)
