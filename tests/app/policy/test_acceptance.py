"""Until when a risk can be accepted."""

from __future__ import annotations

import pytest

from app.policy.acceptance import last_day


@pytest.mark.parametrize(
    ("today", "last"),
    [("2026-11-21", "2027-11-21"), ("2028-02-29", "2029-02-28"), ("2027-02-28", "2028-02-28")],
)
def test_a_risk_is_accepted_until_the_same_day_a_year_later(today: str, last: str) -> None:
    assert last_day(today) == last
