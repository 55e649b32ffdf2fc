"""Starting: the CPU time of whole processes, offscreen, with bytecode at hand.

The floor of a window is an empty one of the same size, in a process that imports the same libraries and none of ours.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main

ROOT = Path(__file__).parents[2]

LIBRARIES = """
import sys, ui.application
print(*(name for name in sys.modules if name.partition(".")[0] not in ("app", "ui", "exporters", "__main__")))
"""

EMPTY = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError:
        pass  # a module that its own package makes, not a file
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
from PySide6.QtWidgets import QApplication
from ui.application import Home
app = QApplication([])
home = Home(app)
home.open(Path(sys.argv[1])) if len(sys.argv) > 1 else home.show_start()
app.processEvents()
"""

CHOSEN = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.application import Home
app = QApplication([])
home = Home(app)
home.show_start()
app.processEvents()
home.start.load()
if len(sys.argv) > 1:
    home.open(Path(sys.argv[1]))
app.processEvents()
"""
"""The start screen, which loads the rest while somebody reads it, and then the project that was chosen."""

Run = Callable[..., str]


def children() -> float:
    """CPU seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a piece of Python in a process of its own; what it printed. The first run leaves its bytecode behind."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode"),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        **{f"OWNERMAP_{name}": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA")},
    }

    def started(code: str, *arguments: str) -> str:
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, check=True, env=environment, capture_output=True, text=True).stdout

    return started


@pytest.fixture
def project(tmp_path: Path) -> str:
    path = tmp_path / "sample.ownermap"
    main(["new", str(path), "--template", "billing-triage-sample"])
    return str(path)


def test_the_shell(beside, run: Run) -> None:
    """The start screen, painted. Floor: the empty window. Bar: 1.25."""
    libraries = run(LIBRARIES).split()
    beside("start screen", lambda: run(OURS), lambda: run(EMPTY, *libraries), bar="1.25", rounds=7, clock=children)


def test_the_sample(beside, run: Run, project: str) -> None:
    """The sample chosen on the start screen, checked and painted. Peer: the start screen. Bar: at most 150 ms later."""
    ours, floor = lambda: run(CHOSEN, project), lambda: run(CHOSEN)
    beside("sample open", ours, floor, bar="150 ms more", rounds=7, clock=children)


def test_the_sample_beside_an_empty_window(beside, run: Run, project: str) -> None:
    """The sample opened, checked and painted. Floor: the empty window. Bar: 1.25 times and 150 ms."""
    libraries = run(LIBRARIES.replace("ui.application", "ui.opening")).split()
    ours, floor = lambda: run(OURS, project), lambda: run(EMPTY, *libraries)
    beside("sample open, beside an empty window", ours, floor, bar="1.25 times and 150 ms", rounds=7, clock=children)


def test_check_without_qt(beside, run: Run, project: str) -> None:
    """The command `check`. Floor: a Python that imports SQLAlchemy's core. Bar: none set; Qt is never imported."""
    code = "import sys; from app.cli import main; main(sys.argv[1:])"
    beside(
        "check", lambda: run(code, "check", project), lambda: run("import sqlalchemy"), bar="none set", clock=children
    )
