"""Names that are one for whoever looks at them, and names of people who were erased."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.names import erased_name, is_erased, same_name

NAME = "Jun Kowalczyk"


@pytest.mark.parametrize(
    "other",
    [
        "JUN  kowalczyk ",
        "Jun Kowalczyk\u200b",
        "Jun\u2060 Kowalczyk",
        "Jun Kowal\u00adczyk",
        "\u202eJun Kowalczyk\u202c",
        "Jun\ufeff Kowalczyk\ufe0f",
        "J\U000e0075un Kowalczyk",
        "\uff2aun Kowalczyk",
        "Jun Kowal\u0441zyk",
        "\u0408un K\u03bfwalczyk",
        "Jun\u00a0\u039aowalczyk",
    ],
)
def test_what_looks_the_same_is_the_same(other: str) -> None:
    assert same_name(NAME, other)
    assert same_name(other, NAME)


@pytest.mark.parametrize("other", ["Jan Kowalczyk", "Jun Kowalcyk", "Jun Kowalćzyk", "Jun-Kowalczyk", "Jun", ""])
def test_what_can_be_told_apart_is_another(other: str) -> None:
    assert not same_name(NAME, other)


@pytest.mark.parametrize(
    ("one", "other"), [("ΝΊΚΟΣ ΨΎΛΛΟΣ", "Νίκος Ψύλλος"), ("СЕРГЕЙ", "Сергей"), ("Zoë", "ZOE\u0308")]
)
def test_capitals_are_no_other_name_in_any_alphabet(one: str, other: str) -> None:
    assert same_name(one, other)


@given(
    st.text(max_size=12),
    st.sampled_from("\u00ad\u034f\u200b\u200c\u200e\u2060\u202e\u2069\u3164\ufeff"),
    st.integers(0, 12),
)
def test_an_invisible_sign_makes_no_other_name(name: str, sign: str, place: int) -> None:
    assert same_name(name[:place] + sign + name[place:], name)


def test_who_was_erased_is_told_by_the_name() -> None:
    assert is_erased(erased_name(4))
    assert not is_erased("Erased person")
    assert not is_erased("Dana Abelard")
