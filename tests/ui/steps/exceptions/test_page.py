"""The Exceptions page: hours as rows with a picture that follows, and every field of the step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
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
from ui.desk import Desk
from ui.steps.exceptions.coverage import longest_wait, said
from ui.steps.exceptions.page import ExceptionsPage
from ui.widgets.editors.typing import LineEditor
from ui.widgets.form import editable


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
    assert page.coverage.sentence.text() == "40 of 168 hours covered, longest gap 64 h."
    assert page.coverage.waiting.text() == "A case promised within 30 min waits 64 h 30 at the worst moment."
    assert page.coverage.picture.answer(5, 3) == "Sat 3–4: nobody"


def test_typing_another_hour_changes_the_picture_at_once(page: ExceptionsPage) -> None:
    type_into(page, windows(page)[0], "end", "21")
    assert windows(page)[0].end == "21:00"
    assert page.coverage.sentence.text() == "60 of 168 hours covered, longest gap 60 h."
    assert "nobody" not in page.coverage.picture.answer(0, 20)
    assert page.coverage.duties["exception"].text() == "Clear exceptions · 60 h"


def test_undo_brings_the_hours_back(page: ExceptionsPage) -> None:
    type_into(page, windows(page)[0], "end", "21")
    page.desk.workspace.undo()
    assert page.coverage.sentence.text().startswith("40 of 168")


def test_a_weekday_is_a_key_away(page: ExceptionsPage) -> None:
    row = page.coverage.windows.rows[windows(page)[0].id]
    saturday = next(chip for chip in row.boxes["weekdays"].editor.chips if chip.text() == "Sat")  # type: ignore[attr-defined]
    QTest.keyClick(saturday, Qt.Key.Key_Return)
    assert page.coverage.sentence.text() == "48 of 168 hours covered, longest gap 40 h."


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
    assert page.coverage.picture.accessibleName() == "First response, hour by hour"


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
    assert page.coverage.sentence.text() == "Nobody covers any of the 168 hours."
    assert page.coverage.waiting.isHidden()


def test_round_the_clock_has_no_gap(desk: Desk) -> None:
    week = nominal(desk.document, "first_response")
    assert words(said(week)) == "All 168 hours are covered."
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
