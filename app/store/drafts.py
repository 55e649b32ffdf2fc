"""What is being typed and is in no change set yet, kept beside the working copy: a kill does not take it.

Drafts are private to the person who typed: they lie in their own data folder alone and reach no file and no export.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from pathlib import Path
from threading import Condition, Thread

from app.errors import AppError
from app.files import write_atomically
from app.store.writer import PATIENCE


@dataclass(frozen=True, slots=True)
class Draft:
    """A text, and where it stands: the step, the row's id and the field, or the kind of row that it would add.

    `place` is the name of the control, for people. All but the text may be empty.
    """

    text: str
    step: str
    row: str
    field: str
    place: str


class Drafts:
    """The drafts of one open project. `left` are those that were there at the opening, of somebody who did not take
    them before the program ended."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        """`patience`: seconds until what could not be written is tried again."""
        self.left = _read(path)
        self._path = path
        self._patience = patience
        self._wanted: tuple[Draft, ...] | None = None
        self._changed = Condition()
        self._ending = False
        self._thread: Thread | None = None

    def keep(self, drafts: tuple[Draft, ...]) -> None:
        """Have these be the drafts, in place of those before; returns at once."""
        with self._changed:
            self._wanted = drafts
            self._changed.notify()
        if self._thread is None:
            # Most commands open a project and never type.
            self._thread = Thread(target=self._run, name="drafts", daemon=True)
            self._thread.start()

    def finish(self) -> None:
        """Write what is left to write, if the disk takes it, and end."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while (drafts := self._next()) is not None:
            try:
                self._write(drafts)
            except AppError:
                # The text still stands in its control. It is tried again, unless something newer comes first.
                with self._changed:
                    if self._ending:
                        return
                    self._wanted = drafts if self._wanted is None else self._wanted
                    self._changed.wait_for(self._is_ending, self._patience)

    def _next(self) -> tuple[Draft, ...] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._wanted is not None or self._ending)
            drafts, self._wanted = self._wanted, None
            return drafts

    def _is_ending(self) -> bool:
        return self._ending

    def _write(self, drafts: tuple[Draft, ...]) -> None:
        text = json.dumps([astuple(each) for each in drafts])
        write_atomically(self._path, lambda path: path.write_text(text, encoding="utf-8"))


def _read(path: Path) -> tuple[Draft, ...]:
    """What a file of drafts holds; none where there is none, or one that a later program wrote in another way."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        drafts = tuple(Draft(*each) for each in found)
    except (OSError, ValueError, TypeError):
        return ()
    texts = all(isinstance(each, list) and all(isinstance(text, str) for text in each) for each in found)
    return drafts if texts else ()
