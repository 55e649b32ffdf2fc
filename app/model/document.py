"""The project as it stands: immutable tables of rows. An edit makes a new Document that shares what it left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from app.errors import AppError
from app.messages import msg
from app.model.changes import ChangeSet, RowChange
from app.model.fields import Value, fields_of
from app.model.ids import Mint
from app.model.kinds import ALL, BY_KIND
from app.model.ranks import spread
from app.model.row import Row

R = TypeVar("R", bound=Row)


class Table:
    """The rows of one kind. Never changes; what is derived from it is computed once."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self.by_id = MappingProxyType(dict(rows))

    @cached_property
    def ordered(self) -> tuple[Row, ...]:
        """The rows in their order: by rank, then id."""
        return tuple(sorted(self.by_id.values(), key=lambda row: (row.rank, row.id)))

    @cached_property
    def references(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Target id -> (id of the row that refers, name of the field) for every reference out of this table."""
        found: dict[str, list[tuple[str, str]]] = {}
        if not self.by_id:
            return {}
        declared = fields_of(type(next(iter(self.by_id.values()))))
        names = [name for name, field in declared.items() if field.is_reference]
        for row in self.ordered if names else ():
            for name in names:
                for target in targets_of(row, name):
                    found.setdefault(target, []).append((row.id, name))
        return {target: tuple(places) for target, places in found.items()}

    def with_changes(self, changes: Iterable[RowChange]) -> Table:
        rows = dict(self.by_id)
        for change in changes:
            if change.after is None:
                del rows[change.id]
            else:
                rows[change.id] = change.after
        return Table(rows)


_EMPTY = Table({})


class Document:
    """Everything in a project, immutable. Ids are unique across all kinds."""

    def __init__(self, project_id: str, tables: Mapping[str, Table]) -> None:
        self.project_id = project_id
        self._tables = dict(tables)

    @classmethod
    def of(cls, project_id: str, rows: Iterable[Row]) -> Document:
        """A document of these rows."""
        by_kind: dict[str, dict[str, Row]] = {}
        for row in rows:
            by_kind.setdefault(row.spec.kind, {})[row.id] = row
        return cls(project_id, {kind: Table(found) for kind, found in by_kind.items()})

    @classmethod
    def empty(cls, mint: Mint) -> Document:
        """A new project: one row of each singleton, and every fixed row with its defaults."""
        return cls.of(mint.id(), _first_rows(mint))

    def table(self, kind: str) -> Table:
        """The table of a kind; identical objects mean identical rows, so it can key a cache."""
        return self._tables.get(kind, _EMPTY)

    def rows(self, row_class: type[R]) -> tuple[R, ...]:
        """All rows of a kind, in order."""
        return self.table(row_class.spec.kind).ordered  # type: ignore[return-value]

    def only(self, row_class: type[R]) -> R:
        """The one row of a singleton kind."""
        return self.rows(row_class)[0]

    def fixed(self, row_class: type[R], entry: Value) -> R:
        """The row of a fixed kind that stands for `entry`, such as the exception owner."""
        name = row_class.spec.fixed_by
        for row in self.rows(row_class):
            if row.value(name) == entry:
                return row
        raise KeyError(entry)

    def find(self, row_id: str | None) -> Row | None:
        """The row with this id, whatever its kind."""
        if row_id is None:
            return None
        for table in self._tables.values():
            found = table.by_id.get(row_id)
            if found is not None:
                return found
        return None

    def get(self, row_class: type[R], row_id: str | None) -> R | None:
        """The row with this id, if it is of this kind."""
        return self.table(row_class.spec.kind).by_id.get(row_id or "")  # type: ignore[return-value]

    def called(self, row_id: str | None) -> str:
        """How the row with this id is called; empty when there is none."""
        row = self.find(row_id)
        return row.called() if row else ""

    def referrers(self, row_id: str) -> tuple[tuple[Row, str], ...]:
        """Every (row, field name) that refers to this row."""
        return tuple(
            (table.by_id[referrer], name)
            for table in self._tables.values()
            for referrer, name in table.references.get(row_id, ())
        )

    def apply(self, change_set: ChangeSet) -> Document:
        """The document after a change set; only the touched tables are copied."""
        return self.applying(change_set.changes)

    def applying(self, changes: Iterable[RowChange]) -> Document:
        """The document after these row changes; raises AppError when they do not fit what is here."""
        by_kind: dict[str, list[RowChange]] = {}
        for change in changes:
            before = self.table(change.kind).by_id.get(change.id)
            if before != change.before:
                raise AppError(msg("This change was made to another state of the project."), msg("Open it again."))
            by_kind.setdefault(change.kind, []).append(change)
        tables = dict(self._tables)
        for kind, touched in by_kind.items():
            tables[kind] = self.table(kind).with_changes(touched)
        return Document(self.project_id, tables)

    def __iter__(self) -> Iterator[Row]:
        """Every row, kind by kind, in order."""
        for row_class in ALL:
            yield from self.table(row_class.spec.kind).ordered

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return self.project_id == other.project_id and all(
            self.table(kind).by_id == other.table(kind).by_id for kind in BY_KIND
        )

    __hash__ = None  # type: ignore[assignment]


def targets_of(row: Row, name: str) -> tuple[str, ...]:
    """The ids that a reference field names."""
    value = row.value(name)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def _first_rows(mint: Mint) -> Iterator[Row]:
    for row_class in ALL:
        spec = row_class.spec
        if spec.singleton:
            yield row_class(id=mint.id())
        elif spec.fixed_by:
            for rank, entry in zip(spread(len(spec.entries)), spec.entries, strict=True):
                yield row_class(id=mint.id(), rank=rank, **entry)
