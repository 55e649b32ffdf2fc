"""The Oversight page by keyboard: the table, the dial, and the fields beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.edits.generic import add, remove, set_fields
from app.messages import msg
from app.model.fields import fields_of
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.room import Agent
from app.policy.oversight import DUAL, IN, ON, OUT, SHADOW
from app.rules.finding import Finding, Severity
from ui.findings import Findings
from ui.steps.oversight.actions import DIAL, NAME, REACHES, WRONG
from ui.steps.oversight.page import OversightPage
from ui.widgets.editors.choosing import ComboEditor
from ui.widgets.form import editable


def called(page: OversightPage, part: str) -> Action:
    return next(action for action in page.desk.document.rows(Action) if part in action.name)


def select(page: OversightPage, action: Action) -> None:
    page.table.go_to(page.model.row_of(action.id) or 0)


def press(page: OversightPage, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(page.table, key, modifier)


def now(page: OversightPage, action: Action) -> Action:
    found = page.desk.document.get(Action, action.id)
    assert found is not None
    return found


def test_the_model_is_sound(page: OversightPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)


def test_down_chooses_the_next_action_and_the_inspector_follows(qtbot: QtBot, page: OversightPage) -> None:
    second = page.desk.document.rows(Action)[1]
    press(page, Qt.Key.Key_Down)
    assert page.inspector_panel.action_id == second.id
    qtbot.waitUntil(lambda: page.inspector_panel.form is not None and page.inspector_panel.form.row_id == second.id)


def test_right_and_left_turn_the_dial_of_the_action(page: OversightPage) -> None:
    action = called(page, "Send reply")
    select(page, action)
    press(page, Qt.Key.Key_Right)
    assert now(page, action).current == ON
    press(page, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert now(page, action).current == SHADOW


@pytest.mark.parametrize(("key", "mode"), [("2", DUAL), ("u", OUT), ("i", IN)])
def test_a_letter_sets_the_mode(page: OversightPage, key: str, mode: str) -> None:
    action = called(page, "Merge")
    page.desk.workspace.run(set_fields(action.id, current=SHADOW))
    select(page, action)
    QTest.keyClicks(page.table, key)
    assert now(page, action).current == mode


def test_a_mode_below_the_floor_is_set_shown_as_such_and_put_right_with_a_button(page: OversightPage) -> None:
    action = called(page, "Send reply")
    select(page, action)
    QTest.keyClicks(page.table, "u")
    verdict = page.inspector_panel.verdict
    assert page.model.state(now(page, action)).below_floor
    assert verdict.dial.accessibleDescription() == "Out of the loop, below its floor: On the loop"
    assert verdict.put_right.text() == "Set to On the loop"
    verdict.put_right.click()
    assert now(page, action).current == ON
    assert verdict.put_right.isHidden()


def test_an_action_without_a_mode_offers_its_start_mode(page: OversightPage) -> None:
    action = called(page, "Send reply")
    page.desk.workspace.run(set_fields(action.id, current=""))
    select(page, action)
    page.inspector_panel.verdict.put_right.click()
    assert now(page, action).current == IN


def test_typing_in_the_empty_row_adds_an_action_and_waits_for_the_next(qtbot: QtBot, page: OversightPage) -> None:
    page.table.go_to(page.model.empty_row)
    QTest.keyClick(page.table, "w")
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "rite a note")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.desk.document.rows(Action)[-1].name == "write a note")
    assert page.table.currentIndex().row() == page.model.empty_row


def test_insert_starts_a_name_and_escape_leaves_it(page: OversightPage) -> None:
    before = page.desk.document.rows(Action)
    press(page, Qt.Key.Key_Insert)
    assert page.table.state() == QAbstractItemView.State.EditingState
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "half")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert page.desk.document.rows(Action) == before


def test_delete_removes_and_undo_brings_it_back_with_its_row_selected_again(page: OversightPage) -> None:
    action = called(page, "Merge")
    select(page, action)
    press(page, Qt.Key.Key_Delete)
    assert page.desk.document.get(Action, action.id) is None
    assert page.model.row_of(action.id) is None
    page.desk.workspace.undo()
    assert page.model.row_of(action.id) is not None


def test_alt_up_moves_an_action_and_keeps_it_selected(page: OversightPage) -> None:
    first, second = page.desk.document.rows(Action)[:2]
    select(page, second)
    press(page, Qt.Key.Key_Up, modifier=Qt.KeyboardModifier.AltModifier)
    assert [action.id for action in page.desk.document.rows(Action)][:2] == [second.id, first.id]
    assert page.table.currentIndex().row() == 0
    press(page, Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.AltModifier)
    assert [action.id for action in page.desk.document.rows(Action)][:2] == [first.id, second.id]


def test_return_opens_the_fields_and_a_field_moves_the_floor_of_the_row(page: OversightPage) -> None:
    action = called(page, "Send reply")
    select(page, action)
    press(page, Qt.Key.Key_Return)
    form = page.inspector_panel.form
    assert form is not None
    editor = form.boxes["reversibility"].editor
    assert isinstance(editor, ComboEditor)
    assert editor.combo.hasFocus()
    editor.combo.setCurrentIndex(editor.combo.findData(3))
    editor.commit()
    assert page.model.state(now(page, action)).floor == IN
    QTest.keyClick(editor.combo, Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_a_click_on_a_stop_sets_it(page: OversightPage) -> None:
    action = called(page, "Merge")
    place = page.model.index(page.model.row_of(action.id) or 0, DIAL)
    page.table.scrollTo(place)
    dial = page.table.dial_place(page.table.visualRect(place), page.model.standing(action))
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(dial.left() + 5, dial.center().y()))
    assert now(page, action).current == SHADOW


def test_a_narrow_page_puts_reach_and_dial_below_the_name(page: OversightPage) -> None:
    page.resize(780, 704)
    assert [page.table.isColumnHidden(column) for column in (NAME, REACHES, WRONG, DIAL)] == [False, True, True, True]
    action = called(page, "Merge")
    assert "One case" in str(page.model.index(page.model.row_of(action.id) or 0, NAME).data(0x0101))
    row = page.model.index(page.model.row_of(action.id) or 0, NAME)
    page.table.scrollTo(row)
    dial = page.table.dial_place(page.table.visualRect(row), page.model.standing(action))
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(dial.left() + 5, dial.center().y()))
    assert now(page, action).current == SHADOW


def test_the_stage_moves_every_start_mode(page: OversightPage) -> None:
    action = called(page, "Send reply")
    agent = page.desk.document.only(Agent)
    page.desk.workspace.run(set_fields(agent.id, stage="1a"))
    assert page.model.state(now(page, action)).start == SHADOW


def test_evidence_fills_the_bar(page: OversightPage) -> None:
    action = called(page, "Send reply")
    page.desk.workspace.run(set_fields(action.id, current=IN))
    page.desk.workspace.run(remove(*(row.id for row in page.desk.document.rows(Evidence))))
    select(page, action)
    version = page.desk.document.only(Agent).behaviour_version
    rows = {"action": action.id, "behaviour_version": version, "mode": IN, "runs": 100, "unchanged": 100}
    page.desk.workspace.run(add(Evidence, rows))
    said = page.inspector_panel.earning.bar.accessibleDescription()
    assert said == "100 reviewed runs, looks at 250, 500 and 1000. Error at most 3.0 %, limit 2 %"
    row = page.model.index(page.model.row_of(action.id) or 0, NAME)
    assert "100 of 250 runs to On" in str(row.data(Qt.ItemDataRole.AccessibleTextRole))


def test_every_field_of_every_kind_of_this_step_can_be_reached(page: OversightPage) -> None:
    action = called(page, "Send reply")
    for kind in (Evidence, GraduationDecision):
        page.desk.workspace.run(add(kind, {"action": action.id}))
    for kind in (Action, Evidence, GraduationDecision):
        row = next(row for row in page.desk.document.rows(kind) if kind is Action or row.value("action") == action.id)
        for name in editable(kind):
            assert page.reveal(row.id, name), f"{kind.spec.kind}.{name}"
            place = page.focusWidget()
            assert place is not None
            assert place is page.table or page.inspector_panel.isAncestorOf(place), name
    assert set(editable(Action)) == set(fields_of(Action))


def test_evidence_belongs_to_the_action_that_is_shown(page: OversightPage) -> None:
    first, second = page.desk.document.rows(Action)[:2]
    page.desk.workspace.run(add(Evidence, {"action": first.id, "behaviour_version": "v1"}))
    row = page.desk.document.rows(Evidence)[-1]
    select(page, second)
    page.reveal(row.id, "runs")
    assert page.inspector_panel.action_id == first.id


def test_the_last_action_gone_leaves_an_invitation(page: OversightPage) -> None:
    page.desk.workspace.run(remove(*(action.id for action in page.desk.document.rows(Action))))
    assert page.model.rowCount() == 1
    assert page.inspector_panel.verdict.isHidden()
    assert page.model.index(0, NAME).data() == "Type the next action…"


def test_what_changed_while_the_page_was_hidden_is_there_when_it_is_shown(page: OversightPage) -> None:
    action = called(page, "Merge")
    page.hide()
    page.desk.workspace.run(remove(action.id))
    page.show()
    assert page.model.row_of(action.id) is None


def test_an_action_with_an_open_point_is_marked_and_says_so(page: OversightPage) -> None:
    action = called(page, "Merge")
    finding = Finding(
        "OVR-02",
        Severity.BLOCKER,
        *(msg(text) for text in ("Why is it watched less?", "Below its floor.", "So nobody notices.")),
        "S3",
        msg("Out."),
        msg("In."),
        "oversight",
        action.id,
        "current",
    )
    page.refresh_findings(Findings([finding]))
    row = page.model.index(page.model.row_of(action.id) or 0, NAME)
    assert str(row.data(Qt.ItemDataRole.AccessibleTextRole)).endswith(". Blocker")
    warning = replace(finding, code="OVR-03", severity=Severity.WARNING)
    page.refresh_findings(Findings([finding, warning]))
    assert str(row.data(Qt.ItemDataRole.AccessibleTextRole)).endswith(". 1 blocker · 1 warning")
    page.refresh_findings(Findings())
    assert "Blocker" not in str(row.data(Qt.ItemDataRole.AccessibleTextRole))


def test_with_no_action_selected_it_asks_for_the_next_one(page: OversightPage) -> None:
    page.inspector_panel.show_action(None)
    assert "the next action" in page.inspector_panel._name.text()
    for action in page.desk.document.rows(Action):
        page.desk.workspace.run(remove(action.id))
    page.inspector_panel.show_action(None)
    assert "the first action" in page.inspector_panel._name.text()
