"""A new draft from an earlier revision: the decisions go back to what it froze, in one step that undo takes back.

Only decisions go back. The operating record, private notes and signatures stay, and with them each entry that came
since and that they speak of: a person who signed, an action with evidence. What a removal took along, such as the
evidence of an action, comes back with the entry that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.edits import Edit
from app.edits.generic import between_documents, change_set
from app.errors import AppError
from app.messages import Message, msg, words
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Revision
from app.model.document import Document, targets_of
from app.model.fields import OnRemove, Scope, Value, fields_of
from app.model.ids import Mint
from app.model.row import Row, with_fields
from app.revisions.differences import frozen
from app.revisions.digest import digest_of
from app.revisions.history import numbered
from app.revisions.merging import let_go, set_apart
from app.revisions.signoff import state

NAMED = 5
"""Rows that are named before it goes on with a count."""


@dataclass(frozen=True, slots=True)
class Redraft:
    """What a new draft from a revision changes.

    `kept` are the rows that came since and stay, because the record, a signature or a private note speaks of them.
    `left_out` is what this version of the program does not read (differences.Frozen). `altered` is true when what the
    revision kept is no longer what was signed, and `erased` when that is so because names were erased from it.
    """

    changes: tuple[RowChange, ...]
    kept: tuple[Row, ...]
    left_out: tuple[str, ...]
    altered: bool
    erased: bool

    def notes(self) -> tuple[Message, ...]:
        """What somebody should know about it, a sentence each; none where the decisions come back just as they were."""
        notes = []
        if self.kept:
            named = [f"{words(row.spec.one)} “{words(row.called())}”" for row in self.kept[:NAMED]]
            if len(self.kept) > NAMED:
                named.append(words(msg("and {count} more", count=len(self.kept) - NAMED)))
            said = "These came later and stay, because the record, a signature or a private note names them: {names}."
            notes.append(msg(said, names="; ".join(named)))
        if self.left_out:
            said = "This version of Ownermap does not read the following, and leaves it out: {names}."
            notes.append(msg(said, names=", ".join(self.left_out)))
        if self.erased:
            notes.append(msg("Names were erased from what the revision kept; it comes back without them."))
        elif self.altered:
            notes.append(msg("What the revision kept is not, letter by letter, what was signed: verify the file."))
        return tuple(notes)


def redraft(number: int, log: Iterable[ChangeSet]) -> Edit:
    """Bring the decisions back to those of a revision; nothing to do where they are the same.

    `log` is what happened so far: from it comes what a removal took along. Raises AppError when there is no such
    revision, when it cannot be read, and while a revision is being signed.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        revision = numbered(document, number)
        at_hand = state(document)
        if at_hand.in_progress and at_hand.revision is not None:
            raise AppError(
                msg("Revision {number} is being signed.", number=at_hand.revision.number or 0),
                msg("Finish it, or withdraw it first."),
            )
        label = msg("New draft from revision {number}", number=number)
        return change_set(mint, label, planned(document, revision, log).changes)

    return edit


def planned(document: Document, revision: Revision, log: Iterable[ChangeSet]) -> Redraft:
    """What a new draft from this revision would change; AppError when the revision cannot be read."""
    found = frozen(revision, document)
    then = found.document
    rows = {row.id: row for row in document}
    went = _went(log)
    for row in then:
        here = rows.get(row.id)
        if here is None:
            here = went[row.id].row if row.id in went else row
        rows[row.id] = _set_back(here, row)
    back = Document.of(document.project_id, [rows[row.id] for row in then])
    for row in _taken_along(document, then, went):
        rows.setdefault(row.id, row)
    came = _came_since(document, then)
    kept = _spoken_of(document, came)
    for row_id in came - kept:
        del rows[row_id]
    let_go(rows)
    set_apart(rows, back)
    return Redraft(
        tuple(between_documents(document, Document.of(document.project_id, rows.values()))),
        tuple(row for row in document if row.id in kept),
        found.left_out,
        digest_of(revision.content.encode()) != revision.digest,
        bool(revision.erased),
    )


@dataclass(frozen=True, slots=True)
class _Went:
    """A row that was removed, as it was then, and the step that removed it."""

    row: Row
    step: ChangeSet


def _went(log: Iterable[ChangeSet]) -> Mapping[str, _Went]:
    """Every row that is gone, as it was last."""
    found: dict[str, _Went] = {}
    for entry in log:
        for change in entry.changes:
            if change.after is not None:
                found.pop(change.id, None)
            elif change.before is not None:
                found[change.id] = _Went(change.before, entry)
    return found


def _set_back(here: Row, then: Row) -> Row:
    """A row with its decisions as they were; what is recorded on it stays, unless it hangs on what changes here."""
    declared = fields_of(type(here))
    values = {name: then.value(name) for name, field in declared.items() if field.scope is Scope.DECISION}
    hanging: dict[str, Value] = {
        name: field.empty
        for name, field in declared.items()
        if field.emptied_with in values and here.value(field.emptied_with) != values[field.emptied_with]
    }
    return with_fields(here, {**hanging, **values, "rank": then.rank})


def _taken_along(document: Document, then: Document, went: Mapping[str, _Went]) -> Iterator[Row]:
    """What is no decision and went in the same step as a decision that comes back, because it belonged to it."""
    for row in then:
        if document.find(row.id) is None and row.id in went:
            for change in went[row.id].step.changes:
                lost = change.before
                if lost is not None and change.after is None and lost.spec.scope is not Scope.DECISION:
                    yield lost


def _came_since(document: Document, then: Document) -> set[str]:
    return {
        row.id
        for row in document
        if row.spec.scope is Scope.DECISION and not row.spec.is_fixed and then.find(row.id) is None
    }


def _spoken_of(document: Document, came: set[str]) -> set[str]:
    """Those of the rows that came since which something other than a decision speaks of, and whatever they need."""
    pending = [row_id for row_id in came if _has_a_record(document, row_id)]
    kept: set[str] = set()
    while pending:
        row_id = pending.pop()
        row = document.find(row_id)
        if row is None or row_id in kept or row_id not in came:
            continue
        kept.add(row_id)
        declared = fields_of(type(row))
        pending += [
            target for name, field in declared.items() if field.is_reference for target in targets_of(row, name)
        ]
        pending += [
            other.id
            for other, name in document.referrers(row_id)
            if fields_of(type(other))[name].on_remove is OnRemove.REMOVE
        ]
    return kept


def _has_a_record(document: Document, row_id: str) -> bool:
    row = document.find(row_id)
    assert row is not None
    recorded = [field for field in fields_of(type(row)).values() if field.scope is Scope.RECORD]
    if any(row.value(field.name) != field.empty for field in recorded):
        return True
    return any(fields_of(type(other))[name].scope is not Scope.DECISION for other, name in document.referrers(row_id))
