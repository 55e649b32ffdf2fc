"""The sentence for the edit that starts a new draft: what was signed stays so, and what is different now."""

from __future__ import annotations

from app.messages import Message, msg, words
from app.model.document import Document
from app.model.fields import fields_of
from app.model.log import Log
from app.report.changes import title
from app.report.material import Material
from app.revisions.differences import Difference, since
from app.revisions.signoff import SignoffState

NAMED = 3
"""Rows that are named before it goes on with a count; Sign-off lists them all."""


def starts_a_draft(before: SignoffState | None, now: SignoffState) -> bool:
    """Whether the decisions have just left what was frozen; not when a file opens that way."""
    return before is not None and before.stands and now.changed


def new_draft(now: SignoffState, document: Document, as_of: str) -> Message:
    """What becomes of the signatures, and what changed, as of a moment."""
    revision = now.revision
    assert revision is not None
    changed = since(revision, document)
    material = Material(document, Log(), (), "", now, as_of)
    names = "; ".join(_told(material, each) for each in changed[:NAMED])
    rest = max(len(changed) - NAMED, 0)
    what = msg("{names}; and {count} more", names=names, count=rest) if rest else msg("{names}", names=names)
    number = revision.number or 0
    if now.complete:
        return msg(
            "This starts a new draft; revision {number} stays signed. Changed: {what}.", number=number, what=what
        )
    return msg(
        "This starts a new draft; the signatures so far belong to revision {number}. Changed: {what}.",
        number=number,
        what=what,
    )


def _told(material: Material, each: Difference) -> str:
    """One row that differs, and in which fields: Owner “Workflow owner” (Person, Deputy)."""
    row = each.change.row
    called = title(material, row)
    labels = ", ".join(words(fields_of(type(row))[name].label) for name in each.fields)
    return f"{called} ({labels})" if labels else called
