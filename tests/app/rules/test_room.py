"""People of one name, pointed out until a title or a function tells them apart; and people who are no human being."""

from __future__ import annotations

from typing import Any

import pytest

from app.messages import words
from app.model.exceptions import Queue
from app.model.owners import Rota
from app.rules.room import every_person_is_a_human_being, people_can_be_told_apart
from tests.support.builder import AS_OF, ProjectBuilder


def told(*people: dict[str, Any]) -> list[str]:
    builder = ProjectBuilder()
    for person in people:
        builder.person(**person)
    return [words(hit.detail) for hit in people_can_be_told_apart.hits(builder.document, AS_OF[:10])]


def test_people_of_one_name_are_asked_for_a_title_or_a_function() -> None:
    said = "2 people are called “Ida Ek”; tell them apart by title or function."
    assert told({"name": "Ida Ek"}, {"name": "Bo Berg"}, {"name": "ida  ek"}) == [said]
    assert told({"name": "Ida Ek", "title": "Clerk"}, {"name": "Ida Ek", "title": "clerk"}) == [said]


@pytest.mark.parametrize("apart", [{"title": "Clerk"}, {"function": "IT"}])
def test_a_title_or_a_function_tells_them_apart(apart: dict[str, str]) -> None:
    assert told({"name": "Ida Ek"}, {"name": "Ida Ek", **apart}) == []


def test_people_without_a_name_are_not_of_one_name() -> None:
    assert told({"name": ""}, {"name": ""}) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Nadia & Tomas", "“Nadia & Tomas” names several people; name one here, and add the others on their own."),
        ("Support team", "“Support team” is a group, not one person."),
        ("Legal", "“Legal” is a function, not a person."),
        ("Renewals", "“Renewals” is a function, not a person."),
        ("Head of Support", "“Head of Support” is a title; write the name of whoever holds it."),
        ("desk@firm.com", "“desk@firm.com” is an address, a queue or a rota, not a person."),
        ("Nights", "“Nights” is an address, a queue or a rota, not a person."),
        ("odd-cases", "“odd-cases” is an address, a queue or a rota, not a person."),
        ("TBD", "“TBD” is nobody yet."),
        ("Modelhaus Inc", "“Modelhaus Inc” is a company, not a person."),
        ("triage helper", "“triage helper” is the agent, not a person."),
    ],
)
def test_a_person_who_is_no_human_being_is_told_at_the_name(name: str, said: str) -> None:
    builder = ProjectBuilder()
    builder.agent(name="Triage helper", vendor="Modelhaus")
    builder.person("Ida Ek", function="Renewals")
    builder.add(Rota, name="Nights")
    builder.add(Queue, name="odd-cases")
    person = builder.person(name)
    (hit,) = every_person_is_a_human_being.hits(builder.document, AS_OF[:10])
    assert words(hit.detail) == said
    assert (hit.subject, hit.field) == (person.id, "name")


def test_a_vendor_names_its_own_people() -> None:
    builder = ProjectBuilder()
    builder.person("Modelhaus support", side="vendor")
    builder.person("")
    assert every_person_is_a_human_being.hits(builder.document, AS_OF[:10]) == ()
