"""What every page and widget works with: the open project, the look, and the way to another place."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.messages import Message
from app.model.document import Document
from app.model.fields import fields_of
from app.model.ids import instant
from app.model.kinds import BY_KIND
from app.policy.windows import day_at
from app.rules.finding import Finding
from ui.icons import Icons
from ui.qt_workspace import QtWorkspace
from ui.theme import Theme
from ui.waiting import WaitingDrafts
from ui.widgets.values import Ways

VOTING = 0
"""Stands for a silent vote whose answers nobody has seen yet."""


class Desk(QObject):
    """Handed to every page and widget that needs more than its own data."""

    place_wanted = Signal(object, object, object)
    """(step id, row id or "", field name or ""): show this place and put the focus there."""

    led = Signal(object)
    """A Finding whose place was opened, so that the focus is there now."""

    notice = Signal(object)
    """A Message that says what was done, for the bar at the top; not an error."""

    refusal = Signal(object)
    """A Message that says why something was not done, where no field shows it."""

    promise_wanted = Signal(object)
    """A Finding that somebody wants to promise an answer to, instead of answering it here."""

    command_wanted = Signal(object)
    """The name of a command of the window, such as "export" (see ui.menus)."""

    erase_wanted = Signal(object)
    """The id of a person who is to be erased, once somebody has agreed to that."""

    merged = Signal(object)
    """The path of a copy that was merged into the project."""

    row_back = Signal(object)
    """The id of a row that undo, or doing again, brought back: the list in sight that has it puts the focus there."""

    vote_shown = Signal()
    """The room looks at another state of the silent vote; see `vote`."""

    def __init__(self, workspace: QtWorkspace, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.vote: int | None = None
        """What the room sees of the silent vote: a round by its number, VOTING before the reveal, None for no vote."""
        self.workspace = workspace
        self.waiting = WaitingDrafts()
        self.theme = theme
        self.icons = icons

    @property
    def document(self) -> Document:
        return self.workspace.document

    def today(self) -> str:
        """The day on the agent's clock, `2026-11-21`."""
        return day_at(self.document, self.workspace.workspace.mint.moment())

    def ways(self) -> Ways:
        """How amounts and moments are written in this project."""
        now = instant(self.workspace.workspace.mint.moment())
        return Ways.of(self.document, date.fromisoformat(self.today()), now)

    def go_to(self, finding: Finding) -> None:
        """Open the place that answers a finding: the step on which its field is edited, which need not be the step
        on which it is found."""
        row = self.document.find(finding.subject)
        field = fields_of(type(row)).get(finding.field) if row is not None else None
        missing = BY_KIND.get(finding.field.partition(":")[0]) if not finding.subject else None
        step = field.step if field else missing.spec.step if missing else finding.step
        self.place_wanted.emit(step, finding.subject, finding.field)
        if finding.answer:
            self._point_to(finding.answer)
        self.led.emit(finding)

    def _point_to(self, answer: str) -> None:
        """Put the focus on one choice of the field that has it."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None:
            point_to = getattr(widget, "point_to", None)
            if callable(point_to):
                point_to(answer)
                return
            widget = widget.parentWidget()

    def open_place(self, step: str, row_id: str = "", field: str = "") -> None:
        """Open a step, and there a row and a field where they are given."""
        self.place_wanted.emit(step, row_id, field)

    def say(self, message: Message) -> None:
        """Say what was done, in the past tense."""
        self.notice.emit(message)

    def refuse(self, message: Message) -> None:
        """Say why something was not done."""
        self.refusal.emit(message)

    def show_vote(self, vote: int | None) -> None:
        """Say what the room sees of the silent vote from now on."""
        if vote != self.vote:
            self.vote = vote
            self.vote_shown.emit()

    def commit_focused(self) -> None:
        """Commit what is half typed in the control that has the focus, before something else happens."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None:
            commit = getattr(widget, "commit", None)
            if callable(commit):
                commit()
                return
            widget = widget.parentWidget()
