"""Copies of a signed project that show something else under the same words: none of them is called unchanged."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import bounded, exporting, inspecting, verifying
from app.cli import main
from app.edits.generic import add, remove, set_fields
from app.exporting import export
from app.interchange import Project
from app.model.commit import ParkedItem
from app.model.log import Log
from app.model.owners import Vote
from app.model.room import Person, Workshop
from app.store import files
from app.verdict import Outcome, Verdict
from app.workspace import Workspace
from exporters.pdf import writer as pdf_writer
from exporters.xlsx import writer as xlsx_writer
from tests.faults import copies
from tests.faults.tampering import signed_project

UNPROVED = "the words are those of revision 4, but the file itself was changed or saved by another program since"


@pytest.fixture(scope="module")
def project() -> Project:
    """A signed project with notes and a parking lot, that went on after it was signed."""
    room = Workspace(Project(signed_project(sealed=False).document, Log()))
    dana = next(row for row in room.document.rows(Person) if row.name == "Dana Abelard")
    room.run(set_fields(room.document.only(Workshop).id, notes="Nobody agreed on the price."))
    room.run(add(ParkedItem, {"what": "The price", "owner": dana.id}))
    room.run(set_fields(dana.id, away_from="2026-12-01", away_to="2026-12-09"))
    return room.project


@pytest.fixture(scope="module")
def exports(project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("exports")
    made = {format: folder / f"map.{format}" for format in ("pdf", "xlsx", "json")}
    export(project, made)
    return {format: path.read_bytes() for format, path in made.items()}


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked here is not how much a copy takes, and a process for each takes a second."""

    def call(task: str, *arguments: str, **bounds: int) -> Any:
        module, _, name = task.partition(":")
        return json.loads(json.dumps(getattr(importlib.import_module(module), name)(*arguments)))

    monkeypatch.setattr(bounded, "call", call)


def answer(project: Project, content: bytes, path: Path) -> Verdict:
    path.write_bytes(content)
    return verifying.verify_copy(project, path)


def is_unproved(found: Verdict) -> bool:
    return (found.outcome, found.code) == (Outcome.CANNOT, 1) and UNPROVED in str(found.why)


# --- the bytes -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("format", ["pdf", "xlsx", "json"])
def test_an_untouched_copy_is_unchanged(
    project: Project, exports: dict[str, bytes], format: str, tmp_path: Path
) -> None:
    assert answer(project, exports[format], tmp_path / f"copy.{format}").code == 0


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("name", copies.PDF)
def test_a_pdf_that_shows_something_else_is_not_called_unchanged(
    project: Project, exports: dict[str, bytes], name: str, tmp_path: Path
) -> None:
    attack, named = copies.PDF[name]
    found = answer(project, attack(exports["pdf"]), tmp_path / "copy.pdf")
    assert is_unproved(found), found
    assert any(named in line for line in found.beneath), found.beneath
    assert named or found.beneath == ("Export it anew for a copy that can be proved.",)


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("name", copies.XLSX)
def test_a_workbook_that_shows_something_else_is_not_called_unchanged(
    project: Project, exports: dict[str, bytes], name: str, tmp_path: Path
) -> None:
    attack, named = copies.XLSX[name]
    found = answer(project, attack(exports["xlsx"]), tmp_path / "copy.xlsx")
    assert is_unproved(found), found
    assert any(named in line for line in found.beneath), found.beneath


@pytest.mark.usefixtures("in_this_process")
def test_a_shape_over_the_cells_is_a_change(project: Project, exports: dict[str, bytes], tmp_path: Path) -> None:
    found = answer(project, copies.WITH_A_SHAPE(exports["xlsx"]), tmp_path / "copy.xlsx")
    assert found.outcome is Outcome.CHANGED
    assert "a picture or a shape" in str(found.why)


