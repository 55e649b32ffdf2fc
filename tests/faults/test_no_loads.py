"""Nothing that a text names is opened: counted by the system itself, Qt's own code included."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.faults.disk import ROOT
from tests.faults.tracing import needs_strace
from tests.support.hostile_text import LOADED

LOOKING = Path(__file__).with_name("looking.py")


@needs_strace
def test_no_file_that_a_text_names_is_opened(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.mkdir()
    shutil.copy(next((ROOT / "resources").rglob("*.svg")), trap / LOADED)
    (trap / LOADED).with_suffix(".control").touch()
    log = tmp_path / "calls"
    trace = ["strace", "-f", "-qq", "-s", "300", "-e", "trace=file,connect", "-o", str(log)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [*trace, sys.executable, str(LOOKING), str(tmp_path)], cwd=ROOT, env=environment, check=True, timeout=110
    )
    calls = [line for line in log.read_text(errors="replace").splitlines() if f"{trap}/" in line or "AF_INET" in line]
    # The control alone, so that a silent strace is noticed.
    assert calls
    assert [line for line in calls if ".control" not in line] == []
