"""The findings as the window needs them: by step, by row and by the field that answers them."""

from __future__ import annotations

from collections.abc import Iterable

from app.messages import Message, msg, number_of, words
from app.rules.finding import ORDER, Finding, Severity
from app.steps import Progress, progress

WORDS = {Severity.BLOCKER: "Blocker", Severity.WARNING: "Warning", Severity.ADVICE: "Advice"}
COUNTED = {
    Severity.BLOCKER: ("1 blocker", "{count} blockers"),
    Severity.WARNING: ("1 warning", "{count} warnings"),
    Severity.ADVICE: ("1 piece of advice", "{count} pieces of advice"),
}
TOKENS = {Severity.BLOCKER: "bad", Severity.WARNING: "warn", Severity.ADVICE: "ink_3"}
ROLES = {Severity.BLOCKER: "bad", Severity.WARNING: "warn", Severity.ADVICE: "tertiary"}


class Findings:
    """All findings of one moment. `open` leaves out what somebody has accepted; heaviest first, then by code."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.all = tuple(findings)
        self.open = tuple(
            sorted((f for f in self.all if not f.accepted), key=lambda f: (ORDER.index(f.severity), f.code))
        )
        self._by_place: dict[tuple[str, str], list[Finding]] = {}
        self._by_subject: dict[str, list[Finding]] = {}
        self._by_step: dict[str, list[Finding]] = {}
        for finding in self.open:
            self._by_place.setdefault((finding.subject, finding.field), []).append(finding)
            self._by_subject.setdefault(finding.subject, []).append(finding)
            self._by_step.setdefault(finding.step, []).append(finding)
        self.progress: dict[str, Progress] = progress(self.all)

    def at(self, subject: str, field: str) -> list[Finding]:
        """The open findings that this field of this row answers. What Readiness sums up waits while a question of the
        field's own step stands there."""
        found = self._by_place.get((subject, field), [])
        return [finding for finding in found if finding.step != "readiness"] or found

    def about(self, subject: str) -> list[Finding]:
        """The open findings about a row."""
        return self._by_subject.get(subject, [])

    def on(self, step: str) -> list[Finding]:
        """The open findings of a step."""
        return self._by_step.get(step, [])

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.open)


def weighed(findings: Iterable[Finding]) -> str:
    """How many findings there are of each weight, "1 blocker · 2 warnings"; of a single one, its weight alone."""
    weights = [finding.severity for finding in findings]
    if len(weights) == 1:
        return words(WORDS[weights[0]])
    told = ((severity, weights.count(severity)) for severity in ORDER)
    return " · ".join(words(number_of(count, *COUNTED[severity])) for severity, count in told if count)


def said(finding: Finding) -> Message:
    """One line for a finding: the word for its weight, then its question."""
    return msg("{weight}: {question}", weight=msg(WORDS[finding.severity]), question=finding.question)
