"""Undo and redo: the inverse of the last step, applied to what is there now.

Only what the step itself changed is taken back: a test date recorded since on the same row stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.edits import Edit
from app.edits.generic import between_documents, change_set, removal
from app.errors import AppError
from app.messages import Param, msg
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.fields import Value, fields_of
from app.model.ids import Mint
from app.model.log import Log
from app.model.row import changed_fields, with_fields


def undo(log: Log) -> Edit:
    """Take back the last step; nothing to do when there is none."""
    return _taking_back(log.next_undo(), again=False)


def redo(log: Log) -> Edit:
    """Do again what was undone last; nothing to do when there is nothing."""
    return _taking_back(log.next_redo(), again=True)


def _taking_back(step: tuple[ChangeSet, ...], *, again: bool) -> Edit:
    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        if not step:
            return None
        now = document
        for entry in reversed(step):
            now = _without(now, entry)
        what = called(step[0])
        label = msg("Redo: {what}", what=what) if again else msg("Undo: {what}", what=what)
        changes = between_documents(document, now)
        made = change_set(mint, label, changes, undoes=step[0].step_id)
        if made is None:
            return ChangeSet(mint.id(), label, (), mint.moment(), mint.author, step[0].step_id)
        return made

    return edit


def called(step: ChangeSet) -> Param:
    """What a step did, in words; of an undo or a redo, what it took back or did again."""
    return step.label if step.undoes is None else dict(step.label.params).get("what", step.label)


def _without(document: Document, entry: ChangeSet) -> Document:
    back, gone = [], []
    for change in entry.changes:
        current = document.find(change.id)
        if change.before is None:
            if current is not None:
                gone.append(change.id)
        elif change.after is None:
            if current is not None:
                raise AppError(msg("This step cannot be undone: its entry is there again."))
            back.append(RowChange(None, change.before))
        elif current is None:
            raise AppError(msg("This step cannot be undone: its entry is gone."))
        else:
            values = {name: old for name, (old, _) in changed_fields(change.before, change.after).items()}
            restored = with_fields(current, values)
            if restored != current:
                back.append(RowChange(current, restored))
    document = document.applying(back)
    if gone:
        document = document.applying(removal(document, gone))
    return _mended(document, [change.id for change in back])


def _mended(document: Document, row_ids: Iterable[str]) -> Document:
    """The document without references out of these rows to what has gone since, in a step that is not undone."""
    mended = []
    for row_id in row_ids:
        row = document.find(row_id)
        if row is not None:
            names = [name for name, field in fields_of(type(row)).items() if field.is_reference]
            after = with_fields(row, {name: _present(document, row.value(name)) for name in names})
            if after != row:
                mended.append(RowChange(row, after))
    return document.applying(mended)


def _present(document: Document, value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(target for target in value if document.find(target) is not None)
    return value if document.find(str(value)) is not None else None
