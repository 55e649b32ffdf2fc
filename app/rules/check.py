"""Running the catalogue: findings in order, worked out again only where something that a rule reads has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.messages import msg, words
from app.model.commit import AcceptedRisk, Commitment
from app.model.document import Document, Table, targets_of
from app.model.fields import clean_text, fields_of
from app.model.room import Agent, Person
from app.model.row import Row
from app.rules.catalogue import CATALOGUE
from app.rules.finding import ORDER, Context, Finding, Severity
from app.rules.questions import Question, questions
from app.rules.rule import Hit, Rule
from app.rules.severity import Mark

__all__ = ["Checker", "Question", "blocking", "questions", "said"]

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

    def findings(self, document: Document, context: Context) -> tuple[Finding, ...]:
        """Every finding: blockers first, then warnings, then advice, each in the order of the steps.

        The level and the day of the context count, not its hour. A rule that fails is a warning of its own, never
        the end.
        """
        standing = _Standing.of(document, context)
        by_severity: dict[Severity, list[Finding]] = {severity: [] for severity in ORDER}
        for memory in self._memories:
            for finding in memory.findings(document, standing):
                by_severity[finding.severity].append(finding)
        return tuple(finding for severity in ORDER for finding in by_severity[severity])


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop sign-off."""
    return tuple(finding for finding in findings if finding.blocks)


def said(finding: Finding) -> str:
    """What a finding says, as an accepted risk keeps it in `saw`."""
    return _said(words(finding.detail))


# --- one rule and what it found --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Weights:
    """What turns the hits of one rule into findings: its mark at the stage, whether a promise is enough, and by
    subject the promises and the acceptances that stand."""

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
        today = context.today
        promises: dict[str, dict[str, str]] = {}
        for promise in document.rows(Commitment):
            if promise.code and promise.by_when >= today and document.get(Person, promise.who) is not None:
                promises.setdefault(promise.code, {})[promise.subject] = promise.id
        accepted: dict[str, dict[str, AcceptedRisk]] = {}
        for risk in document.rows(AcceptedRisk):
            if risk.expiry >= today and document.get(Person, risk.who) is not None:
                accepted.setdefault(risk.code, {})[risk.subject] = risk
        return cls(document.only(Agent).stage or "1a", context.level, today, promises, accepted)

    def weights(self, rule: Rule) -> _Weights:
        mark = rule.marks[self.stage]
        promisable = mark.promise and self.level == "design"
        return _Weights(mark, promisable, self.promises.get(rule.code, {}), self.accepted.get(rule.code, {}))


class _Seen(NamedTuple):
    """All that the findings of one rule follow from: how it weighs, what it reads of the whole map, the rows that it
    is about, and the rows that refer to those."""

    weights: _Weights
    read: tuple[object, ...]
    over: Table | None
    about: tuple[Table, ...]


class _Memory:
    """One rule with what it saw last, and by row what it hit there and the findings made of that."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._seen: _Seen | None = None
        self._by_row: dict[str, tuple[tuple[Hit, ...], tuple[Finding, ...]]] = {}
        self._found: tuple[Finding, ...] = ()

    def findings(self, document: Document, standing: _Standing) -> tuple[Finding, ...]:
        rule = self.rule
        weights = standing.weights(rule)
        if weights.mark.severity is None:
            return ()
        seen = _Seen(
            weights,
            (*rule.read(document), standing.today),
            document.table(rule.over.spec.kind) if rule.over else None,
            tuple(document.table(kind.spec.kind) for kind in rule.about),
        )
        if seen == self._seen:
            return self._found
        try:
            self._check(document, standing.today, seen)
        except Exception as error:
            # A rule that fails must not take the others with it; the log names no content.
            _log.error("rule %s failed: %s", rule.code, type(error).__name__)
            self._by_row = {}
            self._found = (_broken(rule),)
        self._seen = seen
        return self._found

    def _check(self, document: Document, today: str, seen: _Seen) -> None:
        """Check what is not known to be as it was. A rule about the whole map has no row."""
        rule, last = self.rule, self._seen
        known = self._by_row if last is not None and last.weights == seen.weights else {}
        checked = {}
        rows: Iterable[Row | None] = seen.over.ordered if seen.over is not None else (None,)
        again: frozenset[str] | None = None
        in_place = False
        if known and last is not None and last.over is not None and seen.over is not None and last.read == seen.read:
            again = _changed(last.over, seen.over).union(*map(_pointed_at, last.about, seen.about))
            in_place = _same_places(last.over, seen.over)
            if in_place:
                rows, checked = filter(None, map(seen.over.by_id.get, again)), dict(known)
        for row in rows:
            key = row.id if row else ""
            found = known.get(key)
            if found is None or again is None or key in again:
                hits = tuple(rule.check(row, document, today) if row else rule.check(document, today))
                if found is None or hits != found[0]:
                    found = hits, tuple(_finding(rule, hit, seen.weights) for hit in hits)
            checked[key] = found
        if not in_place or checked != known:
            self._found = tuple(finding for _, found in checked.values() for finding in found)
        self._by_row = checked


@lru_cache(maxsize=16)
def _changed(before: Table, after: Table) -> frozenset[str]:
    """The ids of the rows that came, went, or have another state."""
    if before is after:
        return frozenset()
    ids = before.by_id.keys() | after.by_id.keys()
    return frozenset(id for id in ids if before.by_id.get(id) is not after.by_id.get(id))


@lru_cache(maxsize=16)
def _same_places(before: Table, after: Table) -> bool:
    """Whether the same rows stand in the same order."""
    return [row.id for row in before.ordered] == [row.id for row in after.ordered]


@lru_cache(maxsize=16)
def _pointed_at(before: Table, after: Table) -> frozenset[str]:
    """The ids that a changed row refers to, or did."""
    states = (table.by_id[id] for id in _changed(before, after) for table in (before, after) if id in table.by_id)
    return frozenset(
        target
        for row in states
        for name, field in fields_of(type(row)).items()
        if field.is_reference
        for target in targets_of(row, name)
    )


def _finding(rule: Rule, hit: Hit, weights: _Weights) -> Finding:
    severity, committed, accepted = weights.mark.severity, "", ""
    assert severity is not None
    if weights.promisable and hit.subject in weights.promises:
        severity, committed = Severity.WARNING, weights.promises[hit.subject]
    risk = weights.accepted.get(hit.subject)
    if risk is not None and severity is Severity.WARNING and risk.saw == _said(words(hit.detail)):
        accepted = risk.id
    return Finding(
        code=rule.code,
        severity=severity,
        question=rule.question,
        detail=hit.detail,
        why=rule.why,
        source=rule.source,
        weak=rule.weak,
        better=rule.better,
        step=rule.step,
        subject=hit.subject,
        field=hit.field,
        ids=rule.ids,
        accepted=accepted,
        committed=committed,
    )


def _said(sentence: str) -> str:
    return clean_text(sentence, lines=False)[: fields_of(AcceptedRisk)["saw"].limit]


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
