"""The power fails at any moment of editing and publishing: what was said to be saved is there when it is back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from app.errors import AppError
from app.interchange import Project
from app.model.document import Document
from app.store import files, recovery
from app.store.opening import inspect
from app.store.working import WorkingFolder
from tests.faults import disk
from tests.faults.editing import fault_in
from tests.faults.power import PoweredDisk, steps
from tests.faults.soak import SEED, in_parts, times
from tests.support.random_projects import steady_mint

RECORDED = Path(__file__).with_name("recorded.py")
EDITS = 30

CLOSED = 0.2
"""How many of the openings are closed again too."""

Opened = Callable[[Path], Project]


def faults(library: Path, folder: Path, *, settings: str, seed: int, losses: int) -> list[str]:
    """What was wrong after each power loss that left something wrong, and how to have it again.

    The program is run once and recorded; then the power fails at `losses` moments of the record, in half of them on
    a disk that keeps names in order, and the project is opened as a person would.
    """
    live, log, found = folder / "disk", folder / "log", []
    live.mkdir()
    disk.run(library, RECORDED, live, log, seed, EDITS, settings, folder=live)
    record, pick = [*steps(log)], Random(seed)
    notes = {number: step.data.decode() for number, step in enumerate(record) if step.kind == "n"}
    kept = [note.split()[1] for note in notes.values() if note.startswith("kept")]
    (made,) = (number for number, note in notes.items() if note == "made")
    for in_order in (True, False):
        powered, saved, at = PoweredDisk(in_order=in_order), 0, 0
        for moment in sorted(pick.randrange(made, len(record) + 1) for _ in range(losses // 2)):
            for number, step in enumerate(record[at:moment], at):
                if step.kind != "n":
                    powered.take(step)
                elif notes[number].startswith("saved"):
                    saved = int(notes[number].split()[1])
            at = moment
            put(live, powered.after_power_loss(pick))
            # Closing, which publishes, takes as long as everything else; what comes back is known before it.
            opened = closed_again if pick.random() < CLOSED else recovered
            wrong = fault_after(opened, live / "map.ownermap", kept, saved)
            if wrong:
                found.append(f"seed {seed}, {settings}, moment {moment} of {len(record)}, in order {in_order}: {wrong}")
    return found


def put(folder: Path, found: dict[str, bytes]) -> None:
    """Make the disk what was found on it. Folders are not lost: the file system keeps those of what it keeps."""
    shutil.rmtree(folder)
    folder.mkdir()
    for name, data in found.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)


def fault_after(opened: Opened, path: Path, kept: list[str], saved: int) -> str:
    """What is wrong with the project when it is opened again, or ""."""
    try:
        return fault_in(opened(path), Document.empty(steady_mint()), kept, saved)
    except AppError as error:
        return str(error)


def closed_again(path: Path) -> Project:
    """What an opening brings back when the project is then closed again, which publishes it."""
    with files.open_for_editing(path, idle=1e6, at_most=1e6) as opened:
        project = opened.project
    assert files.read(path).document == project.document
    return project


def recovered(path: Path) -> Project:
    """What an opening brings back."""
    theirs = inspect(path)
    folder = WorkingFolder(path, theirs.project.document.project_id)
    folder.acquire()
    try:
        return recovery.begin(path, folder, theirs).inspected.project
    finally:
        folder.release()


@in_parts
def test_a_power_loss_takes_nothing_that_was_saved(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("OWNERMAP_DATA", str(tmp_path / "disk" / "data"))
    assert faults(library, tmp_path, settings="ours", seed=seed, losses=times(500, 20_000)) == []


@pytest.mark.parametrize("settings", ["delete/0", "wal/1"])
def test_with_weaker_settings_a_power_loss_does_harm(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str
) -> None:
    """The control: if it found nothing here, it could find nothing at all."""
    monkeypatch.setenv("OWNERMAP_DATA", str(tmp_path / "disk" / "data"))
    found = faults(library, tmp_path, settings=settings, seed=SEED, losses=40)
    assert found
