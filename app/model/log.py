"""The log: every change set in order, which is also what undo, redo and the exports' change log read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.model.changes import ChangeSet
from app.model.fields import Scope


def undone_too_early(steps: Iterable[tuple[str, str | None]]) -> int | None:
    """The place, from 0, of a change set that takes back its own step or one that comes after it, which no undo does;
    None where there is none. `steps` holds for each change set the id of its step and of the step that it undoes."""
    found = list(steps)
    first: dict[str, int] = {}
    for place, (step, _) in enumerate(found):
        first.setdefault(step, place)
    for place, (step, undoes) in enumerate(found):
        # A step that is not here may have been private, and left out of a copy.
        if undoes is not None and (undoes == step or first.get(undoes, -1) >= place):
            return place
    return None


class Log:
    """Change sets in order. Appending is the only way it changes; undo and redo are found from it."""

    def __init__(self, entries: Iterable[ChangeSet] = ()) -> None:
        self._entries: list[ChangeSet] = []
        self._steps: dict[str, list[ChangeSet]] = {}
        self._undo: list[str] = []
        self._redo: list[str] = []
        for entry in entries:
            self.append(entry)

    def append(self, entry: ChangeSet) -> None:
        self._entries.append(entry)
        self._steps.setdefault(entry.step_id, []).append(entry)
        if entry.final:
            # What stands before a signature was signed, and is changed on purpose or not at all.
            self._undo.clear()
            self._redo.clear()
        if not entry.undoable and entry.undoes is None:
            return
        if entry.undoes is None:
            if not self._undo or self._undo[-1] != entry.step_id:
                self._undo.append(entry.step_id)
            self._redo.clear()
        elif self._undo and self._undo[-1] == entry.undoes:
            self._undo.pop()
            self._redo.append(entry.step_id)
        elif self._redo and self._redo[-1] == entry.undoes:
            self._redo.pop()
            self._undo.append(entry.step_id)

    def next_undo(self) -> tuple[ChangeSet, ...]:
        """The change sets that undo would take back, in the order in which they were made."""
        return tuple(self._steps[self._undo[-1]]) if self._undo else ()

    def next_redo(self) -> tuple[ChangeSet, ...]:
        """The undoing change sets that redo would take back."""
        return tuple(self._steps[self._redo[-1]]) if self._redo else ()

    def recorded_last(self) -> ChangeSet | None:
        """The entry of the operating record that was made last, where nothing that can be undone was done since; undo
        passes it over. None where there is none."""
        for entry in reversed(self._entries):
            if entry.undoable or entry.final or entry.undoes is not None:
                return None
            if Scope.RECORD in entry.scopes():
                return entry
        return None

    def final_last(self) -> ChangeSet | None:
        """The step that stands before everything that undo and doing again could reach; None where there is none."""
        return next((entry for entry in reversed(self._entries) if entry.final), None)

    @property
    def last(self) -> ChangeSet | None:
        return self._entries[-1] if self._entries else None

    def __iter__(self) -> Iterator[ChangeSet]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> ChangeSet:
        return self._entries[index]
