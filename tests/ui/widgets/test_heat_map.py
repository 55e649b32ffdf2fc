"""The week of a duty: what each hour says, by keyboard and as a picture."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.heat_map import NOBODY, HeatMap

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
