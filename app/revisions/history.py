"""Every revision that there was, with who signed it and when, and what became of it (product.md "Sign-off")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.errors import USAGE, AppError
from app.messages import Message, msg
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.revisions.chain import is_erased
from app.revisions.signoff import SignoffState, is_complete, required_seats, stage_of


class Standing(StrEnum):
    """What became of a revision. One that was left was neither finished nor withdrawn: the decisions went on. From one
    that was erased names were taken out after it was signed, or out of a signature of it. All are in doubt where the
    sign-off in the file does not hold."""

    BEING_SIGNED = "being signed"
    SIGNED = "signed"
    ERASED = "signed, names taken out since"
    WITHDRAWN = "withdrawn"
    LEFT = "left unfinished"
    IN_DOUBT = "in doubt"


@dataclass(frozen=True, slots=True)
class Listed:
    """One revision. `signed` of the `needed` seats have signed it; a seat that need not sign is not counted."""

    revision: Revision
    standing: Standing
    signatures: tuple[Signature, ...]
    signed: int
    needed: int

    @property
    def number(self) -> int:
        return self.revision.number or 0

    def words(self) -> Message:
        """What became of it: "signed", "being signed: 2 of 5"."""
        match self.standing:
            case Standing.SIGNED:
                return msg("signed")
            case Standing.ERASED:
                return msg("signed, names taken out since")
            case Standing.BEING_SIGNED:
                return msg("being signed: {count} of {all}", count=self.signed, all=self.needed)
            case Standing.WITHDRAWN:
                who, why = self.revision.withdrawn_by, self.revision.withdrawn_why
                return msg("withdrawn by {name}: {why}", name=who, why=why)
            case Standing.LEFT:
                return msg("left unfinished: {count} of {all}", count=self.signed, all=self.needed)
            case Standing.IN_DOUBT:
                return msg("in doubt: the sign-off does not hold")


def history(document: Document, at_hand: SignoffState) -> tuple[Listed, ...]:
    """Every revision, the latest first."""
    rows = sorted(document.rows(Revision), key=lambda row: row.number or 0, reverse=True)
    return tuple(_listed(document, at_hand, row) for row in rows)


def numbered(document: Document, number: int) -> Revision:
    """The revision with this number; an AppError that says which there are."""
    found = {row.number or 0: row for row in document.rows(Revision)}
    if number in found:
        return found[number]
    if not found:
        raise AppError(
            msg("There is no revision {number}: nobody has signed yet.", number=number),
            msg("The first signature freezes a revision."),
            exit_code=USAGE,
        )
    raise AppError(
        msg("There is no revision {number}.", number=number),
        msg("There are: {all}.", all=", ".join(map(str, sorted(found)))),
        exit_code=USAGE,
    )


def _listed(document: Document, at_hand: SignoffState, revision: Revision) -> Listed:
    signatures = tuple(row for row in document.rows(Signature) if row.revision == revision.id)
    needed = required_seats(document, stage_of(revision))
    signed = len({row.seat for row in signatures} & set(needed))
    return Listed(revision, _standing(document, at_hand, revision), signatures, signed, len(needed))


def _standing(document: Document, at_hand: SignoffState, revision: Revision) -> Standing:
    if at_hand.faults:
        return Standing.IN_DOUBT
    if revision.withdrawn_at:
        return Standing.WITHDRAWN
    if is_complete(document, revision):
        return Standing.ERASED if is_erased(document, revision) else Standing.SIGNED
    is_open = at_hand.in_progress and at_hand.revision is not None and at_hand.revision.id == revision.id
    return Standing.BEING_SIGNED if is_open else Standing.LEFT
