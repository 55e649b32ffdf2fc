"""Who has taken on the part that they hold: by saying so, or by signing in its seat (domain.md 0.12, 1.14).

Who signs as workflow owner has accepted to be it; nobody asks again. A signature speaks for its own seat alone: a role
that the same person holds is still theirs to accept.
"""

from __future__ import annotations

from typing import NamedTuple

from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.owners import OwnerAssignment, RoleAssignment
from app.policy.windows import day_at

ACCEPTED = "accepted"


class Answer(NamedTuple):
    """What the holder of a part says to it: one of `vocabulary.ACCEPTANCES` or "", the day, `2026-11-21` or "", and
    whether that was said by signing."""

    said: str
    on: str
    by_signature: bool = False


def answer_of(document: Document, part: OwnerAssignment | RoleAssignment) -> Answer:
    """What the holder of a part says to it. Their own word counts before a signature."""
    if part.accepted or not isinstance(part, OwnerAssignment) or part.person is None:
        return Answer(part.accepted, part.accepted_on)
    signed = min((row.signed_at for row in document.rows(Signature) if _is_theirs(document, part, row)), default="")
    return Answer(ACCEPTED, day_at(document, signed), by_signature=True) if signed else Answer("", "")


def _is_theirs(document: Document, part: OwnerAssignment, signature: Signature) -> bool:
    revision = document.get(Revision, signature.revision)
    stands = revision is not None and not revision.withdrawn_at
    return stands and (signature.seat, signature.person) == (part.type, part.person)
