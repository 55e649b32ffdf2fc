"""What opens over the window and goes away again.

DIALOGS holds those that a command of the window opens, by the command's id (see ui.menus): a factory that is given
the desk, the window and the open file, and shows what it made, or a panel of a page that stays beside the work. A
command without one is not offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.messages import msg
from ui.desk import Desk
from ui.steps.roles import REPLACE, WHAT_IF


class ProjectFile(Protocol):
    """The open file, as a dialog needs it."""

    path: Path

    def stage_copy(self) -> Path:
        """Write the project as it stands to a file of our own, which whoever asked for it removes; AppError when that
        cannot be."""


DialogOpener = Callable[[Desk, QWidget, ProjectFile | None], None]


def _export(desk: Desk, window: QWidget, opened: ProjectFile | None) -> None:
    # Loaded when it is first wanted: it brings the whole report with it, and the window should be there sooner.
    from ui.dialogs.export import open_export

    open_export(desk, window, opened)


def _what_if(desk: Desk, window: QWidget, opened: ProjectFile | None) -> None:
    desk.open_place("roles", "", WHAT_IF)


def _replace(desk: Desk, window: QWidget, opened: ProjectFile | None) -> None:
    desk.open_place("roles", "", REPLACE)


def _todo(desk: Desk, window: QWidget, opened: ProjectFile | None) -> None:
    from ui.dialogs.todo import copy_todo

    copy_todo(desk)


def _paste_evidence(desk: Desk, window: QWidget, opened: ProjectFile | None) -> None:
    # Loaded when it is first wanted.
    from ui.dialogs.paste_evidence import PasteEvidence

    PasteEvidence(desk, window).open()


def _record(desk: Desk, window: QWidget, opened: ProjectFile | None) -> None:
    from ui.dialogs.record import RecordDialog

    RecordDialog(desk, window).show()


def _revisions(desk: Desk, window: QWidget, opened: ProjectFile | None) -> None:
    from ui.dialogs.revisions import RevisionsDialog

    RevisionsDialog(desk, window).show()


def _verify(desk: Desk, window: QWidget, opened: ProjectFile | None) -> None:
    from ui.dialogs.verify import VerifyDialog

    if opened is None:
        desk.refuse(msg("Save the project first: the answer is about its file."))
    else:
        desk.commit_focused()
        VerifyDialog(desk, opened.path, window).show()


DIALOGS: Mapping[str, DialogOpener] = {
    "paste_evidence": _paste_evidence,
    "export": _export,
    "what_if": _what_if,
    "replace": _replace,
    "todo": _todo,
    "record": _record,
    "revisions": _revisions,
    "verify": _verify,
}
