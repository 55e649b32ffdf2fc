"""The Readiness page: every open point with its place, accepted by name or promised with a date."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.model.commit import AcceptedRisk, Commitment, Decision, ParkedItem
from app.model.room import Agent, Person
from app.rules.finding import Finding, Severity
from app.steps import BY_ID
from app.templates import SAMPLE
from ui.desk import Desk
from ui.steps.readiness.model import BLOCKERS, STANDING
from ui.steps.readiness.page import ReadinessPage
from ui.widgets.draft_form import DraftForm
from ui.widgets.editors.references import ReferenceEditor
from ui.widgets.editors.typing import LineEditor
from ui.widgets.form import editable

MakeDesk = Callable[..., Desk]
Show = Callable[..., ReadinessPage]


@pytest.fixture
def show(qtbot: QtBot, make_desk: MakeDesk) -> Show:
    def make(template: str = SAMPLE) -> ReadinessPage:
        page = ReadinessPage(make_desk(template, checked=True), BY_ID["readiness"])
        qtbot.addWidget(page)
        page.resize(1069, 700)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.list.setFocus()
        return page

    return make


def of(page: ReadinessPage, code: str) -> Finding:
    return next(finding for finding in page.desk.workspace.findings.all if finding.code == code)


def pick(qtbot: QtBot, form: DraftForm, field: str, name: str) -> None:
    editor = form.editors[field]
    assert isinstance(editor, ReferenceEditor)
    editor.line.setFocus()
    qtbot.keyClicks(editor.line, name)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)


def fill(qtbot: QtBot, form: DraftForm, field: str, text: str) -> None:
    editor = form.editors[field]
    assert isinstance(editor, LineEditor)
    editor.line.setFocus()
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, text)


def open_form(page: ReadinessPage) -> DraftForm:
    assert page.detail.form is not None
    return page.detail.form


def test_the_list_says_what_is_open_by_step(show: Show) -> None:
    page = show("empty")
    assert page._counts.text().startswith("Blockers: 6")
    assert page.list.current() is not None
    said = [page.model.data(page.model.index(row)) for row in range(page.model.rowCount())]
    assert said[0].startswith("Room: ")
    assert any(line.startswith("Blocker: ") for line in said)


def test_down_goes_past_headings_and_the_detail_follows(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    seen = set()
    for _ in range(8):
        finding = page.list.current()
        assert finding is not None
        assert page.detail.finding == finding
        seen.add(finding.step)
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert len(seen) > 1


def test_return_goes_to_the_place(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    finding = page.list.current()
    assert finding is not None
    with qtbot.waitSignal(page.desk.place_wanted) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert asked.args == [finding.step, finding.subject, finding.field]


def test_a_warning_is_accepted_by_keyboard(qtbot: QtBot, show: Show) -> None:
    page = show()
    warning = of(page, "COV-02")
    assert page.list.select(warning.key)
    qtbot.keyClick(page.list, Qt.Key.Key_A)
    form = open_form(page)
    pick(qtbot, form, "who", "Rosa")
    fill(qtbot, form, "why", "Volume is low at weekends")
    fill(qtbot, form, "expiry", "2027-01-15")
    qtbot.mouseClick(form.send_button, Qt.MouseButton.LeftButton)
    risk = page.desk.document.rows(AcceptedRisk)[-1]
    assert (risk.code, risk.subject, risk.expiry) == ("COV-02", warning.subject, "2027-01-15")
    assert page.desk.document.called(risk.who) == "Rosa Steiner"
    page.desk.workspace.check_now()
    assert of(page, "COV-02").accepted == risk.id
    assert page.detail.form is None


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_stored(qtbot: QtBot, show: Show) -> None:
    page = show()
    before = page.desk.document
    page.list.select(of(page, "COV-02").key)
    qtbot.keyClick(page.list, Qt.Key.Key_A)
    form = open_form(page)
    qtbot.mouseClick(form.send_button, Qt.MouseButton.LeftButton)
    assert "Say who accepts it." in form._faults["who"].text()
    pick(qtbot, form, "who", "Rosa")
    fill(qtbot, form, "why", "Known")
    fill(qtbot, form, "expiry", "2020-01-01")
    qtbot.mouseClick(form.send_button, Qt.MouseButton.LeftButton)
    assert "that day is over" in form._faults["expiry"].text()
    assert page.desk.document == before


def test_never_mind_forgets_the_draft(qtbot: QtBot, show: Show) -> None:
    page = show()
    before = page.desk.document
    page.list.select(of(page, "COV-02").key)
    page.detail.accept()
    qtbot.keyClick(open_form(page), Qt.Key.Key_Escape)
    assert page.detail.form is None
    assert page.desk.document == before
    assert QApplication.focusWidget() is page.list


def test_somebody_new_is_added_while_accepting(qtbot: QtBot, show: Show) -> None:
    page = show()
    page.list.select(of(page, "COV-02").key)
    page.detail.accept()
    pick(qtbot, open_form(page), "who", "Nora Newcomer")
    assert any(person.name == "Nora Newcomer" for person in page.desk.document.rows(Person))
    assert page.detail.form is not None


def test_a_blocker_offers_no_acceptance(show: Show) -> None:
    page = show("empty")
    page.which.choose(BLOCKERS)
    page.which.chosen.emit()
    finding = page.list.current()
    assert finding is not None
    assert finding.severity is Severity.BLOCKER
    page.detail.accept()
    assert page.detail.form is None


def test_evidence_is_promised_for_design(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    desk = page.desk
    desk.workspace.run(set_fields(desk.document.only(Agent).id, stage="1b"))
    desk.workspace.check_now()
    finding = of(page, "CHG-01")
    assert finding.blocks
    page.list.select(finding.key)
    qtbot.keyClick(page.list, Qt.Key.Key_P)
    form = open_form(page)
    fill(qtbot, form, "what", "Approvers named after the next board")
    pick(qtbot, form, "who", "Ada Lang")
    fill(qtbot, form, "by_when", "2027-02-01")
    qtbot.mouseClick(form.send_button, Qt.MouseButton.LeftButton)
    promise = desk.document.rows(Commitment)[-1]
    assert (promise.code, promise.subject) == finding.key
    desk.workspace.check_now()
    now = next(found for found in desk.workspace.findings.all if found.key == finding.key)
    assert (now.severity, now.committed) == (Severity.WARNING, promise.id)


def test_what_stands_is_shown_on_its_own(show: Show) -> None:
    page = show()
    page.which.choose(STANDING)
    page.which.chosen.emit()
    finding = page.list.current()
    assert finding is not None
    assert finding.accepted
    assert page.detail._standing.text().startswith("Accepted by Rosa Steiner until")


def test_the_selection_stays_when_another_point_is_answered(show: Show) -> None:
    page = show("empty")
    page.list.select(of(page, "BND-02").key)
    agent = page.desk.document.only(Agent)
    page.desk.workspace.run(set_fields(agent.id, stage="2"))
    page.desk.workspace.check_now()
    current = page.list.current()
    assert current is not None
    assert current.code == "BND-02"


def test_the_eight_questions_lead_to_their_place(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    with qtbot.waitSignal(page.desk.place_wanted) as asked:
        qtbot.keyClick(page.eight.rows[0], Qt.Key.Key_Return)
    assert asked.args[0] == "owners"


@pytest.mark.parametrize("row_class", [AcceptedRisk, Commitment, Decision, ParkedItem])
def test_every_field_of_the_step_can_be_reached(show: Show, row_class: type) -> None:
    page = show()
    row = page.desk.document.rows(row_class)[0]
    for field in editable(row_class):
        assert page.reveal(row.id, field), field
