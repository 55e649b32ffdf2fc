"""People of one name, told apart by their title, or by their function."""

from __future__ import annotations

from app.policy.names import everybody_called, told_apart
from tests.support.builder import ProjectBuilder


def test_a_name_that_one_person_has_is_enough() -> None:
    builder = ProjectBuilder()
    dana = builder.person("Dana Abelard", title="Head of billing")
    assert told_apart(builder.document, dana) == "Dana Abelard"


def test_two_of_one_name_are_told_apart_wherever_they_are_named() -> None:
    builder = ProjectBuilder()
    lead = builder.person("Jun Kowalczyk", title="Platform Lead")
    data = builder.person("jun  Kowalczyk", function="Data")
    bare = builder.person("Jun Kowalczyk")
    called = [told_apart(builder.document, person) for person in (lead, data, bare)]
    assert called == ["Jun Kowalczyk (Platform Lead)", "jun Kowalczyk (Data)", "Jun Kowalczyk"]
    assert [everybody_called(builder.document, name) for name in called[:2]] == [[lead], [data]]


def test_two_without_a_name_are_not_told_apart() -> None:
    builder = ProjectBuilder()
    builder.person("", title="Clerk")
    assert told_apart(builder.document, builder.person("", title="Lead")) == ""
