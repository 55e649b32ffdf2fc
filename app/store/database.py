"""One connection to one SQLite file, hardened (platform.md has the measurements that these settings rest on)."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.errors import Unreadable
from app.messages import Message, msg

APPLICATION_ID = 0x4F574E4D
"""SQLite's application_id of a project file: "OWNM" in ASCII."""

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; no honest project comes near it: one with 500 actions takes less than 1 MB, and an edit about 1 kB."""

LARGEST_VALUE = 20 * 1024 * 1024
"""Bytes of one row, and of one text in it."""

PATIENCE = 10.0
"""Seconds that SQLite may take to check a file from outside."""

PAGE = 4096
"""Bytes of a page; a file with other pages is not ours."""

Pragmas = Mapping[str, int | str]

_ALWAYS: Pragmas = {"trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0, "temp_store": 2}

READING: Pragmas = {**_ALWAYS, "query_only": 1}

EDITING: Pragmas = {
    **_ALWAYS,
    "locking_mode": "exclusive",
    "journal_mode": "truncate",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "secure_delete": 1,
}

# A file that nobody sees before it is complete: whoever makes it syncs it once, at the end.
FRESH: Pragmas = {**_ALWAYS, "page_size": PAGE, "journal_mode": "memory", "synchronous": 0, "foreign_keys": 1}


@contextmanager
def connected(path: Path | None, pragmas: Pragmas) -> Iterator[Connection]:
    """A connection to the file, or to memory; it is closed afterwards."""
    connection = connect(path, pragmas)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def holding(data: bytes, pragmas: Pragmas) -> Iterator[Connection]:
    """A connection to a database in memory that holds what the bytes of a file hold; the file is not touched."""
    with connected(None, pragmas) as connection:
        _raw(connection).deserialize(data)
        # Those of the file itself are back to what SQLite takes by itself.
        _set(connection, pragmas)
        yield connection


def bytes_of(connection: Connection) -> bytes:
    """The file that a database in memory would be."""
    return _raw(connection).serialize()


def connect(path: Path | None, pragmas: Pragmas) -> Connection:
    """A connection with these pragmas, each read back; Unreadable when this SQLite does not take one of them.

    Transactions are begun by hand: BEGIN IMMEDIATE takes DDL into the transaction, which the driver's own does not.
    """
    # URL.create takes a name with %, # or ? as it is.
    url = URL.create("sqlite", database=str(path) if path else ":memory:")
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    event.listen(engine, "connect", _harden)
    connection = engine.connect()
    try:
        _set(connection, pragmas)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        # SQLite has already rolled back after some errors (a full disk among them).
        if _raw(connection).in_transaction:
            connection.exec_driver_sql("ROLLBACK")
        raise


def found(connection: Connection, statement: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names of the columns and the rows that a statement of ours finds, all at once.

    Without SQLAlchemy's own results: 50 small tables take a tenth of the time. What SQLite raises is what it raises
    through SQLAlchemy.
    """
    try:
        cursor = _raw(connection).execute(statement)
        return [column[0] for column in cursor.description], cursor.fetchall()
    except sqlite3.Error as error:
        raise DBAPIError.instance(statement, None, error, sqlite3.Error) from error


def with_deadline(connection: Connection) -> None:
    """Stop any statement on this connection that still runs when PATIENCE is over; `ran_out` knows the error."""
    deadline = time.monotonic() + PATIENCE
    _raw(connection).set_progress_handler(lambda: int(time.monotonic() > deadline), 100_000)


def ran_out(error: Exception) -> bool:
    """Whether SQLite was stopped because PATIENCE was over."""
    return _code(error) == sqlite3.SQLITE_INTERRUPT


def means_damage(error: SQLAlchemyError) -> bool:
    """Whether the file itself is at fault, and not the disk, its space or whoever may use it."""
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def trouble(error: Exception) -> Message:
    """Why the disk did not take what was written, in words that fit behind a colon."""
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        if _code(error) == sqlite3.SQLITE_FULL:
            return msg("the disk is full")
        if _code(error) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            return msg("the folder cannot be written")
        return msg("the disk reports an error ({error})", error=str(error.orig))
    if isinstance(error, MemoryError):
        return msg("there is not enough memory")
    if isinstance(error, OSError):
        return msg("the disk reports an error ({error})", error=error.strerror or str(error))
    return msg("something unexpected happened ({error})", error=type(error).__name__)


def _set(connection: Connection, pragmas: Pragmas) -> None:
    for name, value in pragmas.items():
        connection.exec_driver_sql(f"PRAGMA {name} = {value}")
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        # mmap_size answers nothing where SQLite was built without it.
        if found not in (value, None):
            raise Unreadable(
                msg("SQLite {version} does not take {name}.", version=sqlite3.sqlite_version, name=name),
                msg("Nothing was changed. Install a newer Python."),
            )


def _harden(connection: sqlite3.Connection, record: Any) -> None:
    for limit, most in (
        (sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE),
        (sqlite3.SQLITE_LIMIT_COLUMN, 100),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 60),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 5),
        (sqlite3.SQLITE_LIMIT_VDBE_OP, 250_000),
    ):
        connection.setlimit(limit, most)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        for off in (
            sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA,
            sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER,
            sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW,
            sqlite3.SQLITE_DBCONFIG_DQS_DML,
            sqlite3.SQLITE_DBCONFIG_DQS_DDL,
        ):
            connection.setconfig(off, False)


def _code(error: Exception) -> int:
    """SQLite's primary result code; 0 where the fault was not SQLite's."""
    return getattr(getattr(error, "orig", None), "sqlite_errorcode", 0) & 0xFF


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
