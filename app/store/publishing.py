"""Writing a complete project file: a fresh database beside the target, verified, synced, moved into place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.errors import Unreadable
from app.files import stage, write_atomically
from app.messages import msg, shown
from app.model.document import Document
from app.store import content, database
from app.store.content import Damaged
from app.store.opening import sha256_of
from app.store.tables import Stored


def write_project(
    target: Path, document: Document, log: Sequence[Stored], ready: Callable[[str], None] | None = None
) -> None:
    """Put a project at `target`, replacing what is there; Unreadable when the disk does not take it.

    `ready` is called with the SHA-256 of the new file just before it takes its place; what it raises stops that.
    """

    def write(temporary: Path) -> None:
        _build(temporary, target, document, log)
        if ready is not None:
            ready(sha256_of(temporary) or "")

    write_atomically(target, write)


def stage_project(target: Path, document: Document, log: Sequence[Stored]) -> Path:
    """Write a project beside `target`, verified and synced, for `app.files.put_in_place`; Unreadable as above."""
    return stage(target, lambda temporary: _build(temporary, target, document, log))


def _build(temporary: Path, target: Path, document: Document, log: Sequence[Stored]) -> None:
    try:
        with database.connected(temporary, database.FRESH) as connection:
            seal = content.fill(connection, document, log)
        with database.connected(temporary, database.READING) as connection:
            content.check_schema(connection)
            content.check_integrity(connection)
            if content.check_seal(connection) != seal:
                raise Damaged("it holds something else")
    except (SQLAlchemyError, Damaged) as error:
        raise Unreadable(
            msg("“{path}” cannot be written: {why}.", path=shown(target), why=database.trouble(error)),
            msg("Check the folder and the space on the disk; what was there before is untouched."),
        ) from None
