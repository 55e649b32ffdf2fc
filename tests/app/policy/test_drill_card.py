"""The lines of the drill card: every duty at a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.messages import words
from app.model.exceptions import ExceptionClass
from app.policy.drill_card import DutyCover, duties_at, duties_plain
from tests.support.cover import EVERY_DAY, WORKDAYS, h, hours, project

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 11, 20, 16, 37, tzinfo=LONDON)
SATURDAY = datetime(2026, 11, 21, 3, tzinfo=LONDON)
BUSINESS = (hours(WORKDAYS, "09:00", "17:00"),)
LONG = (hours(WORKDAYS, "08:00", "20:00"), hours(("sat",), "09:00", "13:00"))
FIVE = (hours(WORKDAYS, "00:00", "24:00"),)
ALWAYS = (hours(EVERY_DAY, "00:00", "24:00"),)


def at(windows: tuple[dict[str, Any], ...], moment: datetime, within: int = 30) -> DutyCover:
    document = project(*windows, rows=(ExceptionClass(id="class", name="Missing data", within=within),))
    return next(each for each in duties_at(document, moment) if each.duty == "exception")


@pytest.mark.parametrize(
    ("windows", "friday_30", "friday_240", "saturday", "worst_30"),
    [
        (BUSINESS, h(64, 30), h(68), h(54), h(64, 30)),
        (LONG, h(0, 30), h(17), h(6), h(43, 30)),
        (FIVE, h(0, 30), h(4), h(45), h(48, 30)),
        (ALWAYS, h(0, 30), h(4), 0, h(0, 30)),
    ],
    ids=["business", "long", "24x5", "24x7"],
)
def test_the_table_of_four_patterns_at_real_moments(
    windows: tuple[dict[str, Any], ...], friday_30: int, friday_240: int, saturday: int, worst_30: int
) -> None:
    def taken(within: int) -> float:
        by = at(windows, FRIDAY, within).by
        assert by is not None
        return (by.astimezone(UTC) - FRIDAY.astimezone(UTC)).total_seconds() / 60

    assert taken(30) == friday_30
    assert taken(240) == friday_240
    assert at(windows, SATURDAY).wait == saturday
    assert at(windows, SATURDAY).worst == worst_30


@pytest.mark.parametrize(
    ("windows", "moment", "said"),
    [
        (
            BUSINESS,
            SATURDAY,
            "nobody for 54 h, then Dana Abelard; a target of 30 min takes 64 h 30 at the worst minute of the week",
        ),
        (
            BUSINESS,
            FRIDAY,
            "Dana Abelard is there; a target of 30 min takes 64 h 30 at the worst minute of the week",
        ),
        (ALWAYS, SATURDAY, "Dana Abelard is there; a target of 30 min holds at any minute of the week"),
        ((), SATURDAY, "nobody, at any hour of the year that follows"),
    ],
)
def test_a_line_of_the_card_in_words(windows: tuple[dict[str, Any], ...], moment: datetime, said: str) -> None:
    assert words(at(windows, moment).said) == said


def test_every_duty_has_a_line_with_its_own_target() -> None:
    document = project(*({**ALWAYS[0], "duty": duty} for duty in ("first_response", "stop", "interrupt", "approve")))
    assert [(each.duty, each.covered, each.target) for each in duties_at(document, SATURDAY)] == [
        ("first_response", True, 15),
        ("stop", True, 20),
        ("interrupt", True, None),
        ("approve", True, None),
        ("exception", False, None),
    ]


def test_the_card_as_plain_values_is_in_the_zone_of_the_agent() -> None:
    document = project(*BUSINESS, rows=(ExceptionClass(id="class", name="Missing data", within=30),))
    exception = duties_plain(document, SATURDAY.astimezone(ZoneInfo("Asia/Tokyo")))[-1]
    assert exception["first_human"] == "2026-11-23T09:00+00:00"
    assert (exception["wait_minutes"], exception["answered_by"]) == (h(54), "2026-11-23T09:30+00:00")
    assert (exception["covered"], exception["who"], exception["worst_minutes"]) == (False, "Dana Abelard", h(64, 30))
