"""What a check reads besides the row that it is about, and which rows it looks at again when that changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from app.model.changes import RowChange
from app.model.document import Document, Table, targets_of
from app.model.fields import fields_of
from app.model.names import is_erased
from app.model.owners import Rota
from app.model.room import Person
from app.model.row import Row

NO_ROWS: frozenset[str] = frozenset()


class Read(Protocol):
    """Something that a check depends on."""

    @property
    def kinds(self) -> tuple[type[Row], ...]:
        """The kinds of row that it is found in."""
        ...

    def again(self, before: Document, after: Document, over: Table) -> frozenset[str] | None:
        """The ids of the rows of `over` for which it is not what it was before; None where that may be all of them.

        `over` are the rows that the rule checks, as they are after. Those that changed themselves need not be named.
        """
        ...


Reads = tuple[type[Row] | Read, ...]
"""A kind by itself stands for everything in its rows, and their order."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields of every row of a kind, and the order of the rows; every field where `fields` is None."""

    kind: type[Row]
    fields: tuple[str, ...] | None

    @property
    def kinds(self) -> tuple[type[Row], ...]:
        return (self.kind,)

    def again(self, before: Document, after: Document, over: Table) -> frozenset[str] | None:
        names = None if self.fields is None else (*self.fields, "rank")
        return None if any(_differs(each, names) for each in changes(before, after, self.kind)) else NO_ROWS


@dataclass(frozen=True, slots=True)
class Filled:
    """Which rows of a kind there are, and whether these fields of theirs are filled, with whatever."""

    kind: type[Row]
    fields: tuple[str, ...]

    @property
    def kinds(self) -> tuple[type[Row], ...]:
        return (self.kind,)

    def again(self, before: Document, after: Document, over: Table) -> frozenset[str] | None:
        return None if any(_fills(each, self.fields) for each in changes(before, after, self.kind)) else NO_ROWS


@dataclass(frozen=True, slots=True)
class About:
    """The rows of a kind that refer to the row that is checked."""

    kind: type[Row]

    @property
    def kinds(self) -> tuple[type[Row], ...]:
        return (self.kind,)

    def again(self, before: Document, after: Document, over: Table) -> frozenset[str] | None:
        return _pointed_at(before.table(self.kind.spec.kind), after.table(self.kind.spec.kind))


@dataclass(frozen=True, slots=True)
class Behind:
    """Some fields of those rows of a kind that the checked row refers to, and whether they are there."""

    kind: type[Row]
    fields: tuple[str, ...]

    @property
    def kinds(self) -> tuple[type[Row], ...]:
        return (self.kind,)

    def again(self, before: Document, after: Document, over: Table) -> frozenset[str] | None:
        changed = [each.id for each in changes(before, after, self.kind) if _differs(each, self.fields)]
        return frozenset(referrer for id in changed for referrer, _ in over.references.get(id, ()))


@dataclass(frozen=True, slots=True)
class Beyond:
    """Some fields of those rows of a kind that a row refers to which the checked row refers to: the members of its
    rotas. Which ones it leads to is for another read to say."""

    by: type[Row]
    kind: type[Row]
    fields: tuple[str, ...]

    @property
    def kinds(self) -> tuple[type[Row], ...]:
        return (self.by, self.kind)

    def again(self, before: Document, after: Document, over: Table) -> frozenset[str] | None:
        changed = [each.id for each in changes(before, after, self.kind) if _differs(each, self.fields)]
        leading = after.table(self.by.spec.kind).references if changed else {}
        between = {referrer for id in changed for referrer, _ in leading.get(id, ())}
        return frozenset(referrer for id in between for referrer, _ in over.references.get(id, ()))


@dataclass(frozen=True, slots=True)
class OnlyFor:
    """Another read, which makes a difference to those rows alone of which something holds that they say themselves."""

    holds: Callable[[Any], bool]
    read: Read

    @property
    def kinds(self) -> tuple[type[Row], ...]:
        return self.read.kinds

    def again(self, before: Document, after: Document, over: Table) -> frozenset[str] | None:
        found = self.read.again(before, after, over)
        return _those(over, self.holds) if found is None else found


def part(kind: type[Row], *fields: str) -> Part:
    """These fields of every row of a kind, and the order of its rows."""
    return Part(kind, fields)


def filled(kind: type[Row], *fields: str) -> Filled:
    """Which rows of a kind there are, and whether these fields of theirs are filled."""
    return Filled(kind, fields)


def about(*kinds: type[Row]) -> tuple[About, ...]:
    """The rows of these kinds that refer to the row that is checked."""
    return tuple(About(kind) for kind in kinds)


def only_for(holds: Callable[[Any], bool], *reads: Read) -> tuple[OnlyFor, ...]:
    """What makes a difference only to a checked row of which this holds; it is asked of the row alone."""
    return tuple(OnlyFor(holds, read) for read in reads)


def behind(kind: type[Row], *fields: str) -> Behind:
    """These fields of the rows of a kind that the checked row refers to."""
    return Behind(kind, fields)


def behind_members(*fields: str) -> Reads:
    """These fields of the persons that the checked row refers to, as persons or as members of a rota, and who the
    members are."""
    return Behind(Person, fields), Behind(Rota, ("members",)), Beyond(Rota, Person, fields)


def changes(before: Document, after: Document, kind: type[Row]) -> tuple[RowChange, ...]:
    """The rows of a kind that came, went, or have another state."""
    return _changes(before.table(kind.spec.kind), after.table(kind.spec.kind))


# Many rules ask about the same edit, so what it changed is worked out once.


@lru_cache(maxsize=32)
def _changes(before: Table, after: Table) -> tuple[RowChange, ...]:
    if before is after:
        return ()
    old, new = before.by_id, after.by_id
    changed = [RowChange(old.get(id), row) for id, row in new.items() if old.get(id) is not row]
    return (*changed, *(RowChange(row, None) for id, row in old.items() if id not in new))


@lru_cache(maxsize=32)
def _pointed_at(before: Table, after: Table) -> frozenset[str]:
    """The ids that a changed row refers to, or did."""
    states = (row for each in _changes(before, after) for row in (each.before, each.after) if row is not None)
    return frozenset(
        target
        for row in states
        for name, field in fields_of(type(row)).items()
        if field.is_reference
        for target in targets_of(row, name)
    )


@lru_cache(maxsize=32)
def _those(table: Table, holds: Callable[[Any], bool]) -> frozenset[str]:
    """The ids of the rows of which something holds."""
    return frozenset(id for id, row in table.by_id.items() if holds(row))


def _differs(change: RowChange, names: tuple[str, ...] | None) -> bool:
    """Whether a row that changed did so in one of these fields, came, or went."""
    before, after = change.before, change.after
    if names is None or before is None or after is None or _is_gone(before) is not _is_gone(after):
        return True
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _fills(change: RowChange, names: tuple[str, ...]) -> bool:
    """Whether a row that changed has one of these fields filled or emptied, came, or went."""
    before, after = change.before, change.after
    if before is None or after is None or _is_gone(before) is not _is_gone(after):
        return True
    return any(bool(getattr(before, name)) is not bool(getattr(after, name)) for name in names)


def _is_gone(row: Row) -> bool:
    """Whether a row is of somebody who was erased: they are nobody from then on, whatever else is read of them."""
    return isinstance(row, Person) and is_erased(row.name)
