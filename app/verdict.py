"""What `verify` answers: one of four, with what stands behind it beneath. Never a bare yes.

It proves that this content is what was signed, in this order. It does not prove who held the keyboard, the true time,
or that anything was read; whether signatures were dropped shows only against a receipt kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from app import keys
from app.errors import NO, AppError
from app.messages import Message, msg, words
from app.model import vocabulary as v
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.room import Agent
from app.report.display import moment_words
from app.revisions import chain
from app.revisions.differences import decisions_of, since
from app.revisions.digest import short
from app.showing import difference_lines

MOST_DIFFERENCES = 40
"""Differences that are listed beneath an answer; `ownermap diff` lists them all."""


class Outcome(StrEnum):
    """The four answers."""

    KNOWN = "unchanged, signed with known keys"
    UNKNOWN = "unchanged, with an unknown key or none"
    CHANGED = "changed since sign-off"
    CANNOT = "cannot verify"


HEADLINES = {
    Outcome.KNOWN: "Unchanged and signed with known keys",
    Outcome.UNKNOWN: "Unchanged, with an unknown key or none",
    Outcome.CHANGED: "Changed since sign-off",
    Outcome.CANNOT: "Cannot verify",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one file. `why` says it in a sentence, `beneath` lists signatures or differences, a line each;
    `code` is the exit code: 0 unchanged, 1 the answer is no, 3 unreadable."""

    path: Path
    outcome: Outcome
    why: Message
    beneath: tuple[str, ...] = ()
    code: int = NO

    @property
    def answer(self) -> Message:
        return msg("{answer}: {why}", answer=msg(HEADLINES[self.outcome]), why=self.why)

    def as_plain(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "path": str(self.path),
            "outcome": self.outcome.value,
            "code": self.code,
            "why": words(self.why),
            "beneath": list(self.beneath),
        }

    def with_lines(self, lines: Iterable[str]) -> Verdict:
        """The same answer, with more beneath it."""
        return replace(self, beneath=(*self.beneath, *lines))


def changed(path: Path, why: Message, lines: Iterable[str] = ()) -> Verdict:
    """It is not what was signed."""
    return Verdict(path, Outcome.CHANGED, why, tuple(lines))


def cannot(path: Path, why: Message) -> Verdict:
    """There is nothing signed to compare with."""
    return Verdict(path, Outcome.CANNOT, why)


def unreadable(path: Path, fault: AppError) -> Verdict:
    """It could not be read."""
    return Verdict(path, Outcome.CANNOT, msg("{why}", why=str(fault)), code=fault.exit_code)


def erased(path: Path, document: Document, revision: Revision) -> Verdict:
    """Names were taken out of what was signed: what its hashes still bind, and what nobody can compute any more."""
    why = msg("erased: names were taken out of revision {number} after it was signed.", number=revision.number or 0)
    count = sum(1 for _ in chain.entries(document))
    lines = (
        msg(
            "Still holds: fingerprint {fingerprint} follows from its content digest and the one before it, and the "
            "{count} entries of the sign-off follow each other, as a receipt shows.",
            fingerprint=short(revision.fingerprint),
            count=count,
        ),
        msg(
            "Cannot be shown from this file: that nothing but names was taken out. A copy from before shows it "
            "(ownermap verify FILE COPY); or sign the decisions as they stand."
        ),
    )
    return Verdict(path, Outcome.CANNOT, why, tuple(map(words, lines)))


def unchanged(path: Path, document: Document, revision: Revision, why: Message) -> Verdict:
    """It is what was signed: with known keys only if every signature of the revision was sealed with one."""
    found = [signature for signature in document.rows(Signature) if signature.revision == revision.id]
    zone = document.only(Agent).time_zone
    lines = tuple(_signature_line(signature, zone) for signature in found)
    open_ = [signature for signature in found if not _has_known_key(signature)]
    if not open_:
        return Verdict(path, Outcome.KNOWN, why, lines, 0)
    seats = ", ".join(dict.fromkeys(_seat(signature) for signature in open_))
    said = msg("{why} No known key for: {seats}.", why=why, seats=seats)
    return Verdict(path, Outcome.UNKNOWN, said, lines, 0)


def differences(revision: Revision, document: Document) -> tuple[str, ...]:
    """What differs from the decisions of a revision, row by row and field by field, in words."""
    found = since(revision, document)
    told = difference_lines(found, decisions_of(revision, document.project_id), document).splitlines()
    left = len(told) - MOST_DIFFERENCES
    rest = (words(msg("… and {count} more; see: ownermap diff.", count=left)),) if left > 0 else ()
    return (*told[:MOST_DIFFERENCES], *rest)


def receipt_line(document: Document, code: str) -> str:
    """What a receipt says of this project; "" where the project never held that state. Raises AppError for no code."""
    held = chain.find_receipt(document, code)
    if held is None:
        return ""
    if not held.since:
        return words(msg("The receipt is of the sign-off as it stands, after entry {count}.", count=held.count))
    said = msg(
        "The receipt is of an earlier state of this sign-off, after entry {count}; entries since: {since}.",
        count=held.count,
        since=held.since,
    )
    return words(said)


def key_words(signature: Signature) -> Message:
    """Whether a signature was sealed, with which key, and whether that key is known as its signer's."""
    expected = any(keys.same_name(name, signature.name) for name in keys.known())
    if signature.key:
        code = keys.fingerprint(signature.key)
        if keys.is_known(signature.name, signature.key):
            return msg("key {fingerprint}, known as theirs", fingerprint=code)
        if expected:
            return msg("key {fingerprint}, which is not the key known for this name", fingerprint=code)
        return msg("key {fingerprint}, not known here", fingerprint=code)
    if expected:
        return msg("no key, although one is known for this name")
    if not signature.entry:
        return msg("no key, made before signatures were bound to each other")
    return msg("no key")


def _has_known_key(signature: Signature) -> bool:
    return bool(signature.key) and keys.is_known(signature.name, signature.key)


def _signature_line(signature: Signature, zone: str) -> str:
    when = moment_words(signature.signed_at, zone)
    return f"{_seat(signature)}: {signature.name}, {when}, {words(key_words(signature))}"


def _seat(signature: Signature) -> str:
    return next((words(entry.label) for entry in v.SEATS if entry.value == signature.seat), signature.seat)
