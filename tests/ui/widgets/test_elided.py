"""A text that gives way: on a few lines, shortened at the end of the last one, whole in its hint."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.widgets.elided import ElidedLabel

QUESTION = "Where does it land, who looks, how fast, what may they do, what goes further?"


def made(qtbot: QtBot, lines: int) -> ElidedLabel:
    label = ElidedLabel(QUESTION, lines=lines)
    qtbot.addWidget(label)
    return label


def test_with_room_it_is_one_line(qtbot: QtBot) -> None:
    label = made(qtbot, 3)
    assert list(label.shown_lines(label.sizeHint().width())) == [QUESTION]


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_with_little_room_it_breaks_into_lines_and_is_shortened(qtbot: QtBot, lines: int) -> None:
    label = made(qtbot, lines)
    shown = list(label.shown_lines(label.sizeHint().width() // 5))
    assert len(shown) == lines
    assert shown[-1].endswith("…")
    assert "".join(shown).removesuffix("…") in QUESTION
    assert label.toolTip() == label.text() == QUESTION


def test_it_asks_for_the_height_of_its_lines(qtbot: QtBot) -> None:
    label = made(qtbot, 3)
    wide = label.sizeHint().width()
    line = label.fontMetrics().lineSpacing()
    assert [label.heightForWidth(width) for width in (wide, wide * 2 // 3, wide // 5)] == [line, 2 * line, 3 * line]
    assert label.heightForWidth(wide // 2 + 40) == 2 * line
