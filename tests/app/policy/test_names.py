"""People who are called the same, or look the same, told apart wherever they are chosen or named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.names import looks
from app.model.room import Person
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


def told(*people: tuple[str, dict[str, str]]) -> list[str]:
    builder = ProjectBuilder()
    for name, values in people:
        builder.person(name, **values)
    return [told_apart(builder.document, person) for person in builder.document.rows(Person)]


LEAD = {"title": "Lead"}


@pytest.mark.parametrize(
    ("one", "other", "called"),
    [
        (("Dana Abelard", LEAD), ("Dana Abel\u0430rd", {"title": "Clerk"}), ["(Lead)", "(Clerk)"]),
        (("Dana Abelard", LEAD), ("Dana Abel\u0430rd", {}), ["(Lead)", "(spelt “Dana Abel\\u0430rd”)"]),
        (("Dana Abelard", LEAD), ("Dana Abel\u0430rd", LEAD), ["(Lead)", "(Lead, spelt “Dana Abel\\u0430rd”)"]),
        (("Jun Ko", LEAD), ("jun ko", {**LEAD, "contact": "jun@x"}), ["(Lead)", "(Lead, jun@x)"]),
        (("Jun Ko", {}), ("Jun Ko", {"contact": "jun@x"}), ["", "(jun@x)"]),
        (("Jun Ko", {}), ("jun ko", {}), ["(1)", "(2)"]),
        (("Ilse Ko", LEAD), ("llse Ko", LEAD), ["(Lead, 1)", "(Lead, 2)"]),
    ],
)
def test_who_looks_the_same_is_told_apart_by_whatever_does(
    one: tuple[str, dict[str, str]], other: tuple[str, dict[str, str]], called: list[str]
) -> None:
    assert told(one, other) == [f"{name} {more}".strip() for (name, _), more in zip((one, other), called, strict=True)]


def test_how_they_are_told_apart_is_what_finds_them() -> None:
    builder = ProjectBuilder()
    for _ in range(2):
        builder.person("Jun Ko", title="Lead")
    first, second = builder.document.rows(Person)
    assert everybody_called(builder.document, told_apart(builder.document, second)) == [second]
    assert everybody_called(builder.document, told_apart(builder.document, first)) == [first]


NAMES = st.sampled_from(["Dana Ko", "dana ko", "D\u0430na Ko", "Dana Ko (Lead)", "Dana Ko (1)", "Dana K\u043e", "Ole"])
SAID = st.sampled_from(["", "", "Lead", "lead", "1", "dana@x"])


@given(st.lists(st.tuples(NAMES, SAID, SAID, SAID), max_size=7))
def test_nobody_is_called_like_another(people: list[tuple[str, str, str, str]]) -> None:
    called = told(*((n, {"title": t, "function": f, "contact": c}) for n, t, f, c in people))
    assert len({looks(name) for name in called}) == len(called)
