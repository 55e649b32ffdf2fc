"""The dial by keyboard, by mouse and as it is read aloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.policy.oversight import BARRED, DUAL, IN, ON, OUT, SHADOW
from ui.icons import Icons
from ui.theme import Theme
from ui.widgets.dial import LETTERS, Dial, DialState, mode_menu


@pytest.fixture
def theme(theme: Theme) -> Iterator[Theme]:
    """The look of the program, put back after each test."""
    yield theme
    theme.use("light")
    theme.set_zoom(1.0)


@pytest.fixture
def dial(qtbot: QtBot, theme: Theme) -> Dial:
    made = Dial(theme, Icons(theme))
    qtbot.addWidget(made)
    made.show_state(DialState(IN, IN, ON), "Send reply")
    made.resize(made.sizeHint())
    made.show()
    return made


def picked(qtbot: QtBot, dial: Dial, key: Qt.Key | str) -> object:
    with qtbot.waitSignal(dial.picked) as asked:
        if isinstance(key, str):
            qtbot.keyClicks(dial, key)
        else:
            qtbot.keyClick(dial, key)
    return asked.args[0]


def test_right_gives_people_less_of_a_say_and_left_more(qtbot: QtBot, dial: Dial) -> None:
    assert picked(qtbot, dial, Qt.Key.Key_Right) == ON
    assert picked(qtbot, dial, Qt.Key.Key_Left) == SHADOW


def test_the_letter_of_a_stop_means_what_the_stop_means(qtbot: QtBot, dial: Dial) -> None:
    dial.show_state(DialState(SHADOW, DUAL, DUAL), "Reset a password")
    assert picked(qtbot, dial, "i") == DUAL


@pytest.mark.parametrize(("letter", "mode"), LETTERS.items())
def test_a_letter_picks_a_mode(qtbot: QtBot, dial: Dial, letter: str, mode: str) -> None:
    assert picked(qtbot, dial, letter) == mode


def test_the_ends_hold() -> None:
    assert DialState(SHADOW, IN, ON).beside(-1) == SHADOW
    assert DialState(OUT, IN, ON).beside(1) == OUT


def test_from_no_mode_and_from_barred_right_goes_to_shadow() -> None:
    assert DialState("", IN, ON).beside(1) == SHADOW
    assert DialState(BARRED, BARRED, BARRED).beside(1) == SHADOW


def test_the_second_stop_means_two_approvers_where_one_is_below_the_floor() -> None:
    assert DialState(SHADOW, DUAL, DUAL).beside(1) == DUAL
    assert DialState(DUAL, DUAL, DUAL).beside(1) == ON
    assert DialState(IN, DUAL, DUAL).below_floor


def test_a_click_picks_the_stop_under_it(qtbot: QtBot, dial: Dial) -> None:
    with qtbot.waitSignal(dial.picked) as asked:
        qtbot.mouseClick(dial, Qt.MouseButton.LeftButton, pos=QPoint(dial.width() - 10, dial.height() // 2))
    assert asked.args == [OUT]


def test_the_dial_does_not_set_itself(qtbot: QtBot, dial: Dial) -> None:
    picked(qtbot, dial, "o")
    assert dial.state.mode == IN


def test_it_is_read_aloud_with_its_action_its_mode_and_its_floor(dial: Dial) -> None:
    assert dial.accessibleName() == "Human oversight of Send reply: In the loop"
    dial.show_state(DialState(OUT, IN, IN), "Send reply")
    assert dial.accessibleName() == "Human oversight of Send reply: Out of the loop"
    assert dial.accessibleDescription() == "Out of the loop, below its floor: In the loop"


def test_the_menu_offers_all_six_modes_and_says_which_are_below_the_floor(dial: Dial) -> None:
    menu = mode_menu(dial, DialState(IN, IN, IN))
    below = {action.data() for action in menu.actions() if "below its floor" in action.text()}
    assert {action.data() for action in menu.actions()} == set(LETTERS.values())
    assert below == {ON, OUT}
    assert [action.data() for action in menu.actions() if action.isChecked()] == [IN]


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_below_the_floor_is_painted_in_the_colour_of_a_blocker(dial: Dial, theme: Theme, look: str) -> None:
    theme.use(look)
    dial.show_state(DialState(ON, IN, IN), "Refund")
    assert _at(dial, 2) == theme.colour("bad").name()
    dial.show_state(DialState(ON, IN, ON), "Refund")
    assert _at(dial, 2) == theme.colour("accent").name()


def test_the_band_runs_from_start_to_floor() -> None:
    assert list(DialState(IN, IN, ON).band) == [1, 2]
    assert list(DialState(OUT, SHADOW, OUT).band) == [0, 1, 2, 3]
    assert list(DialState(DUAL, DUAL, DUAL).band) == [1]
    assert list(DialState(BARRED, BARRED, BARRED).band) == []


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_the_band_is_shaded_and_what_is_beyond_is_not(dial: Dial, theme: Theme, look: str) -> None:
    theme.use(look)
    dial.show_state(DialState(SHADOW, IN, ON), "Send reply")
    assert [_at(dial, stop) for stop in (1, 2)] == [theme.colour("accent_soft").name()] * 2
    assert _at(dial, 3) != theme.colour("accent_soft").name()


def test_an_action_that_never_graduates_carries_a_padlock_at_its_floor(dial: Dial) -> None:
    dial.show_state(DialState(SHADOW, IN, IN), "Refund")
    plain = dial.grab().toImage()
    dial.show_state(DialState(SHADOW, IN, IN, never_graduates=True), "Refund")
    assert dial.grab().toImage() != plain


def test_it_grows_with_the_zoom(dial: Dial, theme: Theme) -> None:
    before = dial.sizeHint()
    theme.set_zoom(2.0)
    assert dial.sizeHint() == before * 2
    dial.resize(dial.sizeHint())
    assert _at(dial, 1) == theme.colour("accent").name()


def _at(dial: Dial, stop: int) -> str:
    """The ground of a stop, near its upper left corner."""
    image: QImage = dial.grab().toImage()
    return image.pixelColor(dial.width() * stop // 4 + 4, dial.height() // 5).name()
