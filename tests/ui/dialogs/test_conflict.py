"""The conflict dialog: every difference, a choice for each by keys, one step in the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.edits.generic import add, set_fields
from app.interchange import Project
from app.merging import Merging, Reason, read_copy
from app.model.log import Log
from app.model.room import Agent, Person
from app.store import files
from app.workspace import Noticed, Underneath, Workspace
from ui.dialogs.conflict import TAKEN, ConflictDialog
from ui.panels.file_line import FileLine
from ui.window import Window

Made = tuple[Window, ConflictDialog]


class File:
    """Keeps no backup, but remembers that one was asked for."""

    def __init__(self) -> None:
        self.kept: list[Reason] = []

    def keep_backup(self, reason: Reason) -> None:
        self.kept.append(reason)


@pytest.fixture
def file() -> File:
    return File()


@pytest.fixture
def made(make_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path, file: File) -> Made:
    """A window, and the dialog for a copy in which the agent and a person differ, the agent on both sides."""
    window = make_window()
    start = window.desk.workspace.workspace.project
    copy = Workspace(Project(start.document, Log(start.log)))
    copy.run(set_fields(copy.document.only(Agent).id, name="Ours <b>"))
    copy.run(add(Person, {"name": "New"}))
    path = tmp_path / "map (1).ownermap"
    files.create(path, copy.project)
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, name="Theirs"))
    dialog = ConflictDialog(window.desk, Merging(window.desk.workspace.workspace, read_copy(path)), file, window)
    with qtbot.waitActive(dialog):
        dialog.open()
    return window, dialog


def taken(dialog: ConflictDialog) -> list[str]:
    cells = (dialog.table.item(row, TAKEN) for row in range(dialog.table.rowCount()))
    return [cell.text() for cell in cells if cell is not None]


def test_a_conflict_waits_for_a_choice(made: Made, file: File) -> None:
    _, dialog = made
    assert taken(dialog) == ["Choose", "Ours"]
    assert not dialog.merge_button.isEnabled()
    assert "Theirs: Theirs" in dialog.details.text()
    assert "Ours: Ours <b>" in dialog.details.text()


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_T, "Theirs"), (Qt.Key.Key_O, "Ours <b>")])
def test_keys_choose_and_merge(made: Made, file: File, qtbot: QtBot, key: Qt.Key, name: str) -> None:
    window, dialog = made
    assert dialog.table.hasFocus()
    qtbot.keyClick(dialog.table, key)
    assert dialog.merge_button.isEnabled()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert window.desk.document.only(Agent).name == name
    assert window.desk.document.rows(Person)[-1].name == "New"
    assert file.kept == [Reason.MERGE]
    window.undo()
    assert window.desk.document.only(Agent).name == "Theirs"


def test_all_at_once(made: Made, qtbot: QtBot) -> None:
    window, dialog = made
    qtbot.mouseClick(dialog.all_theirs, Qt.MouseButton.LeftButton)
    assert taken(dialog) == ["Theirs", "Theirs"]
    before = window.desk.document
    qtbot.mouseClick(dialog.merge_button, Qt.MouseButton.LeftButton)
    assert window.desk.document == before


def test_leaving_changes_nothing(made: Made, file: File) -> None:
    window, dialog = made
    before = window.desk.document
    dialog.reject()
    assert window.desk.document is before
    assert file.kept == []


# --- the line about the file ---


def test_the_line_says_what_became_of_the_file(made: Made, qtbot: QtBot) -> None:
    window, _ = made
    line = FileLine(window.desk.icons, Path("/somewhere/map.ownermap"))
    qtbot.addWidget(line)
    line.show_noticed(Noticed(Underneath.CHANGED))
    assert "changed by someone else" in line.sentence.text()
    with qtbot.waitSignal(line.reopen_wanted, timeout=1000):
        line.act.click()
    line.show_noticed(Noticed(Underneath.GONE))
    assert "deleted or moved away" in line.sentence.text()
    assert line.act.isHidden()
    copy = Path("/somewhere/map (1).ownermap")
    line.show_noticed(Noticed(copies=(copy,)))
    assert copy.name in line.sentence.text()
    with qtbot.waitSignal(line.compare_wanted, timeout=1000) as wanted:
        line.act.click()
    assert wanted.args == [copy]
    line.show_noticed(Noticed())
    assert line.isHidden()
