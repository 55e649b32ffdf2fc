"""Changing a cell of the RACI by hand (domain.md 5)."""

from __future__ import annotations

from app.edits import Edit
from app.edits.generic import change_set, new_row, with_values
from app.errors import AppError
from app.messages import msg
from app.model.changes import ChangeSet, RowChange
from app.model.commit import RaciOverride
from app.model.document import Document
from app.model.ids import Mint
from app.policy.holders import column_label
from app.policy.raci import NO_LETTER, letter_of, matrix
from app.policy.windows import day_at


def set_letter(activity: str, column: str, letter: str, reason: str = "") -> Edit:
    """Put a letter into one cell, or "-" to clear it, with the reason.

    A letter that the decisions imply anyway needs no override, so an override there is removed. Raises an
    AppError when the row or the column is not in the matrix, and for what is not a letter of it.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        wanted = letter_of(letter)
        found = matrix(document, day_at(document, mint.moment()))
        row = found.row(activity)
        if row is None or column not in found.columns:
            raise AppError(
                msg("That cell is not in the matrix."),
                msg("Rows and columns come and go with the decisions; look at the matrix again."),
            )
        before = [each for each in document.rows(RaciOverride) if (each.activity, each.column) == (activity, column)]
        label = msg("{row}: {column} is {letter}", row=row.label, column=column_label(column), letter=wanted)
        if wanted == row.derived.get(column, NO_LETTER):
            return change_set(mint, label, [RowChange(each, None) for each in before])
        values = {"activity": activity, "column": column, "letter": wanted, "reason": reason}
        if not before:
            return change_set(mint, label, [RowChange(None, new_row(document, mint, RaciOverride, values))])
        kept, *rest = before
        after = with_values(document, kept, values)
        changes = [RowChange(kept, after)] if after != kept else []
        return change_set(mint, label, [*changes, *(RowChange(each, None) for each in rest)])

    return edit
