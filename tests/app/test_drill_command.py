"""`ownermap drill FILE`: any moment, in words and as JSON, and 1 where a step has no answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.model.exceptions import ExceptionPath
from app.store import files
from tests.support.builder import complete


@pytest.fixture
def sample(tmp_path: Path) -> str:
    path = tmp_path / "sample.ownermap"
    assert main(["new", str(path), "--template", "billing-triage-sample"]) == 0
    return str(path)


@pytest.fixture
def held(tmp_path: Path) -> str:
    path = tmp_path / "held.ownermap"
    files.create(path, complete().project())
    return str(path)


def test_a_gap_is_1_and_an_answered_drill_0(sample: str, held: str) -> None:
    assert main(["drill", sample, "--at", "2026-11-21T03:00"]) == 1
    assert main(["drill", held, "--at", "2026-11-21T03:00"]) == 0
    assert main(["drill", sample, "--at", "2026-11-24T10:00", "--scenario", "malformed"]) == 0


@pytest.mark.parametrize("moment", ["1969-12-01T03:00", "2026-13-01T03:00", "soon", ""])
def test_a_moment_that_is_none_is_refused(sample: str, moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["drill", sample, "--at", moment]) == 2
    assert capsys.readouterr().err.strip()


def test_every_duty_is_told_once_a_moment_before_its_drills(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    main(["drill", sample, "--at", "2026-11-21T03:00"])
    told = capsys.readouterr().out
    line = "Clear exceptions: nobody for 54 h, then Marc Oyelaran; a target of 30 min takes 64 h 30"
    assert told.count(line) == 1
    assert told.count("While nobody covers: Continue") == 1
    assert told.startswith("Saturday 21 Nov 2026 03:00")
    assert told.count("Malformed writes, Saturday 21 Nov 2026 03:00") == 1


def test_without_a_moment_the_next_friday_and_saturday(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    main(["drill", sample, "--as-of", "2026-11-18T12:00", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert [(each["moment"], each["scenario"]) for each in found] == [
        (moment, scenario)
        for moment in ("2026-11-20T16:37+01:00", "2026-11-21T03:00+01:00")
        for scenario in ("malformed", "message", "retry", "silent")
    ]


def test_the_json_carries_the_whole_card(held: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    main(["drill", held, "--at", "2026-11-21T03:00", "--scenario", "retry", "--json"])
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["gaps"], found["off_hours"]) == (0, complete().document.only(ExceptionPath).off_hours)
    assert [each["duty"] for each in found["duties"]] == ["first_response", "stop", "interrupt", "approve", "exception"]
    exception = found["duties"][-1]
    assert exception["covered"] is False
    assert (exception["who"], exception["wait_minutes"], exception["worst_minutes"]) == ("Marc Oyelaran", 3240, 3870)
    assert exception["first_human"] == "2026-11-23T09:00+01:00"
    steps = {step["key"]: step for step in found["steps"]}
    assert {"noticed", "paged", "first_human", "stop", "runs_on", "guardrail", "undo", "accountable"} <= set(steps)
    assert set(steps["paged"]) >= {"title", "detail", "who", "route", "at", "gap", "gap_reason", "place"}


def test_an_empty_moment_is_none_wherever_one_is_given(sample: str) -> None:
    assert main(["check", sample, "--as-of", ""]) == 2
    assert main(["whatif", sample, "--at", ""]) == 2
    assert main(["export", sample, "--json", "--as-of", ""]) == 2


def test_a_wall_time_that_does_not_exist_is_said_and_moved(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    main(["drill", sample, "--at", "2026-03-29T02:30", "--scenario", "malformed"])
    said = capsys.readouterr()
    assert said.err == (
        "02:30 does not exist on 29 Mar 2026 in Europe/Berlin, where the clocks go forward: 03:30 CEST is taken.\n"
    )
    assert said.out.count("Sunday 29 Mar 2026 03:30\n") == 2
    assert "02:30" not in said.out


def test_a_wall_time_that_comes_twice_says_which_of_the_two_it_is(
    sample: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    main(["drill", sample, "--at", "2026-10-25T02:30", "--scenario", "malformed"])
    said = capsys.readouterr()
    assert "the first is taken (CEST). For the second write 2026-10-25T02:30+01:00." in said.err
    assert said.out.count("Sunday 25 Oct 2026 02:30 CEST\n") == 2
    main(["drill", sample, "--at", "2026-10-25T02:30+01:00", "--scenario", "malformed"])
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.count("Sunday 25 Oct 2026 02:30 CET\n") == 2


def test_a_step_that_is_more_than_a_day_away_carries_its_date(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    main(["drill", sample, "--at", "2026-11-27T16:37", "--scenario", "malformed"])
    steps = capsys.readouterr().out.splitlines()
    assert any(step.startswith("  Fri 16:42 ") for step in steps)
    assert any(step.startswith("  Mon 30 Nov 2026 09:07 GAP  Clear") for step in steps)
    assert any(step.startswith("  Tue 1 Dec 2026 17:00 ") and "Incident review" in step for step in steps)
