"""Writing a file so that nobody ever sees half of it: beside the target, synced, then moved into place."""

from __future__ import annotations

import glob
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.errors import AppError, Unreadable
from app.messages import msg


def refuse_existing(path: Path, *, force: bool) -> None:
    """Raise when a target is there already and nobody said that it may be replaced."""
    if path.is_dir():
        raise Unreadable(msg("“{path}” is a folder.", path=str(path)), msg("Name a file."))
    if path.exists() and not force:
        raise Unreadable(msg("“{path}” is there already.", path=str(path)), msg("Add --force to replace it."))


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` fill a temporary file beside `path`, sync it and move it into place.

    Raises Unreadable when the folder takes no file or the disk is full; the old file is then untouched.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", suffix=".part", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else _ordinary_mode())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def remove_leftovers(path: Path) -> None:
    """Remove what a process that was killed left beside a file while it wrote it (see `write_atomically`)."""
    for leftover in path.parent.glob(f".{glob.escape(path.name[:40])}-*.part"):
        leftover.unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> AppError:
    """The sentence for a file that cannot be written."""
    return Unreadable(
        msg("“{path}” cannot be written: {why}.", path=str(path), why=(error.strerror or str(error)).lower()),
        msg("Check the folder and the space on the disk; nothing was changed."),
    )


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
