"""Cells that a person edited, read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import FieldFault
from app.model.exceptions import CoverageWindow
from app.model.fields import Value, fields_of
from app.report.display import display
from app.report.parse import parse
from tests.support.builder import WEEK, ProjectBuilder

BUILDER = ProjectBuilder()
AGENT = BUILDER.agent()
DAYS = fields_of(CoverageWindow)["weekdays"]


def read(text: str) -> Value:
    return parse(BUILDER.document, DAYS, text, AGENT)


@given(st.sets(st.sampled_from(WEEK)))
def test_weekdays_are_read_back_as_they_are_written(days: set[str]) -> None:
    stored = tuple(day for day in WEEK if day in days)
    assert read(display(BUILDER.document, DAYS, stored, AGENT)) == stored


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon to Fri", WEEK[:5]),
        ("mon - fri", WEEK[:5]),
        ("Mon–Wed, Sat", ("mon", "tue", "wed", "sat")),
        ("Sat to Mon", ("mon", "sat", "sun")),
        ("Every day", WEEK),
        ("Tue", ("tue",)),
        ("Mon, Tue, Wed, Thu, Fri", WEEK[:5]),
    ],
)
def test_weekdays_may_be_typed_as_people_say_them(text: str, days: tuple[str, ...]) -> None:
    assert read(text) == days


@pytest.mark.parametrize("text", ["Mon to Someday", "weekdays", "to Fri"])
def test_a_word_that_is_no_weekday_is_refused(text: str) -> None:
    with pytest.raises(FieldFault):
        read(text)
