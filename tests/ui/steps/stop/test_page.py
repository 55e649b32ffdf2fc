"""The Stop & recover page: the drill follows the map, and every gap leads to the field that closes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.edits.generic import remove, set_fields
from app.model.exceptions import ExceptionPath
from app.model.oversight import Action
from app.model.stop import CompensatingTransaction, DrillRun, IncidentPlan, SpendGuardrail, StopControl
from app.policy.oversight import wants_compensation
from app.steps import BY_ID
from app.template_list import SAMPLE
from ui.desk import Desk
from ui.steps.stop.drill import hours_sentence
from ui.steps.stop.moments import OTHER
from ui.steps.stop.page import StopPage, compensation_slots
from ui.widgets.form import editable
from ui.widgets.timeline import PointRow

MakeDesk = Callable[..., Desk]


@pytest.fixture
def shown(qtbot: QtBot, make_desk: MakeDesk) -> Callable[[str], StopPage]:
    def show(template: str = SAMPLE) -> StopPage:
        page = StopPage(make_desk(template, checked=True), BY_ID["stop"])
        qtbot.addWidget(page)
        page.resize(1069, 700)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    return show


@pytest.fixture
def page(shown: Callable[..., StopPage]) -> StopPage:
    return shown()


def gaps(page: StopPage) -> list[PointRow]:
    return [row for row in page.drill.timeline.rows if not row.point.answered]


def test_saturday_at_three_shows_the_gap_in_words(page: StopPage) -> None:
    assert page.drill._headline.text() == "It fails on Saturday, 28 Nov 2026, at 03:00. Who acts?"
    (gap,) = gaps(page)
    assert gap.point.verdict == "gap"
    assert "Nobody covers “Clear exceptions” until Mon 09:00" in gap.point.detail
    assert gap.accessibleName().endswith(": gap")


def test_a_gap_opens_the_place_that_closes_it(qtbot: QtBot, page: StopPage) -> None:
    place = page.drill.found.gaps[0].place  # type: ignore[union-attr]
    with qtbot.waitSignal(page.desk.place_wanted) as asked:
        qtbot.keyClick(gaps(page)[0], Qt.Key.Key_Return)
    assert asked.args == [place.step, place.subject, place.field]
    assert place.step == "exceptions"


def test_whoever_is_there_and_may_not_press_stop_is_told_apart_from_whoever_may(page: StopPage) -> None:
    control = page.desk.document.rows(StopControl)[0]
    page.desk.workspace.run(set_fields(control.id, who=()))
    stopping = next(row.point for row in gaps(page) if row.point.title.startswith("Stop new work"))
    assert stopping.detail == "Platform on call is there, but nobody is named who may press stop."
    assert stopping.note.startswith("Platform on call")


def test_the_first_person_is_there_at_once_and_answers_by_a_time(page: StopPage) -> None:
    first = next(row.point for row in page.drill.timeline.rows if row.point.title == "First person there")
    assert first.time == "Sat\n03:05"
    assert first.detail == "On duty then; answers by Sat 03:35 at the latest, within 30 min."


def test_an_edit_closes_the_gap_at_once(page: StopPage) -> None:
    path = page.desk.document.only(ExceptionPath)
    page.desk.workspace.run(set_fields(path.id, off_hours="queue"))
    assert gaps(page) == []
    assert page.drill._result.text() == "every step has an answer"


def test_the_arrow_keys_walk_through_all_points(qtbot: QtBot, page: StopPage) -> None:
    rows = page.drill.timeline.rows
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is rows[1]
    qtbot.keyClick(rows[1], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is rows[0]


def test_tab_stops_only_at_gaps(page: StopPage) -> None:
    policies = {row.point.verdict: row.focusPolicy() for row in page.drill.timeline.rows}
    assert policies["gap"] & Qt.FocusPolicy.TabFocus
    assert not policies["answered"] & Qt.FocusPolicy.TabFocus


def test_another_failure_and_another_moment_are_chosen_by_keyboard(qtbot: QtBot, page: StopPage) -> None:
    setting = page.drill.setting
    setting.failures.button(0).setFocus()
    qtbot.keyClick(setting.failures.button(0), Qt.Key.Key_Right)
    qtbot.keyClick(setting.failures.button(1), Qt.Key.Key_Right)
    assert setting.scenario == "retry"
    assert page.drill.found is not None
    assert any(step.key == "guardrail" for step in page.drill.found.steps)
    qtbot.mouseClick(setting.moments.button(OTHER), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(setting.moment_line, "2026-12-24 18:00")
    qtbot.keyClick(setting.moment_line, Qt.Key.Key_Return)
    assert page.drill._headline.text() == "It fails on Thursday, 24 Dec 2026, at 18:00. Who acts?"


def test_a_moment_without_a_year_is_the_next_one(qtbot: QtBot, page: StopPage) -> None:
    setting = page.drill.setting
    qtbot.mouseClick(setting.moments.button(OTHER), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(setting.moment_line, "29.10 02:30")
    qtbot.keyClick(setting.moment_line, Qt.Key.Key_Return)
    assert page.drill._headline.text() == "It fails on Friday, 29 Oct 2027, at 02:30. Who acts?"


def test_a_moment_that_means_nothing_is_said_beside_the_field(qtbot: QtBot, page: StopPage) -> None:
    setting = page.drill.setting
    qtbot.mouseClick(setting.moments.button(OTHER), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(setting.moment_line, "next week")
    qtbot.keyClick(setting.moment_line, Qt.Key.Key_Return)
    assert "Write a day and a time" in setting._fault.text()
    setting.set_moment("1960-12-31 03:00")
    assert "takes a year from 1970 to 2200" in setting._fault.text()


def test_a_drill_is_recorded_with_its_gaps(qtbot: QtBot, page: StopPage) -> None:
    before = len(page.desk.document.rows(DrillRun))
    qtbot.mouseClick(page.drill.record_button, Qt.MouseButton.LeftButton)
    recorded = page.desk.document.rows(DrillRun)[-1]
    assert len(page.desk.document.rows(DrillRun)) == before + 1
    assert (recorded.scenario, recorded.gaps) == ("malformed", 1)
    assert recorded.at == "2026-11-28T02:00:00.000Z"
    assert "Nobody covers" in recorded.findings


def test_the_hours_are_said_in_a_sentence(page: StopPage) -> None:
    assert page.drill.hours.sentence.text() == "Nominal week: 40 of 168 hours covered; the longest gap is 64 h."
    page.drill.hours.duty.setCurrentIndex(0)
    page.drill.hours.duty.activated.emit(0)
    assert page.drill.hours.sentence.text() == "Nominal week: all 168 hours are covered."
    assert str(hours_sentence(0, 10080)) == "Nominal week: nobody covers any of the 168 hours."


def test_every_duty_says_who_is_there_at_that_moment(page: StopPage) -> None:
    told = [line.text() for line in page.drill.duties.lines]
    assert told[0] == ("First response: Platform on call is there; a target of 30 min holds at any minute of the week.")
    assert told[3] == "Approve: nobody for 6 h, then Hanna Weiss."
    assert told[4] == (
        "Clear exceptions: nobody for 54 h, then Marc Oyelaran; "
        "a target of 30 min takes 64 h 30 at the worst minute of the week."
    )
    page.drill.setting.set_moment("2026-11-25 10:00")
    assert page.drill.duties.lines[4].text().startswith("Clear exceptions: Marc Oyelaran is there")


def test_the_hours_are_those_of_the_day_of_the_drill(page: StopPage) -> None:
    hours = page.drill.hours
    hours.duty.setCurrentIndex(3)
    hours.duty.activated.emit(3)
    assert hours.sentence.text().startswith("Nominal week: 44 of 168"), "Saturdays are approved from 28 November on"
    page.drill.setting.set_moment("2026-11-21 03:00")
    assert hours.sentence.text().startswith("Nominal week: 40 of 168")


def test_an_empty_map_leads_to_the_first_stop_button(shown: Callable[..., StopPage]) -> None:
    page = shown("empty")
    assert page.drill.button_facts.lines[0].text() == "Nobody has said where it is."
    assert page.reveal("", "")
    assert QApplication.focusWidget() is page.stop_controls.adder


def test_an_action_that_needs_a_compensation_has_an_empty_slot(qtbot: QtBot, page: StopPage) -> None:
    desk = page.desk
    transaction = desk.document.rows(CompensatingTransaction)[0]
    action = desk.document.get(Action, transaction.action)
    assert action is not None
    assert wants_compensation(action)
    desk.workspace.run(remove(transaction.id))
    slot = page.compensations.items[action.id]
    assert slot.slot.row_id == ""
    assert page.reveal(action.id, "")
    assert QApplication.focusWidget() is slot.head
    qtbot.keyClick(slot.head, Qt.Key.Key_Return)
    made = desk.document.rows(CompensatingTransaction)[-1]
    assert made.action == action.id
    assert QApplication.focusWidget() is not None
    assert page.compensations.isAncestorOf(QApplication.focusWidget())


def test_actions_that_are_undone_in_place_ask_for_nothing(page: StopPage) -> None:
    document = page.desk.document
    asked = {slot.about for slot in compensation_slots(document) if slot.about}
    named = {row.action for row in document.rows(CompensatingTransaction)}
    assert asked == {a.id for a in document.rows(Action) if wants_compensation(a)} | named


@pytest.mark.parametrize("row_class", [StopControl, CompensatingTransaction, IncidentPlan, SpendGuardrail, DrillRun])
def test_every_field_of_the_step_can_be_reached(page: StopPage, row_class: type) -> None:
    row = page.desk.document.rows(row_class)[0]
    for field in editable(row_class):
        assert page.reveal(row.id, field), field


def test_it_reads_in_the_dark_and_at_twice_the_size(page: StopPage) -> None:
    row = page.drill.timeline.rows[0]
    height = row.heightForWidth(500)
    page.desk.theme.use("dark")
    page.desk.theme.set_zoom(2.0)
    assert row.heightForWidth(1000) >= 1.8 * height
    assert not page.grab().isNull()


def test_a_time_that_does_not_exist_says_which_is_taken(page: StopPage) -> None:
    setting = page.drill.setting
    setting.set_moment("2026-03-29 02:30")
    assert setting.moment_line.accessibleDescription().endswith("03:30 CEST is taken.")
    assert page.drill._headline.text() == "It fails on Sunday, 29 Mar 2026, at 03:30. Who acts?"


def test_a_time_that_comes_twice_is_told_apart(page: StopPage) -> None:
    setting = page.drill.setting
    setting.set_moment("2026-10-25 02:30")
    assert "comes twice" in setting.moment_line.accessibleDescription()
    first = setting.moment
    setting.set_moment("2026-10-25T02:30+01:00")
    assert setting.moment_line.accessibleDescription() == ""
    assert setting.moment - first == timedelta(hours=1)


def test_a_step_more_than_a_day_away_carries_its_date(page: StopPage) -> None:
    for action in page.desk.document.rows(Action):
        page.desk.workspace.run(set_fields(action.id, noticed_within=7 * 24 * 60))
    page.drill.setting.set_moment("2026-11-20 16:37")
    page.drill.setting.failures.button(3).click()
    first = page.drill.timeline.rows[0]
    assert first.point.time == "Fri 27 Nov 2026\n16:37"
    assert first.heightForWidth(first.width()) >= 3 * first.fontMetrics().height()
