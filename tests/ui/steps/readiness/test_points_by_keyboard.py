"""The open points of Readiness in the window, by keyboard alone: long ways through the list, and a form that is
refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.commit import AcceptedRisk
from app.rules.finding import Severity
from ui.steps.readiness.finding_list import FindingList
from ui.steps.readiness.page import ReadinessPage
from ui.widgets.editors.references import ReferenceEditor
from ui.window import Window

MakeWindow = Callable[..., Window]


@pytest.fixture
def window(make_window: MakeWindow) -> Window:
    made = make_window("empty")
    made.show_step("readiness")
    points(made).setFocus()
    return made


def page(window: Window) -> ReadinessPage:
    found = window.page("readiness")
    assert isinstance(found, ReadinessPage)
    return found


def points(window: Window) -> FindingList:
    return page(window).points.points.list


def test_home_and_end_reach_the_first_and_the_last_point(qtbot: QtBot, window: Window) -> None:
    shown = points(window)
    rows = [row for row in range(shown.model().rowCount()) if not shown.findings_model.is_heading(row)]
    qtbot.keyClick(shown, Qt.Key.Key_End)
    assert shown.currentIndex().row() == rows[-1]
    qtbot.keyClick(shown, Qt.Key.Key_Home)
    assert shown.currentIndex().row() == rows[0]
    assert shown.verticalScrollBar().value() == 0


def test_a_page_down_lands_on_a_point_and_a_page_up_comes_back(qtbot: QtBot, window: Window) -> None:
    shown = points(window)
    qtbot.keyClick(shown, Qt.Key.Key_Home)
    first = shown.currentIndex().row()
    walked = []
    for _ in range(3):
        qtbot.keyClick(shown, Qt.Key.Key_PageDown)
        assert shown.current() is not None
        walked.append(shown.currentIndex().row())
    assert walked == sorted(set(walked))
    assert walked[0] - first >= 2
    for _ in range(4):
        qtbot.keyClick(shown, Qt.Key.Key_PageUp)
    assert shown.currentIndex().row() == first


def test_a_name_that_nobody_has_takes_the_focus_back_and_is_said(qtbot: QtBot, window: Window) -> None:
    warning = next(f for f in window.desk.workspace.findings.open if f.severity is Severity.WARNING)
    assert points(window).select(warning.key)
    qtbot.keyClick(points(window), Qt.Key.Key_A)
    form = page(window).points.points.detail.form
    assert form is not None
    who = form.editors["who"]
    assert isinstance(who, ReferenceEditor)
    qtbot.keyClicks(who.line, "Nobody Known")
    form.send_button.setFocus()
    qtbot.keyClick(form.send_button, Qt.Key.Key_Return)
    assert window.desk.document.rows(AcceptedRisk) == ()
    assert QApplication.focusWidget() is who.line
    assert "Nobody Known" in who.line.accessibleDescription()
    assert window.bar.word.text() == "Not done."
    assert "Nobody Known" in window.bar.sentence.text()
    qtbot.waitUntil(lambda: who.line.visibleRegion().boundingRect() == who.line.rect())
    fault = form._faults["who"]
    qtbot.waitUntil(lambda: fault.visibleRegion().boundingRect() == fault.rect())
