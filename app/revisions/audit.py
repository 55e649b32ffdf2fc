"""Whether the sign-off that is stored holds: everything in it computed anew, and what does not fit.

Whose keys are known is a matter of the computer at hand, and has no say here (app.verdict).
"""

from __future__ import annotations

from functools import lru_cache

from app.errors import AppError
from app.messages import Message, msg
from app.model.commit import Revision, Signature
from app.model.document import Document, Table
from app.revisions import chain
from app.revisions.differences import decisions_of
from app.revisions.digest import digest_of, revision_fingerprint
from app.revisions.seats import seat_fault


def audit(document: Document) -> tuple[Message, ...]:
    """What in the stored sign-off does not hold when everything is computed anew; empty when all of it does.

    What names were taken out of is not computed anew: `chain.erasures` says which entries these are.
    """
    return _audited(document.project_id, document.table(Revision.spec.kind), document.table(Signature.spec.kind))


def kept_digest(revision: Revision) -> str:
    """The digest of the decisions as the revision keeps them; that of the revision unless names were taken out."""
    return digest_of(revision.content.encode())


# Kept: only a signature or a revision changes it, and the window asks after each edit.
@lru_cache(maxsize=8)
def _audited(project_id: str, revisions: Table, signatures: Table) -> tuple[Message, ...]:
    document = Document(project_id, {Revision.spec.kind: revisions, Signature.spec.kind: signatures})
    faults: list[Message] = []
    fingerprints = {""}
    for revision in sorted(document.rows(Revision), key=lambda r: r.number or 0):
        number = revision.number or 0
        if revision.erased is None and kept_digest(revision) != revision.digest:
            faults.append(msg("The content kept with revision {number} was changed.", number=number))
        if revision.fingerprint != revision_fingerprint(revision.digest, revision.previous, revision.level):
            faults.append(msg("The fingerprint of revision {number} does not fit its content.", number=number))
        if revision.previous not in fingerprints:
            faults.append(msg("Revision {number} follows a revision that is not here.", number=number))
        fingerprints.add(revision.fingerprint)
        if (unread := _unread(revision, project_id)) is not None:
            faults.append(unread)
    by_id = {r.id: r for r in document.rows(Revision)}
    for signature in document.rows(Signature):
        signed = by_id.get(signature.revision or "")
        if signed is None or signature.fingerprint != signed.fingerprint or signature.level != signed.level:
            faults.append(msg("The signature of {name} does not fit the revision.", name=signature.name))
        elif (fault := seat_fault(signed, signature)) is not None:
            faults.append(fault)
    return (*faults, *chain.faults(document))


# Kept: reading what a large revision kept takes a tenth of a second, and each signature on it asks again.
@lru_cache(maxsize=64)
def _unread(revision: Revision, project_id: str) -> Message | None:
    try:
        decisions_of(revision, project_id)
    except AppError as unread:
        return unread.problem
    return None
