"""What was typed and is not in the project is known before it is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.steps.readiness.page import ReadinessPage
from ui.steps.signoff.page import SignoffPage
from ui.widgets.draft_form import DraftForm
from ui.widgets.editors.typing import LineEditor
from ui.widgets.untaken import untaken_in
from ui.window import Window

MakeWindow = Callable[..., Window]


def draft_of(window: Window) -> DraftForm:
    page = window.page("readiness")
    assert isinstance(page, ReadinessPage)
    page.points.points.detail.accept()
    form = page.points.points.detail.form
    assert form is not None
    return form


def test_a_form_that_was_not_sent_holds_the_first_close(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.go_to_step("readiness")
    form = draft_of(window)
    why = form.editors["why"]
    assert isinstance(why, LineEditor)
    qtbot.keyClicks(why.line, "Volume is low")
    qtbot.keyClick(why.line, Qt.Key.Key_Return)
    assert [left.text for left in untaken_in(window)] == ["Volume is low"]
    window.show_step("room")
    assert not window.close()
    assert window.step == "readiness"
    assert "“Volume is low” was typed and not taken" in window.bar.sentence.text()
    assert QApplication.focusWidget() is why.line
    assert window.close()


def test_a_form_as_it_was_opened_holds_nothing(make_window: MakeWindow) -> None:
    window = make_window()
    window.go_to_step("readiness")
    draft_of(window)
    assert untaken_in(window) == []
    assert window.close()


def test_a_signature_that_was_typed_and_not_given_holds_the_first_close(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.go_to_step("signoff")
    page = window.page("signoff")
    assert isinstance(page, SignoffPage)
    assert page.signing.focus_name()
    qtbot.keyClicks(page.signing.name, "Dana Ab")
    assert not window.close()
    assert QApplication.focusWidget() is page.signing.name
    assert "Full name of Dana Abelard, to sign" in window.bar.sentence.text()
    assert "Dana Ab”" not in window.bar.sentence.text(), "what is typed to sign is never quoted"
    page.signing.forget()
    assert window.close()
