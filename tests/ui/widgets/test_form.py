"""The generic form: what is typed becomes the document, what is not taken is said beside the field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.edits.generic import add, set_fields
from app.model.boundary import Workflow
from app.model.room import Agent, Person
from app.model.stop import StopControl
from ui.desk import Desk
from ui.widgets.editors.choosing import ChoicesEditor, ComboEditor, FlagEditor
from ui.widgets.editors.typing import PAUSE, LineEditor, ProseEditor
from ui.widgets.form import Form


@pytest.fixture
def form(qtbot: QtBot, desk: Desk) -> Form:
    made = Form(desk, Agent, desk.document.only(Agent).id)
    desk.workspace.changed.connect(made.follow)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def line_of(form: Form, name: str) -> LineEditor:
    editor = form.boxes[name].editor
    assert isinstance(editor, LineEditor)
    return editor


def agent(desk: Desk) -> Agent:
    return desk.document.only(Agent)


def fault_of(form: Form, name: str) -> str:
    shown = form.boxes[name]._fault
    return shown.text() if shown is not None and not shown.isHidden() else ""


def test_return_commits_what_was_typed(qtbot: QtBot, form: Form, desk: Desk) -> None:
    line = line_of(form, "client").line
    qtbot.keyClicks(line, "  Lindhof Energie ")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert agent(desk).client == "Lindhof Energie"
    assert line.text() == "Lindhof Energie"


def test_a_pause_commits_text_and_leaves_the_line_as_it_is_being_typed(qtbot: QtBot, form: Form, desk: Desk) -> None:
    editor = line_of(form, "client")
    assert editor._pause.interval() == PAUSE
    editor._pause.setInterval(1)
    editor.line.setFocus()
    with qtbot.waitSignal(desk.workspace.changed):
        qtbot.keyClicks(editor.line, "Lindhof ")
    assert agent(desk).client == "Lindhof"
    assert editor.line.text() == "Lindhof "


def test_escape_reverts(qtbot: QtBot, form: Form, desk: Desk) -> None:
    desk.workspace.run(set_fields(agent(desk).id, client="Lindhof"))
    line = line_of(form, "client").line
    qtbot.keyClicks(line, " and more")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "Lindhof"
    assert agent(desk).client == "Lindhof"


def test_what_is_not_taken_stays_typed_and_is_explained(qtbot: QtBot, form: Form, desk: Desk) -> None:
    line = line_of(form, "currency").line
    qtbot.keyClicks(line, "EURO")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert agent(desk).currency == ""
    assert line.text() == "EURO"
    assert "at most 3 characters" in fault_of(form, "currency")
    assert line.accessibleDescription() == fault_of(form, "currency")
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert agent(desk).currency == "EUR"
    assert fault_of(form, "currency") == ""


def test_an_amount_that_means_nothing_is_explained(qtbot: QtBot, form: Form) -> None:
    line = line_of(form, "cost_l1").line
    qtbot.keyClicks(line, "a lot")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "Write an amount" in fault_of(form, "cost_l1")


def test_money_is_typed_in_the_agents_currency(qtbot: QtBot, form: Form, desk: Desk) -> None:
    line = line_of(form, "cost_l1").line
    qtbot.keyClicks(line, "1,250.5")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert agent(desk).cost_l1 == 125050
    assert line.text() == "1250.50"


def test_choosing_commits_at_once(qtbot: QtBot, form: Form, desk: Desk) -> None:
    stage = form.boxes["stage"].editor
    assert isinstance(stage, ComboEditor)
    stage.combo.setFocus()
    qtbot.keyClick(stage.combo, Qt.Key.Key_Down)
    assert agent(desk).stage == "1b"
    flag = form.boxes["outside_parties"].editor
    assert isinstance(flag, FlagEditor)
    qtbot.keyClick(flag.check, Qt.Key.Key_Space)
    assert agent(desk).outside_parties


def test_an_edit_from_elsewhere_is_shown_and_a_draft_of_another_field_stays(
    qtbot: QtBot, form: Form, desk: Desk
) -> None:
    draft = line_of(form, "client").line
    qtbot.keyClicks(draft, "half typed")
    desk.workspace.run(set_fields(agent(desk).id, name="Triage", vendor="Modelhaus"))
    assert line_of(form, "name").line.text() == "Triage"
    assert line_of(form, "vendor").line.text() == "Modelhaus"
    assert draft.text() == "half typed"


def test_undo_brings_the_text_back(qtbot: QtBot, form: Form, desk: Desk) -> None:
    line = line_of(form, "name").line
    qtbot.keyClicks(line, "Triage")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.workspace.undo()
    assert line.text() == ""
    desk.workspace.redo()
    assert line.text() == "Triage"


def test_several_lines_are_typed_and_tab_leaves(qtbot: QtBot, desk: Desk) -> None:
    form = Form(desk, Workflow, desk.document.only(Workflow).id, ["inputs", "output"])
    desk.workspace.changed.connect(form.follow)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    inputs = form.boxes["inputs"].editor
    assert isinstance(inputs, ProseEditor)
    inputs.prose.setFocus()
    qtbot.keyClicks(inputs.prose, "Ticket text")
    qtbot.keyClick(inputs.prose, Qt.Key.Key_Return)
    qtbot.keyClicks(inputs.prose, "Invoice")
    qtbot.keyClick(inputs.prose, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.document.only(Workflow).inputs == ("Ticket text", "Invoice")
    height = inputs.prose.height()
    qtbot.keyClick(inputs.prose, Qt.Key.Key_Return)
    qtbot.keyClick(inputs.prose, Qt.Key.Key_Return)
    assert inputs.prose.height() > height


def test_markup_stays_text(qtbot: QtBot, form: Form, desk: Desk) -> None:
    desk.workspace.run(set_fields(agent(desk).id, client="<img src=x> & <b>Co</b>"))
    assert line_of(form, "client").line.text() == "<img src=x> & <b>Co</b>"


def test_chips_toggle_with_the_space_bar(qtbot: QtBot, desk: Desk) -> None:
    from app.model.owners import OwnerAssignment

    owner = desk.document.rows(OwnerAssignment)[0]
    form = Form(desk, OwnerAssignment, owner.id, ["authority"])
    desk.workspace.changed.connect(form.follow)
    qtbot.addWidget(form)
    editor = form.boxes["authority"].editor
    assert isinstance(editor, ChoicesEditor)
    qtbot.keyClick(editor.chips[1], Qt.Key.Key_Space)
    qtbot.keyClick(editor.chips[0], Qt.Key.Key_Space)
    assert desk.document.get(OwnerAssignment, owner.id).authority == ("pause", "narrow")  # type: ignore[union-attr]
    assert editor.chips[0].text() == "✓ may pause"


def test_controls_are_named_by_field_and_row(qtbot: QtBot, desk: Desk) -> None:
    made = desk.workspace.run(add(Person, {"name": "Dana Abelard"}))
    assert made is not None
    form = Form(desk, Person, made.changes[0].id)
    qtbot.addWidget(form)
    assert form.boxes["title"].editor.control().accessibleName() == "Title, Dana Abelard"
    form.follow(desk.workspace.run(set_fields(made.changes[0].id, name="Dana A.")), None)
    assert form.boxes["title"].editor.control().accessibleName() == "Title, Dana A."


def test_a_day_is_typed_short_or_picked(qtbot: QtBot, desk: Desk) -> None:
    made = desk.workspace.run(add(StopControl, {"where": "Flag"}))
    assert made is not None
    form = Form(desk, StopControl, made.changes[0].id, ["last_tested"])
    desk.workspace.changed.connect(form.follow)
    qtbot.addWidget(form)
    editor = form.boxes["last_tested"].editor
    from datetime import date

    from ui.widgets.editors.dates import DayEditor

    assert isinstance(editor, DayEditor)
    qtbot.keyClicks(editor.line, "14.11.2026")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.line.text() == "2026-11-14"
    editor.pick(date(2026, 11, 20))
    assert desk.document.rows(StopControl)[0].last_tested == "2026-11-20"


def test_a_change_of_currency_makes_no_untouched_amount_look_typed_in(form: Form, desk: Desk) -> None:
    desk.workspace.run(set_fields(agent(desk).id, cost_l1=10_000))
    line = line_of(form, "cost_l1")
    shown = line.text()
    desk.workspace.run(set_fields(agent(desk).id, currency="JPY"), line)
    line.commit()
    assert agent(desk).cost_l1 == 10_000
    assert line.text() in (shown, "10000")
