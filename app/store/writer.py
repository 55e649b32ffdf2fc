"""The thread that stores edits, one after the other, and never gives one up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Condition, Thread

from app.messages import Message, msg
from app.model.changes import ChangeSet
from app.store.database import trouble

PATIENCE = 1.0
"""Seconds until what failed is tried again; an edit in between tries at once."""


class Writer:
    """Calls `store` for change sets in order, and `close` at the end, on a thread of its own.

    `told` is called there whenever `pending` or `problem` may differ.
    """

    def __init__(self, store: Callable[[ChangeSet], None], close: Callable[[], None], told: Callable[[], None]) -> None:
        self.problem: Message | None = None
        self._store = store
        self._close = close
        self._told = told
        self._queue: deque[ChangeSet] = deque()
        self._changed = Condition()
        self._ending = False
        self._asked = False
        self._failed = 0
        # A daemon: a program that ends without closing its project must not hang on it.
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """How many change sets are not on disk yet."""
        return len(self._queue)

    def put(self, entry: ChangeSet) -> None:
        """Take a change set for storing; returns at once."""
        with self._changed:
            self._queue.append(entry)
            self._changed.notify()

    def settle(self) -> int:
        """Wait until everything is stored, or was tried once more in vain; how many are in memory alone."""
        with self._changed:
            failed, self._asked = self._failed, True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._queue or self._failed > failed)
            self._asked = False
            return len(self._queue)

    def finish(self) -> int:
        """Store what is left, trying once more where it fails, and end; how many could not be stored."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        self._thread.join()
        return len(self._queue)

    def _run(self) -> None:
        try:
            while (entry := self._next()) is not None:
                ending = self._ending
                if self._stored(entry):
                    with self._changed:
                        self._queue.popleft()
                        self._changed.notify_all()
                elif ending:
                    return
                else:
                    with self._changed:
                        self._failed += 1
                        self._changed.notify_all()
                        self._changed.wait_for(lambda: self._ending or self._asked, PATIENCE)
                self._told()
        finally:
            self._close()

    def _next(self) -> ChangeSet | None:
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._ending)
            return self._queue[0] if self._queue else None

    def _stored(self, entry: ChangeSet) -> bool:
        try:
            self._store(entry)
        # Whatever it is, the edit stays in the queue, the person is told, and it is tried again.
        except Exception as error:
            self.problem = msg(
                "Your last edits are not on disk yet: {why}. Make room or mend the disk; Ownermap keeps trying.",
                why=trouble(error),
            )
            self._told()
            return False
        self.problem = None
        return True
