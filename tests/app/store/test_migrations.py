"""What the migrations make is what the declared fields ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from app.store import database, migrations
from app.store.tables import SCHEMA


def in_words(statement: str) -> str:
    return " ".join(statement.split())


def migrated() -> dict[str, str]:
    with database.connected(None, database.FRESH) as connection:
        migrations.upgrade(connection)
        return {
            str(name): in_words(str(sql))
            for kind, name, _, sql in migrations.schema_text(connection)
            if kind == "table"
        }


def test_a_migrated_database_has_the_derived_tables() -> None:
    """When this fails, a field was declared and a migration is missing that adds it."""
    derived = {name: in_words(sql) for name, sql in zip(SCHEMA.metadata.tables, SCHEMA.statements(), strict=True)}
    assert migrated() == derived


def test_there_are_no_triggers_no_views_and_no_indexes_of_our_own() -> None:
    with database.connected(None, database.FRESH) as connection:
        migrations.upgrade(connection)
        others = [row for row in migrations.schema_text(connection) if row[0] != "table"]
    assert {(kind, sql) for kind, _, _, sql in others} <= {("index", None)}


def test_a_migrated_database_says_whose_it_is_and_its_version(tmp_path: Path) -> None:
    path = tmp_path / "new.ownermap"
    with database.connected(path, database.FRESH) as connection:
        migrations.upgrade(connection)
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == database.APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == migrations.CURRENT


def test_a_migration_that_fails_midway_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "old.ownermap"
    steps = (("CREATE TABLE one (id TEXT)",), ("CREATE TABLE two (id TEXT)", "INSERT INTO nowhere VALUES (1)"))
    with database.connected(path, database.FRESH) as connection:
        migrations.upgrade(connection, steps[:1])
        with pytest.raises(OperationalError):
            migrations.upgrade(connection, steps)
    with database.connected(path, database.READING) as connection:
        assert migrations.version(connection) == 1
        assert [name for _, name, _, _ in migrations.schema_text(connection)] == ["one"]


def test_an_upgrade_runs_only_the_steps_that_are_missing() -> None:
    steps = (("CREATE TABLE one (id TEXT)",), ("ALTER TABLE one ADD COLUMN name TEXT",))
    with database.connected(None, database.FRESH) as connection:
        migrations.upgrade(connection, steps[:1])
        migrations.upgrade(connection, steps)
        assert migrations.version(connection) == 2
        assert connection.exec_driver_sql("SELECT name FROM one").all() == []


def test_the_derived_tables_can_be_made() -> None:
    engine = create_engine("sqlite://")
    SCHEMA.metadata.create_all(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM project")).scalar() == 0
    engine.dispose()
