"""Sign-off: seats, freezing, signing, withdrawing, and what a signature still stands for (product.md "Sign-off").

A revision freezes when its first seat signs and is signed when every required seat has. It keeps the canonical
bytes of its decisions verbatim; a change of a decision after that starts a new draft, and undoing the change
brings the signed state back. Signatures and withdrawals are entries of a chain (app.revisions.chain).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from app.edits import Edit
from app.edits.generic import change_set
from app.errors import AppError
from app.messages import Message, msg, number_of, words
from app.model import vocabulary as v
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.ids import Mint
from app.model.names import clean_name, is_erased, plain
from app.model.owners import OwnerAssignment, SeatAssignment
from app.model.ranks import between
from app.model.room import Agent, Person
from app.model.row import with_fields
from app.revisions import chain
from app.revisions.audit import audit as audit
from app.revisions.audit import kept_digest as kept_digest
from app.revisions.digest import canonical_decisions, content_digest, digest_of, revision_fingerprint
from app.revisions.seats import seat_fault, seats_of

LEVELS = tuple(str(entry.value) for entry in v.LEVELS_OF_SIGNOFF)
OWNER_SEATS = tuple(str(entry.value) for entry in v.OWNER_TYPES)


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: who fills it now, whether it must sign, and its signature on the revision at hand."""

    seat: str
    label: str
    person: Person | None
    required: bool
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class SignoffState:
    """Where sign-off stands.

    `revision` is the revision at hand: the last one that was not withdrawn. `changed` is true when the decisions
    differ from it; then `erased` is true when all that differs is that names were taken out of both since, as far as
    what it kept can say. `complete` is true when every seat that it needed has signed it. `draft` is the number that
    the next revision would have. `last_signed` is the last complete revision, whatever happened since. `faults` is
    what in the stored sign-off does not hold (app.revisions.audit): then nothing counts as signed.
    """

    revision: Revision | None
    seats: tuple[Seat, ...]
    complete: bool
    changed: bool
    draft: int
    last_signed: Revision | None
    erased: bool = False
    faults: tuple[Message, ...] = ()

    @property
    def stands(self) -> bool:
        """True when what signatures there are stand for the decisions as they are now."""
        return self.revision is not None and not self.changed and not self.faults

    @property
    def signed(self) -> bool:
        """True when the decisions, as they stand now, are a fully signed revision."""
        return self.complete and self.stands

    @property
    def in_progress(self) -> bool:
        """True when a revision is frozen and waits for more signatures."""
        return self.stands and not self.complete

    def words(self) -> Message:
        """What every export and the window say: "Draft 3", "Signed by 2 of 5", "Signed revision 1"."""
        if self.faults:
            return msg("Draft {number}: the sign-off does not hold", number=self.draft)
        if self.erased and self.revision is not None:
            return msg("Revision {number}, names taken out since", number=self.revision.number or 0)
        if self.revision is None or self.changed:
            return msg("Draft {number}", number=self.draft)
        if self.complete:
            return msg("Signed revision {number}", number=self.revision.number or 0)
        required = [seat for seat in self.seats if seat.required]
        count = sum(seat.signature is not None for seat in required)
        return msg("Signed by {count} of {all}", count=count, all=len(required))


def state(document: Document, digest: str | None = None) -> SignoffState:
    """Where sign-off stands. `digest` is the content digest if the caller has it; else it is computed (50 ms)."""
    revisions = [r for r in document.rows(Revision) if not r.withdrawn_at]
    revision = max(revisions, key=lambda r: r.number or 0, default=None)
    number = max((r.number or 0 for r in document.rows(Revision)), default=0)
    digest = digest or (content_digest(document) if revision is not None else "")
    changed = revision is not None and revision.digest != digest
    erased = changed and revision is not None and revision.erased is not None and kept_digest(revision) == digest
    signatures = _signatures(document, revision)
    needed = required_seats(document)
    seats = tuple(
        Seat(
            str(entry.value),
            entry.label,
            seat_holder(document, str(entry.value)),
            entry.value in needed,
            signatures.get(str(entry.value)),
        )
        for entry in v.SEATS
    )
    complete = revision is not None and is_complete(document, revision)
    last = max((r for r in revisions if is_complete(document, r)), key=lambda r: r.number or 0, default=None)
    draft = number + 1 if revision is None or changed or complete else (revision.number or 0)
    return SignoffState(revision, seats, complete, changed, draft, last, erased, audit(document))


def required_seats(document: Document, stage: str | None = None) -> tuple[str, ...]:
    """The seats that must sign: the four owners always, value and safety from stage 1b."""
    stage = stage if stage is not None else document.only(Agent).stage
    return OWNER_SEATS if stage == "1a" else (*OWNER_SEATS, "value", "safety")


def seat_holder(document: Document, seat: str) -> Person | None:
    """The person who fills a seat."""
    if seat in OWNER_SEATS:
        return document.get(Person, document.fixed(OwnerAssignment, seat).person)
    return document.get(Person, document.fixed(SeatAssignment, seat).person)


