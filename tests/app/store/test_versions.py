"""Every released version of the file opens: its fixture, frozen when it was released, holds what it held."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.edits.generic import set_fields
from app.messages import words
from app.model.kinds import ALL
from app.model.room import Agent
from app.revisions import signoff
from app.revisions.digest import content_digest
from app.store import files
from app.workspace import Workspace

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"

FROZEN = {
    1: "6d075100ee47881433a901f356d116714228f69ffd583c999df9cef5fdbfa38e",
    2: "fe44948f825d448e3312981ce638569af15bb3d52d856971dd64872fa1719c6e",
    3: "368fe0f174f08159d765116ab8c605eb4b328290f5041050649b95d01c91a0bf",
}
"""Version -> the content digest of its fixture when it was frozen."""

LATER: dict[int, set[str]] = {1: {"handover", "dismissed_phrase"}, 2: set(), 3: set()}
"""Version -> the kinds that came after its fixture."""


@pytest.fixture(params=sorted(FROZEN))
def frozen(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, int]:
    path = tmp_path / "old.ownermap"
    shutil.copy(FIXTURES / f"version-{request.param}.ownermap", path)
    return path, request.param


def test_it_opens_with_every_row_and_the_same_decisions(frozen: tuple[Path, int]) -> None:
    path, version = frozen
    project = files.read(path)
    assert content_digest(project.document) == FROZEN[version]
    empty = {row_class.spec.kind for row_class in ALL if not project.document.rows(row_class)}
    assert empty == LATER[version]
    assert [words(entry.label) for entry in project.log] == ["Agent: Agent", "Agent: Model", "Undo: Agent: Model"]
    assert signoff.audit(project.document) == ()


def test_it_can_be_edited_undone_and_read_again(frozen: tuple[Path, int]) -> None:
    path, version = frozen
    with files.open_for_editing(path) as opened:
        workspace = Workspace(opened.project, opened)
        workspace.run(set_fields(workspace.document.only(Agent).id, name="Renamed"))
        workspace.undo()
        workspace.undo()
        assert workspace.document.only(Agent).name != "Version 1"
        workspace.redo()
    assert content_digest(files.read(path).document) == FROZEN[version]
