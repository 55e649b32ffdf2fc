"""Files that strangers send: bombs and damage are refused in words, in time, and never in the process of the window."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import bounded, inspecting, interchange
from app.cli import main
from app.errors import UNREADABLE, Unreadable
from app.exporting import export
from app.interchange import Project
from app.model.document import Document
from app.model.log import Log
from tests.faults import bombs
from tests.support.builder import fixed_mint

LONGEST = 30
"""Seconds that a file of a few kilobytes may take to be refused, on a machine that does two things at once."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="memory can be bounded on POSIX only")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The exports of an empty project by format: all that a bomb needs around it, and soon read."""
    folder = tmp_path_factory.mktemp("exports")
    targets = {format: folder / f"map.{format}" for format in ("xlsx", "pdf", "json")}
    export(Project(Document.empty(fixed_mint()), Log()), targets)
    return targets


# --- the bounds --------------------------------------------------------------------------------------------


def test_a_task_gives_back_plain_values() -> None:
    assert bounded.call("tests.faults.tasks:back", "“a”\n", "\udc80") == ["“a”\n", "\udc80"]


@pytest.mark.parametrize("task", ["forever", "hungry", "killed", "nothing_said", "half_said"])
def test_a_task_that_takes_too_much_is_one_sentence(task: str) -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable, match="more time or memory to read than a copy of a project does"):
        bounded.call(f"tests.faults.tasks:{task}", seconds=1, memory=400_000_000)
    assert time.monotonic() - began < LONGEST


def test_a_task_that_waits_is_ended_by_the_clock() -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable, match="more time or memory"):
        bounded.call("tests.faults.tasks:asleep", seconds=1)
    assert time.monotonic() - began < LONGEST


def test_what_a_task_refuses_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        bounded.call("tests.faults.tasks:refusing", "{braces}")
    assert str(refused.value) == "“{braces}” is refused. Take another."


def test_a_fault_of_ours_is_not_taken_for_a_bad_file() -> None:
    with pytest.raises(RuntimeError, match=r"^KeyError$"):
        bounded.call("tests.faults.tasks:broken")


def test_what_a_task_prints_is_no_answer() -> None:
    assert bounded.call("tests.faults.tasks:printing") == "said"


# --- bombs -------------------------------------------------------------------------------------------------


def bombs_of(format: str, exported: bytes) -> Iterator[tuple[str, bytes]]:
    if format == "json":
        return bombs.documents()
    return bombs.workbooks(exported) if format == "xlsx" else bombs.pdfs(exported)


@pytest.mark.parametrize(("format", "all"), [("xlsx", 15), ("pdf", 7), ("json", 7)])
def test_every_bomb_is_refused_or_read_within_its_bounds(
    exports: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str, all: int
) -> None:
    project = tmp_path / "map.ownermap"
    assert main(["import", str(exports["json"]), str(project)]) == 0
    before, own = project.read_bytes(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = 0
    for name, content in bombs_of(format, exports[format].read_bytes()):
        bomb = tmp_path / f"bomb.{format}"
        bomb.write_bytes(content)
        held = len(content)
        capsys.readouterr()
        began = time.monotonic()
        code = main(["diff", str(project), str(bomb)])
        took, said = time.monotonic() - began, capsys.readouterr().err
        assert took < LONGEST, (name, took)
        # What shows something else may still carry the whole project: then nothing differs.
        assert code in (0, UNREADABLE), name
        if code:
            assert said.startswith("ownermap: "), (name, said)
            assert said.count("\n") == 1, (name, said)
            assert "unexpected" not in said, (name, said)
        assert held < 20_000_000
        count += 1
    assert count == all
    assert project.read_bytes() == before
    # Kilobytes, on Linux: the window's own process never holds what a bomb unpacks to.
    assert sys.platform != "linux" or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own < 700_000


def test_what_a_bomb_shows_is_told(exports: dict[str, Path], tmp_path: Path) -> None:
    merged = next(content for name, content in bombs.workbooks(exports["xlsx"].read_bytes()) if "merged" in name)
    path = tmp_path / "merged.xlsx"
    path.write_bytes(merged)
    assert "the cell A1 says “”" in inspecting.inspect(path).difference


def test_large_json_is_tried_where_it_may_fail(
    exports: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []
    monkeypatch.setattr(inspecting, "try_json", tried.append)
    padded = tmp_path / "map.json"
    padded.write_bytes(exports["json"].read_bytes() + b" " * 6_000_000)
    assert main(["import", str(padded), str(tmp_path / "map.ownermap")]) == 0
    assert tried == [padded]
    assert main(["import", str(exports["json"]), str(tmp_path / "other.ownermap")]) == 0
    assert tried == [padded]


@pytest.mark.parametrize(
    ("most", "says"), [("MOST_ROWS", "rows; Ownermap reads up to 9"), ("MOST_STEPS", "steps in its log; Ownermap")]
)
def test_a_document_of_too_many_rows_is_refused_before_they_are_looked_at(
    exports: dict[str, Path], monkeypatch: pytest.MonkeyPatch, most: str, says: str
) -> None:
    plain = json.loads(exports["json"].read_bytes())
    plain["log"] = [{}] * 10
    monkeypatch.setattr(interchange, most, 9)
    monkeypatch.setattr(interchange, "faults_of", None)  # what looks at each row
    with pytest.raises(Unreadable, match=says):
        interchange.read(json.dumps(plain))


def test_what_is_larger_than_any_project_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(interchange.LARGEST + 1)
    began = time.process_time()
    assert main(["import", str(large), str(tmp_path / "map.ownermap")]) == UNREADABLE
    assert time.process_time() - began < 0.2
    assert "is too large: up to 64 MB are read" in capsys.readouterr().err


# --- ordinary copies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["xlsx", "pdf"])
def test_an_untouched_copy_is_what_it_was(exports: dict[str, Path], format: str) -> None:
    found = inspecting.inspect(exports[format])
    assert found.untouched
    assert found.attachment.startswith('{"export":')


def test_a_relative_path_is_meant_from_here(
    exports: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(exports["xlsx"], tmp_path / "-map %41.xlsx")
    monkeypatch.chdir(tmp_path)
    assert inspecting.inspect(Path("-map %41.xlsx")).untouched


def edited(change: Callable[[bytes], bytes], source: Path, target: Path) -> Path:
    target.write_bytes(change(source.read_bytes()))
    return target


def test_a_copy_that_is_missing_or_torn_is_one_sentence(exports: dict[str, Path], tmp_path: Path) -> None:
    for format in ("xlsx", "pdf"):
        torn = edited(lambda content: content[: len(content) // 2], exports[format], tmp_path / f"torn.{format}")
        with pytest.raises(Unreadable):
            inspecting.inspect(torn)


def project_of(text: str) -> Project:
    from app.report import attachment

    return attachment.read(text)[0]


def test_edited_cells_come_with_what_the_workbook_carries(exports: dict[str, Path]) -> None:
    carried, cells = inspecting.edited_cells(exports["xlsx"])
    assert cells == []
    assert project_of(carried).document.project_id
