"""A program that makes a project, checks it, opens it in the window and exports it, and then sends one datagram to
itself, which whoever counts connections must see. Argument: the folder.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.cli import main as ownermap
from app.steps import STEPS
from ui.application import Home


def main(folder: str) -> None:
    project = str(Path(folder) / "map.ownermap")
    assert ownermap(["new", project, "--template", "billing-triage-sample"]) == 0
    ownermap(["check", project])
    app = QApplication([])
    home = Home(app)
    window = home.open(Path(project))
    for step in STEPS:
        window.show_step(step.id)
        app.processEvents()
    window.close()
    targets = [f"--{kind}={folder}/map.{kind}" for kind in ("xlsx", "pdf", "json")]
    assert ownermap(["export", project, *targets]) == 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        control.connect(("127.0.0.1", 9))


if __name__ == "__main__":
    main(sys.argv[1])
