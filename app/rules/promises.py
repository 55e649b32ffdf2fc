"""What stands beside a finding: who accepted it, who promised to answer it, and where a promise is enough for design
sign-off (the "c" of domain.md 1.13)."""

from __future__ import annotations

from collections.abc import Iterable

from app.messages import Message, msg
from app.model.commit import AcceptedRisk, Commitment
from app.model.document import Document
from app.model.room import Agent
from app.policy.days import in_words
from app.policy.promise import is_answered
from app.rules.catalogue import CATALOGUE
from app.rules.check import BROKEN
from app.rules.finding import Finding

_MARKS = {rule.code: rule.marks for rule in CATALOGUE}


def kept(document: Document, findings: Iterable[Finding]) -> frozenset[str]:
    """The ids of the promises to answer a point that is open no more, whether or not somebody marked them as done.

    Nothing is known of a rule that failed, so what was promised about it is not kept.
    """
    found = tuple(findings)
    open_points = {finding.key for finding in found}
    unknown = {finding.subject for finding in found if finding.code == BROKEN}
    return frozenset(
        row.id for row in document.rows(Commitment) if row.code not in unknown and is_answered(row, open_points)
    )


def may_be_promised(document: Document, finding: Finding) -> bool:
    """Whether a promise would do for this finding at the agent's stage, and none stands for it yet."""
    marks = _MARKS.get(finding.code)
    stage = document.only(Agent).stage or "1a"
    return marks is not None and marks[stage].promise and not finding.committed


def standing(document: Document, finding: Finding) -> tuple[Message, ...]:
    """Who accepted a finding and who promised to answer it, each with the day until which that holds; and who said that
    it was done, where it is open all the same."""
    said = []
    risk = document.get(AcceptedRisk, finding.accepted)
    if risk is not None:
        name = document.called(risk.who)
        said.append(msg("accepted by {name} until {day}", name=name, day=in_words(risk.expiry)))
    commitment = document.get(Commitment, finding.committed)
    if commitment is not None:
        name = document.called(commitment.who)
        said.append(msg("promised by {name} until {day}", name=name, day=in_words(commitment.by_when)))
    for done in document.rows(Commitment):
        if (done.code, done.subject) == finding.key and done.done_on and not finding.committed:
            name, day = document.called(done.who), in_words(done.done_on)
            said.append(msg("promised by {name} and marked as done on {day}, yet still open", name=name, day=day))
    return tuple(said)
