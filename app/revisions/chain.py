"""The sign-off chain: each signature and each withdrawal is bound to the entries before it (platform.md's table of
attacks says what that proves, and what only a key or a receipt in other hands does).

An entry is SHA-256, in hex, over a domain prefix and canonical bytes (RFC 8785) of what it says and of the hashes
that it follows. It follows the heads: the entries that nothing follows yet. That is one, unless copies that were signed
apart were united; the next entry then binds them all.

Signatures and withdrawals of file versions 1 and 2 carry no entry. Theirs is computed, one after the other in the order
of their moments, and the first bound entry follows the last of them: what is put in among them later does not fit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from app.interchange import canonical
from app.keys import seal_fits
from app.messages import Message, msg
from app.model.codes import code_of, same_code
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.row import with_fields

SCHEMA_VERSION = 3
"""The version of the project file that new entries are made in; the one that app.store writes."""

ENTRY_DOMAIN = b"ownermap/signoff-entry/1\0"
WITHDRAWAL_DOMAIN = b"ownermap/signoff-withdrawal/1\0"
UNBOUND_DOMAIN = b"ownermap/signoff-unbound/1\0"
FROZEN_DOMAIN = b"ownermap/signoff-frozen/1\0"
SEAL_DOMAIN = b"ownermap/signoff-seal/1\0"
RECEIPT_DOMAIN = b"ownermap/signoff-receipt/1\0"

_MOST_UNITED = 40
"""Entries up to which a receipt is also looked for among any two or three that may once have been heads together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `bound` is false for one of file versions 1 and 2, whose hash is computed and not stored."""

    digest: str
    previous: tuple[str, ...]
    row: Signature | Revision
    bound: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A receipt that this project holds: how many entries there were then, and how many came since."""

    count: int
    since: int


# --- making entries ------------------------------------------------------------------------------------------


def bound(document: Document, revision: Revision, signature: Signature) -> Signature:
    """The signature as the next entry: it follows the heads of the document."""
    following = with_fields(
        signature, {"schema": SCHEMA_VERSION, "frozen": frozen_digest(revision), "previous": heads(document)}
    )
    return with_fields(following, {"entry": signature_digest(document.project_id, revision, following)})


def bound_withdrawal(document: Document, revision: Revision) -> Revision:
    """The withdrawn revision as the next entry."""
    following = with_fields(revision, {"withdrawn_after": heads(document)})
    return with_fields(following, {"withdrawn_entry": withdrawal_digest(document.project_id, following)})


def seal_message(entry: str) -> bytes:
    """What a key seals: the entry's hash, with a prefix of its own."""
    return SEAL_DOMAIN + bytes.fromhex(entry)


def signature_digest(project_id: str, revision: Revision, signature: Signature) -> str:
    """The hash of a signature that follows `signature.previous`."""
    content = {
        "id": signature.id,
        "project": project_id,
        "digest": revision.digest,
        "fingerprint": signature.fingerprint,
        "frozen": signature.frozen,
        "schema": signature.schema,
        "person": signature.signer,
        "name": signature.name,
        "seat": signature.seat,
        "level": signature.level,
        "meaning": signature.meaning,
        "at": signature.signed_at,
        "drawing": hashlib.sha256(signature.drawing.encode()).hexdigest(),
        "key": signature.key,
        "previous": list(signature.previous),
    }
    return _hash(ENTRY_DOMAIN, content)


def withdrawal_digest(project_id: str, revision: Revision) -> str:
    """The hash of a withdrawal that follows `revision.withdrawn_after`."""
    content = {**_withdrawal(revision), "project": project_id, "previous": list(revision.withdrawn_after)}
    return _hash(WITHDRAWAL_DOMAIN, content)


def frozen_digest(revision: Revision) -> str:
    """The hash of what a revision keeps beside its decisions: number, moment, findings and RACI as they stood."""
    content = {
        "id": revision.id,
        "number": revision.number,
        "at": revision.frozen_at,
        "catalogue": revision.catalogue,
        "implied": revision.implied,
    }
    return _hash(FROZEN_DOMAIN, content)


# --- the chain of a document ---------------------------------------------------------------------------------


