"""What the last run of an evaluation suite says (domain.md 1.4: 59, 60)."""

from __future__ import annotations

import re

from app.model.change import EvaluationSuite

_FAILED = re.compile(r"\s*(fail(ed|s|ure)?|not passed|red)\b|.*\b(did|does|has|have) not pass(ed)?\b", re.I | re.S)
"""A result that begins with the bad news, or says it outright. “17 of 420 failed” may well have passed."""


def has_run(suite: EvaluationSuite, today: str) -> bool:
    """Whether the suite has run by a day, `2026-11-21`: a run of a day to come has not been."""
    return "" < suite.last_run <= today


def has_failed(suite: EvaluationSuite) -> bool:
    """Whether the last result says that the suite was not passed."""
    return _FAILED.match(suite.last_result) is not None
