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
from app.model.ids import Mint
from app.model.log import Log
from app.model.room import Agent, Person
from app.store import files
from app.workspace import Noticed, Underneath, Workspace
from ui.dialogs.conflict import COPY, HERE, TAKEN, ConflictDialog
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
    copy = Workspace(Project(start.document, Log(start.log)), mint=Mint(author="Rosa Steiner"))
    copy.run(set_fields(copy.document.only(Agent).id, name="Theirs <b>"))
    copy.run(add(Person, {"name": "New"}))
    path = tmp_path / "map (1).ownermap"
    files.create(path, copy.project)
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, name="Mine"))
    dialog = ConflictDialog(window.desk, Merging(window.desk.workspace.workspace, read_copy(path)), file, window)
    with qtbot.waitActive(dialog):
        dialog.open()
    return window, dialog


def taken(dialog: ConflictDialog) -> list[str]:
    cells = (dialog.table.item(row, TAKEN) for row in range(dialog.table.rowCount()))
    return [cell.text() for cell in cells if cell is not None]


def test_a_conflict_waits_for_a_choice(made: Made, file: File) -> None:
    _, dialog = made
    assert taken(dialog) == ["Choose", "The copy"]
    assert not dialog.merge_button.isEnabled()
    assert "This window: Mine" in dialog.details.toPlainText()
    assert "The copy: Theirs <b>" in dialog.details.toPlainText()


def test_it_says_which_is_which_and_when_each_was_changed(made: Made) -> None:
    window, dialog = made
    shown = []
    for place in (HERE, COPY):
        heading, cell = dialog.table.horizontalHeaderItem(place), dialog.table.item(0, place)
        assert heading is not None
        assert cell is not None
        shown.append((heading.text(), cell.text()))
    assert shown == [("This window", window.desk.document.only(Agent).name), ("The copy", "Theirs <b>")]
    assert shown[0][1] == "Mine"
    here, copy = (told.text() for told in dialog.sides)
    assert here.startswith("This window: the project as it is open here, last changed ")
    assert copy.startswith("The copy: “map (1).ownermap”, last changed ")
    assert copy.endswith(" by Rosa Steiner.")


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_T, "Mine"), (Qt.Key.Key_C, "Theirs <b>")])
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
    assert window.desk.document.only(Agent).name == "Mine"


def test_all_at_once(made: Made, qtbot: QtBot) -> None:
    window, dialog = made
    qtbot.mouseClick(dialog.all_here, Qt.MouseButton.LeftButton)
    assert taken(dialog) == ["This window", "This window"]
    before = window.desk.document
    qtbot.mouseClick(dialog.merge_button, Qt.MouseButton.LeftButton)
    assert window.desk.document == before


def test_the_copy_for_all_takes_what_the_copy_says(made: Made, qtbot: QtBot) -> None:
    window, dialog = made
    qtbot.mouseClick(dialog.all_copy, Qt.MouseButton.LeftButton)
    assert taken(dialog) == ["The copy", "The copy"]
    with qtbot.waitSignal(window.desk.merged) as merged:
        dialog.merge()
    assert merged.args == [dialog.merging.copy.path]
    assert window.desk.document.only(Agent).name == "Theirs <b>"


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
    assert "saved anew by someone else" in line.sentence.text()
    assert "Both are kept." not in line.sentence.text()
    line.show_noticed(Noticed(Underneath.CHANGED, ours=True))
    assert "changed by someone else while it was open here. Both are kept." in line.sentence.text()
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


def test_one_copy_after_the_other_is_shown(made: Made, qtbot: QtBot) -> None:
    window, _ = made
    line = FileLine(window.desk.icons, Path("/somewhere/map.ownermap"))
    qtbot.addWidget(line)
    first, second, third = (Path(f"/somewhere/map ({number}).ownermap") for number in (1, 2, 3))
    line.show_noticed(Noticed(copies=(first, second)))
    assert "“map (1).ownermap” (1 of 2)" in line.sentence.text()
    line.away.click()
    assert "“map (2).ownermap” (2 of 2)" in line.sentence.text()
    with qtbot.waitSignal(line.compare_wanted, timeout=1000) as wanted:
        line.act.click()
    assert wanted.args == [second]
    line.away.click()
    assert line.isHidden()
    line.show_noticed(Noticed(copies=(first, second, third)))
    assert "“map (3).ownermap”" in line.sentence.text()


def test_what_was_put_away_is_still_reached_and_is_said_again_when_it_stops_something(made: Made, qtbot: QtBot) -> None:
    window, dialog = made
    dialog.reject()
    window.do("compare")
    assert "There is nothing to compare" in window.bar.sentence.text()
    line = window.files.line
    line.show_noticed(Noticed(Underneath.CHANGED, ours=True))
    line.away.click()
    assert line.isHidden()
    with qtbot.waitSignal(line.reopen_wanted, timeout=1000):
        window.do("compare")
    line.insist(on_closing=True)
    assert line.isVisible()
    assert "close once more: your edits are kept" in line.sentence.text()
