"""Killed at any moment of editing, publishing, exporting and migrating: no saved edit is lost, no half file is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.disk import ROOT
from tests.faults.soak import in_parts, times

VICTIM = Path(__file__).with_name("victim.py")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@in_parts
def test_a_kill_loses_nothing_and_leaves_no_half_file(tmp_path: Path, seed: int) -> None:
    kills = times(100, 2_000)
    command = [sys.executable, str(VICTIM), str(tmp_path), str(seed), str(kills)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert sum(told["done"].values()) == kills
