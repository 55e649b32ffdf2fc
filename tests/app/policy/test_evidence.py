"""Evidence counts once, whatever it is told of how often, and its parts fit together."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.document import Document
from app.model.ids import Mint
from app.model.oversight import Action, Evidence
from app.model.row import with_fields
from app.policy.evidence import Totals, order_fits, repeated, run_by_run, totals_of

ACTION = Action(id="action", name="Close a ticket", current="in_loop")
ROW = Evidence(
    id="1", action="action", mode="in_loop", from_day="2026-10-01", to_day="2026-10-31", runs=60, unchanged=60, seeded=7
)
TODAY = "2026-11-21"


def document(*rows: dict[str, Any]) -> Document:
    return Document.of(
        "p",
        [*Document.empty(Mint()), ACTION, *(with_fields(ROW, {"id": str(n), **row}) for n, row in enumerate(rows))],
    )


def totals(*rows: dict[str, Any]) -> Totals:
    return totals_of(document(*rows), ACTION, "in_loop", TODAY)


@pytest.mark.parametrize(
    ("other", "runs"),
    [
        ({}, 60),
        ({"note": "Once more"}, 60),
        ({"from_day": "2026-10-31", "to_day": "2026-11-10"}, 120),
        ({"from_day": "2026-10-30", "to_day": "2026-11-10"}, 60),
        ({"from_day": "2026-09-10", "to_day": "2026-10-02"}, 60),
        ({"from_day": "2026-10-10", "to_day": "2026-10-10"}, 60),
        ({"from_day": "", "to_day": "2026-10-10"}, 60),
        ({"from_day": "2026-09-01", "to_day": "2026-11-10"}, 60),
        ({"from_day": "2026-11-01", "to_day": "2026-11-10"}, 120),
        ({"from_day": "2026-11-22", "to_day": "2026-11-30"}, 60),
    ],
)
def test_the_same_days_count_once(other: dict[str, str], runs: int) -> None:
    assert totals({}, other).runs == totals(other, {}).runs == runs


def test_rows_that_do_not_say_when_count_once_where_they_are_the_same() -> None:
    undated = {"from_day": "", "to_day": ""}
    assert totals(undated, undated).runs == 60
    assert totals(undated, {**undated, "runs": 80, "unchanged": 80}).runs == 140


@pytest.mark.parametrize("other", [{"mode": "on_loop"}, {"behaviour_version": "2"}])
def test_another_mode_or_version_is_other_evidence(other: dict[str, str]) -> None:
    assert repeated(document({}, other), ACTION) == ()


@pytest.mark.parametrize(
    "worse", [{"harmful": 1}, {"breaches": 1}, {"failed_stops": 1}, {"rejected": 2, "unchanged": 58}]
)
def test_of_two_the_worse_counts(worse: dict[str, int]) -> None:
    for rows in (({}, worse), (worse, {})):
        found = totals(*rows)
        assert found.runs == 60
        assert found.broke_trust or found.failures == 2
        assert [row.harmful or row.breaches or row.rejected for row in repeated(document(*rows), ACTION)] == [None]


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(0, 6), st.integers(0, 3)), max_size=8))
def test_no_day_is_told_of_twice_and_harm_is_never_lost(given_rows: list[tuple[int, int, int]]) -> None:
    rows: list[dict[str, Any]] = [
        {"from_day": f"2026-10-{first:02d}", "to_day": f"2026-10-{min(first + days, 31):02d}", "harmful": harmful}
        for first, days, harmful in given_rows
    ]
    made = document(*rows)
    left_out = {row.id for row in repeated(made, ACTION)}
    kept = sorted((row.from_day, row.to_day) for row in made.rows(Evidence) if row.id not in left_out)
    assert all(one[1] <= next_one[0] and one != next_one for one, next_one in pairwise(kept))
    assert totals(*rows).broke_trust is any(row["harmful"] for row in rows)


@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ({"outcomes": "u" * 60}, True),
        ({"outcomes": " U" * 60}, True),
        ({"outcomes": ""}, True),
        ({"outcomes": "u" * 59}, False),
        ({"outcomes": "u" * 59 + "m"}, False),
        ({"outcomes": "u" * 59 + "?"}, False),
        ({"outcomes": "u" * 60, "rejected": 5, "unchanged": 55}, False),
        ({"outcomes": "u" * 58 + "hr", "unchanged": 58, "harmful": 1, "rejected": 2}, True),
        ({"outcomes": "u" * 58 + "hr", "unchanged": 58, "harmful": 1, "rejected": 3}, False),
        ({"outcomes": "u" * 58 + "rr", "unchanged": 58, "rejected": 1}, False),
        ({"outcomes": "u" * 60, "unchanged": None}, True),
    ],
)
def test_the_letters_are_the_runs_that_are_counted(values: dict[str, Any], fits: bool) -> None:
    row = with_fields(ROW, values)
    assert order_fits(row) is fits
    assert bool(run_by_run(row)) is (fits and bool(row.outcomes))
