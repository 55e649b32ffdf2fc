"""The catalogue of rules, step by step."""

from __future__ import annotations

from app.model import vocabulary as v
from app.rules import (
    boundary,
    change,
    coverage,
    exceptions,
    oversight,
    owners,
    raci,
    readiness,
    roles,
    scorecard,
    stop,
)
from app.rules.rule import Rule

CATALOGUE_VERSION = "1"
"""Rises when a rule is added, dropped or weighs otherwise; kept with every signed revision."""

_STEPS = [entry.value for entry in v.STEPS]

CATALOGUE: tuple[Rule, ...] = tuple(
    sorted(
        (
            *boundary.RULES,
            *owners.RULES,
            *roles.RULES,
            *oversight.RULES,
            *exceptions.RULES,
            *change.RULES,
            *stop.RULES,
            *scorecard.RULES,
            *raci.RULES,
            *coverage.RULES,
            *readiness.RULES,
        ),
        key=lambda rule: (_STEPS.index(rule.step), rule.code),
    )
)
"""Every rule, in the order of the steps."""
