"""Undo and redo by keyboard: what stays, what was taken back out of sight, and what the menu says of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.edits.generic import add, set_fields
from app.messages import msg, words
from app.model.exceptions import CoverageWindow, ExceptionClass
from app.model.owners import RoleAssignment
from app.model.room import Agent, Person
from app.model.row import Row
from app.model.stop import CompensatingTransaction, DrillRun
from app.template_list import SAMPLE
from ui.steps.exceptions.windows import WindowList
from ui.steps.stop.page import StopPage
from ui.widgets.row_head import RowHead
from ui.window import Window

MakeWindow = Callable[..., Window]

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def undo(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)


def record_a_drill(window: Window) -> None:
    window.show_step("stop")
    page = window.page("stop")
    assert isinstance(page, StopPage)
    page.drill.record_button.click()


def client(window: Window) -> str:
    return window.desk.document.only(Agent).client


def name_the_client(window: Window, name: str) -> None:
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client=name))


def test_undo_after_a_drill_says_that_it_stays_and_takes_nothing_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    name_the_client(window, "Northwind")
    record_a_drill(window)
    undo(qtbot, window)
    assert client(window) == "Northwind"
    assert window.bar.isVisible()
    assert window.bar.word.text() == "Not done."
    assert window.bar.sentence.text() == (
        "“Add Drill” is part of the operating record and stays. Ctrl+Z again takes back “Agent: Client”."
    )
    undo(qtbot, window)
    assert client(window) == ""
    assert len(window.desk.document.rows(DrillRun)) == 1


def test_every_later_entry_of_the_record_is_told_of_anew(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    name_the_client(window, "Northwind")
    record_a_drill(window)
    undo(qtbot, window)
    window.desk.workspace.run(add(DrillRun, {"run_on": "2026-11-20"}))
    undo(qtbot, window)
    assert client(window) == "Northwind"
    undo(qtbot, window)
    assert client(window) == ""


def test_an_edit_after_a_drill_is_undone_at_once(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    record_a_drill(window)
    name_the_client(window, "Northwind")
    undo(qtbot, window)
    assert client(window) == ""


def test_with_nothing_else_to_undo_it_says_that_the_drill_stays(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    record_a_drill(window)
    undo(qtbot, window)
    assert window.bar.sentence.text() == "“Add Drill” is part of the operating record and stays."
    assert not window.actions_by_id["undo"].isEnabled()


def test_undo_out_of_sight_says_what_and_where_and_leads_there(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    dana = window.desk.workspace.run(add(Person, {"name": "Dana Abelard"}))
    assert dana is not None
    role = window.desk.document.rows(RoleAssignment)[0]
    window.desk.workspace.run(set_fields(role.id, person=dana.changes[0].id))
    window.show_step("change")
    undo(qtbot, window)
    assert window.bar.word.text() == "Undone:"
    assert window.bar.sentence.text() == f"“{words(role.called())}: Person” (Roles)."
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.step == "roles")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.page("roles").isAncestorOf(focused)
    assert focused.accessibleName().startswith("Person")
    assert not window.bar.isVisible()
    window.show_step("change")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert window.bar.word.text() == "Done again:"
    assert window.desk.document.get(RoleAssignment, role.id).person == dana.changes[0].id  # type: ignore[union-attr]


def test_undo_in_sight_says_nothing_more(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    name_the_client(window, "Northwind")
    undo(qtbot, window)
    assert not window.bar.isVisible()


def test_the_menu_and_the_buttons_say_what_would_be_undone(make_window: MakeWindow) -> None:
    window = make_window("empty")
    name_the_client(window, "Northwind")
    assert window.actions_by_id["undo"].text() == "&Undo “Agent: Client”"
    assert "Undo “Agent: Client”" in window.top.buttons["undo"].toolTip()
    assert window.top.buttons["undo"].accessibleName() == "Undo “Agent: Client”"
    window.undo()
    assert window.actions_by_id["redo"].text() == "&Redo “Agent: Client”"
    assert not window.actions_by_id["undo"].isEnabled()
    window.redo()
    record_a_drill(window)
    assert window.actions_by_id["undo"].text() == "&Undo"
    window.undo()
    assert window.actions_by_id["undo"].text() == "&Undo “Agent: Client”"


def test_half_typed_words_after_a_drill_are_what_undo_takes_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    record_a_drill(window)
    window.show_step("room")
    window.page("room").reveal(window.desk.document.only(Agent).id, "name")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "Tri")
    undo(qtbot, window)
    assert line.text() == ""


def test_where_nothing_can_be_undone_the_keys_say_why(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    undo(qtbot, window)
    assert window.bar.word.text() == "Not done."
    assert window.bar.sentence.text() == (
        "There is nothing to undo. Earlier versions of the file may be among its backups (File, Backups …)."
    )
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert window.bar.sentence.text() == "There is nothing to do again: nothing was undone since the last edit."
    # In a line of text too, which has an undo of its own.
    window.page("room").reveal("", Person.spec.kind)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    window.bar.put_away()
    undo(qtbot, window)
    assert window.bar.sentence.text().startswith("There is nothing to undo.")
    # With something to undo, the entry in the menu has the keys again.
    name_the_client(window, "Northwind")
    undo(qtbot, window)
    assert client(window) == ""
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert client(window) == "Northwind"


def test_after_an_erasure_the_keys_say_that_it_stays(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    name_the_client(window, "Northwind")
    agent = window.desk.document.only(Agent)
    window.desk.workspace.run(set_fields(agent.id, msg("A person was erased"), erasures=1))
    undo(qtbot, window)
    assert window.bar.sentence.text() == (
        "There is nothing to undo: “A person was erased” cannot be taken back, nor can what was done before it."
    )
    assert client(window) == "Northwind"


def focused_title() -> str:
    focused = QApplication.focusWidget()
    assert isinstance(focused, RowHead)
    return focused.title


@pytest.mark.parametrize("row_class", [Person, ExceptionClass])
def test_doing_a_removal_again_leaves_the_focus_on_the_neighbour(
    qtbot: QtBot, make_window: MakeWindow, row_class: type[Row]
) -> None:
    window = make_window(SAMPLE)
    step = row_class.spec.step
    window.show_step(step)
    row = window.desk.document.rows(row_class)[1]
    head = next(head for head in window.page(step).findChildren(RowHead) if head.title.startswith(words(row.called())))
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Delete)
    neighbour = focused_title()
    undo(qtbot, window)
    assert focused_title().startswith(words(row.called()))
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert window.desk.document.find(row.id) is None
    assert focused_title() == neighbour


def test_doing_the_removal_of_a_line_without_a_slot_again_leaves_the_focus_on_the_neighbour(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window(SAMPLE)
    window.show_step("stop")
    page = window.page("stop")
    assert isinstance(page, StopPage)
    made = window.desk.workspace.run(add(CompensatingTransaction))
    assert made is not None
    *_, before, last = page.compensations.items.values()
    assert last.slot.row_id == made.changes[0].id
    last.head.setFocus()
    qtbot.keyClick(last.head, Qt.Key.Key_Delete)
    assert QApplication.focusWidget() is before.head
    undo(qtbot, window)
    *_, last = page.compensations.items.values()
    assert QApplication.focusWidget() is last.head
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert QApplication.focusWidget() is before.head


def test_doing_the_removal_of_hours_again_leaves_the_focus_beside_them(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(SAMPLE)
    hours = window.desk.document.rows(CoverageWindow)[0]
    window.show_place("exceptions", hours.id, "start")
    (rows,) = window.page("exceptions").findChildren(WindowList)
    rows.rows[hours.id].remove_button.setFocus()
    qtbot.keyClick(rows.rows[hours.id].remove_button, Qt.Key.Key_Delete, CONTROL)
    assert QApplication.focusWidget() is rows.add_button
    undo(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert window.desk.document.find(hours.id) is None
    assert QApplication.focusWidget() is rows.add_button
