"""Who signed and with which key, and who has still to sign, as the window and the commands list it.

Whose key is known is a matter of this computer (app.keys): what is said here goes into no export.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app import keys
from app.errors import AppError
from app.messages import Message, msg, words
from app.model import vocabulary as v
from app.model.commit import Signature
from app.model.document import Document
from app.model.names import is_erased
from app.model.room import Agent
from app.policy.names import told_apart
from app.report.display import moment_words
from app.revisions.signoff import SignoffState
from app.verdict import key_words


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A key with which somebody sealed signatures of a project: the name that was signed, its fingerprint, whether it
    is known as theirs here, whether another one is, as whose else it is known ("" for nobody's), and whether the key is
    kept on this computer. A name may come with several keys, and a key with several names."""

    name: str
    fingerprint: str
    is_known: bool
    another_known: bool
    others: str
    is_held: bool

    @property
    def may_be_known(self) -> bool:
        """Whether somebody may say that they compared it with its owner: not of one who was erased, whom nobody can
        ask."""
        return not self.is_known and not is_erased(self.name)

    def words(self) -> Message:
        if is_erased(self.name):
            said = msg("of somebody who was erased")
        elif self.is_known:
            said = msg("known as theirs")
        elif self.others:
            said = msg("known as that of {others}", others=self.others)
        elif self.another_known:
            said = msg("not the key known for this name")
        elif self.is_held:
            said = msg("made on this computer, not yet known as theirs")
        else:
            said = msg("not known here")
        return msg("{name}: key {fingerprint}, {said}", name=self.name, fingerprint=self.fingerprint, said=said)


def signer_keys(document: Document) -> tuple[SignerKey, ...]:
    """The keys of all signatures of a project, by name. Raises Unreadable when the list of known keys is damaged."""
    sealed = {(row.name, row.key) for row in document.rows(Signature) if row.key}
    names = keys.known()
    return tuple(
        SignerKey(
            name,
            keys.fingerprint(public),
            keys.is_known(name, public),
            any(keys.same_name(pinned, name) for pinned in names) and not keys.is_known(name, public),
            "" if keys.is_known(name, public) else keys.known_as(public),
            keys.is_held(public),
        )
        for name, public in sorted(sealed)
    )


def key_note(signature: Signature) -> Message:
    """Whether a signature was sealed, with which key, and whether it is known; also where the list of known keys cannot
    be read."""
    try:
        return key_words(signature)
    except AppError as error:
        if not signature.key:
            return msg("no key")
        code = keys.fingerprint(signature.key)
        return msg("key {fingerprint}. {problem}", fingerprint=code, problem=error.problem)


def lines(signatures: Iterable[Signature], zone: str) -> list[str]:
    """Signatures, a line each in the order in which they were made: the seat, the name, when, and the key."""
    labels = {str(entry.value): words(entry.label) for entry in v.SEATS}
    return [
        f"{labels.get(row.seat, row.seat)}: {row.name}, {moment_words(row.signed_at, zone)}, {words(key_note(row))}"
        for row in sorted(signatures, key=lambda row: row.signed_at)
    ]


def so_far(document: Document, at_hand: SignoffState) -> list[str]:
    """How far the revision at hand is, a line each: the signatures that there are, and the seats that are missing."""
    zone = document.only(Agent).time_zone
    made = [seat.signature for seat in at_hand.seats if seat.signature is not None]
    missing = [
        msg(
            "{seat}: not signed yet, {name}",
            seat=msg(seat.label),
            name=told_apart(document, seat.person) if seat.person else _NOBODY,
        )
        for seat in at_hand.seats
        if seat.required and seat.signature is None
    ]
    return [*lines(made, zone), *map(words, missing)]


_NOBODY = msg("and nobody fills it")
