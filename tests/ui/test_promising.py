"""Where a promise is enough, the field itself says so and leads to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.edits.generic import add, remove, set_fields
from app.model.change import ApprovalRule, EvaluationSuite
from app.model.commit import Commitment
from app.model.room import Agent
from app.model.stop import StopControl
from app.rules.finding import Finding
from app.rules.promises import may_be_promised
from ui.steps.readiness.page import ReadinessPage
from ui.widgets.draft_form import DraftForm
from ui.widgets.form import FieldBox
from ui.widgets.found_line import FoundLine
from ui.window import Window


@pytest.fixture
def window(make_window: Callable[..., Window]) -> Window:
    made = make_window("empty")
    made.desk.workspace.run(set_fields(made.desk.document.only(Agent).id, stage="1b"))
    made.desk.workspace.check_now()
    return made


def form_of(window: Window) -> DraftForm:
    """The form of a promise on Readiness, for the point that is selected."""
    page = window.page("readiness")
    assert isinstance(page, ReadinessPage)
    form = page.points.points.detail.form
    assert form is not None
    return form


def focused() -> QWidget:
    """What has the focus."""
    widget: QWidget | None = QApplication.focusWidget()
    assert widget is not None
    return widget


def found_lines() -> list[FoundLine]:
    """The findings below the field that has the focus."""
    widget: QWidget | None = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, FieldBox):
        widget = widget.parentWidget()
    return widget.findChildren(FoundLine) if widget is not None else []


@pytest.fixture
def unproven(window: Window) -> Window:
    """What a promise is enough for is there, and was never tried."""
    workspace = window.desk.workspace
    workspace.run(add(StopControl, {"where": "Flag triage.enabled"}))
    workspace.run(add(EvaluationSuite, {"name": "Billing suite"}))
    workspace.run(add(ApprovalRule, {"change": "model"}))
    workspace.check_now()
    return window


@pytest.mark.parametrize("code", ["CHG-01", "CHG-16", "STP-04"])
def test_the_field_of_a_point_that_may_be_promised_says_so(qtbot: QtBot, unproven: Window, code: str) -> None:
    desk = unproven.desk
    found = next(each for each in desk.workspace.findings.all if each.code == code and each.subject)
    assert may_be_promised(desk.document, found)
    desk.go_to(found)
    qtbot.waitUntil(lambda: any(line.promise.isVisible() for line in found_lines()))


def test_the_foot_promises_what_has_no_field_yet(qtbot: QtBot, window: Window) -> None:
    window.show_step("change")
    workspace = window.desk.workspace
    workspace.run(remove(*(row.id for row in window.desk.document.rows(ApprovalRule))))
    workspace.check_now()
    found = window.foot.finding
    assert isinstance(found, Finding)
    assert (found.code, found.subject) == ("CHG-01", "")
    window.foot.promise.setFocus()
    qtbot.keyClick(window.foot.promise, Qt.Key.Key_Return)
    assert form_of(window).isAncestorOf(focused())


def test_the_foot_offers_no_promise_where_none_is_enough(window: Window) -> None:
    window.show_step("owners")
    assert isinstance(window.foot.finding, Finding)
    assert not may_be_promised(window.desk.document, window.foot.finding)
    assert window.foot.promise.isHidden()


def test_the_way_to_a_promise_begins_beside_the_field(qtbot: QtBot, unproven: Window) -> None:
    window = unproven
    found = next(each for each in window.desk.workspace.findings.all if each.code == "STP-04")
    window.desk.go_to(found)
    line = next(line for line in found_lines() if not line.promise.isHidden())
    qtbot.waitUntil(line.promise.isVisible)
    line.promise.setFocus()
    qtbot.keyClick(line.promise, Qt.Key.Key_Return)
    assert window.step == "readiness"
    form = form_of(window)
    page = window.page("readiness")
    assert isinstance(page, ReadinessPage)
    listed = page.points.points.list
    assert listed.current() == found
    qtbot.waitUntil(lambda: listed.viewport().rect().contains(listed.visualRect(listed.currentIndex())))
    assert form.isAncestorOf(focused())
    assert not window.desk.document.rows(Commitment)


def test_what_may_not_be_promised_offers_nothing(window: Window) -> None:
    found = next(each for each in window.desk.workspace.findings.all if each.code == "OWN-01")
    window.desk.go_to(found)
    assert all(line.promise.isHidden() for line in window.page("owners").findChildren(FoundLine))
