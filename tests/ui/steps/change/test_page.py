"""The Change control page: the six approvals are always there, filled or waiting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.edits.generic import remove
from app.model import vocabulary as v
from app.model.change import ApprovalRule, Change, EvaluationSuite, StageControl, Tool, TrainingData
from app.steps import BY_ID
from app.template_list import SAMPLE
from ui.desk import Desk
from ui.steps.change.page import ChangePage
from ui.widgets.form import editable
from ui.widgets.slot_list import SlotItem

MakeDesk = Callable[..., Desk]


@pytest.fixture
def page(qtbot: QtBot, make_desk: MakeDesk) -> ChangePage:
    made = ChangePage(make_desk(SAMPLE, checked=True), BY_ID["change"])
    qtbot.addWidget(made)
    made.resize(1069, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def rule_of(page: ChangePage, change: str) -> ApprovalRule:
    return next(row for row in page.desk.document.rows(ApprovalRule) if row.change == change)


def line_of(page: ChangePage, change: str) -> SlotItem:
    return page.approvals.items[change]


def test_the_six_stand_first_in_their_order(page: ChangePage) -> None:
    assert list(page.approvals.items)[:6] == list(v.SIX_APPROVALS)


def test_a_line_says_who_drafts_and_who_approves(page: ChangePage) -> None:
    head = line_of(page, "wider_scope").head
    assert head.accessibleName().startswith("Wider scope, Major")
    assert "Rosa Steiner, Jun Kowalczyk" in head.accessibleName()


def test_a_missing_approval_keeps_a_slot_that_return_fills(qtbot: QtBot, page: ChangePage) -> None:
    page.desk.workspace.run(remove(rule_of(page, "new_action").id))
    page.desk.workspace.check_now()
    slot = line_of(page, "new_action")
    assert slot.slot.row_id == ""
    assert "Nobody approves this yet" in slot.head.accessibleName()
    assert page.reveal("", "")
    assert QApplication.focusWidget() is slot.head
    qtbot.keyClick(slot.head, Qt.Key.Key_Return)
    made = rule_of(page, "new_action")
    assert line_of(page, "new_action").form is not None
    assert line_of(page, "new_action").slot.row_id == made.id
    focused = QApplication.focusWidget()
    assert focused is not None
    assert line_of(page, "new_action").isAncestorOf(focused)


def test_del_removes_a_rule_and_undo_brings_it_back(qtbot: QtBot, page: ChangePage) -> None:
    before = rule_of(page, "new_action")
    head = line_of(page, "new_action").head
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Delete)
    assert line_of(page, "new_action").slot.row_id == ""
    page.desk.workspace.undo()
    assert line_of(page, "new_action").slot.row_id == before.id


def test_a_second_rule_for_the_same_change_has_a_line_of_its_own(qtbot: QtBot, page: ChangePage) -> None:
    lines = len(page.approvals.items)
    assert page.approvals.add_button is not None
    qtbot.mouseClick(page.approvals.add_button, Qt.MouseButton.LeftButton)
    assert len(page.approvals.items) == lines + 1


def test_opening_one_line_closes_the_other(qtbot: QtBot, page: ChangePage) -> None:
    qtbot.mouseClick(line_of(page, "new_action").head, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(line_of(page, "wider_scope").head, Qt.MouseButton.LeftButton)
    assert line_of(page, "new_action").form is None
    assert line_of(page, "wider_scope").form is not None


def test_a_line_with_a_name_that_waits_stays_open_beside_the_other(qtbot: QtBot, page: ChangePage) -> None:
    rule = rule_of(page, "new_action")
    assert page.reveal(rule.id, "approvers")
    name = QApplication.focusWidget()
    assert isinstance(name, QLineEdit)
    qtbot.keyClicks(name, "Zoe Quast")
    head = line_of(page, "wider_scope").head
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)
    assert line_of(page, "wider_scope").form is not None
    assert name.text() == "Zoe Quast"
    qtbot.mouseClick(line_of(page, "new_action").head, Qt.MouseButton.LeftButton)
    assert line_of(page, "new_action").form is not None, "not closed over the name"
    assert QApplication.focusWidget() is name
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    qtbot.mouseClick(line_of(page, "new_action").head, Qt.MouseButton.LeftButton)
    assert line_of(page, "new_action").form is None
    assert rule_of(page, "new_action") == rule


@pytest.mark.parametrize("row_class", [ApprovalRule, EvaluationSuite, Tool, Change, TrainingData, StageControl])
def test_every_field_of_the_step_can_be_reached(page: ChangePage, row_class: type) -> None:
    row = page.desk.document.rows(row_class)[0]
    for field in editable(row_class):
        assert page.reveal(row.id, field), field


def test_a_narrow_page_tells_a_line_in_one_go(page: ChangePage) -> None:
    page.resize(480, 700)
    assert not page.grab().isNull()
