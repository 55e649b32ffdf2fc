"""What lines and actions are about: a line is crossed by whoever does what it names, and by nobody who only looks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy.subjects import act, act_called, allowed_by, crossed, stem
from tests.support.builder import ProjectBuilder

KINDS = ("refunds", "suspected fraud", "card payments", "disputes over a territory")
LOOKS = ("Read", "Classify", "Route", "Draft", "Flag", "Escalate", "Tag", "Check", "Propose")


def with_lines(*lines: tuple[str, str]) -> ProjectBuilder:
    builder = ProjectBuilder()
    for verb, object_ in lines:
        builder.may(verb, object_, side="routes_out")
    return builder


@pytest.mark.parametrize(
    ("one", "other"),
    [("refunds", "refunding"), ("cancelled", "cancellation"), ("classifies", "classify"), ("tagging", "tags")],
)
def test_endings_do_not_tell_words_apart(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_short_word_stays_whole() -> None:
    assert stem("pay") == "pay"
    assert stem("bus") == "bus"


def test_the_object_of_an_act_ends_where_its_circumstances_begin() -> None:
    assert act_called("Send the status of card refunds") == act("send", "status")
    assert act_called("Send replies about refunds").head == stem("replies")


@given(st.sampled_from(KINDS), st.sampled_from(("Handle", "Approve", "Decide", "Settle")))
def test_whoever_handles_what_goes_to_a_person_crosses_its_line(kind: str, verb: str) -> None:
    builder = with_lines(("decide", "press"), ("handle", kind))
    found = crossed(builder.document, act(verb, kind))
    assert found is not None or " over " in kind
    assert found is None or found.object == kind


@given(st.sampled_from(KINDS), st.sampled_from(LOOKS))
def test_whoever_looks_at_it_or_passes_it_on_crosses_nothing(kind: str, verb: str) -> None:
    assert crossed(with_lines(("handle", kind)).document, act(verb, kind)) is None


def test_a_permitted_line_and_one_with_a_limit_cross_nothing() -> None:
    builder = with_lines(("refund", "amounts above 50"))
    builder.may("refund", "card payments")
    builder.may("handle", "refunds", side="routes_out", condition="More than L1")
    assert crossed(builder.document, act_called("Refund card payments")) is None


def test_no_words_cross_nothing() -> None:
    assert crossed(with_lines(("", "")).document, act_called("")) is None
    assert crossed(with_lines(("refund", "")).document, act_called("Refund")) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Reset a password", "passwords"),
        ("Resetting the passwords of new employees", "passwords"),
        ("Reset a token", None),
        ("Unlock an account", "locked accounts"),
        ("Reply to the employee", None),
        ("Delete a password", None),
        ("", None),
    ],
)
def test_an_action_finds_the_line_that_likely_permits_it(name: str, expected: str | None) -> None:
    builder = ProjectBuilder()
    builder.may("reset", "password", side="barred")
    builder.may("", "")
    builder.may("reset", "passwords")
    builder.may("unlock", "locked accounts")
    found = allowed_by(builder.document, act_called(name))
    assert (found.object if found else None) == expected


def test_of_two_lines_by_the_same_verb_it_is_the_closer_one() -> None:
    builder = ProjectBuilder()
    builder.may("send", "replies")
    builder.may("send", "billing replies")
    found = allowed_by(builder.document, act_called("Send simple billing replies"))
    assert found is not None
    assert found.object == "billing replies"
