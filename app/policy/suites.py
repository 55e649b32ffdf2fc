"""Which changes pass an evaluation suite before release, and what its last run says (domain.md 1.4: 59, 60; 1.12 K5).

A room names its suite once. What that settles for each kind of change follows from it, unless an approval rule asks for
the suite by itself.
"""

from __future__ import annotations

import re

from app.model import vocabulary as v
from app.model.change import ApprovalRule, EvaluationSuite
from app.model.document import Document

BEHAVIOUR = frozenset({"prompt", "tool", "model"})
"""What a suite runs on so that no change of behaviour goes past it (59)."""

_GATES = {
    "prompts": "prompt",
    "tool": "tool",
    "new_integration": "tool",
    "model": "model",
    "looser_threshold": "threshold",
    "knowledge": "knowledge",
}
"""Kind of change -> on what a suite runs that tests it."""

_NEVER_WAITS = frozenset({"tighten", "emergency"})
"""Classes of change that wait for nothing beforehand (1.12 K5)."""

_FAILED = re.compile(r"\s*(fail(ed|s|ure)?|not passed|red)\b|.*\b(did|does|has|have) not pass(ed)?\b", re.I | re.S)
"""A result that begins with the bad news, or says it outright. “17 of 420 failed” may well have passed."""


def has_run(suite: EvaluationSuite, today: str) -> bool:
    """Whether the suite has run by a day, `2026-11-21`: a run of a day to come has not been."""
    return "" < suite.last_run <= today


def has_failed(suite: EvaluationSuite) -> bool:
    """Whether the last result says that the suite was not passed."""
    return _FAILED.match(suite.last_result) is not None


def standing_on(document: Document) -> frozenset[str]:
    """On what the standing suites run together, as `vocabulary.GATED_CHANGES` names it."""
    return frozenset(gate for suite in document.rows(EvaluationSuite) if suite.standing for gate in suite.gates)


def no_behaviour_escapes(document: Document) -> bool:
    """Whether standing suites run on every change of prompts, tools and model version."""
    return standing_on(document) >= BEHAVIOUR


def must_pass(document: Document, rule: ApprovalRule) -> bool:
    """Whether this kind of change passes a suite first: its rule says so, or a standing suite runs on it.

    Each of the six changes that let the agent do more comes as a change of prompts, tools or model, so a suite that
    runs on all of these runs on it too.
    """
    if rule.evaluation_gate:
        return True
    if rule.change_class in _NEVER_WAITS:
        return False
    if rule.change in v.SIX_APPROVALS and no_behaviour_escapes(document):
        return True
    return _GATES.get(rule.change) in standing_on(document)
