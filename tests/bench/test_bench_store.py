"""Storing, publishing and opening beside what they are made of: sqlite3 itself, and the bytes.

Wall time, since the disk is what is waited for. On a disk that syncs in no time the difference is all ours; on a slower
one the ratios are smaller.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from app.edits.generic import set_fields
from app.files import write_atomically
from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.oversight import Action
from app.store import database, files
from app.store.publishing import write_project
from app.store.tables import SCHEMA, stored_change_set, stored_row
from app.store.working import WorkingCopy
from app.store.writer import Writer
from app.workspace import Workspace
from tests.support.large import large_project

ROUNDS = 300


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "large.ownermap"
    files.create(made, large_project())
    return made


class Raw:
    """The same transaction by sqlite3 alone, with the same settings, statement by statement."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for name, value in database.EDITING.items():
            self.connection.execute(f"PRAGMA {name} = {value}")

    def store(self, entry: ChangeSet) -> None:
        (change,) = entry.changes
        assert change.after is not None
        row, said = stored_row(change.after), stored_change_set(entry)
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        assert run("SELECT seq FROM change_set WHERE id = ?", (entry.id,)).fetchone() is None
        columns = ", ".join(f'"{name}" = ?' for name in row)
        run(f'UPDATE "{change.kind}" SET {columns} WHERE id = ?', (*row.values(), change.id))
        names, places = ", ".join(f'"{name}"' for name in said), ", ".join("?" * len(said))
        run(f"INSERT INTO change_set ({names}) VALUES ({places})", tuple(said.values()))
        run("COMMIT")


def test_an_edit_stored(beside, path: Path, tmp_path: Path) -> None:
    """From the writer's queue until it is on the disk, the way over to its thread and back included. Peer: the same
    transaction by sqlite3. Bar: 2."""
    other = tmp_path / "raw.ownermap"
    shutil.copyfile(path, other)
    workspace, numbers = Workspace(large_project()), count()
    action = workspace.document.rows(Action)[0].id

    def edit() -> ChangeSet:
        made = workspace.run(set_fields(action, note=f"Note {next(numbers)}"))
        assert made is not None
        return made

    entries = [edit() for _ in range(ROUNDS + 2)]
    ours, floor = iter(entries), iter(entries)
    copy, raw, stored = WorkingCopy(path), Raw(other), Event()
    writer = Writer(copy.store, copy.close, stored.set)

    def through_the_writer() -> None:
        stored.clear()
        writer.put(next(ours))
        assert stored.wait(10)

    try:
        beside(
            "an edit stored",
            through_the_writer,
            lambda: raw.store(next(floor)),
            bar="2",
            rounds=ROUNDS,
            clock=time.perf_counter,
        )
    finally:
        assert writer.finish() == 0
        raw.connection.close()


def test_publishing(beside, path: Path, tmp_path: Path) -> None:
    """A fresh file, verified, synced and moved into place. Floor: writing its bytes and syncing them. Bar: none set;
    nobody waits for it."""
    project = large_project()
    log = [stored_change_set(entry) for entry in project.log]
    data = path.read_bytes()
    copied = tmp_path / "copied"

    def floor() -> None:
        write_atomically(copied, lambda to: to.write_bytes(data))

    beside(
        "publish a large project",
        lambda: write_project(path, project.document, log),
        floor,
        bar="none set",
        clock=time.perf_counter,
    )


def test_opening_beside_sqlite(beside, path: Path) -> None:
    """Looking at everything from outside, and reading it. Floor: sqlite3 reading every row. Bar: none set."""

    def floor() -> int:
        with sqlite3.connect(path) as connection:
            read = sum(len(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in SCHEMA.kinds)
        connection.close()
        return read

    def ours() -> Document:
        return files.read(path).document

    beside("open a large project, beside sqlite3", ours, floor, bar="none set", clock=time.perf_counter)
