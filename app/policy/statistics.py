"""The arithmetic of evidence: bounds on a rate, tests run by run, sizes of samples (domain.md 3.4, 3.5).

A rate is a share between 0 and 1. Floats are shown and compared, never stored.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

CONFIDENCE = 0.95
"""How sure a bound is, one-sided."""

Z = 1.645
"""The same for a normal distribution."""


# --- bounds ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def error_upper_bound(failures: int, runs: int, alpha: float = 1 - CONFIDENCE) -> float:
    """Clopper and Pearson's exact upper bound: the rate at which so few failures have the probability `alpha`.

    `alpha` is below a half. Without a clean run the bound is 1.
    """
    if failures >= runs:
        return 1.0
    # At the rate that was seen, half of all samples have as few failures or fewer: the bound lies above it.
    low, high = failures / runs, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if at_most(failures, runs, middle) > alpha:
            low = middle
        else:
            high = middle
    return high


def at_most(failures: int, runs: int, rate: float) -> float:
    """The probability of at most so many failures in so many runs, for a rate above failures / runs and up to 1."""
    if rate >= 1:
        return 0.0
    log_binomial = math.lgamma(runs + 1) - math.lgamma(failures + 1) - math.lgamma(runs - failures + 1)
    term = math.exp(log_binomial + failures * math.log(rate) + (runs - failures) * math.log1p(-rate))
    total, odds = term, (1 - rate) / rate
    # From here down each term is smaller than the one before; those that no longer add up are left out.
    for k in range(failures, 0, -1):
        term *= k * odds / (runs - k + 1)
        total += term
        if term <= total * 1e-12:
            break
    return total


def approval_lower_bound(approved: int, runs: int) -> float:
    """Wilson's one-sided lower bound on the approval rate: to be shown; near 1 it is a little optimistic."""
    share = approved / runs
    spread = Z * math.sqrt(share * (1 - share) / runs + Z * Z / (4 * runs * runs))
    return max((share + Z * Z / (2 * runs) - spread) / (1 + Z * Z / runs), 0.0)


def runs_to_notice(rate: float) -> int:
    """How many runs to look at, to see one failure at least with 95 % when they fail at this rate."""
    return math.ceil(math.log(1 - CONFIDENCE) / math.log(1 - rate))


# --- run by run --------------------------------------------------------------------------------------------

ACCEPTABLE, BAD = 0.02, 0.05
"""The rates of intervention that CUSUM tells apart."""

ON_FAILURE = math.log(BAD / ACCEPTABLE)
ON_CLEAN = math.log((1 - BAD) / (1 - ACCEPTABLE))
ALARM = 4.0


@dataclass(frozen=True, slots=True)
class Cusum:
    """Where a Bernoulli CUSUM of interventions stands, and the highest that it ever was (R2).

    It rises by 0.916 on a failure, falls by 0.031 on a clean run, never below 0, and alarms at 4: without cause about
    every 5,900 runs, after some 210 runs where 5 % fail and some 65 where 10 % do.
    """

    level: float = 0.0
    peak: float = 0.0

    @property
    def alarm(self) -> bool:
        return self.peak >= ALARM

    def after(self, failed: Iterable[bool]) -> Cusum:
        """After these runs, in their order."""
        level, peak = self.level, self.peak
        for failure in failed:
            level = max(level + (ON_FAILURE if failure else ON_CLEAN), 0.0)
            peak = max(peak, level)
        return Cusum(level, peak)

    def after_even(self, runs: int, failures: int) -> Cusum:
        """After so many runs with their failures spread evenly, where nobody kept the order."""
        failures = min(failures, runs)
        fall = ON_CLEAN * (runs - failures) / max(failures, 1)
        if not failures:
            return Cusum(max(self.level + fall, 0.0), self.peak)
        first = max(self.level + fall, 0.0) + ON_FAILURE
        last = first + (failures - 1) * (ON_FAILURE + fall)
        return Cusum(max(last, ON_FAILURE), max(self.peak, first, last))


GOOD_RATE, BAD_RATE = 0.02, 0.08
FALSE_PROMOTION, FALSE_REFUSAL = 0.05, 0.10

SPRT_CLEAN = math.log((1 - GOOD_RATE) / (1 - BAD_RATE))
SPRT_FAILURE = math.log(GOOD_RATE / BAD_RATE)
SPRT_PROMOTE = math.log((1 - FALSE_REFUSAL) / FALSE_PROMOTION)
SPRT_REFUSE = math.log(FALSE_REFUSAL / (1 - FALSE_PROMOTION))


def sprt(failed: Iterable[bool]) -> tuple[str, float]:
    """Wald's sequential test of a failure rate of 2 % against 8 %, run by run: an optional second opinion.

    "promote", "refuse" or "undecided", with the score at which it stopped: a clean run adds 0.063, a failure takes
    1.386, it promotes at 2.890 and refuses at -2.251.
    """
    score = 0.0
    for failure in failed:
        score += SPRT_FAILURE if failure else SPRT_CLEAN
        if score >= SPRT_PROMOTE:
            return "promote", score
        if score <= SPRT_REFUSE:
            return "refuse", score
    return "undecided", score
