"""The silent vote in the window: alone, hidden, revealed together, and decided from there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.edits.generic import remove, set_fields
from app.model.commit import Decision, ParkedItem
from app.model.owners import OwnerAssignment, Vote
from app.model.room import Person, Workshop
from app.policy.consensus import NOBODY, PASS, PERSON, VENDOR, Answer, round_of
from tests.support.keyboard import Keyboard
from tests.ui.test_accessibility import nameless
from ui.desk import VOTING
from ui.steps.owners.page import OwnersPage
from ui.window import Window

MakeWindow = Callable[..., Window]


@pytest.fixture
def window(make_window: MakeWindow) -> Window:
    """The sample on the Owners step. Dana and Jun are in the room, and Ines, who facilitates."""
    made = make_window()
    workspace = made.desk.workspace
    for person in made.desk.document.rows(Person):
        here = person.name in ("Dana Abelard", "Jun Kowalczyk", "Ines Falk")
        workspace.run(set_fields(person.id, present=here))
    workspace.run(set_fields(made.desk.document.only(Workshop).id, facilitator="Ines Falk"))
    made.show_step("owners")
    return made


@pytest.fixture
def page(window: Window) -> OwnersPage:
    found = window.page("owners")
    assert isinstance(found, OwnersPage)
    return found


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


def person(window: Window, name: str) -> str:
    return next(row.id for row in window.desk.document.rows(Person) if row.name == name)


def on_the_screen(page: OwnersPage) -> str:
    """Every word that can be read on the page."""
    told = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    told += [field.text() for field in page.findChildren(QLineEdit) if field.isVisible()]
    told += [field.toPlainText() for field in page.findChildren(QPlainTextEdit) if field.isVisible()]
    return " | ".join(told)


def answer(keyboard: Keyboard, *typed: str) -> None:
    """Answer the four questions, each with Return."""
    for text in typed:
        keyboard.type(text)
        keyboard.press("Return")


def vote_of_two(page: OwnersPage, keyboard: Keyboard) -> None:
    """A vote from the button to the reveal, by keyboard alone."""
    keyboard.tab_to("Run a silent vote")
    keyboard.press("Space")
    assert keyboard.said() == "Pass the laptop"
    keyboard.press("Return")
    assert keyboard.said() == "I am Dana Abelard"
    keyboard.press("Return")
    assert keyboard.said() == "Workflow owner"
    answer(keyboard, "dana", "jun", "marc", "nobody")
    assert keyboard.said() == "Done, hide my answers"
    keyboard.press("Return")
    assert keyboard.said() == "I am Jun Kowalczyk"
    keyboard.press("Return")
    answer(keyboard, "dana", "vendor", "dana", "")
    keyboard.press("Return")
    assert keyboard.said() == "Reveal all answers"
    keyboard.press("Return")


def test_a_vote_by_keyboard_from_the_question_to_the_owner(
    window: Window, page: OwnersPage, keyboard: Keyboard
) -> None:
    vote_of_two(page, keyboard)
    dana, jun, marc = (person(window, name) for name in ("Dana Abelard", "Jun Kowalczyk", "Marc Oyelaran"))
    found = round_of(window.desk.document, 2)
    assert found is not None
    assert dict(found.ballots[dana]) == {
        "workflow": Answer(PERSON, dana),
        "system": Answer(PERSON, jun),
        "exception": Answer(PERSON, marc),
        "outcome": Answer(NOBODY),
    }
    assert found.answer(jun, "system") == Answer(VENDOR)
    assert found.answer(jun, "outcome") == Answer(PASS)
    assert page.headline.text() == "Who did each of us think owned it?"
    lines = page.vote.reveal.decisions
    assert [line.question for line in lines][-1] == "workflow"
    # The first key decides for the most frequent name of the most split question.
    assert keyboard.said() == "Decide: System owner is Jun Kowalczyk, named by 1"
    keyboard.tab_to("Decide: Exception owner is Dana Abelard")
    keyboard.press("Return")
    assert window.desk.document.fixed(OwnerAssignment, "exception").person == dana
    assert window.desk.document.rows(Decision)[-1].what == "Exception owner: Dana Abelard"
    decided = next(line for line in lines if line.question == "exception")
    assert decided.owner.text() == "✓ Dana Abelard"
    keyboard.press("Ctrl+Z")
    assert window.desk.document.fixed(OwnerAssignment, "exception").person == marc
    assert decided.owner.text() == "✓ Marc Oyelaran"


def test_undo_takes_the_whole_round_back(window: Window, page: OwnersPage, keyboard: Keyboard) -> None:
    before = window.desk.document.rows(Vote)
    vote_of_two(page, keyboard)
    assert len(window.desk.document.rows(Vote)) == len(before) + 8
    keyboard.press("Ctrl+Z")
    assert window.desk.document.rows(Vote) == before
    assert not page.vote.reveal.isVisible()
    assert page.vote.choose.isVisible()
    keyboard.press("Ctrl+Shift+Z")
    assert page.vote.choose.earlier.text() == "Look at round 1 again"
    window.page("owners").vote.show_round(2)  # type: ignore[attr-defined]
    assert page.vote.reveal.isVisible()


def test_the_facilitator_is_no_voter_and_who_is_away_may_be_added(page: OwnersPage, window: Window) -> None:
    page.run_vote()
    choose = page.vote.choose
    assert person(window, "Ines Falk") not in choose.voters
    assert choose.chosen() == (person(window, "Dana Abelard"), person(window, "Jun Kowalczyk"))
    assert "Ines Falk facilitates" in choose.note.text()
    choose.voters[person(window, "Jun Kowalczyk")].click()
    assert not choose.laptop.isEnabled()
    assert choose.laptop.toolTip() == "It takes two voters or more"
    choose.voters[person(window, "Ole Hansen")].click()
    assert choose.slips.isEnabled()


def test_nothing_that_was_answered_is_seen_before_the_reveal(
    window: Window, page: OwnersPage, keyboard: Keyboard
) -> None:
    before = window.desk.document
    page.run_vote()
    page.vote.choose.laptop.click()
    page.vote.handover.begin.click()
    answer(keyboard, "rosa", "rosa", "rosa", "rosa")
    assert "Rosa Steiner" in on_the_screen(page)
    keyboard.press("Return")
    assert "Rosa Steiner" not in on_the_screen(page)
    assert window.desk.document is before
    assert window.desk.vote == VOTING
    # Who answers anew begins with nothing.
    page.vote.handover.ready.emit(person(window, "Dana Abelard"))
    assert [asked.line.text() for asked in page.vote.ballot.lines.values()] == ["", "", "", ""]


def test_who_leaves_in_the_middle_leaves_nothing_behind(window: Window, page: OwnersPage, keyboard: Keyboard) -> None:
    page.run_vote()
    page.vote.choose.laptop.click()
    page.vote.handover.begin.click()
    answer(keyboard, "rosa")
    keyboard.type("mar")
    window.show_step("roles")
    window.show_step("owners")
    assert page.vote.handover.isVisible()
    assert "0 of 2 have answered." in on_the_screen(page)
    assert [asked.line.text() for asked in page.vote.ballot.lines.values()] == ["", "", "", ""]


def test_esc_drops_a_ballot_and_stopping_forgets_all(window: Window, page: OwnersPage, keyboard: Keyboard) -> None:
    before = window.desk.document
    page.run_vote()
    page.vote.choose.laptop.click()
    keyboard.press("Return")
    answer(keyboard, "rosa")
    keyboard.press("Esc")
    assert page.vote.handover.isVisible()
    assert page.vote.ballots == {}
    keyboard.press("Return")
    answer(keyboard, "rosa", "", "", "")
    keyboard.press("Return")
    page.vote.handover.stop.click()
    assert page.view.isVisible()
    assert not page.vote.isVisible()
    assert page.vote.ballots == {}
    assert page.headline.text() == "Who owns this agent, by name?"
    assert page.to_vote.text() == "Run a silent vote"
    assert window.desk.vote is None
    assert window.desk.document is before


def test_a_finding_can_be_answered_in_the_middle_of_a_vote(
    window: Window, page: OwnersPage, keyboard: Keyboard
) -> None:
    page.run_vote()
    page.vote.choose.laptop.click()
    page.vote.handover.begin.click()
    answer(keyboard, "rosa", "", "", "")
    keyboard.press("Return")
    owner = window.desk.document.fixed(OwnerAssignment, "exception")
    window.show_place("owners", owner.id, "person")
    assert page.view.isVisible()
    assert page.to_vote.text() == "Go on with the vote"
    page.to_vote.click()
    assert "1 of 2 has answered." in on_the_screen(page)


def test_paper_slips_come_in_any_order(page: OwnersPage, window: Window, keyboard: Keyboard) -> None:
    page.run_vote()
    page.vote.choose.slips.click()
    assert "Whose slip is this?" in on_the_screen(page)
    keyboard.tab_to("Jun Kowalczyk has not answered yet")
    keyboard.press("Space")
    assert keyboard.said() == "Jun Kowalczyk’s slip"
    keyboard.press("Return")
    answer(keyboard, "pass", "pass", "pass", "pass")
    keyboard.press("Return")
    assert "Dana Abelard" in page.vote.handover.name.text()
    assert not page.vote.handover.reveal_some.isVisible()


def test_revealing_before_everybody_has_answered(page: OwnersPage, window: Window, keyboard: Keyboard) -> None:
    page.run_vote()
    page.vote.choose.voters[person(window, "Ole Hansen")].click()
    page.vote.choose.laptop.click()
    for _ in range(2):
        page.vote.handover.begin.click()
        answer(keyboard, "jun", "jun", "jun", "jun")
        keyboard.press("Return")
    assert page.vote.handover.reveal_some.text() == "Reveal with 2 of 3"
    page.vote.handover.reveal_some.click()
    found = page.vote.reveal.round
    assert found is not None
    assert person(window, "Ole Hansen") not in found.ballots
    assert "2 of 2" in on_the_screen(page)


def test_a_name_that_means_nothing_is_said_and_not_taken(page: OwnersPage, keyboard: Keyboard) -> None:
    page.run_vote()
    page.vote.choose.laptop.click()
    page.vote.handover.begin.click()
    first = page.vote.ballot.lines["workflow"]
    keyboard.type("Zorro")
    keyboard.press("Return")
    assert first.line.hasFocus()
    assert "“Zorro” is not on the list" in first.fault.text()
    page.vote.ballot.take.click()
    assert page.vote.ballot.isVisible()
    keyboard.press("Esc")
    assert first.line.text() == ""
    assert first.fault.isHidden()
    # Left with Tab: one that fits is taken, several are asked about.
    keyboard.type("kowal")
    keyboard.press("Tab")
    assert first.line.text() == "Jun Kowalczyk"
    keyboard.type("lead")
    keyboard.press("Tab")
    assert "could be several people" in page.vote.ballot.lines["system"].fault.text()


def test_the_list_opens_by_arrow_and_offers_everybody(page: OwnersPage, keyboard: Keyboard, window: Window) -> None:
    page.run_vote()
    page.vote.choose.laptop.click()
    page.vote.handover.begin.click()
    keyboard.press("Down")
    offered = page.vote.ballot.lines["workflow"]._suggestions.list
    said = [offered.item(row).text() for row in range(offered.count())]
    assert len(said) == len(window.desk.document.rows(Person)) + 3
    assert any(text.startswith("Ole Hansen") and "not in the room" in text for text in said)
    assert [text.split("   ")[0] for text in said[-3:]] == ["Vendor", "Nobody", "Pass"]
    keyboard.press("Down")
    keyboard.press("Return")
    assert page.vote.ballot.lines["workflow"].line.text() == "Jun Kowalczyk"


def test_who_leaves_the_project_leaves_the_vote(page: OwnersPage, window: Window, keyboard: Keyboard) -> None:
    page.run_vote()
    page.vote.choose.voters[person(window, "Ole Hansen")].click()
    page.vote.choose.laptop.click()
    page.vote.handover.begin.click()
    answer(keyboard, "tom", "jun", "", "")
    keyboard.press("Return")
    window.desk.workspace.run(remove(person(window, "Tom Brandt"), person(window, "Ole Hansen")))
    assert page.vote.voters == (person(window, "Dana Abelard"), person(window, "Jun Kowalczyk"))
    page.vote.handover.begin.click()
    answer(keyboard, "jun", "jun", "", "")
    keyboard.press("Return")
    page.vote.handover.reveal.click()
    assert "No longer here" in on_the_screen(page)


def test_the_sample_is_split_on_exceptions(page: OwnersPage, window: Window, keyboard: Keyboard) -> None:
    page.run_vote()
    page.vote.choose.earlier.click()
    told = on_the_screen(page)
    assert page.subtitle.text().endswith("The split is the finding: Exception owner.")
    assert "1 of 4 | Split four ways" in told
    assert "3 of 4 | Agreed" in told
    assert "Over all four, less what chance would give: 0.53" in told
    assert window.desk.vote == 1
    assert nameless(page) == []
    first = page.vote.reveal.decisions[0]
    first.park.click()
    first.park.click()
    assert [item.what for item in window.desk.document.rows(ParkedItem)].count("Exception owner: who is it?") == 1
    first.other.click()
    assert page.view.isVisible()
    assert keyboard.said().endswith("Exception owner")


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_every_part_of_it_fits_a_laptop(page: OwnersPage, window: Window, zoom: float) -> None:
    window.desk.theme.set_zoom(zoom)
    window.resize(1280, 800)
    page.run_vote()
    steps = (page.vote.choose.laptop.click, page.vote.handover.begin.click, lambda: page.vote.show_round(1))
    for step in steps:
        step()
        QApplication.processEvents()
        assert nameless(page) == []
        assert page._body.width() <= page.scroller.viewport().width()
    assert page.vote.reveal.isVisible()


def test_a_wide_window_shows_names_whole(page: OwnersPage, window: Window, qtbot: QtBot) -> None:
    page.vote.show_round(1)
    page.run_vote()
    page.vote.show_round(1)
    QApplication.processEvents()
    told = on_the_screen(page)
    assert "Jun Kowalczyk" in told
    assert "…" not in told
    qtbot.keyClick(page, Qt.Key.Key_F5)
    assert window.audience is not None
    assert window.audience.wall.views[0].tile.name == "1 of 4 · Split four ways"


def test_dissent_is_kept_with_the_decision_only_when_asked_for(
    page: OwnersPage, window: Window, keyboard: Keyboard
) -> None:
    vote_of_two(page, keyboard)
    decided = next(line for line in page.vote.reveal.decisions if line.question == "exception")
    assert decided.others.isHidden()
    keyboard.tab_to("Decide: Exception owner is Dana Abelard")
    keyboard.press("Return")
    assert decided.others.text() == "Named somebody else: Dana Abelard."
    assert window.desk.document.rows(Decision)[-1].dissent == ""
    keyboard.tab_to("Keep with the decision who named somebody else: Exception owner")
    keyboard.press("Return")
    assert window.desk.document.rows(Decision)[-1].dissent == "Dana Abelard named somebody else."
    assert decided.keep.isHidden()
    assert decided.others.text() == "Dissent, kept with the decision: Dana Abelard named somebody else."
    # The focus stays in the question that was answered.
    assert keyboard.said().startswith("Decide: Exception owner is")
    keyboard.press("Ctrl+Z")
    assert decided.keep.isVisible()


def test_where_all_named_the_owner_there_is_no_dissent(page: OwnersPage, keyboard: Keyboard) -> None:
    vote_of_two(page, keyboard)
    decided = next(line for line in page.vote.reveal.decisions if line.question == "workflow")
    decided.first().click()
    assert decided.owner.text() == "✓ Dana Abelard"
    assert decided.others.isHidden()
    assert decided.keep.isHidden()


def test_each_question_says_how_far_it_agrees_beyond_chance(page: OwnersPage) -> None:
    page.run_vote()
    page.vote.choose.earlier.click()
    assert "1 of 4 | Split four ways | −0.18 beyond chance" in on_the_screen(page)
