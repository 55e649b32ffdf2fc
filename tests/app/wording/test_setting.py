"""What stands around a phrase and takes it back, on texts that hold the phrase both ways."""

from __future__ import annotations

import pytest

from app.model.fields import Wording
from app.wording.detect import detect
from app.wording.names import Names

NAMES = Names(people=("Dana Abelard", "Jun Kowalczyk"), rotas=("Platform on call",), vendors=("Modelhaus",))


def kinds(text: str, place: Wording) -> set[str]:
    return {phrase.kind for phrase in detect(text, place, NAMES)}


@pytest.mark.parametrize(
    ("place", "kind", "open_text", "clear_text"),
    [
        # Somebody is named further on, but not one who is merely told, is away, or is named too far on.
        ("destination", "vague_actor", "Anyone may raise one", "Anyone may raise one; Dana Abelard answers it"),
        ("destination", "vague_actor", "Anyone may raise one; Dana is told", "Anyone may raise one; Dana takes it"),
        ("destination", "vague_actor", "Anyone may raise one, if Dana is off", "Anyone may raise one, then Dana"),
        (
            "owner",
            "vague_actor",
            "Someone will look." + " It is so." * 20 + " Dana",
            "Someone will look. It is so. Dana",
        ),
        # A name and a figure close by.
        ("stop", "builder_dependency", "Ask the engineer who built it", "Jun, 15 minutes: the engineer who built it"),
        # The past, with a today.
        ("owner", "vague_actor", "Until March it was whoever had time", "Until March whoever had time; now Dana"),
        ("owner", "undecided", "It was undecided in June", "It was undecided in June; since Tuesday Ole Hansen"),
        # A denial close before, within the same part.
        ("owner", "vendor_owner", "The vendor", "Not the vendor: Dana"),
        ("destination", "no_destination", "By mail to all", "No longer by mail to all"),
        ("owner", "diffuse", "Not one, the committee decides", "Not the committee"),
        # What follows.
        ("owner", "vendor_owner", "Modelhaus may change it", "Modelhaus may change nothing"),
        ("owner", "vague_actor", "The team of six decides", "The team of six reports to her"),
        # A case that is thought of.
        ("owner", "undecided", "The post is vacant", "When the post is vacant, the VP Support"),
        # A day in the same clause, a rhythm, a figure.
        ("owner", "hedge", "Dana, for now", "Dana, for now, to be exact until 30 September"),
        ("stop", "one_off_test", "We tested it in the pilot", "We tested it in the pilot, and on each change since"),
        ("text", "slogan", "A seamless service", "A seamless service: 20 complaints per 1,000 letters"),
    ],
)
def test_the_same_phrase_is_open_and_is_settled(place: str, kind: str, open_text: str, clear_text: str) -> None:
    assert kind in kinds(open_text, Wording(place))
    assert kind not in kinds(clear_text, Wording(place))


def test_a_figure_does_not_make_a_maybe_certain() -> None:
    assert kinds("Dana will probably look within 30 minutes", Wording.DESTINATION) == {"hedge"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Ping the depot” is abolished", set()),
        ("Written on the card: “probably Dana”", {"hedge"}),
        ("Written on the card: “probably Dana”, and crossed out", set()),
    ],
)
def test_a_quotation_is_said_where_it_stands_for_the_text(text: str, expected: set[str]) -> None:
    assert kinds(text, Wording.TEXT) == expected
