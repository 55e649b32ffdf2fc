"""The Readiness page: every open point with its place, accepted by name or promised with a date."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.edits.generic import add, set_fields
from app.edits.standing import promise
from app.messages import words
from app.model.commit import AcceptedRisk, Commitment, Decision, DismissedPhrase, ParkedItem
from app.model.room import Agent, Person
from app.model.row import Row
from app.rules.finding import Finding, Severity
from app.steps import BY_ID
from app.template_list import SAMPLE
from ui.desk import Desk
from ui.steps.readiness.crosswalk import CrosswalkView
from ui.steps.readiness.due import DueNext
from ui.steps.readiness.kept import PROMISE, RISK, Kept
from ui.steps.readiness.model import BLOCKERS, STANDING
from ui.steps.readiness.next_stage import NextStage
from ui.steps.readiness.page import CROSSWALK, DUE, KEPT, NEXT_STAGE, POINTS, TABS, ReadinessPage
from ui.widgets.draft_form import DraftForm
from ui.widgets.editors.references import ReferenceEditor
from ui.widgets.editors.typing import Line, LineEditor
from ui.widgets.form import editable
from ui.widgets.row_list import RowList
from ui.widgets.slot_list import SlotList

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
        page.points.points.list.setFocus()
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
    assert page.points.points.detail.form is not None
    return page.points.points.detail.form


def test_the_list_says_what_is_open_by_step(show: Show) -> None:
    page = show("empty")
    assert page.points._counts.text().startswith("5 blockers")
    assert page.points.points.list.current() is not None
    said = [
        page.points.points.model.data(page.points.points.model.index(row))
        for row in range(page.points.points.model.rowCount())
    ]
    assert said[0].startswith("Room: ")
    assert any(line.startswith("Blocker: ") for line in said)


def test_down_goes_past_headings_and_the_detail_follows(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    seen = set()
    for _ in range(8):
        finding = page.points.points.list.current()
        assert finding is not None
        assert page.points.points.detail.finding == finding
        seen.add(finding.step)
        qtbot.keyClick(page.points.points.list, Qt.Key.Key_Down)
    assert len(seen) > 1


def test_return_goes_to_the_place(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    finding = page.points.points.list.current()
    assert finding is not None
    with qtbot.waitSignal(page.desk.place_wanted) as asked:
        qtbot.keyClick(page.points.points.list, Qt.Key.Key_Return)
    assert asked.args == [finding.step, finding.subject, finding.field]


def test_a_warning_is_accepted_by_keyboard(qtbot: QtBot, show: Show) -> None:
    page = show()
    warning = of(page, "COV-02")
    assert page.points.points.list.select(warning.key)
    qtbot.keyClick(page.points.points.list, Qt.Key.Key_A)
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
    assert page.points.points.detail.form is None


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_stored(qtbot: QtBot, show: Show) -> None:
    page = show()
    before = page.desk.document
    page.points.points.list.select(of(page, "COV-02").key)
    qtbot.keyClick(page.points.points.list, Qt.Key.Key_A)
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
    page.points.points.list.select(of(page, "COV-02").key)
    page.points.points.detail.accept()
    qtbot.keyClick(open_form(page), Qt.Key.Key_Escape)
    assert page.points.points.detail.form is None
    assert page.desk.document == before
    assert QApplication.focusWidget() is page.points.points.list


def test_somebody_new_is_added_while_accepting(qtbot: QtBot, show: Show) -> None:
    page = show()
    page.points.points.list.select(of(page, "COV-02").key)
    page.points.points.detail.accept()
    pick(qtbot, open_form(page), "who", "Nora Newcomer")
    assert any(person.name == "Nora Newcomer" for person in page.desk.document.rows(Person))
    assert page.points.points.detail.form is not None


def test_a_blocker_offers_no_acceptance(show: Show) -> None:
    page = show("empty")
    page.points.which.choose(BLOCKERS)
    page.points.which.chosen.emit()
    finding = page.points.points.list.current()
    assert finding is not None
    assert finding.severity is Severity.BLOCKER
    page.points.points.detail.accept()
    assert page.points.points.detail.form is None


def test_evidence_is_promised_for_design(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    desk = page.desk
    desk.workspace.run(set_fields(desk.document.only(Agent).id, stage="1b"))
    desk.workspace.check_now()
    finding = of(page, "CHG-01")
    assert finding.blocks
    page.points.points.list.select(finding.key)
    qtbot.keyClick(page.points.points.list, Qt.Key.Key_P)
    form = open_form(page)
    fill(qtbot, form, "what", "Approvers named after the next board")
    pick(qtbot, form, "who", "Ada Lang")
    fill(qtbot, form, "by_when", "2027-02-01")
    qtbot.mouseClick(form.send_button, Qt.MouseButton.LeftButton)
    made = desk.document.rows(Commitment)[-1]
    assert (made.code, made.subject) == finding.key
    desk.workspace.check_now()
    now = next(found for found in desk.workspace.findings.all if found.key == finding.key)
    assert (now.severity, now.committed) == (Severity.WARNING, made.id)


def missing_approver(page: ReadinessPage) -> Finding:
    """A blocker for which a promise is enough, at stage 1b."""
    page.desk.workspace.run(set_fields(page.desk.document.only(Agent).id, stage="1b"))
    page.desk.workspace.check_now()
    return of(page, "CHG-01")


def test_the_example_of_a_promise_is_no_value(qtbot: QtBot, show: Show) -> None:
    """Nobody promises the rule's own example by pressing a button."""
    page = show("empty")
    finding = missing_approver(page)
    page.points.points.list.select(finding.key)
    qtbot.keyClick(page.points.points.list, Qt.Key.Key_P)
    form = open_form(page)
    what = form.editors["what"].control()
    assert isinstance(what, Line)
    assert what.text() == ""
    assert words(finding.better) in what.placeholderText()
    pick(qtbot, form, "who", "Ada Lang")
    fill(qtbot, form, "by_when", "2027-02-01")
    qtbot.mouseClick(form.send_button, Qt.MouseButton.LeftButton)
    assert "Say what is promised." in form._faults["what"].text()
    assert not page.desk.document.rows(Commitment)


