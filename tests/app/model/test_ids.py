"""Ids sort as they were made; moments are written one way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.ids import Mint, instant, is_id, moment, uuid7


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_an_id_is_a_uuid_of_version_7_with_its_time_in_front(milliseconds: int, randomness: bytes) -> None:
    made = uuid7(milliseconds, randomness)
    assert is_id(made)
    assert int(made.replace("-", "")[:12], 16) == milliseconds


def test_ids_of_one_mint_sort_as_they_were_made_even_when_the_clock_stands_still() -> None:
    mint = Mint(lambda: datetime(2026, 11, 21, tzinfo=UTC))
    made = [mint.id() for _ in range(500)]
    assert made == sorted(set(made))


@pytest.mark.parametrize(
    "text", ["", "x", "01A1FD39-EEE7-7F66-9821-6066533A7C16", "01a1fd39-eee7-4f66-9821-6066533a7c16"]
)
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)


def test_a_moment_is_utc_with_milliseconds() -> None:
    berlin = timezone(timedelta(hours=1))
    assert moment(datetime(2026, 11, 21, 4, 0, 0, 999_999, berlin)) == "2026-11-21T03:00:00.999Z"


@given(st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)))
def test_a_moment_comes_back(when: datetime) -> None:
    assert moment(instant(moment(when))) == moment(when)
