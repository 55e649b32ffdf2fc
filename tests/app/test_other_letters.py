"""Letters that the RACI does not have are refused wherever they come from, with what to write instead."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from app.cli import main
from app.model.commit import RaciOverride
from app.store import files

WHY = "Whoever supports does a part of it, which is R."


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.ownermap"
    assert main(["new", str(path), "--template", "billing-triage-sample"]) == 0
    return path


def test_an_s_in_a_workbook_is_left_out_and_the_rest_is_read(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.xlsx"
    assert main(["export", str(sample), "--xlsx", str(copy)]) == 0
    before = files.read(sample).document.rows(RaciOverride)
    book = openpyxl.load_workbook(copy)
    sheet = book["RACI by role"]
    row = next(row for row in sheet.iter_rows() if any(cell.value == "Redraw the boundary" for cell in row))
    letters = [cell for cell in row if cell.value in ("C", "I")]
    letters[0].value, letters[1].value = "S", "R"
    book.save(copy)
    capsys.readouterr()
    assert main(["import", str(copy), str(sample)]) == 0
    said = capsys.readouterr().out
    assert "“S” is not a letter of this matrix." in said
    assert WHY in said
    added = [each for each in files.read(sample).document.rows(RaciOverride) if each not in before]
    assert [(each.activity, each.letter) for each in added] == [("L01", "R")]


def test_an_s_in_a_json_document_is_refused(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exported = tmp_path / "project.json"
    assert main(["export", str(sample), "--json", str(exported)]) == 0
    found = json.loads(exported.read_text(encoding="utf-8"))
    (rows,) = [value for key, value in _kinds(found).items() if key == "raci_override"]
    rows[0]["letter"] = "S"
    exported.write_text(json.dumps(found), encoding="utf-8")
    capsys.readouterr()
    assert main(["import", str(exported), str(tmp_path / "made.ownermap")]) == 3
    said = capsys.readouterr().err
    assert WHY in said
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "made.ownermap").exists()


def _kinds(found: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    """The rows of each kind, wherever the document keeps them."""
    for value in found.values():
        if isinstance(value, dict) and "raci_override" in value:
            return value
    raise AssertionError("no rows of the RACI in this document")
