"""Shows the program on its sample project: in a window where there is a display, as three files where not.

Run by `make run`, with the Python of the environment that `packaging/bootstrap.py` made.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "billing-triage-sample"
OUT = Path("out")
SAMPLE = OUT / f"{TEMPLATE}.ownermap"


def main() -> int:
    os.chdir(ROOT)
    if not SAMPLE.exists():
        OUT.mkdir(exist_ok=True)
        code = ownermap("new", str(SAMPLE), "--template", TEMPLATE, quiet=True)
        if code != 0:
            return code
        print(f"Made the sample project: {SAMPLE}", flush=True)
    if has_display():
        return ownermap(str(SAMPLE))
    print("There is no display here for a window, so the sample project is exported instead:", flush=True)
    return export()


def has_display() -> bool:
    """Whether Qt can open a window here: a display is named, and it answers."""
    if not sys.platform.startswith("linux"):
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    # Asked of another process, because Qt ends the one that asks when the display does not answer.
    question = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    return subprocess.run([sys.executable, "-c", question], capture_output=True, check=False).returncode == 0


def export() -> int:
    targets = {kind: SAMPLE.with_suffix(f".{kind}") for kind in ("xlsx", "pdf", "json")}
    options = [word for kind, path in targets.items() for word in (f"--{kind}", str(path))]
    code = ownermap("export", str(SAMPLE), *options, "--force", quiet=True)
    for path in targets.values():
        if code == 0:
            print(f"  {path}")
    return code


def ownermap(*arguments: str, quiet: bool = False) -> int:
    """Run one command of the program; its one-line errors go to stderr by themselves."""
    command = [sys.executable, "-m", "app", *arguments]
    stdout = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stdout=stdout, check=False).returncode


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None
