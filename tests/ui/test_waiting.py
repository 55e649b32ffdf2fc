"""What is half typed in a row that is removed waits for that row, and comes back with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.edits.generic import remove
from app.model.exceptions import CoverageWindow
from app.model.oversight import Action, Evidence
from app.model.room import Person
from app.model.stop import CompensatingTransaction
from app.template_list import SAMPLE
from ui.application import Home
from ui.steps.exceptions.windows import WindowRow
from ui.steps.oversight.page import OversightPage
from ui.unfinished import drafts_in
from ui.widgets.row_head import RowHead
from ui.widgets.untaken import untaken_in
from ui.window import Window

MakeWindow = Callable[..., Window]

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def undo(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)


def redo(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)


def type_at(qtbot: QtBot, window: Window, step: str, row: str, field: str, text: str) -> QLineEdit:
    """Type over what stands in a place, and take nothing."""
    window.show_place(step, row, field)
    control = QApplication.focusWidget()
    assert isinstance(control, QLineEdit)
    control.selectAll()
    qtbot.keyClicks(control, text)
    return control


def marc(window: Window) -> Person:
    return next(person for person in window.desk.document.rows(Person) if person.name.startswith("Marc"))


def head_over(control: QWidget) -> RowHead:
    """The line of the row in which a control stands."""
    around = control.parentWidget()
    while around.findChild(RowHead) is None:
        around = around.parentWidget()
    return around.findChild(RowHead)  # type: ignore[return-value]


def remove_half_typed(qtbot: QtBot, window: Window) -> Person:
    """Half type the time zone of somebody in the room, go to their line, and remove them."""
    person = marc(window)
    head = head_over(type_at(qtbot, window, "room", person.id, "time_zone", "Mars/X"))
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Delete)
    assert window.desk.document.find(person.id) is None
    return person


def control_of(window: Window, step: str, row: str, field: str) -> QLineEdit:
    window.show_place(step, row, field)
    control = QApplication.focusWidget()
    assert isinstance(control, QLineEdit)
    return control


def test_a_text_goes_with_its_row_and_comes_back_with_it(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(SAMPLE)
    person = remove_half_typed(qtbot, window)
    assert window.bar.sentence.text() == (
        f"Removed Person “{person.name}”, and with it what was typed there and not taken: “Mars/X” (Time zone, "
        f"{person.name}). Undo brings all of it back."
    )
    undo(qtbot, window)
    focused = QApplication.focusWidget()
    assert isinstance(focused, RowHead)
    assert focused.title.startswith(person.name)
    qtbot.waitUntil(lambda: [left.text for left in untaken_in(window)] == ["Mars/X"])
    assert window.desk.waiting.drafts == ()
    control = control_of(window, "room", person.id, "time_zone")
    assert control.text() == "Mars/X"
    qtbot.waitUntil(lambda: "Mars/X" in control.accessibleDescription())
    # It is as it was: taken when it means something, put back with Esc.
    qtbot.keyClick(control, Qt.Key.Key_Return)
    assert control.text() == "Mars/X"
    qtbot.keyClick(control, Qt.Key.Key_Escape)
    assert control.text() == person.time_zone


def test_without_a_text_undo_goes_to_the_row_and_leaves_it_closed(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(SAMPLE)
    person = marc(window)
    head = head_over(control_of(window, "room", person.id, "name"))
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Return)
    qtbot.keyClick(head, Qt.Key.Key_Delete)
    assert window.bar.sentence.text() == f"Removed Person “{person.name}”. Undo brings it back."
    undo(qtbot, window)
    focused = QApplication.focusWidget()
    assert isinstance(focused, RowHead)
    assert focused.title.startswith(person.name)
    qtbot.waitUntil(lambda: not untaken_in(window))
    redo(qtbot, window)
    undo(qtbot, window)
    focused = QApplication.focusWidget()
    assert isinstance(focused, RowHead)
    assert focused.title.startswith(person.name)


def test_beside_the_table_of_actions_too(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(SAMPLE)
    action = window.desk.document.rows(Action)[1]
    type_at(qtbot, window, "oversight", action.id, "approver", "Zora Q")
    page = window.page("oversight")
    assert isinstance(page, OversightPage)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert window.desk.document.find(action.id) is None
    assert "“Zora Q” (Approver" in window.bar.sentence.text()
    undo(qtbot, window)
    assert QApplication.focusWidget() is page.table
    current = page.table.current_action()
    assert current is not None
    assert current.id == action.id
    qtbot.waitUntil(lambda: [left.text for left in untaken_in(window)] == ["Zora Q"])
    assert control_of(window, "oversight", action.id, "approver").text() == "Zora Q"


def test_a_line_for_adding_to_an_action_comes_back_with_it(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(SAMPLE)
    first, action = window.desk.document.rows(Action)[:2]
    type_at(qtbot, window, "oversight", "", f"{Evidence.spec.kind}:{action.id}", "2.0-beta")
    # Another action is shown, while the text waits beside the one that goes.
    window.show_place("oversight", first.id, "")
    page = window.page("oversight")
    assert isinstance(page, OversightPage)
    page.inspector_panel.settle()
    window.desk.workspace.run(remove(action.id))
    assert [draft.text for draft in window.desk.waiting.drafts] == ["2.0-beta"]
    undo(qtbot, window)
    page.inspector_panel.settle()
    qtbot.waitUntil(lambda: [left.text for left in untaken_in(window)] == ["2.0-beta"])
    assert control_of(window, "oversight", "", f"{Evidence.spec.kind}:{action.id}").text() == "2.0-beta"


def test_hours_come_back_with_what_was_typed(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(SAMPLE)
    hours = window.desk.document.rows(CoverageWindow)[0]
    control = type_at(qtbot, window, "exceptions", hours.id, "valid_from", "next week")
    row: QWidget | None = control
    while not isinstance(row, WindowRow):
        row = row.parentWidget()  # type: ignore[union-attr]
    row.remove_button.setFocus()
    row.remove_button.click()
    assert window.desk.document.find(hours.id) is None
    assert window.bar.sentence.text().startswith("Removed these hours, and with them what was typed there")
    undo(qtbot, window)
    qtbot.waitUntil(lambda: [left.text for left in untaken_in(window)] == ["next week"])
    assert control_of(window, "exceptions", hours.id, "valid_from").text() == "next week"


def test_a_row_of_a_slot_comes_back_with_what_was_typed(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(SAMPLE)
    row = window.desk.document.rows(CompensatingTransaction)[0]
    head = head_over(type_at(qtbot, window, "stop", row.id, "owner", "Zora Q"))
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Delete)
    assert window.desk.document.find(row.id) is None
    assert "“Zora Q”" in window.bar.sentence.text()
    undo(qtbot, window)
    assert QApplication.focusWidget() is head
    qtbot.waitUntil(lambda: [left.text for left in untaken_in(window)] == ["Zora Q"])
    assert control_of(window, "stop", row.id, "owner").text() == "Zora Q"


def test_undone_from_another_step_it_waits_for_the_page(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(SAMPLE)
    person = remove_half_typed(qtbot, window)
    window.go_to_step("boundary")
    undo(qtbot, window)
    assert window.step == "boundary"
    assert window.desk.waiting.drafts != ()
    window.go_to_step("room")
    qtbot.waitUntil(lambda: [left.text for left in untaken_in(window)] == ["Mars/X"])
    assert control_of(window, "room", person.id, "time_zone").text() == "Mars/X"


def test_a_row_that_goes_by_undo_takes_its_text_along_and_redo_brings_both(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window(SAMPLE)
    window.show_place("room", "", Person.spec.kind)
    adder = QApplication.focusWidget()
    assert isinstance(adder, QLineEdit)
    qtbot.keyClicks(adder, "Zora Quell")
    qtbot.keyClick(adder, Qt.Key.Key_Return)
    zora = window.desk.document.rows(Person)[-1]
    type_at(qtbot, window, "room", zora.id, "time_zone", "Mars/X")
    undo(qtbot, window)
    assert window.desk.document.find(zora.id) is None
    assert window.bar.sentence.text() == (
        "What was typed there and not taken went with it: “Mars/X” (Time zone, Zora Quell). Redo brings all of it back."
    )
    redo(qtbot, window)
    qtbot.waitUntil(lambda: [left.text for left in untaken_in(window)] == ["Mars/X"])


def test_a_row_that_goes_and_comes_back_out_of_sight_keeps_its_text(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(SAMPLE)
    person = marc(window)
    control = type_at(qtbot, window, "room", person.id, "time_zone", "Mars/X")
    window.go_to_step("change")
    window.desk.workspace.run(remove(person.id))
    undo(qtbot, window)
    window.go_to_step("room")
    assert control.text() == "Mars/X"
    assert window.desk.waiting.drafts == ()
    assert [draft.text for draft in drafts_in(window)] == ["Mars/X"]


@pytest.mark.parametrize("killed", [True, False])
def test_a_text_that_waits_outlives_the_program(qtbot: QtBot, home: Home, tmp_path: Path, killed: bool) -> None:
    path = tmp_path / "map.ownermap"
    window = home.new(SAMPLE, path)
    with qtbot.waitActive(window):
        window.activateWindow()
    person = remove_half_typed(qtbot, window)
    if killed:
        # What a kill leaves: what was kept, and no more.
        window.unfinished.keep_now()
        assert window.opened is not None
        window.opened.close()
        home.windows.remove(window)
        window.unfinished.deleteLater()
        window.hide()
    else:
        assert window.close()
    again = home.open(path)
    with qtbot.waitActive(again):
        again.activateWindow()
    line = again.unfinished.line
    assert line.sentence.text().startswith(
        f"Typed last time and not taken: “Mars/X” (Time zone, {person.name}, on “Room”"
    )
    undo(qtbot, again)
    line.back.click()
    control = QApplication.focusWidget()
    assert isinstance(control, QLineEdit)
    assert control.text() == "Mars/X"
    assert again.desk.document.find(person.id) is not None
