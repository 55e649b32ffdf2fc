"""`ownermap crosswalk FILE [--json] [--as-of MOMENT]`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.policy.crosswalk import ADVICE, frameworks


@pytest.fixture
def sample(tmp_path: Path) -> str:
    path = tmp_path / "sample.ownermap"
    assert main(["new", str(path), "--template", "billing-triage-sample"]) == 0
    return str(path)


def test_it_tells_evidence_and_frameworks(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["crosswalk", sample, "--as-of", "2026-11-21T10:00"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == ADVICE
    assert "  + Stop button last tested 14 Nov 2026" in lines
    assert "  - No deputy: Outcome owner" in lines
    assert "  in part       GV 2.1: Roles and lines of communication are written down (Owners, Roles)" in lines
    assert "  not in a map  ASI05: Unexpected code execution" in lines
    assert {f"{each.name} · {each.edition}" for each in frameworks()} <= set(lines)


def test_json_has_an_entry_for_each_id(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["crosswalk", sample, "--json", "--as-of", "2026-11-21T10:00"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["entries"]) == sum(len(r.ids) for each in frameworks() for r in each.requirements)
    entry = next(each for each in found["entries"] if each["id"] == "Art 14(4)(e)")
    assert entry == {
        "framework": "EU AI Act",
        "edition": "Regulation (EU) 2024/1689, with 2026/1744",
        "id": "Art 14(4)(e)",
        "paraphrase": "They can stop it, into a safe state",
        "status": "found",
        "evidence": ["stop"],
        "standing": "there",
    }
    assert "It stops new work" in found["evidence"]["stop"]["there"]
    assert "lawyer" in found["notes"]["EU AI Act"]


def test_the_moment_counts(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crosswalk", sample, "--as-of", "2027-06-01"]) == 0
    assert "  - Stop button not tested in the last 90 days" in capsys.readouterr().out.splitlines()


def test_a_missing_file_is_one_sentence_and_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crosswalk", str(tmp_path / "none.ownermap")]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "none.ownermap" in said.err
