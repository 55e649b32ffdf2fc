"""What was typed and is not in the project is known before it is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.model.exceptions import ExceptionClass
from app.model.oversight import Action, Evidence
from app.model.room import Agent
from ui.steps.oversight.page import OversightPage
from ui.steps.readiness.page import ReadinessPage
from ui.steps.signoff.page import SignoffPage
from ui.unfinished import drafts_in
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
    assert "“Volume is low” (Reason) was typed and not taken" in window.bar.sentence.text()
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


def type_reviewer(qtbot: QtBot, window: Window, place: int, name: str) -> QLineEdit:
    """Type who reviews one of the exception classes, and nothing more."""
    row = window.desk.document.rows(ExceptionClass)[place]
    window.desk.open_place("exceptions", row.id, "reviewer")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, name)
    return line


def told(window: Window) -> str:
    return window.bar.sentence.text()


def test_a_name_stays_in_its_row_when_another_row_is_opened(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("billing-triage")
    line = type_reviewer(qtbot, window, 0, "Zoe Quast")
    type_reviewer(qtbot, window, 1, "")
    assert [left.text for left in untaken_in(window)] == ["Zoe Quast"]
    assert [draft.text for draft in drafts_in(window)] == ["Zoe Quast"]
    row = window.desk.document.rows(ExceptionClass)[0]
    window.desk.open_place("exceptions", row.id, "reviewer")
    assert QApplication.focusWidget() is line
    assert line.text() == "Zoe Quast"
    assert not window.close()
    assert window.close()


def test_every_text_is_named_when_the_step_is_left(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("billing-triage")
    for place, name in enumerate(("Zoe Quast", "Ada Quast")):
        type_reviewer(qtbot, window, place, name)
    window.go_to_step("room")
    assert told(window) == (
        "“Zoe Quast” (Reviewed by, Ambiguous input) and “Ada Quast” (Reviewed by, Policy conflict) were typed on "
        "“Exceptions” and not taken. They wait there."
    )
    type_reviewer(qtbot, window, 2, "Ivo Quast")
    window.go_to_step("room")
    assert "(Reviewed by, Policy conflict) and 1 more were typed" in told(window)
    assert (window.bar.word.text(), window.bar.property("role")) == ("Note.", "notice")


def test_what_waits_on_a_page_is_no_longer_said_after_the_next_page_or_edit(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window("billing-triage")
    agent = window.desk.document.only(Agent)
    for pass_by in (
        lambda: window.go_to_step("boundary"),
        lambda: window.desk.workspace.run(set_fields(agent.id, client="Northwind")),
    ):
        type_reviewer(qtbot, window, 0, "Zoe Quast")
        window.go_to_step("room")
        assert "It waits there." in told(window)
        pass_by()
        assert window.bar.isHidden()
    window.undo()
    assert window.bar.isHidden()


def test_no_text_is_left_out_that_was_never_named(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("billing-triage")
    lines = [
        type_reviewer(qtbot, window, place, name) for place, name in enumerate(("Zoe Quast", "Ada Quast", "Ivo Quast"))
    ]
    assert not window.close()
    assert told(window) == (
        "“Zoe Quast” (Reviewed by, Ambiguous input), “Ada Quast” (Reviewed by, Policy conflict) and 1 more were typed "
        "and not taken. Take them or put them right, or close again to leave them out."
    )
    assert QApplication.focusWidget() is lines[0]
    assert not window.close()
    assert told(window) == (
        "“Ivo Quast” (Reviewed by, Missing data) was typed and not taken. "
        "Take it or put it right, or close again to leave it out."
    )
    assert QApplication.focusWidget() is lines[2]
    assert window.close()


def test_a_text_that_was_changed_since_it_was_named_is_named_again(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("billing-triage")
    line = type_reviewer(qtbot, window, 0, "Zoe Quast")
    assert not window.close()
    qtbot.keyClicks(line, "-Weiss")
    assert not window.close()
    assert "“Zoe Quast-Weiss”" in told(window)
    assert window.close()


def test_a_text_beside_the_table_waits_while_another_action_is_chosen(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    evidence = window.desk.document.rows(Evidence)[0]
    second = next(row for row in window.desk.document.rows(Action) if row.id != evidence.action)
    window.desk.open_place("oversight", evidence.id, "runs")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, "many")
    window.desk.open_place("oversight", second.id, "name")
    assert not line.isVisible()
    assert [left.text for left in untaken_in(window)] == ["many"]
    window.go_to_step("room")
    assert not window.close()
    assert (window.step, line.text()) == ("oversight", "many")
    assert QApplication.focusWidget() is line
    window.desk.open_place("oversight", second.id, "name")
    window.desk.open_place("oversight", evidence.id, "runs")
    assert QApplication.focusWidget() is line
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    window.desk.open_place("oversight", second.id, "name")
    window.desk.open_place("oversight", evidence.id, "runs")
    assert QApplication.focusWidget() is not line, "nothing waits there any more"
    assert window.close()


def test_a_title_that_was_not_added_leads_back_to_its_action(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    first, second = window.desk.document.rows(Action)[:2]
    window.desk.open_place("oversight", first.id, "name")
    page = window.page("oversight")
    assert isinstance(page, OversightPage)
    page.inspector_panel.focus_evidence()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "July")
    window.desk.open_place("oversight", second.id, "name")
    assert not window.close()
    assert page.inspector_panel.action_id == first.id
    assert QApplication.focusWidget() is line
    assert window.close()
