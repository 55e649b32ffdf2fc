"""Which reviewed runs count for an action, added up (domain.md 3.5).

Evidence belongs to one behaviour version in one mode. A change of behaviour starts afresh (R4), and so does a
revocation: what was seen before it, in the mode that it led to or a looser one, no longer counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from app.model.document import Document
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.room import Agent
from app.policy.oversight import looser_than

R = TypeVar("R", Evidence, GraduationDecision)

FAILED = frozenset("mroh")
"""The letters of the runs that failed in `Evidence.outcomes`: material, rejected, overridden, harmful."""

OUTCOMES = frozenset("uc") | FAILED

COOLDOWN = timedelta(days=14)
"""After a revocation nothing graduates for so long."""


class Totals(NamedTuple):
    """Reviewed runs of one behaviour version in one mode, added up. A failure is a run that a person edited in
    substance, rejected or overrode, or that did harm."""

    runs: int = 0
    failures: int = 0
    harmful: int = 0
    seeded: int = 0
    caught: int = 0
    first_day: str = ""
    last_day: str = ""


def evidence_of(document: Document, action: Action) -> tuple[Evidence, ...]:
    """All evidence of an action, whatever its version and mode, the oldest first."""
    rows = _about(document, Evidence, action)
    return tuple(sorted(rows, key=lambda row: row.from_day or row.to_day))


def decisions_of(document: Document, action: Action) -> tuple[GraduationDecision, ...]:
    """The decisions on the mode of an action, the oldest first."""
    rows = _about(document, GraduationDecision, action)
    return tuple(sorted(rows, key=lambda row: row.decided_on))


def counted(document: Document, action: Action) -> tuple[Evidence, ...]:
    """The evidence that counts today, in any mode: of the present behaviour version, and since what was revoked."""
    version = document.only(Agent).behaviour_version
    rows = tuple(row for row in evidence_of(document, action) if row.behaviour_version == version)
    revoked = tuple(each for each in decisions_of(document, action) if each.direction == "revoke") if rows else ()
    return tuple(row for row in rows if not _reset(row, revoked)) if revoked else rows


def totals_of(document: Document, action: Action, mode: str) -> Totals:
    """The counted evidence of one action in one mode, added up."""
    return total(row for row in counted(document, action) if row.mode == mode)


def total(rows: Iterable[Evidence]) -> Totals:
    """These rows added up."""
    runs = failed = harmful = seeded = caught = 0
    first_day = last_day = ""
    for row in rows:
        runs += row.runs or 0
        failed += failures(row)
        harmful += row.harmful or 0
        seeded += row.seeded or 0
        caught += row.caught or 0
        if row.from_day:
            first_day = min(first_day or row.from_day, row.from_day)
        last_day = max(last_day, row.to_day)
    return Totals(runs, failed, harmful, seeded, caught, first_day, last_day)


def failures(row: Evidence) -> int:
    """The runs of one row that failed; a harmful run counts beside the others, never more than there were runs."""
    found = (row.material or 0) + (row.rejected or 0) + (row.overridden or 0) + (row.harmful or 0)
    return found if row.runs is None else min(found, row.runs)


def run_by_run(row: Evidence) -> tuple[bool, ...]:
    """Whether each run of a row failed, in order; empty where nobody kept the order."""
    return tuple(letter in FAILED for letter in row.outcomes.lower() if letter in OUTCOMES)


def cooldown_until(document: Document, action: Action, before: str = "9999-12-31") -> str:
    """The first day on which an action may graduate again after it was last revoked, up to and on the day `before`;
    empty where it never was."""
    days = [each.decided_on for each in decisions_of(document, action) if each.direction == "revoke"]
    last = max((day for day in days if day <= before), default="")
    return (date.fromisoformat(last) + COOLDOWN).isoformat() if last else ""


def _about(document: Document, row_class: type[R], action: Action) -> Iterator[R]:
    """The rows of a kind that refer to an action."""
    table = document.table(row_class.spec.kind)
    places = table.references.get(action.id, ())
    return (table.by_id[row_id] for row_id, _ in places)  # type: ignore[misc]


def _reset(row: Evidence, revoked: Iterable[GraduationDecision]) -> bool:
    """Whether a later revocation took this evidence back. The runs of a stricter mode stay: they earned the mode that
    was revoked to."""
    return any(
        row.from_day < each.decided_on and not looser_than(each.to_mode, row.mode)
        for each in revoked
        if each.to_mode and row.mode
    )
