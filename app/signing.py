"""Signing as people do it: with what blocks counted, and what the map implied kept beside the signature."""

from __future__ import annotations

import json

from app.edits import Edit
from app.messages import words
from app.model.document import Document
from app.model.ids import Mint
from app.policy.raci import matrix
from app.revisions import signoff
from app.rules.catalogue import CATALOGUE_VERSION
from app.rules.check import Checker
from app.rules.finding import Context, Finding


def sign(
    document: Document,
    level: str,
    seat: str,
    name: str,
    *,
    drawing: str = "",
    now: str = "",
    key: signoff.Sealing | None = None,
) -> Edit:
    """The edit that signs a seat at this moment, sealed where a key is given; refused while something blocks it."""
    findings = Checker().findings(document, Context(now or Mint().moment(), level))
    blocking = sum(finding.blocks for finding in findings)
    return signoff.sign(level, seat, name, blocking, implied(document, findings), drawing, key)


def implied(document: Document, findings: tuple[Finding, ...]) -> str:
    """Findings, derived RACI and catalogue version as they stand, as JSON: what the revision keeps."""
    kept = {
        "catalogue": CATALOGUE_VERSION,
        "findings": [
            {"code": f.code, "subject": f.subject, "severity": f.severity.value, "said": words(f.detail)}
            for f in findings
        ],
        "raci": {row.key: dict(row.letters) for row in matrix(document).rows},
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)
