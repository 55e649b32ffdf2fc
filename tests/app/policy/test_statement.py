"""Whether a boundary statement says what is done, on statements of which half were never looked at."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.policy.statement import says_an_act, says_what_is_left

FILE = Path(__file__).parents[2] / "fixtures" / "wording" / "statements.toml"
STATEMENTS = tomllib.loads(FILE.read_text(encoding="utf-8"))

REACHED = {"tuned": 29, "held": 28}
"""Of thirty slogans each, how many are known for one; the rest is what the wording check is for."""


def is_asked(statement: str) -> bool:
    return not says_an_act(statement) and not says_what_is_left(statement)


@pytest.mark.parametrize("half", ["tuned", "held"])
def test_no_plain_statement_is_called_a_slogan(half: str) -> None:
    assert len(STATEMENTS[half]["plain"]) == 30
    assert [text for text in STATEMENTS[half]["plain"] if is_asked(text)] == []


@pytest.mark.parametrize("half", ["tuned", "held"])
def test_most_slogans_are_asked_about(half: str) -> None:
    assert len(STATEMENTS[half]["slogan"]) == 30
    assert sum(map(is_asked, STATEMENTS[half]["slogan"])) >= REACHED[half]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("Classifies inbound billing tickets", True),
        ("Classify tickets", True),
        ("The agent answers questions", True),
        ("Klassifiziert eingehende Rechnungen", True),
        ("Helps clerks: drafts a reply", True),
        ("Faster answers for happier people", True),
        ("Drafts", False),
        ("Delivers faster answers", False),
        ("Smart routing of tickets", False),
        ("", False),
    ],
)
def test_an_act_is_a_verb_with_something_after_it(statement: str, says: bool) -> None:
    assert says_an_act(statement) is says


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("Refunds go to people", True),
        ("It never deletes a mailbox", True),
        ("Routes the rest to Dana", True),
        ("Smart routing", False),
        ("Classifies tickets", False),
    ],
)
def test_what_is_left_to_somebody(statement: str, says: bool) -> None:
    assert says_what_is_left(statement) is says
