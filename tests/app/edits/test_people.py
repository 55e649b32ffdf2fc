"""Adding people by name: a pasted list, and a name typed where a person belongs."""

from __future__ import annotations

import pytest

from app.edits.generic import add
from app.edits.people import add_and_refer, add_people, newcomers, people_in, refer_to_each, several_named
from app.errors import FieldFault
from app.model.owners import OwnerAssignment, Rota
from app.model.room import Person
from app.model.stop import StopControl
from app.workspace import Workspace
from tests.support.builder import ProjectBuilder


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(ProjectBuilder().project())


def test_a_pasted_list_is_read_line_by_line() -> None:
    pasted = (
        "Dana Abelard, Head of Support Operations, Support\n"
        "\n"
        "2. Jun Kowalczyk;Platform Engineering Lead;IT\n"
        "- Rosa Steiner\tVP Support\n"
        "• Ines Falk <ines.falk@lindhof.example>\n"
        "Nils Aker, Solutions Engineer, Vendor\n"
        " , no name\n"
    )
    assert people_in(pasted) == [
        {"name": "Dana Abelard", "title": "Head of Support Operations", "function": "Support"},
        {"name": "Jun Kowalczyk", "title": "Platform Engineering Lead", "function": "IT"},
        {"name": "Rosa Steiner", "title": "VP Support"},
        {"name": "Ines Falk", "contact": "ines.falk@lindhof.example"},
        {"name": "Nils Aker", "title": "Solutions Engineer", "function": "Vendor", "side": "vendor"},
    ]


def test_many_are_added_in_one_step_and_nobody_twice(workspace: Workspace) -> None:
    workspace.run(add_people([{"name": "Dana Abelard"}]))
    made = workspace.run(add_people(people_in("dana abelard\nJun\nRosa\nJun")))
    assert made is not None
    assert [person.name for person in workspace.document.rows(Person)] == ["Dana Abelard", "Jun", "Rosa"]
    workspace.undo()
    assert [person.name for person in workspace.document.rows(Person)] == ["Dana Abelard"]
    assert workspace.run(add_people(people_in("Dana Abelard"))) is None


def test_what_is_empty_of_somebody_who_is_there_is_filled_in(workspace: Workspace) -> None:
    workspace.run(add_people([{"name": "Dana Abelard", "title": "Head of Support"}, {"name": "Jun"}]))
    made = workspace.run(add_people(people_in("DANA ABELARD, Clerk, Support\nJun\nRosa")))
    assert made is not None
    dana, jun, rosa = workspace.document.rows(Person)
    assert (dana.name, dana.title, dana.function) == ("Dana Abelard", "Head of Support", "Support")
    assert (jun.title, jun.function, rosa.name) == ("", "", "Rosa")
    assert str(made.label) == "Add 1 of People"
    workspace.undo()
    assert [person.function for person in workspace.document.rows(Person)] == ["", ""]
    filled = workspace.run(add_people(people_in("Jun, Platform Lead\nJun, Somebody else, IT")))
    assert filled is not None
    assert str(filled.label) == "Fill in 1 of People"
    assert workspace.document.rows(Person)[1].title == "Platform Lead"
    assert workspace.document.rows(Person)[1].function == "IT"


def test_a_line_that_is_no_name_is_refused_whole(workspace: Workspace) -> None:
    with pytest.raises(FieldFault, match="at most 200"):
        workspace.run(add_people([{"name": "Jun"}, {"name": "x" * 300}]))
    assert workspace.document.rows(Person) == ()


def test_a_new_name_is_added_and_put_in_place_in_one_step(workspace: Workspace) -> None:
    owner = workspace.document.fixed(OwnerAssignment, "exception")
    workspace.run(add_and_refer(Person, "Marc Oyelaran", owner.id, "person"))
    person = workspace.document.rows(Person)[0]
    assert workspace.document.fixed(OwnerAssignment, "exception").person == person.id
    workspace.run(add_and_refer(Rota, "Billing leads", owner.id, "deputy"))
    assert workspace.document.called(workspace.document.fixed(OwnerAssignment, "exception").deputy) == "Billing leads"
    workspace.undo()
    workspace.undo()
    assert workspace.document.rows(Person) == ()
    assert workspace.document.fixed(OwnerAssignment, "exception").person is None


