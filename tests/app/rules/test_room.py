"""People of one name: pointed out until a title or a function tells them apart."""

from __future__ import annotations

from typing import Any

import pytest

from app.messages import words
from app.rules.room import people_can_be_told_apart
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
