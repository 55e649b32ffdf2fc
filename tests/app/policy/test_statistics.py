"""Every number of domain.md 3.4 and 3.5: computed ones exactly, simulated ones exactly where a table of probabilities
gives them, and by a seeded simulation beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy.graduation import FAILURES_ALLOWED, TO_ON, TO_ON_AT_SEVERITY_2, TO_OUT
from app.policy.statistics import (
    ALARM,
    ON_CLEAN,
    ON_FAILURE,
    SPRT_CLEAN,
    SPRT_FAILURE,
    SPRT_PROMOTE,
    SPRT_REFUSE,
    Cusum,
    approval_lower_bound,
    error_upper_bound,
    runs_to_notice,
    sprt,
)

GATES = (TO_ON, TO_ON_AT_SEVERITY_2, TO_OUT)


# --- bounds ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failures", "runs"),
    [(0, (29, 59, 149, 299)), (1, (46, 93, 236, 473)), (2, (61, 124, 313, 628)), (4, (89, 181, 456, 913))],
)
def test_the_runs_that_an_error_limit_takes(failures: int, runs: tuple[int, ...]) -> None:
    for enough, limit in zip(runs, (0.10, 0.05, 0.02, 0.01), strict=True):
        assert error_upper_bound(failures, enough) <= limit < error_upper_bound(failures, enough - 1)


def test_the_rule_of_three_and_its_exact_form() -> None:
    for runs in (20, 59, 100, 299, 1000):
        assert error_upper_bound(0, runs) == pytest.approx(1 - 0.05 ** (1 / runs))
        assert error_upper_bound(0, runs) <= 3 / runs


def test_published_sample_sizes_do_not_support_their_targets() -> None:
    assert 1 - error_upper_bound(2, 20) == pytest.approx(0.72, abs=0.005)
    assert 1 - error_upper_bound(0, 30) == pytest.approx(0.905, abs=0.0005)


def test_wilson_is_optimistic_near_the_top() -> None:
    """It promises 95 % after 52 clean runs; the exact bound only after 59."""
    assert approval_lower_bound(52, 52) >= 0.95 > approval_lower_bound(51, 51)
    assert 1 - error_upper_bound(0, 59) >= 0.95 > 1 - error_upper_bound(0, 58)
    assert approval_lower_bound(98, 100) == pytest.approx(0.9412, abs=0.0005)


def test_seeded_cases_of_the_gates() -> None:
    assert error_upper_bound(0, 14) <= 0.20 < error_upper_bound(0, 13)
    assert error_upper_bound(0, 29) <= 0.10 < error_upper_bound(0, 28)


def test_sizes_of_samples() -> None:
    assert [runs_to_notice(rate) for rate in (0.10, 0.05, 0.02)] == [29, 59, 149]


@given(st.integers(1, 3000), st.data())
def test_the_exact_bound_lies_above_the_rate_and_grows_with_failures(runs: int, data: st.DataObject) -> None:
    failures = data.draw(st.integers(0, runs - 1))
    bound = error_upper_bound(failures, runs)
    assert failures / runs < bound <= 1
    assert bound <= error_upper_bound(failures + 1, runs)
    assert 0 <= approval_lower_bound(runs - failures, runs) <= (runs - failures) / runs


@given(st.integers(1, 400), st.data())
def test_the_exact_bound_solves_the_binomial(runs: int, data: st.DataObject) -> None:
    failures = data.draw(st.integers(0, runs - 1))
    rate = error_upper_bound(failures, runs)
    assert sum(chance(runs, k, rate) for k in range(failures + 1)) == pytest.approx(0.05, abs=1e-6)


def test_the_bound_of_any_count_is_found() -> None:
    assert error_upper_bound(5, 5) == error_upper_bound(7, 5) == 1.0
    assert error_upper_bound(1_000, 1_000_000) == pytest.approx(0.001, abs=0.0001)


# --- 0-3-10 ------------------------------------------------------------------------------------------------


def chance(runs: int, failures: int, rate: float) -> float:
    """The probability of exactly so many failures."""
    return math.comb(runs, failures) * rate**failures * (1 - rate) ** (runs - failures)


def promoted(looks: tuple[int, ...], allowed: tuple[int, ...], rate: float) -> float:
    """The probability that an action with this error rate passes at one of the looks, exactly."""
    still, seen, passed = {0: 1.0}, 0, 0.0
    for look, most in zip(looks, allowed, strict=True):
        after: dict[int, float] = {}
        for before, share in still.items():
            for more in range(min(look - seen, allowed[-1] + 1 - before) + 1):
                after[before + more] = after.get(before + more, 0.0) + share * chance(look - seen, more, rate)
        passed += sum(share for failures, share in after.items() if failures <= most)
        still = {failures: share for failures, share in after.items() if most < failures <= allowed[-1]}
        seen = look
    return passed


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: f"{gate.limit} %")
def test_whom_0_3_10_promotes(gate) -> None:
    limit = gate.limit / 100
    assert promoted(gate.looks, FAILURES_ALLOWED, limit) == pytest.approx(0.022, abs=0.002)
    assert 0.37 <= promoted(gate.looks, FAILURES_ALLOWED, 0.6 * limit) <= 0.39
    assert promoted(gate.looks, FAILURES_ALLOWED, 0.4 * limit) == pytest.approx(0.83, abs=0.005)
    assert promoted(gate.looks, FAILURES_ALLOWED, 0.2 * limit) > 0.99


@pytest.mark.parametrize(("factor", "share"), [(1.0, 0.022), (0.6, 0.38), (0.4, 0.83), (0.2, 0.997)])
def test_whom_0_3_10_promotes_in_a_simulation(factor: float, share: float) -> None:
    draw, trials, rate = Random(3), 1_000, factor * TO_ON.limit / 100
    passed = 0
    for _ in range(trials):
        failures = list(accumulate(draw.random() < rate for _ in range(TO_ON.looks[-1])))
        passed += any(failures[look - 1] <= most for look, most in zip(TO_ON.looks, FAILURES_ALLOWED, strict=True))
    assert passed / trials == pytest.approx(share, abs=within(share, trials))


def test_each_look_holds_the_limit_at_a_third_of_the_risk_and_one_failure_more_would_not() -> None:
    for gate in GATES:
        for look, allowed in zip(gate.looks, FAILURES_ALLOWED, strict=True):
            assert error_upper_bound(allowed, look, 0.05 / 3) <= gate.limit / 100
        assert error_upper_bound(1, gate.looks[0], 0.05 / 3) > gate.limit / 100
        assert error_upper_bound(4, gate.looks[1], 0.05 / 3) > gate.limit / 100
        assert error_upper_bound(11, gate.looks[2], 0.05 / 3) > gate.limit / 100


def test_peeking_every_20_runs_promotes_nearly_three_times_too_often() -> None:
    looks = tuple(range(60, 401, 20))
    allowed = tuple(max(f for f in range(20) if f == 0 or error_upper_bound(f, look) <= 0.05) for look in looks)
    assert promoted(looks, allowed, 0.05) == pytest.approx(0.138, abs=0.001)
    draw, trials = Random(4), 2_000
    passed = 0
    for _ in range(trials):
        failures = list(accumulate(draw.random() < 0.05 for _ in range(400)))
        passed += any(failures[look - 1] <= most for look, most in zip(looks, allowed, strict=True))
    assert passed / trials == pytest.approx(0.13, abs=within(0.13, trials))


# --- the sequential test -----------------------------------------------------------------------------------


def test_the_steps_of_the_sequential_test() -> None:
    assert (round(SPRT_CLEAN, 4), round(SPRT_FAILURE, 3)) == (0.0632, -1.386)
    assert (round(SPRT_PROMOTE, 3), round(SPRT_REFUSE, 3)) == (2.890, -2.251)
    assert round(-SPRT_FAILURE / SPRT_CLEAN) == 22


def test_it_promotes_after_46_clean_runs_at_the_earliest() -> None:
    assert sprt([False] * 45)[0] == "undecided"
    assert sprt([False] * 46)[0] == "promote"
    assert sprt([True, True])[0] == "refuse"


def test_how_long_the_sequential_test_takes_and_how_often_it_errs() -> None:
    good, bad = sequential(0.02), sequential(0.08)
    assert good[1] == pytest.approx(74, abs=1)
    assert bad[0] == pytest.approx(0.053, abs=0.003)


def test_the_sequential_test_in_a_simulation() -> None:
    draw, trials = Random(5), 3_000
    verdicts = [sprt(runs(draw, 0.08))[0] for _ in range(trials)]
    assert verdicts.count("promote") / trials == pytest.approx(0.053, abs=within(0.053, trials))


def sequential(rate: float) -> tuple[float, float]:
    """The probability that the test promotes, and how many runs it takes on average, from a table of probabilities."""
    still, promoted, average = {0: 1.0}, 0.0, 0.0
    for count in range(1, 1_500):
        after: dict[int, float] = {}
        for failures, share in still.items():
            after[failures] = after.get(failures, 0.0) + share * (1 - rate)
            after[failures + 1] = after.get(failures + 1, 0.0) + share * rate
        still = {}
        for failures, share in after.items():
            score = (count - failures) * SPRT_CLEAN + failures * SPRT_FAILURE
            if SPRT_REFUSE < score < SPRT_PROMOTE:
                still[failures] = share
            else:
                average += count * share
                promoted += share if score >= SPRT_PROMOTE else 0.0
    return promoted, average


def runs(draw: Random, rate: float) -> Iterator[bool]:
    while True:
        yield draw.random() < rate


# --- CUSUM -------------------------------------------------------------------------------------------------


def test_the_steps_of_the_cusum() -> None:
    assert (round(ON_FAILURE, 3), round(ON_CLEAN, 3), ALARM) == (0.916, -0.031, 4.0)
    assert Cusum().after([False] * 50).level == 0.0
    assert Cusum().after([True] * 4).alarm is False
    assert Cusum().after([True] * 5).alarm is True


@pytest.mark.parametrize(("rate", "expected", "trials"), [(0.02, 5_900, 900), (0.05, 210, 2_000), (0.10, 65, 2_000)])
def test_how_soon_the_cusum_alarms(rate: float, expected: int, trials: int) -> None:
    """Drawn from failure to failure: the clean runs between two of them have a geometric distribution. The time until
    an alarm spreads about as widely as its average, so that is known to 1 / sqrt(trials); three times that is allowed,
    and the "about" of the numbers."""
    draw, total = Random(6), 0
    log_clean = math.log1p(-rate)
    for _ in range(trials):
        level = 0.0
        while level < ALARM:
            clean = int(math.log(1 - draw.random()) / log_clean)
            level = max(level + clean * ON_CLEAN, 0.0) + ON_FAILURE
            total += clean + 1
    assert total / trials == pytest.approx(expected, rel=3 / math.sqrt(trials) + 0.03)


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 40)), min_size=1, max_size=4))
def test_runs_spread_evenly_are_counted_as_if_one_by_one(periods: list[tuple[int, int]]) -> None:
    closed = walked = Cusum()
    for each, failures in periods:
        gap = each
        closed = closed.after_even(failures * (gap + 1), failures) if failures else closed.after_even(gap, 0)
        order = ([False] * gap + [True]) * failures if failures else [False] * gap
        walked = walked.after(order)
    assert closed.level == pytest.approx(walked.level, abs=1e-6)
    assert closed.peak == pytest.approx(walked.peak, abs=1e-6)


def test_any_count_of_runs_is_spread_at_once() -> None:
    assert Cusum().after_even(10**9, 10**8).alarm
    assert not Cusum().after_even(10**9, 10**7).alarm


def within(share: float, trials: int) -> float:
    """Three standard errors of a share, and the rounding of the published number."""
    return 3 * math.sqrt(share * (1 - share) / trials) + 0.005
