"""What the evidence of one action says, in words: the gate, what it has, what it needs, and what does not count."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import Message, msg, number_of, words
from app.model.document import Document
from app.model.oversight import Action
from app.model.room import Agent
from app.policy.days import in_words
from app.policy.evidence import Totals, counted, evidence_of, is_to_come, totals_of
from app.policy.graduation import CAVEATS, Progress, approval_bound, weekly_sample
from app.policy.oversight import BARRED, ON, OUT, SHADOW, Oversight, hands_to_person, looser_than, mode_label
from app.policy.revocation import is_earned
from app.policy.statistics import error_upper_bound
from app.policy.windows import day_at

_VERSION = "version"

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
    if looser_than(action.current, implied.floor):
        floor = mode_label(implied.floor)
        return msg("It is below its floor, which no evidence moves: set it to {floor} first.", floor=floor)
    if action.current == OUT:
        return msg("It has the least oversight that there is.")
    if implied.never_graduates:
        return msg("It never graduates, whatever the evidence.")
    return msg("It is at its floor: evidence earns no more.")


def needs(found: Progress) -> Message:
    """What the reviewed runs still need, in one sentence, with the time that it takes."""
    if found.clean_runs_needed is None:
        if found.totals.broke_trust:
            return msg("No number of clean runs is enough after this: change the behaviour and start again.")
        return msg("No number of clean runs is enough after these failures: change the behaviour and start again.")
    if not found.clean_runs_needed:
        if not found.missing:
            return msg("The gate is passed. It takes the decision of the Agent Product Owner.")
        if found.weeks_needed:
            enough = msg("Enough runs. The points below are missing.")
            return msg("{enough} The evidence takes {time}.", enough=enough, time=_weeks(found.weeks_needed))
        return msg("Enough runs. The points below are missing.")
    runs = number_of(found.clean_runs_needed, "Needs 1 more clean run", "Needs {count} more clean runs")
    if found.too_slow:
        return msg("{runs}. This action will not earn autonomy at this volume.", runs=runs)
    if found.weeks_needed is None:
        return msg("{runs}. Say how many runs a week, and it tells how long that takes.", runs=runs)
    if found.weeks_needed == found.weeks_to_span:
        return msg("{runs}; with the weeks that the gate asks for, {time}.", runs=runs, time=_weeks(found.weeks_needed))
    return msg("{runs}, {time} at this volume.", runs=runs, time=_weeks(found.weeks_needed))


def facts(document: Document, action: Action, found: Progress | None, as_of: str) -> Iterator[Message]:
    """What was seen: bounds, seeded cases, harm, days, and which behaviour version counts at a moment."""
    version = document.only(Agent).behaviour_version
    totals = found.totals if found is not None else totals_of(document, action, action.current, as_of)
    if totals.runs:
        yield _runs(totals)
        yield _error(totals, found)
        approval = approval_bound(totals)
        if approval is not None:
            yield msg("Approval at least {bound} % (Wilson)", bound=percent(approval))
    if totals.unknown:
        yield msg("Runs without an outcome, which do not count: {count}", count=totals.unknown)
    if totals.runs or totals.seeded or totals.broke_trust:
        yield _seeded(totals, found)
        yield _harm(totals, found)
    if totals.breaches or totals.failed_stops:
        yield msg(
            "Boundary breaches: {breaches}; stops that failed: {stops}",
            breaches=totals.breaches,
            stops=totals.failed_stops,
        )
    if totals.first_day and totals.last_day:
        yield _days(totals, found)
    if version and (found is not None or totals.runs or action.current in (ON, OUT)):
        counts = msg("What counts: {version}, {mode}", version=version_words(version), mode=mode_label(action.current))
        yield counts if totals.runs else msg("{counts}: none yet", counts=counts)
    yield from _uncounted(document, action, version, as_of)


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


def version_words(version: str) -> Message:
    """A behaviour version as a sentence names it: one that is called “1” alone says nothing."""
    if not version:
        return msg("An unnamed version")
    if version.casefold().startswith(_VERSION):
        return msg("{version}", version=version)
    return msg("Version {version}", version=version)


def caveats() -> str:
    """What is said wherever evidence is shown, in one line."""
    return " ".join(words(caveat) for caveat in CAVEATS)


def percent(share: float) -> str:
    """A share in percent with one decimal."""
    return f"{100 * share:.1f}"


# --- the parts ---------------------------------------------------------------------------------------------


def _runs(totals: Totals) -> Message:
    return msg(
        "{runs}, {failures}",
        runs=number_of(totals.runs, "1 reviewed run", "{count} reviewed runs"),
        failures=number_of(totals.failures, "1 failure", "{count} failures"),
    )


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
    runs = number_of(totals.runs, "1 run", "{count} runs")
    seen = msg("Harmful errors: {count} in {runs}", count=totals.harmful, runs=runs)
    if found is None:
        return seen
    return msg("{seen} (0 in {needed} needed)", seen=seen, needed=found.gate.harmless_runs)


def _days(totals: Totals, found: Progress | None) -> Message:
    seen = msg("Seen {first} to {last}", first=in_words(totals.first_day), last=in_words(totals.last_day))
    if found is None:
        return seen
    return msg("{seen} ({weeks} weeks with a month-end needed)", seen=seen, weeks=found.gate.weeks)


def _uncounted(document: Document, action: Action, version: str, as_of: str) -> Iterator[Message]:
    """Evidence that is there and does not count, any more or yet."""
    today = day_at(document, as_of)
    counts = {row.id for row in counted(document, action, today)}
    left = [row for row in evidence_of(document, action) if row.id not in counts]
    to_come = [row for row in left if is_to_come(row, today)]
    past = [row for row in left if not is_to_come(row, today)]
    future = sum(row.runs or 0 for row in to_come)
    older = sum(row.runs or 0 for row in past if row.behaviour_version != version)
    revoked = sum(row.runs or 0 for row in past if row.behaviour_version == version)
    if future:
        yield number_of(
            future,
            "1 run does not count, because its day is still to come",
            "{count} runs do not count, because their days are still to come",
        )
    if older:
        yield number_of(
            older,
            "1 run of another behaviour version does not count",
            "{count} runs of other behaviour versions do not count",
        )
    if revoked:
        yield number_of(
            revoked,
            "1 run from before it was taken back does not count",
            "{count} runs from before it was taken back do not count",
        )


def _weeks(count: int) -> Message:
    return number_of(count, "about a week", "about {count} weeks")
