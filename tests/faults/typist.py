"""A window in which somebody types into two controls and takes neither, until the process is killed.

Argument: the project. Says "kept" once what was typed is on the disk, and goes on until somebody ends it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.store.drafts import Drafts
from app.store.working import WorkingFolder
from ui.application import Home

NAME = "Mara Zwillinger-Ó"
NOBODY = "Somebody whom nobody knows yet"


def main(path: str) -> None:
    app = QApplication([])
    window = Home(app).open(Path(path))
    assert QTest.qWaitForWindowActive(window)
    owner = window.desk.document.rows(OwnerAssignment)[0]
    for place, text in ((("room", "", Person.spec.kind), NAME), (("owners", owner.id, "person"), NOBODY)):
        window.show_place(*place)
        control = QApplication.focusWidget()
        assert control is not None
        QTest.keyClicks(control, text)
    drafts = WorkingFolder(Path(path).resolve(), window.desk.document.project_id).drafts

    def look() -> None:
        if {each.text for each in Drafts(drafts).left} == {NAME, NOBODY}:
            print("kept", flush=True)
            looking.stop()

    looking = QTimer()
    looking.timeout.connect(look)
    looking.start(20)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
