"""Signing as people do it: with what blocks counted, and what the map implied and the past kept beside it."""

from __future__ import annotations

import json

from app import keys
from app.edits import Edit
from app.errors import AppError
from app.interchange import Project
from app.messages import msg, number_of, words
from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.ids import Mint
from app.policy.raci import matrix
from app.revisions import signoff
from app.revisions.past import KEPT_AS, past
from app.revisions.proof import left_fault
from app.rules.catalogue import CATALOGUE_VERSION
from app.rules.check import Checker, unchecked
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
    """The edit that signs a seat at this moment, sealed where a key is given; refused while something blocks it.

    Raises AppError when what was left of an earlier sign-off after an erasure was changed; when a rule could not be
    checked: nobody knows whether it would block; and when the key is known as
    another person's, or is not the one that is known for the name.
    """
    if (fault := left_fault(project)) is not None:
        raise signoff.on_top_of(fault)
    findings = Checker().findings(project.document, Context(now or Mint().moment(), level))
    if failed := unchecked(findings):
        raise AppError(
            number_of(
                len(failed),
                "1 rule could not be checked, so nobody knows whether it blocks: {codes}.",
                "{count} rules could not be checked, so nobody knows whether they block: {codes}.",
                codes=", ".join(finding.subject for finding in failed),
            ),
            msg("Please report it to the makers of the program, and sign once every rule can be checked."),
        )
    blocking = sum(finding.blocks for finding in findings)
    signed = signoff.sign(level, seat, name, blocking, implied(project, findings), drawing, key)

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        # What the map refuses, such as the name of somebody else, is said before what the list of keys does.
        made = signed(document, mint)
        keys.refuse_to_seal(name, key.public if key is not None else "")
        return made

    return edit


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
