"""The Sign-off page: seats sign for themselves, with their own name, while nothing blocks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.edits.generic import add, change_set, set_fields
from app.messages import msg
from app.model.boundary import Workflow
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.ids import Mint
from app.model.room import Agent, Person
from app.model.row import with_fields
from app.revisions.signoff import state
from app.steps import BY_ID
from app.template_list import SAMPLE
from ui.desk import Desk
from ui.steps.signoff.page import SignoffPage
from ui.widgets.drawing_pad import read_strokes

MakeDesk = Callable[..., Desk]
Show = Callable[..., SignoffPage]


@pytest.fixture
def show(qtbot: QtBot, make_desk: MakeDesk) -> Show:
    def make(template: str = SAMPLE) -> SignoffPage:
        page = SignoffPage(make_desk(template, checked=True), BY_ID["signoff"])
        qtbot.addWidget(page)
        page.resize(1069, 700)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    return make


def sign(qtbot: QtBot, page: SignoffPage, name: str) -> None:
    page.signing.name.setFocus()
    qtbot.keyClicks(page.signing.name, name)
    qtbot.keyClick(page.signing.name, Qt.Key.Key_Return)


def sign_all(qtbot: QtBot, page: SignoffPage) -> None:
    for _ in page.seats.rows:
        seat = next(seat for seat in page.at_hand.seats if seat.seat == page.seats.current)
        assert seat.person is not None
        sign(qtbot, page, seat.person.name)


def test_it_says_that_nothing_blocks(show: Show) -> None:
    page = show()
    assert page.standing.verdict.text().startswith("Yes: nothing blocks the design sign-off.")
    assert page.badge.text() == "Draft 1"
    assert page.signing.sign_button.text() == "Sign as Dana Abelard"
    assert page.signing.name.text() == ""


def test_a_typed_name_signs_and_the_next_seat_is_offered(qtbot: QtBot, show: Show) -> None:
    page = show()
    sign(qtbot, page, "dana  abelard")
    (signature,) = page.desk.document.rows(Signature)
    assert (signature.seat, signature.name, signature.level) == ("workflow", "Dana Abelard", "design")
    assert page.badge.text() == "Signed by 1 of 6"
    assert page.signing.sign_button.text() == "Sign as Jun Kowalczyk"
    assert page.signing.name.text() == ""
    assert "Fingerprint" in page.fingerprint.text()


def test_another_name_is_refused_beside_the_field(qtbot: QtBot, show: Show) -> None:
    page = show()
    sign(qtbot, page, "Rosa Steiner")
    assert "is held by Dana Abelard, not by Rosa Steiner" in page.signing.fault.text()
    assert page.desk.document.rows(Signature) == ()
    qtbot.keyClicks(page.signing.name, "x")
    assert page.signing.fault.text() == ""


def test_an_empty_name_signs_nothing(qtbot: QtBot, show: Show) -> None:
    page = show()
    qtbot.mouseClick(page.signing.sign_button, Qt.MouseButton.LeftButton)
    assert page.signing.fault.text() == "Type your name to sign."
    assert page.desk.document.rows(Signature) == ()


def test_all_seats_sign(qtbot: QtBot, show: Show) -> None:
    page = show()
    sign_all(qtbot, page)
    assert state(page.desk.document).signed
    assert page.badge.text() == "Signed revision 1"
    assert not page.withdrawing.isVisible()
    assert page.changed.sentence.text() == "Nothing: the decisions are those of revision 1."


def test_seats_sign_one_after_the_other_without_tab(qtbot: QtBot, show: Show) -> None:
    page = show()
    page.signing.name.setFocus()
    for seat in page.at_hand.seats:
        assert QApplication.focusWidget() is page.signing.name
        assert seat.person is not None
        qtbot.keyClicks(page.signing.name, seat.person.name)
        qtbot.keyClick(page.signing.name, Qt.Key.Key_Return)
    assert state(page.desk.document).signed
    assert QApplication.focusWidget() in page.seats.rows


def test_a_later_change_shows_what_changed_and_starts_a_draft(qtbot: QtBot, show: Show) -> None:
    page = show()
    sign_all(qtbot, page)
    workflow = page.desk.document.only(Workflow)
    page.desk.workspace.run(set_fields(workflow.id, purpose="Something else"))
    assert page.badge.text() == "Draft 2"
    assert page.changed.sentence.text().startswith("1 difference from revision 1.")
    assert ("Workflow", "Purpose", workflow.purpose, "Something else") == page.changed._shown[0]  # type: ignore[index]
    assert "signed revision 1, " in page.seats.rows[0].accessibleDescription()
    assert "of what was signed before this draft" in page.receipt.text()
    assert page.proves.isHidden(), "a draft has no fingerprint to speak of"
    page.desk.workspace.undo()
    assert page.badge.text() == "Signed revision 1"
    assert not page.proves.isHidden()
    assert page.receipt.text().endswith("such as in the minutes.")


def test_two_signers_of_one_name_are_told_apart(show: Show) -> None:
    page = show()
    page.desk.workspace.run(add(Person, {"name": "Jun Kowalczyk", "title": "Clerk"}))
    system = next(row.shown for row in page.seats.rows if row.shown.seat == "system")
    jun = page.at_hand.seats[1].person
    assert jun is not None
    assert system.holder == f"Jun Kowalczyk ({jun.title})"
    assert system.apart == f" ({jun.title})", "it has a line of its own, where it is not cut"
    rows = {row.shown.seat: row for row in page.seats.rows}
    assert rows["system"].sizeHint().height() > rows["workflow"].sizeHint().height()
    page.seats.select("system")
    assert page.signing.sign_button.text() == f"Sign as Jun Kowalczyk ({jun.title})"


def test_a_drawn_signature_is_kept_as_strokes(qtbot: QtBot, show: Show) -> None:
    page = show()
    page.signing.drawn.open()
    pad = page.signing.pad
    assert pad is not None
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    qtbot.mouseMove(pad, QPoint(60, 40))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    sign(qtbot, page, "Dana Abelard")
    (signature,) = page.desk.document.rows(Signature)
    assert read_strokes(signature.drawing)
    assert pad.drawing() == ""
    assert page.seats.rows[0].shown.drawing == signature.drawing


def test_the_level_of_a_revision_that_is_being_signed_stays(qtbot: QtBot, show: Show) -> None:
    page = show()
    assert page.standing.levels.isEnabled()
    sign(qtbot, page, "Dana Abelard")
    assert not page.standing.levels.isEnabled()


def test_launch_shows_its_own_blockers_and_goes_to_the_first(qtbot: QtBot, show: Show) -> None:
    page = show("billing-triage")
    page.standing.levels.choose(1)
    page.standing.levels.chosen.emit()
    assert page.standing.verdict.text().startswith("No: ")
    assert "launch" in page.standing.verdict.text()
    with qtbot.waitSignal(page.desk.place_wanted):
        qtbot.mouseClick(page.standing.go_button, Qt.MouseButton.LeftButton)


def test_an_empty_seat_leads_to_where_it_is_filled(qtbot: QtBot, show: Show) -> None:
    page = show("empty")
    assert not page.signing.sign_button.isVisible()
    with qtbot.waitSignal(page.desk.place_wanted) as asked:
        qtbot.mouseClick(page.signing.fill_button, Qt.MouseButton.LeftButton)
    assert asked.args[0] == "owners"
    assert asked.args[2] == "person"


def test_a_revision_is_withdrawn_with_a_reason(qtbot: QtBot, show: Show) -> None:
    page = show()
    sign(qtbot, page, "Dana Abelard")
    assert page.withdrawing.isVisible()
    page.withdrawing.fold.open()
    page.withdrawing.by.setText("Jun Kowalczyk")
    qtbot.mouseClick(page.withdrawing.withdraw_button, Qt.MouseButton.LeftButton)
    assert "needs a name and a reason" in page.withdrawing.fault.text()
    qtbot.keyClicks(page.withdrawing.why, "The boundary is not right yet")
    qtbot.keyClick(page.withdrawing.why, Qt.Key.Key_Return)
    (revision,) = page.desk.document.rows(Revision)
    assert revision.withdrawn_by == "Jun Kowalczyk"
    assert page.badge.text() == "Draft 2"
    assert not page.withdrawing.isVisible()


def test_the_seats_are_walked_by_keyboard(qtbot: QtBot, show: Show) -> None:
    page = show()
    page.seats.rows[0].setFocus()
    qtbot.keyClick(page.seats.rows[0], Qt.Key.Key_Down)
    assert page.seats.current == "system"
    assert page.signing.sign_button.text() == "Sign as Jun Kowalczyk"


def test_at_stage_1a_the_two_seats_need_not_sign(show: Show) -> None:
    page = show()
    page.desk.workspace.run(set_fields(page.desk.document.only(Agent).id, stage="1a"))
    assert page.seats.rows[4].accessibleDescription() == "need not sign at this stage"


def test_it_reads_in_the_dark_and_at_twice_the_size(show: Show) -> None:
    page = show()
    page.desk.theme.use("dark")
    page.desk.theme.set_zoom(2.0)
    assert not page.grab().isNull()


def test_nobody_signs_on_top_of_a_sign_off_that_does_not_hold(qtbot: QtBot, show: Show) -> None:
    page = show()
    sign_all(qtbot, page)
    (first, *_) = page.desk.document.rows(Signature)

    def forge(document: Document, mint: Mint) -> ChangeSet | None:
        return change_set(mint, msg("A hand in the file"), [RowChange(first, with_fields(first, {"name": "Mallory"}))])

    page.desk.workspace.run(forge)
    assert page.badge.text() == "Draft 2: the sign-off does not hold"
    assert page.standing.verdict.text() == "No: the sign-off that is in this file does not hold."
    assert "Nothing more can be signed on top of it." in page.signing._asked.text()
    for hidden in (page.signing.name, page.signing.sign_button, page.signing.key, page.receipt, page.fingerprint):
        assert hidden.isHidden()
    assert all(not row.shown.signed for row in page.seats.rows)
