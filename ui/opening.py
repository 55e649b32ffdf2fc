"""Opening a project in a window: the store, the rules and the twelve steps meet here. It loads nearly the whole
program, so the start screen is shown first and loads it while somebody reads."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt

from app.errors import MayNotChange
from app.model.document import Document
from app.model.ids import Mint, moment, system_now
from app.rules.check import Checker
from app.rules.finding import Context, Finding
from app.store import files
from app.templates import open_template
from app.workspace import Workspace
from ui.desk import Desk
from ui.file_commands import ProjectFile
from ui.icons import Icons
from ui.qt_workspace import Check, QtWorkspace
from ui.settings import Settings
from ui.theme import Theme
from ui.window import Window


def window_on(path: Path, theme: Theme, icons: Icons, settings: Settings) -> Window:
    """A window on a project, not shown yet; AppError when it cannot be opened."""
    opened, workspace = _opened(path)
    window = Window(Desk(workspace, theme, icons), settings, opened)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return window


def show(window: Window) -> None:
    """Show a window with its findings, ready for typing."""
    window.show()
    window.desk.workspace.check_now()
    window.pages[window.step].focus_first()
    # What is loaded now stays; the collector need not look at it again while somebody types.
    gc.collect()
    gc.freeze()


def create(template: str, path: Path) -> None:
    """Make a project from a template; AppError when it cannot be written. What is there is replaced."""
    files.create(path, open_template(template, Mint()), force=True)


def _opened(path: Path) -> tuple[ProjectFile, QtWorkspace]:
    """A project for editing it, or for looking at it where it may not be changed."""
    try:
        opened = files.open_for_editing(path)
    except MayNotChange as refused:
        looked_at = files.open_for_looking(path, refused.problem)
        workspace = Workspace(looked_at.project, read_only=looked_at.read_only)
        return looked_at, QtWorkspace(workspace, check=checking())
    return opened, QtWorkspace(Workspace(opened.project, opened), opened, checking())


def checking() -> Check:
    """The rules as of now, for the design sign-off; what they found is remembered row by row."""
    checker = Checker()

    def check(document: Document) -> Sequence[Finding]:
        return checker.findings(document, Context(moment(system_now())))

    return check
