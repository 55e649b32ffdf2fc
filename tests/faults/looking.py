"""A program that shows a window on a project full of pictures and links to one folder, all its pages and hints, and
exports it; then it opens one file there, which whoever counts must see. Argument: the folder.
"""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path
from random import Random

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.exporting import export
from app.interchange import Project
from app.model.log import Log
from app.steps import STEPS
from app.workspace import Workspace
from tests.support.hostile_text import LOADED, STRINGS, TRAP, hostile_document
from tests.support.random_projects import steady_mint
from ui.desk import Desk
from ui.icons import Icons
from ui.qt_workspace import QtWorkspace
from ui.settings import Settings
from ui.theme import Theme, load_fonts
from ui.window import Window


def main(folder: str) -> None:
    trap = Path(folder) / "trap"
    texts = [text.replace(TRAP, str(trap)) for text in STRINGS.values() if TRAP in text]
    project = Project(hostile_document(Random(4), steady_mint(), cycle(texts)), Log())
    app = QApplication([])
    load_fonts()
    theme = Theme(app)
    workspace = QtWorkspace(Workspace(project))
    window = Window(Desk(workspace, theme, Icons(theme)), Settings())
    window.resize(1280, 800)
    window.show()
    window.toggle_audience()
    tips: set[str] = set()
    for step in STEPS:
        window.show_step(step.id)
        app.processEvents()
        window.grab()
        tips.update(part.toolTip() for part in window.findChildren(QWidget))
    for tip in tips:
        QToolTip.showText(QPoint(100, 100), tip, window)
        app.processEvents()
    window.close()
    workspace.close()
    export(project, {format: Path(folder) / f"map.{format}" for format in ("xlsx", "pdf", "json")}, private=True)
    (trap / LOADED).with_suffix(".control").read_bytes()


if __name__ == "__main__":
    main(sys.argv[1])
