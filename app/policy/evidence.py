"""Which reviewed runs count for an action, added up (domain.md 3.5).

Evidence belongs to one behaviour version in one mode. A change of behaviour starts afresh (R4), and so does a
revocation: what was seen before it, in the mode that it led to or a looser one, no longer counts. Neither does what
what is still to come, nor a run of which nobody said how it ended: what is not known to be clean is not clean. Nor does
a run count twice: where rows of one version and mode share days, the one that tells of the worst stands for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeVar

from app.messages import Message, number_of
from app.model.document import Document, Table
from app.model.fields import fields_of
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.room import Agent
from app.policy.oversight import looser_than
from app.policy.windows import day_at

R = TypeVar("R", Evidence, GraduationDecision)

FAILED = frozenset("mroh")
"""The letters of the runs that failed in `Evidence.outcomes`: material, rejected, overridden, harmful."""

LETTERS = {"unchanged": "u", "cosmetic": "c", "material": "m", "rejected": "r", "overridden": "o", "harmful": "h"}
"""The letter in `Evidence.outcomes` of a run that each count counts."""

OUTCOMES = frozenset(LETTERS.values())

_SAYS = tuple(name for name in fields_of(Evidence) if name != "note")
"""What two rows that tell of the same have in common."""

COOLDOWN = timedelta(days=14)
"""After a revocation nothing graduates for so long."""


class Totals(NamedTuple):
    """Reviewed runs of one behaviour version in one mode, added up. `runs` are those whose outcome is known, `unknown`
    the others, which earn nothing. A failure is a run that a person edited in substance, rejected or overrode, or that
    did harm."""

    runs: int = 0
    failures: int = 0
    harmful: int = 0
    seeded: int = 0
    caught: int = 0
    first_day: str = ""
    last_day: str = ""
    breaches: int = 0
    failed_stops: int = 0
    unknown: int = 0

    @property
    def broke_trust(self) -> bool:
        """Whether anything happened after which no number of clean runs is enough (R1)."""
        return bool(self.harmful or self.breaches or self.failed_stops)


def evidence_of(document: Document, action: Action) -> tuple[Evidence, ...]:
    """All evidence of an action, whatever its version and mode, the oldest first."""
    rows = _about(document.table(Evidence.spec.kind), Evidence, action.id)
    return tuple(sorted(rows, key=lambda row: row.from_day or row.to_day))


def decisions_of(document: Document, action: Action) -> tuple[GraduationDecision, ...]:
    """The decisions on the mode of an action, the oldest first."""
    rows = _about(document.table(GraduationDecision.spec.kind), GraduationDecision, action.id)
    return tuple(sorted(rows, key=lambda row: row.decided_on))


def counted(document: Document, action: Action, as_of: str) -> tuple[Evidence, ...]:
    """The evidence that counts on a day or at a moment, in any mode: of the present behaviour version, since what was
    revoked, not of a time to come, and no run twice."""
    evidence, decisions = (document.table(kind.spec.kind) for kind in (Evidence, GraduationDecision))
    version, today = document.only(Agent).behaviour_version, day_at(document, as_of)
    return _counting(evidence, decisions, version, today).of(action.id)


def repeated(document: Document, action: Action) -> tuple[Evidence, ...]:
    """The evidence of an action that other evidence of the same version and mode tells of already, so that it does not
    count."""
    rows = evidence_of(document, action)
    once = {row.id for row in _once(rows)}
    return tuple(row for row in rows if row.id not in once)


def is_to_come(row: Evidence, today: str) -> bool:
    """Whether evidence is about a time that has not passed yet on a day."""
    return max(row.from_day, row.to_day) > today


def totals_of(document: Document, action: Action, mode: str, as_of: str) -> Totals:
    """The counted evidence of one action in one mode, added up."""
    return total(row for row in counted(document, action, as_of) if row.mode == mode)


def total(rows: Iterable[Evidence]) -> Totals:
    """These rows added up."""
    runs = failed = harmful = seeded = caught = breaches = failed_stops = unknown = 0
    first_day = last_day = ""
    for row in rows:
        known = accounted(row)
        runs += known
        unknown += max((row.runs or 0) - known, 0)
        failed += failures(row)
        breaches += row.breaches or 0
        failed_stops += row.failed_stops or 0
        harmful += row.harmful or 0
        seeded += row.seeded or 0
        caught += row.caught or 0
        if row.from_day:
            first_day = min(first_day or row.from_day, row.from_day)
        last_day = max(last_day, row.to_day)
    return Totals(runs, failed, harmful, seeded, caught, first_day, last_day, breaches, failed_stops, unknown)


def broke_trust(row: Evidence) -> bool:
    """Whether anything happened in these runs after which no number of clean ones is enough."""
    return bool(row.harmful or row.breaches or row.failed_stops)


def what_broke_trust(totals: Totals) -> tuple[Message, ...]:
    """What happened after which no number of clean runs is enough, each with how often."""
    happened = (
        (totals.harmful, "1 harmful error", "{count} harmful errors"),
        (totals.breaches, "1 boundary breach", "{count} boundary breaches"),
        (totals.failed_stops, "1 stop that failed", "{count} stops that failed"),
    )
    return tuple(number_of(count, one, many) for count, one, many in happened if count)


def accounted(row: Evidence) -> int:
    """The runs of one row of which somebody said how they ended; a harmful run may also be counted as rejected or
    overridden, so there are never more than runs."""
    return min(row.runs or 0, _outcomes(row) + (row.harmful or 0))


def adds_up(row: Evidence) -> bool:
    """Whether the outcomes of one row add up to its runs."""
    said = _outcomes(row)
    return said <= (row.runs or 0) <= said + (row.harmful or 0)


def failures(row: Evidence) -> int:
    """The runs of one row that failed; a harmful run counts beside the others, never more than there were runs."""
    found = (row.material or 0) + (row.rejected or 0) + (row.overridden or 0) + (row.harmful or 0)
    return found if row.runs is None else min(found, row.runs)


def run_by_run(row: Evidence) -> tuple[bool, ...]:
    """Whether each run of a row failed, in order; empty where nobody kept the order, or it contradicts the counts."""
    return tuple(letter in FAILED for letter in _letters(row)) if order_fits(row) else ()


def order_fits(row: Evidence) -> bool:
    """Whether the runs in their order are those that are counted; so they are where nobody kept the order, and a count
    that nobody gave contradicts nothing. A harmful run may also be counted as material, rejected or overridden."""
    letters = _letters(row)
    if not letters:
        return True
    if not OUTCOMES.issuperset(letters) or row.runs not in (None, len(letters)):
        return False
    more = {name: said - letters.count(LETTERS[name]) for name, said in _counts(row).items() if said is not None}
    also_harmful = [more.pop(name, 0) for name in ("material", "rejected", "overridden")]
    return not any(more.values()) and min(also_harmful) >= 0 and sum(also_harmful) <= letters.count("h")


def cooldown_until(document: Document, action: Action, before: str = "9999-12-31") -> str:
    """The first day on which an action may graduate again after it was last revoked, up to and on the day `before`;
    empty where it never was."""
    days = [each.decided_on for each in decisions_of(document, action) if each.direction == "revoke"]
    last = max((day for day in days if day <= before), default="")
    return (date.fromisoformat(last) + COOLDOWN).isoformat() if last else ""


def _letters(row: Evidence) -> str:
    return "".join(row.outcomes.lower().split())


def _counts(row: Evidence) -> dict[str, int | None]:
    """What is counted of each kind of outcome."""
    return {
        "unchanged": row.unchanged,
        "cosmetic": row.cosmetic,
        "material": row.material,
        "rejected": row.rejected,
        "overridden": row.overridden,
        "harmful": row.harmful,
    }


@lru_cache(maxsize=2048)
def _once(rows: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """These rows without those that tell of the same days in the same version and mode as a worse one."""
    kept: list[Evidence] = []
    for row in sorted(rows, key=_badness, reverse=True):
        if not any(_tells_of_the_same(row, other) for other in kept):
            kept.append(row)
    ids = {row.id for row in kept}
    return tuple(row for row in rows if row.id in ids)


def _badness(row: Evidence) -> tuple[int, int, int]:
    harm = (row.harmful or 0) + (row.breaches or 0) + (row.failed_stops or 0)
    return harm, failures(row), row.runs or 0


def _tells_of_the_same(row: Evidence, other: Evidence) -> bool:
    """Whether two rows share days, more than the one on which the first ends and the second begins, or say the same."""
    if (row.behaviour_version, row.mode) != (other.behaviour_version, other.mode) or not (row.runs and other.runs):
        return False
    if all(row.value(name) == other.value(name) for name in _SAYS):
        return True
    first, last = row.from_day or row.to_day, row.to_day or row.from_day
    start, end = other.from_day or other.to_day, other.to_day or other.from_day
    return bool(first and start) and ((first, last) == (start, end) or (first < end and start < last))


def _outcomes(row: Evidence) -> int:
    """The runs that ended in an outcome which excludes every other."""
    said = (row.unchanged or 0) + (row.cosmetic or 0)
    return said + (row.material or 0) + (row.rejected or 0) + (row.overridden or 0)


def _about(table: Table, row_class: type[R], action_id: str) -> Iterator[R]:
    """The rows of a kind, of which this is the table, that refer to an action."""
    rows = (table.by_id[row_id] for row_id, _ in table.references.get(action_id, ()))
    return (row for row in rows if isinstance(row, row_class))


class _Counting:
    """The evidence that counts for each action, worked out when first asked for, and once: several rules ask the
    same."""

    def __init__(self, evidence: Table, decisions: Table, version: str, today: str) -> None:
        self._evidence = evidence
        self._decisions = decisions
        self._version = version
        self._today = today
        self._found: dict[str, tuple[Evidence, ...]] = {}

    def of(self, action_id: str) -> tuple[Evidence, ...]:
        """The evidence that counts for one action, the oldest first."""
        if action_id not in self._found:
            self._found[action_id] = self._count(action_id)
        return self._found[action_id]

    def _count(self, action_id: str) -> tuple[Evidence, ...]:
        rows = [
            row
            for row in _about(self._evidence, Evidence, action_id)
            if row.behaviour_version == self._version and not is_to_come(row, self._today)
        ]
        if not rows:
            return ()
        decisions = _about(self._decisions, GraduationDecision, action_id)
        revoked = [each for each in decisions if each.direction == "revoke"]
        rows.sort(key=lambda row: row.from_day or row.to_day)
        return _once(tuple(row for row in rows if not _reset(row, revoked)))


@lru_cache(maxsize=4)
def _counting(evidence: Table, decisions: Table, version: str, today: str) -> _Counting:
    return _Counting(evidence, decisions, version, today)


def _reset(row: Evidence, revoked: Iterable[GraduationDecision]) -> bool:
    """Whether a later revocation took this evidence back. The runs of a stricter mode stay: they earned the mode that
    was revoked to."""
    return any(
        row.from_day < each.decided_on and not looser_than(each.to_mode, row.mode)
        for each in revoked
        if each.to_mode and row.mode
    )
