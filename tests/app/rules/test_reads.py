"""What a check reads, and which of its rows an edit concerns."""

from __future__ import annotations

import pytest

from app.model.changes import RowChange
from app.model.document import Document
from app.model.oversight import Action, Evidence
from app.model.owners import Rota
from app.model.room import Agent, Person
from app.model.row import Row, with_fields
from app.rules.reads import Part, Read, about, behind, filled, only_for, part
from app.rules.rule import rule
from tests.support.builder import ProjectBuilder


def again(read: Read, before: Document, after: Document) -> frozenset[str] | None:
    """The actions that are looked at again when this is read; None for all."""
    return read.again(before, after, after.table("action"))


def changed(document: Document, row: Row, **values: object) -> Document:
    return document.applying([RowChange(row, with_fields(row, values))])  # type: ignore[arg-type]


@pytest.fixture
def builder() -> ProjectBuilder:
    return ProjectBuilder()


def test_a_part_is_the_same_while_its_fields_are(builder: ProjectBuilder) -> None:
    dana = builder.person("Dana Abelard")
    before = builder.document
    names = part(Person, "name")
    assert again(names, before, changed(before, dana, title="Head of support")) == frozenset()
    assert again(names, before, changed(before, before.only(Agent), name="Triage")) == frozenset()
    assert again(names, before, changed(before, dana, name="Dana Abelard-Lind")) is None


def test_rows_that_come_go_or_change_places_are_seen(builder: ProjectBuilder) -> None:
    dana, jun = builder.person("Dana Abelard"), builder.person("Jun Okafor")
    before = builder.document
    builder.person("Third")
    swapped = changed(changed(before, dana, rank=jun.rank), jun, rank=dana.rank)
    for read in (part(Person), part(Person, "name")):
        assert again(read, before, builder.document) is None
        assert again(read, before, swapped) is None
        assert again(read, before, before.applying([RowChange(jun, None)])) is None


def test_a_whole_kind_is_every_field_of_it(builder: ProjectBuilder) -> None:
    dana = builder.person("Dana Abelard")
    before = builder.document
    assert again(Part(Person, None), before, changed(before, dana, title="Head of support")) is None
    assert again(Part(Person, None), before, changed(before, before.only(Agent), name="Triage")) == frozenset()


def test_a_field_that_is_filled_is_the_same_with_whatever(builder: ProjectBuilder) -> None:
    dana, jun = builder.person("Dana Abelard"), builder.person("Jun Okafor")
    rota = builder.add(Rota, name="Platform on call", members=(dana.id,))
    before = builder.document
    members = filled(Rota, "members")
    assert again(members, before, changed(before, rota, members=(dana.id, jun.id))) == frozenset()
    assert again(members, before, changed(before, rota, name="On call")) == frozenset()
    assert again(members, before, changed(before, rota, members=())) is None
    assert again(members, changed(before, rota, members=()), before) is None
    assert again(members, before, before.applying([RowChange(rota, None)])) is None


def test_what_matters_only_to_some_rows_concerns_those_as_they_are_after(builder: ProjectBuilder) -> None:
    loose = builder.add(Action, name="Send", current="on_loop")
    held = builder.add(Action, name="Read", current="in_loop")
    evidence = builder.add(Evidence, action=held, runs=10)
    before = builder.document
    stage, runs = only_for(lambda action: action.current == "on_loop", part(Agent, "stage"), *about(Evidence))
    after = changed(before, before.only(Agent), stage="2")
    assert again(stage, before, after) == frozenset({loose.id})
    assert again(stage, before, changed(after, held, current="on_loop")) == frozenset({loose.id, held.id})
    assert again(stage, before, changed(before, before.only(Agent), name="Triage")) == frozenset()
    assert again(runs, before, changed(before, evidence, runs=11)) == frozenset({held.id})
    assert stage.kinds == (Agent,)


def test_what_is_about_a_row_concerns_the_row_that_it_was_about_and_the_one_that_it_is(builder: ProjectBuilder) -> None:
    first, second = builder.add(Action, name="Send"), builder.add(Action, name="Read")
    builder.add(Action, name="Close")
    evidence = builder.add(Evidence, action=first, runs=10)
    before = builder.document
    (read,) = about(Evidence)
    assert again(read, before, changed(before, evidence, runs=11)) == frozenset({first.id})
    assert again(read, before, changed(before, evidence, action=second.id)) == frozenset({first.id, second.id})
    assert again(read, before, before.applying([RowChange(evidence, None)])) == frozenset({first.id})
    assert again(read, before, changed(before, first, name="Send it")) == frozenset()


def test_what_stands_behind_a_row_concerns_those_that_refer_to_it(builder: ProjectBuilder) -> None:
    dana, jun = builder.person("Dana Abelard"), builder.person("Jun Okafor")
    first = builder.add(Action, name="Send", approver=dana)
    second = builder.add(Action, name="Read", approver=jun, second_approver=dana)
    builder.add(Action, name="Close")
    before = builder.document
    read = behind(Person, "name")
    assert again(read, before, changed(before, dana, name="Dana Lind")) == frozenset({first.id, second.id})
    assert again(read, before, changed(before, jun, name="Jun Lind")) == frozenset({second.id})
    assert again(read, before, changed(before, jun, title="Lead")) == frozenset()
    assert again(read, before, changed(before, jun, rank=jun.rank + "z")) == frozenset()


def test_a_rule_looks_again_at_what_changed_itself_and_at_what_its_reads_concern(builder: ProjectBuilder) -> None:
    @rule("TST-09", 1, step="room", question="Is it?", why="x", weak="x", better="x", marks={}, over=Action,
          reads=(behind(Person, "name"), part(Agent, "stage")))  # fmt: skip
    def each(action, document, today):  # type: ignore[no-untyped-def]
        return ()

    dana = builder.person("Dana Abelard")
    first, second = builder.add(Action, name="Send", approver=dana), builder.add(Action, name="Read")
    before = builder.document
    assert each.kinds == {"action", "person", "agent"}
    assert each.again(before, changed(changed(before, dana, name="Dana Lind"), second, name="Close")) == frozenset(
        {first.id, second.id}
    )
    assert each.again(before, changed(before, before.only(Agent), stage="2")) is None
    assert each.again(before, changed(before, before.only(Agent), name="Triage")) == frozenset()
