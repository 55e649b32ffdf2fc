"""Starting: the shell beside an empty window with the same libraries imported, `check` beside a bare Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from app.cli import main

EMPTY = """
import sqlalchemy
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
app.processEvents()
"""

OURS = """
import sys
from pathlib import Path
from ui.application import Application
application = Application(sys.argv[:1])
application.open(Path(sys.argv[1]))
application.qt.processEvents()
"""


def run(code: str, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
    )


def test_the_window(beside, tmp_path: Path) -> None:
    path = tmp_path / "sample.ownermap"
    main(["new", str(path), "--template", "billing-triage-sample"])
    beside("window with the sample", lambda: run(OURS, str(path)), lambda: run(EMPTY), bar="1.25 and 150 ms", rounds=5)


def test_check_without_qt(beside, tmp_path: Path) -> None:
    path = tmp_path / "sample.ownermap"
    main(["new", str(path), "--template", "billing-triage-sample"])
    code = "import sys; from app.cli import main; main(sys.argv[1:])"
    beside("check", lambda: run(code, "check", str(path)), lambda: run("import sqlalchemy"), bar="none set", rounds=5)
