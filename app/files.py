"""Writing a file so that nobody ever sees half of it: beside the target, synced, then moved into place."""

from __future__ import annotations

import errno
import glob
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.errors import AppError, OutOfReach, Unreadable
from app.messages import Message, msg, shown

LONGEST_NAME = 240
"""Bytes; file systems take 255, and what is written beside a file adds a few to its name."""

_PORTS = (port + number for port in ("COM", "LPT") for number in "123456789¹²³")
WINDOWS_KEEPS = frozenset(("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *_PORTS))

_NO_NAME_HOLDS = re.compile('[\x00-\x1f\x7f-\x9f<>:"/\\\\|?*]')

_NOWHERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL)
"""What the system answers where nothing is, or can be, at a path."""

_ANOTHER = msg("Choose another name.")
_ADD_FORCE = msg("Add --force to replace it.")


def refuse_existing(path: Path, *, force: bool, advice: Message = _ADD_FORCE) -> None:
    """Raise when a target is there already and nobody said that it may be replaced; a new one may not have every name.

    What is there already keeps its name, whoever gave it that. Only files are ever replaced. `advice` is what to do
    about one that is there.
    """
    if not is_there(path, itself=True):
        refuse_name(path)
        return
    refuse_no_file(path)
    if not force:
        raise Unreadable(msg("“{path}” is there already.", path=shown(path)), advice)


def refuse_no_file(path: Path) -> None:
    """Raise where something is there that is neither a file nor a link to one: a new file must not take its place."""
    if path.is_file() or not is_there(path, itself=True):
        return
    if path.is_dir():
        raise Unreadable(msg("“{path}” is a folder.", path=shown(path)), msg("Name a file."))
    if path.is_symlink() and not path.exists():
        raise Unreadable(msg("“{path}” is a link that leads to no file.", path=shown(path)), msg("Name a file."))
    raise Unreadable(
        msg("“{path}” is not a file: it is a pipe, a device or a socket.", path=shown(path)), msg("Name a file.")
    )


def refuse_name(path: Path) -> None:
    """Raise when a new file may not have this name. Files travel: what Windows cannot have is refused everywhere."""
    if (fault := name_fault(path.name)) is not None:
        raise Unreadable(fault, _ANOTHER)


def name_fault(name: str) -> Message | None:
    """Why a new file may not have this name; None when it may."""
    try:
        length = len(os.fsencode(name))
    except UnicodeEncodeError:
        return msg("“{name}” holds a character that no name may hold.", name=shown(name))
    if length > LONGEST_NAME:
        return msg(
            "“{name}…” is too long for the name of a file: up to {most} bytes.",
            name=shown(name[:40]),
            most=LONGEST_NAME,
        )
    if (found := _NO_NAME_HOLDS.search(name)) is not None:
        if found[0].isprintable():
            return msg("“{name}” holds {sign}, which Windows takes in no name.", name=shown(name), sign=found[0])
        return msg("“{name}” holds a control character, such as the end of a line.", name=shown(name))
    if any(part != part.rstrip(". ") for part in (name, Path(name).stem)):
        return msg("“{name}” ends in a dot or a space, which Windows drops.", name=shown(name))
    first = name.partition(".")[0].strip()
    if first.upper() in WINDOWS_KEEPS:
        return msg("Windows keeps the name “{name}” for itself.", name=first)
    return None


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` fill a temporary file beside `path`, sync it and move it into place.

    Raises Unreadable when the folder takes no file or the disk is full; the old file is then untouched.
    """
    put_in_place(stage(path, write), path)


def stage(path: Path, write: Callable[[Path], object]) -> Path:
    """Have `write` fill a temporary file beside `path` and sync it; where it lies. It is for `put_in_place`, or for
    `put_away`. Raises as `write_atomically`."""
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=_before(path), suffix=".part", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else _ordinary_mode())
    except BaseException as error:
        if temporary is not None:
            put_away(temporary)
        if isinstance(error, OSError):
            raise cannot_write(path, error) from None
        raise
    return temporary


def put_in_place(staged: Path, path: Path) -> None:
    """Move what was staged into place. Raises as `write_atomically`; what was staged is then gone."""
    try:
        staged.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from None
    finally:
        put_away(staged)


def is_missing(folder: Path) -> bool:
    """Whether a folder is not there; False where nobody can say."""
    try:
        folder.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def writable_folder(folders: Iterable[Path]) -> Path:
    """The first of these folders that takes a file; the person's own where none does."""
    return next((folder for folder in folders if os.access(folder, os.W_OK | os.X_OK)), Path.home())


def remove_leftovers(path: Path) -> None:
    """Remove what a process that was killed left beside a file while it wrote it (see `write_atomically`)."""
    # As with `put_away`: the next opening tries again.
    with suppress(OSError):
        for leftover in path.parent.glob(f"{glob.escape(_before(path))}*.part"):
            put_away(leftover)


def is_there(path: Path, *, itself: bool = False) -> bool:
    """Whether there is something at a path, or at the end of the link there; with `itself`, the link counts.

    Raises OutOfReach when the disk does not say: what cannot be seen is not absent.
    """
    try:
        path.stat(follow_symlinks=not itself)
    except ValueError:
        return False  # No name of a file.
    except OSError as error:
        if error.errno in _NOWHERE:
            return False
        raise cannot_read(path, error) from None
    return True


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Says it in words, as OutOfReach, when a file cannot be read, or a folder listed."""
    try:
        yield
    except OSError as error:
        raise cannot_read(path, error) from None


def cannot_read(path: Path, error: OSError) -> AppError:
    """The sentence for a file of which the disk does not say what it holds."""
    return OutOfReach(
        msg("“{path}” cannot be read: {why}.", path=shown(path), why=(error.strerror or str(error)).lower()),
        msg("Nothing was changed. Check the disk or the connection to it, and try again."),
    )


def cannot_write(path: Path, error: OSError) -> AppError:
    """The sentence for a file that cannot be written."""
    return Unreadable(
        msg("“{path}” cannot be written: {why}.", path=shown(path), why=(error.strerror or str(error)).lower()),
        msg("Check the folder and the space on the disk; nothing was changed."),
    )


def put_away(temporary: Path) -> None:
    """Remove a temporary file, if it is still there."""
    # On a disk that fails, what is left behind is not worth another error: the next opening tries again.
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


def _before(path: Path) -> str:
    """How the names of temporary files for `path` begin. Long names are cut off there, and may be alike so far: the
    hash is of the whole one."""
    return f".{path.name[:40]}-{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8]}-"


def _ordinary_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
