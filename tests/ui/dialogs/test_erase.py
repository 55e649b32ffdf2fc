"""Erasing a person in the window: a preview, a word that it is meant, and the window on the file that is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.model.room import Agent, Person
from app.store import files
from app.store.working import data_folder
from tests.support.keyboard import Keyboard
from tests.support.named import NAME, TRACE, named_project
from ui.application import Home
from ui.dialogs.erase import EraseDialog
from ui.window import Window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, named_project())
    return made


@pytest.fixture
def home(qapp: QApplication, qtbot: QtBot) -> Iterator[Home]:
    found = Home(qapp)
    yield found
    for window in list(found.windows):
        window.files.close_anyway()
        window.close()
    if found.start is not None:
        found.start.close()


def dialog_of(window: Window) -> EraseDialog:
    found = window.findChild(EraseDialog)
    assert isinstance(found, EraseDialog)
    return found


def test_somebody_is_erased_and_the_window_opens_again(home: Home, path: Path, qtbot: QtBot) -> None:
    window = home.open(path)
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Typed a moment ago"))
    window.desk.erase_wanted.emit(window.desk.document.rows(Person)[0].id)
    dialog = dialog_of(window)
    assert dialog.person.currentText() == NAME
    assert "Frozen revisions that name them: 2" in dialog.found.text()
    assert not dialog.erase_button.isEnabled()
    dialog.agreed.setChecked(True)
    dialog.erase_button.click()
    qtbot.waitUntil(lambda: home.windows != [window])
    (again,) = home.windows
    assert [person.name for person in again.desk.document.rows(Person)] == ["Erased person 1", "Tom Brandt"]
    assert again.desk.document.only(Agent).client == "Typed a moment ago"
    assert not again.actions_by_id["undo"].isEnabled()
    assert "“Erased person 1”" in again.bar.sentence.text()
    again.close()
    every = [found for folder in (path.parent, data_folder()) for found in folder.rglob("*") if found.is_file()]
    assert [found for found in every if TRACE.search(found.read_bytes())] == []


def test_another_choice_is_agreed_to_anew(home: Home, path: Path) -> None:
    window = home.open(path)
    window.do("erase")
    dialog = dialog_of(window)
    dialog.agreed.setChecked(True)
    assert dialog.erase_button.isEnabled()
    dialog.person.setCurrentIndex(1)
    assert not dialog.agreed.isChecked()
    assert not dialog.erase_button.isEnabled()
    assert "Tom Brandt becomes" in dialog.found.text()
    dialog.cancel.click()
    assert [person.name for person in files.read(path).document.rows(Person)] == [NAME, "Tom Brandt"]


def test_an_open_person_can_be_erased_by_keyboard(home: Home, path: Path) -> None:
    window, keyboard = home.open(path), Keyboard()
    window.desk.open_place("room", window.desk.document.rows(Person)[1].id, "name")
    QApplication.processEvents()
    keyboard.tab_to("Erase Tom Brandt")
    keyboard.press("Return")
    dialog = dialog_of(window)
    assert dialog.person.currentText() == "Tom Brandt"
    dialog.reject()


def test_without_a_file_it_is_said(make_window: Callable[..., Window]) -> None:
    window = make_window()
    window.do("erase")
    assert window.findChild(EraseDialog) is None
    assert "Save the project first" in window.bar.sentence.text()
