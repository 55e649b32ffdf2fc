"""Set fields, add, remove and move: each is one step, and each says what it did."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.edits import Edit
from app.edits.generic import add, between_documents, move, remove, set_fields, together
from app.errors import AppError, FieldFault
from app.interchange import Project, as_json, from_json
from app.messages import msg, words
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.fields import OnRemove, fields_of
from app.model.ids import Mint
from app.model.kinds import ALL
from app.model.log import Log
from app.model.names import clean_name
from app.model.owners import OwnerAssignment, Rota, VendorCover
from app.model.room import Agent, Person
from app.model.row import with_fields
from tests.support.builder import ProjectBuilder
from tests.support.random_projects import random_document, random_values, steady_mint

MINT = steady_mint()


def done(document: Document, edit: Edit, mint: Mint = MINT) -> Document:
    made = edit(document, mint)
    return document.apply(made) if made else document


def said(document: Document, edit: Edit) -> str:
    made = edit(document, MINT)
    assert made is not None
    return words(made.label)


@pytest.fixture
def document() -> Document:
    found = Document.empty(MINT)
    for name in ("Ada", "Bea", "Cem"):
        found = done(found, add(Person, {"name": name}))
    return found


def people(document: Document) -> list[str]:
    return [person.name for person in document.rows(Person)]


# --- set ---


def test_setting_takes_what_people_type(document: Document) -> None:
    agent = document.only(Agent)
    after = done(document, set_fields(agent.id, name="  Triage ", stage="1b"))
    assert (after.only(Agent).name, after.only(Agent).stage) == ("Triage", "1b")


def test_setting_what_is_there_is_nothing_to_do(document: Document) -> None:
    assert set_fields(document.only(Agent).id, name=" ")(document, MINT) is None


def test_setting_what_a_field_does_not_take_names_the_field(document: Document) -> None:
    ada = document.rows(Person)[0]
    for values, field in (
        ({"side": "left"}, "side"),
        ({"time_zone": "x"}, "time_zone"),
        ({"present": None}, "present"),
    ):
        with pytest.raises(FieldFault) as refused:
            set_fields(ada.id, **values)(document, MINT)
        assert refused.value.field == field


def test_a_reference_takes_only_rows_that_are_there_and_fit(document: Document) -> None:
    agent, ada = document.only(Agent), document.rows(Person)[0]
    assert done(document, set_fields(agent.id, understudy=ada.id)).only(Agent).understudy == ada.id
    for target in (agent.id, MINT.id()):
        with pytest.raises(FieldFault, match="names an entry that is not there"):
            set_fields(agent.id, understudy=target)(document, MINT)


def test_what_a_fixed_row_stands_for_stays(document: Document) -> None:
    workflow = document.fixed(OwnerAssignment, "workflow")
    with pytest.raises(AppError, match="Workflow owner belongs to every map"):
        set_fields(workflow.id, type="system")(document, MINT)


def test_an_entry_that_is_gone_says_so(document: Document) -> None:
    for edit in (set_fields(MINT.id(), name="x"), remove(MINT.id()), move(MINT.id(), None)):
        with pytest.raises(AppError, match="no longer in the project"):
            edit(document, MINT)


# --- add and move ---


def test_adding_at_the_end_and_before_another(document: Document) -> None:
    document = done(document, add(Person, {"name": "Dot"}))
    document = done(document, add(Person, {"name": "Abe"}, before=document.rows(Person)[1].id))
    assert people(document) == ["Ada", "Abe", "Bea", "Cem", "Dot"]


def test_a_complete_list_takes_nothing_more(document: Document) -> None:
    with pytest.raises(AppError, match="the list is complete"):
        add(OwnerAssignment)(document, MINT)


@pytest.mark.parametrize(
    ("which", "before", "after"),
    [(0, None, "Bea Cem Ada"), (2, 0, "Cem Ada Bea"), (1, 0, "Bea Ada Cem"), (0, 2, "Bea Ada Cem")],
)
def test_moving(document: Document, which: int, before: int | None, after: str) -> None:
    rows = document.rows(Person)
    moved = done(document, move(rows[which].id, None if before is None else rows[before].id))
    assert people(moved) == after.split()


def test_moving_to_where_it_is_is_nothing_to_do(document: Document) -> None:
    ada, bea, cem = (person.id for person in document.rows(Person))
    assert move(ada, bea)(document, MINT) is move(cem, None)(document, MINT) is move(bea, bea)(document, MINT) is None


def test_moving_touches_one_row(document: Document) -> None:
    made = move(document.rows(Person)[2].id, document.rows(Person)[0].id)(document, MINT)
    assert made is not None
    assert [change.fields() for change in made.changes] == [{"rank"}]


# --- remove ---


def test_removing_does_what_each_reference_declares_in_one_step(document: Document) -> None:
    ada, bea, _ = document.rows(Person)
    document = done(document, add(Rota, {"name": "Duty", "members": [ada.id, bea.id]}))
    document = done(document, add(VendorCover, {"what": "Helps", "person": ada.id, "deputy": bea.id}))
    document = done(document, set_fields(document.only(Agent).id, understudy=ada.id))
    made = remove(ada.id)(document, MINT)
    assert made is not None
    after = document.apply(made)
    assert people(after) == ["Bea", "Cem"]
    assert after.rows(Rota)[0].members == (bea.id,)
    assert after.only(Agent).understudy is None
    assert after.rows(VendorCover) == ()


def test_removing_several_at_once(document: Document) -> None:
    ada, bea, cem = (person.id for person in document.rows(Person))
    document = done(document, add(Rota, {"name": "Duty", "members": [ada, bea, cem]}))
    after = done(document, remove(ada, cem))
    assert (people(after), after.rows(Rota)[0].members) == (["Bea"], (bea,))
    assert said(document, remove(ada, cem)) == "Remove 2 of People"


def test_what_belongs_to_every_map_stays(document: Document) -> None:
    for row in (document.only(Agent), document.fixed(OwnerAssignment, "workflow")):
        with pytest.raises(AppError, match="belongs to every map"):
            remove(row.id)(document, MINT)


def test_what_was_signed_stays(document: Document) -> None:
    document = done(document, add(Revision, {"number": 1}))
    revision = document.rows(Revision)[0]
    document = done(document, add(Signature, {"revision": revision.id, "name": "Ada"}))
    with pytest.raises(AppError, match="part of what was signed"):
        remove(revision.id)(document, MINT)


@given(st.randoms(use_true_random=True))
def test_removing_any_row_leaves_no_reference_behind(pick: Random) -> None:
    document = random_document(pick, steady_mint(), rows_of_a_kind=2)
    candidates = [row for row in document if not row.spec.is_fixed]
    row = pick.choice(candidates)
    refused = {n for r, n in document.referrers(row.id) if fields_of(type(r))[n].on_remove is OnRemove.REFUSE}
    if refused:
        with pytest.raises(AppError):
            remove(row.id)(document, MINT)
        return
    after = done(document, remove(row.id))
    assert after.find(row.id) is None
    from_json(as_json(Project(after, Log()), private=True))


# --- together ---


def test_several_edits_as_one_step_each_seeing_the_ones_before(document: Document) -> None:
    ada = document.rows(Person)[0]
    made = together(
        msg("Tidy up"), set_fields(ada.id, name="Ada L."), set_fields(ada.id, title="Lead"), remove(ada.id)
    )(document, MINT)
    assert made is not None
    assert people(document.apply(made)) == ["Bea", "Cem"]
    assert [(change.before, change.after) for change in made.changes] == [(ada, None)]
    assert words(made.label) == "Tidy up"


def test_several_edits_that_come_to_nothing_are_nothing_to_do(document: Document) -> None:
    ada = document.rows(Person)[0]
    assert together(msg("x"), set_fields(ada.id, name="y"), set_fields(ada.id, name="Ada"))(document, MINT) is None


@given(st.randoms(use_true_random=True))
def test_the_changes_between_two_documents_lead_from_one_to_the_other(pick: Random) -> None:
    one = random_document(pick, steady_mint(), rows_of_a_kind=1)
    other = Document.of(one.project_id, random_document(pick, steady_mint(), rows_of_a_kind=2))
    assert one.applying(between_documents(one, other)) == other
    assert between_documents(other, other) == []


# --- labels ---


def test_labels_say_what_was_done_in_the_words_on_the_screen(document: Document) -> None:
    ada, agent = document.rows(Person)[0], document.only(Agent)
    workflow = document.fixed(OwnerAssignment, "workflow")
    assert said(document, set_fields(agent.id, name="T")) == "Agent: Agent"
    assert said(document, set_fields(ada.id, title="Lead")) == "Ada: Title"
    assert said(document, set_fields(ada.id, title="Lead", contact="x")) == "Ada: 2 fields"
    assert said(document, set_fields(workflow.id, person=ada.id)) == "Workflow owner: Person"
    assert said(document, add(Person)) == "Add Person"
    assert said(document, remove(ada.id)) == "Remove Person “Ada”"
    assert said(document, move(ada.id, None)) == "Move Person “Ada”"


# --- every kind ---


def test_every_field_of_every_kind_can_be_set() -> None:
    document, pick = random_document(Random(9), MINT), Random(10)
    ids = {row_class.spec.kind: [row.id for row in document.rows(row_class)] for row_class in ALL}
    for row_class in ALL:
        for row in document.rows(row_class):
            values = random_values(row_class, pick, ids)
            if row_class is Person:
                values["name"] = clean_name(values["name"])
            document = done(document, set_fields(row.id, **values))
            after = document.find(row.id)
            assert after is not None
            assert {name: after.value(name) for name in values} == values


def test_the_name_of_a_person_is_stored_as_it_is_seen_and_one_in_the_file_stays(document: Document) -> None:
    made = add(Person, {"name": " Rosa\u200b  Steiner\u202e"})(document, Mint())
    assert made is not None
    (change,) = made.changes
    assert change.after is not None
    assert change.after.value("name") == "Rosa Steiner"
    before = ProjectBuilder()
    person = with_fields(before.person("Rosa Steiner"), {"name": "Rosa\u200b Steiner"})
    old = Document.of(before.document.project_id, [person])
    assert set_fields(person.id, name="Rosa\u200b Steiner")(old, Mint()) is None
    renamed = set_fields(person.id, name="Rosa\u200b\u200b Steiner")(old, Mint())
    assert renamed is not None
    assert renamed.changes[0].after == with_fields(person, {"name": "Rosa Steiner"})
