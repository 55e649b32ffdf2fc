"""One of a few: the chosen one is what Tab stops at, and its words are never cut."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.messages import msg
from ui.theme import THEMES, Theme, read_tokens, stylesheet
from ui.widgets.reading_order import controls_of
from ui.widgets.segments import Choosing


@pytest.fixture
def choosing(qtbot: QtBot, theme: Theme) -> Choosing:
    made = Choosing(msg("When does it fail?"), (msg("Friday 16:37"), msg("Saturday 03:00"), msg("Another moment")))
    qtbot.addWidget(made)
    made.choose(1)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_tab_stops_at_the_chosen_one_alone(choosing: Choosing) -> None:
    assert list(controls_of(choosing)) == [choosing.button(1)]
    choosing.choose(2)
    assert list(controls_of(choosing)) == [choosing.button(2)]


def test_arrow_keys_go_to_the_neighbours(qtbot: QtBot, choosing: Choosing) -> None:
    choosing.button(1).setFocus()
    qtbot.keyClick(choosing.button(1), Qt.Key.Key_Right)
    focused = QApplication.focusWidget()
    assert focused is choosing.button(2)
    with qtbot.waitSignal(choosing.chosen):
        qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert choosing.place == 2


@pytest.mark.parametrize("theme_name", THEMES)
def test_a_chosen_one_is_as_heavy_as_the_others_so_that_its_words_fit(theme_name: str) -> None:
    # Qt measures a button by its plain look: a heavier chosen one would be painted into too little room.
    chosen = re.findall(r":checked \{[^}]*\}", stylesheet(read_tokens(theme_name), 1.0))
    assert chosen
    assert not [rule for rule in chosen if "font-weight" in rule]
