"""A program that edits a project until it is killed: adds people, and prints each name once it is said to be saved.

Arguments: the file, how many people to add (0: without end), the seconds of idle before publishing. At the end it
dies as a crash does, without closing anything.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Event

from app.edits.generic import add
from app.model.ids import Mint
from app.model.room import Person
from app.store import files
from app.store.saving import SaveState, Saving
from app.workspace import Workspace


def main(path: str, people: str, idle: str) -> None:
    opened = files.open_for_editing(Path(path), idle=float(idle), at_most=float(idle))
    workspace = Workspace(opened.project, opened, Mint(author="editor"))
    saved = Event()

    def told(saving: Saving) -> None:
        if saving.state is SaveState.SAVED:
            saved.set()

    opened.listen(told)
    number = 0
    while not int(people) or number < int(people):
        number += 1
        saved.clear()
        workspace.run(add(Person, {"name": f"Person {os.getpid()}/{number}"}))
        while opened.saving.state is not SaveState.SAVED:
            saved.wait(1)
        print(f"Person {os.getpid()}/{number}", flush=True)
    os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
