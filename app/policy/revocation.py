"""What takes an action's freedom back: R1 to R7 (domain.md 3.5).

Each check looks at one action and yields a Revocation or None. Only a mode that is looser than in the loop can be
taken back. R1, R2, R3 and R7 follow from the evidence that counts, whatever the action started as; R4, R5 and R6 are
about autonomy that was earned, so about a mode that is looser than the start mode.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.messages import Message, msg
from app.model.change import Change
from app.model.document import Document
from app.model.exceptions import ExceptionPath
from app.model.oversight import Action, Evidence
from app.model.owners import OwnerAssignment, Rota
from app.model.room import Agent
from app.policy.absence import is_away
from app.policy.days import in_words
from app.policy.drill_reach import HOLDS
from app.policy.evidence import (
    Totals,
    accounted,
    broke_trust,
    counted,
    decisions_of,
    evidence_of,
    failures,
    run_by_run,
    total,
    what_broke_trust,
)
from app.policy.graduation import earned, watched
from app.policy.holders import holder
from app.policy.named import named_person
from app.policy.oversight import (
    DUAL,
    IN,
    ON,
    OUT,
    SHADOW,
    STRICTNESS,
    hands_to_person,
    listed,
    looser_than,
    oversight_of,
    permitted,
)
from app.policy.statistics import Cusum
from app.policy.windows import day_at

STALE, LAPSED = 90, 180
"""Days without evidence: after the first it is worth a look, after the second the mode is no longer earned (R5)."""

RISE = 30
"""Percent: an intervention rate that is so much above what it was is worth a look (R3)."""

RUNS_TO_CONFIRM = "5,000"
"""About as many runs before and after it takes to confirm such a rise at a baseline of 3 %."""

TIMES_MEDIAN = 5
"""A run at P99 may cost so many times the median (R7)."""

APPROVED = (IN, DUAL)
"""The modes in which a person approves each run."""

SEVERITY_1 = frozenset({"moves_money", "grants_access", "legal_effect", "external_message", "safety"})
"""The flags of an action whose harm is of severity 1: money, access, legal or external harm, or safety."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """One reason to watch an action more closely.

    `code` is R1 to R7, `action` the id of the action. `lost` is true where the right to the mode is gone and the action
    belongs in `to_mode`, at once where `at_once` says so; false for amber: look now, and decide. `pause` is true where
    the agent stops until it is understood.
    """

    code: str
    action: str
    from_mode: str
    to_mode: str
    because: Message
    lost: bool = True
    at_once: bool = False
    pause: bool = False


Check = Callable[[Document, Action, str], Revocation | None]


def revocations(document: Document, action: Action, as_of: str) -> tuple[Revocation, ...]:
    """Everything that speaks for taking an action's mode back at this moment, R1 first."""
    found = (check(document, action, as_of) for check in CHECKS)
    return tuple(each for each in found if each is not None)


def can_be_revoked(action: Action) -> bool:
    """Whether the action acts with less than an approval, so that there is something to take back."""
    return action.current in (ON, OUT) and permitted(action) and not hands_to_person(action)


def is_earned(document: Document, action: Action) -> bool:
    """Whether the mode is looser than where the action starts, so that it must be earned and kept."""
    return can_be_revoked(action) and looser_than(action.current, oversight_of(document, action).start)


def harm(document: Document, action: Action, as_of: str) -> Revocation | None:
    """R1: a harmful error, a boundary breach or a stop that failed takes it into the loop at once."""
    if not can_be_revoked(action):
        return None
    rows = [row for row in counted(document, action, as_of) if broke_trust(row) and row.mode != SHADOW]
    if not rows:
        return None
    parts = what_broke_trust(total(rows))
    pause = harms_at_once(action)
    because = msg("{parts}; stop the agent until it is understood", parts=listed(parts)) if pause else listed(parts)
    return Revocation("R1", action.id, action.current, IN, because, at_once=True, pause=pause)


def harm_in_the_loop(document: Document, action: Action, as_of: str) -> Message | None:
    """What R1 counts, where people approved each run: nothing is left to take back, so the approvals are looked at;
    None where nothing of the kind happened."""
    if action.current not in APPROVED:
        return None
    rows = [row for row in counted(document, action, as_of) if broke_trust(row) and row.mode in APPROVED]
    if not rows:
        return None
    parts = what_broke_trust(total(rows))
    if harms_at_once(action):
        return msg(
            "{parts} while people approved: pause the agent, and look at how it was approved", parts=listed(parts)
        )
    return msg("{parts} while people approved: look at how it was approved", parts=listed(parts))


