"""Nothing that the program does opens a connection: counted by the system itself, Qt's own code included."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.faults.disk import ROOT
from tests.faults.tracing import needs_strace

EVERYTHING = Path(__file__).with_name("everything.py")


@needs_strace
def test_no_connection_is_opened(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    trace = ["strace", "-f", "-qq", "-e", "trace=connect,bind,sendto,sendmsg", "-o", str(log)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [*trace, sys.executable, str(EVERYTHING), str(tmp_path)], cwd=ROOT, env=environment, check=True, timeout=110
    )
    # The control at the end of what is run, so that a silent strace is noticed.
    calls = [line for line in log.read_text().splitlines() if re.search(r"AF_INET6?", line)]
    assert len(calls) == 1
    assert "htons(9)" in calls[0]
