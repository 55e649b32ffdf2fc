"""What is being typed and is in no change set yet, kept beside the working copy: a kill does not take it.

Drafts are private to the person who typed: they lie in their own data folder alone and reach no file and no export.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from threading import Condition, Thread

from app.errors import AppError
from app.files import is_there, reading, stage, write_atomically
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
        self.left = read(path)
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
        write_atomically(self._path, lambda path: path.write_bytes(_as_bytes(drafts)))


def staged_without(path: Path, data: bytes, without: Callable[[str, str], str]) -> Path | None:
    """The drafts of a file, which holds these bytes, in a file beside it, for `app.files.put_in_place`. `without` gives
    what is left of a text in the row with this id; a draft of which nothing is left goes. None when no draft is left.
    Raises Unreadable where the folder takes no file."""
    texts = (replace(d, text=without(d.row, d.text), place=without("", d.place)) for d in _held(data))
    drafts = tuple(draft for draft in texts if draft.text)
    return stage(path, lambda staged: staged.write_bytes(_as_bytes(drafts))) if drafts else None


def _as_bytes(drafts: tuple[Draft, ...]) -> bytes:
    return json.dumps([astuple(each) for each in drafts]).encode()


def read(path: Path) -> tuple[Draft, ...]:
    """What a file of drafts holds; none where there is none. Raises OutOfReach when the disk does not say: they would
    be lost with the next ones."""
    if not is_there(path):
        return ()
    with reading(path):
        data = path.read_bytes()
    return _held(data)


def _held(data: bytes) -> tuple[Draft, ...]:
    """What the bytes of a file of drafts hold; none where a later program wrote them in another way."""
    try:
        found = json.loads(data)
        drafts = tuple(Draft(*each) for each in found)
    except (ValueError, TypeError):
        return ()
    texts = all(isinstance(each, list) and all(isinstance(text, str) for text in each) for each in found)
    return drafts if texts else ()
