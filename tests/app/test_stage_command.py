"""`ownermap check FILE --stage STAGE`: what would be open if the agent were at another stage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main

WHEN = ("--as-of", "2026-11-21T12:00")


@pytest.fixture
def sample(tmp_path: Path) -> str:
    path = tmp_path / "sample.ownermap"
    assert main(["new", str(path), "--template", "billing-triage-sample"]) == 0
    return str(path)


def test_a_map_that_may_be_signed_today_is_blocked_two_stages_on(
    sample: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", sample, *WHEN]) == 0
    assert "as if" not in capsys.readouterr().out
    assert main(["check", sample, "--stage", "3", *WHEN]) == 1
    *_, said, summary = capsys.readouterr().out.splitlines()
    assert said == "This is checked as if the agent were at stage 3."
    assert summary.startswith("1 open point blocks the design sign-off.")


def test_the_same_as_json(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["check", sample, "--stage", "3", "--json", *WHEN]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["stage"], found["level"]) == ("3", "design")
    assert found["blocks"] == sum(each["severity"] == "blocker" for each in found["findings"]) > 0


def test_the_file_stays_as_it_is(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path(sample).read_bytes()
    main(["check", sample, "--stage", "3"])
    assert Path(sample).read_bytes() == before


def test_a_stage_that_there_is_not(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", sample, "--stage", "4"]) == 2
