"""Looking at a file from outside: what it is, in the order in which it is safe to ask (platform.md, "Opening").

Nothing is ever written to the path that is looked at, and no connection is made to it: its bytes are read once,
and everything after the header happens on them in memory. So a disk that fails cannot look like a damaged file, and
a program that is killed leaves no copy behind.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import outside
from app.errors import AppError, DamagedFile, OutOfReach, Unreadable
from app.files import cannot_read, is_there
from app.interchange import Project
from app.messages import Message, msg, shown
from app.store import content, database, migrations
from app.store.content import Damaged, OtherSchema
from app.store.tables import Stored

MAGIC = b"SQLite format 3\x00"
HEADER = 100

_PLAIN_HEADER = (
    (18, b"\x01\x01"),  # a rollback journal; write-ahead mode would be 2
    (20, b"\x00\x40\x20\x20"),  # no bytes kept free at the end of a page; the fractions that SQLite prescribes
    (44, b"\x00\x00\x00\x04"),  # the schema format of today
    (52, bytes(4)),  # no auto-vacuum
    (56, b"\x00\x00\x00\x01"),  # texts in UTF-8
    (64, bytes(4)),
    (72, bytes(20)),  # kept for later by SQLite
)
"""Where the header of every project has the same bytes."""


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
    """The project in the file at `path`; Unreadable when it holds none: DamagedFile where that is certain, OutOfReach
    where the disk, a right or the memory does not let it be known.

    `sealed=False` is for a working copy, whose seal is of the state in which it was made.
    """
    data = whole(path)
    _check_header(path, data)
    _check_journal(path)
    try:
        return _inspected(data, sealed=sealed)
    except OtherSchema:
        raise _built_otherwise(path) from None
    except (Damaged, *content.UNREADABLE) as error:
        if database.ran_out(error):
            raise _refused(msg("“{name}” takes too long to check.", name=path.name), _RESTORE) from None
        raise _damaged(path) from None
    except MemoryError:
        raise _no_memory(path) from None


def sha256_of(path: Path) -> str | None:
    """SHA-256, in hex, of the bytes at `path`; None when nothing is there. Unreadable when the disk does not say."""
    return hashlib.sha256(whole(path)).hexdigest() if is_there(path) else None


def is_project(path: Path) -> bool:
    """Whether the file says of itself that it is a project, whatever its name and state. Unreadable when it cannot be
    read."""
    with _said_in_words(path):
        header = outside.beginning(path, HEADER)
    return header.startswith(MAGIC) and header[68:72] == database.APPLICATION_ID.to_bytes(4, "big")


def may_hold(path: Path, project_id: str) -> bool:
    """Whether the file can hold this project, by its header and by whether the id stands anywhere in it: far faster
    than `inspect`, and raises the same."""
    data = whole(path)
    _check_header(path, data)
    return project_id.encode() in data


def version_of(data: bytes) -> int:
    """The version of a project file, by its header alone."""
    return int.from_bytes(data[60:64], "big")


def _inspected(data: bytes, *, sealed: bool) -> Inspected:
    sha256 = hashlib.sha256(data).hexdigest()
    with database.holding(data, database.READING) as connection:
        database.with_deadline(connection)
        content.check_schema(connection)
        content.check_integrity(connection)
        if sealed:
            content.check_seal(connection)
        if migrations.version(connection) == migrations.CURRENT:
            return Inspected(*content.load(connection), sha256, data)
    with database.holding(data, database.FRESH) as connection:
        migrations.upgrade(connection)
        return Inspected(*content.load(connection), sha256, database.bytes_of(connection))


def whole(path: Path) -> bytes:
    """All bytes of a file that may be a project; Unreadable when there are none to read, OutOfReach when the disk or a
    right withholds them."""
    with _said_in_words(path):
        return outside.whole(path, database.LARGEST_FILE)


@contextmanager
def _said_in_words(path: Path) -> Iterator[None]:
    """Says it in words when a file cannot be read."""
    try:
        yield
    except IsADirectoryError:
        raise _refused(
            msg("“{name}” is a folder.", name=path.name or shown(path)), msg("Choose a file in it."), DamagedFile
        ) from None
    except outside.NotAFile:
        problem = msg("“{name}” is not a file.", name=path.name)
        raise _refused(problem, msg("Choose an Ownermap project."), DamagedFile) from None
    except outside.TooLarge:
        problem = msg("“{name}” is too large for an Ownermap project.", name=path.name)
        raise _refused(problem, _CHOOSE, DamagedFile) from None
    except (FileNotFoundError, NotADirectoryError):
        raise _refused(msg("“{path}” is not there.", path=shown(path)), msg("Check the name and the folder.")) from None
    except PermissionError:
        problem = msg("You may not read “{path}”.", path=shown(path))
        raise _refused(problem, msg("Ask whoever keeps the file to let you read it."), OutOfReach) from None
    except MemoryError:
        raise _no_memory(path) from None
    except OSError as error:
        problem = msg("“{path}” cannot be read: {why}.", path=shown(path), why=database.trouble(error))
        raise _refused(problem, msg("Check the disk or the connection to it."), OutOfReach) from None


def _check_header(path: Path, data: bytes) -> None:
    name = path.name
    if not data:
        raise _refused(msg("“{name}” is empty: it holds no project any more.", name=name), _RESTORE, DamagedFile)
    if not data.startswith(MAGIC):
        if MAGIC.startswith(data):
            raise _cut_off(name, len(data), HEADER)
        raise _refused(msg("“{name}” is not an Ownermap project.", name=name), _CHOOSE, DamagedFile)
    if len(data) < HEADER:
        raise _cut_off(name, len(data), HEADER)

    def number(at: int, size: int) -> int:
        return int.from_bytes(data[at : at + size], "big")

    if number(68, 4) != database.APPLICATION_ID:
        raise _refused(msg("“{name}” is the database of another program.", name=name), _CHOOSE, DamagedFile)
    version = number(60, 4)
    if version > migrations.CURRENT:
        raise Unreadable(
            msg(
                "“{name}” was saved by a newer Ownermap (file version {version}; this one reads up to {ours}).",
                name=name,
                version=version,
                ours=migrations.CURRENT,
            ),
            msg("Nothing is lost: open it with that newer Ownermap."),
        )
    expected = database.PAGE * number(28, 4)
    if number(16, 2) == database.PAGE and len(data) < expected:
        raise _cut_off(name, len(data), expected)
    plain = all(data[at : at + len(same)] == same for at, same in _PLAIN_HEADER)
    if version < 1 or number(16, 2) != database.PAGE or len(data) != expected:
        raise _damaged(path)
    if not plain:
        raise _built_otherwise(path)


_LONGEST_NAME = 255
"""Bytes that a file system takes."""


def _check_journal(path: Path) -> None:
    for ending in ("-journal", "-wal"):
        beside = path.with_name(path.name + ending)
        if len(os.fsencode(beside.name)) > _LONGEST_NAME:
            continue  # No such file can stand there.
        try:
            status = beside.stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise cannot_read(beside, error) from None
        if stat.S_ISREG(status.st_mode) and status.st_size > 0:
            raise _refused(
                msg(
                    "Beside “{name}” lies “{other}”, from a program that writes into it.",
                    name=path.name,
                    other=beside.name,
                ),
                msg("Close that program; if none is running, move that second file away."),
            )


_CHOOSE = msg("Choose a file that ends in .ownermap.")
_RESTORE = msg("Fetch it again from where it came, or from whoever has a copy.")
"""Whether there is a backup is for those to say who look for one (app.restoring)."""


def _refused(problem: Message, advice: Message, kind: type[Unreadable] = Unreadable) -> AppError:
    """The refusal of a file, which was only looked at."""
    return kind(problem, msg("Nothing was changed. {advice}", advice=advice))


def _cut_off(name: str, found: int, expected: int) -> AppError:
    problem = msg(
        "“{name}” is cut off: {found} of {expected} bytes are there.", name=name, found=found, expected=expected
    )
    return _refused(problem, _RESTORE, DamagedFile)


def _no_memory(path: Path) -> AppError:
    problem = msg("There is not enough memory to check “{name}”.", name=path.name)
    return _refused(problem, msg("Close other programs and try again."), OutOfReach)


def _damaged(path: Path) -> AppError:
    problem = msg(
        "“{name}” is damaged, or another program has changed it: what it holds cannot be relied on.", name=path.name
    )
    return _refused(problem, _RESTORE, DamagedFile)


def _built_otherwise(path: Path) -> AppError:
    problem = msg(
        "Another program has changed how “{name}” is built, or it is damaged: what was entered may still be whole in "
        "it, and cannot be relied on.",
        name=path.name,
    )
    return _refused(problem, _RESTORE, DamagedFile)
