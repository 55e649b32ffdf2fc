"""What an edit does: rows before and after, with a label for people. Undo is the inverse of a change set."""

from __future__ import annotations

from dataclasses import dataclass

from app.messages import Message
from app.model.fields import Scope, fields_of
from app.model.row import Row, changed_fields

_UNDOABLE = frozenset({Scope.DECISION, Scope.PRIVATE})


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after: None before is an addition, None after a removal."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """Whichever state there is, the later one first."""
        row = self.after or self.before
        assert row is not None
        return row

    @property
    def kind(self) -> str:
        return self.row.spec.kind

    @property
    def id(self) -> str:
        return self.row.id

    def fields(self) -> frozenset[str]:
        """Names of the fields in which before and after differ; every field for an addition or a removal."""
        if self.before is None or self.after is None:
            return frozenset(fields_of(type(self.row)))
        return frozenset(changed_fields(self.before, self.after))

    @property
    def undoable(self) -> bool:
        """Whether it changes a decision or a private note, and not only what runs by itself."""
        spec, declared = self.row.spec, fields_of(type(self.row))
        if self.before is None or self.after is None:
            return spec.scope in _UNDOABLE
        touched = [declared[name] for name in self.fields() if name in declared]
        moved = len(touched) < len(self.fields()) and spec.scope in _UNDOABLE
        return moved or any(field.undoable and field.scope in _UNDOABLE for field in touched)

    @property
    def final(self) -> bool:
        """Whether it sets a field at which undo stops."""
        if self.before is None or self.after is None:
            return False
        declared = fields_of(type(self.row))
        return any(declared[name].final for name in self.fields() if name in declared)

    def scopes(self) -> frozenset[Scope]:
        """The scopes that this change touches."""
        spec, declared = self.row.spec, fields_of(type(self.row))
        if self.before is None or self.after is None:
            return frozenset({spec.scope})
        return frozenset(declared[name].scope if name in declared else spec.scope for name in self.fields())


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One step of the log: everything that one edit did, or undid.

    `undoes` names the change set that this one takes back. `group` is the id of the first of several change
    sets that are one step for undo (short pauses while typing in one field).
    """

    id: str
    label: Message
    changes: tuple[RowChange, ...]
    at: str
    author: str = ""
    undoes: str | None = None
    group: str = ""

    def scopes(self) -> frozenset[Scope]:
        return frozenset().union(*(change.scopes() for change in self.changes))

    @property
    def undoable(self) -> bool:
        """Signing and the operating record are not undoable; what changes a decision or a private note is."""
        return Scope.SIGNOFF not in self.scopes() and any(change.undoable for change in self.changes)

    @property
    def final(self) -> bool:
        """Whether undo stops at it: what stands before was signed, or somebody was erased from it."""
        return Scope.SIGNOFF in self.scopes() or any(change.final for change in self.changes)

    @property
    def step_id(self) -> str:
        """The id by which undo knows this change set."""
        return self.group or self.id

    def kinds(self) -> frozenset[str]:
        return frozenset(change.kind for change in self.changes)

    def touches(self, row_id: str) -> bool:
        return any(change.id == row_id for change in self.changes)
