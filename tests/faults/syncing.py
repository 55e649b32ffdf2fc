"""A program that counts the syncs of each edit, and that edits while every sync takes long. Argument: the folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from threading import Event

from app.store import files
from app.store.saving import SaveState, Saving
from app.workspace import Workspace
from tests.faults.disk import Disk
from tests.faults.editing import new_project, next_edit
from tests.support.random_projects import steady_mint

EDITS = 40


def main(folder: str) -> None:
    path, disk, pick = Path(folder) / "map.ownermap", Disk(), Random(1)
    new_project(path)
    disk.watch(Path(folder))
    opened = files.open_for_editing(path, idle=1e6, at_most=1e6)
    workspace = Workspace(opened.project, opened, steady_mint("Editor"))
    saved, counts = Event(), []

    def told(saving: Saving) -> None:
        if saving.state is SaveState.SAVED:
            saved.set()

    opened.listen(told)

    def wait() -> None:
        while opened.saving.state is not SaveState.SAVED:
            saved.wait(1)

    for number in range(EDITS):
        before = disk.syncs()
        saved.clear()
        workspace.run(next_edit(workspace.document, pick, number))
        wait()
        counts.append(disk.syncs() - before)
    disk.slow(10)
    saved.clear()
    before = disk.syncs()
    for number in range(EDITS):
        workspace.run(next_edit(workspace.document, pick, number))
    # No edit is stored with less than two syncs: until two were done, none was.
    typed = EDITS if disk.syncs() - before < 2 else 0
    wait()
    disk.slow(0)
    opened.close()
    stored = len(files.read(path).log) - EDITS
    result = {
        "edits": EDITS,
        "most syncs of an edit": max(counts[1:]),
        "syncs of the first": counts[0],
        "edits typed before the first was stored": typed,
        "stored in the end": stored,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
