"""From one version of the database to the next, each step in a module of its own and frozen once released.

A step is DDL text, never today's tables: the rows that a later version of the program declares must not change
what an old step does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection

from app.store import database
from app.store.migrations import v001, v002, v003

Step = tuple[str, ...]
"""The statements that lead from one version to the next."""

STEPS: tuple[Step, ...] = (v001.STATEMENTS, v002.STATEMENTS, v003.STATEMENTS)

CURRENT = len(STEPS)
"""The version that this program writes (SQLite's user_version)."""


def upgrade(connection: Connection, steps: Sequence[Step] | None = None) -> None:
    """Bring a database, or an empty file, to the last version (of STEPS, or of `steps`); all of it or nothing."""
    steps = STEPS if steps is None else steps
    with database.transaction(connection):
        for number in range(version(connection), len(steps)):
            for statement in steps[number]:
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA application_id = {database.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")


def version(connection: Connection) -> int:
    """The version of the database at hand; 0 for an empty file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


SchemaText = tuple[tuple[str | None, ...], ...]


def schema_text(connection: Connection) -> SchemaText:
    """Everything in the schema, as SQLite keeps it."""
    rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
    return tuple(tuple(row) for row in rows)


@cache
def expected_schema(number: int) -> SchemaText:
    """What the schema of a version must be, to the letter."""
    with database.connected(None, database.FRESH) as connection:
        upgrade(connection, STEPS[:number])
        return schema_text(connection)
