"""Dismissing what the wording check points out, with a word why (domain.md 1.11)."""

from __future__ import annotations

from app.edits import Edit
from app.edits.generic import add, remove, set_fields
from app.errors import FieldFault
from app.messages import msg
from app.model.changes import ChangeSet
from app.model.commit import DismissedPhrase
from app.model.document import Document
from app.model.fields import clean_text, fields_of
from app.model.ids import Mint


def dismiss(row_id: str, field: str, phrase: str, words: str, why: str) -> Edit:
    """Keep these words in a field of a row although the check finds a phrase of the class `phrase` in them; it counts
    again when the words change. Words that were dismissed there before get the new reason.

    Raises a FieldFault for why where it is missing.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        if not why.strip():
            raise FieldFault("why", msg("Say in a word why these words may stay."))
        kept = clean_text(words, lines=False)[: fields_of(DismissedPhrase)["words"].limit]
        place = (row_id, field, phrase, kept)
        for row in document.rows(DismissedPhrase):
            if (row.subject, row.field, row.phrase, row.words) == place:
                return set_fields(row.id, msg("Dismiss “{words}” again", words=kept), why=why)(document, mint)
        values = {"subject": row_id, "field": field, "phrase": phrase, "words": kept, "why": why}
        return add(DismissedPhrase, values)(document, mint)

    return edit


def point_out(row_id: str, field: str) -> Edit:
    """Have the check point out again what was dismissed in a field of a row."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        gone = [row.id for row in document.rows(DismissedPhrase) if (row.subject, row.field) == (row_id, field)]
        return remove(*gone)(document, mint)

    return edit
