"""Who decides what, on the page of the owners: only where two people lead."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.edits.generic import set_fields
from app.model.owners import OwnerAssignment, RoleAssignment
from app.model.room import Person
from app.steps import BY_ID
from ui.desk import Desk
from ui.steps.owners.page import OwnersPage


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> OwnersPage:
    made = OwnersPage(desk, BY_ID["owners"])
    qtbot.addWidget(made)
    made.show()
    return made


def person(desk: Desk, name: str) -> str:
    return next(row.id for row in desk.document.rows(Person) if row.name == name)


def test_one_lead_needs_no_table(page: OwnersPage) -> None:
    assert page.view.rights.isHidden()


def test_two_leads_see_what_each_decides(page: OwnersPage, desk: Desk) -> None:
    role = desk.document.fixed(RoleAssignment, "product_owner")
    desk.workspace.run(set_fields(role.id, person=person(desk, "Lea Wirth")))
    card = page.view.rights
    assert card.isVisible()
    assert {key: label.text() for key, label in card.names.items()} == {
        "boundary": "Dana Abelard, Workflow owner",
        "guardrails": "Lea Wirth, Agent Product Owner",
        "outcome": "Rosa Steiner, Outcome owner",
    }
    owner = desk.document.fixed(OwnerAssignment, "outcome")
    desk.workspace.run(set_fields(owner.id, person=None))
    assert card.names["outcome"].text() == "Nobody yet, Outcome owner"
    desk.workspace.run(set_fields(role.id, person=None))
    assert card.isHidden()


def test_it_stands_there_from_the_start_where_two_people_lead(qtbot: QtBot, desk: Desk) -> None:
    role = desk.document.fixed(RoleAssignment, "product_owner")
    desk.workspace.run(set_fields(role.id, person=person(desk, "Lea Wirth")))
    made = OwnersPage(desk, BY_ID["owners"])
    qtbot.addWidget(made)
    made.show()
    assert made.view.rights.isVisible()