@pytest.mark.parametrize("title", ["28.11 03:00", "…", "Dana 2"])
def test_a_person_is_not_called_by_a_number(workspace: Workspace, title: str) -> None:
    owner = workspace.document.fixed(OwnerAssignment, "exception")
    with pytest.raises(FieldFault, match="is not the name of a person") as refused:
        workspace.run(add_and_refer(Person, title, owner.id, "person"))
    assert refused.value.field == "person"
    workspace.run(add_and_refer(Rota, "Platform 24/7", owner.id, "deputy"))
    assert [rota.name for rota in workspace.document.rows(Rota)] == ["Platform 24/7"]


def test_in_a_list_the_new_name_joins_the_others(workspace: Workspace) -> None:
    builder = ProjectBuilder(workspace.project)
    stop = builder.add(StopControl, where="Flag")
    workspace = Workspace(builder.project())
    for name in ("Dana", "Jun"):
        workspace.run(add_and_refer(Person, name, stop.id, "who"))
    held = workspace.document.rows(StopControl)[0].who
    assert [workspace.document.called(one) for one in held] == ["Dana", "Jun"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Nadia Fuchs, Tomas Ilves", ("Nadia Fuchs", "Tomas Ilves")),
        ("Nadia/Tomas", ("Nadia", "Tomas")),
        ("Dana, Jun", ("Dana", "Jun")),
        ("Dana, Rosa", ()),
        ("Abelard, Dana", ()),
        ("Dana Abelard, Head of Support", ()),
        ("Simon and Garfunkel", ()),
        ("", ()),
    ],
)
def test_names_typed_together(workspace: Workspace, typed: str, names: tuple[str, ...]) -> None:
    workspace.run(add_people([{"name": each} for each in ("Dana Abelard", "Jun", "Simon and Garfunkel")]))
    assert several_named(workspace.document, typed) == names


def test_two_of_one_given_name_are_nobody_in_particular(workspace: Workspace) -> None:
    workspace.run(add_people([{"name": each} for each in ("Dana Abelard", "Dana Brown", "Jun")]))
    assert several_named(workspace.document, "Dana, Jun") == ()


def test_each_of_several_is_named_once(workspace: Workspace) -> None:
    workspace.run(add_people([{"name": "Dana Abelard"}]))
    workspace.run(add(StopControl, {"where": "Flag"}))
    stop = workspace.document.rows(StopControl)[0]
    workspace.run(refer_to_each(("Dana", "Marc Oyelaran", "Dana Abelard"), stop.id, "who"))
    assert [workspace.document.called(each) for each in workspace.document.rows(StopControl)[0].who] == [
        "Dana Abelard",
        "Marc Oyelaran",
    ]
    workspace.undo()
    assert workspace.document.rows(StopControl)[0].who == ()


@pytest.mark.parametrize("field", ["person", "deputy"])
def test_who_else_it_is_can_be_deputy_where_there_is_one(workspace: Workspace, field: str) -> None:
    owner = workspace.document.fixed(OwnerAssignment, "exception")
    with pytest.raises(FieldFault) as refused:
        workspace.run(add_and_refer(Person, "Nadia Fuchs and Tomas Ilves", owner.id, field))
    assert ("deputy" in str(refused.value)) is (field == "person")
    assert workspace.document.rows(Person) == ()


def test_what_nobody_sees_makes_no_second_person_of_a_name() -> None:
    builder = ProjectBuilder()
    rosa = builder.person("Rosa Steiner")
    found = newcomers(builder.document, [{"name": "Rosa\u200b  Steiner", "title": "VP"}, {"name": "Ida\u00ad Ek"}])
    assert found.filled == ((rosa, {"title": "VP"}),)
    builder.run(add_people(found.added))
    assert [person.name for person in builder.document.rows(Person)] == ["Rosa Steiner", "Ida Ek"]
