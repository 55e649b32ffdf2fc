"""Graduation: the statistics against the published table, and what stands between an action and the next mode."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.model.document import Document
from app.model.fields import Value
from app.model.ids import Mint
from app.model.oversight import Action, Evidence
from app.model.room import Agent
from app.model.row import Row, with_fields
from app.model.stop import StopControl
from app.policy.graduation import (
    TO_ON,
    TO_ON_AT_SEVERITY_2,
    TO_OUT,
    Totals,
    approval_lower_bound,
    clean_runs_needed,
    earned,
    error_upper_bound,
    progress,
    weekly_sample,
    weeks_needed,
)

AS_OF = "2026-11-21T03:00:00.000Z"
ACTION = Action(
    id="action",
    name="Close a ticket",
    reversibility=1,
    blast_radius=1,
    external_visibility=1,
    cost=0,
    data_sensitivity=1,
    flags=("writes_sor",),
    current="in_loop",
    undo="Open it again",
    runs_per_week=50,
)
STOP = StopControl(id="stop", where="Console", stops_new_work=True, rollback_target="v1", last_tested="2026-11-01")
EVIDENCE = Evidence(
    id="evidence",
    action="action",
    behaviour_version="v2",
    mode="in_loop",
    from_day="2026-10-01",
    to_day="2026-11-14",
    runs=120,
    unchanged=118,
    cosmetic=2,
    seeded=14,
    caught=14,
)


def document(*rows: Row, **agent: Value) -> Document:
    start = Document.empty(Mint())
    said = with_fields(start.only(Agent), {"stage": "2", "behaviour_version": "v2", **agent})
    return Document.of("p", [*(row for row in start if row.id != said.id), said, *rows])


@pytest.mark.parametrize(
    ("failures", "runs"),
    [
        (0, (29, 59, 149, 299)),
        (1, (46, 93, 236, 473)),
        (2, (61, 124, 313, 628)),
        (4, (89, 181, 456, 913)),
    ],
)
def test_the_runs_that_an_error_limit_takes(failures: int, runs: tuple[int, ...]) -> None:
    for enough, limit in zip(runs, (0.10, 0.05, 0.02, 0.01), strict=True):
        assert error_upper_bound(failures, enough) <= limit < error_upper_bound(failures, enough - 1)


def test_small_samples_prove_little() -> None:
    assert 1 - error_upper_bound(2, 20) == pytest.approx(0.717, abs=0.001)
    assert 1 - error_upper_bound(0, 30) == pytest.approx(0.905, abs=0.001)
    assert approval_lower_bound(52, 52) == pytest.approx(0.95, abs=0.001)
    assert error_upper_bound(0, 59) == pytest.approx(1 - 0.05 ** (1 / 59))
    assert error_upper_bound(3, 3) == 1.0


@given(st.integers(1, 3000), st.data())
def test_the_exact_bound_lies_above_the_rate_and_grows_with_failures(runs: int, data: st.DataObject) -> None:
    failures = data.draw(st.integers(0, runs - 1))
    bound = error_upper_bound(failures, runs)
    assert failures / runs < bound <= 1
    assert bound <= error_upper_bound(failures + 1, runs)
    assert 0 <= approval_lower_bound(runs - failures, runs) <= (runs - failures) / runs


def test_each_look_holds_the_limit_at_a_third_of_the_risk() -> None:
    for gate in (TO_ON, TO_ON_AT_SEVERITY_2, TO_OUT):
        for look, allowed in zip(gate.looks, (0, 3, 10), strict=True):
            assert error_upper_bound(allowed, look, 0.05 / 3) <= gate.limit / 100


def test_the_looks_are_those_of_the_table() -> None:
    assert TO_ON.looks == (100, 200, 400)
    assert TO_ON_AT_SEVERITY_2.looks == (250, 500, 1000)
    assert TO_OUT.looks == (500, 1000, 2000)


@pytest.mark.parametrize(
    ("runs", "failures", "needed"),
    [(0, 0, 100), (59, 0, 41), (100, 0, 0), (100, 1, 100), (200, 3, 0), (200, 4, 200), (400, 10, 0), (400, 11, None)],
)
def test_the_clean_runs_that_are_still_needed(runs: int, failures: int, needed: int | None) -> None:
    assert clean_runs_needed(TO_ON, Totals(runs=runs, failures=failures)) == needed


def test_time_to_evidence() -> None:
    assert (weeks_needed(59, 5), weeks_needed(59, 50), weeks_needed(59, None), weeks_needed(None, 5)) == (
        12,
        2,
        None,
        None,
    )


def test_the_weekly_sample_doubles_where_it_can_fail_silently() -> None:
    assert [weekly_sample(ACTION, limit) for limit in (10, 5, 2)] == [29, 59, 149]
    assert weekly_sample(replace(ACTION, flags=("silent_failure",))) == 118


def test_enough_evidence_and_drilled_wiring_pass_the_gate() -> None:
    found = progress(document(ACTION, STOP, EVIDENCE), ACTION, AS_OF)
    assert found is not None
    assert (found.gate, found.clean_runs_needed, found.missing) == (TO_ON, 0, ())
    assert found.error_bound is not None
    assert found.error_bound < 0.05
    assert earned(document(ACTION, STOP, EVIDENCE), ACTION) == "on_loop"


@pytest.mark.parametrize(
    ("evidence", "missing"),
    [
        ({"runs": 59}, ["41 more clean runs"]),
        ({"material": 1}, ["80 more clean runs"]),
        ({"overridden": 6, "rejected": 5}, ["More than 10 failures: change the behaviour and start again"]),
        ({"harmful": 1}, ["1 harmful errors: change the behaviour and start again"]),
        ({"from_day": "2026-10-20"}, ["Evidence over 4 weeks with a month-end"]),
        ({"from_day": "2026-09-01", "to_day": "2026-09-29"}, ["Evidence over 4 weeks with a month-end"]),
        ({"caught": 13}, ["More seeded bad cases caught: proof that reviewers catch 80 %"]),
    ],
)
def test_what_the_evidence_lacks_is_said(evidence: dict[str, Value], missing: list[str]) -> None:
    rows = document(ACTION, STOP, with_fields(EVIDENCE, evidence))
    found = progress(rows, ACTION, AS_OF)
    assert found is not None
    assert [words(each) for each in found.missing] == missing
    assert earned(rows, ACTION) == "in_loop"


def test_evidence_counts_for_the_present_behaviour_and_mode_only() -> None:
    for other in ({"behaviour_version": "v1"}, {"mode": "shadow"}):
        found = progress(document(ACTION, STOP, with_fields(EVIDENCE, other)), ACTION, AS_OF)
        assert found is not None
        assert found.totals == Totals()
        assert found.error_bound is None


def test_a_drill_of_long_ago_is_missing_but_takes_back_nothing_that_was_earned() -> None:
    old = document(ACTION, with_fields(STOP, {"last_tested": "2026-01-01"}), EVIDENCE)
    found = progress(old, ACTION, AS_OF)
    assert found is not None
    assert [words(each) for each in found.missing] == ["A stop button drilled in the last 90 days"]
    assert found.unearned == ()
    assert earned(old, ACTION) == "on_loop"


def test_nothing_to_earn_at_the_floor_or_in_the_shadow() -> None:
    legal = replace(ACTION, flags=("legal_effect",))
    assert progress(document(legal, STOP), legal, AS_OF) is None
    for mode in ("shadow", "on_loop", "out_of_loop", "not_permitted", ""):
        set_so = replace(ACTION, current=mode)
        assert progress(document(set_so, STOP), set_so, AS_OF) is None


def test_severity_two_takes_more_runs_and_a_second_approver() -> None:
    severe = replace(ACTION, cost=2)
    found = progress(document(severe, STOP, EVIDENCE), severe, AS_OF)
    assert found is not None
    assert (found.gate, found.gate.second_approver, found.clean_runs_needed) == (TO_ON_AT_SEVERITY_2, True, 130)