def is_complete(document: Document, revision: Revision) -> bool:
    """True when every seat that this revision needed has signed it."""
    signatures = _signatures(document, revision)
    return all(seat in signatures for seat in required_seats(document, stage_of(revision)))


def stage_of(revision: Revision) -> str:
    """The stage that was signed; empty where the kept content was tampered with (then every seat is needed)."""
    return seats_of(revision).stage


# --- edits -------------------------------------------------------------------------------------------------


class Sealing(Protocol):
    """A key whose passphrase was given (app.keys): its public half in hex, and the seal of a message in hex."""

    @property
    def public(self) -> str: ...

    def seal(self, message: bytes) -> str: ...


def sign(
    level: str,
    seat: str,
    name: str,
    blockers: int,
    implied: str = "",
    drawing: str = "",
    key: Sealing | None = None,
) -> Edit:
    """Sign one seat at one level in the name of the person who fills it, and seal it where a key is given.

    `blockers` is the number of findings that block this level; `implied` keeps what the map implied at this moment
    (JSON). The first signature freezes a revision. Raises AppError when something blocks, when the seat is empty,
    is somebody else's, is held by somebody who was erased, or has signed already, when the open revision has another
    level, or when the sign-off that is there does not hold: whatever is bound to it would not hold either.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        if level not in LEVELS:
            raise AppError(msg("There is no level “{level}”.", level=level), msg("Choose design or launch."))
        if seat not in {str(entry.value) for entry in v.SEATS}:
            raise AppError(
                msg("There is no seat “{seat}”.", seat=seat),
                msg("Choose one of: {all}.", all=", ".join(str(entry.value) for entry in v.SEATS)),
            )
        if (refusal := not_to_be_signed(document)) is not None:
            raise refusal
        if blockers:
            raise AppError(
                number_of(
                    blockers,
                    "1 open point blocks the {level} sign-off.",
                    "{count} open points block the {level} sign-off.",
                    level=level,
                ),
                msg("Run check, or open Readiness, and answer them first."),
            )
        person = _signer(document, seat, name)
        now = mint.moment()
        frozen, revision = _revision_to_sign(document, mint, level, implied, now)
        if seat in _signatures(document, revision):
            raise AppError(msg("{name} has signed this seat already.", name=person.name))
        signature = Signature(
            id=mint.id(),
            rank=_last_rank(document.rows(Signature)),
            revision=revision.id,
            seat=seat,
            person=person.id,
            signer=person.id,
            name=person.name,
            level=level,
            signed_at=now,
            fingerprint=revision.fingerprint,
            drawing=drawing,
            meaning=words(meaning(document.only(Agent).name, seat, level, revision.number or 0)),
            key=key.public if key else "",
        )
        signature = chain.bound(document, revision, signature)
        if key:
            signature = with_fields(signature, {"seal": key.seal(chain.seal_message(signature.entry))})
        label = msg("{name} signed revision {number}", name=person.name, number=revision.number or 0)
        return change_set(mint, label, [*frozen, RowChange(None, signature)])

    return edit


def not_to_be_signed(document: Document) -> AppError | None:
    """Why nobody can sign at all, and what to do: the sign-off that is there does not hold. None where it does."""
    faults = audit(document)
    return on_top_of(faults[0]) if faults else None


def on_top_of(fault: Message) -> AppError:
    """The refusal to sign on top of what does not hold."""
    return AppError(
        msg("The sign-off in this file does not hold: {fault} Nothing more can be signed on top of it.", fault=fault),
        msg(
            "Nothing was lost. Go back to a version that “ownermap verify” finds unchanged: one that somebody who "
            "signed kept, or a backup (Backups in the window, or “ownermap backups”)."
        ),
    )


def meaning(agent: str, seat: str, level: str, number: int) -> Message:
    """What a signature says: shown to whoever signs, and kept with it word for word."""
    said = msg("I accept the decisions of revision {number} of “{agent}”", number=number, agent=agent)
    label = next(words(entry.label) for entry in v.SEATS if entry.value == seat)
    at = next(words(entry.label) for entry in v.LEVELS_OF_SIGNOFF if entry.value == level)
    seat, level = label[:1].lower() + label[1:], at[:1].lower() + at[1:]
    if seat.startswith("for "):
        return msg("{said}, {seat}, at {level} level.", said=said, seat=seat, level=level)
    return msg("{said}, as {seat}, at {level} level.", said=said, seat=seat, level=level)


def withdraw(by: str, why: str) -> Edit:
    """Withdraw the revision at hand, with a reason; only before its last signature."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        at_hand = state(document)
        revision = at_hand.revision
        if revision is None:
            raise AppError(msg("There is no revision to withdraw: nobody has signed yet."))
        if at_hand.complete:
            raise AppError(
                msg("Revision {number} is fully signed and can no longer be withdrawn.", number=revision.number or 0),
                msg("Change what must change: that starts a new draft."),
            )
        if not why.strip() or not by.strip():
            raise AppError(msg("A withdrawal needs a name and a reason."), msg("Say who withdraws, and why."))
        after = with_fields(
            revision, {"withdrawn_at": mint.moment(), "withdrawn_by": by.strip(), "withdrawn_why": why.strip()[:500]}
        )
        after = chain.bound_withdrawal(document, after)
        label = msg("{name} withdrew revision {number}", name=by.strip(), number=revision.number or 0)
        return change_set(mint, label, [RowChange(revision, after)])

    return edit