def harms_at_once(action: Action) -> bool:
    """Whether a harmful run of this action is of severity 1, so that the agent is paused until it is understood."""
    return bool(SEVERITY_1.intersection(action.flags))


def climbing(document: Document, action: Action, as_of: str) -> Revocation | None:
    """R2: interventions climb: a CUSUM over the runs in their order alarms.

    Where nobody kept the order of the runs, their failures are spread evenly over the period, and it says so.
    """
    if not can_be_revoked(action):
        return None
    level, spread = Cusum(), False
    for row in _in_present_mode(document, action, as_of):
        order = run_by_run(row)
        level = level.after(order) if order else level.after_even(accounted(row), failures(row))
        spread = spread or not order
    if not level.alarm:
        return None
    rate = _percent(total(_in_present_mode(document, action, as_of)))
    because = (
        msg("interventions climb to {rate} %, counted as if spread evenly over each period", rate=rate)
        if spread
        else msg("interventions climb to {rate} %, counted run by run", rate=rate)
    )
    return Revocation("R2", action.id, action.current, IN, because)


def rising(document: Document, action: Action, as_of: str) -> Revocation | None:
    """R3, amber: the newest evidence has 30 % more interventions than what came before it."""
    if not can_be_revoked(action):
        return None
    rows = [row for row in counted(document, action, as_of) if accounted(row) and row.mode != SHADOW]
    if not rows or rows[-1].mode != action.current:
        return None
    before, now = total(rows[:-1]), total(rows[-1:])
    # 100 * now / runs >= (100 + RISE) * before / runs, in whole numbers.
    grown = 100 * now.failures * before.runs >= (100 + RISE) * before.failures * now.runs
    if not (before.failures and grown):
        return None
    because = msg(
        "{now} % interventions, {before} % before: look now; to confirm it takes about {runs} runs",
        now=_percent(now),
        before=_percent(before),
        runs=RUNS_TO_CONFIRM,
    )
    return Revocation("R3", action.id, action.current, _down(action), because, lost=False)


def unrecorded_change(document: Document, action: Action, as_of: str) -> Revocation | None:
    """R4: a change to another behaviour version was made, and the agent still goes by the one before it."""
    if not is_earned(document, action):
        return None
    latest = latest_change(document)
    said = document.only(Agent).behaviour_version
    if latest is None or latest.behaviour_version == said:
        return None
    if not any((row.from_day or row.to_day) < latest.on for row in counted(document, action, as_of)):
        return None
    because = msg(
        "the behaviour was changed to {new}, and its evidence is about {old}",
        new=latest.behaviour_version,
        old=said or msg("an unnamed version"),
    )
    return Revocation("R4", action.id, action.current, oversight_of(document, action).start, because)


def changed(document: Document, action: Action, as_of: str) -> Revocation | None:
    """R4: another behaviour version has to earn its modes again, and the evaluation gate runs again."""
    unrecorded = unrecorded_change(document, action, as_of)
    if unrecorded is not None or not is_earned(document, action):
        return unrecorded
    version = document.only(Agent).behaviour_version
    others = [row.behaviour_version for row in evidence_of(document, action) if row.behaviour_version != version]
    so_far = earned(document, action, as_of)
    if not others or not looser_than(action.current, so_far):
        return None
    because = msg(
        "{new} is new behaviour, and its evidence was about {old}",
        new=version or msg("an unnamed version"),
        old=others[-1] or msg("an unnamed version"),
    )
    return Revocation("R4", action.id, action.current, so_far, because)


def stale(document: Document, action: Action, as_of: str) -> Revocation | None:
    """R5: nobody has looked for 90 days (amber), or for 180, and then the mode is no longer earned."""
    if not is_earned(document, action):
        return None
    days = [row.to_day or row.from_day for row in counted(document, action, as_of)]
    if not any(days):
        # Nothing was seen since the decision, and that is all there is to count from.
        days = [each.decided_on for each in decisions_of(document, action) if each.to_mode == action.current]
    last = max(days, default="")
    waited = _days_since(last, day_at(document, as_of))
    if waited <= STALE:
        return None
    because = _no_evidence_since(last, waited)
    start = oversight_of(document, action).start
    return Revocation("R5", action.id, action.current, start, because, lost=waited > LAPSED)


