"""A year of real weeks: against a plain count of every minute, and the weeks in which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.exceptions import CoverageWindow
from app.model.owners import Rota
from app.model.room import Person
from app.policy.coverage import nominal
from app.policy.real_week import weeks_apart
from app.policy.year import WEEKS, Gap, midnight, monday_of, week_lengths, year_of
from tests.support.cover import EVERY_DAY, MINUTE, WORKDAYS, h, hours, minute_by_minute, project

NEW_YORK = ZoneInfo("America/New_York")
LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 21)
HAND_OVER = (
    hours(WORKDAYS, "08:00", "20:00", zone="Europe/London"),
    hours(WORKDAYS, "15:00", "03:00", zone="America/New_York", holder="jun"),
)

times = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02d}:{minute % 60:02d}") | st.just("24:00")
days = st.integers(0, 6 * 7).map(lambda number: (date(2026, 10, 20) + timedelta(days=number)).isoformat())
zones = st.sampled_from(
    ["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "America/Havana"]
)
some_windows = st.lists(
    st.builds(
        hours,
        st.lists(st.sampled_from(EVERY_DAY), unique=True, min_size=1).map(tuple),
        times,
        times,
        holder=st.sampled_from(["dana", "jun"]),
        zone=zones,
        closures=st.lists(days, max_size=4, unique=True).map(sorted).map(tuple),
        valid_from=days | st.just(""),
        valid_to=days.map(lambda day: day.replace("2026", "2027")) | st.just(""),
    ),
    max_size=5,
)


@settings(max_examples=40)
@given(some_windows, zones, st.sampled_from([date(2026, 10, 20), date(2027, 3, 2)]))
def test_every_figure_of_six_weeks_around_a_clock_change_agrees_with_counting_minutes(
    windows: list[dict[str, Any]], zone: str, day: date
) -> None:
    document = project(*windows, zone=zone)
    year = year_of(document, "exception", day)
    assert len(year.weeks) == WEEKS
    assert year.weeks[0].monday == monday_of(day)
    start = midnight(year.weeks[0].monday, ZoneInfo(zone))
    for week in year.weeks[:6]:
        end = midnight(week.monday + timedelta(days=7), ZoneInfo(zone))
        there = minute_by_minute(document, start, end)
        assert week.length == len(there)
        assert week.uncovered == there.count(0)
        assert week.single == there.count(1) + there.count(2)
        start = end


@settings(max_examples=8, deadline=None)
@given(some_windows, zones)
def test_the_whole_year_agrees_with_counting_minutes(windows: list[dict[str, Any]], zone: str) -> None:
    document = project(*windows, zone=zone)
    year = year_of(document, "exception", DAY)
    start = midnight(year.weeks[0].monday, ZoneInfo(zone))
    there = minute_by_minute(document, start, start + year.length * MINUTE)
    assert year.uncovered == there.count(0)
    assert year.single == len(there) - there.count(0) - there.count(3)
    gaps, reached = [], 0
    for who, minutes in groupby(there):
        length = sum(1 for _ in minutes)
        if not who:
            gaps.append(Gap(start + reached * MINUTE, length))
        reached += length
    assert list(year.gaps) == gaps
    assert year.longest_gap == max(gaps, key=lambda gap: gap.minutes, default=None)


quiet_times = st.integers(4 * 60, 23 * 60).map(lambda minute: f"{minute // 60:02d}:{minute % 60:02d}")


@given(
    st.lists(
        st.builds(
            hours,
            st.lists(st.sampled_from(EVERY_DAY), unique=True, min_size=1).map(tuple),
            quiet_times,
            quiet_times,
            zone=st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata"]),
        ),
        min_size=1,
        max_size=3,
    ),
    st.integers(0, 53 * 7 * 24 * 60 - 1),
)
def test_somebody_is_there_exactly_while_a_clock_on_their_wall_says_so(
    windows: list[dict[str, Any]], minute: int
) -> None:
    document = project(*windows)
    year = year_of(document, "exception", DAY)
    instant = midnight(year.weeks[0].monday, LONDON) + minute * MINUTE
    covered = not any(gap.start <= instant < gap.start + gap.minutes * MINUTE for gap in year.gaps)
    assert covered == any(is_open(window, instant) for window in document.rows(CoverageWindow))


def is_open(window: CoverageWindow, instant: datetime) -> bool:
    """Read off the clock in its zone. None of these windows opens or closes in an hour that happens twice or never."""
    local = instant.astimezone(ZoneInfo(window.zone))
    clock, today = f"{local:%H:%M}", EVERY_DAY[local.weekday()]
    yesterday = EVERY_DAY[local.weekday() - 1]
    if window.start < window.end:
        return today in window.weekdays and window.start <= clock < window.end
    return (today in window.weekdays and clock >= window.start) or (yesterday in window.weekdays and clock < window.end)


def test_the_weeks_of_the_clock_change_are_named() -> None:
    document = project(hours(WORKDAYS, "09:00", "17:00"), zone="America/New_York")
    year = year_of(document, "exception", date(2026, 10, 1))
    assert [(week.monday, week.length) for week in year.odd] == [
        (date(2026, 10, 26), h(169)),
        (date(2027, 3, 8), h(167)),
    ]
    assert [week.uncovered for week in year.odd] == [h(129), h(127)]
    assert [week.longest_gap for week in year.odd] == [h(65), h(63)]
    assert {week.uncovered for week in year.weeks if not week.odd} == {h(128)}
    assert dict(week_lengths(NEW_YORK, DAY))[date(2027, 3, 8)] == h(167)
    assert sum(length == h(168) for _, length in week_lengths(NEW_YORK, DAY)) == WEEKS - 2


@pytest.mark.parametrize(
    ("monday", "real"),
    [(date(2026, 10, 26), h(65, 23)), (date(2027, 3, 8), h(63, 23)), (date(2026, 6, 15), h(64, 23))],
)
def test_new_york_leaves_at_16_37_on_friday_and_is_back_on_monday_at_nine(monday: date, real: int) -> None:
    document = project(hours(WORKDAYS, "09:00", "16:37"), zone="America/New_York")
    week = year_of(document, "exception", monday).weeks[0]
    assert week.longest_gap == real
    friday = datetime(monday.year, monday.month, monday.day, 16, 37, tzinfo=NEW_YORK) + timedelta(days=4)
    assert Gap(friday.astimezone(UTC), real) in year_of(document, "exception", monday).gaps
    assert nominal(document, "exception").longest_gap == h(64, 23), "the nominal week knows no clock change"


def test_a_hand_over_between_london_and_new_york_has_five_hours_of_holes_when_clocks_differ() -> None:
    document = project(*HAND_OVER)
    weeks = {week.monday: week for week in year_of(document, "exception", date(2026, 6, 1)).weeks}
    usual = nominal(document, "exception").uncovered
    assert weeks[date(2026, 6, 15)].uncovered == usual
    assert weeks[date(2026, 10, 26)].uncovered == usual + h(5)
    assert weeks[date(2027, 3, 15)].uncovered == usual + h(5)
    apart = dict(weeks_apart(document, "exception", DAY))
    assert apart == {date(2027, 3, 15): h(5), date(2027, 3, 22): h(5), date(2027, 11, 1): h(5)}
    assert weeks_apart(project(*HAND_OVER[:1]), "exception", DAY) == ()


def test_an_hour_that_is_skipped_covers_nothing_and_one_that_comes_twice_counts_twice() -> None:
    night = project(hours(("sun",), "02:00", "03:00"), zone="America/New_York")
    weeks = {week.monday: week for week in year_of(night, "exception", date(2026, 10, 1)).weeks}
    assert weeks[date(2027, 3, 8)].uncovered == h(167), "02:00 to 03:00 does not happen"
    assert weeks[date(2027, 3, 1)].uncovered == h(167)
    early = project(hours(("sun",), "01:00", "02:00"), zone="America/New_York")
    weeks = {week.monday: week for week in year_of(early, "exception", date(2026, 10, 1)).weeks}
    assert weeks[date(2026, 10, 26)].uncovered == h(167), "01:00 to 02:00 is two hours of 169"


def test_without_cover_the_year_is_one_gap() -> None:
    year = year_of(project(), "exception", DAY)
    assert year.uncovered == year.length == sum(gap.minutes for gap in year.gaps)
    assert len(year.gaps) == 1
    assert {week.longest_gap for week in year.weeks[1:]} == {week.length for week in year.weeks[1:]}
    always = year_of(project(hours(EVERY_DAY, "00:00", "24:00")), "exception", DAY)
    assert (always.uncovered, always.gaps, always.longest_gap) == (0, (), None)
    assert always.single == always.length


def test_a_rota_is_not_one_person_alone() -> None:
    rota = Rota(id="leads", name="Leads", members=("dana", "jun"))
    document = project(
        hours(EVERY_DAY, "00:00", "24:00", holder="leads"),
        hours(EVERY_DAY, "09:00", "17:00"),
        rows=(rota,),
    )
    assert year_of(document, "exception", DAY).single == 0
    alone = Rota(id="leads", name="Leads", members=("dana",))
    same = project(*[hours(EVERY_DAY, "00:00", "24:00", holder=who) for who in ("leads", "dana")], rows=(alone,))
    year = year_of(same, "exception", DAY)
    assert year.single == year.length, "the rota is Dana again"


def test_closures_and_absences_are_gaps_of_the_year_and_not_of_the_nominal_week() -> None:
    windows = hours(WORKDAYS, "09:00", "17:00", closures=("2026-12-25",))
    usual = year_of(project(hours(WORKDAYS, "09:00", "17:00")), "exception", DAY).uncovered
    assert year_of(project(windows), "exception", DAY).uncovered == usual + h(8)
    away = Person(id="dana", name="Dana Abelard", away_from="2026-11-30", away_to="2026-12-04")
    document = project(windows, rows=(away,))
    year = year_of(document, "exception", DAY)
    assert year.uncovered == usual + h(8) + h(40)
    longest = year.longest_gap
    assert longest is not None
    assert longest.start.astimezone(LONDON) == datetime(2026, 11, 27, 17, tzinfo=LONDON)
    assert longest.minutes == h(9 * 24 + 16)
    assert nominal(document, "exception").uncovered == h(128)
