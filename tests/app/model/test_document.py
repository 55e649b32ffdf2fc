"""The project as it stands: complete from the start, never mutated, and it knows who refers to whom."""

from __future__ import annotations

from random import Random

import pytest

from app.errors import AppError
from app.messages import msg
from app.model.change import StageControl
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.exceptions import ResponseTarget
from app.model.fields import Scope, fields_of
from app.model.ids import Mint
from app.model.kinds import ALL
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, Rota
from app.model.room import Agent, Person
from app.model.row import as_plain, changed_fields, from_plain, with_fields
from tests.support.random_projects import random_document, steady_mint

MINT = Mint()


def person(name: str, rank: str = "") -> Person:
    return Person(id=MINT.id(), name=name, rank=rank)


def document(*rows: Person | Rota | Action) -> Document:
    return Document.of(MINT.id(), rows)


def test_a_new_project_has_every_row_that_belongs_to_every_map() -> None:
    new = Document.empty(steady_mint())
    for row_class in ALL:
        expected = 1 if row_class.spec.singleton else len(row_class.spec.entries)
        assert len(new.rows(row_class)) == expected, row_class
    assert new.only(Agent).stage == "1a"
    assert [each.type for each in new.rows(OwnerAssignment)] == ["workflow", "system", "exception", "outcome"]
    assert new.fixed(ResponseTarget, "1").ack_minutes == 15
    assert len(new.rows(StageControl)) == 6
    with pytest.raises(KeyError):
        new.fixed(OwnerAssignment, "nobody")


def test_rows_stand_in_the_order_of_their_ranks_then_ids() -> None:
    last, first, middle = person("c", "z"), person("a", "b"), person("b", "m")
    assert document(last, first, middle).rows(Person) == (first, middle, last)
    twins = [person("x", "m"), person("y", "m")]
    assert document(*reversed(twins)).rows(Person) == tuple(twins)


def test_a_change_makes_another_document_and_shares_what_it_left_alone() -> None:
    ada = person("Ada")
    before = document(ada, Rota(id=MINT.id(), name="Duty"))
    after = before.applying([RowChange(ada, with_fields(ada, {"name": "Ada L."}))])
    assert (before.rows(Person)[0].name, after.rows(Person)[0].name) == ("Ada", "Ada L.")
    assert after.table("rota") is before.table("rota")
    assert after != before
    assert after.applying([RowChange(after.rows(Person)[0], ada)]) == before


def test_a_change_made_to_another_state_is_refused() -> None:
    ada = person("Ada")
    for change in (RowChange(ada, None), RowChange(ada, ada), RowChange(person("Old"), person("New"))):
        with pytest.raises(AppError, match="another state"):
            document().applying([change])
    with pytest.raises(AppError, match="another state"):
        document(ada).applying([RowChange(None, ada)])


def test_it_finds_rows_by_id_and_by_kind() -> None:
    ada = person("Ada")
    here = document(ada)
    assert here.find(ada.id) is here.get(Person, ada.id) is ada
    assert here.get(Rota, ada.id) is here.find(None) is here.find("x") is None
    assert (here.called(ada.id), here.called(None)) == ("Ada", "")


def test_it_knows_who_refers_to_a_row() -> None:
    ada, jon = person("Ada"), person("Jon")
    rota = Rota(id=MINT.id(), name="Duty", members=(ada.id, jon.id))
    action = Action(id=MINT.id(), name="Reply", approver=ada.id, second_approver=ada.id)
    here = document(ada, jon, rota, action)
    assert set(here.referrers(ada.id)) == {(rota, "members"), (action, "approver"), (action, "second_approver")}
    assert here.referrers(jon.id) == ((rota, "members"),)
    assert here.referrers(rota.id) == ()
    without = here.applying([RowChange(rota, with_fields(rota, {"members": (jon.id,)}))])
    assert (rota, "members") not in without.referrers(ada.id)


def test_going_through_it_meets_every_row_once() -> None:
    here = random_document(Random(4), steady_mint())
    rows = list(here)
    assert len({row.id for row in rows}) == len(rows) == sum(len(here.table(c.spec.kind).by_id) for c in ALL)
    assert Document.of(here.project_id, rows) == here


def test_a_row_comes_back_from_plain_values() -> None:
    for row in random_document(Random(5), steady_mint()):
        assert from_plain(type(row), as_plain(row)) == row


# --- changes ---


def change_set(*changes: RowChange) -> ChangeSet:
    return ChangeSet("x", msg("Change"), changes, "")


def test_a_change_names_its_fields_and_scopes() -> None:
    ada = person("Ada")
    renamed = RowChange(ada, with_fields(ada, {"name": "Ada L.", "present": True}))
    assert renamed.fields() == {"name", "present"}
    assert renamed.scopes() == {Scope.DECISION, Scope.PRIVATE}
    assert RowChange(None, ada).fields() == set(fields_of(Person))
    assert RowChange(ada, None).scopes() == {Scope.DECISION}
    assert changed_fields(ada, with_fields(ada, {"rank": "m"})) == {"rank": ("", "m")}


def test_only_decisions_and_private_notes_can_be_undone() -> None:
    owner = OwnerAssignment(id=MINT.id(), type="workflow")
    accepted = RowChange(owner, with_fields(owner, {"accepted": "accepted"}))
    named = RowChange(owner, with_fields(owner, {"duties": "Everything"}))
    assert not change_set(accepted).undoable
    assert change_set(named).undoable
    assert change_set(accepted, named).undoable
