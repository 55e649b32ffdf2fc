"""A disk that is really full: what is typed is kept, the window says so in words, and goes on when there is space."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.disk import ROOT

FULL_DISK = Path(__file__).with_name("full_disk.py")

ADVICE = "Make room or mend the disk; Ownermap keeps trying."

MOUNTED = ["unshare", "--mount", "--map-root-user", "sh", "-c"]
"""Runs a script that may mount a disk which nobody else sees, and which is gone afterwards."""


def may_mount(folder: Path) -> bool:
    """Whether such a disk can be had here."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*MOUNTED, 'mount -t tmpfs tmpfs "$0"', str(folder)], capture_output=True, check=False)
    return tried.returncode == 0


def test_a_full_disk_keeps_what_is_typed(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    if not may_mount(folder):
        pytest.skip("needs Linux and the right to mount a disk of its own")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    script = 'mount -t tmpfs -o size=6m tmpfs "$0" && exec "$@"'
    done = subprocess.run(
        [*MOUNTED, script, str(folder), sys.executable, str(FULL_DISK), str(folder)],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout)
    while_full = [f"While it was full {number}" for number in range(3)]
    assert told["typed"] == ["Before", *while_full]
    assert told["shown"] == ["Not saved", f"Your last edits are not on disk yet: the disk is full. {ADVICE}"]
    assert told["stays open"]
    assert told["why"].startswith("3 edits are nowhere on the disk, which takes nothing now. Closing loses them.")
    assert told["answers"] == ["Save a copy elsewhere …", "Close and lose them"]
    assert told["in the end"] == "Everything is saved again."
    assert told["in the file"] == ["Before", *while_full, "Still typing"]
