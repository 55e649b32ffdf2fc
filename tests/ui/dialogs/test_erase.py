"""Erasing a person in the window: a preview, a word that it is meant, and the window on the file that is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from app import keys
from app.edits.generic import set_fields
from app.erasing import OUTSIDE
from app.messages import words
from app.model.room import Agent, Person
from app.store import files
from app.store.backups import Reason
from app.store.drafts import Draft
from app.store.working import data_folder
from tests.support.keyboard import Keyboard
from tests.support.named import NAME, SAID, TRACE, named_project
from ui.application import Home, keep_log, log
from ui.dialogs.erase import EraseDialog
from ui.settings import config_folder
from ui.window import Window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, named_project())
    return made


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
    assert "Backups written anew: 2. 2 of them were made since they were counted" in again.bar.sentence.text()
    again.close()
    every = [found for folder in (path.parent, data_folder()) for found in folder.rglob("*") if found.is_file()]
    assert [found for found in every if TRACE.search(found.read_bytes())] == []


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The log is kept, as when the program runs, until the test ends."""
    monkeypatch.setattr(log, "handlers", [])
    monkeypatch.setattr(log, "propagate", log.propagate)
    keep_log()
    yield
    for handler in log.handlers:
        handler.close()


def test_after_a_day_of_work_no_file_of_the_program_holds_the_name(
    home: Home, path: Path, qtbot: QtBot, logged: None
) -> None:
    """The window was used before: something was typed and not taken, drafts were kept, it fell over once, a backup was
    made, a copy was saved, keys are known, and something went wrong that was written down."""
    keys.trust(NAME, "0123-4567-89AB-CDEF-GHJK")
    window = home.open(path)
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client=f"{NAME} and sons"))
    assert window.opened is not None
    window.opened.keep_drafts((Draft(SAID, "room", "", "name", NAME),))
    window.opened.publish()
    window.opened.save_copy(path.with_name("map (kept copy).ownermap"))
    window.opened.keep_backup(Reason.MERGE)
    try:
        raise RuntimeError(SAID)
    except RuntimeError as error:
        home.unexpected(RuntimeError, error, error.__traceback__)
    folders = (path.parent, data_folder(), config_folder())
    qtbot.waitUntil(lambda: bool(list(data_folder().rglob("drafts.json"))))
    assert len(traces(*folders)) > 5
    assert (data_folder() / "log" / "ownermap.log").stat().st_size
    window.desk.erase_wanted.emit(window.desk.document.rows(Person)[0].id)
    dialog = dialog_of(window)
    assert "Looked for, whatever the capitals" in dialog.found.text()
    assert "Copy of it, written anew" in dialog.found.text()
    dialog.agreed.setChecked(True)
    dialog.erase_button.click()
    qtbot.waitUntil(lambda: home.windows != [window])
    (again,) = home.windows
    assert "taken off the list of known keys" in again.bar.sentence.text()
    assert "initials, nicknames" in again.bar.sentence.text()
    assert traces(*folders) == []
    again.close()
    assert traces(*folders) == []


def traces(*folders: Path) -> list[Path]:
    every = [found for folder in folders for found in folder.rglob("*") if found.is_file()]
    return [found for found in every if TRACE.search(found.read_bytes()) or TRACE.search(str(found).encode())]


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


def test_what_it_means_is_read_to_its_end_by_keyboard(home: Home, path: Path) -> None:
    home.theme.set_zoom(2.0)
    try:
        window, keyboard = home.open(path), Keyboard()
        window.do("erase")
        QApplication.processEvents()
        dialog = dialog_of(window)
        assert keyboard.said() == "Person"
        reading = keyboard.tab_to("What erasing them means")
        assert isinstance(reading, QScrollArea)
        last = next(found for found in dialog.findChildren(QLabel) if found.text() == words(OUTSIDE))
        assert last.visibleRegion().boundingRect().bottom() < last.rect().bottom()
        keyboard.press("PgDown", times=9)
        assert last.visibleRegion().boundingRect().bottom() == last.rect().bottom()
        dialog.reject()
    finally:
        home.theme.set_zoom(1.0)


def test_where_all_of_it_is_seen_tab_does_not_stop_at_it(home: Home, path: Path) -> None:
    window, keyboard = home.open(path), Keyboard()
    window.do("erase")
    QApplication.processEvents()
    dialog = dialog_of(window)
    (reading,) = dialog.findChildren(QScrollArea)
    assert reading.verticalScrollBar().maximum() == 0
    passed = []
    for _ in range(4):
        passed.append(keyboard.said())
        keyboard.press("Tab")
    assert "What erasing them means" not in passed
    dialog.reject()