def test_the_command_says_that_it_cannot_prove_such_a_copy(
    project: Project, exports: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    map_, copy = tmp_path / "map.ownermap", tmp_path / "copy.xlsx"
    files.create(map_, project)
    copy.write_bytes(copies.XLSX["hidden rows"][0](exports["xlsx"]))
    assert main(["verify", str(map_), str(copy)]) == 1
    said = capsys.readouterr().out
    assert f"{copy}: Cannot verify: {UNPROVED}, so what it shows cannot be proved." in said
    assert "    Other rows or columns are hidden." in said


# --- copies that another program made ------------------------------------------------------------------------

WRITERS = {"pdf": (pdf_writer, "reportlab"), "xlsx": (xlsx_writer, "openpyxl")}


def export_with(project: Project, path: Path, made_with: str) -> None:
    """Export by a writer of ours that says another thing of itself."""
    writer, _ = WRITERS[path.suffix[1:]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(writer.write.__kwdefaults__, "made_with", made_with)
        export(project, {path.suffix[1:]: path})


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("format", WRITERS)
def test_other_libraries_that_give_the_same_bytes_prove_it_too(project: Project, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"copy.{format}"
    export_with(project, path, f"{WRITERS[format][1]} 9.8.7, zlib 1.9.1.zlib-ng, Python 3.13")
    assert verifying.verify_copy(project, path).code == 0


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("format", WRITERS)
def test_nothing_but_versions_stands_where_a_file_says_what_made_it(
    project: Project, tmp_path: Path, format: str
) -> None:
    path = tmp_path / f"copy.{format}"
    export_with(project, path, "Signed by somebody else")
    found = verifying.verify_copy(project, path)
    assert (found.outcome, found.code) == (Outcome.CANNOT, 1)
    assert "what the file shows cannot be proved here" in str(found.why)
    assert f"it was made with Signed by somebody else, and here is {WRITERS[format][1]}" in str(found.why)


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("format", ["pdf", "xlsx"])
def test_a_copy_of_another_version_is_proved_by_its_bytes_or_says_why_not(
    project: Project, tmp_path: Path, format: str
) -> None:
    path = tmp_path / f"copy.{format}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "__version__", "9.9.9")
        export(project, {format: path})
    assert verifying.verify_copy(project, path).code == 0
    path.write_bytes({"pdf": copies.PDF, "xlsx": copies.XLSX}[format]["a byte after the end"][0](path.read_bytes()))
    found = verifying.verify_copy(project, path)
    assert found.code == 1
    assert "Ownermap 9.9.9 made it, and this is" in str(found.why)


@pytest.mark.usefixtures("in_this_process")
def test_a_pdf_that_says_another_layout_cannot_be_compared(
    project: Project, exports: dict[str, bytes], tmp_path: Path
) -> None:
    other = copies.pdf(lambda writer: writer.add_metadata({"/Keywords": "layout 0"}))
    found = answer(project, other(exports["pdf"]), tmp_path / "copy.pdf")
    assert (found.outcome, found.code) == (Outcome.CANNOT, 1)
    assert str(found.why) == "this copy was made by another version of the layout."


# --- what is private -----------------------------------------------------------------------------------------


def with_votes(project: Project) -> Project:
    """The project with other private rows, which nothing in its log says."""
    jun = next(row.id for row in project.document.rows(Person) if row.name == "Jun Kowalczyk")
    room = Workspace(Project(project.document, Log()))
    room.run(add(Vote, {"voter": jun, "question": "workflow", "answer": "person", "person": jun, "round": 1}))
    return Project(room.document, project.log)


def with_notes(project: Project) -> Project:
    room = Workspace(Project(project.document, Log()))
    room.run(set_fields(room.document.only(Workshop).id, notes="The room agreed that IT pays."))
    return Project(room.document, project.log)


def with_another_log(project: Project) -> Project:
    """The project with the same rows, and another private step on the way to them."""
    room = Workspace(Project(project.document, Log(project.log)))
    made = room.run(add(ParkedItem, {"what": "Who leaves"}))
    assert made is not None
    room.run(remove(made.changes[0].row.id))
    return room.project


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("format", ["json", "xlsx", "pdf"])
def test_private_rows_of_a_copy_are_compared(project: Project, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"private.{format}"
    export(project, {format: path}, private=True)
    assert verifying.verify_copy(project, path).code == 0
    forgeries: list[Callable[[Project], Project]] = [with_votes, with_notes, with_another_log]
    for forge in forgeries:
        export(forge(project), {format: path}, private=True, force=True)
        found = verifying.verify_copy(project, path)
        assert found.outcome is Outcome.CHANGED, forge
        assert "private notes (votes, clock, parking lot, notes)" in str(found.why)


@pytest.mark.usefixtures("in_this_process")
def test_a_private_copy_from_before_stays_the_signed_one(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "private.json"
    export(project, {"json": path}, private=True)
    room = Workspace(Project(project.document, Log(project.log)))
    room.run(set_fields(room.document.only(Workshop).id, notes="Later it was agreed on."))
    assert verifying.verify_copy(room.project, path).code == 0


@pytest.mark.usefixtures("in_this_process")
def test_a_copy_without_what_is_private_says_nothing_of_it(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "copy.json"
    export(with_notes(project), {"json": path})
    assert verifying.verify_copy(project, path).code == 0


def test_a_task_is_told_of_a_workbook_that_it_made(exports: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    path.write_bytes(exports["xlsx"])
    found = inspecting.inspect(path)
    assert (found.untouched, found.same_layout, found.difference, found.maker, found.signs) == (True, True, "", "", ())
