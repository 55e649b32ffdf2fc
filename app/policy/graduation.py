"""What an action must show before it may run with less oversight (domain.md 3.4, 3.5).

The rule is 0-3-10: with an error limit L, look after 5/L, 10/L and 20/L reviewed runs and pass with at most 0, 3
and 10 failures. Floats appear in what is shown, never in what is stored.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from app.messages import Message, msg
from app.model.document import Document
from app.model.oversight import Action, Evidence
from app.model.room import Agent
from app.model.stop import StopControl
from app.policy.oversight import IN, ON, OUT, Oversight, compensations_of, level, looser_than, oversight_of

CONFIDENCE = 0.95
FAILURES_ALLOWED = (0, 3, 10)
DRILLED_WITHIN = timedelta(days=90)
LONGEST_WAIT = 26
"""Weeks: an action that needs longer for its evidence will not earn autonomy at this volume."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands between two modes (3.5): the error limit in percent, runs without a harmful error, weeks of
    evidence, the share of seeded bad cases that must be caught in percent, and whether two people decide."""

    to_mode: str
    limit: int
    harmless_runs: int
    weeks: int
    caught: int
    second_approver: bool = False

    @property
    def looks(self) -> tuple[int, int, int]:
        """The numbers of reviewed runs after which one looks."""
        return 500 // self.limit, 1000 // self.limit, 2000 // self.limit


TO_ON = Gate(ON, limit=5, harmless_runs=100, weeks=4, caught=80)
TO_ON_AT_SEVERITY_2 = Gate(ON, limit=2, harmless_runs=150, weeks=4, caught=80, second_approver=True)
TO_OUT = Gate(OUT, limit=1, harmless_runs=300, weeks=8, caught=90)


class Totals(NamedTuple):
    """Reviewed runs of one behaviour version in one mode, added up. A failure is a run that a person edited in
    substance, rejected or overrode."""

    runs: int = 0
    failures: int = 0
    harmful: int = 0
    seeded: int = 0
    caught: int = 0
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an action has come towards the next looser mode.

    `error_bound` is the exact upper bound on its error rate, `approval_bound` Wilson's lower bound on its approval
    rate; both at 95 %, None before the first run. `clean_runs_needed` is None where no number of clean runs would
    do. `weeks_needed` is the time that those take at the present volume, None where that is not known. `missing`
    is everything that still stands in the way; `unearned` the part of it that is evidence.
    """

    gate: Gate
    totals: Totals
    error_bound: float | None
    approval_bound: float | None
    clean_runs_needed: int | None
    weeks_needed: int | None
    missing: tuple[Message, ...]
    unearned: tuple[Message, ...]


def progress(document: Document, action: Action, as_of: str) -> Progress | None:
    """How far an action of this document is from the next looser mode; None where there is none to earn."""
    gate = next_gate(document, action)
    if gate is None:
        return None
    totals = totals_of(document, action, action.current)
    needed = clean_runs_needed(gate, totals)
    unearned = tuple(_unearned(gate, totals))
    return Progress(
        gate=gate,
        totals=totals,
        error_bound=error_upper_bound(totals.failures, totals.runs) if totals.runs else None,
        approval_bound=approval_lower_bound(totals.runs - totals.failures, totals.runs) if totals.runs else None,
        clean_runs_needed=needed,
        weeks_needed=weeks_needed(needed, action.runs_per_week),
        missing=(*unearned, *_unwired(document, action, as_of)),
        unearned=unearned,
    )


def next_gate(document: Document, action: Action) -> Gate | None:
    """The gate of the next looser mode; None where the current mode is not gated or the floor is reached."""
    return _gate(oversight_of(document, action), action.current)


def earned(document: Document, action: Action) -> str:
    """The loosest mode that the evidence of the present behaviour version has earned: the start mode, or one that
    passed the gates from there."""
    implied = oversight_of(document, action)
    mode = implied.start
    while (gate := _gate(implied, mode)) is not None and _passed(gate, totals_of(document, action, mode)):
        mode = gate.to_mode
    return mode


def totals_of(document: Document, action: Action, mode: str) -> Totals:
    """The evidence of one action in one mode, of the present behaviour version only: a change starts afresh (R4)."""
    version = document.only(Agent).behaviour_version
    references = document.table(Evidence.spec.kind).references.get(action.id, ())
    found = (document.get(Evidence, row_id) for row_id, _ in references)
    return _total(row for row in found if row is not None and row.mode == mode and row.behaviour_version == version)


def clean_runs_needed(gate: Gate, totals: Totals) -> int | None:
    """How many more clean runs the gate asks for, 0 when it is passed, None when there were too many failures."""
    waits = [
        max(look - totals.runs, 0)
        for look, allowed in zip(gate.looks, FAILURES_ALLOWED, strict=True)
        if totals.failures <= allowed
    ]
    return max(min(waits), gate.harmless_runs - totals.runs) if waits else None


