"""No window and no dialog is larger than the screen: at twice the size from the start, and from a larger screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.template_list import SAMPLE
from tests.ui.conftest import MakeDesk
from ui import screen
from ui.desk import Desk
from ui.settings import Settings
from ui.theme import Theme
from ui.window import Window

LAPTOPS = [(1280, 800), (1024, 768)]

Screen = Callable[[int, int], QRect]


@pytest.fixture
def show_on(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Have the screen be so large; the one drawn in memory is smaller."""

    def on(width: int, height: int) -> QRect:
        there = QRect(0, 0, width, height)
        monkeypatch.setattr(screen, "available", lambda window: there)
        return there

    return on


@pytest.fixture
def large(theme: Theme) -> Iterator[Theme]:
    """Twice the size, before there is a window."""
    theme.set_zoom(2.0)
    yield theme
    theme.set_zoom(1.0)


def shown(qtbot: QtBot, desk: Desk, geometry: str = "") -> Window:
    window = Window(desk, Settings(geometry=geometry))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    QApplication.processEvents()
    return window


def frame_of(window: QWidget) -> QRect:
    return QRect(window.pos(), window.size() + screen.FRAME)


@pytest.mark.parametrize(("width", "height"), LAPTOPS)
def test_at_twice_the_size_the_window_fits_from_the_start(
    qtbot: QtBot, make_desk: MakeDesk, large: Theme, show_on: Screen, width: int, height: int
) -> None:
    show_on(width, height)
    window = shown(qtbot, make_desk(SAMPLE, checked=True))
    assert window.size() == QSize(width, height) - screen.FRAME
    for step in window.rail.shown():
        window.show_step(step)
        QApplication.processEvents()
        assert window.width() == width - screen.FRAME.width(), step
    assert _right_of(window.top.export_button, window) <= width
    window.bar.error("Something was refused.")
    QApplication.processEvents()
    assert _right_of(window.bar.close_button, window) <= width


@pytest.mark.parametrize("command", ["revisions", "record", "paste_evidence", "parked", "decisions"])
@pytest.mark.parametrize(("width", "height"), LAPTOPS)
def test_at_twice_the_size_every_dialog_fits(
    qtbot: QtBot, make_desk: MakeDesk, large: Theme, show_on: Screen, width: int, height: int, command: str
) -> None:
    there = show_on(width, height)
    window = shown(qtbot, make_desk(SAMPLE, checked=True))
    window.do(command)
    QApplication.processEvents()
    (dialog,) = (found for found in window.findChildren(QDialog) if found.isVisible())
    assert there.contains(frame_of(dialog)), (dialog.size(), dialog.minimumSizeHint())
    for one in dialog.findChildren(QPushButton):
        if one.isVisible() and one.parent() is dialog:
            assert dialog.rect().contains(one.geometry()), one.text()
    dialog.close()


def test_what_was_remembered_of_a_larger_screen_fits_this_one(
    qtbot: QtBot, make_desk: MakeDesk, large: Theme, show_on: Screen
) -> None:
    elsewhere = QWidget()
    elsewhere.setGeometry(300, 200, 1702, 900)
    geometry = elsewhere.saveGeometry().toBase64().toStdString()
    there = show_on(1280, 800)
    window = shown(qtbot, make_desk(SAMPLE, checked=True), geometry)
    assert there.contains(frame_of(window))


def test_a_window_outside_is_brought_back_and_one_inside_stays(qtbot: QtBot, show_on: Screen) -> None:
    there = show_on(1000, 800)
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(900, -50, 1500, 300)
    screen.keep_on_screen(window)
    assert frame_of(window) == QRect(0, 0, 1000, 300 + screen.FRAME.height())
    window.setGeometry(100, 100, 400, 300)
    screen.keep_on_screen(window)
    assert window.pos() == QPoint(100, 100)
    assert there.contains(frame_of(window))


def test_a_window_stands_in_the_middle_of_the_one_below_and_on_the_screen(qtbot: QtBot, show_on: Screen) -> None:
    show_on(1000, 800)
    below, above = QWidget(), QWidget()
    for one in (below, above):
        qtbot.addWidget(one)
    below.setGeometry(300, 200, 400, 400)
    screen.stand(above, QSize(200, 160), below)
    middle = below.frameGeometry().center() - frame_of(above).center()
    assert abs(middle.x()) <= 1
    assert abs(middle.y()) <= 1
    below.setGeometry(900, 700, 400, 400)
    screen.stand(above, QSize(200, 160), below)
    assert frame_of(above).bottomRight() == QPoint(999, 799)


def _right_of(control: QWidget, window: QWidget) -> int:
    return control.mapTo(window, QPoint(control.width(), 0)).x()
