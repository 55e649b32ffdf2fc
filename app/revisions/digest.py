"""The two hashes (architecture.md): over the decisions, and over the chain of what was signed."""

from __future__ import annotations

import hashlib
from typing import Any

from app.interchange import canonical
from app.model.document import Document
from app.model.fields import Scope, fields_of
from app.model.kinds import ALL
from app.model.row import Row, as_plain

DIGEST_DOMAIN = b"ownermap content digest 1\n"
FINGERPRINT_DOMAIN = b"ownermap revision fingerprint 1\n"


def decisions(document: Document) -> dict[str, list[dict[str, Any]]]:
    """The decisions as plain values: each row of a decision kind with the decision fields that are filled in.

    Empty values are left out, so that a field that a later version adds does not change an old digest.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for row_class in ALL:
        if row_class.spec.scope is not Scope.DECISION:
            continue
        rows = sorted(document.rows(row_class), key=lambda row: row.id)
        if rows:
            found[row_class.spec.kind] = [_decided(row) for row in rows]
    return {"project": [{"id": document.project_id}], **found}


def _decided(row: Row) -> dict[str, Any]:
    kept = {name: f for name, f in fields_of(type(row)).items() if f.scope is Scope.DECISION}
    plain = as_plain(row)
    filled = {n: plain[n] for n, f in kept.items() if row.value(n) != f.empty}
    return {"id": row.id, **({"rank": row.rank} if row.rank else {}), **filled}


def canonical_decisions(document: Document) -> bytes:
    """The canonical bytes (RFC 8785) of the decisions; about 50 ms for a large project, so never per edit."""
    return canonical(decisions(document))


def content_digest(document: Document) -> str:
    """SHA-256, in hex, over the canonical bytes of the decisions."""
    return digest_of(canonical_decisions(document))


def digest_of(content: bytes) -> str:
    """SHA-256, in hex, over canonical bytes of decisions."""
    return hashlib.sha256(DIGEST_DOMAIN + content).hexdigest()


def revision_fingerprint(digest: str, previous: str, level: str) -> str:
    """SHA-256, in hex, over a content digest, the fingerprint before it (or nothing) and the level."""
    data = canonical({"digest": digest, "level": level, "previous": previous})
    return hashlib.sha256(FINGERPRINT_DOMAIN + data).hexdigest()


def short(fingerprint: str) -> str:
    """The first twelve digits in groups of four, as people read them: `7c1e 40aa 9b3d`."""
    return " ".join(fingerprint[i : i + 4] for i in (0, 4, 8)) if fingerprint else ""
