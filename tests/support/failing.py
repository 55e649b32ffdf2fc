"""A disk that fails for one file while the others can be read."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import outside


@contextmanager
def unreadable(path: Path, error: Exception | None = None) -> Iterator[None]:
    """No byte of this file comes up: an error of the disk, or another one."""
    real = outside.whole

    def whole(asked: Path, most: int) -> bytes:
        if asked == path:
            raise error or OSError(errno.EIO, "Input/output error")
        return real(asked, most)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outside, "whole", whole)
        yield


@contextmanager
def unseen(path: Path) -> Iterator[None]:
    """The disk does not even say whether anything is there."""
    real = Path.stat

    def stat(asked: Path, *, follow_symlinks: bool = True) -> object:
        if asked == path:
            raise OSError(errno.EIO, "Input/output error")
        return real(asked, follow_symlinks=follow_symlinks)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "stat", stat)
        yield
