"""What `verify` answers: one of five, with what stands behind it beneath. Never a bare yes.

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
from app.model.changes import ChangeSet
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.room import Agent
from app.policy.names import signer_called
from app.report.display import moment_words
from app.revisions import chain
from app.revisions.differences import decisions_of, since
from app.revisions.digest import short
from app.revisions.proof import Proof
from app.revisions.seats import seat_called
from app.showing import difference_lines

MOST_DIFFERENCES = 40
"""Differences that are listed beneath an answer; `ownermap diff` lists them all."""


class Outcome(StrEnum):
    """The five answers. ERASED is for a revision that was signed after names had been taken out of earlier ones."""

    KNOWN = "unchanged, signed with known keys"
    UNKNOWN = "unchanged, with an unknown key or none"
    ERASED = "unchanged since names were taken out"
    CHANGED = "changed since sign-off"
    CANNOT = "cannot verify"


HEADLINES = {
    Outcome.KNOWN: "Unchanged and signed with known keys",
    Outcome.UNKNOWN: "Unchanged, with an unknown key or none",
    Outcome.ERASED: "Unchanged since names were taken out",
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


def erased(path: Path, document: Document, revision: Revision, *, noted: bool) -> Verdict:
    """Names were taken out of what was signed: what its hashes still bind, and what nobody can compute any more.

    `noted` says whether the history tells of an erasure, and so of what was left; else anybody may have done it.
    """
    why = msg("erased: names were taken out of revision {number} after it was signed.", number=revision.number or 0)
    count = sum(1 for _ in chain.entries(document))
    lines: tuple[Message, ...] = (
        msg(
            "Still holds: fingerprint {fingerprint} follows from its content digest and the one before it, and the "
            "entries of the sign-off ({count}) follow each other, as a receipt shows.",
            fingerprint=short(revision.fingerprint),
            count=count,
        ),
        msg(
            "Cannot be shown from this file: that nothing but names was taken out. A copy from before shows it "
            "(ownermap verify FILE COPY). Or sign anew, once somebody else is named for each seat that an erased "
            "person holds."
        ),
    )
    if not noted:
        lines = (
            *lines,
            msg("The history tells of no erasure: whoever had the file may have taken out, or put in, anything."),
        )
    return Verdict(path, Outcome.CANNOT, why, tuple(map(words, lines)))


def unchanged(path: Path, document: Document, revision: Revision, why: Message, proof: Proof) -> Verdict:
    """It is what was signed: with known keys only if every signature of the revision was sealed with one.

    Where a key is known for a name and another one, or none, was used, nobody can say that it was they who signed.
    Where names were taken out and no signature covers what is left, nobody can say what was there.
    """
    found = [signature for signature in document.rows(Signature) if signature.revision == revision.id]
    zone = document.only(Agent).time_zone
    lines = tuple(signature_line(document, signature, zone) for signature in found)
    without = [signature for signature in found if lacks_its_key(signature)]
    if without:
        lacking = [signature for signature in without if _has_a_key(signature.name)]
        borrowed = [signature for signature in without if signature not in lacking]
        if lacking:
            said = "{why} Not signed with the key that is known for them: {seats}."
            why = msg(said, why=why, seats=_seats(lacking))
        if borrowed:
            why = msg("{why} Signed with a key known as somebody else’s: {seats}.", why=why, seats=_seats(borrowed))
        return Verdict(path, Outcome.CANNOT, why, lines)
    open_ = [signature for signature in found if not _has_known_key(signature)]
    if open_:
        why = msg("{why} No known key for: {seats}.", why=why, seats=_seats(open_))
    if proof.erased is not None:
        why = msg("{why} {erased}", why=why, erased=proof.erased)
        if not proof.covered:
            return Verdict(path, Outcome.CANNOT, why, (*lines, words(_NEXT_COVERS)))
        return Verdict(path, Outcome.ERASED, why, lines, 0)
    return Verdict(path, Outcome.UNKNOWN if open_ else Outcome.KNOWN, why, lines, 0)


_NEXT_COVERS = msg("The next revision that is signed covers what is left.")


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


def signature_line(document: Document, signature: Signature, zone: str) -> str:
    """A signature in a line: the seat, who signed it, when, and with which key."""
    when = moment_words(signature.signed_at, zone)
    return f"{seat_called(signature.seat)}: {signer_called(document, signature)}, {when}, {words(key_words(signature))}"


def signature_lines(made: ChangeSet, document: Document) -> tuple[str, ...]:
    """The signatures that a change set adds to a project, a line each: who takes them over must see whose they are."""
    zone = document.only(Agent).time_zone
    added = (change.after for change in made.changes)
    return tuple(signature_line(document, row, zone) for row in added if isinstance(row, Signature))


def key_words(signature: Signature) -> Message:
    """Whether a signature was sealed, with which key, and whether that key is known as its signer's."""
    expected = _has_a_key(signature.name)
    if signature.key:
        code = keys.fingerprint(signature.key)
        if keys.is_known(signature.name, signature.key):
            return msg("key {fingerprint}, known as theirs", fingerprint=code)
        if others := keys.known_as(signature.key):
            return msg("key {fingerprint}, the key known as that of {others}", fingerprint=code, others=others)
        if expected:
            return msg("key {fingerprint}, which is not the key known for this name", fingerprint=code)
        if keys.is_held(signature.key):
            return msg("key {fingerprint}, made on this computer, not yet known as theirs", fingerprint=code)
        return msg("key {fingerprint}, not known here", fingerprint=code)
    if expected:
        return msg("no key, although one is known for this name")
    if not signature.entry:
        return msg("no key, made before signatures were bound to each other")
    return msg("no key")


def _has_a_key(name: str) -> bool:
    """Whether a key is known for a name."""
    return any(keys.same_name(pinned, name) for pinned in keys.known())


def _has_known_key(signature: Signature) -> bool:
    return bool(signature.key) and keys.is_known(signature.name, signature.key)


def lacks_its_key(signature: Signature) -> bool:
    """Whether a key is known for the name and the signature is sealed with another one, or with none; or whether it is
    sealed with a key that is known as somebody else's."""
    if _has_known_key(signature):
        return False
    return _has_a_key(signature.name) or bool(signature.key and keys.known_as(signature.key))


def _seats(signatures: Iterable[Signature]) -> str:
    return ", ".join(dict.fromkeys(seat_called(signature.seat) for signature in signatures))
