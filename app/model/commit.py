"""Steps 10 to 12: what is overridden, promised, accepted, decided, parked and signed."""

from __future__ import annotations

from app.model import vocabulary as v
from app.model.fields import (
    OnRemove,
    Scope,
    choice,
    day,
    flag,
    moment_field,
    prose,
    reference,
    references,
    text,
    texts,
    whole_number,
)
from app.model.row import Row, row


@row("raci_override", "RACI override", "RACI overrides", "raci", title="activity")
class RaciOverride(Row):
    """One cell of the matrix that was changed by hand, with the reason. `activity` is a row key of app.policy.raci."""

    activity: str = text("Row", limit=60)
    column: str = choice("Column", v.RACI_COLUMNS)
    letter: str = choice("Letter", v.LETTERS, otherwise=v.WHY_FOUR_LETTERS)
    reason: str = text("Reason", limit=500)


@row("commitment", "Commitment", "Commitments", "readiness", title="what")
class Commitment(Row):
    """Something promised with a name and a date; may stand for evidence at design sign-off (domain.md 0.11)."""

    what: str = text("What", limit=500)
    who: str | None = reference("Who", "person")
    by_when: str = day("By when", ahead=True)
    code: str = text("Answers", limit=20, hint="The code of the finding that it answers")
    subject: str = text("About", limit=40)
    done_on: str = day("Done on", scope=Scope.RECORD)


@row("accepted_risk", "Accepted risk", "Accepted risks", "readiness", title="why")
class AcceptedRisk(Row):
    """A warning that a named person accepts until a date. Bound to the finding's key and to what it said then, in
    words (`saw`) and by the mark of its `substance` (app.rules.substance), which releases before 0.3.0 did not keep."""

    code: str = text("Finding", limit=20)
    subject: str = text("About", limit=40)
    saw: str = text("What it said", limit=1000)
    substance: str = text("Mark of its substance", limit=40)
    who: str | None = reference("Accepted by", "person")
    why: str = text("Reason", limit=500)
    expiry: str = day("Until", ahead=True)


@row(
    "dismissed_phrase",
    "Dismissed phrase",
    "Dismissed phrases",
    "readiness",
    title="words",
)
class DismissedPhrase(Row):
    """Words that the wording check pointed out and the room keeps, with a word why (domain.md 1.11).

    `subject` is the id of the row and `field` the field that they stand in; `phrase` is the class of the phrase.
    """

    subject: str = text("About", limit=40)
    field: str = text("Field", limit=60)
    phrase: str = text("Kind of phrase", limit=40)
    words: str = text("Words")
    why: str = text("Why they stay", limit=500)


@row("decision", "Decision", "Decisions", "readiness", title="what")
class Decision(Row):
    """An entry of the decision log."""

    what: str = text("What was decided", limit=500)
    on: str = day("Date")
    step: str = choice("Step", v.STEPS)
    agreed: tuple[str, ...] = references("Agreed by", "person")
    dissent: str = text("Dissent", limit=1000)


@row("parked_item", "Parked item", "Parking lot", "readiness", scope=Scope.PRIVATE, title="what")
class ParkedItem(Row):
    """Something for later, with an owner who is in the room and a date."""

    what: str = text("What", limit=500)
    owner: str | None = reference("Owner", "person")
    due: str = day("Due", ahead=True)
    done: bool = flag("Done")


KEPT = ("content", "implied")
"""Fields of a revision in which the program keeps a whole state as JSON, which is nothing for people to read."""


@row("revision", "Revision", "Revisions", "signoff", scope=Scope.SIGNOFF, title="number")
class Revision(Row):
    """A frozen state of the decisions. `content` keeps the canonical bytes verbatim, as text (architecture.md).

    `erased` counts the places from which names were taken out since (app.redaction): the hashes stay, and can no longer
    be computed from what is left. Nothing where no name was taken out.
    """

    number: int | None = whole_number("Number")
    level: str = choice("Level", v.LEVELS_OF_SIGNOFF)
    frozen_at: str = moment_field("Frozen at")
    content: str = prose("Content", limit=50_000_000)
    digest: str = text("Content digest", limit=64)
    previous: str = text("Fingerprint before", limit=64)
    fingerprint: str = text("Fingerprint", limit=64)
    catalogue: str = text("Rule catalogue", limit=40)
    implied: str = prose("Findings and RACI as they stood", limit=50_000_000)
    withdrawn_at: str = moment_field("Withdrawn at")
    withdrawn_by: str = text("Withdrawn by")
    withdrawn_why: str = text("Reason", limit=500)
    withdrawn_after: tuple[str, ...] = texts("Entries before the withdrawal")
    withdrawn_entry: str = text("Entry of the withdrawal", limit=64)
    erased: int | None = whole_number("Names taken out of it")


@row("signature", "Signature", "Signatures", "signoff", scope=Scope.SIGNOFF)
class Signature(Row):
    """One seat signed by one person: an entry of the sign-off chain (app.revisions.chain).

    `entry` is its hash; `previous` are the hashes of the entries that it follows, one unless copies were united.
    Signatures that were made before version 3 of the file have neither. `key` is an Ed25519 public key and `seal` the
    signature made with it, both in hex and empty where nobody used a key. `erased` is as in Revision.
    """

    revision: str | None = reference("Revision", "revision", on_remove=OnRemove.REFUSE)
    seat: str = choice("Seat", v.SEATS)
    # The name is what was signed; who it points to may leave the project, and come back by undo.
    person: str | None = reference("Person", "person", on_remove=OnRemove.CLEAR, scope=Scope.RECORD)
    signer: str = text("Person as signed", limit=40)
    name: str = text("Name as signed")
    level: str = choice("Level", v.LEVELS_OF_SIGNOFF)
    signed_at: str = moment_field("Signed at")
    fingerprint: str = text("Fingerprint", limit=64)
    drawing: str = text("Drawn signature", limit=20_000, hint="Strokes as x,y pairs from 0 to 1000")
    meaning: str = text("What it says", limit=500)
    schema: int | None = whole_number("File version")
    frozen: str = text("Hash of what the revision kept", limit=64)
    previous: tuple[str, ...] = texts("Entries before")
    entry: str = text("Entry", limit=64)
    key: str = text("Public key", limit=64)
    seal: str = text("Seal of the key", limit=128)
    erased: int | None = whole_number("Names taken out of it")
