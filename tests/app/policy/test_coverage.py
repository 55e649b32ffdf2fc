"""Coverage: the table of domain.md 4, minute by minute against a plain count, and real hours across clock changes."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.model.owners import Rota
from app.policy import coverage
from app.policy.coverage import (
    WEEK,
    covered_at,
    duration,
    first_human,
    first_human_at,
    gaps_between,
    nominal,
    respond_by,
    response,
    worst,
)
from tests.support.cover import EVERY_DAY, WORKDAYS, h, hours, project

FRIDAY_1637 = 4 * 24 * 60 + 16 * 60 + 37
SATURDAY_0300 = 5 * 24 * 60 + 3 * 60
NEW_YORK = ZoneInfo("America/New_York")
LONDON = ZoneInfo("Europe/London")


BUSINESS = (hours(WORKDAYS, "09:00", "17:00"),)
LONG = (hours(WORKDAYS, "08:00", "20:00"), hours(("sat",), "09:00", "13:00"))
FIVE = (hours(WORKDAYS, "00:00", "24:00"),)
ALWAYS = (hours(EVERY_DAY, "00:00", "00:00"),)


@pytest.mark.parametrize(
    ("windows", "uncovered", "longest", "friday_30", "friday_240", "saturday", "worst_30"),
    [
        (BUSINESS, h(128), h(64), h(64, 30), h(68), h(54), h(64, 30)),
        (LONG, h(104), h(43), h(0, 30), h(17), h(6), h(43, 30)),
        (FIVE, h(48), h(48), h(0, 30), h(4), h(45), h(48, 30)),
        (ALWAYS, 0, 0, h(0, 30), h(4), 0, h(0, 30)),
    ],
    ids=["business", "long", "24x5", "24x7"],
)
def test_the_table_of_four_patterns(
    windows: tuple[dict[str, Any], ...],
    uncovered: int,
    longest: int,
    friday_30: int,
    friday_240: int,
    saturday: int,
    worst_30: int,
) -> None:
    week = nominal(project(*windows), "exception")
    assert week.uncovered == uncovered
    assert week.longest_gap == longest
    assert response(week, FRIDAY_1637, 30) == friday_30
    assert response(week, FRIDAY_1637, 240) == friday_240
    assert first_human(week, SATURDAY_0300) == saturday
    assert worst(week, 30) == worst_30


def test_at_16_37_a_close_at_17_holds_fifteen_minutes_and_lets_thirty_slip_to_monday() -> None:
    week = nominal(project(*BUSINESS), "exception")
    assert response(week, FRIDAY_1637, 15) == 15
    assert response(week, FRIDAY_1637, 23) == 23
    monday_0907 = WEEK + 9 * 60 + 7
    assert response(week, FRIDAY_1637, 30) == monday_0907 - FRIDAY_1637


def test_without_cover_there_is_no_answer() -> None:
    week = nominal(project(), "exception")
    assert (week.covered, week.uncovered, week.longest_gap) == (0, WEEK, WEEK)
    assert week.gaps == ((0, WEEK),)
    assert (first_human(week, 0), response(week, 0, 30), worst(week, 30)) == (None, None, None)
    assert all(hour == coverage.NOBODY for day in week.hours for hour in day)


def test_sunday_joins_monday() -> None:
    week = nominal(project(hours(WORKDAYS, "09:00", "17:00")), "exception")
    friday_close = 4 * 24 * 60 + 17 * 60
    assert (friday_close, h(64)) in week.gaps
    assert sum(length for _, length in week.gaps) == week.uncovered
    night = nominal(project(hours(("sun",), "22:00", "06:00")), "exception")
    assert night.spans == ((0, h(6)), (WEEK - h(2), WEEK))
    assert night.gaps == ((h(6), WEEK - h(8)),)


def test_a_window_counts_in_the_zone_of_the_agent() -> None:
    week = nominal(project(hours(("mon",), "00:00", "02:00", zone="Asia/Tokyo"), zone="Europe/London"), "exception")
    assert week.spans == ((WEEK - h(9), WEEK - h(7)),), "Monday 00:00 in Tokyo is Sunday 15:00 in London"
    east = nominal(project(hours(("sun",), "20:00", "23:00", zone="America/New_York")), "exception")
    assert east.spans == ((h(1), h(4)),), "Sunday evening in New York is Monday night in London"


def test_a_window_without_a_zone_is_in_the_zone_of_the_agent() -> None:
    week = nominal(project(hours(("tue",), "10:00", "11:00", zone=""), zone="Asia/Tokyo"), "exception")
    assert week.spans == ((h(34), h(35)),)


@pytest.mark.parametrize(
    "unfinished",
    [{"holder": None}, {"holder": "nobody-there"}, {"weekdays": ()}, {"start": ""}, {"end": ""}, {"duty": "stop"}],
)
def test_a_window_that_lacks_something_covers_nothing(unfinished: dict[str, Any]) -> None:
    document = project({**BUSINESS[0], **unfinished})
    assert nominal(document, "exception").covered == 0
    assert first_human_at(document, "exception", datetime(2026, 11, 20, 10, tzinfo=UTC)) is None


def test_a_rota_covers_with_its_members_and_not_without() -> None:
    rota = Rota(id="leads", name="Billing leads", members=("dana", "jun"))
    empty = Rota(id="nobody", name="To be found")
    week = nominal(project({**BUSINESS[0], "holder": "leads"}, rows=(rota,)), "exception")
    assert (week.holders, week.people, week.single) == (("Billing leads",), 2, 0)
    assert nominal(project({**BUSINESS[0], "holder": "nobody"}, rows=(empty,)), "exception").covered == 0


def test_the_heat_map_says_who_is_there_hour_by_hour() -> None:
    rota = Rota(id="leads", name="Billing leads", members=("dana", "jun"))
    document = project(
        hours(("mon",), "09:00", "12:00"),
        hours(("mon",), "11:00", "14:30", holder="leads"),
        hours(("tue",), "09:00", "09:20"),
        rows=(rota,),
    )
    week = nominal(document, "exception")
    assert week.holders == ("Dana Abelard", "Billing leads")
    monday = dict(enumerate(week.hours[0]))
    assert [monday[hour] for hour in (8, 9, 10, 11, 12, 13, 14, 15)] == [-1, 0, 0, 0, 1, 1, 1, -1]
    assert week.hours[1][9] == coverage.NOBODY, "twenty minutes do not cover an hour"
    assert week.covered == h(5, 50)
    assert week.single == h(2, 20), "Dana alone from 9 to 11, and on Tuesday; then one of two"
    assert week.people == 2


times = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02d}:{minute % 60:02d}") | st.just("24:00")
some_windows = st.lists(
    st.builds(
        hours,
        st.lists(st.sampled_from(EVERY_DAY), unique=True, min_size=1).map(tuple),
        times,
        times,
        holder=st.sampled_from(["dana", "jun"]),
        zone=st.sampled_from(["Europe/London", "Asia/Kolkata", "America/New_York"]),
    ),
    max_size=4,
)


@given(some_windows, st.integers(0, WEEK - 1), st.integers(1, 3000))
def test_every_figure_agrees_with_counting_minutes(windows: list[dict[str, Any]], start: int, target: int) -> None:
    week = nominal(project(*windows), "exception")
    covered = [False] * WEEK
    for first, end in week.spans:
        covered[first:end] = [True] * (end - first)
    assert sum(covered) == week.covered
    for first, length in week.gaps:
        assert not any(covered[(first + step) % WEEK] for step in range(length))
        assert length == WEEK or (covered[first - 1] and covered[(first + length) % WEEK])
    if not any(covered):
        return
    done = waited = 0
    while done < target:
        done += covered[(start + waited) % WEEK]
        waited += 1
    assert response(week, start, target) == waited
    longest = worst(week, target)
    assert longest is not None
    assert longest >= waited
    assert longest in {response(week, minute, target) for minute in range(WEEK) if not covered[minute]} | {target}


def test_the_worst_start_is_the_worst_of_all() -> None:
    week = nominal(project(*LONG, hours(("sun",), "23:10", "02:05")), "exception")
    for target in (1, 30, 240, 5000, 20_000):
        assert worst(week, target) == max(response(week, minute, target) or 0 for minute in range(WEEK))


# --- real moments ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("friday", "real"),
    [(date(2026, 10, 30), h(65, 23)), (date(2027, 3, 12), h(63, 23)), (date(2026, 11, 20), h(64, 23))],
    ids=["clocks go back", "clocks go forward", "an ordinary week end"],
)
def test_a_week_end_across_a_clock_change_is_as_long_as_it_really_is(friday: date, real: int) -> None:
    document = project(hours(WORKDAYS, "09:00", "16:00"), zone="America/New_York")
    moment = datetime(friday.year, friday.month, friday.day, 16, 37, tzinfo=NEW_YORK)
    found = first_human_at(document, "exception", moment)
    assert found is not None
    instant, who = found
    assert (instant - moment.astimezone(UTC)) // timedelta(minutes=1) == real
    assert who == "dana"
    monday = instant.astimezone(NEW_YORK)
    assert (monday.strftime("%a"), monday.hour, monday.minute) == ("Mon", 9, 0)
    assert first_human(nominal(document, "exception"), FRIDAY_1637) == h(64, 23), "the nominal week knows no change"


@pytest.mark.parametrize(
    ("monday", "length"), [(date(2026, 10, 26), 169), (date(2027, 3, 8), 167), (date(2026, 6, 15), 168)]
)
def test_the_weeks_of_the_change_have_169_and_167_hours(monday: date, length: int) -> None:
    start = datetime(monday.year, monday.month, monday.day, tzinfo=NEW_YORK)
    after = monday + timedelta(days=7)
    gaps = gaps_between(project(), "exception", start, datetime(after.year, after.month, after.day, tzinfo=NEW_YORK))
    assert [end - begin for begin, end in gaps] == [timedelta(hours=length)]


@pytest.mark.parametrize(("monday", "hole"), [(date(2026, 6, 15), 0), (date(2026, 10, 26), 5), (date(2027, 3, 15), 5)])
def test_a_hand_over_between_london_and_new_york_has_a_hole_when_clocks_differ(monday: date, hole: int) -> None:
    document = project(
        hours(EVERY_DAY, "08:00", "20:00", zone="Europe/London"),
        hours(EVERY_DAY, "15:00", "03:00", zone="America/New_York", holder="jun"),
    )
    saturday = monday + timedelta(days=5)
    gaps = gaps_between(
        document,
        "exception",
        datetime(monday.year, monday.month, monday.day, tzinfo=LONDON),
        datetime(saturday.year, saturday.month, saturday.day, tzinfo=LONDON),
    )
    assert sum(((end - begin) for begin, end in gaps), timedelta()) == timedelta(hours=hole)
    assert nominal(document, "exception").uncovered == 0


def test_covered_time_is_counted_across_the_week_end() -> None:
    document = project(*BUSINESS)
    friday = datetime(2026, 11, 20, 16, 37, tzinfo=LONDON)
    by = respond_by(document, "exception", friday, 30)
    assert by == datetime(2026, 11, 23, 9, 7, tzinfo=LONDON)
    assert respond_by(document, "exception", friday, 15) == datetime(2026, 11, 20, 16, 52, tzinfo=LONDON)
    assert respond_by(project(), "exception", friday, 15) is None


def test_who_is_there_now() -> None:
    document = project(*BUSINESS, hours(("fri",), "16:30", "18:00", holder="jun"))

    def at(hour: int, minute: int = 0) -> str | None:
        return covered_at(document, "exception", datetime(2026, 11, 20, hour, minute, tzinfo=LONDON))

    assert at(9) == "dana"
    assert at(16, 45) == "dana", "the first listed of two"
    assert at(17) == "jun", "half-open: at 17:00 Dana has gone"
    assert at(18) is None


def test_closures_and_dates_of_validity_are_about_the_day_a_stretch_starts() -> None:
    nights = hours(
        EVERY_DAY, "22:00", "06:00", closures=("2026-12-25",), valid_from="2026-12-20", valid_to="2026-12-27"
    )
    document = project(nights)

    def there(day: int, hour: int) -> str | None:
        return covered_at(document, "exception", datetime(2026, 12, day, hour, tzinfo=LONDON))

    assert there(25, 3) == "dana", "the night that began on the 24th"
    assert there(25, 23) is None
    assert there(26, 3) is None
    assert there(19, 23) is None
    assert there(20, 23) == "dana"
    assert there(28, 5) == "dana", "the last night began on the 27th"
    assert there(28, 23) is None
    assert first_human_at(document, "exception", datetime(2027, 1, 1, tzinfo=UTC)) is None
    assert nominal(document, "exception").covered == h(56), "the nominal week has no dates"


def test_an_hour_that_happens_twice_and_one_that_does_not_happen() -> None:
    document = project(
        hours(EVERY_DAY, "22:00", "01:30", zone="America/New_York"),
        hours(EVERY_DAY, "01:30", "08:00", zone="America/New_York", holder="jun"),
        zone="America/New_York",
    )
    back = datetime(2026, 11, 1, 0, tzinfo=NEW_YORK)
    assert gaps_between(document, "exception", back, datetime(2026, 11, 1, 8, tzinfo=NEW_YORK)) == ()
    second = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK)
    assert covered_at(document, "exception", second) == "jun", "the second 01:30 comes an hour after the hand-over"
    missing = project(hours(("sun",), "02:30", "03:15", zone="America/New_York"), zone="America/New_York")
    found = first_human_at(missing, "exception", datetime(2027, 3, 14, 0, tzinfo=NEW_YORK))
    assert found is not None
    assert found[0].astimezone(NEW_YORK).date() == date(2027, 3, 21), "the jump swallows the first one"


@given(some_windows, st.integers(0, WEEK - 1), st.integers(0, 3000))
def test_an_ordinary_real_week_agrees_with_the_nominal_one(
    windows: list[dict[str, Any]], minute: int, target: int
) -> None:
    document = project(*windows)
    monday = datetime(2026, 1, 12, tzinfo=LONDON).astimezone(UTC)
    by = respond_by(document, "exception", monday + timedelta(minutes=minute), target)
    waited = response(nominal(document, "exception"), minute, target)
    if waited is None:
        assert by is None
    elif minute + waited < 6 * WEEK:  # before New York changes its clocks
        assert by == monday + timedelta(minutes=minute + waited)


def test_a_year_of_ten_windows_is_quick() -> None:
    document = project(*[hours((day,), "09:00", "17:00") for day in (*EVERY_DAY, "mon", "tue", "wed")])
    start = datetime(2026, 11, 20, tzinfo=UTC)
    before = time.process_time()
    gaps_between(document, "exception", start, start + timedelta(days=365))
    assert time.process_time() - before < 0.05


def test_lengths_of_time_in_words() -> None:
    assert [words(duration(minutes)) for minutes in (0, 15, 60, 3870, 3247)] == [
        "0 min",
        "15 min",
        "1 h",
        "64 h 30",
        "54 h 07",
    ]


def test_the_week_of_a_day_leaves_out_windows_that_are_not_valid_then() -> None:
    season = {**hours(("sat",), "09:00", "13:00"), "valid_from": "2026-11-28", "valid_to": "2027-01-30"}
    document = project(*BUSINESS, season)
    covered = {day: nominal(document, "exception", day).covered for day in ("", "2026-11-21", "2026-11-28")}
    assert covered == {"": h(44), "2026-11-21": h(40), "2026-11-28": h(44)}
    assert nominal(document, "exception", "2027-01-31").covered == h(40)
