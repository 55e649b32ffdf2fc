"""What a field takes, and the one form in which it is stored."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import FieldFault
from app.model import vocabulary as v
from app.model.boundary import Workflow
from app.model.commit import Revision
from app.model.exceptions import CoverageWindow
from app.model.fields import Field, OnRemove, Scope, clean_text, fields_of
from app.model.kinds import ALL, BY_KIND
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, Rota
from app.model.room import Agent, Person

ID = "01a1fd39-eee7-7f66-9821-6066533a7c16"
OTHER = "01a1fd39-eee7-7f66-9821-6066533a7c17"


def field(row_class: type, name: str) -> Field:
    return fields_of(row_class)[name]


@pytest.mark.parametrize(
    ("row_class", "name", "value", "stored"),
    [
        (Person, "name", "  Ada\tLovelace \n", "Ada Lovelace"),
        (Person, "name", "Zoe\u0308", "Zo\u00eb"),
        (Person, "name", "e\x07\u0301", "\u00e9"),
        (Workflow, "purpose", "one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        (Workflow, "inputs", ["a", " ", "b "], ("a", "b")),
        (Agent, "stage", "1b", "1b"),
        (Agent, "stage", "", ""),
        (Action, "flags", ["silent_failure", "moves_money", "moves_money"], ("moves_money", "silent_failure")),
        (Agent, "outside_parties", True, True),
        (Action, "cost", 3, 3),
        (Action, "cost", None, None),
        (Agent, "cost_l1", 10**15, 10**15),
        (Agent, "review_by", "2026-11-21", "2026-11-21"),
        (Agent, "review_by", "1970-01-01", "1970-01-01"),
        (Agent, "review_by", "2200-12-31", "2200-12-31"),
        (CoverageWindow, "closures", ["2026-12-26", "2026-12-25", "2026-12-26"], ("2026-12-25", "2026-12-26")),
        (CoverageWindow, "end", "24:00", "24:00"),
        (Revision, "frozen_at", "2026-11-21T03:00:00.000Z", "2026-11-21T03:00:00.000Z"),
        (Agent, "time_zone", "Europe/Berlin", "Europe/Berlin"),
        (Agent, "understudy", "", None),
        (Agent, "understudy", ID, ID),
        (Rota, "members", [OTHER, ID, OTHER], (OTHER, ID)),
    ],
)
def test_what_is_stored(row_class: type, name: str, value: Any, stored: Any) -> None:
    found = field(row_class, name).normalise(value)
    assert found == stored
    assert type(found) is type(stored)


@pytest.mark.parametrize(
    ("row_class", "name", "value", "said"),
    [
        (Person, "name", "x" * 201, "Shorten it by 1"),
        (Person, "name", 5, "takes a text"),
        (Person, "name", "\ud800", "holds a character that is not text"),
        (Workflow, "inputs", "one line", "takes a list"),
        (Workflow, "inputs", ["x"] * 101, "Remove 1 of them"),
        (Agent, "stage", "4", "Choose one of: 1a, 1b, 2, 3"),
        (Action, "flags", ["moves_mountains"], "is not one of the choices"),
        (Agent, "outside_parties", 1, "takes a yes or no"),
        (Action, "cost", 4, "from 0 to 3"),
        (Action, "cost", True, "takes a whole number"),
        (Action, "runs_per_week", -1, "from 0 to"),
        (Action, "runs_per_week", 1.0, "takes a whole number"),
        (Agent, "review_by", "21.11.2026", "Write a date as"),
        (Agent, "review_by", "2026-02-30", "Write a date as"),
        (Agent, "review_by", "２０２６-11-21", "Write a date as"),
        (Agent, "review_by", "1969-12-31", "takes a year from 1970 to 2200"),
        (Agent, "review_by", "2201-01-01", "takes a year from 1970 to 2200"),
        (CoverageWindow, "closures", ["2026-12-25", "9999-12-31"], "takes a year from 1970 to 2200"),
        (Revision, "frozen_at", "9999-12-31T23:59:59.999Z", "takes a year from 1970 to 2200"),
        (Revision, "frozen_at", "0001-01-01T00:00:00.000Z", "takes a year from 1970 to 2200"),
        (CoverageWindow, "start", "24:01", "Write a time as"),
        (CoverageWindow, "start", "9:00", "Write a time as"),
        (Revision, "frozen_at", "2026-11-21T03:00:00Z", "Write a moment as"),
        (Agent, "time_zone", "Mars/Olympus", "is not a time zone"),
        (Agent, "understudy", "Ada", "does not name a row"),
    ],
)
def test_what_is_refused_names_the_field_and_says_what_to_do(row_class: type, name: str, value: Any, said: str) -> None:
    with pytest.raises(FieldFault) as refused:
        field(row_class, name).normalise(value)
    assert refused.value.field == name
    assert said in str(refused.value)


@given(st.text(), st.booleans())
def test_clean_text_is_clean_whatever_comes_in(text: str, lines: bool) -> None:
    cleaned = clean_text(text, lines=lines)
    assert clean_text(cleaned, lines=lines) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    allowed = "\n" if lines else ""
    assert all(c in allowed or unicodedata.category(c) != "Cc" for c in cleaned)


EVERY = [(row_class, each) for row_class in ALL for each in fields_of(row_class).values()]

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(st.characters(), max_size=30),
    st.sampled_from([ID, "2026-11-21", "16:37", "1a", "UTC", "mon"]),
    st.lists(st.one_of(st.text(max_size=5), st.sampled_from([ID, "mon", "2026-11-21"])), max_size=3),
)


@given(st.sampled_from(EVERY), ANYTHING)
def test_a_field_refuses_or_settles_on_one_form(where: tuple[type, Field], value: Any) -> None:
    """Whatever comes in: a FieldFault, or a plain value that the field takes again unchanged."""
    _, each = where
    with suppress(FieldFault):
        stored = each.normalise(value)
        assert type(stored) in (str, int, bool, tuple, type(None))
        assert settled(each, stored)


def settled(each: Field, stored: Any) -> bool:
    try:
        return each.normalise(stored) == stored
    except FieldFault:
        return False


# --- the declarations ---


def test_every_field_takes_its_own_empty_value_and_its_default() -> None:
    for row_class, each in EVERY:
        assert each.normalise(each.empty) == each.empty, (row_class, each.name)
        default = getattr(row_class(id=ID), each.name)
        assert each.normalise(default) == default, (row_class, each.name)


def test_every_reference_names_kinds_that_there_are() -> None:
    for row_class, each in EVERY:
        assert each.is_reference == bool(each.targets), (row_class, each.name)
        assert set(each.targets) <= set(BY_KIND), (row_class, each.name)


def test_every_field_belongs_to_a_step_and_says_what_it_is() -> None:
    steps = {entry.value for entry in v.STEPS}
    for row_class, each in EVERY:
        assert each.step in steps, (row_class, each.name)
        assert each.label, (row_class, each.name)


def test_a_field_has_the_scope_and_step_of_its_kind_unless_it_says_otherwise() -> None:
    assert field(Person, "name").scope is Scope.DECISION
    assert field(Person, "present").scope is Scope.PRIVATE
    assert field(OwnerAssignment, "accepted").scope is Scope.RECORD
    assert field(Agent, "name").step == "room"
    assert field(Agent, "review_by").step == "scorecard"
    assert field(Action, "approver").on_remove is OnRemove.CLEAR
