"""What if, and replace a person, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.edits.generic import add, set_fields
from app.model.owners import Handover, OwnerAssignment
from app.model.room import Person
from app.policy.whatif import least_people
from tests.support.keyboard import Keyboard
from tests.ui.test_accessibility import nameless
from ui.steps.roles import REPLACE, WHAT_IF
from ui.steps.roles.page import RolesPage
from ui.window import Window

MakeWindow = Callable[..., Window]


@pytest.fixture
def window(make_window: MakeWindow) -> Window:
    return make_window()


@pytest.fixture
def page(window: Window) -> RolesPage:
    found = window.page("roles")
    assert isinstance(found, RolesPage)
    return found


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


def person(window: Window, name: str) -> str:
    return next(row.id for row in window.desk.document.rows(Person) if row.name == name)


def titles(page: RolesPage) -> list[str]:
    return [row.point.title for row in page.view.what_if.open().points.rows]


# --- what if -----------------------------------------------------------------------------------------------


def test_a_tick_shows_at_once_what_is_unowned(window: Window, page: RolesPage, keyboard: Keyboard) -> None:
    window.do("what_if")
    panel = page.view.what_if.open()
    assert titles(page) == []
    assert panel.said.text() == "Tick somebody, and see what is unowned without them."
    assert keyboard.said() == "Without Dana Abelard"
    keyboard.answer("Without Marc Oyelaran")
    assert "Without Marc Oyelaran, unowned: " in panel.said.text()
    assert "40 h a week without cover" in panel.said.text()
    assert "billing-exceptions: Owner" in titles(page)
    keyboard.press("Space")
    assert titles(page) == []


def test_a_moment_is_typed_and_a_wrong_one_is_said(window: Window, page: RolesPage, keyboard: Keyboard) -> None:
    window.do("what_if")
    panel = page.view.what_if.open()
    keyboard.tab_to("They leave for good")
    keyboard.press("Right")
    keyboard.press("Space")
    assert keyboard.said() == "Moment at which they are away"
    keyboard.answer("tomorrow")
    assert panel.fault.isVisible()
    assert panel.moment_line.accessibleDescription() == panel.fault.text() != ""
    keyboard.answer("2026-12-24 10:00")
    assert not panel.fault.isVisible()
    # The map says who is away that day.
    assert "Without Sara Nadeem" in panel.said.text()


def test_a_point_opens_the_place_where_it_is_put_right(window: Window, page: RolesPage, keyboard: Keyboard) -> None:
    window.do("what_if")
    page.view.what_if.open().tick(person(window, "Marc Oyelaran"), out=True)
    keyboard.tab_to("billing-exceptions: Owner")
    keyboard.press("Return")
    assert window.step == "exceptions"
    assert keyboard.said() == "Owner, billing-exceptions"


def test_it_follows_what_is_edited_while_it_is_open(window: Window, page: RolesPage, qtbot: QtBot) -> None:
    window.do("what_if")
    panel = page.view.what_if.open()
    rosa = person(window, "Rosa Steiner")
    panel.tick(rosa, out=True)

    def lost() -> list[str]:
        return [row.point.title for row in panel.points.rows if row.point.tone == "bad"]

    assert "Outcome owner" in lost()
    owner = window.desk.document.fixed(OwnerAssignment, "outcome")
    window.desk.workspace.run(set_fields(owner.id, deputy=person(window, "Ines Falk")))
    qtbot.waitUntil(lambda: "Outcome owner" not in lost())
    assert "Seat: For value (business)" in lost()


def test_folded_it_does_no_work_and_catches_up_when_opened(window: Window, page: RolesPage) -> None:
    window.do("what_if")
    panel = page.view.what_if.open()
    page.view.what_if.fold.switch.setChecked(False)
    window.desk.workspace.run(set_fields(person(window, "Lea Wirth"), name="Lea Adler"))
    assert "Lea Wirth" in panel.chips[person(window, "Lea Adler")].accessibleName()
    page.view.what_if.open()
    assert "Lea Adler" in panel.chips[person(window, "Lea Adler")].accessibleName()


def test_how_few_it_takes_is_told_with_whom(window: Window, page: RolesPage) -> None:
    window.do("what_if")
    rows = [row.point for row in page.view.what_if.open().few_points.rows]
    assert (rows[0].title, rows[0].verdict) == ("Dana Abelard alone: 15 duties", "one person")
    fewest = [least for least in least_people(window.desk.document, "2026-11-21") if least.count > 1]
    assert [row.verdict for row in rows if row.tone != "bad"] == [f"{least.count} people" for least in fewest]


# --- replace a person --------------------------------------------------------------------------------------


def test_a_person_is_replaced_with_the_keyboard_alone_and_one_undo_brings_everything_back(
    window: Window, keyboard: Keyboard
) -> None:
    before = window.desk.document
    jun, priya = person(window, "Jun Kowalczyk"), person(window, "Priya Menon")
    keyboard.press("Ctrl+K")
    keyboard.type("replace a")
    keyboard.press("Return")
    assert keyboard.said() == "Who hands over?"
    keyboard.answer("Jun")
    keyboard.fill("To whom?", "Priya")
    keyboard.fill("Reason", "New job")
    keyboard.tab_to("Hand over ")
    keyboard.press("Space")
    after = window.desk.document
    assert after.fixed(OwnerAssignment, "system").person == priya
    record = after.rows(Handover)[-1]
    assert (record.from_person, record.to_person, record.why) == (jun, priya, "New job")
    keyboard.press("Ctrl+Z")
    assert window.desk.document == before


def test_what_is_not_ticked_stays(window: Window, page: RolesPage, keyboard: Keyboard) -> None:
    jun, priya = person(window, "Jun Kowalczyk"), person(window, "Priya Menon")
    window.desk.open_place("roles", jun, REPLACE)
    assert keyboard.said() == "To whom?"
    keyboard.answer("Priya")
    panel = page.view.replace_person.open()
    keyboard.tab_to("What is handed over")
    place = next(n for n in range(panel.list.count()) if panel.list.item(n).text() == "System owner")
    keyboard.press("Down", place)
    keyboard.press("Space")
    assert panel.hand_over.text() == f"Hand over {panel.list.count() - 1} places"
    keyboard.tab_to("Hand over ")
    keyboard.press("Return")
    assert window.desk.document.fixed(OwnerAssignment, "system").person == jun
    assert {name for row, name in window.desk.document.referrers(priya)} != set()


def test_a_name_that_nobody_has_is_added_in_the_same_step(window: Window, page: RolesPage, keyboard: Keyboard) -> None:
    before = window.desk.document
    lea = person(window, "Lea Wirth")
    window.desk.open_place("roles", lea, REPLACE)
    keyboard.answer("Noor Haddad")
    panel = page.view.replace_person.open()
    assert panel.told.text().startswith("Noor Haddad is added to the room. ")
    keyboard.tab_to("Hand over ")
    keyboard.press("Return")
    noor = person(window, "Noor Haddad")
    record = window.desk.document.rows(Handover)[-1]
    assert (record.from_person, record.to_person) == (lea, noor)
    keyboard.press("Ctrl+Z")
    assert window.desk.document == before


def test_without_anybody_the_list_says_what_becomes_of_each_place(window: Window, page: RolesPage) -> None:
    window.desk.open_place("roles", person(window, "Marc Oyelaran"), REPLACE)
    panel = page.view.replace_person.open()
    said = [panel.list.item(place).text() for place in range(panel.list.count())]
    assert "Exception owner – stays vacant; Hanna Weiss steps in" in said
    assert "billing-exceptions: Owner – stays vacant" in said


def test_nobody_takes_over_and_the_button_says_so(window: Window, page: RolesPage) -> None:
    window.desk.open_place("roles", person(window, "Lea Wirth"), REPLACE)
    panel = page.view.replace_person.open()
    assert panel.hand_over.text() == f"Take them out of {panel.list.count()} places"
    panel.tick_none.click()
    assert not panel.hand_over.isEnabled()
    panel.tick_all.click()
    assert panel.hand_over.isEnabled()


def test_oneself_is_refused_in_words(window: Window, page: RolesPage) -> None:
    lea = person(window, "Lea Wirth")
    window.desk.open_place("roles", lea, REPLACE)
    panel = page.view.replace_person.open()
    panel.by.setEditText("lea wirth")
    assert panel.told.text() == "Lea Wirth cannot take over from themselves."
    assert not panel.hand_over.isEnabled()


@pytest.mark.parametrize("leave", ["Escape", "Cancel"])
def test_leaving_changes_nothing(leave: str, window: Window, page: RolesPage, keyboard: Keyboard) -> None:
    before = window.desk.document
    window.desk.open_place("roles", person(window, "Lea Wirth"), REPLACE)
    keyboard.answer("Priya")
    if leave == "Escape":
        keyboard.press("Esc")
    else:
        keyboard.tab_to("Cancel")
        keyboard.press("Return")
    assert window.desk.document is before
    assert not page.view.replace_person.fold.switch.isChecked()
    assert keyboard.said() == "Replace a person"
    window.do("replace")
    assert page.view.replace_person.open().who.currentData() is None


def test_ticks_hold_while_somebody_else_is_added(window: Window, page: RolesPage) -> None:
    window.desk.open_place("roles", person(window, "Jun Kowalczyk"), REPLACE)
    panel = page.view.replace_person.open()
    panel.tick_none.click()
    window.desk.workspace.run(set_fields(person(window, "Lea Wirth"), title="Evaluation lead"))
    assert panel.list.ticked() == frozenset()
    assert panel.who.currentText() == "Jun Kowalczyk"


def test_every_control_has_a_name(window: Window) -> None:
    window.desk.open_place("roles", person(window, "Jun Kowalczyk"), REPLACE)
    window.do(WHAT_IF)
    QApplication.processEvents()
    assert nameless(window) == []


def test_whoever_hands_over_is_not_offered_to_take_over(window: Window, page: RolesPage) -> None:
    panel = page.view.replace_person.open()
    for name in ("Lea Wirth", "Dana Abelard"):
        panel.start(person(window, name))
        offered = [panel.by.itemText(place) for place in range(panel.by.count())]
        assert name not in offered
        assert len(offered) == len(window.desk.document.rows(Person)) - 1


def test_a_name_that_two_have_takes_nothing_over_until_one_is_chosen(window: Window, page: RolesPage) -> None:
    jun = person(window, "Jun Kowalczyk")
    window.desk.workspace.run(add(Person, {"name": "Jun Kowalczyk", "title": "Clerk"}))
    window.desk.open_place("roles", person(window, "Marc Oyelaran"), REPLACE)
    panel = page.view.replace_person.open()
    panel.by.setEditText("jun kowalczyk")
    assert not panel.hand_over.isEnabled()
    assert panel.told.text() == "More than one is called “jun kowalczyk”; choose from the list."
    titled = next(panel.by.itemText(n) for n in range(panel.by.count()) if panel.by.itemData(n) == jun)
    panel.by.setEditText(titled)
    assert panel.hand_over.isEnabled()
