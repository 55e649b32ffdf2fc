"""The watched disk (disk.c) from Python: building it, and speaking to it in a process that was started with it."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("disk.c")
ROOT = Path(__file__).resolve().parents[2]

WRITE, SYNC, TRUNCATE, UNLINK, READ, OPEN, RENAME = 1, 2, 4, 8, 16, 32, 64

CHANGING = WRITE | SYNC | TRUNCATE | UNLINK | OPEN | RENAME
"""The kinds of calls of which a full or failing disk refuses one."""

EVERY = CHANGING | READ


def built(folder: Path) -> Path | None:
    """The library, built into `folder`; None where there is no C compiler or this is not Linux."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    library = folder / "disk.so"
    flags = ["-std=gnu11", "-O1", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror"]
    subprocess.run([compiler, *flags, str(SOURCE), "-o", str(library), "-ldl", "-lpthread"], check=True)
    return library


def run(library: Path, program: Path, *arguments: object, folder: Path) -> str:
    """What a program of ours prints that is run on the watched disk, with its data below `folder`."""
    environment = {
        **os.environ,
        "LD_PRELOAD": str(library),
        "PYTHONPATH": str(ROOT),
        "OWNERMAP_DATA": str(folder / "data"),
        "OWNERMAP_CONFIG": str(folder / "config"),
    }
    command = [sys.executable, str(program), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


class Disk:
    """The watched disk of this process. Nothing is watched before `watch`."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None, use_errno=True)
        for name in ("disk_hits", "disk_syncs"):
            getattr(self._library, name).restype = ctypes.c_long

    def watch(self, folder: Path) -> None:
        """Only what happens to this folder and below it counts."""
        self._library.disk_watch(os.fsencode(folder))

    def record(self, log: Path) -> None:
        """Write everything that happens from now on into a log (see disk.c)."""
        self._library.disk_record(os.fsencode(log))

    def note(self, text: str) -> None:
        """Write a line of ours between what happens."""
        self._library.disk_note(text.encode())

    def fail(self, number: int, error: int, kinds: int, *, keep_failing: bool = False) -> None:
        """Have the call with this number, counted from now, fail with this errno, and perhaps every one after it."""
        self._library.disk_fail(ctypes.c_long(number), int(keep_failing), error, kinds)

    def mend(self) -> int:
        """Have nothing fail any more; how many calls did."""
        hits = int(self._library.disk_hits())
        self._library.disk_fail(ctypes.c_long(-1), 0, 0, 0)
        return hits

    def slow(self, milliseconds: int) -> None:
        """Have every sync take so much longer."""
        self._library.disk_slow(milliseconds)

    def syncs(self) -> int:
        """How many syncs there were so far."""
        return int(self._library.disk_syncs())
