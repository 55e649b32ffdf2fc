"""The catalogue of rules, step by step."""

from __future__ import annotations

from app.model import vocabulary as v
from app.rules import (
    absences,
    accountable,
    approvals,
    boundary,
    change,
    change_log,
    coverage,
    declined,
    duties,
    evidence,
    exceptions,
    graduation,
    hours,
    oversight,
    owners,
    raci,
    readiness,
    reconciliation,
    revocation,
    roles,
    room,
    scorecard,
    sides,
    stop,
    vendor,
    wording,
)
from app.rules.rule import Rule

CATALOGUE_VERSION = "3"
"""Rises when a rule is added, dropped or weighs otherwise; kept with every signed revision."""

_STEPS = [entry.value for entry in v.STEPS]

CATALOGUE: tuple[Rule, ...] = tuple(
    sorted(
        (
            *room.RULES,
            *boundary.RULES,
            *owners.RULES,
            *sides.RULES,
            *roles.RULES,
            *declined.RULES,
            *vendor.RULES,
            *duties.RULES,
            *oversight.RULES,
            *graduation.RULES,
            *revocation.RULES,
            *evidence.RULES,
            *exceptions.RULES,
            *change.RULES,
            *change_log.RULES,
            *approvals.RULES,
            *reconciliation.RULES,
            *stop.RULES,
            *scorecard.RULES,
            *raci.RULES,
            *accountable.RULES,
            *coverage.RULES,
            *hours.RULES,
            *absences.RULES,
            *readiness.RULES,
            *wording.RULES,
        ),
        key=lambda rule: (_STEPS.index(rule.step), rule.code),
    )
)
"""Every rule, in the order of the steps."""
