"""Running the catalogue: findings in order, worked out again only where something that a rule reads has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from app.messages import msg
from app.model.commit import AcceptedRisk, Commitment
from app.model.document import Document
from app.model.kinds import BY_KIND
from app.model.room import Agent
from app.policy import acceptance, promise
from app.rules.catalogue import CATALOGUE
from app.rules.finding import ORDER, Context, Finding, Severity
from app.rules.questions import Question, questions
from app.rules.readiness import accepted_risks_are_current, promises_are_kept, promises_count
from app.rules.rule import Hit, Rule
from app.rules.severity import Mark
from app.rules.substance import Seen, is_the_same, seen

__all__ = ["Checker", "Question", "blocking", "questions", "said", "unchecked"]

BROKEN = "RUL-01"
"""The code of the finding that stands for a rule that failed."""

_log = logging.getLogger(__name__)


class Checker:
    """Checks documents against the catalogue, and remembers what it found.

    What a rule found stays true while what it reads is the same, so after one edit only the
    rules and rows that it touched are checked again. Not thread-safe.
    """

    def __init__(self, rules: Sequence[Rule] = CATALOGUE) -> None:
        self._memories = tuple(_Memory(rule) for rule in rules)
        self._checked: Document | None = None

    def findings(self, document: Document, context: Context) -> tuple[Finding, ...]:
        """Every finding: blockers first, then warnings, then advice, each in the order of the steps.

        The level and the day of the context count, not its hour. A rule that fails is a warning of its own, never
        the end.
        """
        standing = _Standing.of(document, context)
        changed = _changed_kinds(self._checked, document)
        self._checked = document
        by_severity: dict[Severity, list[Finding]] = {severity: [] for severity in ORDER}
        for memory in self._memories:
            for finding in memory.findings(document, standing, changed):
                by_severity[finding.severity].append(finding)
        return _without_those_at_rest(document, [each for severity in ORDER for each in by_severity[severity]])


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop sign-off."""
    return tuple(finding for finding in findings if finding.blocks)


def unchecked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stand for rules that failed: what these would have found is not known."""
    return tuple(finding for finding in findings if finding.code == BROKEN)


def said(document: Document, finding: Finding) -> Seen:
    """What a finding says, as an accepted risk keeps it."""
    return seen(document, finding.detail)


# --- one rule and what it found --------------------------------------------------------------------------------


class _Weights(NamedTuple):
    """What turns the hits of one rule into findings: its mark at the stage, whether a promise makes a warning of a
    blocker, and by subject the promises and the acceptances that stand."""

    mark: Mark
    promisable: bool
    promises: Mapping[str, str]
    accepted: Mapping[str, AcceptedRisk]


@dataclass(frozen=True, slots=True)
class _Standing:
    """What weighs on findings: the stage, the level, the day, and by code the promises and acceptances that stand."""

    stage: str
    level: str
    today: str
    promises: Mapping[str, Mapping[str, str]]
    accepted: Mapping[str, Mapping[str, AcceptedRisk]]

    @classmethod
    def of(cls, document: Document, context: Context) -> _Standing:
        today = context.today(document)
        promises: dict[str, dict[str, str]] = {}
        for each in document.rows(Commitment):
            if each.code and promise.stands(document, each, today):
                promises.setdefault(each.code, {})[each.subject] = each.id
        accepted: dict[str, dict[str, AcceptedRisk]] = {}
        for risk in document.rows(AcceptedRisk):
            if acceptance.stands(document, risk, today):
                accepted.setdefault(risk.code, {})[risk.subject] = risk
        return cls(document.only(Agent).stage or "1a", context.level, today, promises, accepted)

    def weights(self, rule: Rule) -> _Weights:
        mark = rule.marks[self.stage].at(self.level)
        promisable = mark.promise and self.level == "design"
        return _Weights(mark, promisable, self.promises.get(rule.code, {}), self.accepted.get(rule.code, {}))


class _Seen(NamedTuple):
    """All that the findings of one rule follow from."""

    document: Document
    today: str
    weights: _Weights


class _Found(NamedTuple):
    """What a rule hit in one row, and the findings made of that."""

    hits: tuple[Hit, ...]
    findings: tuple[Finding, ...]


class _Memory:
    """One rule with what it saw last, and what it found then: by row, and in their order."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._seen: _Seen | None = None
        self._changed: frozenset[str] = frozenset()
        self._by_row: dict[str, _Found] = {}
        self._findings: tuple[Finding, ...] = ()

    def findings(self, document: Document, standing: _Standing, changed: frozenset[str]) -> tuple[Finding, ...]:
        """What the rule finds in a document. `changed` are the kinds whose rows are not what they were when this was
        last asked; a rule that does not weigh at this stage looks at them when it does."""
        self._changed |= changed
        weights = standing.weights(self.rule)
        if weights.mark.severity is None:
            return ()
        last, self._seen = self._seen, _Seen(document, standing.today, weights)
        if last is None or not self._is_same(last, self._seen):
            try:
                self._check(last, self._seen)
            except Exception as error:
                # A rule that fails must not take the others with it; the log names no content.
                _log.error("rule %s failed: %s", self.rule.code, type(error).__name__)
                self._seen, self._by_row, self._findings = None, {}, (_broken(self.rule),)
        self._changed = frozenset()
        return self._findings

    def _is_same(self, last: _Seen, seen: _Seen) -> bool:
        return last.today == seen.today and last.weights == seen.weights and self._changed.isdisjoint(self.rule.kinds)

    def _check(self, last: _Seen | None, seen: _Seen) -> None:
        """Check what is not known to be as it was, and weigh what was found."""
        rule, (document, today, weights) = self.rule, seen
        # Whether an acceptance still stands depends on the names of today as well.
        weighs_the_same = last is not None and last.weights == weights and not weights.accepted
        known = self._by_row if weighs_the_same else {}
        again = rule.again(last.document, document) if last is not None and last.today == today else None
        found = rule.hits_by_row(document, today, again)
        if again is not None:
            if weighs_the_same and not found and self._by_row.keys().isdisjoint(again):
                return  # Nothing was found in the rows that were checked again, and nothing is.
            found |= {id: each.hits for id, each in self._by_row.items() if id not in again}
        self._by_row = {
            id: known[id]
            if id in known and known[id].hits == hits
            else _Found(hits, tuple(_finding(document, rule, hit, weights) for hit in hits))
            for id, hits in found.items()
        }
        if rule.over is None:
            order = list(found)
        else:
            rows = document.table(rule.over.spec.kind).by_id
            order = sorted(found, key=lambda id: (rows[id].rank, id))
        self._findings = tuple(finding for id in order for finding in self._by_row[id].findings)


