"""Texts in one spelling, and the way back to what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.revisions.folding import fold, folded


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Strauß", "strauss"),
        ("STRAUẞ", "strauss"),
        ("ﬁscher", "fischer"),
        ("İpek ıpek IPEK", "ipek ipek ipek"),
        ("Sea\u0301n Seán", "sean sean"),
        ("Ｆｉｎｎ", "finn"),
        ("Da\u00adna\u200b", "dana"),
        ("O’B OʼB O´B O`B", "o'b o'b o'b o'b"),
        ("a‐b a‑b a–b", "a-b a-b a-b"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("Łukasz Sørensen Ægir", "lukasz sorensen aegir"),
        ("", ""),
    ],
)
def test_one_spelling(text: str, after: str) -> None:
    assert folded(text) == after


def test_the_way_back_ends_with_what_takes_no_room_and_cuts_no_sign() -> None:
    text = "xß e\u0301\u00ad."
    seen = fold(text)
    assert seen.text == "xss e."
    assert seen.written(0, 1) == (0, 1)
    assert seen.written(1, 3) == (1, 2)
    assert seen.written(1, 2) is None
    assert seen.written(2, 3) is None
    assert seen.written(4, 5) == (3, 6)


def test_what_a_link_spells_in_percent_is_one_sign() -> None:
    seen = fold("x%20J%C3%BCr%2fy%41%ff%25")
    assert seen.text == "x jur/y%41%ff%25"
    assert seen.written(1, 2) == (1, 4)
    assert seen.written(2, 5) == (4, 12)


@given(st.text(st.sampled_from("%20c3bcCJü x")) | st.text())
def test_every_sign_knows_where_it_was_written(text: str) -> None:
    seen = fold(text)
    assert len(seen.at) == len(seen.text) + 1
    assert list(seen.at) == sorted(seen.at)
    assert seen.at[-1] == len(text)
    for place, sign in enumerate(seen.text):
        assert sign in folded(text[seen.at[place] : next(at for at in seen.at[place:] if at > seen.at[place])])


@given(st.text(st.sampled_from("%205cC3Bbx")) | st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