def weeks_needed(runs: int | None, per_week: int | None) -> int | None:
    """The weeks that a number of runs takes, rounded up; None where the volume is not known."""
    return None if runs is None or not per_week else math.ceil(runs / per_week)


def weekly_sample(action: Action, limit: int = 5) -> int:
    """How many runs to look at each week while it acts alone, to notice an error rate of `limit` percent within
    the week at 95 %; twice as many where it can fail silently (3.2, 3.5)."""
    runs = math.ceil(math.log(1 - CONFIDENCE) / math.log(1 - limit / 100))
    return 2 * runs if "silent_failure" in action.flags else runs


def error_upper_bound(failures: int, runs: int, alpha: float = 1 - CONFIDENCE) -> float:
    """Clopper and Pearson's exact upper bound: the rate at which so few failures have the probability `alpha`."""
    if failures >= runs:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(failures, runs, middle) > alpha:
            low = middle
        else:
            high = middle
    return high


def approval_lower_bound(approved: int, runs: int) -> float:
    """Wilson's one-sided lower bound on the approval rate: to be shown; the gate uses the exact bound."""
    z = 1.645
    share = approved / runs
    spread = z * math.sqrt(share * (1 - share) / runs + z * z / (4 * runs * runs))
    return max((share + z * z / (2 * runs) - spread) / (1 + z * z / runs), 0.0)


# --- the parts ---------------------------------------------------------------------------------------------


def _gate(implied: Oversight, mode: str) -> Gate | None:
    gate = {IN: TO_ON if implied.severity <= 1 else TO_ON_AT_SEVERITY_2, ON: TO_OUT}.get(mode)
    return None if gate is None or looser_than(gate.to_mode, implied.floor) else gate


def _total(rows: Iterable[Evidence]) -> Totals:
    runs = failures = harmful = seeded = caught = 0
    first_day = last_day = ""
    for row in rows:
        runs += row.runs or 0
        failures += (row.material or 0) + (row.rejected or 0) + (row.overridden or 0)
        harmful += row.harmful or 0
        seeded += row.seeded or 0
        caught += row.caught or 0
        if row.from_day:
            first_day = min(first_day or row.from_day, row.from_day)
        last_day = max(last_day, row.to_day)
    return Totals(runs, failures, harmful, seeded, caught, first_day, last_day)


@lru_cache(maxsize=4096)
def _passed(gate: Gate, totals: Totals) -> bool:
    return not any(_unearned(gate, totals))


def _unearned(gate: Gate, totals: Totals) -> Iterator[Message]:
    needed = clean_runs_needed(gate, totals)
    if needed is None:
        most = FAILURES_ALLOWED[-1]
        yield msg("More than {most} failures: change the behaviour and start again", most=most)
    elif needed:
        yield msg("{count} more clean runs", count=needed)
    if totals.harmful:
        yield msg("{count} harmful errors: change the behaviour and start again", count=totals.harmful)
    if not _long_enough(gate, totals):
        yield msg("Evidence over {weeks} weeks with a month-end", weeks=gate.weeks)
    missed = totals.seeded - totals.caught
    if not totals.seeded or error_upper_bound(missed, totals.seeded) > 1 - gate.caught / 100:
        yield msg("More seeded bad cases caught: proof that reviewers catch {share} %", share=gate.caught)


def _long_enough(gate: Gate, totals: Totals) -> bool:
    if not totals.first_day or not totals.last_day:
        return False
    first, last = date.fromisoformat(totals.first_day), date.fromisoformat(totals.last_day)
    day_after = last + timedelta(days=1)
    month_end = (first.year, first.month) < (day_after.year, day_after.month)
    return day_after - first >= timedelta(weeks=gate.weeks) and month_end


def _unwired(document: Document, action: Action, as_of: str) -> Iterator[Message]:
    controls = document.rows(StopControl)
    if not any(c.stops_new_work and _lately(c.last_tested, as_of) for c in controls):
        yield msg("A stop button drilled in the last 90 days")
    if not any(c.rollback_target for c in controls):
        yield msg("A rollback target")
    if level(action.reversibility) == 2 and not any(
        _lately(row.last_tested, as_of) for row in compensations_of(document, action)
    ):
        yield msg("Its compensating transaction tested in the last 90 days")


def _lately(day: str, as_of: str) -> bool:
    return bool(day) and date.fromisoformat(as_of[:10]) - date.fromisoformat(day) <= DRILLED_WITHIN


def _at_most(failures: int, runs: int, rate: float) -> float:
    """The probability of at most so many failures in so many runs, for a rate between 0 and 1."""
    if rate in (0.0, 1.0):
        return 1.0 - rate
    log_rate, log_rest = math.log(rate), math.log1p(-rate)
    log_factorial = math.lgamma(runs + 1)
    return math.fsum(
        math.exp(log_factorial - math.lgamma(k + 1) - math.lgamma(runs - k + 1) + k * log_rate + (runs - k) * log_rest)
        for k in range(failures + 1)
    )
