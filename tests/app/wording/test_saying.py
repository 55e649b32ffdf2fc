"""Whether a text says anybody, anywhere or any moment in particular, and what is underlined where it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.model.fields import Wording
from app.wording.detect import Phrase, detect
from app.wording.names import Names

NAMES = Names(people=("Dana Abelard",), rotas=("Platform on call",), queues=("billing-exceptions",))

BARE = "Each of them is looked into with due thoroughness"
"""A statement in which no phrase is vague, and which says nothing."""


def asked(text: str, place: Wording = Wording.DESTINATION) -> tuple[Phrase, ...]:
    return detect(text, place, NAMES, asks_who=True)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (Wording.OWNER, "vague_actor"),
        (Wording.DESTINATION, "no_destination"),
        (Wording.STOP, "vague_actor"),
        (Wording.BOUNDARY, ""),
        (Wording.TEXT, ""),
    ],
)
def test_the_class_is_what_the_field_asks_for(place: Wording, kind: str) -> None:
    assert [phrase.kind for phrase in asked(BARE, place)] == ([kind] if kind else [])


def test_only_a_field_that_asks_who_says_so() -> None:
    (phrase,) = asked(BARE)
    assert words(phrase.what) == "nothing here says who, where or when yet"
    assert detect(BARE, Wording.DESTINATION, NAMES) == ()
    assert asked(BARE) == (phrase,), "what a field was told does not depend on what another was told before"


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (BARE, BARE),
        (f"{BARE}, as ever. That is all.", BARE),
        (f"{BARE}. That is all.", BARE),
        (f"  {BARE}; that is all", BARE),
        (f"!! {BARE} – that is all", BARE),
    ],
)
def test_its_first_clause_is_pointed_out(text: str, clause: str) -> None:
    (phrase,) = asked(text)
    assert (phrase.words, text[phrase.start : phrase.end]) == (clause, clause)


@pytest.mark.parametrize(
    "more",
    [
        "by Dana",
        "in billing-exceptions",
        "by Platform on call",
        "by Petra",
        "by the billing team lead",
        "by the system owner",
        "by the section head",
        "by the controller",
        "by the accountable person",
        "within 4 hours",
        "within two days",
        "within the hour",
        "on tuesday",
        "by end of day",
        "day and night",
        "by phone",
        "at desk@lindhof.example",
        "in #billing-alerts",
        "in “Open cases”",
        "in PagerDuty",
        "in triage.enabled",
        "as P1",
    ],
)
def test_one_thing_in_particular_is_enough(more: str) -> None:
    assert "nothing here" not in " ".join(words(phrase.what) for phrase in asked(f"{BARE} {more}", Wording.STOP))


@pytest.mark.parametrize("text", ["Petra decides alone", "Petra takes over then", "Petra handles them with care"])
def test_a_name_that_nobody_knows_begins_a_text_and_does_something(text: str) -> None:
    assert asked(text) == ()


@pytest.mark.parametrize("text", ["The desk owns them with care", "We own them with care", "EACH IS READ WITH CARE"])
def test_a_capital_alone_is_no_name(text: str) -> None:
    assert [words(phrase.what) for phrase in asked(text)] != []


@pytest.mark.parametrize("text", ["", "Cases", "Odd cases", "…", "!!"])
def test_a_heading_is_no_statement(text: str) -> None:
    assert asked(text) == ()


def test_it_is_left_unsaid_where_a_phrase_is_pointed_out() -> None:
    assert [phrase.kind for phrase in asked(f"{BARE}, probably")] == ["hedge"]


@given(st.text(max_size=200), st.sampled_from([Wording.OWNER, Wording.DESTINATION, Wording.STOP]))
def test_it_is_said_once_and_only_where_nothing_else_is(text: str, place: Wording) -> None:
    otherwise, found = detect(text, place, NAMES), asked(text, place)
    assert found == otherwise or (not otherwise and len(found) == 1)
    assert all(text[phrase.start : phrase.end] == phrase.words != "" for phrase in found)


@given(st.text(max_size=200))
def test_a_figure_is_always_something(text: str) -> None:
    assert asked(f"{text}\n4") == detect(f"{text}\n4", Wording.DESTINATION, NAMES)
