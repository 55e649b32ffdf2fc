"""Numbers as people write them, and a kill criterion that its last reading has passed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.scorecard import KillCriterion, Metric, Reading
from app.policy.limits import amount_of, passed
from tests.support.builder import ProjectBuilder


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("15 %", "15", "%"),
        ("7,9%", "7.9", "%"),
        ("EUR 4.00 a ticket", "4.00", "eur a ticket"),
        ("€1,200.50", "1200.50", "€"),
        ("1.200,50", "1200.50", ""),
        ("1,200,000 runs", "1200000", "runs"),
        ("1.234.567,8", "1234567.8", ""),
        ("more than 3 in a week", "3", "in a week"),
        (">= 3", "3", ""),
        ("0", "0", ""),
    ],
)
def test_a_number_with_what_it_counts(text: str, number: str, unit: str) -> None:
    assert amount_of(text) == (Decimal(number), unit)


@pytest.mark.parametrize("text", ["", "Q4 feels bad", "bad in 2027", "too many", "version 3", "-"])
def test_a_digit_somewhere_is_no_number(text: str) -> None:
    assert amount_of(text) is None


@given(st.decimals(0, 10_000_000, places=2), st.sampled_from((" %", "", " a day")))
def test_a_number_is_read_as_it_was_written(number: Decimal, unit: str) -> None:
    for written in (f"{number}", f"{number:,}", f"{number}".replace(".", ",")):
        read = amount_of(written + unit)
        assert read is not None
        assert read.number == number


@given(st.integers(0, 100), st.integers(0, 100), st.sampled_from(("above", "below")))
def test_only_a_number_that_is_past_it_passes_it(limit: int, value: int, comparison: str) -> None:
    builder = ProjectBuilder()
    metric = builder.add(Metric, name="Intervention rate")
    builder.add(KillCriterion, measure="intervention  RATE", comparison=comparison, limit=f"{limit} %")
    builder.add(Reading, metric=metric, on="2026-11-10", value_read="1000 %")
    last = builder.add(Reading, metric=metric, on="2026-11-17", value_read=f"{value} % of runs")
    found = passed(builder.document, builder.document.rows(KillCriterion)[0])
    assert found == (last if (value > limit if comparison == "above" else value < limit) else None)
