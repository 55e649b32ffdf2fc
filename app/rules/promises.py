"""Which findings a dated commitment with a name may answer for design sign-off: the "c" of domain.md 1.13."""

from __future__ import annotations

from app.model.document import Document
from app.model.room import Agent
from app.rules.catalogue import CATALOGUE
from app.rules.finding import Finding

_MARKS = {rule.code: rule.marks for rule in CATALOGUE}


def may_be_promised(document: Document, finding: Finding) -> bool:
    """Whether a promise would do for this finding at the agent's stage, and none stands for it yet."""
    marks = _MARKS.get(finding.code)
    stage = document.only(Agent).stage or "1a"
    return marks is not None and marks[stage].promise and not finding.committed
