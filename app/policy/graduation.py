"""What an action must show before it may run with less oversight (domain.md 3.4, 3.5).

The rule is 0-3-10: with an error limit L, look after 5/L, 10/L and 20/L reviewed runs and pass with at most 0, 3
and 10 failures. At each look the exact upper bound on the error rate is then at most L, at a third of 5 %, because
three looks share the risk. Floats appear in what is shown, never in what is stored.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.messages import Message, msg, number_of
from app.model.change import StageControl
from app.model.document import Document
from app.model.exceptions import ExceptionPath
from app.model.oversight import Action
from app.model.stop import StopControl
from app.policy.coverage import nominal
from app.policy.days import in_words
from app.policy.drill_reach import HOLDS
from app.policy.evidence import Totals, cooldown_until, counted, total, totals_of, what_broke_trust
from app.policy.holders import holder
from app.policy.named import named_person
from app.policy.oversight import IN, ON, OUT, Oversight, compensations_of, level, listed, looser_than, oversight_of
from app.policy.statistics import CONFIDENCE, approval_lower_bound, at_most, error_upper_bound, runs_to_notice
from app.policy.windows import day_at

FAILURES_ALLOWED = (0, 3, 10)
DRILLED_WITHIN = timedelta(days=90)
LONGEST_WAIT = 26
"""Weeks: an action that needs longer for its evidence will not earn autonomy at this volume."""

RUBBER_STAMP = 97
"""Percent: above this approval rate one asks whether reviewers still look, where something else says so too."""

HASTY = 10
"""Seconds: a median decision below this is too short to have read what was decided."""

CAVEATS = (
    msg("Runs are not independent: one cause can spoil many, so the bounds look surer than they are."),
    msg("Reviewers are imperfect: seeded bad cases show how much they miss, not that they miss nothing."),
    msg("The thresholds are conventions, to be set to what a mistake costs here."),
)
"""What is said wherever evidence is shown (3.5)."""


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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an action has come towards the next looser mode.

    `error_bound` is the exact upper bound on its error rate, `approval_bound` Wilson's lower bound on its approval
    rate; both at 95 %, None before the first run. `clean_runs_needed` is None where no number of clean runs would
    do. `weeks_needed` is the time until the evidence is there: that of the clean runs and seeded cases at the present
    volume, or of the weeks that the gate asks for, whichever is longest; None where that is not known.
    `weeks_to_span` is the last of these alone: 0 where the evidence covers enough weeks with a month-end.
    `seeded_needed` counts the seeded bad cases that must still be caught in a row. `missing` is everything that
    still stands in the way; `unearned` the part of it that is evidence.
    """

    gate: Gate
    totals: Totals
    error_bound: float | None
    approval_bound: float | None
    clean_runs_needed: int | None
    weeks_needed: int | None
    weeks_to_span: int
    seeded_needed: int
    missing: tuple[Message, ...]
    unearned: tuple[Message, ...]

    @property
    def too_slow(self) -> bool:
        """Whether it will not earn autonomy at this volume."""
        return self.weeks_needed is not None and self.weeks_needed > LONGEST_WAIT


def progress(document: Document, action: Action, as_of: str) -> Progress | None:
    """How far an action of this document is from the next looser mode; None where there is none to earn."""
    gate = next_gate(document, action, as_of)
    if gate is None:
        return None
    today = day_at(document, as_of)
    totals = totals_of(document, action, action.current, today)
    needed = clean_runs_needed(gate, totals)
    seeded, span = seeded_needed(gate, totals), weeks_to_span(gate, totals, today)
    # Every seeded case takes the place of a run, so they come no faster than runs do.
    runs = None if needed is None else weeks_needed(max(needed, seeded), action.runs_per_week)
    unearned = tuple(_unearned(gate, totals))
    resting = cooldown_until(document, action)
    cooling = (msg("Wait until {day} after it was revoked", day=in_words(resting)),) if today < resting else ()
    return Progress(
        gate=gate,
        totals=totals,
        error_bound=error_upper_bound(totals.failures, totals.runs) if totals.runs else None,
        approval_bound=approval_bound(totals),
        clean_runs_needed=needed,
        weeks_needed=None if runs is None else max(runs, span),
        weeks_to_span=span,
        seeded_needed=seeded,
        missing=(
            *cooling,
            *unearned,
            *_unwired(document, action, gate, today),
            *_uncovered(document, action, gate, today),
        ),
        unearned=unearned,
    )


def next_gate(document: Document, action: Action, as_of: str) -> Gate | None:
    """The gate of the next looser mode on a day or at a moment; None where the current mode is not gated or the floor
    is reached."""
    return _gate(oversight_of(document, action, as_of), action.current)


