"""The short workshop in the window: the rail, the questions, the clock, and the way back to all twelve."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.model.room import Workshop
from app.steps import STEPS
from ui.panels.six import SixQuestions
from ui.window import Window

MakeWindow = Callable[..., Window]

SHORT = ["room", "boundary", "owners", "exceptions", "change", "scorecard", "readiness", "signoff"]


def six_on(window: Window, step: str) -> SixQuestions:
    found = window.page(step).findChild(SixQuestions)
    assert isinstance(found, SixQuestions)
    return found


def test_a_key_shortens_the_rail_and_numbers_it_anew(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert window.rail.shown() == SHORT
    assert [window.rail.items[step].number for step in SHORT] == [1, 2, 3, 4, 5, 6, 7, 8]
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.step == "exceptions"
    qtbot.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert window.step == "change"


def test_all_twelve_are_one_key_away(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert window.rail.all_button.isVisible()
    qtbot.mouseClick(window.rail.all_button, Qt.MouseButton.LeftButton)
    assert len(window.rail.shown()) == len(STEPS)
    assert not window.rail.all_button.isVisible()


def test_undo_takes_the_short_workshop_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert window.desk.document.only(Workshop).short_path
    window.undo()
    assert not window.desk.document.only(Workshop).short_path
    assert len(window.rail.shown()) == len(STEPS)


def test_a_page_says_first_what_its_questions_are(make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.show_step("owners")
    six = six_on(window, "owners")
    assert not six.isVisible()
    window.toggle_short_path()
    assert six.isVisible()
    assert window.page("owners").body.indexOf(six) == 0
    titles = [row.point.title for row in six.points.rows]
    assert titles == ["2  Who owns the workflow?", "3  Who keeps the system healthy?"]


def test_readiness_lists_all_six_and_return_goes_to_the_place(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.toggle_short_path()
    window.show_step("readiness")
    rows = six_on(window, "readiness").points.rows
    assert len(rows) == 6
    qtbot.keyClick(rows[5], Qt.Key.Key_Return)
    assert window.step == "scorecard"


def test_what_is_left_out_is_not_hidden(make_window: MakeWindow) -> None:
    window = make_window("empty")
    before = window.desk.workspace.findings.all
    window.toggle_short_path()
    window.desk.workspace.check_now()
    assert window.desk.workspace.findings.all == before
    beside = next(finding for finding in before if finding.code == "OVR-15")
    window.desk.go_to(beside)
    assert window.step == "oversight"
    assert "oversight" in window.rail.shown()
    assert window.rail.items["oversight"].number == 0
    window.show_step("owners")
    assert window.rail.shown() == SHORT


def test_switching_it_on_beside_the_path_goes_on_along_it(make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.show_step("stop")
    window.toggle_short_path()
    assert window.step == "scorecard"


def test_the_clock_follows_the_plan_of_45_minutes(make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.show_step("owners")
    assert window.top.clock.text() == "0:00 of 20 min"
    window.toggle_short_path()
    assert window.top.clock.text() == "0:00 of 10 min"
    assert "All 8 steps: 0 of 45 min." in window.top.clock.toolTip()