def entries(document: Document) -> tuple[Entry, ...]:
    """Every entry, those of file versions 1 and 2 first."""
    signatures, withdrawn = document.rows(Signature), [r for r in document.rows(Revision) if r.withdrawn_at]
    found = list(_unbound(document))
    found += [Entry(s.entry, s.previous, s, True) for s in signatures if s.entry]
    found += [Entry(r.withdrawn_entry, r.withdrawn_after, r, True) for r in withdrawn if r.withdrawn_entry]
    return tuple(found)


def heads(document: Document) -> tuple[str, ...]:
    """The hashes of the entries that nothing follows, sorted; none while nobody has signed."""
    every = entries(document)
    followed = {digest for entry in every for digest in entry.previous}
    return tuple(sorted({entry.digest for entry in every} - followed))


def receipt(document: Document) -> str:
    """The code that stands for the whole chain, to be kept outside the project; "" while nobody has signed."""
    at_hand = heads(document)
    return receipt_of(document.project_id, at_hand) if at_hand else ""


def receipt_of(project_id: str, at_hand: Iterable[str]) -> str:
    """The receipt of a chain with these heads, in four groups of five."""
    content = {"project": project_id, "heads": sorted(at_hand)}
    return code_of(hashlib.sha256(RECEIPT_DOMAIN + canonical(content)).digest(), 5)


def find_receipt(document: Document, code: str) -> Held | None:
    """Whether the chain is, or once was, in the state that a receipt stands for; None when it never was.

    Raises AppError (wrong usage) for what is no code at all.
    """
    every = entries(document)
    follows = {entry.digest: entry.previous for entry in every}
    for at_hand in _states(document, every):
        if same_code(receipt_of(document.project_id, at_hand), code):
            count = len(_reached(at_hand, follows))
            return Held(count, len(follows) - count)
    return None


def _states(document: Document, every: tuple[Entry, ...]) -> Iterator[tuple[str, ...]]:
    """The heads as they are, and all that they may have been: what each entry followed, and each entry alone."""
    yield heads(document)
    for entry in every:
        yield (entry.digest,)
        yield entry.previous
    if len(every) <= _MOST_UNITED:
        for size in (2, 3):
            yield from combinations(sorted(entry.digest for entry in every), size)


