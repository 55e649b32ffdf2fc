"""The system calls of a program, told by strace, where the system lets it watch others."""

from __future__ import annotations

import shutil
import subprocess

import pytest


def _may_trace() -> bool:
    strace, nothing = shutil.which("strace"), shutil.which("true")
    if strace is None or nothing is None:
        return False
    return subprocess.run([strace, "-qq", "-o", "/dev/null", nothing], capture_output=True, check=False).returncode == 0


needs_strace = pytest.mark.skipif(not _may_trace(), reason="needs strace, and a system that lets it watch")
