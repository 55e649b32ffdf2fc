"""The operating record: what happened since, in order, each entry bound to the one before it (domain.md 0.12).

Evidence, readings, reviews, tests, acceptances, absences and hand-overs are recorded, not signed: adding to them voids
no signature. The record is read off the log and never stored beside it. Its head is a hash over all entries, so that
a copy can be told from one in which an entry was changed, left out or put in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.interchange import Plain, canonical, plain_message
from app.messages import Message, msg
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.fields import Scope, fields_of
from app.model.row import Row

RECORD_DOMAIN = b"ownermap operating record 1\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the changes of one step of the log that touch the record, and the hash, in hex, that binds them to
    all entries before. `number` counts from 1, `at` is a moment in UTC."""

    number: int
    at: str
    author: str
    label: Message
    changes: tuple[RowChange, ...]
    digest: str

    @property
    def events(self) -> tuple[RowChange, ...]:
        """The same changes, rows of the record itself first: what a reader wants to know before anything else."""
        return tuple(sorted(self.changes, key=lambda change: change.row.spec.scope is not Scope.RECORD))


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries there are, and the hash of the last one in hex; "" where there is none."""

    count: int
    digest: str


def entries(log: Iterable[ChangeSet]) -> tuple[Entry, ...]:
    """The operating record, the oldest entry first; the same for a copy without private rows and fields."""
    found: list[Entry] = []
    previous = ""
    for step in log:
        changes = tuple(change for change in step.changes if _touches(change))
        if changes:
            number = len(found) + 1
            previous = _digest(number, step, changes, previous)
            found.append(Entry(number, step.at, step.author, step.label, changes, previous))
    return tuple(found)


def head(log: Iterable[ChangeSet]) -> Head:
    """The number of entries and the hash that stands for all of them."""
    found = entries(log)
    return Head(len(found), found[-1].digest) if found else Head(0, "")


def behind(copy: Iterable[ChangeSet], log: Iterable[ChangeSet]) -> int | None:
    """How many entries the record of a copy is behind this one; None when it is not the beginning of it."""
    ours, theirs = entries(log), head(copy)
    if theirs.count > len(ours):
        return None
    if theirs.count and ours[theirs.count - 1].digest != theirs.digest:
        return None
    return len(ours) - theirs.count


def contradiction(document: Document, log: Iterable[ChangeSet]) -> Message | None:
    """Where the rows say otherwise than what the log last recorded of them; None where they agree.

    A row that the log never touched, such as one of a template, is as it came, and nothing can be said against it.
    """
    said = {change.id: change for step in log for change in step.changes}
    for change in said.values():
        before, after = _stated(change.row, change.after), _stated(change.row, document.find(change.id))
        if before != after:
            name = change.row.called()
            what = msg(change.row.spec.one)
            about = msg("{what} “{name}”", what=what, name=name) if name else what
            return msg("{what} is not what the operating record says", what=about)
    return None


def beside(document: Document, log: Iterable[ChangeSet]) -> Message | None:
    """That some of what the document holds for the record is not in it: rows of which no entry tells came with a
    template or an import. None where there are no such rows."""
    touched = {change.id for step in log for change in step.changes if _touches(change)}
    if all(row.id in touched or not _is_of_record(row) for row in document):
        return None
    return msg("What came with the template, or with an import, is not in this record.")


def nothing_yet(document: Document, log: Iterable[ChangeSet]) -> Message:
    """What is said of an empty record."""
    nothing, others = msg("Nothing has been recorded yet."), beside(document, log)
    return msg("{nothing} {others}", nothing=nothing, others=others) if others is not None else nothing


def _is_of_record(row: Row) -> bool:
    """Whether a row is one of the record, or says something for it."""
    return row.spec.scope is Scope.RECORD or bool(record_part(row))


def _stated(kind: Row, row: Row | None) -> dict[str, Any] | None:
    """What a row states for the record; a row that is not of the record itself and is gone states nothing."""
    part = record_part(row)
    return part if kind.spec.scope is Scope.RECORD else part or {}


def recorded(change: RowChange) -> frozenset[str]:
    """The names of the record fields that a change touches."""
    before, after = record_part(change.before) or {}, record_part(change.after) or {}
    return frozenset(name for name in {*before, *after} if before.get(name) != after.get(name))


def _touches(change: RowChange) -> bool:
    """Whether a change belongs in the record: a row of it came or went, or a field of it took another value."""
    came_or_went = change.before is None or change.after is None
    return (came_or_went and change.row.spec.scope is Scope.RECORD) or bool(recorded(change))


def record_part(row: Row | None) -> dict[str, Any] | None:
    """The record fields of a row that are filled in; none of a row of the sign-off, and None where there is no row.

    Empty values are left out, so that a field that a later version adds does not change an old hash.
    """
    if row is None:
        return None
    if row.spec.scope is Scope.SIGNOFF:
        return {}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, field in fields_of(type(row)).items()
        if field.scope is Scope.RECORD and (value := row.value(name)) != field.empty
    }


def content(change: RowChange) -> Plain:
    """What a change says for the record, as plain values: the row, and its record fields before and after (None where
    there was, or is, no row). This is what is hashed."""
    return {
        "kind": change.kind,
        "id": change.id,
        "before": record_part(change.before),
        "after": record_part(change.after),
    }


def _digest(number: int, step: ChangeSet, changes: tuple[RowChange, ...], previous: str) -> str:
    hashed = {
        "number": number,
        "previous": previous,
        "id": step.id,
        "at": step.at,
        "author": step.author,
        "label": plain_message(step.label),
        "undoes": step.undoes,
        "changes": [content(each) for each in changes],
    }
    return hashlib.sha256(RECORD_DOMAIN + canonical(hashed)).hexdigest()
