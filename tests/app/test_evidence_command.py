"""`ownermap evidence FILE [ACTION] [--json] [--as-of MOMENT]` and `--add SOURCE [--dry-run] [--force]`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.evidence_text import read_evidence
from app.model.oversight import Action, Evidence
from app.policy.graduation import CAVEATS
from app.store import files
from tests.support import autonomy
from tests.support.builder import ProjectBuilder, complete
from tests.support.elsewhere import save_elsewhere

AS_OF = ("--as-of", "2026-11-21T10:00")

RUNS = "date,action,outcome\n2026-11-02,Close a ticket,unchanged\n2026-11-03,Close a ticket,material\n"


@pytest.fixture
def builder() -> ProjectBuilder:
    made = complete()
    autonomy.on_the_loop(made)
    return made


@pytest.fixture
def path(tmp_path: Path, builder: ProjectBuilder) -> Path:
    return saved(tmp_path / "map.ownermap", builder)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    found = tmp_path / "runs.csv"
    found.write_text(RUNS, encoding="utf-8-sig")
    return found


def saved(path: Path, builder: ProjectBuilder) -> Path:
    save_elsewhere(path, builder.project())
    return path


def rows(path: Path) -> int:
    return len(files.read(path).document.rows(Evidence))


def test_it_tells_what_an_action_has_shown(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", str(path), "close a ticket", *AS_OF]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Close a ticket",
        "  Mode        On the loop; starts: In the loop; floor: Out of the loop",
        "  Standing    something is missing",
        "  Shown       2026-11-02.2: 200 reviewed runs, 2 failures, no harm, breach or failed stop, 21 Oct 2026 to "
        "18 Nov 2026",
        "  Bounds      error at most 3.1 %, limit 1 %; approval at least 97.0 %",
        "  Seeded      14 of 14 seeded bad cases caught",
        "  Next        Out of the loop: look after 500, 1,000 and 2,000 reviewed runs; pass with at most 0, 3 and 10 "
        "failures",
        "  Missing     800 more clean runs",
        "              Evidence over 8 weeks with a month-end",
        "              15 more seeded bad cases caught: proof that reviewers catch 90 %",
        "              Its compensating transaction tested in the last 90 days",
        "  Time        about 16 weeks at 50 runs a week",
        "  Decision    Decides: Agent Product Owner, Dana Abelard",
        "              Asked first: workflow owner, Dana Abelard; system owner, Jun Kowalczyk",
        "              Told of a move out of the loop: outcome owner, Rosa Steiner",
        "  Sample      look at 59 runs a week to notice 5 % of errors",
        "",
        *map(str, CAVEATS),
    ]


def test_at_a_small_volume_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = complete()
    autonomy.in_the_loop(made, runs_per_week=3)
    main(["evidence", str(saved(tmp_path / "rare.ownermap", made)), autonomy.NAME, *AS_OF])
    said = "  Time        about 33 weeks: this action will not earn autonomy at this volume"
    assert said in capsys.readouterr().out.splitlines()


def test_an_action_that_lost_its_right_exits_with_1(
    tmp_path: Path, builder: ProjectBuilder, capsys: pytest.CaptureFixture[str]
) -> None:
    autonomy.rerated(harmful=1)(builder)
    path = saved(tmp_path / "harm.ownermap", builder)
    assert main(["evidence", str(path), *AS_OF]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "  Standing    lost its right to this mode; belongs in: In the loop" in lines
    assert "  Revocation  In the loop at once (R1): 1 harmful error" in lines
    assert main(["evidence", str(path), "Merge duplicate tickets", *AS_OF]) == 0


def test_amber_does_not_exit_with_1(
    tmp_path: Path, builder: ProjectBuilder, capsys: pytest.CaptureFixture[str]
) -> None:
    autonomy.reviewed(builder, from_day="2026-11-19", to_day="2026-11-20", runs=100, material=1)
    path = saved(tmp_path / "amber.ownermap", builder)
    assert main(["evidence", str(path), *AS_OF]) == 0
    assert "  Revocation  Look now (R3): 1.0 % interventions, 0.3 % before" in capsys.readouterr().out


def test_json_says_the_same(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", str(path), "Close a ticket", "--json", *AS_OF]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    expected: dict[str, Any] = {
        "mode": "on_loop",
        "start": "in_loop",
        "floor": "out_of_loop",
        "earned": "on_loop",
        "lost": False,
        "weekly_sample": 59,
        "revocations": [],
        "cooldown_until": "",
    }
    assert {name: found[name] for name in expected} == expected
    assert found["evidence"]["runs"] == 200
    assert found["error_upper_bound"] == pytest.approx(0.0312, abs=0.0005)
    assert (found["next"]["mode"], found["next"]["looks"]) == ("out_of_loop", [500, 1000, 2000])
    assert [found["evidence"][name] for name in ("harmful", "breaches", "failed_stops", "unknown")] == [0, 0, 0, 0]
    assert (found["next"]["clean_runs_needed"], found["next"]["weeks_needed"]) == (800, 16)


@pytest.mark.parametrize(
    ("seen", "happened"),
    [
        ({"breaches": 1, "failed_stops": 2}, "1 boundary breach and 2 stops that failed"),
        ({"harmful": 1, "unchanged": 399}, "1 harmful error"),
    ],
)
def test_what_happened_in_the_loop_is_told_and_stops_graduation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seen: dict[str, int], happened: str
) -> None:
    made = complete()
    autonomy.in_the_loop(made, flags=("external_message",))
    autonomy.reviewed(made, **seen)
    path = str(saved(tmp_path / "breach.ownermap", made))
    main(["evidence", path, autonomy.NAME, *AS_OF])
    said = capsys.readouterr().out
    assert f"  Look now    {happened} while people approved: pause the agent, and look at how it was approved\n" in said
    assert f"  Missing     {happened}: change the behaviour and start again\n" in said
    assert "Time" not in said
    main(["evidence", path, autonomy.NAME, "--json", *AS_OF])
    (found,) = json.loads(capsys.readouterr().out)
    assert {name: found["evidence"][name] for name in seen if name != "unchanged"} == {
        name: count for name, count in seen.items() if name != "unchanged"
    }
    assert found["harm_in_the_loop"].startswith(happened)
    assert (found["earned"], found["next"]["clean_runs_needed"]) == ("in_loop", None)


def test_runs_without_an_outcome_are_told_and_earn_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = complete()
    autonomy.in_the_loop(made)
    autonomy.reviewed(made, unchanged=120)
    main(["evidence", str(saved(tmp_path / "unknown.ownermap", made)), autonomy.NAME, *AS_OF])
    lines = capsys.readouterr().out.splitlines()
    assert any(
        "120 reviewed runs, 0 failures, no harm, breach or failed stop, 280 runs without" in each for each in lines
    )
    assert "  Missing     Outcomes of reviewed runs that nobody gave: 280" in lines


def test_the_time_is_that_of_the_weeks_where_runs_come_fast(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = complete()
    autonomy.in_the_loop(made, runs_per_week=20_000)
    path = str(saved(tmp_path / "fast.ownermap", made))
    main(["evidence", path, autonomy.NAME, *AS_OF])
    assert "  Time        about 4 weeks, for evidence over 4 weeks with a month-end\n" in capsys.readouterr().out
    main(["evidence", path, autonomy.NAME, "--json", *AS_OF])
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["next"]["weeks_needed"], found["next"]["weeks_to_span"]) == (4, 4)


def test_a_project_without_actions_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path / "empty.ownermap", ProjectBuilder())
    assert main(["evidence", str(path)]) == 0
    assert capsys.readouterr().out == "There are no actions yet. Type them on the Oversight page.\n"
    assert main(["evidence", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_help_shows_both_shapes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["evidence", "--help"])
    said = capsys.readouterr().out
    assert "one line a run     when,action,outcome" in said
    assert "one line a period  action,from,to,reviewed runs,unchanged" in said


def test_the_examples_in_the_guide_can_be_read(builder: ProjectBuilder) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")
    examples = [part.partition("```")[0] for part in guide.split("```csv\n")[1:]]
    builder.add(Action, name="Send reply", current="in_loop")
    found = [read_evidence(builder.document, each, "2026-11-21T03:00:00.000Z") for each in examples]
    assert [(each.faults, len(each.rows)) for each in found] == [((), 1), ((), 1)]


def test_the_moment_counts(path: Path) -> None:
    assert main(["evidence", str(path), "--as-of", "2027-05-01"]) == 0
    assert main(["evidence", str(path), "--as-of", "2027-06-01"]) == 1


def test_an_unknown_action_is_wrong_usage(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", str(path), "Fly"]) == 2
    assert capsys.readouterr().err.startswith("ownermap: No action is called “Fly”.")


# --- adding ------------------------------------------------------------------------------------------------


def test_evidence_is_read_in(path: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = rows(path)
    assert main(["evidence", str(path), "--add", str(source), "--force", "--dry-run"]) == 0
    assert rows(path) == before
    assert main(["evidence", str(path), "--add", str(source), "--force"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Line 2: Close a ticket, 2026-11-02.2, On the loop: 2 reviewed runs, 1 failure, no harm, breach or failed "
        "stop, 2 Nov 2026 to 3 Nov 2026; no seeded bad cases",
        "Rows of evidence that would be added: 1, from 2 lines.",
        "Rows of evidence added: 1, from 2 lines.",
    ]
    added = files.read(path).document.rows(Evidence)[-1]
    assert (added.runs, added.outcomes, added.mode) == (2, "um", "on_loop")


def test_what_overlaps_is_added_only_when_asked_for(
    path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(path)
    assert main(["evidence", str(path), "--add", str(source)]) == 1
    said = capsys.readouterr()
    assert said.out == "Nothing was added. Leave out what is there already, or add --force.\n"
    assert "overlaps evidence that is there already." in said.err
    assert rows(path) == before
    assert main(["evidence", str(path), "--add", str(source), "--force"]) == 0
    assert rows(path) == before + 1


def test_a_fault_in_one_line_adds_nothing(path: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = rows(path)
    source.write_text(RUNS + "2026-11-04,Fly,unchanged\n", encoding="utf-8")
    assert main(["evidence", str(path), "--add", str(source), "--force"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("Line 4: No action is called “Fly”.")
    assert said.out == "Nothing was added.\n"
    assert rows(path) == before


def test_days_to_come_are_refused_by_line(path: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = rows(path)
    source.write_text(RUNS + "2899-11-04,Close a ticket,unchanged\n", encoding="utf-8")
    assert main(["evidence", str(path), "--add", str(source), "--force"]) == 1
    assert capsys.readouterr().err.startswith("Line 4: 4 Nov 2899 is still to come.")
    assert rows(path) == before


def test_one_line_is_one_line(path: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source.write_text("date,action,outcome,cost\n2026-11-02,Close a ticket,unchanged,0.10\n", encoding="utf-8")
    assert main(["evidence", str(path), "--add", str(source), "--force"]) == 0
    said = capsys.readouterr()
    assert said.out == "Rows of evidence added: 1, from 1 line.\n"
    assert said.err.splitlines()[-1] == "1 cost is given; the P99 is left out, it takes 100."


def test_what_cannot_be_read_exits_with_3(path: Path, source: Path, tmp_path: Path) -> None:
    source.write_bytes(b"\xff\xfe\x00")
    for wrong in (source, tmp_path / "none.csv", tmp_path):
        assert main(["evidence", str(path), "--add", str(wrong)]) == 3
    source.write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["evidence", str(path), "--add", str(source)]) == 3


def test_a_dry_run_of_nothing_is_wrong_usage(path: Path) -> None:
    assert main(["evidence", str(path), "--dry-run"]) == 2
