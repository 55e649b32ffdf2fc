"""What differs between two documents, by row and field: for `diff`, for "what changed", for an edited copy; and the
decisions of a revision as a document, so that it can be compared and come back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.edits.generic import between_documents
from app.errors import AppError, FieldFault
from app.interchange import derived_id
from app.messages import msg
from app.model.changes import RowChange
from app.model.commit import Revision
from app.model.document import Document
from app.model.fields import Scope, Value, fields_of
from app.model.kinds import ALL, BY_KIND
from app.model.room import Agent
from app.model.row import Row, changed_fields

DECISIONS = frozenset({Scope.DECISION})


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that differs, and in which fields: none named means that the whole row was added or removed."""

    change: RowChange
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """The decisions that a revision froze, as far as this version of the program reads them.

    `document` holds decision rows only, and every fixed one: those that the revision knew nothing of are blank.
    `left_out` names what is not read, as kind and field: a kind or a field that is no decision any more, or a value
    that its field no longer takes.
    """

    document: Document
    left_out: tuple[str, ...]


def differences(before: Document, after: Document, *, scopes: frozenset[Scope]) -> tuple[Difference, ...]:
    """What differs in the fields of these scopes, in the order of the kinds. Order alone (`rank`) is no difference."""
    return tuple(_found(before, after, scopes))


def since(revision: Revision, document: Document) -> tuple[Difference, ...]:
    """What changed in the decisions since a revision was frozen. Raises AppError as `frozen` does."""
    return differences(frozen(revision, document).document, document, scopes=DECISIONS)


def _found(before: Document, after: Document, scopes: frozenset[Scope]) -> Iterator[Difference]:
    for change in between_documents(before, after):
        declared = fields_of(type(change.row))
        if change.before is None or change.after is None:
            if change.row.spec.scope in scopes:
                yield Difference(change, ())
            continue
        names = changed_fields(change.before, change.after)
        kept = tuple(name for name in names if name in declared and declared[name].scope in scopes)
        if kept:
            yield Difference(change, kept)


# --- what a revision froze ---------------------------------------------------------------------------------


def decisions_of(revision: Revision, project_id: str) -> Document:
    """The decisions that a revision froze, as a document of decision rows only. Raises AppError as `frozen` does."""
    return frozen(revision, Document.of(project_id, ())).document


def frozen(revision: Revision, document: Document) -> Frozen:
    """The decisions that a revision of this document froze.

    Raises AppError where what is kept is no set of decisions, as after a hand has been in the file.
    """
    kept = _kept(revision)
    rows: dict[str, Row] = {}
    left_out: dict[str, None] = {}
    for kind, found in kept.items():
        row_class = BY_KIND.get(kind)
        if row_class is None or row_class.spec.scope is not Scope.DECISION:
            if kind != "project":
                left_out[kind] = None
            continue
        for plain in found:
            row, unread = _row(row_class, plain)
            rows[row.id] = row
            left_out.update(dict.fromkeys(f"{kind}.{name}" for name in unread))
    for blank in _blanks(document, rows.values()):
        rows[blank.id] = blank
    return Frozen(Document.of(document.project_id, rows.values()), tuple(left_out))


def _kept(revision: Revision) -> Mapping[str, list[dict[str, Any]]]:
    """The content as plain values: lists of rows with an id, the agent among them."""
    try:
        kept = json.loads(revision.content)
        sound = all(isinstance(row["id"], str) for rows in kept.values() for row in rows) and kept[Agent.spec.kind]
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise AppError(
            msg("What revision {number} kept of the decisions cannot be read.", number=revision.number or 0),
            msg("Look for a backup or a copy of the file in which it can."),
        )
    return kept  # type: ignore[no-any-return]


def _row(row_class: type[Row], plain: Mapping[str, Any]) -> tuple[Row, list[str]]:
    """One row, with the names of what is not read. A field that was left out was empty, or not there yet."""
    declared = {name: field for name, field in fields_of(row_class).items() if field.scope is Scope.DECISION}
    values: dict[str, Value] = {name: field.empty for name, field in declared.items()}
    unread = [name for name in plain if name not in declared and name not in ("id", "rank")]
    for name, field in declared.items():
        if name in plain:
            try:
                values[name] = field.normalise(plain[name])
            except FieldFault:
                unread.append(name)
    more: dict[str, Any] = values
    return row_class(id=plain["id"], rank=str(plain.get("rank", "")), **more), unread


def _blanks(document: Document, rows: Iterable[Row]) -> Iterator[Row]:
    """A blank row for each fixed decision that a revision knew nothing of, under the id that it has in the document."""
    there = {(type(row), row.value(row.spec.fixed_by) if row.spec.fixed_by else None) for row in rows}
    for row_class in ALL:
        spec = row_class.spec
        if spec.scope is not Scope.DECISION or not spec.is_fixed:
            continue
        here = {row.value(spec.fixed_by) if spec.fixed_by else None: row for row in document.rows(row_class)}
        for number, entry in enumerate(spec.entries or ({},)):
            key = entry.get(spec.fixed_by) if spec.fixed_by else None
            if (row_class, key) not in there:
                values: dict[str, Any] = dict(entry)
                row = here.get(key)
                row_id = row.id if row else derived_id(document.project_id, f"{spec.kind}/{number}")
                yield row_class(id=row_id, rank=row.rank if row else "", **values)
