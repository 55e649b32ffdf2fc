"""Files made by somebody who knows our schema, and wants more than to be read.

Each recipe changes a good project with plain SQLite. Those of CONTENT leave the schema alone and put the seal right
afterwards, as whoever can read this program could.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from app.store import content, database, migrations, tables

Recipe = Callable[[Path], None]

COUNT_UP = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n{}) SELECT {} FROM n"


def sql(*statements: str, schema: bool = False) -> Recipe:
    """Runs these statements; with `schema`, SQLite lets its own catalogue be written."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            if schema:
                other.execute("PRAGMA writable_schema = ON")
            for statement in statements:
                other.execute(statement)

    return change


def sealed(*statements: str) -> Recipe:
    """Runs these statements, and puts the seal right."""

    def change(path: Path) -> None:
        sql(*statements)(path)
        seal_again(path)

    return change


def seal_again(path: Path) -> None:
    """What somebody does who knows how the seal is made."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        names = [
            row[0] for row in other.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'seal'")
        ]
        seal = content._seal({name: other.execute(f'SELECT * FROM "{name}" ORDER BY 1') for name in names})
        other.execute("UPDATE seal SET sha256 = ?", (seal,))


def log_entry(changes: str, *, number: int = 1, label: str = '["x",{}]', at: str = "2026-11-21T03:00:00.000Z") -> str:
    """A statement that adds an entry to the log."""
    place = f"(SELECT coalesce(max(seq), 0) + {number} FROM change_set)"
    return f"INSERT INTO change_set SELECT {place}, hex(randomblob(16)), '{at}', '', '{label}', NULL, '', {changes}"


def bytes_at(at: int, data: bytes) -> Recipe:
    """Writes bytes into the file."""

    def change(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(data)

    return change


def rebuilt(*pragmas: str) -> Recipe:
    """The same tables and rows in a database that SQLite makes otherwise."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as old:
            dump = [*old.iterdump()]
        path.unlink()
        with closing(sqlite3.connect(path, isolation_level=None)) as new:
            for statement in pragmas:
                new.execute(f"PRAGMA {statement}")
            for statement in dump:
                new.execute(statement)
            new.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
            new.execute(f"PRAGMA user_version = {migrations.CURRENT}")

    return change


_PERSON = "(SELECT sql FROM sqlite_schema WHERE name = 'person')"
_DEEP = json.dumps("[" * 100_000)

SCHEMA: Mapping[str, Recipe] = {
    "a trigger that signs": sql("CREATE TRIGGER t AFTER INSERT ON change_set BEGIN DELETE FROM signature; END"),
    "a trigger on an update": sql("CREATE TRIGGER t BEFORE UPDATE ON person BEGIN SELECT raise(ABORT, 'no'); END"),
    "a trigger in place of a view's insert": sql(
        "CREATE VIEW v AS SELECT 1 AS a", "CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN DELETE FROM person; END"
    ),
    "a view": sql("CREATE VIEW v AS SELECT * FROM person"),
    "a view without end": sql(f"CREATE VIEW v AS {COUNT_UP.format('', 'i')}"),
    "a view in place of a table": sql("DROP TABLE handover", f"CREATE VIEW handover AS {COUNT_UP.format('', 'i')}"),
    "a view that fills the memory": sql(
        "DROP TABLE handover", "CREATE VIEW handover AS SELECT hex(zeroblob(400000000)) AS id, '' AS rank"
    ),
    "another table": sql("CREATE TABLE more (x)"),
    "another index": sql("CREATE INDEX i ON person (name)"),
    "an index over an expression": sql("CREATE INDEX i ON person (upper(name))"),
    "an index over a part": sql("CREATE INDEX i ON person (name) WHERE name > ''"),
    "a generated column": sql("ALTER TABLE person ADD COLUMN g TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL"),
    "another column": sql("ALTER TABLE person ADD COLUMN more TEXT"),
    "a column with a default": sql("ALTER TABLE person ADD COLUMN more TEXT DEFAULT 'x'"),
    "a renamed column": sql("ALTER TABLE person RENAME COLUMN title TO titel"),
    "a renamed table": sql("ALTER TABLE handover RENAME TO hand_over"),
    "a missing table": sql("DROP TABLE handover"),
    "a table with row ids": sql("DROP TABLE handover", "CREATE TABLE handover (id TEXT PRIMARY KEY, rank TEXT)"),
    "statistics": sql("CREATE TABLE x (a)", "CREATE INDEX i ON x (a)", "INSERT INTO x VALUES (1)", "ANALYZE"),
    "a counter of row ids": sql("CREATE TABLE x (a INTEGER PRIMARY KEY AUTOINCREMENT)"),
    "a full text table": sql("CREATE VIRTUAL TABLE x USING fts5 (a)"),
    "a virtual table of a module that is not there": sql(
        "INSERT INTO sqlite_schema VALUES ('table', 'x', 'x', 0, 'CREATE VIRTUAL TABLE x USING nothing(1)')",
        schema=True,
    ),
    "a schema that is not SQL": sql("UPDATE sqlite_schema SET sql = 'CREATE TABLE' WHERE name = 'person'", schema=True),
    "a schema without types": sql(
        "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'change_set'", schema=True
    ),
    "two tables on one page": sql(
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'agent') "
        "WHERE name = 'person'",
        schema=True,
    ),
    "a table on a page beyond the end": sql(
        "UPDATE sqlite_schema SET rootpage = 9999999 WHERE name = 'person'", schema=True
    ),
    "a table on the catalogue's page": sql("UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'person'", schema=True),
    "a thousand tables": sql(*(f"CREATE TABLE t{number} (x)" for number in range(1_000))),
    "write-ahead mode": sql("PRAGMA journal_mode = WAL"),
    "texts in UTF-16": rebuilt("encoding = 'UTF-16le'"),
    "other pages": rebuilt("page_size = 1024"),
    "auto-vacuum": rebuilt("auto_vacuum = 1"),
    "room at the end of pages": bytes_at(20, b"\x10"),
    "an old schema format": bytes_at(44, b"\x00\x00\x00\x01"),
    "version 0": sql("PRAGMA user_version = 0"),
    "an older version's number": sql("PRAGMA user_version = 1"),
    "a negative version": sql("PRAGMA user_version = -5"),
    "a page count of nothing": bytes_at(28, bytes(4)),
    "a list of free pages that leads nowhere": bytes_at(32, b"\x00\x00\xff\xff\x00\x00\x00\x05"),
}
"""What is built otherwise."""