def _changed_kinds(before: Document | None, after: Document) -> frozenset[str]:
    """The kinds whose rows are not what they were; none where there was nothing before."""
    if before is None or before is after:
        return frozenset()
    return frozenset(kind for kind in BY_KIND if before.table(kind) is not after.table(kind))


_MAY_REST = frozenset({accepted_risks_are_current.code, promises_are_kept.code, promises_count.code})


def _without_those_at_rest(document: Document, found: Sequence[Finding]) -> tuple[Finding, ...]:
    if all(finding.code not in _MAY_REST for finding in found):
        return tuple(found)
    open_points = {finding.key for finding in found}
    return tuple(finding for finding in found if not _is_at_rest(document, finding, open_points))


def _is_at_rest(document: Document, finding: Finding, open_points: Set[tuple[str, str]]) -> bool:
    """Whether it is about an accepted risk past its day that is no longer a risk, or about a promise whose point is
    answered: what was accepted or promised is gone."""
    if finding.code == accepted_risks_are_current.code:
        risk = document.get(AcceptedRisk, finding.subject)
        return risk is not None and (risk.code, risk.subject) not in open_points
    if finding.code in _MAY_REST:
        made = document.get(Commitment, finding.subject)
        return made is not None and promise.is_answered(made, open_points)
    return False


def _finding(document: Document, rule: Rule, hit: Hit, weights: _Weights) -> Finding:
    severity, accepted = weights.mark.severity, ""
    assert severity is not None
    committed = weights.promises.get(hit.subject, "")
    eased = weights.promisable and bool(committed)
    if eased:
        severity = Severity.WARNING
    risk = weights.accepted.get(hit.subject)
    if risk is not None and severity is Severity.WARNING and is_the_same(document, risk, hit.detail):
        accepted = risk.id
    return Finding(
        code=rule.code,
        severity=severity,
        question=hit.question or rule.question,
        detail=hit.detail,
        why=rule.why,
        source=rule.source,
        weak=rule.weak,
        better=rule.better,
        step=rule.step,
        subject=hit.subject,
        field=hit.field,
        answer=hit.answer,
        ids=rule.ids,
        accepted=accepted,
        committed=committed,
        eased=eased,
    )


def _broken(rule: Rule) -> Finding:
    return Finding(
        code=BROKEN,
        severity=Severity.WARNING,
        question=msg("Which rule could not be checked?"),
        detail=msg("Rule {code} failed and was left out; the others were checked.", code=rule.code),
        why=msg("What was not checked is not known to hold."),
        source="",
        weak=msg("No finding, so it is fine."),
        better=msg("Check it by eye, and tell the makers of the program."),
        step=rule.step,
        subject=rule.code,
    )
