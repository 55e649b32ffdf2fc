"""A project that another window has open: shown, marked as read-only with the reason, and never changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.edits.generic import add
from app.model.ids import Mint
from app.model.oversight import Action
from app.model.room import Agent, Person
from app.store import files
from app.store.files import OpenProject
from app.template_list import SAMPLE
from app.templates import open_template
from app.workspace import Workspace
from ui.application import Home
from ui.widgets.editors.typing import Line, Prose
from ui.widgets.untaken import ASKING
from ui.window import Window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, open_template(SAMPLE, Mint()))
    return made


def text_of(control: Line | Prose) -> str:
    return control.text() if isinstance(control, Line) else control.toPlainText()


@pytest.fixture
def theirs(path: Path) -> Iterator[OpenProject]:
    """The other window, which publishes only when it is asked."""
    with files.open_for_editing(path, idle=1e6, at_most=1e6) as opened:
        yield opened


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, theirs: OpenProject) -> Iterator[Window]:
    home = Home(qapp)
    made = home.open(theirs.path)
    with qtbot.waitActive(made):
        made.activateWindow()
    yield made
    made.close()


def test_it_says_why_nothing_can_be_changed(window: Window) -> None:
    line = window.files.line
    assert line.isVisible()
    assert line.sentence.text() == (
        "Read-only. “map.ownermap” is open in another window. Save a copy to change it there."
    )
    assert line.sentence.textFormat() is Qt.TextFormat.PlainText
    assert line.accessibleName() == line.sentence.text()
    for command in ("save", "undo", "redo"):
        assert not window.actions_by_id[command].isEnabled()


def test_what_is_typed_is_refused_kindly_and_changes_nothing(qtbot: QtBot, window: Window, path: Path) -> None:
    before, document = path.read_bytes(), window.desk.document
    window.show_place("room", "", Person.spec.kind)
    control = QApplication.focusWidget()
    assert isinstance(control, QLineEdit)
    qtbot.keyClicks(control, "Dana Ab")
    qtbot.keyClick(control, Qt.Key.Key_Return)
    assert window.bar.sentence.text() == "This window is read-only: it takes no typing."
    assert control.text() == ""
    assert window.desk.document is document
    assert path.read_bytes() == before


def test_a_field_takes_no_typing_and_can_be_selected_and_copied(qtbot: QtBot, window: Window) -> None:
    agent, action = window.desk.document.only(Agent), window.desk.document.rows(Action)[0]
    for step, row, field in (("boundary", agent.id, "name"), ("oversight", action.id, "note")):
        window.show_place(step, row, field)
        control = QApplication.focusWidget()
        assert isinstance(control, (Line, Prose))
        before = text_of(control)
        qtbot.keyClicks(control, "x")
        for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            qtbot.keyClick(control, key)
        QApplication.clipboard().setText("from elsewhere")
        qtbot.keyClick(control, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert text_of(control) == before
        assert window.bar.isVisible()
        qtbot.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(control, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.clipboard().text() == (before or "from elsewhere")
        # Said once in each field: put away, it does not come back with the next key.
        window.bar.put_away()
        qtbot.keyClicks(control, "y")
        assert not window.bar.isVisible()


def test_what_only_asks_may_be_typed(qtbot: QtBot, window: Window) -> None:
    line = Line()
    line.setProperty(ASKING, True)
    line.setParent(window.page("room"))
    line.show()
    line.setFocus()
    qtbot.keyClicks(line, "sat 3am")
    assert line.text() == "sat 3am"


def test_it_looks_read_only(window: Window) -> None:
    assert window.foot.saved.text() == "Read-only"
    assert "(read-only)" in window.windowTitle()
    assert window.files.line.property("role") == "told"


def test_it_says_when_the_file_is_free_and_opens_it_for_editing(
    qapp: QApplication, qtbot: QtBot, theirs: OpenProject
) -> None:
    home = Home(qapp)
    window = home.open(theirs.path)
    theirs.close()
    line = window.files.line
    qtbot.waitUntil(lambda: line.act.text() == "Open for editing")
    assert line.sentence.text() == "Read-only so far. “map.ownermap” may be changed now."
    line.act.click()
    (again,) = home.windows
    assert again.desk.workspace.workspace.read_only is None
    again.close()


def test_a_copy_may_be_saved_and_is_what_was_shown(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.ownermap"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(copy), ""))
    window.files.line.act.click()
    assert files.read(copy).document == window.desk.document


def test_newer_edits_of_the_other_window_are_said(qapp: QApplication, qtbot: QtBot, theirs: OpenProject) -> None:
    workspace = Workspace(theirs.project, theirs)
    workspace.run(add(Person, {"name": "Typed in the other window"}))
    qtbot.waitUntil(lambda: files.has_newer_edits(theirs.path))
    window = Home(qapp).open(theirs.path)
    said = window.files.line.sentence.text()
    assert "There are newer edits that the file does not have yet; this is what was last saved." in said
    assert window.desk.document.only(Agent).name
    assert "Typed in the other window" not in {person.name for person in window.desk.document.rows(Person)}
    window.close()


def test_what_the_other_window_saves_is_offered_and_loaded(
    qapp: QApplication, qtbot: QtBot, theirs: OpenProject
) -> None:
    home = Home(qapp)
    window = home.open(theirs.path)
    window.go_to_step("owners")
    workspace = Workspace(theirs.project, theirs)
    workspace.run(add(Person, {"name": "Typed in the other window"}))
    theirs.publish()
    line = window.files.line
    qtbot.waitUntil(lambda: line.act.text() == "Load what is new")
    assert line.sentence.text() == "Read-only. “map.ownermap” was saved anew since you opened it."
    assert line.accessibleName() == line.sentence.text()
    line.act.click()
    (again,) = home.windows
    assert again is not window
    assert again.step == "owners"
    assert "Typed in the other window" in {person.name for person in again.desk.document.rows(Person)}
    assert "open in another window" in again.files.line.sentence.text()
    again.close()


def test_a_file_that_is_taken_away_while_it_is_looked_at_can_be_kept(
    window: Window, path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files.read(path).document
    path.unlink()
    line = window.files.line
    qtbot.waitUntil(lambda: "deleted or moved away" in line.sentence.text())
    copy = tmp_path / "copy.ownermap"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(copy), ""))
    line.act.click()
    assert files.read(copy).document == before