def outdated(document: Document, action: Action, as_of: str) -> Message | None:
    """What R5 would warn of where the mode was not earned, and so cannot be taken back: nobody has looked for 90 days.
    None where somebody has, where nothing was ever looked at, and where `stale` tells it."""
    if not permitted(action):
        return None
    last = max([row.to_day or row.from_day for row in counted(document, action, as_of)], default="")
    waited = _days_since(last, day_at(document, as_of))
    return _no_evidence_since(last, waited) if waited > STALE and not is_earned(document, action) else None


def unattended(document: Document, action: Action, as_of: str) -> Revocation | None:
    """R6: the lead is vacant, or the cover that its mode rests on is lost: one mode down."""
    if not is_earned(document, action):
        return None
    because = lead_missing(document, as_of)
    if because is None and action.current == ON and _runs_on(document, action) and not watched(document, action, as_of):
        because = msg("it runs on at hours when nobody can interrupt it")
    return None if because is None else Revocation("R6", action.id, action.current, _down(action), because)


def lead_missing(document: Document, as_of: str) -> Message | None:
    """Why nobody leads: no workflow owner is named, or the one who is named is away without a deputy who is there."""
    lead = named_person(document, holder(document, "WO").person)
    if lead is None:
        return msg("nobody is the workflow owner")
    day = day_at(document, as_of)
    if not is_away(lead, day) or _stands_in(document, document.fixed(OwnerAssignment, "workflow").deputy, day):
        return None
    return msg("the workflow owner, {name}, is away without a deputy", name=lead.name)


def costly(document: Document, action: Action, as_of: str) -> Revocation | None:
    """R7: the dearest runs cost more than five times the ordinary one: one mode down."""
    if not can_be_revoked(action):
        return None
    over = [
        row
        for row in _in_present_mode(document, action, as_of)
        if (row.cost_p99 or 0) > TIMES_MEDIAN * (row.cost_median or 0) > 0
    ]
    if not over:
        return None
    times = (over[-1].cost_p99 or 0) // (over[-1].cost_median or 1)
    because = msg(
        "the dearest runs cost {times} times the median; up to {most} is usual", times=times, most=TIMES_MEDIAN
    )
    return Revocation("R7", action.id, action.current, _down(action), because)


CHECKS: tuple[Check, ...] = (harm, climbing, rising, changed, stale, unattended, costly)


def latest_change(document: Document) -> Change | None:
    """The latest change that made another behaviour version."""
    made = [change for change in document.rows(Change) if change.behaviour_version and change.on]
    return max(made, key=lambda change: change.on, default=None)


# --- the parts ---------------------------------------------------------------------------------------------


def _in_present_mode(document: Document, action: Action, as_of: str) -> tuple[Evidence, ...]:
    return tuple(row for row in counted(document, action, as_of) if row.mode == action.current)


@lru_cache(maxsize=1024)
def _days_since(day: str, today: str) -> int:
    """The days from a day to today; 0 where there is no day."""
    return (date.fromisoformat(today) - date.fromisoformat(day)).days if day else 0


def _no_evidence_since(day: str, waited: int) -> Message:
    return msg("no evidence since {day}, {now_days} days ago", day=in_words(day), now_days=waited)


def _down(action: Action) -> str:
    """One mode stricter."""
    return STRICTNESS[STRICTNESS.index(action.current) + 1]


def _runs_on(document: Document, action: Action) -> bool:
    return (action.off_hours or document.only(ExceptionPath).off_hours) not in HOLDS


def _stands_in(document: Document, deputy: str | None, day: str) -> bool:
    """Whether a deputy is there on a day: a person, or somebody of a rota."""
    rota = document.get(Rota, deputy)
    people = (named_person(document, each) for each in (rota.members if rota else (deputy,)))
    return any(person is not None and not is_away(person, day) for person in people)


def _percent(found: Totals) -> str:
    """The share of runs that failed, in percent with one decimal."""
    return f"{100 * found.failures / max(found.runs, 1):.1f}"
