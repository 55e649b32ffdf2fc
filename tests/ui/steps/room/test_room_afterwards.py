"""From the room: a person is replaced, and the to-do sheet is copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.model.room import Person
from app.report.todo import as_text, todos
from tests.support.keyboard import Keyboard
from ui.steps.roles.page import RolesPage
from ui.window import Window

MakeWindow = Callable[..., Window]


def test_an_open_person_can_be_replaced(make_window: MakeWindow) -> None:
    window, keyboard = make_window(), Keyboard()
    lea = next(row for row in window.desk.document.rows(Person) if row.name == "Lea Wirth")
    window.desk.open_place("room", lea.id, "name")
    QApplication.processEvents()
    keyboard.tab_to("Replace Lea Wirth")
    keyboard.press("Return")
    assert window.step == "roles"
    assert keyboard.said() == "To whom?"
    page = window.page("roles")
    assert isinstance(page, RolesPage)
    assert page.view.replace_person.open().who.currentText() == "Lea Wirth"


def test_the_to_do_sheet_goes_to_the_clipboard(make_window: MakeWindow) -> None:
    window, keyboard = make_window(), Keyboard()
    desk = window.desk
    window.go_to_step("room")
    keyboard.tab_to("Copy the to-do sheet")
    keyboard.press("Return")
    copied = QGuiApplication.clipboard().text()
    assert copied == as_text(desk.document, todos(desk.document, desk.workspace.findings.all))
    assert "Marc Oyelaran\n- " in copied


def test_with_nothing_to_do_the_clipboard_is_left_alone(make_window: MakeWindow) -> None:
    window = make_window("empty")
    QGuiApplication.clipboard().setText("mine")
    window.do("todo")
    assert QGuiApplication.clipboard().text() == "mine"
