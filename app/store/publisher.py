"""The thread that publishes after a short idle, and at intervals while somebody keeps editing."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition, Thread

from app.errors import AppError

IDLE = 2.0
"""Seconds without an edit after which the file is published."""

AT_MOST = 20.0
"""Seconds that an edit waits at most, and after which a failed publishing is tried again."""


class Publisher:
    """Calls `publish` on a thread of its own. An AppError that it raises was told by `publish` itself."""

    def __init__(self, publish: Callable[[], None], *, idle: float = IDLE, at_most: float = AT_MOST) -> None:
        self._publish = publish
        self._idle = idle
        self._at_most = at_most
        self._due: float | None = None
        self._latest: float | None = None
        self._changed = Condition()
        self._ending = False
        self._thread = Thread(target=self._run, name="publisher", daemon=True)
        self._thread.start()

    def edited(self) -> None:
        """There is something to publish: the idle time starts again."""
        with self._changed:
            now = time.monotonic()
            self._latest = self._latest or now + self._at_most
            self._due = min(now + self._idle, self._latest)
            self._changed.notify()

    def soon(self) -> None:
        """Publish now, without waiting for the idle time."""
        with self._changed:
            self._due = time.monotonic()
            self._changed.notify()

    def finish(self) -> None:
        """End; a publishing that has begun is finished first."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while self._wait_until_due():
            try:
                self._publish()
            except AppError:
                with self._changed:
                    self._due = self._due or time.monotonic() + self._at_most

    def _wait_until_due(self) -> bool:
        """Wait; True when it is time to publish, False when it is time to end."""
        with self._changed:
            while not self._ending:
                left = None if self._due is None else self._due - time.monotonic()
                if left is not None and left <= 0:
                    self._due = self._latest = None
                    return True
                self._changed.wait(left)
            return False
