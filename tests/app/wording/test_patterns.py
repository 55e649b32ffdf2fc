"""How patterns are spelt, on patterns of our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.model.fields import Wording
from app.wording.patterns import KINDS, Pattern, Patterns, patterns, read_patterns
from app.wording.spelling import Said, places

KIND = {"why": "Because.", "source": "S1", "better": "Better.", "better_in": {"owner": "Best."}}


def read(*lines: str, **group: Any) -> Patterns:
    made = {"kind": "hedge", "what": "a maybe", "patterns": "\n".join(lines), **group}
    return read_patterns(
        {
            "words": {"team": "ops, back\noffice"},
            "clear": {"title": "head of"},
            "around": {"now": "since !when\nnow|today"},
            "kind": {"hedge": KIND},
            "nameless": "desk, team",
            "group": [made],
        }
    )


def edges(words: list[str]) -> set[int]:
    """The first word, and each "." with the word after it."""
    return {0} | {at + more for at, word in enumerate(words) if word == "." for more in (0, 1)}


def matches(line: str, text: str, **group: Any) -> bool:
    said = text.split()
    found = read(line, **group).by_word(Wording.TEXT).get(said[0], ())
    return any(pattern.spelt.end(said, 0, edges(said)) >= 0 for pattern in found)


def answered(pattern: Pattern, *words: str) -> bool:
    return bool(pattern.answers.places(Said(words, {0})))


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
        ("now then|$", "now", True),
        ("now then|$", "now then", True),
        ("now then|$", "now and", False),
        ("now !$", "now", False),
        ("now !$", "now and", True),
        ("!if someone", "someone", True),
        ("^ ops will", "ops will", True),
        ("seen # times", "seen # times", True),
        ("kill|kill_switch off", "kill switch off", True),
        ("the ~ers|~ors", "the clearers", True),
        ("the ~ers|~ors", "the auditors", True),
        ("the ~ers|~ors", "the clerk", False),
        ("the *1 !letters ~ers", "the old letters", False),
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
    assert pattern.spelt.end(words, len(words) - 1, edges(words)) == expected


@pytest.mark.parametrize(("text", "expected"), [("ops", True), ("ops and it", True), ("ops a b c", False)])
def test_a_whole_one_takes_the_whole_text(text: str, expected: bool) -> None:
    (pattern,) = read("<team> *2", whole=True).whole(Wording.TEXT)
    assert pattern.spelt.is_all_of(text.split()) is expected


@pytest.mark.parametrize(("text", "expected"), [("ops", True), ("ops . yes", True), ("ops and it", False)])
def test_one_that_stands_alone_fills_what_is_between_two_edges(text: str, expected: bool) -> None:
    assert matches("<team>", text, alone=True) is expected
    assert matches("<team>", text)


def test_what_makes_a_clause_clear_may_be_named() -> None:
    (pattern,) = read("for now", answered_by=["PERSON", "title"]).by_word(Wording.TEXT)["for"]
    assert answered(pattern, "PERSON", "for", "now")
    assert answered(pattern, "head", "of", "ops", "for", "now")
    assert not answered(pattern, "the", "head", "for", "now")
    assert not answered(pattern, "title", "for", "now")


def test_who_is_away_and_who_is_near_somebody_answer_nothing() -> None:
    (pattern,) = read("for now", answered_by=["PERSON"]).by_word(Wording.TEXT)["for"]
    assert not answered(pattern, "when", "PERSON", "is", "off")
    assert not answered(pattern, "PERSON", "people")
    assert answered(pattern, "people", "of", "PERSON")


def test_a_pattern_counts_in_its_fields_alone() -> None:
    made = read("for now", fields=["owner"])
    assert list(made.by_word(Wording.OWNER)) == ["for"]
    assert dict(made.by_word(Wording.STOP)) == {}


def test_a_whole_one_stands_apart() -> None:
    made = read("ops *2", whole=True)
    assert len(made.whole(Wording.TEXT)) == 1
    assert dict(made.by_word(Wording.TEXT)) == {}


def test_a_line_that_is_set_in_goes_on_with_the_one_before() -> None:
    made = read("for|until|", "    since now", "for good|", "    ever", "by", "    hand").by_word(Wording.TEXT)
    said = ["since now", "for ever", "by hand"]
    assert [matched(made, text) for text in said] == [True] * 3
    assert not matched(made, "hand")


def matched(made: Mapping[str, Sequence[Pattern]], text: str) -> bool:
    return any(pattern.spelt.end(text.split(), 0) == len(text.split()) for pattern in made.get(text.split()[0], ()))


LINES = (
    "will|can look",
    "will really? look",
    "the *2 team",
    "the * team",
    "ask <team>",
    "looks_after|runs it",
    "someone !who|that",
    "now then|$",
    "now !$",
    "!if someone",
    "^ ops will",
    "the *1 !letters ~ers",
    "is *1 !not|back_office done? $",
)
WORDS = sorted({word for line in LINES for word in line.replace("_", " ").replace("|", " ").split() if word.isalpha()})
spoken = st.lists(
    st.sampled_from([*WORDS, "ops", "back", "office", "letters", "clearers", "if", "not", "."]), max_size=12
)


@given(spoken, st.sampled_from(LINES))
def test_where_it_matches_is_found_for_all_places_at_once(said: list[str], line: str) -> None:
    (pattern,) = {id(each): each for found in read(line).by_word(Wording.TEXT).values() for each in found}.values()
    one_by_one = [at for at in range(len(said) + 1) if pattern.spelt.end(said, at, edges(said)) >= 0]
    assert places(pattern.spelt.begins(Said(said, edges(said) - {len(said)}))) == one_by_one


@pytest.mark.parametrize("line", ["* team", "*2 team", "~ers", "$"])
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
