"""Only the names that are in a text make a difference to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.wording.names import NOBODY_KNOWN, Names
from app.wording.tokens import names_in, tokens_of

CALLED = [
    "Dana Abelard",
    "Will Ito",
    "ops",
    "billing-exceptions",
    "Platform on call",
    "Élodie O'Hara",
    "Acme",
    "the team",
]
WORDS = [
    *CALLED,
    "Dana's",
    "will",
    "Will",
    "dana",
    "Abelard",
    "billing",
    "on call",
    "goes to",
    ".",
    "and",
    "Elodie",
    "3",
]
called = st.lists(st.sampled_from(CALLED), unique=True, max_size=4).map(tuple)


@given(st.lists(st.sampled_from(WORDS)).map(" ".join), st.builds(Names, called, called, called, called, called))
def test_the_words_are_the_same_with_the_names_that_are_in_the_text(text: str, names: Names) -> None:
    assert tokens_of(text, names_in(text, names)) == tokens_of(text, names)


def test_a_text_without_names_needs_none() -> None:
    assert names_in("It goes to the desk.", Names(people=("Dana Abelard",))) == NOBODY_KNOWN
    assert names_in("Dana looks.", Names(("Dana Abelard", "Jun Ito"))) == Names(("Dana Abelard",))


def test_a_queue_is_in_a_text_with_all_its_words_alone() -> None:
    names = Names(queues=("billing-exceptions",), rotas=("Platform on call",))
    assert names_in("It classifies billing tickets; a call comes from the platform.", names) == NOBODY_KNOWN
    assert names_in("It lands in billing-exceptions.", names) == Names(queues=("billing-exceptions",))
    assert names_in("Exceptions of billing.", names) == Names(queues=("billing-exceptions",))
