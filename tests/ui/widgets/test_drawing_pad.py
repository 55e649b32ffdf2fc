"""The drawing pad: strokes in, text out, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.model.commit import Signature
from app.model.fields import fields_of
from ui.theme import Theme
from ui.widgets.drawing_pad import LONGEST, DrawingPad, read_strokes, written

POINT = st.tuples(st.integers(0, 1000), st.integers(0, 1000))


@pytest.fixture
def pad(qtbot: QtBot, theme: Theme) -> DrawingPad:
    made = DrawingPad(theme)
    qtbot.addWidget(made)
    made.resize(300, 96)
    made.show()
    return made


def draw(qtbot: QtBot, pad: DrawingPad, *points: tuple[int, int]) -> None:
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[0]))
    for point in points[1:]:
        qtbot.mouseMove(pad, QPoint(*point))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


@given(st.lists(st.lists(POINT, min_size=1, max_size=20), max_size=8))
def test_strokes_come_back_as_they_were(strokes: list[list[tuple[int, int]]]) -> None:
    assert read_strokes(written(strokes)) == strokes


@given(st.text(max_size=60))
def test_any_text_is_read_without_harm(text: str) -> None:
    for stroke in read_strokes(text):
        assert stroke


def test_a_stroke_does_not_depend_on_the_size(qtbot: QtBot, pad: DrawingPad) -> None:
    draw(qtbot, pad, (3, 12), (150, 48))
    assert pad.drawing() == "10,125 500,500"
    pad.resize(600, 96)
    assert pad.drawing() == "10,125 500,500"


def test_del_takes_the_last_stroke_back(qtbot: QtBot, pad: DrawingPad) -> None:
    draw(qtbot, pad, (10, 10), (20, 20))
    first = pad.drawing()
    draw(qtbot, pad, (30, 30), (40, 40))
    qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.drawing() == first
    pad.clear()
    assert pad.drawing() == ""
    assert pad.accessibleDescription() == "empty"


def test_the_longest_drawing_still_fits_its_field(qtbot: QtBot, pad: DrawingPad) -> None:
    pad._strokes = [[(x % 1000, 999) for x in range(LONGEST // 8)]]
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    for x in range(400):
        qtbot.mouseMove(pad, QPoint(10 + x % 200, 5 + x % 60))
    assert fields_of(Signature)["drawing"].limit == LONGEST
    assert len(pad.drawing()) <= LONGEST
