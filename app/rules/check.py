"""Running the catalogue: findings in order, worked out again only where something that a rule reads has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.messages import msg, words
from app.model.commit import AcceptedRisk, Commitment
from app.model.document import Document, Table
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

    What a rule found stays true while the tables that it reads are the same objects, so after one edit only the
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


@dataclass(frozen=True)
class _Standing:
    """What turns a hit into a finding: the stage, the level, the day, and the promises and acceptances that stand.

    `key` changes exactly when any of these does.
    """

    stage: str
    level: str
    today: str
    promises: dict[tuple[str, str], str]
    accepted: dict[tuple[str, str], AcceptedRisk]
    key: tuple[object, ...]

    @classmethod
    def of(cls, document: Document, context: Context) -> _Standing:
        stage, today = document.only(Agent).stage or "1a", context.today
        promises = {
            (row.code, row.subject): row.id
            for row in document.rows(Commitment)
            if row.code and row.by_when >= today and document.get(Person, row.who) is not None
        }
        accepted = {
            (row.code, row.subject): row
            for row in document.rows(AcceptedRisk)
            if row.expiry >= today and document.get(Person, row.who) is not None
        }
        key = (stage, context.level, today, tuple(promises.items()), tuple(accepted.values()))
        return cls(stage, context.level, today, promises, accepted, key)


@dataclass
class _Memory:
    """One rule with what it found last, and what that depended on."""

    rule: Rule
    _key: tuple[object, ...] = ()
    _table: Table | None = None
    _found: tuple[Finding, ...] = ()
    _by_row: dict[str, tuple[Row, tuple[Finding, ...]]] = field(default_factory=dict)

    def findings(self, document: Document, standing: _Standing) -> tuple[Finding, ...]:
        mark = self.rule.marks[standing.stage]
        if mark.severity is None:
            return ()
        key = (*(document.table(kind.spec.kind) for kind in self.rule.reads), *standing.key)
        table = document.table(self.rule.over.spec.kind) if self.rule.over else None
        if key == self._key and table is self._table:
            return self._found
        try:
            if self.rule.over is None:
                self._found = tuple(self._weighed(self.rule.hits(document, standing.today), mark, standing))
            else:
                remembered = self._by_row if key == self._key else {}
                self._by_row = self._checked(document, mark, standing, remembered)
                self._found = tuple(finding for _, found in self._by_row.values() for finding in found)
        except Exception as error:
            # A rule that fails must not take the others with it; the log names no content.
            _log.error("rule %s failed: %s", self.rule.code, type(error).__name__)
            self._by_row = {}
            self._found = (_broken(self.rule),)
        self._key, self._table = key, table
        return self._found

    def _checked(
        self,
        document: Document,
        mark: Mark,
        standing: _Standing,
        remembered: dict[str, tuple[Row, tuple[Finding, ...]]],
    ) -> dict[str, tuple[Row, tuple[Finding, ...]]]:
        assert self.rule.over is not None
        checked = {}
        for row in document.rows(self.rule.over):
            known = remembered.get(row.id)
            if known is None or known[0] is not row:
                hits = self.rule.check(row, document, standing.today)
                known = (row, tuple(self._weighed(hits, mark, standing)))
            checked[row.id] = known
        return checked

    def _weighed(self, hits: Iterable[Hit], mark: Mark, standing: _Standing) -> Iterator[Finding]:
        rule = self.rule
        for hit in hits:
            severity, committed, accepted = mark.severity, "", ""
            assert severity is not None
            key = (rule.code, hit.subject)
            if mark.promise and standing.level == "design" and key in standing.promises:
                severity, committed = Severity.WARNING, standing.promises[key]
            risk = standing.accepted.get(key)
            if risk is not None and severity is Severity.WARNING and risk.saw == _said(words(hit.detail)):
                accepted = risk.id
            yield Finding(
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
