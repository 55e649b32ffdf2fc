"""What is typed and not taken survives the end of the program: kept while somebody types, offered at the next opening.

Ballots, passphrases and the names that somebody types to sign are never kept: they are acts, not texts.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from app.model.fields import fields_of
from app.model.kinds import BY_KIND
from app.workspace import Draft
from ui.desk import Desk
from ui.file_commands import ProjectFile
from ui.panels.unfinished_line import UnfinishedLine
from ui.steps.base import Page
from ui.widgets.editors.base import Editor
from ui.widgets.form import FieldBox
from ui.widgets.row_list import RowList
from ui.widgets.untaken import SIGNING, untaken_in
from ui.widgets.values import written

SOON = 1000
"""Milliseconds after which a key that was pressed is safe at the latest."""

Place = tuple[str, str, str, str]
"""Step, row, field, and the name of the control."""


class Unfinished(QObject):
    """Keeps the drafts of one window, and offers those of last time in its `line`."""

    def __init__(self, window: QWidget, desk: Desk, opened: ProjectFile | None) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._opened = opened
        left = opened.drafts if opened is not None else ()
        self._kept = left
        self.line = UnfinishedLine(tuple(each for each in left if not is_taken(desk, each)))
        self.line.back_wanted.connect(self._put_back)
        self.line.answered.connect(self._soon)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SOON)
        self._timer.timeout.connect(self.keep_now)
        if opened is not None:
            QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
            desk.workspace.changed.connect(self._taken)

    def keep_now(self) -> None:
        """Have everything that is typed and not taken kept, and what still waits for an answer."""
        self._keep(self.drafts())

    def drafts(self) -> tuple[Draft, ...]:
        """What is typed and not taken, and what still waits for an answer."""
        return (*self.line.waiting, *self._desk.waiting.drafts, *drafts_in(self._window))

    def offer(self, drafts: Sequence[Draft]) -> None:
        """Offer these too: they were typed in the window before, which the disk need not have kept."""
        self.line.add(each for each in drafts if each not in self.line.waiting and not is_taken(self._desk, each))
        self._soon()

    def go_to(self, control: QWidget) -> None:
        """Put the focus on a control with a text that is not taken; what stands over it, or is folded, opens first."""
        step, row, field, _ = place_of(control)
        if step and not control.isVisible():
            self._desk.open_place(step, row, field)
        control.setFocus(Qt.FocusReason.OtherFocusReason)

    def left_out(self) -> None:
        """The window closes, and whoever closes it knows what was not taken: only what waits for an answer, or for its
        row to be brought back, stays."""
        self._timer.stop()
        self._keep((*self.line.waiting, *self._desk.waiting.drafts))

    def _keep(self, drafts: tuple[Draft, ...]) -> None:
        if self._opened is not None and drafts != self._kept:
            self._kept = drafts
            self._opened.keep_drafts(drafts)

    def _soon(self) -> None:
        # Not started again by each key: somebody who types without a pause is kept up with, too.
        if not self._timer.isActive():
            self._timer.start()

    def _taken(self, *change: object) -> None:
        self.line.say_anew()
        if self._kept:
            self._soon()

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, (QLineEdit, QPlainTextEdit)) and not now.property("followed"):
            now.setProperty("followed", True)
            now.textChanged.connect(self._soon)

    def _put_back(self, draft: Draft) -> None:
        if draft.step:
            self._desk.open_place(draft.step, draft.row, draft.field)
        if put_back(self._window, draft):
            self.line.settle()
        else:
            self.line.say_place_is_gone()
            self.line.take_focus()


def drafts_in(window: QWidget) -> tuple[Draft, ...]:
    """What stands in the controls of a window, its pages and dialogs, and is not taken."""
    return tuple(
        Draft(left.text, *place_of(left.control)) for left in untaken_in(window) if not left.control.property(SIGNING)
    )


def put_back(window: QWidget, draft: Draft) -> bool:
    """Put a text into the control in which it stood, with the focus; False where that is not open now."""
    wanted = (draft.step, draft.row, draft.field, draft.place)
    # From the last: an earlier one may be of a row that was closed a moment ago.
    for editor in reversed(window.findChildren(Editor)):
        if place_of(editor.control()) == wanted and editor.resume(draft.text):
            editor.control().setFocus()
            return True
    for rows in window.findChildren(RowList):
        if rows.adder is not None and place_of(rows.adder) == wanted:
            rows.adder.resume(draft.text)
            rows.adder.setFocus()
            return True
    return False


def place_of(control: QWidget) -> Place:
    """Where a control stands, in words that mean the same at the next opening."""
    step = row = field = ""
    around = control.parentWidget()
    while around is not None:
        if isinstance(around, FieldBox) and not field:
            row, field = around.row_id, around.name
        elif isinstance(around, RowList) and not field:
            field = around.adds()
        elif isinstance(around, Page):
            step = around.step.id
        around = around.parentWidget()
    return step, row, field, control.accessibleName()


def is_taken(desk: Desk, draft: Draft) -> bool:
    """Whether a text got into the project after all, in the moment before the program ended."""
    if draft.row:
        row = desk.document.find(draft.row)
        field = fields_of(type(row)).get(draft.field) if row is not None else None
        return (
            row is not None and field is not None and written(field, row.value(draft.field), desk.ways()) == draft.text
        )
    kind = BY_KIND.get(draft.field.partition(":")[0])
    return kind is not None and any(each.called() == draft.text for each in desk.document.rows(kind))
