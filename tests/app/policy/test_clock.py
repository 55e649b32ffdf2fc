"""Wall time where the clocks change, and the times of a drill with their dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.policy.clock import clock_words, moment_on, step_times
from app.policy.drill import drill
from tests.support.builder import sample

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 16, 37, tzinfo=BERLIN)
DRILL = drill(sample().document, FRIDAY, "silent")


def told(*ats: datetime | None, asked: datetime = FRIDAY) -> list[str]:
    """The times of a drill with steps at these moments."""
    steps = tuple(replace(DRILL.steps[0], at=at) for at in ats)
    times = step_times(replace(DRILL, moment=asked, steps=steps))
    return [
        " ".join(filter(None, (words(time.weekday), words(time.day) if time.day else "", time.clock))) if time else ""
        for time in times
    ]


def test_a_step_within_a_day_needs_its_weekday_alone() -> None:
    assert told(FRIDAY, None, FRIDAY + timedelta(days=1)) == ["Fri 16:37", "", "Sat 16:37"]


def test_a_step_more_than_a_day_away_carries_its_date() -> None:
    assert told(FRIDAY + timedelta(days=1, minutes=1), FRIDAY + timedelta(days=7)) == [
        "Sat 21 Nov 2026 16:38",
        "Fri 27 Nov 2026 16:37",
    ]


def test_a_step_out_of_order_carries_its_date() -> None:
    assert told(FRIDAY + timedelta(hours=2), FRIDAY) == ["Fri 18:37", "Fri 20 Nov 2026 16:37"]


def test_a_time_that_comes_twice_says_which_of_the_two_it_is() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    assert told(first, first.replace(fold=1), asked=first) == ["Sun 02:30 CEST", "Sun 02:30 CET"]


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe"])
)
def test_a_moment_shows_the_wall_time_or_says_what_it_shows_instead(wall: datetime, zone: str) -> None:
    taken, note = moment_on(wall, ZoneInfo(zone))
    shown = taken.astimezone(UTC).astimezone(ZoneInfo(zone))
    assert (shown.replace(tzinfo=None) == wall) or note is not None
    assert note is None or clock_words(shown) in words(note)
