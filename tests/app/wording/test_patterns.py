"""How patterns are spelt, on patterns of our own."""

from __future__ import annotations

from typing import Any

import pytest

from app.messages import words
from app.model.fields import Wording
from app.wording.patterns import KINDS, Patterns, patterns, read_patterns

KIND = {"why": "Because.", "source": "S1", "better": "Better.", "better_in": {"owner": "Best."}}


def read(*lines: str, **group: Any) -> Patterns:
    made = {"kind": "hedge", "what": "a maybe", "patterns": list(lines), **group}
    return read_patterns(
        {"words": {"team": ["ops", "back office"]}, "kind": {"hedge": KIND}, "nameless": [], "group": [made]}
    )


def matches(line: str, text: str) -> bool:
    found = read(line).by_word(Wording.TEXT).get(text.split()[0], ())
    return any(pattern.spelt.end(text.split(), 0) >= 0 for pattern in found)


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ("will|can look", "can look", True),
        ("will|can look", "may look", False),
        ("will really? look", "will look", True),
        ("will really? look", "will really look", True),
        ("will really? look", "will never look", False),
        ("really? look", "look", True),
        ("the * team", "the ops team", True),
        ("the * team", "the team", False),
        ("the *2 team", "the team", True),
        ("the *2 team", "the good old team", True),
        ("the *2 team", "the very good old team", False),
        ("the *2 team", "the . team", False),
        ("ask <team>", "ask back office", True),
        ("<team> will", "back office will", True),
        ("looks_after|runs it", "looks after it", True),
        ("someone !who", "someone looks", True),
        ("someone !who", "someone who looks", False),
        ("now $", "now", True),
        ("now $", "now and then", False),
        ("now $", "now . then", True),
        ("!if someone", "someone", True),
        ("^ ops will", "ops will", True),
        ("seen # times", "seen # times", True),
        ("kill|kill_switch off", "kill switch off", True),
    ],
)
def test_what_a_pattern_means(line: str, text: str, expected: bool) -> None:
    assert matches(line, text) is expected


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("!if someone", ["if", "someone"], -1),
        ("!if someone", ["ask", "someone"], 2),
        ("^ ops", ["ask", "ops"], -1),
        ("^ ops", ["ask", ".", "ops"], 3),
    ],
)
def test_what_stands_before_counts(line: str, words: list[str], expected: int) -> None:
    (pattern,) = read(line).by_word(Wording.TEXT)[words[-1]]
    assert pattern.spelt.end(words, len(words) - 1) == expected


@pytest.mark.parametrize(("text", "expected"), [("ops", True), ("ops and it", True), ("ops a b c", False)])
def test_a_whole_one_takes_the_whole_text(text: str, expected: bool) -> None:
    (pattern,) = read("<team> *2", whole=True).whole(Wording.TEXT)
    assert pattern.spelt.is_all_of(text.split()) is expected


def test_a_pattern_counts_in_its_fields_alone() -> None:
    made = read("for now", fields=["owner"])
    assert list(made.by_word(Wording.OWNER)) == ["for"]
    assert dict(made.by_word(Wording.STOP)) == {}


def test_a_whole_one_stands_apart() -> None:
    made = read("ops *2", whole=True)
    assert len(made.whole(Wording.TEXT)) == 1
    assert dict(made.by_word(Wording.TEXT)) == {}


@pytest.mark.parametrize("line", ["* team", "*2 team", "$"])
def test_a_pattern_that_begins_with_anything_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="begins with a word"):
        read(line)


def test_an_unknown_list_or_class_is_refused() -> None:
    with pytest.raises(KeyError):
        read("<nobody> knows")
    with pytest.raises(KeyError):
        read("for now", kind="unknown")


def test_the_example_fits_the_field() -> None:
    (pattern,) = read("for now").by_word(Wording.OWNER)["for"]
    assert (pattern.kind.better_in(Wording.OWNER), pattern.kind.better_in(Wording.STOP)) == ("Best.", "Better.")


def test_the_twelve_classes_are_all_there_and_every_pattern_is_of_one() -> None:
    used = set()
    for place in Wording:
        for found in (*patterns().by_word(place).values(), patterns().whole(place)):
            used |= {pattern.kind.name for pattern in found}
            assert all(words(pattern.what) and not pattern.what.endswith(".") for pattern in found)
    assert used == set(KINDS)
    assert len(KINDS) == 12
