"""Points below each other: their heights are worked out once for each width, and anew when they change."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.timeline import Point, PointRow, Timeline

SHORT = Point("Page somebody", "answered", "ok", "Answers within 30 min.")
LONG = Point("Page somebody", "answered", "ok", "Answers within 30 min. " * 40)


@pytest.fixture
def timeline(qtbot: QtBot, theme: Theme) -> Timeline:
    """Three layouts deep, as on a page."""
    outside = made = QWidget()
    for _ in range(3):
        inside = QWidget()
        QVBoxLayout(made).addWidget(inside)
        made = inside
    shown = Timeline(theme)
    QVBoxLayout(made).addWidget(shown)
    qtbot.addWidget(outside)
    outside.resize(600, 400)
    with qtbot.waitExposed(outside):
        outside.show()
    shown.kept = outside  # type: ignore[attr-defined]
    return shown


def test_a_row_is_laid_out_a_few_times_however_often_it_is_asked(
    qtbot: QtBot, timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[int] = []
    lay_out = PointRow._lay_out

    def counting(row: PointRow, width: int) -> tuple[QRect, QRect, QRect]:
        laid_out.append(width)
        return lay_out(row, width)

    monkeypatch.setattr(PointRow, "_lay_out", counting)
    timeline.show_points([SHORT] * 20)
    qtbot.waitUntil(lambda: timeline.rows[-1].isVisible())
    for row in timeline.rows:
        for width in (500, 400) * 50:
            assert row.heightForWidth(width) >= 40
    assert len(laid_out) <= 20 * 6


def test_a_longer_text_and_a_larger_type_take_more_room_at_once(timeline: Timeline, theme: Theme) -> None:
    timeline.show_points([SHORT])
    (row,) = timeline.rows
    short = row.heightForWidth(400)
    timeline.show_points([LONG])
    long = row.heightForWidth(400)
    assert long > 3 * short
    theme.set_zoom(2.0)
    assert row.heightForWidth(400) > 1.5 * long
    theme.set_zoom(1.0)
    assert row.heightForWidth(400) == long
