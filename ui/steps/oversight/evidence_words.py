"""What the evidence of one action says, in words: the gate, what it has, what it needs, and what does not count."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import Message, msg, words
from app.model.document import Document
from app.model.oversight import Action
from app.model.room import Agent
from app.policy.days import in_words
from app.policy.evidence import Totals, counted, evidence_of, totals_of
from app.policy.graduation import CAVEATS, Progress, approval_bound, weekly_sample
from app.policy.oversight import BARRED, ON, OUT, SHADOW, Oversight, hands_to_person, mode_label
from app.policy.revocation import is_earned
from app.policy.statistics import error_upper_bound

_SAMPLED = (10, 5, 2)
"""Percent of failures for which the size of a weekly sample is told."""


def gate_words(found: Progress) -> Message:
    """The rule of 0, 3 and 10 at this gate."""
    first, second, third = found.gate.looks
    return msg(
        "Look after {first}, {second} and {third} reviewed runs; pass with at most 0, 3 and 10 failures.",
        first=first,
        second=second,
        third=third,
    )


def no_gate(action: Action, implied: Oversight) -> Message:
    """Why there is no looser mode to earn."""
    if not action.current:
        return msg("Choose a mode first; {mode} is where it starts.", mode=mode_label(implied.start))
    if BARRED in (action.current, implied.floor):
        return msg("It is not permitted, so it earns nothing.")
    if hands_to_person(action):
        return msg("A person acts next, so no gate stands before it.")
    if action.current == SHADOW:
        if implied.start == SHADOW:
            return msg("At this stage every action stays in shadow; what it proposes is compared with what people do.")
        return msg("In shadow nothing is earned. It may start {mode}.", mode=mode_label(implied.start))
    if action.current == OUT:
        return msg("It has the least oversight that there is.")
    if implied.never_graduates:
        return msg("It never graduates, whatever the evidence.")
    return msg("It is at its floor: evidence earns no more.")


def needs(found: Progress) -> Message:
    """What the reviewed runs still need, in one sentence, with the time that it takes."""
    if found.clean_runs_needed is None:
        return msg("No number of clean runs is enough after these failures: change the behaviour and start again.")
    if not found.clean_runs_needed:
        if found.missing:
            return msg("Enough runs. The points below are missing.")
        return msg("The gate is passed. It takes the decision of the Agent Product Owner.")
    runs = msg("Needs {count} more clean runs", count=found.clean_runs_needed)
    if found.too_slow:
        return msg("{runs}. This action will not earn autonomy at this volume.", runs=runs)
    if found.weeks_needed is None:
        return msg("{runs}. Say how many runs a week, and it tells how long that takes.", runs=runs)
    return msg("{runs}, about {weeks} weeks at this volume.", runs=runs, weeks=found.weeks_needed)


def facts(document: Document, action: Action, found: Progress | None) -> Iterator[Message]:
    """What was seen: bounds, seeded cases, harm, days, and which behaviour version counts."""
    version = document.only(Agent).behaviour_version
    totals = found.totals if found is not None else totals_of(document, action, action.current)
    if totals.runs:
        yield _runs(totals)
        yield _error(totals, found)
        approval = approval_bound(totals)
        if approval is not None:
            yield msg("Approval at least {bound} % (Wilson)", bound=percent(approval))
    if totals.runs or totals.seeded:
        yield _seeded(totals, found)
        yield _harm(totals, found)
    if totals.first_day and totals.last_day:
        yield _days(totals, found)
    if version and (found is not None or totals.runs or action.current in (ON, OUT)):
        counts = msg("What counts: {version}, {mode}", version=version, mode=mode_label(action.current))
        yield counts if totals.runs else msg("{counts}: none yet", counts=counts)
    yield from _uncounted(document, action, version)


def sample_words(document: Document, action: Action, found: Progress | None) -> Message | None:
    """How many runs to look at each week while it acts without an approval, now or behind its next gate; None where
    it needs an approval, or where nobody has to watch it at all."""
    if found is None and action.current != ON and not is_earned(document, action):
        return None
    ten, five, two = (weekly_sample(action, percent) for percent in _SAMPLED)
    said = msg(
        "While it acts alone, look at {ten} runs a week to notice 10 % failures, {five} for 5 %, {two} for 2 %.",
        ten=ten,
        five=five,
        two=two,
    )
    if "silent_failure" in action.flags:
        return msg("{said} Twice as many as usual, because it can fail silently.", said=said)
    return said


def caveats() -> str:
    """What is said wherever evidence is shown, in one line."""
    return " ".join(words(caveat) for caveat in CAVEATS)


def percent(share: float) -> str:
    """A share in percent with one decimal."""
    return f"{100 * share:.1f}"


# --- the parts ---------------------------------------------------------------------------------------------


def _runs(totals: Totals) -> Message:
    return msg("{runs} reviewed runs, {failures} failures", runs=totals.runs, failures=totals.failures)


def _error(totals: Totals, found: Progress | None) -> Message:
    bound = percent(error_upper_bound(totals.failures, totals.runs))
    if found is None:
        return msg("Error at most {bound} % (exact)", bound=bound)
    return msg("Error at most {bound} % (exact), limit {limit} %", bound=bound, limit=found.gate.limit)


def _seeded(totals: Totals, found: Progress | None) -> Message:
    seen = msg("Seeded bad cases caught: {caught} of {seeded}", caught=totals.caught, seeded=totals.seeded)
    if found is None or not found.seeded_needed:
        return seen
    return msg("{seen}, {more} more to go", seen=seen, more=found.seeded_needed)


def _harm(totals: Totals, found: Progress | None) -> Message:
    seen = msg("Harmful errors: {count} in {runs} runs", count=totals.harmful, runs=totals.runs)
    if found is None:
        return seen
    return msg("{seen} (0 in {needed} needed)", seen=seen, needed=found.gate.harmless_runs)


def _days(totals: Totals, found: Progress | None) -> Message:
    seen = msg("Seen {first} to {last}", first=in_words(totals.first_day), last=in_words(totals.last_day))
    if found is None:
        return seen
    return msg("{seen} ({weeks} weeks with a month-end needed)", seen=seen, weeks=found.gate.weeks)


def _uncounted(document: Document, action: Action, version: str) -> Iterator[Message]:
    """Evidence that is there and does not count any more."""
    counts = {row.id for row in counted(document, action)}
    left = [row for row in evidence_of(document, action) if row.id not in counts]
    older = sum(row.runs or 0 for row in left if row.behaviour_version != version)
    revoked = sum(row.runs or 0 for row in left if row.behaviour_version == version)
    if older:
        yield msg("{runs} runs of other behaviour versions do not count", runs=older)
    if revoked:
        yield msg("{runs} runs from before it was taken back do not count", runs=revoked)
