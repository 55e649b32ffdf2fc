"""Reading a file from outside: all of it, once, and only where it is a file of a bearable size.

A pipe may never say anything and a device may never end, and a link may lead to either. So what was opened is asked
what it is before a byte is taken from it, and no more is taken than was agreed on.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from app.errors import Unreadable
from app.messages import msg, shown

CHUNK = 1_000_000
"""Bytes that are read at a time."""

# A pipe that nobody writes into is opened without waiting, and a terminal is not taken over.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class NotAFile(OSError):
    """It is a pipe, a device or a socket."""


class TooLarge(OSError):
    """It holds more bytes than were agreed on."""


def whole(path: Path, most: int) -> bytes:
    """All bytes of a file, up to `most`.

    Raises IsADirectoryError, NotAFile, TooLarge, and OSError as the system does.
    """
    descriptor = _opened(path)
    try:
        if _size_of(descriptor, path) > most:
            raise _too_large(path)
        # A file may grow while it is read, and some say that they are empty.
        found = _taken(descriptor, most + 1)
        if len(found) > most:
            raise _too_large(path)
        return found
    finally:
        os.close(descriptor)


def beginning(path: Path, most: int) -> bytes:
    """The first bytes of a file, up to `most`, however large it is. Raises as `whole`, but for TooLarge."""
    descriptor = _opened(path)
    try:
        _size_of(descriptor, path)
        return _taken(descriptor, most)
    finally:
        os.close(descriptor)


def read_bytes(path: Path, most: int) -> bytes:
    """All bytes of a file that a person named; an Unreadable in one sentence where there are none to read."""
    try:
        return whole(path, most)
    except FileNotFoundError:
        raise Unreadable(msg("There is no file “{path}”.", path=shown(path)), msg("Check the name.")) from None
    except IsADirectoryError:
        raise Unreadable(msg("“{path}” is a folder.", path=shown(path)), msg("Name a file.")) from None
    except NotAFile:
        raise Unreadable(
            msg("“{path}” is not a file: it is a pipe, a device or a socket.", path=shown(path)), msg("Name a file.")
        ) from None
    except TooLarge:
        raise Unreadable(
            msg("“{path}” is too large: up to {most} MB are read.", path=shown(path), most=most // 1_000_000),
            msg("Check that it is the file that you meant."),
        ) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(msg("“{path}” cannot be read: {why}.", path=shown(path), why=why)) from None


def _opened(path: Path) -> int:
    try:
        return os.open(path, _FLAGS)
    except PermissionError:
        # Windows opens no folder at all.
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path)) from None
        raise
    except ValueError as error:
        raise FileNotFoundError(errno.ENOENT, str(error), str(path)) from None
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise NotAFile(error.errno, "not a file", str(path)) from None
        raise


def _size_of(descriptor: int, path: Path) -> int:
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise NotAFile(errno.EINVAL, "not a file", str(path))
    return status.st_size


def _too_large(path: Path) -> TooLarge:
    return TooLarge(errno.EFBIG, "too large", str(path))


def _taken(descriptor: int, most: int) -> bytes:
    parts: list[bytes] = []
    left = most
    while left and (part := os.read(descriptor, min(left, CHUNK))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
