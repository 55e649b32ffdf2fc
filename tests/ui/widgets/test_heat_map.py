"""The week of a duty: what each hour says, by keyboard and as a picture."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.heat_map import NO_SUCH_HOUR, NOBODY, HeatMap

OFFICE = tuple(tuple(0 if day < 5 and 9 <= hour < 17 else NOBODY for hour in range(24)) for day in range(7))


@pytest.fixture
def theme(theme: Theme) -> Iterator[Theme]:
    """The look of the program, put back after each test."""
    yield theme
    theme.use("light")
    theme.set_zoom(1.0)


@pytest.fixture
def heat_map(qtbot: QtBot, theme: Theme) -> HeatMap:
    made = HeatMap(theme)
    qtbot.addWidget(made)
    made.show_week("Clear exceptions, hour by hour", OFFICE, ["Billing leads"], (5, 3))
    made.resize(made.sizeHint())
    made.show()
    return made


def test_every_hour_says_who_answers(heat_map: HeatMap) -> None:
    assert heat_map.answer(0, 9) == "Mon 9–10: Billing leads"
    assert heat_map.answer(5, 3) == "Sat 3–4: nobody"


def test_the_arrows_walk_from_hour_to_hour_and_round_the_week(qtbot: QtBot, heat_map: HeatMap) -> None:
    assert heat_map.accessibleDescription() == "Mon 0–1: nobody"
    qtbot.keyClick(heat_map, Qt.Key.Key_Left)
    assert heat_map.accessibleDescription() == "Mon 23–24: nobody"
    qtbot.keyClick(heat_map, Qt.Key.Key_Up)
    assert heat_map.accessibleDescription() == "Sun 23–24: nobody"


def test_an_hour_that_nobody_covers_is_a_hole_in_the_picture(heat_map: HeatMap, theme: Theme) -> None:
    image = heat_map.grab().toImage()
    covered, hole = heat_map._cell(0, 10), heat_map._cell(6, 10)
    assert image.pixelColor(covered.center().toPoint()) == theme.colour("exception")
    corner = hole.topLeft().toPoint()
    assert image.pixelColor(corner.x() + 4, corner.y() + 2).name() == theme.colour("bad_soft").name()


def test_it_grows_with_the_zoom(heat_map: HeatMap, theme: Theme) -> None:
    before = heat_map.sizeHint()
    theme.set_zoom(2.0)
    assert heat_map.sizeHint().width() == 2 * before.width()
    assert heat_map.sizeHint().height() >= 2 * before.height() - 8


DATES = ("Mon 22", "Tue 23", "Wed 24", "Thu 25", "Fri 26", "Sat 27", "Sun 28")
CLOCK_CHANGE = (*OFFICE[:6], (NOBODY, NOBODY, NO_SUCH_HOUR, *OFFICE[6][3:]))
OFF = ((), (), (), (), ("Billing leads",), (), ())


def test_a_week_of_the_calendar_has_dates_and_may_skip_an_hour(heat_map: HeatMap) -> None:
    before = heat_map.grab().toImage()
    heat_map.show_week("Week of 22 Mar", CLOCK_CHANGE, ["Billing leads"], days=DATES, off=OFF)
    assert heat_map.answer(6, 2) == "Sun 28 2–3: the clock skips this hour"
    assert heat_map.answer(4, 20) == "Fri 26 20–21: nobody; not there that day: Billing leads"
    assert heat_map.answer(4, 10) == "Fri 26 10–11: Billing leads"
    assert heat_map.grab().toImage() != before


def test_an_hour_says_what_explains_it(qtbot: QtBot, heat_map: HeatMap) -> None:
    heat_map.show_week("Week", OFFICE, ["Billing leads"], explain=lambda weekday, hour: "Dana" if hour == 9 else "")
    assert heat_map.told(0, 9) == "Mon 9–10: Dana"
    with qtbot.waitSignal(heat_map.walked) as walked:
        qtbot.keyClick(heat_map, Qt.Key.Key_Right)
    assert walked.args == ["Mon 1–2: nobody"]


def test_a_press_chooses_the_hour_below_it(qtbot: QtBot, heat_map: HeatMap) -> None:
    with qtbot.waitSignal(heat_map.walked) as walked:
        qtbot.mouseClick(heat_map, Qt.MouseButton.LeftButton, pos=heat_map._cell(2, 10).center().toPoint())
    assert walked.args == ["Wed 10–11: Billing leads"]


def test_the_keys_for_a_page_ask_for_another_week_where_there_are_more(
    qtbot: QtBot, heat_map: HeatMap, theme: Theme
) -> None:
    with qtbot.assertNotEmitted(heat_map.paged):
        qtbot.keyClick(heat_map, Qt.Key.Key_PageDown)
    paging = HeatMap(theme, paging=True)
    qtbot.addWidget(paging)
    asked: list[int] = []
    paging.paged.connect(asked.append)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        qtbot.keyClick(paging, key)
    assert asked == [1, -1, 0]
