"""A year of one agent's cover with ten windows (domain.md 4): 53 real weeks, in three time zones, with closures."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from app.model.document import Document
from app.policy import windows as layout
from app.policy import year
from tests.support.cover import EVERY_DAY, MINUTE, WORKDAYS, hours, minute_by_minute, project

DAY = date(2026, 11, 21)
ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata")


def ten_windows() -> Document:
    return project(
        *(
            hours(
                WORKDAYS if number % 3 else EVERY_DAY,
                f"{number * 2:02d}:15",
                f"{(number * 2 + 9) % 24:02d}:45",
                zone=ZONES[number % 3],
                holder=("dana", "jun")[number % 2],
                closures=("2026-12-25", "2027-01-01"),
            )
            for number in range(10)
        )
    )


def test_a_year_of_ten_windows(beside) -> None:
    """Peer: an array with a place for every minute of the same year, filled minute by minute and counted. Bar: 50 ms,
    from nothing remembered."""
    document = ten_windows()
    start = year.midnight(year.monday_of(DAY), ZoneInfo("Europe/London"))
    length = sum(minutes for _, minutes in year.week_lengths(ZoneInfo("Europe/London"), DAY))

    def ours() -> tuple[int, int]:
        year._year.cache_clear()
        layout._at_midnight.cache_clear()
        found = year.year_of(document, "exception", DAY)
        longest = found.longest_gap
        return found.uncovered, longest.minutes if longest else 0

    def naive() -> tuple[int, int]:
        there = minute_by_minute(document, start, start + length * MINUTE)
        gaps = (sum(1 for _ in minutes) for who, minutes in groupby(there) if not who)
        return there.count(0), max(gaps, default=0)

    assert ours() == naive()
    ratio = beside("a year of ten windows", ours, naive, bar="50 ms; a small part of the minute array", rounds=9)
    assert ratio < 1
