"""Who signed what, when, and what the signatures prove (product.md, "Sign-off")."""

from __future__ import annotations

from app.keys import fingerprint
from app.messages import msg, number_of, words
from app.model.commit import KEPT, Revision, Signature
from app.model.fields import fields_of
from app.policy.names import signer_called, told_apart
from app.report.details import listing
from app.report.display import fingerprint_words
from app.report.material import Material
from app.report.model import Block, Cell, Facts, Paragraph, Section, SignatureLine, Signatures, Tone
from app.revisions import chain
from app.revisions.digest import short

PROVES = (
    "The fingerprint is computed over every decision in this document and over the fingerprint before it. When "
    "“ownermap verify” computes the same one from this copy, this copy says what was signed, unchanged, in this order."
)
PROVES_NOT = (
    "It does not prove that the person who typed a name is that person, that the clock was right, or that the pages "
    "were read, and it is no signature in the legal sense. Keep the receipt code somewhere else, such as in the "
    "minutes: “ownermap verify” with that code then says whether signatures were dropped or replaced since."
)
IN_DOUBT = (
    "The sign-off in this project does not hold: it was changed after people had signed. Nothing here counts as "
    "signed, so this is a draft. Ask those who signed before you rely on it."
)
MOST_FAULTS = 10
"""What does not hold is told of this many places."""
BINDING = ("signer", "meaning", "schema", "frozen", "previous", "entry", "key", "seal")
"""The fields of a signature that bind it to those before it, and seal it; they have a table of their own."""


def section(material: Material) -> Section:
    """Sign-off."""
    return Section(
        "signoff",
        words("Sign-off"),
        _standing(material),
        (
            *what_does_not_hold(material),
            signatures(material),
            _revision_at_hand(material),
            Paragraph(words(PROVES)),
            Paragraph(words(PROVES_NOT)),
            listing(
                material,
                Revision,
                "No revision has been frozen yet.",
                without=KEPT,
                caption=words("All revisions"),
            ),
            listing(
                material,
                Signature,
                "Nobody has signed yet.",
                first=("seat", "name"),
                without=("drawing", *BINDING),
                caption=words("All signatures"),
            ),
            listing(
                material,
                Signature,
                "Nothing is bound yet.",
                without=tuple(name for name in fields_of(Signature) if name not in ("name", *BINDING)),
                caption=words("What each signature says, and what binds it to those before it"),
                key="signature_binding",
            ),
        ),
        alone=True,
        sheet="Sign-off",
    )


def what_does_not_hold(material: Material) -> tuple[Block, ...]:
    """Everything in the stored sign-off that does not hold, a sentence each; nothing where all of it does."""
    faults = material.signoff.faults
    if not faults:
        return ()
    told = [Paragraph(words(fault), Tone.BAD) for fault in faults[:MOST_FAULTS]]
    rest = len(faults) - len(told)
    more = number_of(rest, "And 1 more.", "And {count} more.")
    return (*told, *((Paragraph(words(more), Tone.BAD),) if rest else ()))


def signatures(material: Material, *, required_only: bool = False) -> Signatures:
    """The seats, signed and still open, of the revision at hand; nothing is signed once the decisions changed, or where
    the sign-off does not hold."""
    lines = []
    for seat in material.signoff.seats:
        signature = seat.signature if material.signoff.stands else None
        if required_only and not seat.required:
            continue
        if signature is not None:
            detail = words(msg("signed {moment}", moment=material.moment(signature.signed_at)))
            if signature.key and not required_only:
                detail = words(msg("{signed}, key {code}", signed=detail, code=fingerprint(signature.key)))
            who = signer_called(material.document, signature)
            lines.append(SignatureLine(words(seat.label), who, detail, True, signature.drawing))
            continue
        detail = words("not signed yet") if seat.required else words("need not sign at this stage")
        name = told_apart(material.document, seat.person) if seat.person else words("nobody yet")
        lines.append(SignatureLine(words(seat.label), name, detail, False))
    return Signatures(tuple(lines))


def _standing(material: Material) -> str:
    signoff = material.signoff
    if signoff.faults:
        return words(IN_DOUBT)
    if signoff.revision is None:
        return words("Nobody has signed yet. This is a draft.")
    number = signoff.revision.number or 0
    if signoff.erased:
        said = msg(
            "Names were taken out since revision {number} was signed. Its signatures stand beside it below; that "
            "nothing but names was taken out cannot be computed from this document, so it is a draft.",
            number=number,
        )
        return words(said)
    if signoff.changed:
        return words(
            msg(
                "The decisions have changed since revision {number}. The signatures below belong to earlier "
                "revisions; this is a draft.",
                number=number,
            )
        )
    if signoff.complete:
        return words(msg("Every required seat has signed revision {number}.", number=number))
    return words(msg("Revision {number} is frozen and waits for signatures.", number=number))


def _revision_at_hand(material: Material) -> Facts:
    signoff = material.signoff
    revision = signoff.revision
    if revision is None or not signoff.stands:
        items = (
            (words("Draft"), Cell(signoff.draft)),
            (words("Content digest of this draft"), Cell(fingerprint_words(material.digest))),
            *receipt_fact(material),
        )
        return Facts(items, words("This draft"))
    return Facts(
        (
            (words("Revision"), Cell(revision.number)),
            (words("Level"), Cell(_level(revision))),
            (words("Frozen"), Cell(material.moment(revision.frozen_at))),
            (words("Fingerprint"), Cell(fingerprint_words(revision.fingerprint), Tone.STRONG)),
            (words("In short"), Cell(short(revision.fingerprint))),
            (
                words("Fingerprint before"),
                Cell(fingerprint_words(revision.previous) or words("none: this is the first")),
            ),
            (words("Content digest"), Cell(fingerprint_words(revision.digest))),
            *receipt_fact(material),
        ),
        words("The revision that was signed") if signoff.complete else words("The revision that is being signed"),
    )


def receipt_fact(material: Material) -> tuple[tuple[str, Cell], ...]:
    """The receipt code as a fact; none while nobody has signed, and none for a sign-off that does not hold."""
    code = "" if material.signoff.faults else chain.receipt(material.document)
    return ((words("Receipt code"), Cell(code, Tone.STRONG)),) if code else ()


def _level(revision: Revision) -> str:
    """The level of a revision in words, with what it means."""
    entry = fields_of(Revision)["level"].choice(revision.level)
    return f"{words(entry.label)}: {words(entry.hint)}" if entry else revision.level