REST_OF_AGENT = ", ".join(column.name for column in tables.SCHEMA.kinds["agent"].columns if column.name != "id")

AWAY = (
    "(SELECT json_array(json_object('kind', 'person', 'before', NULL, 'after', json_object("
    "'id', id, 'rank', rank, 'away_to', {}))) FROM person LIMIT 1)"
)
"""What a step changed: a person who is away until some day."""

CONTENT: Mapping[str, Recipe] = {
    "a person of no text": sql("UPDATE person SET name = CAST(x'fffe80' AS TEXT)"),
    "a text with a zero in it": sealed("UPDATE person SET name = 'a' || char(0) || 'b'"),
    "a text of 15 million letters": sealed("UPDATE person SET name = replace(hex(zeroblob(7500000)), '0', 'x')"),
    "an id that is no id": sealed("UPDATE agent SET id = '../../etc/passwd'"),
    "two agents": sealed(f"INSERT INTO agent SELECT hex(randomblob(16)), {REST_OF_AGENT} FROM agent"),
    "no agent": sealed("DELETE FROM agent"),
    "a reference to nothing": sealed("PRAGMA foreign_keys = OFF", "UPDATE agent SET understudy = 'nobody'"),
    "a reference to another kind": sealed("UPDATE agent SET understudy = id"),
    "a number beyond all numbers": sealed("UPDATE agent SET cost_l1 = 9223372036854775807"),
    "a negative amount": sealed("UPDATE agent SET cost_l1 = -1"),
    "a flag of 7": sealed("UPDATE agent SET outside_parties = 7"),
    "a word that is no choice": sealed("UPDATE agent SET stage = 'owner of all'"),
    "a list that is no list": sealed("UPDATE workshop SET rank = rank", "UPDATE rota SET members = '{}'"),
    "a list without end": sealed(f"UPDATE rota SET members = {_DEEP.replace(chr(34), chr(39))}"),
    "a number that is not one": sealed("UPDATE rota SET members = '[NaN]'"),
    "another format version": sealed("UPDATE project SET format_version = 99"),
    "two projects": sealed("INSERT INTO project SELECT 'x', format_version FROM project"),
    "no project": sealed("DELETE FROM project"),
    "a log that is too deep": sealed(log_entry(_DEEP.replace('"', "'"))),
    "a log with a number of 5,000 digits": sealed(log_entry(f"'[{'9' * 5000}]'")),
    "a log of nothing": sealed(log_entry("'null'")),
    "a log with NaN": sealed(log_entry("'[NaN]'")),
    "a log about a kind that is not there": sealed(
        log_entry("""'[{"before":null,"after":{"kind":"nothing","id":"x"}}]'""")
    ),
    "a log at no time": sealed(log_entry("'[]'", at="yesterday")),
    "a log at the end of time": sealed(log_entry("'[]'", at="9999-12-31T23:59:59.999Z")),
    "a log at the beginning of time": sealed(log_entry("'[]'", at="0001-01-01T00:00:00.000Z")),
    "a log of a day at the end of time": sealed(log_entry(AWAY.format("'9999-12-31'"))),
    "a log of a day that is none": sealed(log_entry(AWAY.format("7"))),
    "a day at the end of time": sealed("UPDATE agent SET review_by = '9999-12-31'"),
    "a day at the beginning of time": sealed("UPDATE agent SET review_by = '0001-01-01'"),
    "a log without a label": sealed(log_entry("'[]'", label="17")),
    "a log with a hole of numbers": sealed(log_entry("'[]'", number=9_000_000_000)),
    "two seals": sql("INSERT INTO seal VALUES ('x')"),
    "no seal": sql("DELETE FROM seal"),
    "a wrong seal": sql("UPDATE seal SET sha256 = upper(sha256)"),
}
"""What is written into the tables as they are."""
