"""A program that edits, publishes, opens, recovers and exports on a disk on which one call fails, time after time.

Arguments: the folder, the seed, how many faults. Prints one line of JSON: how many there were of each kind of work, how
many calls failed, and what was wrong after which.
"""

from __future__ import annotations

import errno
import json
import shutil
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from app import exporting
from app.errors import AppError
from app.files import write_atomically
from app.interchange import Project
from app.model.changes import ChangeSet
from app.model.log import Log
from app.store import files
from app.store.opening import inspect
from app.store.working import WorkingCopy, data_folder, settle
from app.workspace import Workspace
from tests.faults import disk
from tests.faults.editing import fault_in, new_project, next_edit
from tests.support.elsewhere import save_elsewhere
from tests.support.random_projects import steady_mint

REAL = 60
"""One of so many faults meets the real exporters."""

Wrong = str
Work = Callable[[], None]


class Trials:
    """Does each kind of work with a fault in it, then once more without, and looks at what is there."""

    def __init__(self, root: Path, pick: Random) -> None:
        self.root = root
        self.pick = pick
        self.disk = disk.Disk()
        self.path = root / "map.ownermap"
        self.failed_calls = 0
        self.kinds = 0
        self.exported: dict[str, bytes] = {}
        self.disk.watch(root)
        new_project(self.path)
        self.new = self.path.read_bytes()
        self.begun = files.read(self.path).document

    def edit(self) -> Wrong:
        """An edit goes into the working copy: all of it or nothing, and a second attempt puts it there once."""
        path = self.root / "working.ownermap"
        path.write_bytes(self.new)
        entries, project = self._edits(self.pick.randint(1, 4))
        copy = WorkingCopy(path)
        for entry in entries[:-1]:
            copy.store(entry)

        def store() -> None:
            copy.store(entries[-1])

        failed = self._with_a_fault(store)
        copy.close()
        settle(path)
        found = inspect(path, sealed=False).project
        wrong = fault_in(found, self.begun, [each.id for each in entries], len(entries) - failed)
        copy.store(entries[-1])
        copy.close()
        again = inspect(path, sealed=False).project
        return wrong or ("" if again.document == project.document else "a second attempt did not store it")

    def publish(self) -> Wrong:
        """A file is replaced: by all of the new one, or it is still the old one."""
        old, (_, new) = self.path.read_bytes(), self._edits(3)

        def publish() -> None:
            save_elsewhere(self.path, new)

        failed = self._with_a_fault(publish)
        if failed and self.path.read_bytes() != old and files.read(self.path).document != new.document:
            return "something else is there"
        if not failed and files.read(self.path).document != new.document:
            return "it said that it was done"
        publish()
        wrong = "" if files.read(self.path).document == new.document else "a second attempt did not do it"
        self.path.write_bytes(self.new)
        return wrong or self._left_behind()

    def session(self) -> Wrong:
        """Opening, editing, closing: what failed is said in words, and the next opening has every edit."""
        kept: list[str] = []

        def work() -> None:
            opened = files.open_for_editing(self.path, idle=1e6, at_most=1e6)
            try:
                workspace = Workspace(opened.project, opened, steady_mint(str(self.pick.random())))
                for number in range(3):
                    made = workspace.run(next_edit(workspace.document, Random(number), number))
                    assert made is not None
                    kept.append(made.id)
            finally:
                opened.close()

        failed = self._with_a_fault(work)
        with files.open_for_editing(self.path, idle=1e6, at_most=1e6) as opened:
            wrong = fault_in(opened.project, self.begun, kept, 0 if failed else len(kept))
        self.path.write_bytes(self.new)
        return wrong or self._left_behind()

    def recovery(self) -> Wrong:
        """Openings after a kill, of a file that may have been moved since: what failed is said in words, and the first
        one on a sound disk has every edit that was said to be saved."""
        kept = self._killed()
        path = self.path
        if self.pick.random() < 0.3:
            path = self.path.rename(self.root / "moved.ownermap")

        def work() -> None:
            files.open_for_editing(path, idle=1e6, at_most=1e6).close()

        for _ in range(self.pick.randint(1, 3)):
            self._with_a_fault(work, self.pick.choice((disk.READ, disk.READ | disk.OPEN, disk.EVERY)))
        with files.open_for_editing(path, idle=1e6, at_most=1e6) as opened:
            wrong = fault_in(opened.project, self.begun, kept, len(kept))
            # Nothing of ours is damaged, and nobody else changed anything.
            wrong = wrong or ("a copy was kept" if opened.kept_copy is not None else "")
        path.unlink()
        shutil.rmtree(data_folder() / "working")
        self.path.write_bytes(self.new)
        return wrong or self._left_behind()

    def export(self) -> Wrong:
        """An export replaces an earlier one: by all of the new one, or it is still the old one."""
        target = self.root / "out.xlsx"
        old = _archive(target, "old")

        def export() -> None:
            write_atomically(target, lambda path: _archive(path, "new" * self.pick.randint(1, 9000)))

        failed = self._with_a_fault(export)
        data = target.read_bytes()
        if failed and data == old:
            return self._left_behind()
        with zipfile.ZipFile(target) as archive:
            whole = archive.testzip() is None and archive.read("text").startswith(b"new")
        return ("" if whole else "half an export") or self._left_behind()

    def export_really(self) -> Wrong:
        """The workbook and the PDF replace an earlier file: by all of the new one, or it is still the old one."""
        kind = self.pick.choice(("xlsx", "pdf"))
        target = self.root / f"out.{kind}"
        project = Project(self.begun, Log())

        def export() -> None:
            exporting.export(project, {kind: target}, force=True)

        if kind not in self.exported:
            export()
            self.exported[kind] = target.read_bytes()
        # The same project gives the same bytes.
        new = self.exported[kind]
        target.write_bytes(b"old")
        failed = self._with_a_fault(export)
        found = target.read_bytes()
        if found != new and not (failed and found == b"old"):
            return "half an export" if failed else "it said that it was done"
        export()
        wrong = "" if target.read_bytes() == new else "a second attempt did not do it"
        return wrong or self._left_behind()

    def _killed(self) -> list[str]:
        """Edit, and leave what a kill leaves; the ids of the change sets, each of them in the working copy."""
        opened = files.open_for_editing(self.path, idle=1e6, at_most=1e6)
        workspace = Workspace(opened.project, opened, steady_mint(str(self.pick.random())))
        for number in range(self.pick.randint(1, 3)):
            workspace.run(next_edit(workspace.document, self.pick, number))
        opened._publisher.finish()
        assert opened._writer.finish() == 0
        opened._folder.release()
        return [entry.id for entry in workspace.log]

    def _edits(self, count: int) -> tuple[list[ChangeSet], Project]:
        workspace = Workspace(Project(self.begun, Log()), mint=steady_mint(str(self.pick.random())))
        for number in range(count):
            workspace.run(next_edit(workspace.document, self.pick, number))
        return list(workspace.log), workspace.project

    def _with_a_fault(self, work: Work, kinds: int = 0) -> bool:
        """Whether the work said that it failed. `kinds` are those of the calls that may fail, in place of some that
        change the disk."""
        self.kinds = kinds or self.pick.choice((disk.CHANGING, disk.CHANGING, disk.WRITE, disk.SYNC, disk.EVERY))
        self.disk.fail(
            self.pick.choice((self.pick.randint(1, 12), self.pick.randint(1, 120))),
            self.pick.choice((errno.EIO, errno.ENOSPC)),
            self.kinds,
            keep_failing=self.pick.random() < 0.4,
        )
        try:
            work()
            return False
        except Exception as error:
            if not isinstance(error, AppError) and work.__name__ != "store":
                raise
            return True
        finally:
            self.failed_calls += self.disk.mend()

    def _left_behind(self) -> Wrong:
        left = [path.name for path in self.root.glob(".*.part")]
        for name in left:
            (self.root / name).unlink()
        # Where nothing can be removed, it is the next opening that does.
        return f"left behind: {left}" if left and not self.kinds & disk.UNLINK else ""


def _archive(path: Path, text: str) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("text", text)
    return path.read_bytes()


def main(folder: str, seed: str, faults: str) -> None:
    pick = Random(int(seed))
    trials = Trials(Path(folder), pick)
    done: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(int(faults)):
        ordinary = (trials.edit, trials.edit, trials.publish, trials.session, trials.recovery, trials.export)
        # Laying out a document takes a thousand times as long as writing it.
        work = trials.export_really if number % REAL == REAL - 1 else pick.choice(ordinary)
        said = work()
        done[work.__name__] += 1
        if said:
            wrong.append(f"seed {seed}, fault {number}, {work.__name__}: {said}")
    print(json.dumps({"done": done, "failed calls": trials.failed_calls, "wrong": wrong}))


if __name__ == "__main__":
    main(*sys.argv[1:])
