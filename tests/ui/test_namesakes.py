"""Two of one name hold two parts: every page that names them says which is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.edits.generic import add, set_fields
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.rules.finding import Context
from app.rules.questions import questions
from tests.support.builder import AS_OF
from ui.steps.owners.page import OwnersPage
from ui.steps.raci.page import RaciPage
from ui.steps.roles.page import RolesPage
from ui.window import Window

MakeWindow = Callable[..., Window]

CLERK, LEAD = "Jun Kowalczyk (Clerk)", "Jun Kowalczyk (Platform Engineering Lead)"


@pytest.fixture
def window(make_window: MakeWindow) -> Window:
    """The sample, where a second Jun Kowalczyk is workflow owner."""
    window = make_window()
    workspace = window.desk.workspace
    made = workspace.run(add(Person, {"name": "Jun Kowalczyk", "title": "Clerk"}))
    assert made is not None
    owner = window.desk.document.fixed(OwnerAssignment, "workflow")
    workspace.run(set_fields(owner.id, person=made.changes[0].id))
    return window


def test_the_eight_questions_say_which(window: Window) -> None:
    asked = questions(window.desk.document, Context(AS_OF))
    assert [str(question.detail) for question in asked[:2]] == [CLERK, LEAD]


def test_the_hats_say_which(window: Window) -> None:
    window.show_step("roles")
    page = window.page("roles")
    assert isinstance(page, RolesPage)
    flow = page.view.hats_flow
    said = [flow.itemAt(place).widget().text() for place in range(flow.count())]  # type: ignore[union-attr]
    assert {f"{CLERK}: 1 (WO)", f"{LEAD}: 1 (SO)"} <= set(said)


def test_the_matrix_offers_and_weighs_each(window: Window) -> None:
    window.show_step("raci")
    page = window.page("raci")
    assert isinstance(page, RaciPage)
    offered = [page.person.itemText(place) for place in range(page.person.count())]
    assert {f"{CLERK} only", f"{LEAD} only"} <= set(offered)
    bars = [bar for bar in page.loads.bars if bar.accessibleName().startswith(("Jun", "Rosa"))]
    assert {bar.accessibleName().partition(":")[0] for bar in bars} == {CLERK, LEAD, "Rosa Steiner"}
    wide = {bar.accessibleName().partition(":")[0]: bar.sizeHint().width() for bar in bars}
    assert wide[CLERK] == wide[LEAD] > wide["Rosa Steiner"]


def test_a_card_has_the_initials_of_the_name_and_says_below_which(window: Window) -> None:
    window.show_step("owners")
    page = window.page("owners")
    assert isinstance(page, OwnersPage)
    for card, title in zip(page.view.cards, ("Clerk", "Platform Engineering Lead"), strict=False):
        editor = card.person.editor
        assert editor.avatar._letters == "JK"  # type: ignore[attr-defined]
        assert editor.line.text() == "Jun Kowalczyk"  # type: ignore[attr-defined]
        assert card.title.text() == title


def test_a_name_that_two_have_is_not_taken_for_the_one_who_is_held(window: Window) -> None:
    window.show_step("owners")
    page = window.page("owners")
    assert isinstance(page, OwnersPage)
    editor = page.view.cards[0].person.editor
    faults: list[object] = []
    editor.faulted.connect(faults.append)
    editor.resume("Jun Kowalczyk")
    assert editor.draft() == "Jun Kowalczyk"
    editor.commit()
    assert faults, "it asks which"
