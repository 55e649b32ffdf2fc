"""The wording check beside a field: underlined while typing, explained below, kept with a word why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat
from pytestqt.qtbot import QtBot

from app.edits.generic import add, set_fields
from app.model.boundary import LaunchBlocker, Workflow
from app.model.commit import DismissedPhrase
from app.model.exceptions import ExceptionPath
from app.model.room import Agent, Person
from app.model.stop import IncidentPlan
from ui.desk import Desk
from ui.widgets.draft_form import DraftForm
from ui.widgets.editors.typing import Line, Prose
from ui.widgets.form import FieldBox, Form
from ui.widgets.wording import WordingCheck
from ui.widgets.wording_marks import LineMarks

FIELDS = ["escalation_rules", "sight", "learning_loop"]

MakeForm = Callable[..., Form]


@pytest.fixture
def make_form(qtbot: QtBot, desk: Desk) -> MakeForm:
    kept: list[Form] = []

    def make(row_class: type = ExceptionPath, names: list[str] = FIELDS) -> Form:
        made = Form(desk, row_class, desk.document.only(row_class).id, names, columns=1)
        desk.workspace.changed.connect(made.follow)
        desk.workspace.findings_changed.connect(made.show_findings)
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        kept.append(made)
        return made

    return make


def check_of(form: Form, name: str) -> WordingCheck:
    check = form.boxes[name].wording
    assert check is not None
    return check


def typed(qtbot: QtBot, form: Form, name: str, text: str) -> WordingCheck:
    """Type into a field, and look at once."""
    check = check_of(form, name)
    check.control.setFocus()
    qtbot.keyClicks(check.control, text)
    check.look()
    return check


def underlined(check: WordingCheck) -> list[str]:
    """The words that are underlined in a control."""
    control = check.control
    if isinstance(control, Prose):
        return [mark.cursor.selectedText() for mark in control.extraSelections()]
    marks = control.findChild(LineMarks)
    return [] if marks is None else [control.text()[start:end] for start, end in marks.spans]


def said(check: WordingCheck) -> str:
    panel = check.panel
    return panel.sentence if panel is not None and not panel.isHidden() else ""


@pytest.mark.parametrize("name", ["escalation_rules", "sight"])
def test_vague_words_are_underlined_and_explained(qtbot: QtBot, make_form: MakeForm, name: str) -> None:
    form = make_form()
    check = typed(qtbot, form, name, "Someone on the team will look")
    assert underlined(check) == ["Someone on", "the team will look"]
    assert "nobody in particular" in said(check)
    assert "Better: The queue billing-exceptions" in said(check)
    assert check.control.accessibleDescription() == said(check)
    check.control.clear()
    check.look()
    assert underlined(check) == []
    assert said(check) == ""
    assert check.control.accessibleDescription() == form.boxes[name].field.hint


def test_it_looks_after_a_pause_and_not_under_the_hands(qtbot: QtBot, make_form: MakeForm) -> None:
    check = check_of(make_form(), "sight")
    check.control.setFocus()
    qtbot.keyClicks(check.control, "shared inbox")
    assert underlined(check) == []
    qtbot.waitUntil(lambda: underlined(check) == ["shared inbox"])


def test_what_stands_there_is_marked_when_the_page_opens(qtbot: QtBot, make_form: MakeForm, desk: Desk) -> None:
    desk.workspace.run(set_fields(desk.document.only(ExceptionPath).id, sight="shared inbox"))
    check = check_of(make_form(), "sight")
    qtbot.waitUntil(lambda: underlined(check) == ["shared inbox"])


def test_a_name_that_the_project_learns_makes_it_clear(qtbot: QtBot, make_form: MakeForm, desk: Desk) -> None:
    check = typed(qtbot, make_form(), "sight", "Someone on shift will look: Dana")
    assert underlined(check)
    desk.workspace.run(add(Person, {"name": "Dana Abelard"}))
    assert underlined(check) == []


def test_letters_that_count_twice_do_not_move_the_marks(qtbot: QtBot, make_form: MakeForm) -> None:
    form = make_form()
    for name in ("sight", "escalation_rules"):
        check = check_of(form, name)
        assert isinstance(check.control, Line | Prose)
        check.control.show_text("😀😀 shared inbox")
        check.look()
        assert underlined(check) == ["shared inbox"]
        check.go_to(check.phrases[0])
        control = check.control
        selected = control.selectedText() if isinstance(control, Line) else control.textCursor().selectedText()
        assert selected == "shared inbox"


def test_a_key_goes_from_one_to_the_next_and_to_the_next_field(qtbot: QtBot, make_form: MakeForm) -> None:
    form = make_form()
    first = typed(qtbot, form, "escalation_rules", "Somebody will look, for now")
    second = typed(qtbot, form, "sight", "shared inbox")
    control = first.control
    assert isinstance(control, Prose)
    assert isinstance(second.control, Line)
    control.setFocus()
    control.selectAll()
    found = []
    for _ in first.phrases:
        qtbot.keyClick(control, Qt.Key.Key_F4)
        found.append(control.textCursor().selectedText())
    assert found == ["Somebody will look", "for now"]
    qtbot.keyClick(control, Qt.Key.Key_F4)
    assert second.control.hasFocus()
    assert second.control.selectedText() == "shared inbox"
    qtbot.keyClick(second.control, Qt.Key.Key_F4)
    assert control.hasFocus()
    assert control.textCursor().selectedText() == "Somebody will look"


def test_words_are_kept_with_a_word_why_and_pointed_out_again(qtbot: QtBot, make_form: MakeForm, desk: Desk) -> None:
    check = typed(qtbot, make_form(), "sight", "shared inbox, looked at by day")
    qtbot.keyClick(check.control, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    panel = check.panel
    assert panel is not None
    assert panel.why.hasFocus()
    assert "shared inbox" in panel.why.accessibleName()
    qtbot.keyClick(panel.why, Qt.Key.Key_Return)
    assert "Say in a word why" in panel.fault.text()
    assert panel.why.accessibleDescription() == panel.fault.text()
    qtbot.keyClicks(panel.why, "Marc reads it")
    qtbot.keyClick(panel.why, Qt.Key.Key_Return)
    (kept,) = desk.document.rows(DismissedPhrase)
    path = desk.document.only(ExceptionPath)
    assert (kept.subject, kept.field, kept.words, kept.why) == (path.id, "sight", "shared inbox", "Marc reads it")
    assert path.sight == "shared inbox, looked at by day"
    assert underlined(check) == []
    assert check.control.hasFocus()
    assert "shared inbox" in panel.kept_button.text()
    qtbot.keyClick(check.control, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert desk.document.rows(DismissedPhrase) == ()
    assert underlined(check) == ["shared inbox"]
    assert panel.kept_button.isHidden()


def test_keeping_words_is_a_step_that_can_be_undone(qtbot: QtBot, make_form: MakeForm, desk: Desk) -> None:
    check = typed(qtbot, make_form(), "sight", "shared inbox, looked at by day")
    check.keep(check.phrases[0], "Marc reads it")
    assert underlined(check) == []
    desk.workspace.undo()
    assert desk.document.rows(DismissedPhrase) == ()
    assert underlined(check) == ["shared inbox"]
    desk.workspace.redo()
    assert underlined(check) == []


def test_escape_keeps_nothing(qtbot: QtBot, make_form: MakeForm, desk: Desk) -> None:
    check = typed(qtbot, make_form(), "sight", "shared inbox")
    check.ask_why()
    panel = check.panel
    assert panel is not None
    qtbot.keyClicks(panel.why, "half a reason")
    qtbot.keyClick(panel.why, Qt.Key.Key_Escape)
    assert panel.why.isHidden()
    assert check.control.hasFocus()
    assert desk.document.rows(DismissedPhrase) == ()
    assert underlined(check) == ["shared inbox"]


def test_the_marks_take_the_colours_of_the_theme(qtbot: QtBot, make_form: MakeForm, desk: Desk) -> None:
    check = typed(qtbot, make_form(), "escalation_rules", "Somebody will look")
    prose = check.control
    assert isinstance(prose, Prose)
    seen = set()
    for name in ("light", "dark", "contrast"):
        desk.theme.use(name)
        (selection,) = prose.extraSelections()
        mark = selection.format
        assert mark.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
        assert mark.underlineColor() == desk.theme.colour("warn")
        seen.add(QColor(mark.underlineColor()).name())
    assert len(seen) == 3


def test_the_line_is_painted_below_its_words(qtbot: QtBot, make_form: MakeForm, desk: Desk) -> None:
    check = typed(qtbot, make_form(), "sight", "Goes to the shared inbox")
    control = check.control
    assert isinstance(control, Line)
    marks = control.findChild(LineMarks)
    assert marks is not None
    assert underlined(check) == ["shared inbox"]
    control.clearFocus()
    image = control.grab().toImage()
    warn = desk.theme.colour("warn")

    def is_warn(x: int, y: int) -> bool:
        colour = image.pixelColor(x, y)
        return abs(colour.red() - warn.red()) + abs(colour.green() - warn.green()) < 60 and colour.blue() < 60

    columns = [x for x in range(image.width()) if any(is_warn(x, y) for y in range(image.height()))]
    text = control.fontMetrics().horizontalAdvance
    left = control.cursorRect().center().x() - text(control.text()[: control.cursorPosition()])
    scale = image.devicePixelRatio()
    assert min(columns) / scale == pytest.approx(left + text("Goes to the "), abs=4)
    assert max(columns) / scale == pytest.approx(left + text("Goes to the shared inbox"), abs=4)


def test_the_finding_is_not_said_twice(qtbot: QtBot, make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(checked=True)
    plan = desk.document.only(IncidentPlan)
    desk.workspace.run(set_fields(plan.id, say_so="Ping us in Slack"))
    desk.workspace.check_now()
    assert "WRD-04" in {finding.code for finding in desk.workspace.findings.at(plan.id, "say_so")}
    box = FieldBox(desk, IncidentPlan, plan.id, "say_so")
    qtbot.addWidget(box)
    box.show_findings(desk.workspace.findings)
    assert not [shown for shown in box._found if "did not build it" in shown.text()]


def test_fields_that_name_nothing_are_left_alone(make_form: MakeForm) -> None:
    form = make_form(Agent, ["name", "client"])
    assert [box.wording for box in form.boxes.values()] == [None, None]


def test_advice_is_quieter_than_a_warning(qtbot: QtBot, make_form: MakeForm) -> None:
    form = make_form(Workflow, ["purpose", "support_path"])
    advice = typed(qtbot, form, "purpose", "A seamless experience")
    warning = typed(qtbot, form, "support_path", "Somebody will look")
    assert advice.panel is not None
    assert warning.panel is not None
    assert (advice.panel.what.property("role"), warning.panel.what.property("role")) == ("tertiary", "warn")


def test_a_draft_is_checked_too_and_keeps_nothing(qtbot: QtBot, desk: Desk) -> None:
    form = DraftForm(desk, LaunchBlocker, ["case"], "Add")
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    (check,) = form.findChildren(WordingCheck)
    qtbot.keyClicks(check.control, "The vendor handles it")
    check.look()
    assert underlined(check) == ["The vendor handles"]
    assert check.panel is not None
    assert check.panel.keep_button.isHidden()
    check.ask_why()
    assert check.panel.why.isHidden()