def earned(document: Document, action: Action, as_of: str) -> str:
    """The loosest mode that the evidence of the present behaviour version has earned at a moment: the start mode, or
    one that passed the gates from there."""
    implied = oversight_of(document, action, as_of)
    mode = implied.start
    while (gate := _gate(implied, mode)) is not None and _passed(gate, totals_of(document, action, mode, as_of)):
        mode = gate.to_mode
    return mode


def clean_runs_needed(gate: Gate, totals: Totals) -> int | None:
    """How many more clean runs the gate asks for, 0 when it is passed, None when there were too many failures, or
    any harm, boundary breach or failed stop."""
    waits = [
        max(look - totals.runs, 0)
        for look, allowed in zip(gate.looks, FAILURES_ALLOWED, strict=True)
        if totals.failures <= allowed
    ]
    return max(min(waits), gate.harmless_runs - totals.runs) if waits and not totals.broke_trust else None


def weeks_needed(runs: int | None, per_week: int | None) -> int | None:
    """The weeks that a number of runs takes, rounded up; None where the volume is not known."""
    if runs == 0:
        return 0
    return None if runs is None or not per_week else math.ceil(runs / per_week)


def weeks_to_span(gate: Gate, totals: Totals, today: str) -> int:
    """The weeks from a day, rounded up, until evidence covers the weeks of the gate with a month-end among them:
    from its first day on, or from today where there is none. 0 where it does already."""
    if _long_enough(gate, totals):
        return 0
    now = date.fromisoformat(today)
    first = date.fromisoformat(totals.first_day) if totals.first_day else now
    month_end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    last = max(first + timedelta(weeks=gate.weeks) - timedelta(days=1), month_end, now)
    return math.ceil(((last - now).days + 1) / 7)


def seeded_needed(gate: Gate, totals: Totals) -> int:
    """How many more seeded bad cases must be caught in a row, to show that reviewers catch the share that the gate
    asks for: 14 of 14 for 80 %, 29 of 29 for 90 %."""
    missed = max(totals.seeded - totals.caught, 0)
    return max(_seeded_cases(missed, gate.caught) - totals.seeded, 0)


def weekly_sample(action: Action, limit: int = 5) -> int:
    """How many runs to look at each week while it acts alone, to notice an error rate of `limit` percent within
    the week at 95 %; twice as many where it can fail silently (3.2, 3.5)."""
    runs = runs_to_notice(limit / 100)
    return 2 * runs if "silent_failure" in action.flags else runs


def approval_bound(totals: Totals) -> float | None:
    """Wilson's lower bound on the approval rate; None before the first run."""
    return approval_lower_bound(max(totals.runs - totals.failures, 0), totals.runs) if totals.runs else None


def rubber_stamp(document: Document, action: Action, as_of: str) -> Message | None:
    """Advice where nearly everything was approved and something says that nobody looked: seeded bad cases that went
    through, or decisions within seconds (3.5)."""
    if action.current not in (IN, ON):
        return None
    rows = [row for row in counted(document, action, as_of) if row.mode == action.current]
    if not rows:
        return None
    missed = sum((row.seeded or 0) - (row.caught or 0) for row in rows)
    quickest = min((row.decision_seconds for row in rows if row.decision_seconds is not None), default=HASTY)
    if missed <= 0 and quickest >= HASTY:
        return None
    totals = total(rows)
    approved = totals.runs - totals.failures
    if totals.runs < TO_ON.looks[0] or 100 * approved <= RUBBER_STAMP * totals.runs:
        return None
    share = 100 * approved // totals.runs
    if missed > 0:
        return msg(
            "{share} % of the runs were approved, and {missed} of {seeded} seeded bad cases went through with them: "
            "look whether reviewers still read what they approve.",
            share=share,
            missed=missed,
            seeded=totals.seeded,
        )
    return msg(
        "{share} % of the runs were approved, half of them within {seconds} seconds: look whether reviewers still "
        "read what they approve.",
        share=share,
        seconds=quickest,
    )


def deciders(document: Document, gate: Gate) -> tuple[Message, ...]:
    """Who decides on a gate, who is asked, and who is told (3.5)."""
    decides = msg("Decides: Agent Product Owner, {name}", name=_held_by(document, "APO"))
    asked = msg(
        "Asked first: workflow owner, {workflow}; system owner, {system}",
        workflow=_held_by(document, "WO"),
        system=_held_by(document, "SO"),
    )
    second = (msg("At severity 2 a second person approves as well"),) if gate.second_approver else ()
    told = (
        (msg("Told of a move out of the loop: outcome owner, {name}", name=_held_by(document, "OO")),)
        if gate.to_mode == OUT
        else ()
    )
    return decides, asked, *second, *told


