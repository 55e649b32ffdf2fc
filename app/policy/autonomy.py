"""Where one action stands: what it has shown, what it has earned, what is missing, what takes it back, and the words
for all of it (domain.md 3.4 to 3.6). What the window, the command and the report say is made here once.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.messages import Message, msg, number_of
from app.model.document import Document
from app.model.oversight import Action
from app.model.room import Agent
from app.policy.days import in_words
from app.policy.evidence import Totals, cooldown_until, counted, run_by_run, totals_of, what_broke_trust
from app.policy.graduation import (
    FAILURES_ALLOWED,
    Gate,
    Progress,
    approval_bound,
    deciders,
    earned,
    progress,
    rubber_stamp,
    weekly_sample,
)
from app.policy.oversight import BARRED, ON, OUT, Oversight, looser_than, mode_label, oversight_of, stricter
from app.policy.revocation import Revocation, harm_in_the_loop, revocations
from app.policy.statistics import error_upper_bound, sprt
from app.policy.windows import day_at


@dataclass(frozen=True, slots=True)
class Autonomy:
    """Where one action stands at a moment.

    `totals` are the counted runs in its present mode, with the exact upper bound on the error rate and Wilson's lower
    bound on the approval rate, both at 95 %. `earned` is the loosest mode that its evidence allows, `progress` the way
    to the next looser one (None where there is none to earn), `deciders` who decides on it. `weekly_sample` is how
    many runs to look at each week while it acts without an approval, None while it does not. `cooldown_until` is the
    day until which nothing graduates. `harm` is what happened while people approved each run, None where nothing did.
    `sequential` is the optional sequential test: "promote", "refuse", "undecided",
    or empty where nobody kept the order of the runs.
    """

    action: Action
    implied: Oversight
    version: str
    totals: Totals
    error_bound: float | None
    approval_bound: float | None
    earned: str
    progress: Progress | None
    deciders: tuple[Message, ...]
    weekly_sample: int | None
    cooldown_until: str
    revocations: tuple[Revocation, ...]
    harm: Message | None
    advice: Message | None
    sequential: str

    @property
    def belongs_in(self) -> str:
        """The mode that the action may have at most: no looser than its floor, its evidence and what was revoked."""
        mode = self.action.current or self.implied.start
        for most in (self.implied.floor, self.earned, *(each.to_mode for each in self.revocations if each.lost)):
            mode = stricter(mode, most)
        return mode

    @property
    def lost(self) -> bool:
        """Whether its present mode is looser than it may have."""
        return bool(self.action.current) and self.belongs_in != self.action.current


def autonomy(document: Document, action: Action, as_of: str) -> Autonomy:
    """Where an action of this document stands at a moment, such as 2026-11-21T03:00:00.000Z."""
    totals = totals_of(document, action, action.current, as_of)
    ahead = progress(document, action, as_of)
    rows = [row for row in counted(document, action, as_of) if row.mode == action.current]
    order = [run_by_run(row) for row in rows]
    return Autonomy(
        action=action,
        implied=oversight_of(document, action, as_of),
        version=document.only(Agent).behaviour_version,
        totals=totals,
        error_bound=error_upper_bound(totals.failures, totals.runs) if totals.runs else None,
        approval_bound=approval_bound(totals),
        earned=earned(document, action, as_of),
        progress=ahead,
        deciders=deciders(document, ahead.gate) if ahead is not None else (),
        weekly_sample=weekly_sample(action) if action.current in (ON, OUT) else None,
        cooldown_until=cooldown_until(document, action, day_at(document, as_of)),
        revocations=revocations(document, action, as_of),
        harm=harm_in_the_loop(document, action, as_of),
        advice=rubber_stamp(document, action, as_of),
        sequential=sprt(failed for runs in order for failed in runs)[0] if order and all(order) else "",
    )


# --- in words ----------------------------------------------------------------------------------------------


def seen(totals: Totals) -> Message:
    """What was looked at: 120 reviewed runs, 2 failures, 1 harmful error."""
    if not (totals.runs or totals.unknown or totals.broke_trust):
        return msg("No reviewed runs that count")
    said = msg(
        "{runs}, {failures}",
        runs=number_of(totals.runs, "1 reviewed run", "{count} reviewed runs"),
        failures=number_of(totals.failures, "1 failure", "{count} failures"),
    )
    for part in what_broke_trust(totals) or (msg("no harm, breach or failed stop"),):
        said = msg("{said}, {part}", said=said, part=part)
    if totals.unknown:
        unknown = number_of(totals.unknown, "1 run without an outcome", "{count} runs without an outcome")
        said = msg("{said}, {unknown}", said=said, unknown=unknown)
    if not totals.first_day or not totals.last_day:
        return said
    first, last = in_words(totals.first_day), in_words(totals.last_day)
    return msg("{said}, {first} to {last}", said=said, first=first, last=last)


def seeded(totals: Totals) -> Message:
    """How many of the seeded bad cases reviewers caught."""
    if not totals.seeded:
        return msg("no seeded bad cases")
    return msg("{caught} of {seeded} seeded bad cases caught", caught=totals.caught, seeded=totals.seeded)


def bounds(found: Autonomy) -> Message | None:
    """The bounds on its error and approval rates, against the limit of the next gate; None before the first run."""
    if found.error_bound is None or found.approval_bound is None:
        return None
    error, approval = percent(found.error_bound), percent(found.approval_bound)
    if found.progress is None:
        return msg("error at most {error} %, approval at least {approval} %", error=error, approval=approval)
    return msg(
        "error at most {error} %, limit {limit} %; approval at least {approval} %",
        error=error,
        limit=found.progress.gate.limit,
        approval=approval,
    )


def rule_of(gate: Gate) -> Message:
    """The rule of a gate: when one looks, and how many failures pass."""
    first, second, third = gate.looks
    none, few, most = FAILURES_ALLOWED
    return msg(
        "look after {first}, {second} and {third} reviewed runs; pass with at most {none}, {few} and {most} failures",
        first=f"{first:,}",
        second=f"{second:,}",
        third=f"{third:,}",
        none=none,
        few=few,
        most=most,
    )


def pace(found: Progress, per_week: int | None) -> Message | None:
    """How long it takes until the evidence is there: clean runs, seeded cases and weeks; None where it is, or no number
    of clean runs would do."""
    if found.clean_runs_needed is None or found.weeks_needed == 0:
        return None
    if found.weeks_needed is None:
        return msg("nobody has said how often it runs")
    if found.weeks_needed == found.weeks_to_span or not per_week:
        about = number_of(found.weeks_needed, "about a week", "about {count} weeks")
        return msg("{about}, for evidence over {weeks} weeks with a month-end", about=about, weeks=found.gate.weeks)
    took = weeks(max(found.clean_runs_needed, found.seeded_needed), per_week)
    if found.too_slow:
        return msg("about {weeks} weeks: this action will not earn autonomy at this volume", weeks=took)
    runs = number_of(per_week, "1 run a week", "{count} runs a week")
    return msg("about {weeks} weeks at {runs}", weeks=took, runs=runs)


def weeks(runs: int, per_week: int) -> str:
    """The weeks that so many runs take: 1.2, and from ten on without a fraction."""
    found = runs / per_week
    return f"{found:.1f}" if found < 9.95 else f"{found:,.0f}"


def taken_back(revocation: Revocation) -> Message:
    """One revocation in a sentence: what it asks for, and why."""
    mode = mode_label(revocation.to_mode)
    if not revocation.lost:
        return msg("Look now ({code}): {because}", code=revocation.code, because=revocation.because)
    if revocation.at_once:
        return msg("{mode} at once ({code}): {because}", mode=mode, code=revocation.code, because=revocation.because)
    return msg("{mode} ({code}): {because}", mode=mode, code=revocation.code, because=revocation.because)


def standing(found: Autonomy) -> Message:
    """Whether it may go on as it is."""
    mode = found.action.current
    if not mode:
        return msg("no mode yet")
    if found.lost:
        return msg("lost its right to this mode; belongs in: {mode}", mode=mode_label(found.belongs_in))
    if mode == BARRED:
        return msg("outside the boundary")
    if found.implied.never_graduates:
        return msg("never graduates")
    if found.progress is not None:
        return msg("something is missing") if found.progress.missing else msg("ready for a decision")
    return msg("keeps its mode") if looser_than(found.implied.floor, mode) else msg("as loose as it may be")


def percent(rate: float) -> str:
    """A rate in percent: 4.3."""
    return f"{100 * rate:.1f}"
