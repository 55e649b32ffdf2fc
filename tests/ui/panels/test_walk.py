"""F8 and Shift+F8: from one open point to the next, and within the six questions while the workshop is short."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.edits.generic import add, remove, set_fields
from app.edits.raci import set_letter
from app.messages import words
from app.model.boundary import BoundaryLine
from app.model.room import Agent, Person
from app.model.stop import CompensatingTransaction, StopControl
from app.rules.finding import Finding
from app.steps import BY_ID, in_order
from tests.support.keyboard import Keyboard
from ui.window import Window

MakeWindow = Callable[..., Window]

SHIFT = Qt.KeyboardModifier.ShiftModifier


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def places(qtbot: QtBot, window: Window, times: int, *, back: bool = False) -> list[tuple[str, QWidget]]:
    """Where F8 leads, pressed this often."""
    found = []
    for _ in range(times):
        qtbot.keyClick(window, Qt.Key.Key_F8, SHIFT if back else Qt.KeyboardModifier.NoModifier)
        found.append((window.step, focused()))
    return found


def test_f8_goes_on_from_place_to_place_and_shift_f8_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    walked = places(qtbot, window, 6)
    assert all(here != there for here, there in pairwise(walked))
    assert places(qtbot, window, 5, back=True) == walked[-2::-1]


def test_f8_passes_over_the_field_that_has_the_focus_already(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    first = in_order(window.desk.workspace.findings.open, window.step)[0]
    window.desk.go_to(first)
    here = focused()
    window.foot._walk._at = None
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert focused() is not here


def test_f8_starts_with_the_most_important_point_again_from_elsewhere(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    (first, *_) = places(qtbot, window, 3)
    window.go_to_step("room")
    window.top.find_button.setFocus()
    assert places(qtbot, window, 1) == [first]


def test_f8_comes_round_to_where_it_began(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    left = window.desk.workspace.findings.open
    assert left
    begun = places(qtbot, window, 1)
    assert begun[0] in places(qtbot, window, len(left))


def test_f8_keeps_to_the_six_questions_of_a_short_workshop(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert window.foot.question.text() == "What may it do, and what goes to a person?"
    steps = [step for step, _ in places(qtbot, window, 12)]
    assert set(steps) == {"boundary", "owners", "exceptions", "change", "scorecard"}
    assert all(BY_ID[step].short_path for step in steps)
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert window.foot.question.text() != "What may it do, and what goes to a person?"


def test_with_all_six_answered_f8_says_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.toggle_short_path()
    assert window.foot.finding is None
    here = window.step
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.step == here
    assert window.bar.sentence.text() == "All six questions are answered. F7 shows all twelve steps."


def test_the_foot_follows_an_answer_in_the_short_workshop(make_window: MakeWindow) -> None:
    window = make_window()
    window.toggle_short_path()
    lines = [line.id for line in window.desk.document.rows(BoundaryLine) if line.side == "routes_out"]
    window.desk.workspace.run(remove(*lines))
    assert window.foot.question.text() == "What may it do, and what goes to a person?"
    window.undo()
    assert window.foot.finding is None


@pytest.mark.parametrize("row_class", [StopControl, CompensatingTransaction])
def test_the_first_visit_to_a_long_page_shows_the_field(
    qtbot: QtBot, make_window: MakeWindow, row_class: type[StopControl] | type[CompensatingTransaction]
) -> None:
    window = make_window()
    row = window.desk.document.rows(row_class)[-1]
    assert "stop" not in window.pages
    window.desk.open_place("stop", row.id, "last_tested")
    line = focused()
    assert line.accessibleName().startswith("Last tested")
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect() == line.rect())


def test_nothing_open_is_said(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.foot.finding = None
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.bar.sentence.text() == "Nothing is open."


def test_an_answer_on_the_way_leads_on_to_the_next_point(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    walked = places(qtbot, window, 3)
    window.go_to_step("room")
    window.top.find_button.setFocus()
    places(qtbot, window, 1)
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Northwind"))
    assert places(qtbot, window, 1) == walked[1:2]


def test_f8_goes_on_from_the_row_in_which_the_focus_is(qtbot: QtBot, make_window: MakeWindow) -> None:
    window, keyboard = make_window("billing-triage"), Keyboard()
    window.go_to_step("exceptions")
    walked = [there.accessibleName() for _, there in places(qtbot, window, 4)]
    assert walked[2:] == ["Reviewed by, Policy conflict", "Reviewed by, Missing data"]
    window.foot.go_to_finding_before()
    QApplication.processEvents()
    keyboard.tab_to("Goes further to, Policy conflict")
    assert window.foot.about.text().startswith("EXC-03")
    ((_, there),) = places(qtbot, window, 1)
    assert there.accessibleName() == "Reviewed by, Missing data"


# --- what the foot and the guide say on the way -----------------------------------------------------------


def shown(window: Window) -> tuple[str, str, str]:
    """What the foot asks, what the guide asks, and the words over that."""
    guide = window.side.guide
    return window.foot.question.text(), guide.ask.text(), guide._over_ask.text()


def test_the_foot_and_the_guide_ask_what_f8_led_to(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    for _ in range(6):
        qtbot.keyClick(window, Qt.Key.Key_F8)
        at = window.foot.finding
        assert isinstance(at, Finding)
        asked = words(at.question)
        assert shown(window) == (asked, asked, f"Ask the room · {at.code}")
        assert window.foot.about.text().startswith(at.code)
        assert window.side.guide.listen.text() == words(at.detail)


def test_the_foot_asks_what_the_guide_led_to_and_f8_goes_on_from_there(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    on_the_page = window.desk.workspace.findings.on(window.step)
    assert len(on_the_page) > 2
    window.desk.go_to(on_the_page[1])
    assert shown(window)[0] == words(on_the_page[1].question)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.foot.finding == on_the_page[2]


def test_once_it_is_answered_the_foot_asks_the_first_of_the_step(make_window: MakeWindow) -> None:
    window = make_window("empty")
    workspace = window.desk.workspace
    found = next(each for each in workspace.findings.open if each.code == "OWN-01")
    window.desk.go_to(found)
    assert shown(window)[0] == "Whose name goes next to the workflow?"
    workspace.run(add(Person, {"name": "Nadia Fuchs"}))
    workspace.run(set_fields(found.subject, person=window.desk.document.rows(Person)[0].id))
    workspace.check_now()
    first = in_order(workspace.findings.open, "owners")[0]
    step = BY_ID["owners"]
    assert shown(window) == (words(first.question), words(step.ask), "Ask the room")


def test_the_foot_lets_go_where_the_focus_leaves_on_the_page_and_only_there(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window("empty")
    found = window.desk.workspace.findings.on("owners")[-1]
    window.desk.go_to(found)
    step = window.step
    here = focused()
    assert shown(window)[0] == words(found.question)
    window.foot.parked.setFocus()
    assert shown(window)[0] == words(found.question), "the buttons of the foot are about what stands there"
    here.setFocus()
    assert shown(window)[0] == words(found.question)
    qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert focused() is not here
    assert shown(window)[0] == words(found.question), "still in the card in which it is answered"
    window.page(step).focus_first()
    first = in_order(window.desk.workspace.findings.open, step)[0]
    assert (window.step, window.foot.finding, shown(window)[2]) == (step, first, "Ask the room")


def test_the_foot_lets_go_of_a_cell_when_another_one_is_chosen(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    workspace = window.desk.workspace
    workspace.run(set_letter("L01", "WO", "-", "a mistake"))
    workspace.check_now()
    found = next(each for each in workspace.findings.open if each.code == "RAC-01")
    window.desk.go_to(found)
    assert shown(window)[0] == "Who is the one accountable here?"
    qtbot.keyClick(focused(), Qt.Key.Key_Right)
    assert shown(window)[2] == "Ask the room"


def test_a_press_of_the_mouse_leads_on_from_point_to_point(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    walked = []
    for _ in range(3):
        qtbot.mouseClick(window.foot.go, Qt.MouseButton.LeftButton)
        walked.append((window.foot.finding, focused()))
    assert len(set(walked)) == 3


def test_the_foot_asks_the_question_of_a_short_workshop_it_led_to(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    qtbot.keyClick(window, Qt.Key.Key_F7)
    asked = []
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F8)
        asked.append(window.foot.about.text()[: len("Question 1")])
    assert asked == ["Question 1", "Question 2", "Question 3"]
