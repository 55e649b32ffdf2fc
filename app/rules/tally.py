"""How many points are open, of each weight: one count for the window, the commands and the exports (domain.md 1.13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.messages import Message, msg, number_of
from app.rules.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of findings. What somebody has accepted is counted as `accepted` alone; `promised` are those among the
    warnings that somebody has promised to answer."""

    blockers: int
    warnings: int
    promised: int
    advice: int
    accepted: int

    @property
    def open(self) -> int:
        """Everything that nobody has accepted."""
        return self.blockers + self.warnings + self.advice

    def said(self) -> Message:
        """What blocks and what warns: 1 blocker, 48 warnings, 2 of them promised."""
        blockers = number_of(self.blockers, "1 blocker", "{count} blockers")
        return msg("{blockers}, {warnings}", blockers=blockers, warnings=self.warnings_said())

    def warnings_said(self) -> Message:
        """What warns: 48 warnings, 2 of them promised."""
        warnings = number_of(self.warnings, "1 warning", "{count} warnings")
        if not self.promised:
            return warnings
        return msg("{warnings}, {promised} of them promised", warnings=warnings, promised=self.promised)


def tally(findings: Iterable[Finding]) -> Tally:
    """The counts of some findings."""
    found = list(findings)
    weighing = [finding for finding in found if not finding.accepted]
    weights = [finding.severity for finding in weighing]
    return Tally(
        weights.count(Severity.BLOCKER),
        weights.count(Severity.WARNING),
        sum(finding.severity is Severity.WARNING and bool(finding.committed) for finding in weighing),
        weights.count(Severity.ADVICE),
        len(found) - len(weighing),
    )
