"""A field that is wrong, or to which somebody was led, is in sight with the words that say why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.model.oversight import Action
from app.model.stop import StopControl
from app.policy.evidence import evidence_of
from tests.support.gates import passed
from ui.steps.oversight.page import OversightPage
from ui.widgets.form import FieldBox
from ui.window import Window

MakeWindow = Callable[..., Window]


def in_sight(widget: QWidget) -> bool:
    return not widget.rect().isEmpty() and widget.visibleRegion().boundingRect() == widget.rect()


def focused() -> QLineEdit:
    found = QApplication.focusWidget()
    assert isinstance(found, QLineEdit)
    return found


def box_of(widget: QWidget | None) -> FieldBox:
    while widget is not None and not isinstance(widget, FieldBox):
        widget = widget.parentWidget()
    assert widget is not None
    return widget


def test_a_date_that_means_nothing_is_told_in_sight(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(1280, 420)
    control = window.desk.document.rows(StopControl)[0]
    window.desk.open_place("stop", control.id, "last_tested")
    line = focused()
    for _ in range(5):
        QApplication.processEvents()
    # With no room left below it: the red words would come out of sight.
    page = window.page("stop")
    bar = page.scroller.verticalScrollBar()
    below = line.mapTo(page.scroller.viewport(), line.rect().bottomLeft()).y()
    bar.setValue(bar.value() - (page.scroller.viewport().height() - below - 4))
    line.selectAll()
    qtbot.keyClicks(line, "someday")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    fault = box_of(line)._fault
    assert isinstance(fault, QLabel)
    qtbot.waitUntil(lambda: in_sight(fault) and in_sight(line))


def test_a_refused_graduation_shows_the_field_with_its_words(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.show_step("oversight")
    page = window.page("oversight")
    assert isinstance(page, OversightPage)
    action = passed(window.desk.workspace.workspace)
    assert isinstance(action, Action)
    assert evidence_of(window.desk.document, action)
    page.table.setFocus()
    page.table.go_to(page.model.row_of(action.id) or 0)
    qtbot.keyClick(page.table, Qt.Key.Key_G)
    form = page.inspector_panel.deciding
    assert form is not None
    first = QApplication.focusWidget()
    qtbot.keyClick(first, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    reason = form.form.editors["reason"].control()
    assert QApplication.focusWidget() is reason
    fault = form.form._faults["reason"]
    assert fault.text()
    qtbot.waitUntil(lambda: in_sight(fault))
    assert window.bar.word.text() == "Not done."
