"""One open project: runs an edit, has it stored, keeps the log and the findings, and tells whoever listens.

The way of one edit (architecture.md): a page runs an edit; the edit is pure; the document moves on at once; the
store writes it in order behind; the findings follow; listeners are told once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from app.edits import Edit
from app.edits.undo import redo, undo
from app.errors import AppError
from app.interchange import Project
from app.messages import Message, msg
from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.ids import Mint, instant
from app.store.drafts import Draft as Draft
from app.store.saving import SaveState as SaveState
from app.store.saving import Saving as Saving
from app.store.watching import Noticed as Noticed
from app.store.watching import Underneath as Underneath

COALESCE = timedelta(seconds=3)
"""Two commits of the same field within this time are one step for undo."""


class Keeper(Protocol):
    """Whatever keeps change sets safe (app.store); a workspace without one lives in memory only."""

    def keep(self, entry: ChangeSet, document: Document) -> None:
        """Take a change set for writing, in order, and return at once. `document` is the state after it."""

    def listen(self, told: Callable[[Saving], None]) -> None:
        """Call `told` whenever the state of saving changes; it may come from another thread."""


ChangedListener = Callable[[ChangeSet, object], None]


class Workspace:
    """An open project. Not thread-safe: one thread runs edits."""

    def __init__(
        self,
        project: Project,
        keeper: Keeper | None = None,
        mint: Mint | None = None,
        read_only: Message | None = None,
    ) -> None:
        self.document = project.document
        self.log = project.log
        self.mint = mint or Mint()
        self._keeper = keeper
        self.read_only = read_only
        self._listeners: list[ChangedListener] = []

    def run(self, edit: Edit, initiator: object = None) -> ChangeSet | None:
        """Run an edit; the change set that it made, or None when there was nothing to do.

        Raises AppError, and changes nothing, when the edit does not take what it was given, or when the project is
        open for looking only: `read_only` says why.
        """
        if self.read_only is not None:
            raise AppError(self.read_only, msg("Save a copy to change it there."))
        made = edit(self.document, self.mint)
        if made is None:
            return None
        made = self._coalesced(made)
        self.document = self.document.apply(made)
        self.log.append(made)
        if self._keeper is not None:
            self._keeper.keep(made, self.document)
        for told in tuple(self._listeners):
            told(made, initiator)
        return made

    def undo(self, initiator: object = None) -> ChangeSet | None:
        """Take back the last step."""
        return self.run(undo(self.log), initiator)

    def redo(self, initiator: object = None) -> ChangeSet | None:
        """Do again what was undone last."""
        return self.run(redo(self.log), initiator)

    def can_undo(self) -> bool:
        return bool(self.log.next_undo())

    def can_redo(self) -> bool:
        return bool(self.log.next_redo())

    def listen(self, told: ChangedListener) -> Callable[[], None]:
        """Call `told(change_set, initiator)` after every change; returns what ends the listening."""
        self._listeners.append(told)
        return lambda: self._listeners.remove(told)

    @property
    def project(self) -> Project:
        return Project(self.document, self.log)

    def _coalesced(self, made: ChangeSet) -> ChangeSet:
        last = self.log.last
        if made.undoes or made.group or last is None or last.undoes or last.author != made.author:
            return made
        if len(made.changes) != 1 or len(last.changes) != 1 or made.changes[0].id != last.changes[0].id:
            return made
        change = made.changes[0]
        if change.before is None or change.after is None or last.changes[0].before is None:
            return made
        same_field = len(change.fields()) == 1 and change.fields() == last.changes[0].fields()
        if not same_field or instant(made.at) - instant(last.at) > COALESCE:
            return made
        return replace(made, group=last.step_id)
