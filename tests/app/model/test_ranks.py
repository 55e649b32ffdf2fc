"""There is always a place between two others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.ranks import DIGITS, between, spread


def test_keys_for_a_new_table_are_in_order_and_all_different() -> None:
    for count in (0, 1, 5, 35, 36, 1000):
        keys = list(spread(count))
        assert len(keys) == count
        assert keys == sorted(set(keys))


@given(st.lists(st.integers(0, 10**6), max_size=120), st.integers(0, 40))
def test_a_key_fits_anywhere_again_and_again(places: list[int], start: int) -> None:
    keys = list(spread(start))
    for place in places:
        at = place % (len(keys) + 1)
        low = keys[at - 1] if at > 0 else ""
        high = keys[at] if at < len(keys) else ""
        keys.insert(at, between(low, high))
    assert keys == sorted(set(keys))
    assert all(key and set(key) <= set(DIGITS) and not key.endswith("0") for key in keys)


def test_always_at_the_same_place_grows_slowly() -> None:
    first, last = "", ""
    for _ in range(200):
        first = between("", first) if first else between("", "")
        last = between(last, "")
    assert max(len(first), len(last)) <= 60


@pytest.mark.parametrize(("low", "high"), [("b", "a"), ("a", "a")])
def test_between_keys_in_the_wrong_order_there_is_nothing(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="no key between"):
        between(low, high)
