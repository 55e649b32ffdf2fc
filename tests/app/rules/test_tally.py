"""One count of what is open, for the window, the commands and the exports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.messages import words
from app.rules.check import Checker
from app.rules.finding import Context, Finding, Severity
from app.rules.tally import Tally, tally
from tests.support.builder import AS_OF, ProjectBuilder


@pytest.fixture
def findings() -> tuple[Finding, ...]:
    return Checker().findings(ProjectBuilder().stage("1b").document, Context(AS_OF))


def some(
    findings: tuple[Finding, ...], severity: Severity, count: int, *, accepted: str = "", committed: str = ""
) -> list[Finding]:
    return [replace(finding, severity=severity, accepted=accepted, committed=committed) for finding in findings[:count]]


def test_a_promised_warning_is_a_warning_still_and_an_accepted_one_is_not(findings: tuple[Finding, ...]) -> None:
    found = tally(
        [
            *some(findings, Severity.BLOCKER, 1),
            *some(findings, Severity.BLOCKER, 1, committed="promise"),
            *some(findings, Severity.WARNING, 3),
            *some(findings, Severity.WARNING, 2, committed="promise"),
            *some(findings, Severity.WARNING, 1, accepted="risk", committed="promise"),
            *some(findings, Severity.ADVICE, 4, committed="promise"),
        ]
    )
    assert found == Tally(blockers=2, warnings=5, promised=2, advice=4, accepted=1)
    assert found.open == 11
    assert words(found.said()) == "2 blockers, 5 warnings, 2 of them promised"


def test_one_and_none_are_said_as_people_say_them(findings: tuple[Finding, ...]) -> None:
    one = [*some(findings, Severity.BLOCKER, 1), *some(findings, Severity.WARNING, 1)]
    assert words(tally(one).said()) == "1 blocker, 1 warning"
    assert words(tally(()).said()) == "0 blockers, 0 warnings"
