"""One week of the calendar, hour by hour."""

from __future__ import annotations

from datetime import date

import pytest

from app.model.owners import Rota
from app.model.room import Person
from app.policy.coverage import NOBODY, nominal
from app.policy.real_week import NO_SUCH_HOUR, behind_hour, picture_of
from tests.support.cover import EVERY_DAY, WORKDAYS, h, hours, project

ALWAYS = hours(EVERY_DAY, "00:00", "24:00", zone="America/New_York")
NEW_YORK = "America/New_York"


def test_an_ordinary_week_looks_as_the_nominal_one() -> None:
    document = project(
        hours(WORKDAYS, "09:00", "17:30"),
        hours(("mon", "tue"), "15:00", "20:00", holder="jun"),
        hours(("sun",), "22:00", "06:00", holder="jun"),
    )
    week, picture = nominal(document, "exception"), picture_of(document, "exception", date(2026, 11, 25))
    assert picture.hours == week.hours
    assert picture.holders == week.holders == ("Dana Abelard", "Jun Okafor")
    assert picture.numbers.uncovered == week.uncovered
    assert picture.numbers.monday == date(2026, 11, 23)
    assert picture.off == ((),) * 7
    assert not picture.twice


def test_the_weeks_of_the_clock_change() -> None:
    document = project(ALWAYS, zone=NEW_YORK)
    spring = picture_of(document, "exception", date(2027, 3, 14))
    assert spring.numbers.length == h(167)
    assert [hour for hour, there in enumerate(spring.hours[6]) if there == NO_SUCH_HOUR] == [2]
    assert spring.numbers.uncovered == 0
    autumn = picture_of(document, "exception", date(2026, 11, 1))
    assert (autumn.numbers.length, autumn.twice) == (h(169), True)
    assert NO_SUCH_HOUR not in autumn.hours[6]


def test_an_hour_that_happens_twice_is_nobodys_unless_both_are_covered() -> None:
    # From 00:00 to 01:00, and from 02:00: of the two hours that begin at 01:00 none; from 01:30 half an hour of two.
    early = hours(EVERY_DAY, "00:00", "01:30", zone=NEW_YORK)
    document = project(early, hours(EVERY_DAY, "02:00", "24:00", zone=NEW_YORK), zone=NEW_YORK)
    assert picture_of(document, "exception", date(2026, 10, 25)).hours[6][1] == 0
    assert picture_of(document, "exception", date(2026, 11, 1)).hours[6][1] == NOBODY


def test_half_an_hour_that_is_skipped_leaves_the_other_half() -> None:
    document = project(hours(EVERY_DAY, "09:00", "17:00", zone="Australia/Lord_Howe"), zone="Australia/Lord_Howe")
    week = picture_of(document, "exception", date(2026, 10, 4))
    assert week.numbers.length == h(167, 30)
    assert week.hours[6][2] == NOBODY


def test_days_on_which_somebody_is_off_are_named() -> None:
    rota = Rota(id="leads", name="Leads", members=("jun",))
    away = Person(id="jun", name="Jun Okafor", away_from="2026-12-24", away_to="2026-12-24")
    document = project(
        hours(WORKDAYS, "09:00", "17:00", closures=("2026-12-25", "2026-12-26")),
        hours(WORKDAYS, "17:00", "20:00", holder="leads"),
        rows=(rota, away),
    )
    picture = picture_of(document, "exception", date(2026, 12, 23))
    assert picture.off == ((), (), (), ("Leads",), ("Dana Abelard",), (), ())
    assert (picture.hours[3][18], picture.hours[4][10]) == (NOBODY, NOBODY)
    assert (picture.hours[2][18], picture.hours[3][10]) == (1, 0)


@pytest.mark.parametrize("monday", [None, date(2026, 11, 23)])
def test_an_hour_says_which_windows_stand_behind_it(monday: date | None) -> None:
    document = project(
        hours(WORKDAYS, "09:00", "17:00"),
        hours(("mon",), "16:30", "20:00", holder="jun"),
        hours(("sun",), "22:00", "06:00", holder="jun"),
    )

    def behind(weekday: int, hour: int) -> list[str]:
        return [window.start for window in behind_hour(document, "exception", weekday, hour, monday)]

    assert behind(0, 16) == ["09:00", "16:30"]
    assert behind(0, 17) == ["16:30"]
    assert behind(0, 5) == ["22:00"]
    assert behind(0, 6) == []


def test_an_hour_that_does_not_happen_has_nothing_behind_it() -> None:
    document = project(ALWAYS, zone=NEW_YORK)
    monday = date(2027, 3, 8)
    assert behind_hour(document, "exception", 6, 2, monday) == ()
    assert len(behind_hour(document, "exception", 6, 3, monday)) == 1