# --- the parts ---------------------------------------------------------------------------------------------


def _gate(implied: Oversight, mode: str) -> Gate | None:
    gate = {IN: TO_ON if implied.severity <= 1 else TO_ON_AT_SEVERITY_2, ON: TO_OUT}.get(mode)
    return None if gate is None or looser_than(gate.to_mode, implied.floor) else gate


@lru_cache(maxsize=4096)
def _passed(gate: Gate, totals: Totals) -> bool:
    return not any(_unearned(gate, totals))


def _unearned(gate: Gate, totals: Totals) -> Iterator[Message]:
    needed = clean_runs_needed(gate, totals)
    if totals.broke_trust:
        yield msg("{what}: change the behaviour and start again", what=listed(what_broke_trust(totals)))
    elif needed is None:
        most = FAILURES_ALLOWED[-1]
        yield msg("More than {most} failures: change the behaviour and start again", most=most)
    elif needed:
        yield number_of(needed, "1 more clean run", "{count} more clean runs")
    if totals.unknown:
        yield msg("Outcomes of reviewed runs that nobody gave: {count}", count=f"{totals.unknown:,}")
    if not _long_enough(gate, totals):
        yield msg("Evidence over {weeks} weeks with a month-end", weeks=gate.weeks)
    cases = seeded_needed(gate, totals)
    if cases:
        yield msg(
            "{cases}: proof that reviewers catch {share} %",
            cases=number_of(cases, "1 more seeded bad case caught", "{count} more seeded bad cases caught"),
            share=gate.caught,
        )


@lru_cache(maxsize=256)
def _seeded_cases(missed: int, share: int) -> int:
    """The least number of seeded cases among which so many may be missed, to prove that a share is caught."""
    rate = 1 - share / 100
    low = math.floor(missed / rate) + 1
    high = low + 16 * (missed + 2)
    while low < high:
        middle = (low + high) // 2
        if at_most(missed, middle, rate) <= 1 - CONFIDENCE:
            high = middle
        else:
            low = middle + 1
    return low


def _long_enough(gate: Gate, totals: Totals) -> bool:
    if not totals.first_day or not totals.last_day:
        return False
    first, last = date.fromisoformat(totals.first_day), date.fromisoformat(totals.last_day)
    day_after = last + timedelta(days=1)
    month_end = (first.year, first.month) < (day_after.year, day_after.month)
    return day_after - first >= timedelta(weeks=gate.weeks) and month_end


def _unwired(document: Document, action: Action, gate: Gate, today: str) -> Iterator[Message]:
    drilled = [c for c in document.rows(StopControl) if _lately(c.last_tested, today)]
    if not any(c.stops_new_work for c in drilled):
        yield msg("A stop button drilled in the last 90 days")
    if not any(c.rollback_target for c in drilled):
        yield msg("A rollback target drilled in the last 90 days")
    if level(action.reversibility) >= (1 if gate.to_mode == OUT else 2) and not any(
        _lately(row.last_tested, today) for row in compensations_of(document, action)
    ):
        yield msg("Its compensating transaction tested in the last 90 days")


def _uncovered(document: Document, action: Action, gate: Gate, today: str) -> Iterator[Message]:
    """On the loop somebody is on duty to interrupt whenever it runs; out of the loop samples are audited."""
    if gate.to_mode == OUT:
        audit = document.fixed(StageControl, "audit_review")
        if not (audit.rule and named_person(document, audit.person)):
            count = weekly_sample(action, TO_OUT.limit)
            yield msg("A sampled audit with a rule and a name, about {count} runs a week", count=count)
    elif not watched(document, action, today):
        yield msg("Somebody on duty to interrupt whenever it runs")


def watched(document: Document, action: Action, as_of: str) -> bool:
    """Whether somebody is on duty to interrupt whenever this action runs: at all hours, or it holds outside them."""
    week = nominal(document, "interrupt", day_at(document, as_of))
    holds = (action.off_hours or document.only(ExceptionPath).off_hours) in HOLDS
    return not week.uncovered or bool(week.covered and holds)


def _lately(day: str, today: str) -> bool:
    return bool(day) and timedelta() <= date.fromisoformat(today) - date.fromisoformat(day) <= DRILLED_WITHIN


def is_long_ago(day: str, today: str) -> bool:
    """Whether a drill or a test of this day no longer counts today; not where there was none."""
    return bool(day) and date.fromisoformat(today) - date.fromisoformat(day) > DRILLED_WITHIN


def _held_by(document: Document, code: str) -> str | Message:
    return holder(document, code).name or msg("nobody yet")
