"""What is not a project of ours is refused in one sentence that says what to do (exit code 3)."""

from __future__ import annotations

import os
import random
import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app import outside
from app.errors import UNREADABLE, AppError, Unreadable
from app.interchange import Project
from app.model.document import Document
from app.model.log import Log
from app.store import content, database, files, migrations
from tests.support.random_projects import random_document, steady_mint


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.ownermap"
    files.create(made, Project(random_document(random.Random(1), steady_mint()), Log()))
    return made


def refusal(path: Path) -> str:
    """What reading says, which opening for editing says too."""
    said = []
    for look in (files.read, files.open_for_editing):
        with pytest.raises(AppError) as refused:
            look(path)
        assert refused.value.exit_code == UNREADABLE
        assert refused.value.advice is not None
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert "\n" not in said[0]
    return said[0]


def test_a_missing_file(tmp_path: Path) -> None:
    assert "is not there" in refusal(tmp_path / "no.ownermap")


def test_a_file_below_a_file(path: Path) -> None:
    assert "is not there" in refusal(path / "x.ownermap")


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is not a file" in refusal(tmp_path / "pipe")


def test_an_empty_file(path: Path) -> None:
    path.write_bytes(b"")
    assert "is empty" in refusal(path)


@pytest.mark.parametrize("size", [5, 60, 4096, 100_000, -1])
def test_a_file_that_is_cut_off(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    assert "is cut off" in refusal(path)


def test_noise(path: Path) -> None:
    path.write_bytes(random.Random(2).randbytes(20_000))
    assert "is not an Ownermap project" in refusal(path)


def test_something_after_the_end(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")
    assert "is damaged" in refusal(path)


def test_a_file_without_permission(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, most: int) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    # Tests may run as root, whom no permission stops.
    monkeypatch.setattr(outside, "whole", refuse)
    assert "You may not read" in refusal(path)


def test_the_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.ownermap"
    edited(path, "CREATE TABLE t (x)")
    assert "is the database of another program" in refusal(path)


def test_a_newer_version_is_named(path: Path) -> None:
    edited(path, f"PRAGMA user_version = {migrations.CURRENT + 41}")
    assert f"file version {migrations.CURRENT + 41}; this one reads up to {migrations.CURRENT}" in refusal(path)


def test_a_file_that_is_too_large(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LARGEST_FILE", 1000)
    assert "is too large" in refusal(path)


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_a_journal_beside_the_file(path: Path, ending: str) -> None:
    beside = path.with_name(path.name + ending)
    beside.write_bytes(b"")
    files.read(path)
    beside.write_bytes(b"something")
    assert "Beside “map.ownermap” lies" in refusal(path)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON person BEGIN DELETE FROM signature; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE INDEX i ON person (name)",
        "CREATE TABLE more (x)",
        "ALTER TABLE person ADD COLUMN more TEXT",
        "PRAGMA journal_mode = WAL",
    ],
)
def test_another_schema_than_ours(path: Path, statement: str) -> None:
    edited(path, statement)
    said = refusal(path)
    assert "Another program has changed how “map.ownermap” is built, or it is damaged" in said
    assert "what was entered may still be whole in it" in said


def test_every_refusal_says_that_nothing_was_changed_and_what_to_do(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    said = {refusal(tmp_path), refusal(tmp_path / "none.ownermap"), refusal(path / "under.ownermap")}
    for held in (b"", b"noise", whole[:50], whole[:5000], whole + b"more", whole[:-9] + bytes(9)):
        path.write_bytes(held)
        said.add(refusal(path))
    path.write_bytes(whole)
    edited(path, "ANALYZE")
    said.add(refusal(path))
    for sentence in said:
        assert re.search(r"\. Nothing was changed\. (Choose|Check|Fetch) ", sentence), sentence


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET name = 'Somebody else'",
        "DELETE FROM person",
        "UPDATE seal SET sha256 = 'x'",
        "DELETE FROM seal",
        "UPDATE project SET format_version = 99",
    ],
)
def test_content_that_was_not_sealed(path: Path, statement: str) -> None:
    edited(path, statement)
    assert "is damaged" in refusal(path)


def sealed_again(path: Path) -> None:
    """What somebody does who knows how the seal is made."""
    with database.connected(path, database.FRESH) as connection:
        names = [str(row[1]) for row in migrations.schema_text(connection) if row[0] == "table" and row[1] != "seal"]
        seal = content._seal({name: content._rows(connection, name) for name in names})
        connection.exec_driver_sql("UPDATE seal SET sha256 = ?", (seal,))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agent SET stage = '17'",
        "UPDATE agent SET outside_parties = 7",
        "UPDATE agent SET cost_l1 = -5",
        "UPDATE agent SET id = 'me'",
        "UPDATE rota SET members = '{'",
        "UPDATE rota SET members = '[1]'",
        "DELETE FROM agent",
        "DELETE FROM owner WHERE type = 'outcome'",
        "DELETE FROM project",
        "UPDATE action SET approver = '01a1fd39-eee7-7f66-9821-6066533a7c16'",
        "INSERT INTO change_set VALUES (1, 'x', '', '', '[]', NULL, '', '[]')",
    ],
)
def test_a_seal_does_not_help_what_the_fields_do_not_take(path: Path, statement: str) -> None:
    files.read(path)
    edited(path, statement)
    sealed_again(path)
    assert "is damaged" in refusal(path)


def test_a_flipped_byte_never_goes_unnoticed(path: Path) -> None:
    whole, pick = path.read_bytes(), random.Random(3)
    document = files.read(path).document
    for _ in range(40):
        at = pick.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << pick.randrange(8)]) + whole[at + 1 :])
        with suppress(Unreadable):
            assert files.read(path).document == document


def test_a_disk_that_fails_is_not_called_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, most: int) -> bytes:
        raise OSError(5, "Input/output error", str(path))

    monkeypatch.setattr(outside, "whole", fail)
    assert "cannot be read: the disk reports an error (Input/output error)" in refusal(path)


def test_a_file_on_which_sqlite_does_not_come_to_an_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", -1.0)
    with database.holding(path.read_bytes(), database.READING) as connection:
        database.with_deadline(connection)
        with pytest.raises(OperationalError) as stopped:
            connection.exec_driver_sql(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
            )
    assert database.ran_out(stopped.value)


def test_an_older_version_is_brought_up_to_date_on_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old.ownermap"
    document = Document.empty(steady_mint())
    files.create(old, Project(document, Log()))
    before = old.read_bytes()
    newer = migrations.CURRENT + 1
    step = (f"UPDATE project SET format_version = {newer}",)
    monkeypatch.setattr(migrations, "CURRENT", newer)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
    assert files.read(old).document == document
    assert old.read_bytes() == before
    migrations.expected_schema.cache_clear()


def edited(path: Path, statement: str) -> None:
    """What another program does to the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(statement)


def test_nobody_is_told_to_restore_a_backup_that_is_not_there(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    assert refusal(path).endswith("Nothing was changed. Fetch it again from where it came, or from whoever has a copy.")
