"""Two editors on two machines, and a sync client between their folders that does whatever sync clients do.

Each schedule is random and named by its seed. Whatever the client does, every edit that was made must be found again:
in the file, in a copy beside it, in the working copy that the next opening goes on from, or in a backup.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from app.edits.generic import add
from app.errors import AppError
from app.interchange import Project
from app.model.document import Document
from app.model.ids import Mint
from app.model.log import Log
from app.model.room import Person
from app.store import files
from app.store.backups import Backups
from app.store.files import OpenProject
from app.store.opening import inspect
from app.workspace import Workspace
from tests.faults.soak import SOAK, whole

NEVER = 1e6
SCHEDULES, STEPS, BATCHES = whole(100, 5000), *((14, 50) if SOAK else (8, 5))


class Machine:
    """An editor with a data folder of its own, and its side of the shared folder."""

    def __init__(self, name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.name = name
        self.data = root / f"{name} data"
        self.folder = root / f"{name} folder"
        self.folder.mkdir(parents=True)
        self.path = self.folder / "map.ownermap"
        self.made: list[str] = []
        self._monkeypatch = monkeypatch
        self._opened: OpenProject | None = None
        self._workspace: Workspace | None = None

    def edit(self) -> None:
        self._here()
        if self._workspace is None:
            self._open()
        if self._workspace is not None:
            name = f"{self.name} {len(self.made)}"
            self._workspace.run(add(Person, {"name": name}))
            self.made.append(name)

    def publish(self) -> None:
        self._here()
        if self._opened is not None:
            self._tried(self._opened.publish)

    def close(self) -> None:
        self._here()
        if self._opened is not None:
            self._tried(self._opened.close)
            self._opened = self._workspace = None

    def crash(self) -> None:
        """Let go of the lock as the system does, and forget everything that is not on disk."""
        self._here()
        if self._opened is not None:
            self._opened._publisher.finish()
            self._opened._writer.finish()
            self._opened._folder.release()
            self._opened = self._workspace = None

    def look(self) -> None:
        self._here()
        if self._opened is not None:
            self._opened.look()

    def settle(self) -> None:
        """Open what can be opened, as somebody would who comes back to it."""
        self.close()
        self.edit()
        self.close()

    def _open(self) -> None:
        try:
            self._opened = files.open_for_editing(self.path, idle=NEVER, at_most=NEVER)
        except AppError:
            return
        self._workspace = Workspace(self._opened.project, self._opened)

    def _here(self) -> None:
        self._monkeypatch.setenv("OWNERMAP_DATA", str(self.data))

    @staticmethod
    def _tried(act: Callable[[], None]) -> None:
        # Said to the person; what it did not do must not lose anything.
        with suppress(AppError):
            act()


class Client:
    """Carries versions from one folder to the other, early or late, in every way in which that is done."""

    def __init__(self, pick: Random, machines: tuple[Machine, Machine]) -> None:
        self._pick = pick
        self._machines = machines
        self._late: list[tuple[Path, bytes]] = []
        self._half: list[tuple[Path, bytes]] = []
        self._copies = 0

    def act(self) -> None:
        source, target = self._pick.sample(self._machines, 2)
        if not source.path.exists():
            return
        data = source.path.read_bytes()
        acts = (self._rename_over, self._overwrite, self._delay, self._delete, self._conflict_copy, self._deliver)
        self._pick.choice(acts)(target.path, data)

    def finish(self) -> None:
        for path, data in self._half:
            path.write_bytes(data)
        self._half.clear()

    def _rename_over(self, target: Path, data: bytes) -> None:
        arriving = target.with_name(".arriving")
        arriving.write_bytes(data)
        arriving.replace(target)

    def _overwrite(self, target: Path, data: bytes) -> None:
        """In place, and only half of it for now."""
        self.finish()
        target.write_bytes(data[: len(data) // 2])
        self._half.append((target, data))

    def _delay(self, target: Path, data: bytes) -> None:
        self._late.append((target, data))

    def _deliver(self, target: Path, data: bytes) -> None:
        if self._late:
            self._rename_over(*self._late.pop(0))

    def _delete(self, target: Path, data: bytes) -> None:
        target.unlink(missing_ok=True)

    def _conflict_copy(self, target: Path, data: bytes) -> None:
        self._copies += 1
        target.with_name(f"map (conflicted copy {self._copies}).ownermap").write_bytes(data)


def run_schedule(seed: int, root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[set[str], set[str]]:
    """The names that were entered, and those that are found in the end."""
    pick = Random(seed)
    machines = (Machine("ada", root, monkeypatch), Machine("ben", root, monkeypatch))
    files.create(machines[0].path, Project(Document.empty(Mint()), Log()))
    shutil.copy(machines[0].path, machines[1].path)
    client = Client(pick, machines)
    for _ in range(STEPS):
        machine = pick.choice(machines)
        acts = (machine.edit, machine.edit, machine.publish, machine.close, machine.crash, machine.look)
        pick.choice((*acts, client.act, client.act, client.act, client.act))()
    client.finish()
    for machine in machines:
        machine.settle()
    made = {name for machine in machines for name in machine.made}
    return made, _found(root)


def _found(root: Path) -> set[str]:
    # Backups and copies are mostly the same file over again.
    different = {(path.read_bytes(), path.name == "working.ownermap"): path for path in root.rglob("*.ownermap")}
    names: set[str] = set()
    for (_, working), path in different.items():
        try:
            document = inspect(path, sealed=not working).project.document
        except AppError:
            continue
        names |= {person.name for person in document.rows(Person)}
    return names


@pytest.mark.timeout(3600 if SOAK else 120)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_edit_is_lost(batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entered = 0
    for seed in range(batch, SCHEDULES, BATCHES):
        root = tmp_path / str(seed)
        made, found = run_schedule(seed, root, monkeypatch)
        assert made <= found, f"schedule {seed} lost {sorted(made - found)}"
        entered += len(made)
        shutil.rmtree(root)
    assert entered > SCHEDULES // BATCHES


def test_the_harness_sees_a_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: without the comparison before each publishing, and without backups, edits are lost."""
    monkeypatch.setattr(OpenProject, "_own_in_place", lambda opened: opened._folder.versions()[0])
    monkeypatch.setattr(Backups, "keep", lambda backups, data, reason: None)
    for seed in range(40):
        made, found = run_schedule(seed, tmp_path / str(seed), monkeypatch)
        if not made <= found:
            return
    pytest.fail("nothing was lost")
