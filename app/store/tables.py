"""The tables, derived from the declared fields, and how a row stands in them.

One table for each kind: `id`, `rank` and a column for each field. Lists are JSON text, flags are 0 and 1. A
reference with a single kind of target is a foreign key, deferred to the end of the transaction, without a
cascade: removing is one change set with every consequence (architecture.md, "A field is declared once").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from app.interchange import change_set_from_plain, plain_change_set
from app.model.changes import ChangeSet
from app.model.fields import Field, Kind, fields_of
from app.model.kinds import ALL
from app.model.row import Row

LISTS = frozenset({Kind.TEXTS, Kind.CHOICES, Kind.DAYS, Kind.REFERENCES})
NUMBERS = frozenset({Kind.NUMBER, Kind.MONEY, Kind.FLAG})
MAY_BE_NOTHING = frozenset({Kind.NUMBER, Kind.MONEY, Kind.REFERENCE})

Stored = dict[str, Any]
"""The columns of one row by name."""


@dataclass(frozen=True)
class Schema:
    """The tables of a project: one for each kind, and those that every project has."""

    metadata: MetaData
    kinds: Mapping[str, Table]
    project: Table
    change_set: Table
    seal: Table

    def statements(self) -> tuple[str, ...]:
        """The DDL of every table, as a migration spells it."""
        dialect = sqlite.dialect()
        return tuple(
            "\n".join(line.rstrip() for line in str(CreateTable(table).compile(dialect=dialect)).strip().splitlines())
            for table in self.metadata.tables.values()
        )


def schema_of(row_classes: Iterable[type[Row]]) -> Schema:
    """The tables for these kinds of rows."""
    metadata = MetaData()
    project = Table(
        "project",
        metadata,
        Column("id", Text, primary_key=True),
        # The header's user_version again, where the seal covers it.
        Column("format_version", Integer, nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    kinds = {row_class.spec.kind: _table(row_class, metadata) for row_class in row_classes}
    change_set = Table(
        "change_set",
        metadata,
        Column("seq", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("at", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("label", Text, nullable=False),
        Column("undoes", Text),
        Column("grp", Text, nullable=False),
        Column("changes", Text, nullable=False),
        sqlite_strict=True,
    )
    seal = Table(
        "seal",
        metadata,
        Column("sha256", Text, primary_key=True),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    return Schema(metadata, kinds, project, change_set, seal)


def _table(row_class: type[Row], metadata: MetaData) -> Table:
    columns = [_column(field) for field in fields_of(row_class).values()]
    return Table(
        row_class.spec.kind,
        metadata,
        Column("id", Text, primary_key=True),
        Column("rank", Text, nullable=False),
        *columns,
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )


def _column(field: Field) -> Column[Any]:
    nullable = field.kind in MAY_BE_NOTHING
    if field.kind in NUMBERS:
        return Column(field.name, Integer, nullable=nullable)
    if field.kind is Kind.REFERENCE and len(field.targets) == 1:
        target = ForeignKey(f"{field.targets[0]}.id", deferrable=True, initially="DEFERRED")
        return Column(field.name, Text, target, nullable=True)
    return Column(field.name, Text, nullable=nullable)


SCHEMA = schema_of(ALL)


# --- rows and change sets as they are stored ---------------------------------------------------------------


def stored_row(row: Row) -> Stored:
    """The row as columns."""
    found: Stored = {"id": row.id, "rank": row.rank}
    for name, field in fields_of(type(row)).items():
        value = row.value(name)
        if field.kind in LISTS:
            found[name] = as_json(value)
        elif field.kind is Kind.FLAG:
            found[name] = int(value is True)
        else:
            found[name] = value
    return found


def plain_row(row_class: type[Row], columns: Mapping[Any, Any]) -> dict[str, Any]:
    """The columns of a row as plain JSON values, as app.interchange takes them.

    What is not in the form in which `stored_row` writes it passes unchanged, or raises ValueError; the check on
    what comes in finds it.
    """
    plain = dict(columns)
    for name, field in fields_of(row_class).items():
        if field.kind in LISTS:
            plain[name] = json.loads(plain[name])
        elif field.kind is Kind.FLAG and plain[name] in (0, 1):
            plain[name] = plain[name] == 1
    return plain


def stored_change_set(entry: ChangeSet) -> Stored:
    """The change set as columns, without its place in the log."""
    plain = plain_change_set(entry)
    assert plain is not None  # only a reader who leaves out private rows gets nothing
    return {
        "id": entry.id,
        "at": entry.at,
        "author": entry.author,
        "label": as_json(plain["label"]),
        "undoes": entry.undoes,
        "grp": entry.group,
        "changes": as_json(plain["changes"]),
    }


def change_set(columns: Mapping[str, Any]) -> ChangeSet:
    """The change set that `stored_change_set` wrote."""
    plain = {
        "id": columns["id"],
        "at": columns["at"],
        "author": columns["author"],
        "label": json.loads(columns["label"]),
        "undoes": columns["undoes"],
        "group": columns["grp"],
        "changes": json.loads(columns["changes"]),
    }
    return change_set_from_plain(plain)


def as_json(value: Any) -> str:
    """Short JSON text, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
