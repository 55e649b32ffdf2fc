"""What differs between two documents, by row and field: for `diff`, for "what changed", for an edited copy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from app.edits.generic import between_documents
from app.model.changes import RowChange
from app.model.commit import Revision
from app.model.document import Document
from app.model.fields import Scope, fields_of
from app.model.kinds import BY_KIND
from app.model.row import Row, changed_fields, from_plain


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that differs, and in which fields: none named means that the whole row was added or removed."""

    change: RowChange
    fields: tuple[str, ...]


def differences(before: Document, after: Document, *, scopes: frozenset[Scope]) -> tuple[Difference, ...]:
    """What differs in the fields of these scopes, in the order of the kinds. Order alone (`rank`) is no difference."""
    return tuple(_found(before, after, scopes))


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


def decisions_of(revision: Revision, project_id: str) -> Document:
    """The decisions that a revision froze, as a document of decision rows only."""
    rows: list[Row] = []
    for kind, found in json.loads(revision.content).items():
        if kind in BY_KIND:
            declared = fields_of(BY_KIND[kind])
            left_out = {name: f.empty for name, f in declared.items() if f.scope is Scope.DECISION}
            rows.extend(from_plain(BY_KIND[kind], {**left_out, **row}) for row in found)
    return Document.of(project_id, rows)


def since(revision: Revision, document: Document) -> tuple[Difference, ...]:
    """What changed in the decisions since a revision was frozen."""
    return differences(decisions_of(revision, document.project_id), document, scopes=frozenset({Scope.DECISION}))
