"""A program that edits and publishes on the watched disk while everything that it does there is recorded.

Arguments: the folder, the log, the seed, how many edits, and the settings of the edit connection: a journal mode and
a synchronous level, or "ours" for what the program itself uses.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from threading import Event

from app.store import database, files
from app.store.saving import SaveState, Saving
from app.workspace import Workspace
from tests.faults.disk import Disk
from tests.faults.editing import new_project, next_edit
from tests.support.random_projects import steady_mint


def main(folder: str, log: str, seed: str, edits: str, settings: str) -> None:
    root, pick, disk = Path(folder), Random(int(seed)), Disk()
    path = root / "map.ownermap"
    if settings != "ours":
        mode, level = settings.split("/")
        database.EDITING = {**database.EDITING, "journal_mode": mode, "synchronous": int(level)}
    disk.watch(root)
    disk.record(Path(log))
    new_project(path)
    disk.note("made")
    opened = files.open_for_editing(path, idle=1e6, at_most=1e6)
    workspace = Workspace(opened.project, opened, steady_mint("Editor"))
    saved = Event()

    def told(saving: Saving) -> None:
        if saving.state is SaveState.SAVED:
            saved.set()

    opened.listen(told)
    for number in range(1, int(edits) + 1):
        saved.clear()
        made = workspace.run(next_edit(workspace.document, pick, number))
        assert made is not None
        disk.note(f"kept {made.id}")
        # Now and then the file is published while the edit is being stored, or after several that nobody waited for.
        if pick.random() < 0.15:
            opened.publish()
        if pick.random() < 0.8:
            while opened.saving.state is not SaveState.SAVED:
                saved.wait(1)
            disk.note(f"saved {number}")
    opened.close()
    disk.note(f"saved {edits}")


if __name__ == "__main__":
    main(*sys.argv[1:])