def _reached(at_hand: Iterable[str], follows: dict[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = list(at_hand)
    while waiting:
        digest = waiting.pop()
        if digest not in found and digest in follows:
            found.add(digest)
            waiting += follows[digest]
    return found


# --- checking ------------------------------------------------------------------------------------------------


def faults(document: Document) -> Iterator[Message]:
    """What in the chain does not hold when everything is computed anew."""
    every = entries(document)
    revisions = {revision.id: revision for revision in document.rows(Revision)}
    frozen = {frozen_digest(revision): revision.id for revision in revisions.values()}
    known = {entry.digest for entry in every}
    for entry in every:
        if not set(entry.previous) <= known:
            yield msg("{entry} follows one that is gone or was changed.", entry=_called(entry.row))
        if isinstance(entry.row, Revision):
            if entry.row.erased is not None:
                continue
            if entry.bound and entry.digest != withdrawal_digest(document.project_id, entry.row):
                yield msg("{entry} was changed afterwards.", entry=_called(entry.row))
        elif entry.bound and entry.row.revision in revisions:
            yield from _signature_faults(document, revisions[entry.row.revision], entry.row, frozen)
    yield from _unbound_faults(every)
    if any(entry.bound for entry in every):
        yield from _revision_faults(document, revisions, frozen)


def _is_hash(text: str) -> bool:
    return len(text) == 64 and all(digit in "0123456789abcdef" for digit in text)


def _is_sealed(signature: Signature) -> bool:
    return seal_fits(signature.key, signature.seal, seal_message(signature.entry))


def _signature_faults(
    document: Document, revision: Revision, signature: Signature, frozen: dict[str, str]
) -> Iterator[Message]:
    called = _called(signature)
    if signature.erased is None and signature.entry != signature_digest(document.project_id, revision, signature):
        yield msg("{entry} was changed afterwards.", entry=called)
    elif bool(signature.key) != bool(signature.seal):
        yield msg("{entry} has a key without a seal, or a seal without a key.", entry=called)
    elif signature.key and not (_is_hash(signature.entry) and _is_sealed(signature)):
        yield msg("{entry} was not sealed with the key that it names.", entry=called)
    if signature.person not in (None, signature.signer):
        yield msg("{entry} points to another person than the one who signed.", entry=called)
    # A copy that was signed apart may have frozen the same decisions by itself; then neither revision here is its own.
    if frozen.get(signature.frozen, revision.id) != revision.id:
        yield msg("{entry} was moved to another revision.", entry=called)


def _unbound_faults(every: tuple[Entry, ...]) -> Iterator[Message]:
    last = next((entry for entry in reversed(every) if not entry.bound), None)
    others = [entry for entry in every if entry.bound]
    if last is not None and others and not any(last.digest in entry.previous for entry in others):
        yield msg("{entry} is not bound to those after it: it was put in or changed later.", entry=_called(last.row))


def _revision_faults(document: Document, revisions: dict[str, Revision], frozen: dict[str, str]) -> Iterator[Message]:
    of_revision: dict[str, list[Signature]] = {row_id: [] for row_id in revisions}
    for signature in document.rows(Signature):
        of_revision.get(signature.revision or "", []).append(signature)
    for row_id, found in of_revision.items():
        number = revisions[row_id].number or 0
        if not found:
            yield msg("Revision {number} is there without any of its signatures.", number=number)
        elif revisions[row_id].erased is not None:
            continue
        elif all(each.entry for each in found) and not any(frozen.get(each.frozen) == row_id for each in found):
            yield msg("What revision {number} kept beside its decisions was changed.", number=number)


def erasures(document: Document) -> Iterator[Message]:
    """Each entry and each revision from which names were taken out. Their hashes bind them as before, to each other and
    to a receipt; that nothing but names was taken out of them, nobody can compute any more."""
    for revision in document.rows(Revision):
        if revision.erased is not None:
            called = msg("What revision {number} kept", number=revision.number or 0)
            yield _erased(called, revision.erased)
    for signature in document.rows(Signature):
        if signature.erased is not None:
            yield _erased(_called(signature), signature.erased)


def is_erased(document: Document, revision: Revision) -> bool:
    """Whether names were taken out of a revision or of one of its signatures."""
    signatures = (row for row in document.rows(Signature) if row.revision == revision.id)
    return revision.erased is not None or any(row.erased is not None for row in signatures)


def _erased(called: Message, places: int) -> Message:
    if not places:
        return msg("{entry}: its hash was kept when names were taken out of entries before it.", entry=called)
    return msg("{entry}: names were taken out, in places: {count}.", entry=called, count=places)


# --- parts ---------------------------------------------------------------------------------------------------


def _unbound(document: Document) -> Iterator[Entry]:
    """The entries of file versions 1 and 2, each following the one before it in time."""
    revisions = {revision.id: revision for revision in document.rows(Revision)}
    rows: list[tuple[str, str, Signature | Revision]] = [
        (row.signed_at, row.id, row) for row in document.rows(Signature) if not row.entry
    ]
    rows += [(r.withdrawn_at, r.id, r) for r in revisions.values() if r.withdrawn_at and not r.withdrawn_entry]
    previous: tuple[str, ...] = ()
    for _, _, row in sorted(rows, key=lambda each: each[:2]):
        content = _withdrawal(row) if isinstance(row, Revision) else _signed(row, revisions.get(row.revision or ""))
        digest = _hash(UNBOUND_DOMAIN, {**content, "project": document.project_id, "previous": list(previous)})
        yield Entry(digest, previous, row, False)
        previous = (digest,)


def _signed(signature: Signature, revision: Revision | None) -> dict[str, Any]:
    """What a signature without an entry says."""
    return {
        "id": signature.id,
        "fingerprint": signature.fingerprint,
        "frozen": frozen_digest(revision) if revision else "",
        "name": signature.name,
        "seat": signature.seat,
        "level": signature.level,
        "at": signature.signed_at,
        "drawing": hashlib.sha256(signature.drawing.encode()).hexdigest(),
    }


def _withdrawal(revision: Revision) -> dict[str, Any]:
    return {
        "revision": revision.id,
        "fingerprint": revision.fingerprint,
        "at": revision.withdrawn_at,
        "by": revision.withdrawn_by,
        "why": revision.withdrawn_why,
    }


def _called(row: Signature | Revision) -> Message:
    if isinstance(row, Signature):
        return msg("The signature of {name}", name=row.name)
    return msg("The withdrawal of revision {number}", number=row.number or 0)


def _hash(domain: bytes, content: dict[str, Any]) -> str:
    return hashlib.sha256(domain + canonical(content)).hexdigest()
