"""A program whose children are killed at a random moment of what they do, and that then looks at what is left.

Arguments: the folder, the seed, how many kills. Each child is a fork of this program, so that it costs little to make
one. Prints one line of JSON: how many kills of which work, and what was wrong after which.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Event

from app.errors import AppError
from app.exporting import export
from app.store import files, migrations
from app.store.saving import SaveState
from app.workspace import Workspace
from tests.faults.editing import fault_in, new_project, next_edit
from tests.support.builder import complete
from tests.support.elsewhere import save_elsewhere
from tests.support.random_projects import steady_mint

OLD = Path(__file__).parents[1] / "fixtures" / "version-1.ownermap"

Tell = Callable[[str], None]
"""What a child says reaches whoever kills it, though it is killed in the next moment."""


class Victims:
    """For each kind of work: a child that does it until it is killed, and what must hold afterwards."""

    def __init__(self, root: Path, pick: Random) -> None:
        self.path = root / "map.ownermap"
        self.target = root / "out"
        self.pick = pick
        self.project = complete().project()
        self.exported: dict[str, bytes] = {}

    def editing(self) -> str:
        """Editing and publishing at the same time, all the time or now and then."""
        new_project(self.path)
        begun = files.read(self.path).document
        idle, seed = self.pick.choice((0.001, 0.05, 1e6)), self.pick.random()

        def edit(tell: Tell) -> None:
            opened = files.open_for_editing(self.path, idle=idle, at_most=idle)
            workspace, saved = Workspace(opened.project, opened, steady_mint("Editor")), Event()
            opened.listen(lambda saving: saved.set() if saving.state is SaveState.SAVED else None)
            for number in range(10_000):
                saved.clear()
                made = workspace.run(next_edit(workspace.document, Random(f"{seed}/{number}"), number))
                assert made is not None
                tell(f"kept {made.id}")
                while opened.saving.state is not SaveState.SAVED:
                    saved.wait(1)
                tell("saved")

        said = self._killed(edit, 0.3)
        kept = [line.split()[1] for line in said if line.startswith("kept")]
        with files.open_for_editing(self.path) as opened:
            # An edit may have been stored and not told any more.
            entries = [each.id for each in opened.project.log]
            kept += entries[len(kept) : len(kept) + 1]
            return fault_in(opened.project, begun, kept, said.count("saved"))

    def publishing(self) -> str:
        """Replacing a file by a new version, over and over."""
        new_project(self.path)
        allowed = [files.read(self.path).document, self.project.document]

        def publish(tell: Tell) -> None:
            while True:
                save_elsewhere(self.path, self.project)
                tell("saved")

        said = self._killed(publish, 0.2)
        found = files.read(self.path).document
        return "" if found in allowed[1 if "saved" in said else 0 :] else "something else is there"

    def exporting(self) -> str:
        """Replacing an earlier export. The same project gives the same bytes, so that half of them is noticed."""
        kind = self.pick.choice(("json", "json", "json", "json", "xlsx", "pdf"))
        target = self.target.with_suffix(f".{kind}")
        if kind not in self.exported:
            export(self.project, {kind: target})
            self.exported[kind] = target.read_bytes()

        def work(tell: Tell) -> None:
            while True:
                export(self.project, {kind: target}, force=True)
                tell("saved")

        self._killed(work, 0.1 if kind == "json" else 1.0)
        return "" if target.read_bytes() == self.exported[kind] else "half an export"

    def migrating(self) -> str:
        """Opening a file of an older version, editing it and closing it, so that it is published as one of today."""
        shutil.copyfile(OLD, self.path)
        before = files.read(self.path)

        def work(tell: Tell) -> None:
            opened = files.open_for_editing(self.path, idle=1e6, at_most=1e6)
            workspace = Workspace(opened.project, opened, steady_mint("Editor"))
            workspace.run(next_edit(workspace.document, Random(1), 1))
            opened.close()
            tell("saved")

        said = self._killed(work, 0.15)
        with files.open_for_editing(self.path) as opened:
            more = len(opened.project.log) - len(before.log)
            document = before.document
            for entry in [*opened.project.log][len(before.log) :]:
                document = document.apply(entry)
        if "saved" in said and more != 1:
            return "the edit is lost"
        return "" if more in (0, 1) and document == opened.project.document else "something else is there"

    def _killed(self, work: Callable[[Tell], None], at_most: float) -> list[str]:
        """What a child said before it was killed, at a random moment within so many seconds of its start."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                work(lambda line: (os.write(writing, f"{line}\n".encode()), None)[1])
            finally:
                os._exit(0)
        os.close(writing)
        said, late = b"", self.pick.random() * at_most
        # Now and then right after something was said, which is when a promise is freshest.
        after = self.pick.choice((0, 0, 0, 1, 2))
        while said.count(b"saved") < after and (data := os.read(reading, 4096)):
            said += data
        if not after:
            select.select([], [], [], late)
        os.kill(child, signal.SIGKILL)
        while data := os.read(reading, 4096):
            said += data
        os.close(reading)
        os.waitpid(child, 0)
        return said.decode().splitlines()


def main(folder: str, seed: str, kills: str) -> None:
    pick = Random(int(seed))
    victims = Victims(Path(folder), pick)
    migrations.expected_schema(migrations.CURRENT)
    done, wrong = Counter[str](), []
    for number in range(int(kills)):
        work = pick.choice((victims.editing, victims.editing, victims.publishing, victims.exporting, victims.migrating))
        try:
            said = work()
        except AppError as error:
            said = str(error)
        done[work.__name__] += 1
        if said:
            wrong.append(f"seed {seed}, kill {number}, {work.__name__}: {said}")
    print(json.dumps({"done": done, "wrong": wrong}))


if __name__ == "__main__":
    main(*sys.argv[1:])
