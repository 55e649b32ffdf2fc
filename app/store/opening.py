"""Looking at a file from outside: what it is, in the order in which it is safe to ask (platform.md, "Opening").

Nothing is ever written to the path that is looked at, and no connection is made to it: its bytes are read once,
and everything after the header happens on a private copy.
"""

from __future__ import annotations

import hashlib
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError, Unreadable
from app.interchange import Project
from app.messages import msg
from app.store import content, database, migrations
from app.store.content import Damaged
from app.store.tables import Stored

MAGIC = b"SQLite format 3\x00"
HEADER = 100


@dataclass(frozen=True)
class Inspected:
    """A project that passed every check.

    `log` is its log as it is stored, `sha256` that of the bytes that were looked at, and `data` a database of the
    current version with the same content.
    """

    project: Project
    log: list[Stored]
    sha256: str
    data: bytes


def inspect(path: Path, *, sealed: bool = True) -> Inspected:
    """The project in the file at `path`; Unreadable when it holds none.

    `sealed=False` is for a working copy, whose seal is of the state in which it was made.
    """
    data = _bytes(path)
    _check_header(path, data)
    _check_journal(path)
    try:
        try:
            return _inspected(data, sealed=sealed)
        except (Damaged, *content.UNREADABLE):
            # A read that fails for a moment looks like damage: look again before saying so.
            return _inspected(data, sealed=sealed)
    except (Damaged, *content.UNREADABLE):
        raise _damaged(path) from None


def sha256_of(path: Path) -> str | None:
    """SHA-256, in hex, of the bytes at `path`; None when nothing is there."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _inspected(data: bytes, *, sealed: bool) -> Inspected:
    with tempfile.TemporaryDirectory(prefix="ownermap-") as private:
        copy = Path(private) / "copy.ownermap"
        copy.write_bytes(data)
        with database.connected(copy, database.READING) as connection:
            database.with_deadline(connection)
            content.check_schema(connection)
            content.check_integrity(connection)
            if sealed:
                content.check_seal(connection)
            version = migrations.version(connection)
            if version == migrations.CURRENT:
                project, log = content.load(connection)
        if version < migrations.CURRENT:
            with database.connected(copy, database.FRESH) as connection:
                migrations.upgrade(connection)
                project, log = content.load(connection)
        return Inspected(project, log, hashlib.sha256(data).hexdigest(), copy.read_bytes())


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(msg("“{name}” is a folder.", name=path.name or str(path)), msg("Choose a file in it."))
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(msg("“{name}” is not a file.", name=path.name), msg("Choose an Ownermap project."))
        if status.st_size > database.LARGEST_FILE:
            raise Unreadable(msg("“{name}” is too large for an Ownermap project.", name=path.name), _CHOOSE)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable(msg("“{path}” is not there.", path=str(path)), msg("Check the name and the folder.")) from None
    except PermissionError:
        problem = msg("You may not read “{path}”.", path=str(path))
        raise Unreadable(problem, msg("Ask whoever keeps the file to let you read it.")) from None
    except OSError as error:
        problem = msg("“{path}” cannot be read: {why}.", path=str(path), why=database.trouble(error))
        raise Unreadable(problem, msg("Check the disk or the connection to it.")) from None


def _check_header(path: Path, data: bytes) -> None:
    name = path.name
    if not data:
        raise Unreadable(msg("“{name}” is empty.", name=name), _RESTORE)
    if not data.startswith(MAGIC):
        if MAGIC.startswith(data):
            raise _cut_off(name, len(data), HEADER)
        raise Unreadable(msg("“{name}” is not an Ownermap project.", name=name), _CHOOSE)
    if len(data) < HEADER:
        raise _cut_off(name, len(data), HEADER)

    def number(at: int, size: int) -> int:
        return int.from_bytes(data[at : at + size], "big")

    if number(68, 4) != database.APPLICATION_ID:
        raise Unreadable(msg("“{name}” is the database of another program.", name=name), _CHOOSE)
    version = number(60, 4)
    if version > migrations.CURRENT:
        raise Unreadable(
            msg(
                "“{name}” was saved by a newer Ownermap (file version {version}; this one reads up to {ours}).",
                name=name,
                version=version,
                ours=migrations.CURRENT,
            ),
            msg("Open it with a newer Ownermap."),
        )
    page_size = number(16, 2)
    expected = (65536 if page_size == 1 else page_size) * number(28, 4)
    if len(data) < expected:
        raise _cut_off(name, len(data), expected)
    # Ownermap never leaves a file in write-ahead mode (2), nor with more bytes than pages.
    if version < 1 or data[18:20] != b"\x01\x01" or len(data) != expected:
        raise _damaged(path)


def _check_journal(path: Path) -> None:
    for ending in ("-journal", "-wal"):
        beside = path.with_name(path.name + ending)
        if beside.is_file() and beside.stat().st_size > 0:
            raise Unreadable(
                msg(
                    "Beside “{name}” lies “{other}”, from a program that writes into it.",
                    name=path.name,
                    other=beside.name,
                ),
                msg("Close that program; if none is running, move that second file away."),
            )


_CHOOSE = msg("Choose a file that ends in .ownermap.")
_RESTORE = msg("Fetch it again from where it came, or restore an earlier version.")


def _cut_off(name: str, found: int, expected: int) -> AppError:
    problem = msg(
        "“{name}” is cut off: {found} of {expected} bytes are there.", name=name, found=found, expected=expected
    )
    return Unreadable(problem, _RESTORE)


def _damaged(path: Path) -> AppError:
    return Unreadable(msg("“{name}” is damaged.", name=path.name), _RESTORE)
