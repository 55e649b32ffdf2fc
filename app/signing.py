"""Signing as people do it: with what blocks counted, and what the map implied and the past kept beside it."""

from __future__ import annotations

import json

from app.edits import Edit
from app.interchange import Project
from app.messages import words
from app.model.ids import Mint
from app.policy.raci import matrix
from app.revisions import signoff
from app.revisions.past import KEPT_AS, past
from app.rules.catalogue import CATALOGUE_VERSION
from app.rules.check import Checker
from app.rules.finding import Context, Finding


def sign(
    project: Project,
    level: str,
    seat: str,
    name: str,
    *,
    drawing: str = "",
    now: str = "",
    key: signoff.Sealing | None = None,
) -> Edit:
    """The edit that signs a seat at this moment, sealed where a key is given; refused while something blocks it."""
    findings = Checker().findings(project.document, Context(now or Mint().moment(), level))
    blocking = sum(finding.blocks for finding in findings)
    return signoff.sign(level, seat, name, blocking, implied(project, findings), drawing, key)


def implied(project: Project, findings: tuple[Finding, ...]) -> str:
    """Findings, derived RACI, catalogue version and the past as they stand, as JSON: what the revision keeps."""
    document = project.document
    kept = {
        KEPT_AS: past(document, project.log).plain(),
        "catalogue": CATALOGUE_VERSION,
        "findings": [
            {"code": f.code, "subject": f.subject, "severity": f.severity.value, "said": words(f.detail)}
            for f in findings
        ],
        "raci": {row.key: dict(row.letters) for row in matrix(document).rows},
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)
