"""The Exceptions page: hours as rows with a picture that follows, and every field of the step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.edits.generic import add, remove, set_fields
from app.messages import words
from app.model.exceptions import (
    CoverageWindow,
    ExceptionClass,
    ExceptionPath,
    Queue,
    ResponseTarget,
    SeverityRule,
)
from app.model.room import Agent, Person
from app.model.row import Row
from app.policy.coverage import nominal
from app.steps import BY_ID
from tests.support.keyboard import Keyboard
from ui.desk import Desk
from ui.steps.exceptions.coverage import longest_wait, said
from ui.steps.exceptions.page import ExceptionsPage
from ui.steps.exceptions.weeks import NOMINAL
from ui.widgets.editors.typing import LineEditor
from ui.widgets.form import editable
from ui.widgets.untaken import untaken_in
from ui.window import Window


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ExceptionsPage:
    made = ExceptionsPage(desk, BY_ID["exceptions"])
    qtbot.addWidget(made)
    made.resize(796, 704)
    made.show()
    qtbot.waitExposed(made)
    return made


def windows(page: ExceptionsPage, duty: str = "exception") -> list[CoverageWindow]:
    return [window for window in page.desk.document.rows(CoverageWindow) if window.duty == duty]


def type_into(page: ExceptionsPage, window: CoverageWindow, field: str, text: str) -> None:
    editor = page.coverage.windows.rows[window.id].boxes[field].editor
    assert isinstance(editor, LineEditor)
    editor.line.setFocus()
    editor.line.selectAll()
    QTest.keyClicks(editor.line, text)
    QTest.keyClick(editor.line, Qt.Key.Key_Return)


def test_business_hours_leave_a_gap_that_the_page_says(page: ExceptionsPage) -> None:
    assert page.coverage.sentence.text() == "Nominal week: 40 of 168 hours covered, longest gap 64 h."
    assert page.coverage.waiting.text() == "A case promised within 30 min waits 64 h 30 at the worst moment."
    assert page.coverage.picture.answer(5, 3) == "Sat 3–4: nobody"


def test_typing_another_hour_changes_the_picture_at_once(page: ExceptionsPage) -> None:
    type_into(page, windows(page)[0], "end", "21")
    assert windows(page)[0].end == "21:00"
    assert page.coverage.sentence.text() == "Nominal week: 60 of 168 hours covered, longest gap 60 h."
    assert "nobody" not in page.coverage.picture.answer(0, 20)
    assert page.coverage.duties["exception"].text() == "Clear exceptions · 60 h"


def test_undo_brings_the_hours_back(page: ExceptionsPage) -> None:
    type_into(page, windows(page)[0], "end", "21")
    page.desk.workspace.undo()
    assert page.coverage.sentence.text().startswith("Nominal week: 40 of 168")


def test_a_weekday_is_a_key_away(page: ExceptionsPage) -> None:
    row = page.coverage.windows.rows[windows(page)[0].id]
    saturday = next(chip for chip in row.boxes["weekdays"].editor.chips if chip.text() == "Sat")  # type: ignore[attr-defined]
    QTest.keyClick(saturday, Qt.Key.Key_Return)
    assert page.coverage.sentence.text() == "Nominal week: 48 of 168 hours covered, longest gap 40 h."


def test_add_hours_starts_with_a_working_week_of_this_duty_and_asks_who(page: ExceptionsPage) -> None:
    page.coverage.windows.add_button.click()
    added = windows(page)[-1]
    assert (added.duty, added.start, added.end, len(added.weekdays)) == ("exception", "09:00", "17:00", 5)
    assert added.zone == page.desk.document.only(Agent).time_zone
    row = page.coverage.windows.rows[added.id]
    assert row.isAncestorOf(page.focusWidget())


def test_a_new_holder_covers_more_and_is_named_in_the_legend(page: ExceptionsPage) -> None:
    person = page.desk.document.rows(Person)[0]
    values = {"duty": "exception", "holder": person.id, "weekdays": ["sat"], "start": "00:00", "end": "24:00"}
    page.desk.workspace.run(add(CoverageWindow, values))
    assert person.name in page.coverage.picture.answer(5, 3)


def test_another_duty_shows_its_own_hours(page: ExceptionsPage) -> None:
    page.coverage.duties["first_response"].click()
    assert set(page.coverage.windows.rows) == {window.id for window in windows(page, "first_response")}
    assert page.coverage.picture.accessibleName() == "First response, hour by hour, nominal week"


def test_tab_stops_at_the_chosen_duty_and_the_arrow_keys_choose(page: ExceptionsPage) -> None:
    duties = page.coverage.duties
    assert [key for key, each in duties.items() if each.focusPolicy() & Qt.FocusPolicy.TabFocus] == ["exception"]
    duties["exception"].setFocus()
    QTest.keyClick(duties["exception"], Qt.Key.Key_Left)
    assert page.focusWidget() is duties["approve"]
    assert duties["approve"].isChecked()
    assert page.coverage.windows.duty == "approve"
    shown = [key for key, each in duties.items() if not each.isHidden()]
    seen = []
    for _ in shown:
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)
        seen.append(page.coverage.windows.duty)
    assert sorted(seen) == sorted(shown), "also those on the second line, and round to the first"
    assert [key for key, each in duties.items() if each.focusPolicy() & Qt.FocusPolicy.TabFocus] == ["approve"]


def test_hours_that_change_duty_move_to_its_list(page: ExceptionsPage) -> None:
    window = windows(page)[0]
    page.desk.workspace.run(set_fields(window.id, duty="stop"))
    assert window.id not in page.coverage.windows.rows
    page.coverage.show_duty("stop")
    assert window.id in page.coverage.windows.rows


def test_hours_without_a_duty_are_not_lost(page: ExceptionsPage) -> None:
    window = windows(page)[0]
    page.desk.workspace.run(set_fields(window.id, duty=""))
    assert page.coverage.duties[""].isVisibleTo(page)
    page.coverage.duties[""].click()
    assert list(page.coverage.windows.rows) == [window.id]
    assert page.reveal(window.id, "duty")


def test_control_delete_removes_hours_and_undo_brings_them_back(page: ExceptionsPage) -> None:
    window = windows(page)[0]
    row = page.coverage.windows.rows[window.id]
    QTest.keyClick(row, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert page.desk.document.get(CoverageWindow, window.id) is None
    page.desk.workspace.undo()
    assert window.id in page.coverage.windows.rows


def test_a_duty_that_nobody_covers_says_so(page: ExceptionsPage) -> None:
    page.desk.workspace.run(remove(*(window.id for window in windows(page))))
    assert page.coverage.sentence.text() == "Nominal week: nobody covers any of the 168 hours."
    assert page.coverage.waiting.isHidden()


def test_round_the_clock_has_no_gap(desk: Desk) -> None:
    week = nominal(desk.document, "first_response")
    assert words(said(week)) == "Nominal week: all 168 hours are covered."
    assert longest_wait(desk.document, week) is None


@pytest.mark.parametrize("kind", [Queue, ExceptionClass, CoverageWindow, ExceptionPath, ResponseTarget, SeverityRule])
def test_every_field_of_every_kind_of_this_step_can_be_reached(page: ExceptionsPage, kind: type[Row]) -> None:
    row = page.desk.document.rows(kind)[0]
    for name in editable(kind):
        assert page.reveal(row.id, name), name
        assert page.focusWidget() is not None


def test_each_control_of_the_hours_is_named_with_the_hours_it_belongs_to(page: ExceptionsPage) -> None:
    page.coverage.windows.add_button.click()
    rows = list(page.coverage.windows.rows.values())
    assert rows[0].boxes["start"].editor.control().accessibleName() == "From, hours 1"
    assert rows[1].boxes["start"].editor.control().accessibleName() == "From, hours 2"


# --- the weeks of the calendar -----------------------------------------------------------------------------


def press(page: ExceptionsPage, key: Qt.Key) -> None:
    QTest.keyClick(page.coverage.picture, key)


def test_a_page_key_shows_a_week_of_the_calendar_and_home_this_one(page: ExceptionsPage) -> None:
    coverage = page.coverage
    press(page, Qt.Key.Key_Home)
    assert coverage.sentence.text() == "Week of 16 Nov 2026: 40 of 168 hours covered, longest gap 64 h."
    assert coverage.picture.accessibleName() == "Clear exceptions, hour by hour, week of 16 Nov 2026"
    press(page, Qt.Key.Key_PageDown)
    assert coverage.sentence.text().startswith("Week of 23 Nov 2026")
    press(page, Qt.Key.Key_PageUp)
    press(page, Qt.Key.Key_PageUp)
    assert coverage.sentence.text().startswith("Week of 9 Nov 2026")
    coverage.weeks.kind.button(NOMINAL).click()
    assert coverage.sentence.text().startswith("Nominal week")
    assert not coverage.weeks.before.isVisible()


def test_the_next_odd_week_is_a_key_away_and_the_last_is_followed_by_the_first(page: ExceptionsPage) -> None:
    weeks = page.coverage.weeks
    weeks.page(0)
    QTest.keyClick(weeks.odd, Qt.Key.Key_Space)
    assert page.coverage.sentence.text() == "Week of 22 Mar 2027: 40 of 167 hours covered, longest gap 63 h."
    assert page.coverage.picture.answer(6, 2) == "Sun 28 2–3: the clock skips this hour"
    weeks.odd.click()
    assert page.coverage.sentence.text().startswith("Week of 25 Oct 2027: 40 of 169 hours")
    weeks.odd.click()
    assert page.coverage.sentence.text().startswith("Week of 22 Mar 2027")


def test_a_closure_is_marked_and_says_who_is_not_there(page: ExceptionsPage) -> None:
    page.coverage.weeks.page(5)
    assert page.coverage.sentence.text() == "Week of 21 Dec 2026: 32 of 168 hours covered, longest gap 88 h."
    assert page.coverage.picture.answer(4, 10) == "Fri 25 10–11: nobody; not there that day: Marc Oyelaran"
    closures = windows(page)[0].closures
    page.desk.workspace.run(set_fields(windows(page)[0].id, closures=closures[1:]))
    assert page.coverage.picture.answer(4, 10) == "Fri 25 10–11: Marc Oyelaran"


def test_an_hour_explains_itself(page: ExceptionsPage) -> None:
    page.coverage.picture.setFocus()
    press(page, Qt.Key.Key_Down)
    assert page.coverage.hour.text() == "Tue 0–1: nobody"
    for _ in range(10):
        press(page, Qt.Key.Key_Right)
    told = "Tue 10–11: Marc Oyelaran (Mon to Fri 09:00–17:00, not on 25 Dec 2026, 1 Jan 2027)"
    assert page.coverage.hour.text() == page.coverage.picture.accessibleDescription() == told
    type_into(page, windows(page)[0], "start", "11")
    assert page.coverage.hour.text() == "Tue 10–11: nobody"


def test_the_figures_stand_beside_the_picture(page: ExceptionsPage) -> None:
    assert page.coverage.figures.told == (
        "Uncovered, nominal: 128 h of 168 h",
        "Longest gap: 64 h",
        "One person alone: 40 h",
        "People: 1",
        "At the worst minute: 30 min takes 64 h 30; 1 h takes 65 h; 4 h takes 68 h; 8 h takes 72 h",
        "53 real weeks: 6,800 h uncovered, longest gap 88 h, from 24 Dec 2026, 17:00 Europe/Berlin",
        "Clock changes: 168 h nominal; 167 h in the week of 22 Mar 2027; 169 h in the week of 25 Oct 2027",
    )
    page.coverage.weeks.page(5)
    assert page.coverage.figures.told[:3] == (
        "Uncovered: 136 h of 168 h",
        "Longest gap: 88 h",
        "One person alone: 32 h",
    )
    page.coverage.duties["first_response"].click()
    page.coverage.weeks.kind.button(NOMINAL).click()
    assert "At the worst minute: 30 min holds" in page.coverage.figures.told


def test_a_hand_over_that_does_not_meet_is_an_odd_week(page: ExceptionsPage) -> None:
    person = page.desk.document.rows(Person)[0]
    for zone, start, end in (("Europe/London", "08:00", "20:00"), ("America/New_York", "15:00", "03:00")):
        values = {"holder": person.id, "weekdays": windows(page)[0].weekdays, "zone": zone, "start": start, "end": end}
        page.desk.workspace.run(add(CoverageWindow, {"duty": "interrupt", **values}))
    for window in windows(page, "interrupt")[:1]:
        page.desk.workspace.run(remove(window.id))
    page.coverage.show_duty("interrupt")
    holes = (
        "Holes in a hand-over: 5 h in the week of 15 Mar 2027; 5 h in the week of 22 Mar 2027; 5 h in the week of 1 Nov"
    )
    assert any(told.startswith(holes) for told in page.coverage.figures.told)
    page.coverage.weeks.page(0)
    page.coverage.weeks.odd.click()
    assert page.coverage.weeks.monday == date(2027, 3, 15)


def on_a_class(window: Window, **values: object) -> ExceptionClass:
    """The focus in what the reviewer may do, in a class with these values."""
    window.desk.workspace.run(add(ExceptionClass, {"name": "Ambiguous input", **values}))
    made = window.desk.document.rows(ExceptionClass)[-1]
    window.desk.open_place("exceptions", made.id, "allowed_actions")
    QApplication.processEvents()
    return made


def test_one_class_answers_for_all_that_are_empty(make_window: Callable[..., Window]) -> None:
    window, keyboard = make_window(), Keyboard()
    workspace = window.desk.workspace
    queue = window.desk.document.rows(Queue)[0]
    workspace.run(remove(*(kind.id for kind in window.desk.document.rows(ExceptionClass))))
    for name in ("Policy conflict", "Missing data"):
        workspace.run(add(ExceptionClass, {"name": name}))
    others = window.desk.document.rows(ExceptionClass)
    first = on_a_class(window, queue=queue.id, within=30)
    keyboard.type("Ask back")
    keyboard.press("Ctrl+Shift+D")
    said = "2 classes were filled in as for “Ambiguous input”, where they were empty. One undo takes it back."
    assert window.bar.sentence.text() == said
    filled = [(row.queue, row.within, row.allowed_actions) for row in window.desk.document.rows(ExceptionClass)]
    assert filled == [(queue.id, 30, "Ask back")] * 3
    window.undo()
    assert [window.desk.document.find(row.id) for row in others] == list(others)
    kept = window.desk.document.get(ExceptionClass, first.id)
    assert kept is not None
    assert kept.allowed_actions == "Ask back"


def test_with_nothing_to_fill_in_it_says_so(make_window: Callable[..., Window]) -> None:
    window, keyboard = make_window(), Keyboard()
    on_a_class(window)
    keyboard.tab_to("Same for the others, where empty")
    keyboard.press("Return")
    assert window.bar.sentence.text() == "No other class is empty where “Ambiguous input” has an answer."


def test_a_name_that_waits_is_to_be_taken_before_the_others_get_the_same(make_window: Callable[..., Window]) -> None:
    window, keyboard = make_window(), Keyboard()
    made = on_a_class(window)
    window.desk.open_place("exceptions", made.id, "reviewer")
    name = QApplication.focusWidget()
    keyboard.type("Zoe Quast")
    before = window.desk.document
    keyboard.press("Ctrl+Shift+D")
    assert window.bar.sentence.text() == (
        "First take or put right what is typed here (Reviewed by, Ambiguous input), or leave it as it was, with Esc."
    )
    assert QApplication.focusWidget() is name
    assert window.desk.document == before
    window._warned = untaken_in(window)


def test_with_several_classes_open_the_keys_mean_the_one_in_which_the_focus_is(
    make_window: Callable[..., Window],
) -> None:
    window, keyboard = make_window(), Keyboard()
    first = window.desk.document.rows(ExceptionClass)[0]
    window.desk.open_place("exceptions", first.id, "reviewer")
    name = QApplication.focusWidget()
    assert name is not None
    keyboard.press("Ctrl+A")
    keyboard.type("Zoe Quast")
    on_a_class(window)
    keyboard.press("Ctrl+Shift+D")
    assert window.bar.sentence.text() == "No other class is empty where “Ambiguous input” has an answer."
    window.foot.parked.setFocus()
    keyboard.press("Ctrl+Shift+D")
    assert window.bar.sentence.text() == "Go to the class whose answers the others should get."
    window._warned = untaken_in(window)
