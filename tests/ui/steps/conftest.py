"""A desk with the filled-in sample on it: the open project, the look, and the way to another place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.model.ids import Mint
from app.templates import SAMPLE, open_template
from app.workspace import Workspace
from ui.desk import Desk
from ui.icons import Icons
from ui.qt_workspace import QtWorkspace
from ui.theme import Theme


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    """The sample project, in memory, at 100 % in the light theme."""
    theme = Theme(qapp)
    mint = Mint()
    workspace = QtWorkspace(Workspace(open_template(SAMPLE, mint), mint=mint))
    yield Desk(workspace, theme, Icons(theme))
    workspace.close()
