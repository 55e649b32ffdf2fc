"""Themes, zoom and room: everything stays readable and reachable."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.steps import STEPS
from ui.theme import THEMES, ZOOMS, Theme, read_tokens, stylesheet
from ui.widgets.editors.typing import Prose
from ui.widgets.matrix import MatrixTable
from ui.window import Window

MakeWindow = Callable[..., Window]

TEXT_ON = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink_2", "card"),
    ("ink_2", "sunken"),
    ("ink_3", "paper"),
    ("ink_3", "card"),
    ("accent", "card"),
    ("accent", "accent_soft"),
    ("on_strong", "accent"),
    ("ink", "accent_tint"),
    *((token, "card") for token in ("workflow", "system", "exception", "outcome", "bad", "warn", "ok")),
    *((token, f"{token}_soft") for token in ("workflow", "system", "exception", "outcome", "bad", "warn", "ok")),
]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_text_stands_out_from_its_ground(name: str) -> None:
    colours = read_tokens(name).colours
    wanted = 7.0 if name == "contrast" else 4.5
    poor = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT_ON}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < wanted} == {}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("zoom", [ZOOMS[0], 1.0, ZOOMS[-1]])
def test_the_stylesheet_has_every_token_and_size_put_in(name: str, zoom: float) -> None:
    sheet = stylesheet(read_tokens(name), zoom)
    assert "@" not in sheet
    assert "sp;" not in sheet


def test_every_theme_has_the_same_tokens() -> None:
    assert len({frozenset(read_tokens(name).colours) for name in THEMES}) == 1


def test_zoom_stays_on_its_steps(qapp: QApplication, theme: Theme) -> None:
    theme.set_zoom(9)
    assert theme.zoom == 2.0
    theme.zoom_by(1)
    assert theme.zoom == 2.0
    assert theme.px(10) == 20
    theme.set_zoom(0.1)
    assert theme.zoom == 0.8
    theme.set_zoom(1)


@pytest.mark.parametrize("step", [step.id for step in STEPS])
def test_a_page_fits_a_laptop_at_200_percent(make_window: MakeWindow, step: str) -> None:
    window = make_window()
    window.desk.theme.set_zoom(2.0)
    window.resize(1280, 800)
    window.show_step(step)
    QApplication.processEvents()
    assert window.minimumSizeHint().width() <= 1280
    page = window.pages[step]
    assert page._body.width() <= page.scroller.viewport().width()


def test_the_guide_waits_for_f1_where_there_is_little_room(make_window: MakeWindow) -> None:
    window = make_window()
    assert window.side.isVisible()
    window.resize(900, 700)
    assert not window.side.isVisible()
    window.do("guide")
    assert window.side.isVisible()


@pytest.mark.parametrize("step", ["change", "stop", "readiness"])
def test_where_the_guide_is_away_its_edge_says_that_f1_brings_it(make_window: MakeWindow, step: str) -> None:
    window = make_window()
    window.show_step(step)
    handle = window.side.handle
    assert not window.side.isVisible()
    assert handle.isVisible()
    still = window.side.guide.still.text()
    assert handle.accessibleName() == f"Guide (F1) · {still}"
    handle.setFocus()
    QTest.keyClick(handle, Qt.Key.Key_Return)
    assert window.side.guide.isVisible()
    assert not handle.isVisible()
    window.do("guide")
    assert handle.isVisible()
    window.show_step("room")
    assert window.side.guide.isVisible()
    assert not handle.isVisible()


class _Counting(QWidget):
    """Counts how often it is restyled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.times = 0

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.times += event.type() == QEvent.Type.StyleChange


def test_a_zoom_restyles_what_lies_deep_as_seldom_as_what_does_not(qtbot: QtBot, theme: Theme) -> None:
    outermost = QWidget()
    qtbot.addWidget(outermost)
    deepest = _Counting(outermost)
    for _ in range(12):
        deepest = _Counting(deepest)
    outermost.show()
    deepest.times = 0
    theme.set_zoom(1.25)
    assert 1 <= deepest.times <= 2
    theme.set_zoom(1.0)
    assert deepest.font().pixelSize() == 14


@pytest.mark.parametrize("zoom", [1.0, 1.25, 2.0])
def test_prose_whose_lines_all_fit_has_no_scroll_bar(make_window: MakeWindow, zoom: float) -> None:
    window = make_window()
    window.desk.theme.set_zoom(zoom)
    window.show_step("boundary")
    QApplication.processEvents()
    shown = [prose for prose in window.pages["boundary"].findChildren(Prose) if prose.isVisible()]
    assert shown
    assert not [prose for prose in shown if prose.verticalScrollBar().isVisible()]


def test_the_rail_keeps_the_current_step_in_sight(make_window: MakeWindow) -> None:
    window = make_window()
    window.desk.theme.set_zoom(2.0)
    QApplication.processEvents()
    for step in ("scorecard", "room", "signoff"):
        window.show_step(step)
        item = window.rail.items[step]
        assert item.visibleRegion().boundingRect() == item.rect()
    window.desk.theme.set_zoom(1.75)
    item = window.rail.items["signoff"]
    window.desk.theme.set_zoom(2.0)
    QApplication.processEvents()
    assert item.visibleRegion().boundingRect() == item.rect()


def test_the_clock_shows_an_icon_and_no_sign_that_a_font_may_lack(make_window: MakeWindow) -> None:
    clock = make_window().top.clock
    assert clock.text().isascii()
    paused = clock.icon().cacheKey()
    clock.toggle()
    assert clock.text().isascii()
    assert clock.icon().cacheKey() != paused
    clock.toggle()


def test_the_frozen_names_of_the_matrix_hide_no_column_after_the_theme_changed_elsewhere(
    make_window: MakeWindow,
) -> None:
    window = make_window()
    for step in ("raci", "room"):
        window.show_step(step)
        QApplication.processEvents()
    window.do("theme_dark")
    window.show_step("raci")
    QApplication.processEvents()
    (table,) = window.pages["raci"].findChildren(MatrixTable)
    assert table.viewport().x() > table.verticalHeader().geometry().right()


def test_the_guide_takes_its_own_width_whatever_the_zoom_was_before(qtbot: QtBot, make_window: MakeWindow) -> None:
    as_it_should = make_window().side.width()
    for other in (2.0, 1.5):
        window = make_window()
        window.close()
        window.desk.theme.set_zoom(other)
        window = make_window()
        window.desk.theme.set_zoom(1.0)
        qtbot.waitUntil(window.side.isVisible)
        qtbot.waitUntil(lambda: window.side.width() == window.side.guide.width() == as_it_should)  # noqa: B023
