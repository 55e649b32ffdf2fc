"""The backups in the window: listed, put back in place with the window opened again, offered for a damaged file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.edits.generic import add, set_fields
from app.errors import AppError
from app.interchange import Project
from app.model.document import Document
from app.model.ids import Mint
from app.model.log import Log
from app.model.room import Agent, Person
from app.store import files
from app.workspace import Workspace
from tests.support.elsewhere import save_elsewhere
from tests.support.keyboard import Keyboard
from ui.application import Home
from ui.dialogs.backups import BackupsDialog
from ui.dialogs.conflict import ConflictDialog
from ui.window import Window

NEVER = 1e6

MIDDLE = 24
"""Pixels by which a dialog may lie beside the middle of its window: half of what a frame takes, and rounding."""

LINE = 40
"""Pixels between two sentences below each other, at most."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, Project(Document.empty(Mint()), Log()))
    with files.open_for_editing(made, idle=NEVER, at_most=NEVER) as opened:
        Workspace(opened.project, opened).run(add(Person, {"name": "Ada"}))
    return made


def names(window: Window) -> list[str]:
    return [person.name for person in window.desk.document.rows(Person)]


def test_a_backup_is_put_back_and_the_window_opens_again(home: Home, path: Path, qtbot: QtBot) -> None:
    window = home.open(path)
    window.do("backups")
    dialog = window.findChild(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    assert dialog.list.count() == 2
    dialog.list.setCurrentRow(1)
    backup = dialog.backups[1]
    dialog.back.click()
    qtbot.waitUntil(lambda: home.windows != [window])
    (again,) = home.windows
    assert names(again) == []
    assert again.bar.isVisible()
    assert again.bar.sentence.text() == (
        f"“map.ownermap” is the backup of {backup.when} again (before the first edit after opening). What was changed "
        "after that is not in it. What it replaced is kept among the backups."
    )


def test_return_puts_the_marked_backup_back(home: Home, path: Path, qtbot: QtBot) -> None:
    window, keyboard = home.open(path), Keyboard()
    window.do("backups")
    QApplication.processEvents()
    assert keyboard.said() == "Backups, the latest first"
    keyboard.press("Down")
    keyboard.press("Return")
    qtbot.waitUntil(lambda: home.windows != [window])
    assert names(home.windows[0]) == []


def test_a_damaged_file_offers_its_backups(home: Home, path: Path, qtbot: QtBot) -> None:
    path.write_bytes(path.read_bytes()[:6000])
    home.show_start()
    start = home.start
    assert start is not None
    home.open_wanted(start, path)
    assert "is cut off" in start.bar.sentence.text()
    dialog = start.findChild(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    assert dialog.why.text() == start.bar.sentence.text()
    middle = dialog.frameGeometry().center() - start.frameGeometry().center()
    assert abs(middle.x()) <= MIDDLE
    assert abs(middle.y()) <= MIDDLE
    dialog.back.click()
    qtbot.waitUntil(lambda: bool(home.windows))
    (window,) = home.windows
    assert names(window) == ["Ada"]
    said = window.bar.sentence.text()
    assert "The file that could not be read is kept beside it: “map (damaged).ownermap”." in said
    assert (path.parent / "map (damaged).ownermap").is_file()


def test_without_backups_it_is_as_small_as_what_it_says(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "new.ownermap"
    files.create(path, Project(Document.empty(Mint()), Log()))
    home.theme.set_zoom(2.0)
    window = home.open(path)
    dialog = BackupsDialog(path, home.theme, lambda backup: None, window)
    dialog.open()
    assert dialog.told.text() == "No backup of this file, or of its project, is kept on this computer."
    assert dialog.told.height() <= 2 * dialog.told.fontMetrics().lineSpacing()
    heading, explained = (
        found for found in dialog.findChildren(QLabel) if found.isVisible() and found is not dialog.told
    )
    assert heading.geometry().bottom() + LINE > explained.geometry().top()
    assert not dialog.back.isEnabled()
    dialog.reject()


def test_a_damaged_file_named_on_the_command_line_offers_its_backups(home: Home, path: Path, qtbot: QtBot) -> None:
    path.write_bytes(path.read_bytes()[:6000])
    home.open_named(path)
    start = home.start
    assert start is not None
    assert "is cut off" in start.bar.sentence.text()
    dialog = start.findChild(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    dialog.back.click()
    qtbot.waitUntil(lambda: bool(home.windows))
    assert names(home.windows[0]) == ["Ada"]


def test_a_file_without_a_backup_is_refused_on_the_command_line(home: Home, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="is not there"):
        home.open_named(tmp_path / "none.ownermap")
    assert (home.start, home.windows) == (None, [])


def test_a_conflict_is_compared_after_opening_again(home: Home, path: Path) -> None:
    window = home.open(path)
    agent = window.desk.document.only(Agent).id
    theirs = Workspace(files.read(path))
    theirs.run(set_fields(agent, name="Theirs"))
    window.desk.workspace.run(set_fields(agent, name="Ours"))
    save_elsewhere(path, theirs.project)
    assert window.opened is not None
    with pytest.raises(AppError, match="changed by someone else"):
        window.opened.publish()
    window.files.line.reopen_wanted.emit()
    (again,) = home.windows
    assert again.desk.document.only(Agent).name == "Theirs"
    dialog = again.findChild(ConflictDialog)
    assert isinstance(dialog, ConflictDialog)
    (item,) = dialog.merging.comparison.conflicts
    assert item.fields == ("name",)


def test_what_is_of_another_file_is_named_and_not_marked(home: Home, path: Path, qtbot: QtBot) -> None:
    copy = path.with_name("copy.ownermap")
    copy.write_bytes(path.read_bytes())
    window = home.open(copy)
    window.do("backups")
    dialog = window.findChild(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    assert dialog.list.currentRow() == -1
    assert not dialog.back.isEnabled()
    first = dialog.list.item(0)
    assert first is not None
    assert first.text().endswith(f"of “{path}”")
    assert "AI agent without a name" in first.text()
    dialog.list.setCurrentRow(1)
    dialog.back.click()
    qtbot.waitUntil(lambda: home.windows != [window])
    said = home.windows[0].bar.sentence.text()
    assert said.startswith("“copy.ownermap” is now the backup of ")
    assert f"of “{path}”. What it replaced is kept among the backups." in said