@pytest.mark.parametrize("field", ["what", "who", "by_when"])
def test_control_and_return_send_a_promise_from_every_field(qtbot: QtBot, show: Show, field: str) -> None:
    page = show("empty")
    page.points.points.list.select(missing_approver(page).key)
    qtbot.keyClick(page.points.points.list, Qt.Key.Key_P)
    form = open_form(page)
    fill(qtbot, form, "what", "Approvers named after the next board")
    pick(qtbot, form, "who", "Ada Lang")
    fill(qtbot, form, "by_when", "2027-02-01")
    form.editors[field].setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [row.what for row in page.desk.document.rows(Commitment)] == ["Approvers named after the next board"]


def test_walking_down_keeps_the_selected_point_in_sight(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    listed, viewport = page.points.points.list, page.scroller.viewport()
    assert listed.height() > viewport.height() - listed.mapTo(viewport, QPoint(0, 0)).y(), "the list is cut here"
    for _ in range(listed.findings_model.rowCount()):
        qtbot.keyClick(listed, Qt.Key.Key_Down)
        row = listed.visualRect(listed.currentIndex())
        seen = QRect(listed.viewport().mapTo(viewport, row.topLeft()), row.size())
        assert viewport.rect().contains(seen), seen


def test_the_buttons_of_a_form_are_in_sight(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    page.points.points.list.select(missing_approver(page).key)
    page.points.points.detail.promise()
    form = open_form(page)

    def in_sight() -> None:
        for part in (form.send_button, form.first_control()):
            place = QRect(part.mapTo(page.scroller.viewport(), QPoint(0, 0)), part.size())
            assert page.scroller.viewport().rect().contains(place)

    qtbot.waitUntil(in_sight)


def test_what_stands_is_shown_on_its_own(show: Show) -> None:
    page = show()
    page.points.which.choose(STANDING)
    page.points.which.chosen.emit()
    promised = page.points.points.list.current()
    assert promised is not None
    assert promised.committed
    assert " promised it by " in page.points.points.detail._standing.text()
    accepted = next(finding for finding in page.desk.workspace.findings.all if finding.accepted)
    page.points.points.list.select(accepted.key)
    assert page.points.points.detail._standing.text().startswith("Accepted by Rosa Steiner until")


def test_the_selection_stays_when_another_point_is_answered(show: Show) -> None:
    page = show("empty")
    page.points.points.list.select(of(page, "BND-02").key)
    agent = page.desk.document.only(Agent)
    page.desk.workspace.run(set_fields(agent.id, stage="2"))
    page.desk.workspace.check_now()
    current = page.points.points.list.current()
    assert current is not None
    assert current.code == "BND-02"


def test_the_eight_questions_lead_to_their_place(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    with qtbot.waitSignal(page.desk.place_wanted) as asked:
        qtbot.keyClick(page.points.eight.rows[0], Qt.Key.Key_Return)
    assert asked.args[0] == "owners"


@pytest.mark.parametrize(
    ("row_class", "fields"),
    [
        (AcceptedRisk, RISK),
        (Commitment, PROMISE),
        (Decision, editable(Decision)),
        (ParkedItem, editable(ParkedItem)),
    ],
)
def test_every_field_of_the_step_can_be_reached(show: Show, row_class: type[Row], fields: Sequence[str]) -> None:
    page = show()
    row = page.desk.document.rows(row_class)[0]
    for field in fields:
        assert page.reveal(row.id, field), field


@pytest.mark.parametrize("row_class", [AcceptedRisk, Commitment])
def test_what_an_entry_answers_is_shown_in_words_and_not_edited(show: Show, row_class: type[Row]) -> None:
    page = show()
    row = page.desk.document.rows(row_class)[0]
    row_id, dana = row.id, page.desk.document.rows(Person)[0]
    page.desk.workspace.run(set_fields(row_id, code="COV-02", subject=dana.id))
    kept = _kept(page, row_id)
    item = next(each for each in kept.items.values() if each.slot.row_id == row_id)
    assert item.form is not None
    assert item.form.boxes.keys().isdisjoint({"code", "subject", "saw", "substance"})
    (told,) = [each.text() for each in item.findChildren(QLabel) if "COV-02" in each.text()]
    assert told.endswith(f"COV-02 · About: {dana.name}")
    page.desk.workspace.run(set_fields(dana.id, name="Somebody else"))
    assert told.replace(dana.name, "Somebody else") in [each.text() for each in item.findChildren(QLabel)]
    page.desk.workspace.run(set_fields(row_id, subject=""))
    assert any(each.text().endswith("About: the whole map") for each in item.findChildren(QLabel))


def _kept(page: ReadinessPage, row_id: str) -> SlotList:
    assert page.reveal(row_id, "who")
    tab = page.tab(KEPT)
    assert isinstance(tab, Kept)
    return next(part for part in (tab.risks, tab.commitments) if row_id in {i.slot.row_id for i in part.items.values()})


def test_a_dismissed_phrase_says_where_it_stands(show: Show) -> None:
    page = show()
    person = page.desk.document.rows(Person)[0]
    kept = {"subject": person.id, "field": "notes", "phrase": "vague", "words": "as needed", "why": "Agreed"}
    made = page.desk.workspace.run(add(DismissedPhrase, kept))
    assert made is not None
    assert page.reveal(made.changes[0].id, "why")
    (rows,) = [each for each in page.tab(KEPT).findChildren(RowList) if each.row_class is DismissedPhrase]
    item = rows.items[made.changes[0].id]
    assert item.head.title == f"“as needed”: {person.name}"
    assert item.form is not None
    assert list(item.form.boxes) == ["why"]
    assert rows.add_button is None


def test_a_tab_that_is_asked_for_again_is_in_sight(show: Show) -> None:
    page = show()
    page.desk.theme.set_zoom(2.0)
    for _ in range(2):
        assert page.reveal("", "due")
        settle()
        button = page.tabs.button(DUE)
        assert button.hasFocus()
        assert not button.visibleRegion().isEmpty()
        bar = page.scroller.verticalScrollBar()
        assert bar.maximum() > page.height()
        bar.setValue(bar.maximum())
        assert button.visibleRegion().isEmpty()


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def test_launch_asks_for_the_evidence_of_what_was_promised(show: Show) -> None:
    page = show("empty")
    desk = page.desk
    desk.workspace.run(set_fields(desk.document.only(Agent).id, stage="1b"))
    dana = desk.workspace.run(add(Person, {"name": "Dana Abelard"}))
    assert dana is not None
    desk.workspace.check_now()
    finding = of(page, "CHG-01")
    desk.workspace.run(
        promise(
            finding.code, finding.subject, what="The board names them", who=dana.changes[0].id, by_when="2027-02-01"
        )
    )
    desk.workspace.check_now()
    points = page.points.points
    assert points.list.select(finding.key)
    assert points.detail._standing.text().startswith("Promised by Dana Abelard by 1 Feb 2027")
    page.points.levels.choose(1)
    page.points.levels.chosen.emit()
    assert points.list.select(finding.key)
    shown = points.list.current()
    assert shown is not None
    assert shown.blocks
    assert points.detail._standing.text() == (
        "Dana Abelard promised it by 1 Feb 2027; launch asks for the evidence: The board names them"
    )
    assert not points.detail.promise_button.isVisible()


def test_an_acceptance_past_its_day_comes_back_in_sight(show: Show) -> None:
    page = show()
    risk = page.desk.document.rows(AcceptedRisk)[0]
    assert of(page, risk.code).accepted == risk.id
    page.desk.workspace.run(set_fields(risk.id, expiry="2026-11-20"))
    page.desk.workspace.check_now()
    finding = next(f for f in page.desk.workspace.findings.all if f.key == (risk.code, risk.subject))
    assert not finding.accepted
    assert page.points.points.list.select(finding.key)
    assert "accepted it until 20 Nov 2026; that day is over" in page.points.points.detail._standing.text()
    assert page.points.points.detail.accept_button.isVisible()


def test_the_next_stage_lists_what_would_be_missing(qtbot: QtBot, show: Show) -> None:
    page = show()
    assert page.desk.document.only(Agent).stage == "1b"
    page.show_tab(NEXT_STAGE)
    tab = page.tab(NEXT_STAGE)
    assert isinstance(tab, NextStage)
    assert "“2 Bounded automation”" in tab._heading.text()
    assert "value and safety spoken for by two people" in tab._asked.text()
    finding = tab.points.list.current()
    assert finding is not None
    assert (finding.code, finding.severity) == ("COV-02", Severity.BLOCKER)
    with qtbot.waitSignal(page.desk.place_wanted) as asked:
        qtbot.keyClick(tab.points.list, Qt.Key.Key_Return)
    assert asked.args[0] == "exceptions"


def test_there_is_nothing_after_the_last_stage(show: Show) -> None:
    page = show()
    page.desk.workspace.run(set_fields(page.desk.document.only(Agent).id, stage="3"))
    page.show_tab(NEXT_STAGE)
    tab = page.tab(NEXT_STAGE)
    assert isinstance(tab, NextStage)
    assert tab._heading.text() == "This is the last stage; there is none after it."
    assert not tab.points.isVisible()


def test_what_is_due_stands_in_order_and_leads_to_its_field(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    for what, day in (("Later", "2026-12-24"), ("Over", "2026-11-20")):
        page.desk.workspace.run(add(Commitment, {"what": what, "by_when": day}))
    page.show_tab(DUE)
    tab = page.tab(DUE)
    assert isinstance(tab, DueNext)
    points = [row.point for row in tab.points.rows]
    assert [(point.title, point.verdict, point.time) for point in points] == [
        ("Over", "overdue", "20 Nov 2026"),
        ("Later", "later", "24 Dec 2026"),
    ]
    assert points[0].detail == "Commitment · nobody is named for it"
    with qtbot.waitSignal(page.desk.place_wanted) as asked:
        qtbot.keyClick(tab.points.rows[0], Qt.Key.Key_Return)
    row = page.desk.document.rows(Commitment)[1]
    assert asked.args == ["readiness", row.id, "done_on"]


def test_the_crosswalk_claims_evidence_and_each_line_leads_somewhere(qtbot: QtBot, show: Show) -> None:
    page = show()
    page.show_tab(CROSSWALK)
    tab = page.tab(CROSSWALK)
    assert isinstance(tab, CrosswalkView)
    first = tab.requirements.rows[0].point
    assert first.title.startswith("GV 1.3  Effort follows risk")
    assert first.detail == "Evidence: Floors"
    for place in range(len(tab.evidence.rows)):
        with qtbot.waitSignal(page.desk.place_wanted) as asked:
            tab.evidence.opened.emit(place)
        assert asked.args[0] in BY_ID


def test_the_answer_about_high_risk_use_is_given_here(show: Show) -> None:
    page = show("empty")
    agent = page.desk.document.only(Agent)
    assert page.reveal(agent.id, "high_risk_use")
    tab = page.tab(CROSSWALK)
    assert isinstance(tab, CrosswalkView)
    assert tab._eu.text().startswith("Nobody has said yet")
    page.desk.workspace.run(set_fields(agent.id, high_risk_use="unsure"))
    assert "Ask a lawyer now" in tab._eu.text()


def test_a_tab_is_reached_by_its_name(show: Show) -> None:
    page = show()
    for name, place in TABS.items():
        assert page.reveal("", name)
        assert page.tabs.place == place
        assert page.tab(place).isVisible()


def test_a_tab_out_of_sight_does_no_work(show: Show) -> None:
    page = show("empty")
    page.show_tab(DUE)
    tab = page.tab(DUE)
    assert isinstance(tab, DueNext)
    page.show_tab(POINTS)
    page.desk.workspace.run(add(Commitment, {"what": "Unseen", "by_when": "2026-12-24"}))
    assert tab.points.rows == []
    page.show_tab(DUE)
    assert len(tab.points.rows) == 1


def test_the_list_is_no_taller_than_what_is_in_sight(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    page.desk.theme.set_zoom(2.0)
    listed = page.points.points.list
    qtbot.waitUntil(lambda: listed.height() < page.scroller.viewport().height())
    page.resize(1069, 500)
    page.desk.theme.set_zoom(1.5)
    qtbot.waitUntil(lambda: listed.height() < page.scroller.viewport().height())
