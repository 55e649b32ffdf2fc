"""The open project as the window sees it: one edit in, one `changed` out, findings a moment later."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from app.edits import Edit
from app.errors import AppError
from app.model.changes import ChangeSet
from app.model.document import Document
from app.rules.finding import Finding
from app.workspace import Keeper, SaveState, Saving, Workspace
from ui.findings import Findings

Check = Callable[[Document], Iterable[Finding]]
"""Runs the rules on a document, as of now."""


class QtWorkspace(QObject):
    """Wraps a Workspace for Qt. Lives in the window's thread, as every edit does."""

    changed = Signal(object, object)
    """(ChangeSet, initiator) after every change, undo and redo included."""

    findings_changed = Signal(object)
    """The new Findings, once for all edits of one turn of the event loop, and only when they differ."""

    saving_changed = Signal(object)
    """The new Saving."""

    failed = Signal(object)
    """An AppError that a person caused and that no field shows."""

    _told = Signal(object)

    def __init__(self, workspace: Workspace, keeper: Keeper | None = None, check: Check | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self.findings = Findings()
        self.saving = Saving(SaveState.SAVED if workspace.read_only is None else SaveState.READ_ONLY)
        self._check = check
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.check_now)
        self._stop_listening: Callable[[], None] | None = workspace.listen(self._changed)
        # The writer speaks from its own thread; a signal brings its words over to this one.
        self._told.connect(self._saving_told)
        if keeper is not None:
            keeper.listen(self._told.emit)

    @property
    def document(self) -> Document:
        return self.workspace.document

    def attempt(self, edit: Edit, initiator: object = None) -> ChangeSet | None:
        """Run an edit; raises AppError, for a form that shows what is wrong beside the field."""
        return self.workspace.run(edit, initiator)

    def run(self, edit: Edit, initiator: object = None) -> ChangeSet | None:
        """Run an edit; what a person did wrong goes out as `failed`, and the answer is None."""
        try:
            return self.workspace.run(edit, initiator)
        except AppError as error:
            self.failed.emit(error)
            return None

    def undo(self) -> ChangeSet | None:
        try:
            return self.workspace.undo(self)
        except AppError as error:
            self.failed.emit(error)
            return None

    def redo(self) -> ChangeSet | None:
        try:
            return self.workspace.redo(self)
        except AppError as error:
            self.failed.emit(error)
            return None

    def check_now(self) -> None:
        """Run the rules on the document as it stands; nothing is said when the findings are the same."""
        self._soon.stop()
        if self._check is None:
            return
        found = tuple(self._check(self.document))
        if found != self.findings.all:
            self.findings = Findings(found)
            self.findings_changed.emit(self.findings)

    def close(self) -> None:
        """Stop listening; the project goes on without the window. A second time does nothing."""
        self._soon.stop()
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None

    def _changed(self, made: ChangeSet, initiator: object) -> None:
        try:
            self.changed.emit(made, initiator)
        finally:
            self._soon.start()

    def _saving_told(self, saving: Saving) -> None:
        self.saving = saving
        self.saving_changed.emit(saving)
