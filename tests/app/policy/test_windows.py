"""Which windows count and why not, closures, absences, and reading a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.model.exceptions import CoverageWindow
from app.model.owners import Rota
from app.model.room import Person
from app.policy.coverage import covered_at, first_human_at, nominal
from app.policy.windows import (
    clock_minute,
    closed_stretches,
    lack_of,
    minutes_of,
    presences,
    staff_of,
    windows_for,
    windows_held,
    windows_of,
)
from tests.support.cover import EVERY_DAY, WORKDAYS, hours, project

LONDON = ZoneInfo("Europe/London")
OFFICE = hours(WORKDAYS, "09:00", "17:00")


@pytest.mark.parametrize(
    ("lacking", "reason", "field"),
    [
        ({"duty": ""}, "no duty is given", "duty"),
        ({"holder": None}, "nobody is named", "holder"),
        ({"holder": "gone"}, "nobody is named", "holder"),
        ({"holder": "empty"}, "the rota “Nights” has no members", "holder"),
        ({"weekdays": ()}, "no days are given", "weekdays"),
        ({"start": ""}, "it does not say from when", "start"),
        ({"end": ""}, "it does not say until when", "end"),
        ({"valid_from": "2026-12-02", "valid_to": "2026-12-01"}, "it ends before it begins", "valid_to"),
    ],
)
def test_a_window_that_does_not_count_says_why(lacking: dict[str, Any], reason: str, field: str) -> None:
    document = project({**OFFICE, **lacking}, rows=(Rota(id="empty", name="Nights"),))
    (window,) = document.rows(CoverageWindow)
    lack = lack_of(document, window)
    assert lack is not None
    assert (words(lack.reason), lack.field) == (reason, field)
    assert windows_for(document, window.duty) == ()
    assert nominal(document, "exception").covered == 0


def test_a_window_that_counts_lacks_nothing() -> None:
    document = project(OFFICE)
    (window,) = document.rows(CoverageWindow)
    assert lack_of(document, window) is None
    assert windows_for(document, "exception") == windows_held(document, "exception") == (window,)


def test_an_absence_takes_its_days_out_of_the_real_hours() -> None:
    away = Person(id="dana", name="Dana Abelard", away_from="2026-11-24", away_to="2026-11-25")
    document = project(OFFICE, rows=(away,))

    def there(day: int) -> bool:
        return covered_at(document, "exception", datetime(2026, 11, day, 10, tzinfo=LONDON)) == "dana"

    assert [there(day) for day in (23, 24, 25, 26)] == [True, False, False, True]
    assert [(w.valid_from, w.valid_to) for w in windows_held(document, "exception")] == [
        ("", "2026-11-23"),
        ("2026-11-26", ""),
    ]
    table, staff = document.table(CoverageWindow.spec.kind), staff_of(document)
    assert len(windows_of(table, staff, "dana")) == 2
    assert windows_of(table, staff, "dana", as_written=True) == windows_for(document, "exception")
    assert nominal(document, "exception").uncovered == nominal(project(OFFICE), "exception").uncovered


@pytest.mark.parametrize(
    ("dates", "kept"),
    [
        ({"away_from": "2026-11-24"}, [("2026-11-02", "2026-11-23")]),
        ({"away_to": "2026-11-25"}, [("2026-11-26", "2026-12-18")]),
        ({"away_from": "2026-11-02", "away_to": "2026-12-18"}, []),
        ({"away_from": "2027-01-01", "away_to": "2027-01-31"}, [("2026-11-02", "2026-12-18")]),
        ({"away_from": "2026-11-25", "away_to": "2026-11-24"}, [("2026-11-02", "2026-12-18")]),
    ],
)
def test_an_absence_stays_within_the_dates_of_validity(dates: dict[str, str], kept: list[tuple[str, str]]) -> None:
    away = Person(id="dana", name="Dana Abelard", **dates)
    document = project({**OFFICE, "valid_from": "2026-11-02", "valid_to": "2026-12-18"}, rows=(away,))
    held = [(window.valid_from, window.valid_to) for window in windows_held(document, "exception")]
    assert [each for each in held if each[0] <= each[1]] == kept


def test_a_rota_is_there_until_its_last_member_is_away() -> None:
    rota = Rota(id="leads", name="Leads", members=("dana", "jun"))
    dana = Person(id="dana", name="Dana Abelard", away_from="2026-11-23", away_to="2026-11-25")
    jun = Person(id="jun", name="Jun Okafor", away_from="2026-11-25", away_to="2026-11-30")
    document = project({**OFFICE, "holder": "leads"}, rows=(rota, dana, jun))
    off = [
        day for day in range(23, 28) if not covered_at(document, "exception", datetime(2026, 11, day, 10, tzinfo=UTC))
    ]
    assert off == [25]


def test_somebody_away_until_further_notice_is_not_there_again() -> None:
    away = Person(id="dana", name="Dana Abelard", away_from="2026-11-01")
    assert first_human_at(project(OFFICE, rows=(away,)), "exception", datetime(2026, 11, 20, 18, tzinfo=UTC)) is None


def test_what_a_closure_takes_away() -> None:
    nights = hours(EVERY_DAY, "22:00", "06:00", closures=("2026-12-25", "2027-03-01"))
    document = project(nights)
    (window,) = document.rows(CoverageWindow)
    found = list(closed_stretches(document, window, date(2026, 11, 21), date(2027, 1, 16)))
    assert found == [
        ("2026-12-25", datetime(2026, 12, 25, 22, tzinfo=UTC), datetime(2026, 12, 26, 6, tzinfo=UTC)),
    ]
    weekends = project(hours(("sat",), "09:00", "13:00", closures=("2026-12-25",)))
    (window,) = weekends.rows(CoverageWindow)
    assert list(closed_stretches(weekends, window, date(2026, 11, 21), date(2027, 1, 16))) == [], "a Friday anyway"


@given(
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Kolkata"]),
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    st.integers(0, 3 * 24 * 60),
)
def test_a_clock_is_read_as_the_time_zone_says(zone: str, day: date, minute: int) -> None:
    wall = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(minutes=minute)
    assert clock_minute(ZoneInfo(zone), day.toordinal(), minute) == minutes_of(wall.astimezone(UTC))


def test_a_stretch_that_began_before_is_told_and_one_that_is_over_is_not() -> None:
    document = project(hours(("thu",), "24:00", "24:00", zone="Pacific/Kiritimati"), zone="Pacific/Niue")
    (window,) = document.rows(CoverageWindow)
    # Thursday 24:00 in Kiritimati, 14 hours ahead of UTC, is Thursday 10:00 in UTC; it lasts a day.
    since = datetime(2026, 11, 20, 9, 59, tzinfo=UTC)
    first = next(presences(window, LONDON, since))
    assert (first.start, first.end) == (datetime(2026, 11, 19, 10, tzinfo=UTC), datetime(2026, 11, 20, 10, tzinfo=UTC))
    later = next(presences(window, LONDON, since + timedelta(minutes=1)))
    assert later.start == first.start + timedelta(days=7)
