"""A window whose project and working copy lie on a small disk that is really full for a while.

Argument: the folder on which the disk is mounted. Prints one line of JSON: what was said and what was kept.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.model.room import Person
from app.store import files
from app.workspace import SaveState
from tests.faults.editing import new_project
from ui.application import Home
from ui.window import Window

LONG = 20
"""Seconds in which something happens, or never does."""


def fill(folder: Path) -> Path:
    """A file that takes all the space there is."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        size = 65_536
        while size:
            try:
                file.write(b"x" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                size //= 2
    return filler


def add(window: Window, name: str) -> None:
    """Add a person as somebody would."""
    window.show_place("room", "", Person.spec.kind)
    control = QApplication.focusWidget()
    assert isinstance(control, QLineEdit)
    QTest.keyClicks(control, name)
    QTest.keyClick(control, Qt.Key.Key_Return)


def wait(until: Callable[[], bool]) -> None:
    """Let the window live until something has happened."""
    end = time.monotonic() + LONG
    while not until():
        assert time.monotonic() < end
        QTest.qWait(10)


def main(folder: str) -> None:
    root = Path(folder)
    os.environ["OWNERMAP_DATA"] = str(root / "data")
    path = root / "map.ownermap"
    new_project(path)
    app = QApplication([])
    window = Home(app).open(path)
    assert QTest.qWaitForWindowActive(window)
    workspace = window.desk.workspace
    told: dict[str, object] = {}

    def names() -> list[str]:
        return [person.name for person in window.desk.document.rows(Person)]

    add(window, "Before")
    wait(lambda: workspace.saving.state is SaveState.SAVED)
    filler = fill(root)
    for number in range(3):
        add(window, f"While it was full {number}")
    wait(lambda: workspace.saving.state is SaveState.FAILED)
    told["shown"] = [window.foot.saved.text(), window.bar.sentence.text()]
    told["typed"] = names()
    # No attempt to close takes what no disk holds; it says why, and stays.
    for _ in range(2):
        window.close()
    told["stays open"] = window.isVisible()
    told["why"] = window.bar.sentence.text()
    told["answers"] = [button.text() for button in window.bar.buttons]
    add(window, "Still typing")
    filler.unlink()
    wait(lambda: workspace.saving.state is SaveState.SAVED)
    told["in the end"] = window.bar.sentence.text()
    window.do("save")
    told["in the file"] = [person.name for person in files.read(path).document.rows(Person)]
    assert told["in the file"] == names()
    window.close()
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
