"""What each stage asks: what becomes mandatory there, and what this map would still miss (domain.md 1.6, 1.13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.model.changes import RowChange
from app.model.document import Document
from app.model.room import Agent
from app.rules.check import Checker
from app.rules.finding import ORDER, Context, Finding, Severity
from app.rules.severity import REQUIREMENTS, STAGES, Requirement


def next_stage(stage: str) -> str | None:
    """The stage after this one; None after the last. A map without a stage is at 1a."""
    at = STAGES.index(stage or STAGES[0]) + 1
    return STAGES[at] if at < len(STAGES) else None


def mandatory(stage: str) -> tuple[Requirement, ...]:
    """What blocks sign-off from this stage on, and did not before it.

    Where `marks[stage].promise` is true, a dated commitment with a name is enough for design sign-off.
    """
    at = STAGES.index(stage)
    before = STAGES[at - 1] if at else None
    return tuple(
        each for each in REQUIREMENTS if _blocks(each, stage) and (before is None or not _blocks(each, before))
    )


def at_stage(document: Document, stage: str) -> Document:
    """The same map as if the agent were at this stage; nothing is written down."""
    agent = document.only(Agent)
    return document if agent.stage == stage else document.applying([RowChange(agent, replace(agent, stage=stage))])


def missing_at(
    document: Document,
    stage: str,
    context: Context,
    checker: Checker | None = None,
    today: Iterable[Finding] | None = None,
) -> tuple[Finding, ...]:
    """The findings that would appear or weigh more at this stage than they do today, the heaviest first.

    `checker` is one that is kept for this question alone, so that it is quick when asked again; `today` is what is
    found as the map stands, where it is known already.
    """
    if today is None:
        today = Checker().findings(document, context)
    weights = {finding.key: _weight(finding.severity) for finding in today}
    then = (checker or Checker()).findings(at_stage(document, stage), context)
    return tuple(each for each in then if _weight(each.severity) > weights.get(each.key, 0))


def _blocks(each: Requirement, stage: str) -> bool:
    return each.marks[stage].severity is Severity.BLOCKER


def _weight(severity: Severity) -> int:
    return len(ORDER) - ORDER.index(severity)