def unite(other: Document) -> Edit:
    """Take over the signatures that another copy of the same revision carries, as several sittings need it.

    A seat that signed in both copies keeps both signatures; ours counts. Raises AppError when the other copy is of
    another project, holds no revision with a fingerprint known here, or follows entries that are not here.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        if other.project_id != document.project_id:
            raise AppError(
                msg("That copy belongs to another project."), msg("Import it under a new name, or add --force.")
            )
        ours = {r.fingerprint: r for r in document.rows(Revision) if not r.withdrawn_at}
        theirs = {r.id: r for r in other.rows(Revision) if r.fingerprint in ours}
        if not theirs:
            raise AppError(
                msg("That copy carries no revision with the same fingerprint."),
                msg("Import it under a new name, or add --force to replace this project."),
            )
        if faults := audit(other):
            raise AppError(faults[0], msg("Ask for a fresh copy."))
        found, now = [], document
        present = {signature.id for signature in document.rows(Signature)}
        for signature in other.rows(Signature):
            revision = ours.get(theirs[signature.revision].fingerprint) if signature.revision in theirs else None
            if revision is None or signature.id in present:
                continue
            if signature.erased is not None:
                raise AppError(
                    msg("Names were taken out of the signatures of that copy: nobody can check them any more."),
                    msg("Ask for a copy with names."),
                )
            if (fault := seat_fault(revision, signature)) is not None:
                raise AppError(fault, msg("Each seat signs for itself. Nothing was taken over."))
            if not signature.entry and signature.seat in _signatures(document, revision):
                continue
            person = document.get(Person, signature.person)
            taken = with_fields(
                signature, {"revision": revision.id, "person": person.id if person else None, "rank": ""}
            )
            taken = with_fields(taken, {"rank": _last_rank([*now.rows(Signature)])})
            found.append(RowChange(None, taken))
            now = now.applying(found[-1:])
        if found and any(chain.faults(now)):
            raise AppError(
                msg("The signatures of that copy follow entries of the sign-off that this project does not hold."),
                msg("Import it under a new name, and sign again in one of the two."),
            )
        return change_set(mint, msg("Unite signatures of another copy"), found)

    return edit


# --- parts -------------------------------------------------------------------------------------------------


def _signatures(document: Document, revision: Revision | None) -> dict[str, Signature]:
    if revision is None:
        return {}
    found: dict[str, Signature] = {}
    for signature in document.rows(Signature):
        if signature.revision == revision.id:
            found.setdefault(signature.seat, signature)
    return found


def _signer(document: Document, seat: str, name: str) -> Person:
    person = seat_holder(document, seat)
    if person is None:
        raise AppError(
            msg("Nobody fills the seat “{seat}”.", seat=seat), msg("Name a person for it in step 3, Owners.")
        )
    if is_erased(person.name):
        raise AppError(
            msg("Whoever holds the seat “{seat}” was erased from this project.", seat=seat),
            msg("Name somebody else for the seat first, in step 3, Owners."),
        )
    if not plain(name):
        raise AppError(msg("No name was given."), msg("Sign as {holder}.", holder=person.name))
    if plain(person.name) not in (plain(name), plain(clean_name(name))):
        raise AppError(
            msg("The seat “{seat}” is held by {holder}, not by {name}.", seat=seat, holder=person.name, name=name),
            msg("Each seat signs for itself."),
        )
    return person


def _revision_to_sign(
    document: Document, mint: Mint, level: str, implied: str, now: str
) -> tuple[list[RowChange], Revision]:
    at_hand = state(document)
    revision = at_hand.revision
    if revision is not None and not at_hand.changed and revision.level == level:
        return [], revision
    if at_hand.in_progress and revision is not None:
        raise AppError(
            msg("Revision {number} is being signed for {level}.", number=revision.number or 0, level=revision.level),
            msg("Finish it, or withdraw it first."),
        )
    content = canonical_decisions(document).decode()
    digest = digest_of(content.encode())
    previous = at_hand.last_signed.fingerprint if at_hand.last_signed else ""
    frozen = Revision(
        id=mint.id(),
        rank=_last_rank(document.rows(Revision)),
        number=max((r.number or 0 for r in document.rows(Revision)), default=0) + 1,
        level=level,
        frozen_at=now,
        content=content,
        digest=digest,
        previous=previous,
        fingerprint=revision_fingerprint(digest, previous, level),
        catalogue=_catalogue_of(implied),
        implied=implied,
    )
    return [RowChange(None, frozen)], frozen


def _catalogue_of(implied: str) -> str:
    return str(json.loads(implied).get("catalogue", "")) if implied else ""


def _last_rank(rows: Iterable[Revision | Signature]) -> str:
    return between(max((row.rank for row in rows), default=""), "")
