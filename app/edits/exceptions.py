"""Answers of one exception class for the others, which often have the same ones (domain.md 1.7; 93)."""

from __future__ import annotations

from app.edits import Edit
from app.edits.generic import change_set, existing
from app.messages import msg
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.exceptions import ExceptionClass
from app.model.fields import fields_of
from app.model.ids import Mint
from app.model.row import with_fields

DEFINITIONS = ("queue", "reviewer", "within", "allowed_actions", "goes_further_when", "goes_further_to")
"""The fields of the five definitions: where it lands, who reviews, how fast, what they may do, what goes further."""


def same_for_the_others(row_id: str) -> Edit:
    """Fill the definitions that other classes have not answered yet with those of this class; nothing to do where
    nothing is empty that it answers. An AppError when the class is gone."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        source = existing(document, row_id)
        declared = fields_of(ExceptionClass)
        changes = []
        for row in document.rows(ExceptionClass):
            open_here = [name for name in DEFINITIONS if row.value(name) == declared[name].empty]
            after = with_fields(row, {name: source.value(name) for name in open_here})
            if after != row:
                changes.append(RowChange(row, after))
        label = msg("Fill in exception classes as for “{name}”", name=source.called())
        return change_set(mint, label, changes)

    return edit
