"""What is typed and not taken is kept, offered at the next opening, and put back where it stood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.errors import Unreadable
from app.messages import msg
from app.model.exceptions import CoverageWindow
from app.model.oversight import Action
from app.model.owners import OwnerAssignment
from app.model.room import Agent, Person
from app.store import files
from app.store.drafts import Draft, Drafts
from app.template_list import SAMPLE
from app.workspace import Noticed, Underneath, Workspace
from tests.support.elsewhere import save_elsewhere
from ui.application import Home
from ui.steps.exceptions.windows import WindowList
from ui.steps.signoff.page import SignoffPage
from ui.unfinished import drafts_in, is_taken, put_back
from ui.widgets.editors.typing import Prose
from ui.window import Window

MakeWindow = Callable[..., Window]


def type_at(qtbot: QtBot, window: Window, step: str, row: str, field: str, text: str) -> QLineEdit:
    """Type where a place is edited, and take nothing."""
    window.show_place(step, row, field)
    control = QApplication.focusWidget()
    assert isinstance(control, QLineEdit)
    qtbot.keyClicks(control, text)
    return control


def activate(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()


def owner_of(window: Window) -> str:
    return window.desk.document.rows(OwnerAssignment)[0].id


def leave(window: Window) -> None:
    """What a kill leaves of a window: what it had kept, and no more."""
    assert window.opened is not None
    window.unfinished.keep_now()
    window.opened.close()


def reopened(home: Home, window: Window, path: Path) -> Window:
    leave(window)
    home.windows.remove(window)
    window.unfinished.deleteLater()
    window.hide()
    return home.open(path)


def test_a_text_is_kept_while_somebody_types(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    window = home.new("empty", tmp_path / "map.ownermap")
    activate(qtbot, window)
    kept: list[tuple[Draft, ...]] = []
    assert window.opened is not None
    window.opened.keep_drafts = kept.append  # type: ignore[method-assign]
    control = type_at(qtbot, window, "room", "", Person.spec.kind, "Dana Ab")
    qtbot.waitUntil(lambda: bool(kept))
    (draft,) = kept[-1]
    assert (draft.text, draft.step, draft.field, draft.place) == ("Dana Ab", "room", "person", "Add Person")
    # Once it is taken, it is no draft any more.
    qtbot.keyClick(control, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept[-1] == ())


def test_a_line_for_adding_and_a_name_that_nobody_has_come_back(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    path = tmp_path / "map.ownermap"
    window = home.new("empty", path)
    activate(qtbot, window)
    type_at(qtbot, window, "room", "", Person.spec.kind, "Dana Ab")
    type_at(qtbot, window, "owners", owner_of(window), "person", "Zora Quell")
    again = reopened(home, window, path)
    activate(qtbot, again)
    line = again.unfinished.line
    assert line.sentence.text().startswith("Typed last time and not taken: “Zora Quell” (")
    assert line.sentence.text().endswith(", on “Owners”). And 1 more.")
    line.copy.click()
    assert QApplication.clipboard().text() == "Zora Quell"
    line.back.click()
    control = QApplication.focusWidget()
    assert isinstance(control, QLineEdit)
    assert (again.step, control.text()) == ("owners", "Zora Quell")
    assert line.sentence.text() == "Typed last time and not taken: “Dana Ab” (Add Person, on “Room”)."
    line.away.click()
    assert line.isHidden()
    qtbot.keyClick(control, Qt.Key.Key_Return)
    assert [person.name for person in again.desk.document.rows(Person)] == ["Zora Quell"]


def test_the_window_opens_where_somebody_was_typing(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    path = tmp_path / "map.ownermap"
    home.new("empty", path).close()
    window = home.open(path)
    activate(qtbot, window)
    type_at(qtbot, window, "owners", owner_of(window), "person", "Zora Quell")
    assert reopened(home, window, path).step == "owners"


def test_what_waits_for_an_answer_is_offered_again(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    path = tmp_path / "map.ownermap"
    window = home.new("empty", path)
    activate(qtbot, window)
    type_at(qtbot, window, "room", "", Person.spec.kind, "Dana Ab")
    again = reopened(home, window, path)
    again.close()
    third = home.open(path)
    assert "“Dana Ab”" in third.unfinished.line.sentence.text()
    third.unfinished.line.away.click()
    third.close()
    assert home.open(path).unfinished.line.isHidden()


def test_a_place_that_is_gone_leaves_the_text_to_be_copied(make_window: MakeWindow) -> None:
    window = make_window()
    line = window.unfinished.line
    line.waiting.append(Draft("Half a sentence", "stop", "gone", "note", "Note"))
    line.back.click()
    assert line.sentence.text().startswith("“Half a sentence” waits on: its place is not there now.")
    assert not line.back.isHidden()
    assert line.following.isHidden()
    line.copy.click()
    assert QApplication.clipboard().text() == "Half a sentence"


def test_a_place_that_is_gone_is_tried_again_once_it_is_back_and_bars_no_other_text(
    qtbot: QtBot, home: Home, tmp_path: Path
) -> None:
    path = tmp_path / "map.ownermap"
    window = home.new(SAMPLE, path)
    activate(qtbot, window)
    hours = window.desk.document.rows(CoverageWindow)[0]
    for field, text in (("holder", "Zora Hour"), ("start", "07:3x")):
        control = type_at(qtbot, window, "exceptions", hours.id, field, "")
        control.selectAll()
        qtbot.keyClicks(control, text)
    (rows,) = window.page("exceptions").findChildren(WindowList)
    rows.rows[hours.id].remove_button.setFocus()
    rows.rows[hours.id].remove_button.click()
    assert window.desk.document.find(hours.id) is None
    type_at(qtbot, window, "room", "", Person.spec.kind, "Dana Ab")
    again = reopened(home, window, path)
    activate(qtbot, again)
    line = again.unfinished.line
    assert sorted(draft.text for draft in line.waiting) == ["07:3x", "Dana Ab", "Zora Hour"]
    while line.waiting[0].text != "Zora Hour":
        line.following.click()
    line.back.setFocus()
    line.back.click()
    assert line.sentence.text().startswith("“Zora Hour” waits on: its place is not there now.")
    assert line.sentence.text().endswith(" And 2 more.")
    assert line.back.hasFocus()
    # The others can be reached, and come back round to it.
    shown = []
    for _ in range(3):
        shown.append(line.waiting[0].text)
        line.following.click()
    assert sorted(shown) == ["07:3x", "Dana Ab", "Zora Hour"]
    line.back.click()
    qtbot.keyClick(again, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert again.desk.document.find(hours.id) is not None
    assert line.sentence.text().startswith("Typed last time and not taken: “Zora Hour” (")
    line.back.click()
    control = QApplication.focusWidget()
    assert isinstance(control, QLineEdit)
    assert (control.text(), again.step) == ("Zora Hour", "exceptions")
    while line.waiting[0].text != "07:3x":
        line.following.click()
    line.back.click()
    control = QApplication.focusWidget()
    assert isinstance(control, QLineEdit)
    assert control.text() == "07:3x"
    assert [draft.text for draft in line.waiting] == ["Dana Ab"]


def test_a_field_of_a_row_that_is_closed_is_opened(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    person = window.desk.document.rows(Person)[1]
    control = type_at(qtbot, window, "room", person.id, "title", "More")
    draft = next(each for each in drafts_in(window) if each.row == person.id)
    qtbot.keyClick(control, Qt.Key.Key_Escape)
    assert drafts_in(window) == ()
    window.show_place("room", window.desk.document.rows(Person)[0].id, "title")
    window.show_place(draft.step, draft.row, draft.field)
    assert put_back(window, draft)
    # As if it had been typed: a pause takes it.
    qtbot.waitUntil(lambda: window.desk.document.rows(Person)[1].title.startswith("More"))


def test_prose_comes_back_with_its_lines(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    action = window.desk.document.rows(Action)[0].id
    window.show_place("oversight", action, "note")
    control = QApplication.focusWidget()
    assert isinstance(control, Prose)
    assert put_back(window, Draft("One\nTwo", "oversight", action, "note", control.accessibleName()))
    window.desk.commit_focused()
    assert window.desk.document.rows(Action)[0].note == "One\nTwo"


def test_what_got_into_the_project_is_not_offered(make_window: MakeWindow) -> None:
    window = make_window()
    person, agent = window.desk.document.rows(Person)[0], window.desk.document.only(Agent)
    assert is_taken(window.desk, Draft(person.name, "room", "", "person", "Add Person"))
    assert not is_taken(window.desk, Draft("Nobody", "room", "", "person", "Add Person"))
    assert is_taken(window.desk, Draft(agent.name, "boundary", agent.id, "name", "Name"))
    assert not is_taken(window.desk, Draft(f"{agent.name}!", "boundary", agent.id, "name", "Name"))
    assert not is_taken(window.desk, Draft("x", "", "", "", ""))


def test_a_name_typed_to_sign_is_never_kept(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.go_to_step("signoff")
    page = window.page("signoff")
    assert isinstance(page, SignoffPage)
    assert page.signing.focus_name()
    qtbot.keyClicks(page.signing.name, "Dana Ab")
    assert drafts_in(window) == ()
    page.signing.forget()


def test_drafts_are_no_part_of_the_project(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    path = tmp_path / "map.ownermap"
    window = home.new("empty", path)
    activate(qtbot, window)
    type_at(qtbot, window, "room", "", Person.spec.kind, "Dana Ab")
    leave(window)
    home.windows.remove(window)
    window.hide()
    assert b"Dana" not in path.read_bytes()
    assert files.read(path).document.rows(Person) == ()


# --- the file is opened again ---


def changed_elsewhere(window: Window) -> None:
    """Somebody else saves the file, and the line over the page says so."""
    assert window.opened is not None
    theirs = Workspace(files.read(window.opened.path))
    theirs.run(set_fields(theirs.document.only(Agent).id, client="Theirs"))
    save_elsewhere(window.opened.path, theirs.project)
    window.files.line.show_noticed(Noticed(Underneath.CHANGED, ours=True))


@pytest.mark.parametrize("disk_takes_it", [True, False])
def test_what_is_half_typed_waits_while_the_file_is_opened_again(
    qtbot: QtBot, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk_takes_it: bool
) -> None:
    def refuse(*given: object) -> None:
        raise Unreadable(msg("The disk is full."))

    window = home.new("empty", tmp_path / "map.ownermap")
    activate(qtbot, window)
    type_at(qtbot, window, "room", "", Person.spec.kind, "Half Hanno Hoff")
    changed_elsewhere(window)
    if not disk_takes_it:
        monkeypatch.setattr(Drafts, "_write", refuse)
    window.files.line.act.click()
    (again,) = home.windows
    assert again is not window
    assert again.desk.document.only(Agent).client == "Theirs"
    line = again.unfinished.line
    assert line.sentence.text() == "Typed last time and not taken: “Half Hanno Hoff” (Add Person, on “Room”)."
    assert again.bar.isHidden()
    activate(qtbot, again)
    line.back.click()
    control = QApplication.focusWidget()
    assert isinstance(control, QLineEdit)
    assert control.text() == "Half Hanno Hoff"


def test_what_is_never_kept_is_named_before_the_file_is_opened_again(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    window = home.new(SAMPLE, tmp_path / "map.ownermap")
    activate(qtbot, window)
    window.go_to_step("signoff")
    page = window.page("signoff")
    assert isinstance(page, SignoffPage)
    assert page.signing.focus_name()
    qtbot.keyClicks(page.signing.name, "Dana Ab")
    changed_elsewhere(window)
    window.files.line.act.click()
    assert home.windows == [window]
    said = window.bar.sentence.text()
    assert said.endswith("was typed and not taken. Take it or put it right, or do the same again to leave it out.")
    window.files.line.act.click()
    (again,) = home.windows
    assert again is not window
    assert again.unfinished.line.isHidden()
