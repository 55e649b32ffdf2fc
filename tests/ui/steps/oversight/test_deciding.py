"""Deciding on a mode by keyboard: graduating, recording what was only set, and taking back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.edits.graduation import revokers
from app.messages import Message, words
from app.model.oversight import Action, GraduationDecision
from app.model.room import Person
from app.policy.holders import holder
from app.policy.oversight import IN, ON, SHADOW
from app.workspace import Workspace
from tests.support.gates import harmed, named, passed, reviewed, without_evidence
from ui.steps.oversight.deciding import Deciding
from ui.steps.oversight.page import OversightPage
from ui.widgets.editors.typing import LineEditor


@pytest.fixture
def workspace(page: OversightPage) -> Workspace:
    return page.desk.workspace.workspace


def select(page: OversightPage, action: Action) -> None:
    page.table.setFocus()
    page.table.go_to(page.model.row_of(action.id) or 0)


def opened(page: OversightPage, action: Action, key: str) -> Deciding:
    select(page, action)
    QTest.keyClicks(page.table, key)
    form = page.inspector_panel.deciding
    assert form is not None
    return form


def write(form: Deciding, name: str, text: str) -> None:
    editor = form.form.editors[name]
    assert isinstance(editor, LineEditor)
    editor.line.setFocus()
    editor.line.selectAll()
    QTest.keyClicks(editor.line, text)
    QTest.keyClick(editor.line, Qt.Key.Key_Tab)


def decisions(workspace: Workspace, action: Action) -> list[GraduationDecision]:
    return [row for row in workspace.document.rows(GraduationDecision) if row.action == action.id]


def send(form: Deciding) -> None:
    QTest.keyClick(form.form.send_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_g_graduates_with_everything_filled_in_but_the_reason_and_one_undo_takes_it_back(
    page: OversightPage, workspace: Workspace
) -> None:
    action = passed(workspace)
    before = decisions(workspace, action)
    form = opened(page, action, "g")
    assert form.ticks is not None
    assert [box.isChecked() for box in form.ticks.boxes] == [True]
    write(form, "reason", "450 runs without a failure")
    send(form)
    assert named(workspace, action.name).current == ON
    (made,) = [row for row in decisions(workspace, action) if row not in before]
    document = workspace.document
    assert made.decided_by == holder(document, "APO").person
    assert made.decided_on == workspace.mint.moment()[:10]
    assert len(made.evidence) == 1
    people = {holder(document, code).person for code in ("WO", "SO")}
    assert people <= {*made.consulted, made.decided_by}
    assert page.inspector_panel.deciding is None
    assert page.table.hasFocus()
    workspace.undo()
    assert named(workspace, action.name).current == IN
    assert decisions(workspace, action) == before


def test_a_gate_that_is_not_passed_is_refused_in_words_and_nothing_changes(
    page: OversightPage, workspace: Workspace
) -> None:
    action = passed(workspace)
    without_evidence(workspace, action)
    reviewed(workspace, action, runs=59, unchanged=59)
    form = opened(page, action, "g")
    write(form, "reason", "It went well")
    send(form)
    assert "has not passed its gate. Missing: 41 more clean runs" in form.refused.text()
    assert not form.refused.isHidden()
    assert named(workspace, action.name).current == IN


def test_a_date_alone_is_refused(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    form = opened(page, action, "g")
    assert form.ticks is not None
    form.ticks.boxes[0].click()
    write(form, "reason", "It is time")
    send(form)
    assert form.refused.text() == "A date alone is no reason. Name the evidence that it rests on."
    assert named(workspace, action.name).current == IN


def test_what_is_missing_in_a_field_is_said_beside_it(page: OversightPage, workspace: Workspace) -> None:
    form = opened(page, passed(workspace), "g")
    send(form)
    assert form.form.editors["reason"].control().hasFocus()
    assert "Say what the evidence shows." in form.form.editors["reason"].control().accessibleDescription()


def test_severity_2_asks_for_a_second_approver(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace, "Send reply")
    form = opened(page, action, "g")
    assert "seconded_by" in form.form.editors
    assert "seconded_by" not in opened(page, passed(workspace), "g").form.editors


def test_escape_leaves_the_form_and_the_mode_alone(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    form = opened(page, action, "g")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert page.inspector_panel.deciding is None
    assert page.table.hasFocus()
    assert named(workspace, action.name).current == IN


def test_another_action_takes_the_form_away(page: OversightPage, workspace: Workspace) -> None:
    opened(page, passed(workspace), "g")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.inspector_panel.deciding is None


def test_where_no_gate_leads_on_it_says_so(qtbot: QtBot, page: OversightPage, workspace: Workspace) -> None:
    action = named(workspace, "Issue card refund")
    select(page, action)
    with qtbot.waitSignal(page.desk.refusal) as told:
        QTest.keyClicks(page.table, "g")
    assert isinstance(told.args[0], Message)
    assert "No gate leads from here" in words(told.args[0])
    assert page.inspector_panel.deciding is None


def test_a_mode_that_was_only_set_is_decided_and_recorded(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    select(page, action)
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    assert named(workspace, action.name).current == ON
    verdict = page.inspector_panel.verdict
    assert not verdict.record.isHidden()
    verdict.record.setFocus()
    QTest.keyClick(verdict.record, Qt.Key.Key_Return)
    form = page.inspector_panel.deciding
    assert form is not None
    assert named(workspace, action.name).current == ON, "nothing changes before the decision is taken"
    assert form.ticks is not None
    assert form.ticks.boxes, "it rests on what was seen in the mode before"
    write(form, "reason", "450 runs without a failure")
    send(form)
    assert named(workspace, action.name).current == ON
    made = decisions(workspace, action)[-1]
    assert (made.from_mode, made.to_mode) == (IN, ON)
    assert verdict.record.isHidden()


def test_escape_leaves_a_mode_that_was_only_set(page: OversightPage, workspace: Workspace) -> None:
    action = passed(workspace)
    select(page, action)
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    before = workspace.document
    QTest.keyClicks(page.table, "g")
    form = page.inspector_panel.deciding
    assert form is not None
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert workspace.document is before
    assert named(workspace, action.name).current == ON


def test_r_and_return_take_back_what_did_harm(page: OversightPage, workspace: Workspace) -> None:
    action = harmed(workspace)
    form = opened(page, action, "r")
    assert form.form.send_button.hasFocus()
    QTest.keyClick(form.form.send_button, Qt.Key.Key_Return)
    assert named(workspace, action.name).current == IN
    made = decisions(workspace, action)[-1]
    assert (made.direction, made.from_mode, made.to_mode) == ("revoke", ON, IN)
    assert "2 harmful errors" in made.reason
    workspace.undo()
    assert named(workspace, action.name).current == ON


def test_a_revocation_that_is_due_has_its_reason_and_a_button(page: OversightPage, workspace: Workspace) -> None:
    action = harmed(workspace)
    select(page, action)
    lost = page.inspector_panel.verdict.lost
    assert not lost.isHidden()
    assert lost.revoke.text() == "Take back to In the loop …"
    assert page.inspector_panel.verdict.take_back.isHidden()
    lost.revoke.setFocus()
    QTest.keyClick(lost.revoke, Qt.Key.Key_Return)
    assert page.inspector_panel.deciding is not None


def test_nobody_who_may_not_takes_it_back(page: OversightPage, workspace: Workspace) -> None:
    action = harmed(workspace)
    form = opened(page, action, "r")
    may = revokers(workspace.document)
    other = next(person.id for person in workspace.document.rows(Person) if person not in may)
    form.form.editors["decided_by"].committed.emit(other)
    form.form.send()
    assert "may not take an action back" in form.form.editors["decided_by"].control().accessibleDescription()
    assert named(workspace, action.name).current == ON


def test_taking_back_without_a_cause_is_possible_too(page: OversightPage, workspace: Workspace) -> None:
    action = named(workspace, "Merge")
    workspace.run(set_fields(action.id, current=ON, off_hours="queue"))
    form = opened(page, action, "r")
    form.form.editors["to_mode"].committed.emit(SHADOW)
    write(form, "reason", "A new supplier")
    send(form)
    assert named(workspace, action.name).current == SHADOW
