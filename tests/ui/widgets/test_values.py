"""What is typed in a control, and what of it is stored."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import FieldFault
from app.model.commit import AcceptedRisk, Commitment
from app.model.exceptions import CoverageWindow
from app.model.fields import fields_of
from app.model.owners import VendorCover
from app.model.room import Agent
from app.model.row import Row
from app.model.stop import DrillRun, StopControl
from tests.support.builder import ProjectBuilder
from ui.widgets.values import Ways, in_words, read, read_day, read_money, write_money, written

WAYS = Ways("EUR", "Europe/Berlin", date(2026, 11, 21))


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(["EUR", "JPY", "KWD", ""]))
def test_an_amount_is_read_as_it_was_written(minor: int, currency: str) -> None:
    assert read_money(write_money(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("100", "EUR", 10000),
        ("100.5", "EUR", 10050),
        ("1,234.50", "EUR", 123450),
        ("1.234,50", "EUR", 123450),
        ("1 234", "EUR", 123400),
        ("1,234", "EUR", 123400),
        ("5'000", "CHF", 500000),
        ("5,000", "JPY", 5000),
        ("5.125", "KWD", 5125),
        ("ten", "EUR", None),
        ("", "EUR", None),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, currency: str, minor: int | None) -> None:
    assert read_money(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        ("1.12.", "2026-12-01"),
        ("01.12.26", "2026-12-01"),
        ("1/12/2027", "2027-12-01"),
        ("today", "2026-11-21"),
        ("+7", "2026-11-28"),
        ("31.2.", None),
        ("soon", None),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: str | None) -> None:
    assert read_day(typed, WAYS.today) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("21.1", "2027-01-21"),
        ("20/11", "2027-11-20"),
        ("21.11.", "2026-11-21"),
        ("22.11.", "2026-11-22"),
        ("21.1.26", "2026-01-21"),
        ("mon", "2026-11-23"),
        ("Saturday", "2026-11-21"),
        ("Fri.", "2026-11-27"),
    ],
)
@pytest.mark.parametrize(
    ("kind", "name"), [(Agent, "review_by"), (AcceptedRisk, "expiry"), (Commitment, "by_when"), (VendorCover, "until")]
)
def test_a_day_that_lies_ahead_is_the_next_one(kind: type[Row], name: str, typed: str, day: str) -> None:
    assert read(fields_of(kind)[name], typed, WAYS) == day


def test_a_day_that_may_be_over_is_of_this_year() -> None:
    assert read(fields_of(StopControl)["last_tested"], "21.1", WAYS) == "2026-01-21"


@pytest.mark.parametrize(
    ("typed", "wall"),
    [
        ("29.10 02:30", "2027-10-29 02:30"),
        ("21.11. 16:00", "2026-11-21 16:00"),
        ("21.11. 15:00", "2027-11-21 15:00"),
        ("tomorrow 3am", "2026-11-22 03:00"),
        ("tomorrow, 3 pm", "2026-11-22 15:00"),
        ("3am", "2026-11-22 03:00"),
        ("4:15 p.m.", "2026-11-21 16:15"),
        ("3:00", "2026-11-22 03:00"),
        ("sat 3:00", "2026-11-28 03:00"),
        ("Sat 16:00", "2026-11-21 16:00"),
        ("wednesday 12am", "2026-11-25 00:00"),
        ("today 3am", "2026-11-21 03:00"),
        ("2026-01-21T03:00", "2026-01-21 03:00"),
    ],
)
def test_a_moment_that_lies_ahead_is_the_next_one(typed: str, wall: str) -> None:
    ways = Ways("EUR", "Europe/Berlin", WAYS.today, datetime.fromisoformat("2026-11-21T15:30+01:00"))
    field = fields_of(DrillRun)["at"]
    assert written(field, read(field, typed, ways), ways) == wall


@pytest.mark.parametrize("typed", ["21.11", "3", "13pm", "noon", "sat", "somewhen 3am", "3am sat"])
def test_what_is_no_moment_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(FieldFault, match=r"Write a (day and a )?time as"):
        read(fields_of(DrillRun)["at"], typed, WAYS)


@pytest.mark.parametrize(
    ("typed", "time"),
    [("9", "09:00"), ("16:37", "16:37"), ("1637", "16:37"), ("16.37", "16:37"), ("3pm", "15:00"), ("12 am", "00:00")],
)
def test_times_are_read_as_people_write_them(typed: str, time: str) -> None:
    assert read(fields_of(CoverageWindow)["start"], typed, WAYS) == time


def test_a_moment_is_typed_in_the_agents_zone_and_stored_in_utc() -> None:
    field = fields_of(DrillRun)["at"]
    stored = read(field, "2026-11-21 03:00", WAYS)
    assert stored == "2026-11-21T02:00:00.000Z"
    assert written(field, stored, WAYS) == "2026-11-21 03:00"


def test_what_means_nothing_is_refused_with_what_to_do() -> None:
    with pytest.raises(FieldFault, match="Write an amount such as"):
        read(fields_of(Agent)["cost_l1"], "a lot", WAYS)


def test_a_line_tells_days_and_moments_in_words() -> None:
    document = ProjectBuilder().document
    assert in_words(document, fields_of(Agent)["review_by"], "2027-02-19") == "19 Feb 2027"
    closed = fields_of(CoverageWindow)["closures"]
    assert in_words(document, closed, ("2026-12-25", "2027-01-01")) == "25 Dec 2026, 1 Jan 2027"
    assert in_words(document, fields_of(DrillRun)["at"], "2026-11-21T03:00:00.000Z").startswith("21 Nov 2026, ")
