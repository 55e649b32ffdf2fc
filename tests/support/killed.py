"""What a killed window leaves: edits in the working copy that the file does not have, and a lock that nobody has."""

from __future__ import annotations

from pathlib import Path

from app.edits.generic import add
from app.model.room import Person
from app.store import files
from app.workspace import Workspace


def killed_after(path: Path, *names: str) -> None:
    """Add people with these names, each of them stored, and publish nothing."""
    opened = files.open_for_editing(path, idle=1e6, at_most=1e6)
    workspace = Workspace(opened.project, opened)
    for name in names:
        workspace.run(add(Person, {"name": name}))
    opened._publisher.finish()
    assert opened._writer.finish() == 0
    opened._folder.release()
