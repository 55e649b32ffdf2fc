"""The Room page says one thing: what its card calls missing is what the rail counts, and who is known is offered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.edits.people import add_people, people_in
from app.model.names import erased_name
from app.model.room import FunctionContact, Person
from ui.panels.rail import RailItem
from ui.steps.owners.answers import candidates
from ui.steps.owners.page import OwnersPage
from ui.steps.room.page import RoomPage
from ui.widgets.people import PersonChip
from ui.window import Window

MakeWindow = Callable[..., Window]

FOUR = "Hanna Weiss, Lead, Support\nMarc Oyelaran, Lead, Operations\nJun Kowalczyk, Lead, IT\nLea Wirth, Lead, Data"


def room_of(window: Window) -> RoomPage:
    window.show_step("room")
    page = window.page("room")
    assert isinstance(page, RoomPage)
    return page


def with_people(make_window: MakeWindow, people: str) -> tuple[Window, RoomPage]:
    window = make_window("empty")
    page = room_of(window)
    window.desk.workspace.run(add_people(people_in(people)))
    window.desk.workspace.check_now()
    return window, page


def rail(window: Window) -> RailItem:
    return window.rail.items["room"]


def offers(page: RoomPage) -> list[QPushButton]:
    QApplication.processEvents()
    return [offer for offer in page.view.offers.findChildren(QPushButton) if not offer.isHidden()]


def test_what_is_missing_is_counted_by_the_rail(make_window: MakeWindow) -> None:
    window, page = with_people(make_window, "Hanna Weiss, Lead, Support\nJun Kowalczyk, Lead, IT")
    assert page.view.missing.text() == "Missing: Operations, Data"
    assert rail(window).progress.warnings == 2


def test_with_somebody_of_each_nothing_is_missing_and_the_rail_is_ticked(make_window: MakeWindow) -> None:
    window, page = with_people(make_window, FOUR)
    assert page.view.missing.isHidden()
    assert rail(window).done
    assert page.view.unnamed.text().startswith("No contact is named for: Support, Operations")


def test_whoever_is_known_to_work_there_is_offered(qtbot: QtBot, make_window: MakeWindow) -> None:
    window, page = with_people(make_window, FOUR)
    assert [offer.text() for offer in offers(page)][:2] == ["Hanna Weiss for Support", "Marc Oyelaran for Operations"]
    offers(page)[0].setFocus()
    qtbot.keyClick(offers(page)[0], Qt.Key.Key_Return)
    document = window.desk.document
    assert document.called(document.fixed(FunctionContact, "SUP").person) == "Hanna Weiss"
    assert offers(page)[0].text() == "Marc Oyelaran for Operations"
    assert "Support" not in page.view.unnamed.text()


def test_nobody_marked_is_said_so(make_window: MakeWindow) -> None:
    window, page = with_people(make_window, FOUR)
    assert page.view.present_count.text() == "Nobody is marked yet."
    window.show_step("owners")
    owners = window.page("owners")
    assert isinstance(owners, OwnersPage)
    assert owners.view.people_title.text() == "People"
    window.desk.workspace.run(set_fields(window.desk.document.rows(Person)[0].id, present=True))
    assert owners.view.people_title.text() == "In the room"
    window.show_step("room")
    assert page.view.present_count.text() == "1 of 4 people"


def test_whoever_was_erased_is_not_in_the_room(make_window: MakeWindow) -> None:
    window, page = with_people(make_window, FOUR)
    workspace = window.desk.workspace
    for person in window.desk.document.rows(Person):
        workspace.run(set_fields(person.id, present=True))
    assert page.view.present_count.text() == "4 of 4 people"
    gone = window.desk.document.rows(Person)[0]
    workspace.run(set_fields(gone.id, name=erased_name(1)))
    assert page.view.present_count.text() == "3 of 3 people"
    assert gone.id not in page.chips
    window.show_step("owners")
    owners = window.page("owners")
    assert isinstance(owners, OwnersPage)
    assert gone.id not in [chip.row_id for chip in owners.view.people.findChildren(PersonChip) if not chip.isHidden()]
    assert all(erased_name(1) not in answer.text for answer in candidates(window.desk.document))
