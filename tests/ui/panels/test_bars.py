"""What the window says by itself: a new draft, what is due next, and what is open on a step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.edits.generic import add, remove, set_fields
from app.edits.raci import set_letter
from app.errors import AppError
from app.messages import msg
from app.model.commit import Commitment, RaciOverride
from app.model.oversight import Action
from app.model.room import AgendaItem, Agent, Person
from app.policy.raci import action_key
from app.revisions.redraft import redraft
from app.revisions.signoff import seat_holder
from app.signing import sign
from app.workspace import Noticed, Underneath
from ui.window import Window

MakeWindow = Callable[..., Window]


def sign_all(window: Window) -> None:
    workspace = window.desk.workspace
    for seat in ("workflow", "system", "exception", "outcome", "value", "safety"):
        holder = seat_holder(window.desk.document, seat)
        assert holder is not None
        now = workspace.workspace.mint.moment()
        workspace.attempt(sign(workspace.workspace.project, "design", seat, holder.name, drawing="", now=now))
    window.top.show_status()


def test_an_edit_after_signing_says_that_it_starts_a_new_draft(make_window: MakeWindow) -> None:
    window = make_window()
    sign_all(window)
    assert not window.bar.isVisible()
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Somebody else"))
    window.top.show_status()
    assert window.bar.isVisible()
    assert window.bar.sentence.text() == ("This starts a new draft; revision 1 stays signed. Changed: Agent (Client).")
    window.undo()
    window.top.show_status()
    assert not window.bar.isVisible()


def test_a_new_draft_from_the_signed_revision_is_confirmed(make_window: MakeWindow) -> None:
    window = make_window()
    sign_all(window)
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Somebody else"))
    window.top.show_status()
    window.desk.workspace.run(redraft(1, window.desk.workspace.workspace.log))
    window.desk.say(msg("The decisions are those of revision 1 again. Undo takes it back."))
    window.top.show_status()
    assert window.bar.sentence.text() == "The decisions are those of revision 1 again. Undo takes it back."
    window.show_step("owners")
    assert not window.bar.isVisible()


def test_a_file_that_was_changed_before_says_nothing_of_it(make_window: MakeWindow) -> None:
    window = make_window()
    sign_all(window)
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Somebody else"))
    window._standing = None
    window.top.show_status()
    assert not window.bar.isVisible()


def test_undo_puts_the_word_of_a_removal_away(make_window: MakeWindow) -> None:
    window = make_window()
    promise = window.desk.document.rows(Commitment)[0]
    window.desk.workspace.run(remove(promise.id))
    window.show_step("readiness")
    window.desk.say(msg("Somebody was removed."))
    assert window.bar.isVisible()
    window.undo()
    assert not window.bar.isVisible()


def test_what_was_done_is_said_until_the_next_page_or_edit(make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.desk.say(msg("5 people were added."))
    assert (window.bar.word.text(), window.bar.isVisible()) == ("Done.", True)
    window.show_step("owners")
    assert not window.bar.isVisible()
    window.desk.say(msg("5 people were added."))
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Northwind"))
    assert not window.bar.isVisible()


def test_what_was_done_goes_by_itself(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.bar._timer.setInterval(0)
    window.desk.say(msg("5 people were added."))
    qtbot.waitUntil(lambda: not window.bar.isVisible())


def test_the_clock_alone_takes_no_word_away(make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.desk.say(msg("5 people were added."))
    agenda = window.desk.document.rows(AgendaItem)[0]
    made = window.desk.workspace.run(set_fields(agenda.id, spent_seconds=5))
    assert made is not None
    assert window.bar.isVisible()


def test_a_refusal_looks_like_one_and_goes_with_the_next_edit(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.go_to_step("raci")
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_S)
    assert window.bar.word.text() == "Not done."
    assert window.bar.property("role") == "error"
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Somebody else"))
    assert not window.bar.isVisible()


def test_an_error_stays_when_the_page_changes(make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.desk.workspace.failed.emit(AppError(msg("That cannot be."), msg("Do something else.")))
    window.show_step("owners")
    window.desk.say(msg("5 people were added."))
    assert window.bar.sentence.text() == "5 people were added."
    window.show_step("room")
    assert window.bar.sentence.text() == "That cannot be. Do something else."
    assert window.bar.property("role") == "error"
    window.bar.close_button.click()
    assert not window.bar.isVisible()


def test_what_must_be_read_waits_below_what_passes(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.bar._timer.setInterval(0)
    window.bar.stay("Note.", msg("Your own edits are in “map (kept copy)”."))
    window.bar.stay("Note.", msg("One file was left as it is."))
    window.desk.say(msg("5 people were added."))
    qtbot.waitUntil(lambda: window.bar.sentence.text() == "One file was left as it is.")
    window.show_step("owners")
    window.desk.workspace.run(set_fields(window.desk.document.only(Agent).id, client="Northwind"))
    assert window.bar.isVisible()
    window.bar.close_button.click()
    assert window.bar.sentence.text() == "Your own edits are in “map (kept copy)”."
    window.bar.close_button.click()
    assert not window.bar.isVisible()


def test_an_error_that_is_no_longer_so_goes(make_window: MakeWindow) -> None:
    window = make_window("empty")
    window.bar.error(msg("The disk is full."))
    window.bar.retract(msg("Something else."))
    assert window.bar.isVisible()
    window.bar.retract(msg("The disk is full."))
    assert not window.bar.isVisible()


def test_one_key_goes_to_what_is_said_and_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.show_place("room", "", Person.spec.kind)
    typing = QApplication.focusWidget()
    assert typing is not None
    window.bar.error(msg("The disk is full."))
    window.files.line.show_noticed(Noticed(Underneath.CHANGED, ours=True))
    qtbot.keyClick(typing, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.bar.close_button
    qtbot.keyClick(window.bar.close_button, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.files.line.act
    qtbot.keyClick(window.files.line.act, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is typing
    qtbot.keyClick(typing, Qt.Key.Key_F6)
    # Putting the last one away gives the focus back, too.
    qtbot.keyClick(window.bar.close_button, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is typing


def test_a_line_that_goes_while_a_dialog_is_open_leaves_the_focus_on_the_page(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window()
    window.show_place("room", "", Person.spec.kind)
    typing = QApplication.focusWidget()
    window.files.line.show_noticed(Noticed(copies=(Path("map (1).ownermap"),)))
    window.do("message")
    dialog = QDialog(window)
    with qtbot.waitActive(dialog):
        dialog.open()
    window.files.line.show_noticed(Noticed())
    dialog.close()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is typing)


def test_the_foot_says_what_is_due_next_and_goes_there(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    assert window.foot.due.due is None
    assert not window.foot.due.isVisible()
    values = {"what": "Drill the stop button", "by_when": "2026-11-20"}
    window.desk.workspace.run(add(Commitment, values))
    window.foot.due.show_next()
    assert window.foot.due.accessibleName() == "Overdue: 20 Nov 2026 · Drill the stop button"
    qtbot.mouseClick(window.foot.due, Qt.MouseButton.LeftButton)
    assert window.step == "readiness"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.page("readiness").isAncestorOf(focused)


def test_the_guide_tells_advice_apart(make_window: MakeWindow) -> None:
    window = make_window("empty")
    progress = window.desk.workspace.findings.progress
    step = next(step for step, each in progress.items() if each.advice and each.open)
    window.show_step(step)
    each = progress[step]
    assert window.side.guide.still.text() == f"Still open: {each.open} · advice: {each.advice}"
    assert window.rail.items[step].accessibleName().endswith(f"advice: {each.advice}")


def test_a_button_shows_the_guide_beside_a_wide_page(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.show_step("readiness")
    assert not window.side.isVisible()
    qtbot.mouseClick(window.top.guide_button, Qt.MouseButton.LeftButton)
    assert window.side.isVisible()


def test_quit_closes_the_window(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("empty")
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


def test_a_letter_changed_by_hand_after_signing_is_told_in_words(make_window: MakeWindow) -> None:
    window = make_window()
    sign_all(window)
    action = window.desk.document.rows(Action)[0]
    window.desk.workspace.run(set_letter(action_key(action.id), "SEC", "C", "Security asked"))
    window.top.show_status()
    said = window.bar.sentence.text()
    assert said == (
        f"This starts a new draft; revision 1 stays signed. Changed: {RaciOverride.spec.one} “{action.name}”."
    )
    assert action.id not in said


def test_esc_on_a_button_of_the_bar_goes_back_to_the_page(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.page("room").focus_first()
    before = QApplication.focusWidget()
    assert before is not None
    window.bar.error(AppError(msg("The disk is full.")))
    qtbot.keyClick(before, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.bar.close_button
    qtbot.keyClick(window.bar.close_button, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    assert window.bar.isVisible()
