"""`ownermap whatif`, `due`, `replace` and `record`; and a record that goes on while the signature stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.edits import Edit
from app.edits.generic import add
from app.model import vocabulary as v
from app.model.log import Log
from app.model.oversight import Action, Evidence
from app.model.owners import Handover
from app.model.room import Agent, Person
from app.model.scorecard import Review
from app.revisions import signoff
from app.rules.check import Checker
from app.rules.finding import Context
from app.store import files
from app.workspace import Workspace

DAY = "2026-11-21T12:00"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.ownermap"
    assert main(["new", str(path), "--template", "billing-triage-sample"]) == 0
    return path


def sign_all(path: Path) -> None:
    document = files.read(path).document
    for seat in (str(entry.value) for entry in v.SEATS):
        holder = signoff.seat_holder(document, seat)
        assert holder is not None
        assert main(["sign", str(path), "--level", "design", "--seat", seat, "--name", holder.name]) == 0


def run(path: Path, *edits: Edit) -> None:
    with files.open_for_editing(path) as opened:
        workspace = Workspace(opened.project, opened)
        for edit in edits:
            workspace.run(edit)


# --- what if -----------------------------------------------------------------------------------------------


def test_what_if_somebody_leaves(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["whatif", str(sample), "--without", "  marc OYELARAN ", "--as-of", DAY]) == 1
    said = capsys.readouterr().out
    assert "✗ billing-exceptions: Owner" in said
    assert "→ Exception owner, taken over by Hanna Weiss" in said
    assert "✗ Clear exceptions: 40 h a week newly uncovered" in said


def test_at_a_moment_it_says_who_is_there_first(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["whatif", str(sample), "--without", "Marc Oyelaran", "--at", "2026-12-24T10:00", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["without"], found["away"], found["at"]) == (
        ["Marc Oyelaran"],
        ["Sara Nadeem"],
        "2026-12-24T10:00+01:00",
    )
    exception = next(each for each in found["cover"] if each["duty"] == "exception")
    assert exception["there_before"] == {"at": "2026-12-24T09:00+00:00", "who": "Marc Oyelaran"}
    assert exception["there"] is None
    queue = next(loss for loss in found["losses"] if loss["what"] == "billing-exceptions: Owner")
    assert (queue["group"], queue["step"], queue["field"]) == ("queue", "exceptions", "owner")


def test_nothing_unowned_is_a_yes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "small.ownermap"
    assert main(["new", str(path)]) == 0
    run(path, add(Person, {"name": "Dana"}))
    assert main(["whatif", str(path), "--without", "Dana"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing is unowned."
    assert main(["whatif", str(path)]) == 0
    assert capsys.readouterr().out == "Nobody is named for anything yet.\n"


def test_without_a_name_it_says_how_few(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["whatif", str(sample)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "1 of 1  Outcome owner: Rosa Steiner" in said
    assert said[-1] == "The least for the whole map: 1."
    assert main(["whatif", str(sample), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["count"] for each in found] == sorted(each["count"] for each in found)


@pytest.mark.parametrize("words", [("whatif", "--without"), ("replace", "--who")])
def test_a_name_that_nobody_has_is_answered_with_who_there_is(
    words: tuple[str, str], sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main([words[0], str(sample), words[1], "Dan"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("ownermap: Nobody here is called “Dan”. There are: Dana Abelard, ")


def test_a_name_that_two_people_have_is_refused(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(sample, add(Person, {"name": "dana  abelard", "title": "Trainee"}))
    assert main(["whatif", str(sample), "--without", "Dana Abelard"]) == 2
    said = capsys.readouterr().err
    assert "2 people are called “Dana Abelard”" in said
    assert "Trainee" in said


# --- due next ----------------------------------------------------------------------------------------------


def test_due_in_order_of_date(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", str(sample), "--as-of", "2026-12-06T12:00"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert (
        first == "2026-11-24 overdue  Weekly performance and failures; held last on 17 Nov 2026 · Review · Dana Abelard"
    )
    assert main(["due", str(sample), "--json", "--as-of", DAY]) == 0
    found = json.loads(capsys.readouterr().out)
    days = [each["on"] for each in found if each["on"]]
    assert days == sorted(days)
    assert {"on", "overdue", "kind", "what", "who", "step", "subject", "field"} == set(found[0])


def test_nothing_due_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new.ownermap"
    assert main(["new", str(path)]) == 0
    capsys.readouterr()
    assert main(["due", str(path)]) == 0
    assert capsys.readouterr().out == "Nothing is due.\n"


# --- replace a person --------------------------------------------------------------------------------------


def test_a_dry_run_changes_nothing(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sample.read_bytes()
    assert main(["replace", str(sample), "--who", "Jun Kowalczyk", "--by", "Priya Menon", "--dry-run"]) == 0
    assert "Platform on call: Members (has it already)" in capsys.readouterr().out.splitlines()
    assert sample.read_bytes() == before


def test_a_person_is_replaced_and_it_is_recorded(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replace", str(sample), "--who", "Jun Kowalczyk", "--by", "Priya Menon", "--why", "New job"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1].endswith("places went from Jun Kowalczyk to Priya Menon.")
    row = files.read(sample).document.rows(Handover)[-1]
    assert (row.from_name, row.why) == ("Jun Kowalczyk", "New job")
    assert main(["record", str(sample), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["entries"], found["record"][0]["what"]) == (1, "Replace Jun Kowalczyk by Priya Menon")
    assert found["record"][-1]["digest"] == found["head"]


def test_without_a_successor_the_places_are_vacant(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replace", str(sample), "--who", "Lea Wirth"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("places that Lea Wirth held are vacant.")
    assert main(["replace", str(sample), "--who", "Lea Wirth"]) == 1


# --- the record goes on ------------------------------------------------------------------------------------


def test_the_record_goes_on_and_the_signature_stands(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign_all(sample)
    copies = [str(sample.with_suffix(f".{suffix}")) for suffix in ("pdf", "xlsx", "json")]
    assert main(["export", str(sample), "--pdf", "--xlsx", "--json"]) == 0
    now = Context("2026-11-21T12:00:00.000Z")
    document = files.read(sample).document
    before = {finding.key for finding in Checker().findings(document, now)}
    action = next(row for row in document.rows(Action) if row.current == "out_of_loop")
    bad_week = {
        "action": action.id,
        "behaviour_version": document.only(Agent).behaviour_version,
        "mode": "out_of_loop",
        "from_day": "2026-11-14",
        "to_day": "2026-11-20",
        "runs": 40,
        "harmful": 2,
    }
    run(sample, add(Evidence, bad_week))
    after = {finding.key for finding in Checker().findings(files.read(sample).document, now)}
    assert after - before
    capsys.readouterr()
    assert main(["verify", str(sample), *copies]) == 0
    project, *said = capsys.readouterr().out.splitlines()
    assert "unchanged since" in project
    assert len(said) == 3
    assert all(line.endswith("Its operating record is 1 entry behind.") for line in said)
    run(sample, add(Review, {"on": "2026-11-21"}))
    assert main(["verify", str(sample), copies[-1]]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("Its operating record is 2 entries behind.")


def test_a_copy_with_a_record_of_its_own_is_no_part_of_the_project(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_all(sample)
    other = tmp_path / "other.ownermap"
    other.write_bytes(sample.read_bytes())
    run(sample, add(Review, {"on": "2026-11-20"}))
    run(other, add(Review, {"on": "2026-11-21"}))
    assert main(["export", str(other), "--json"]) == 0
    capsys.readouterr()
    assert main(["verify", str(sample), str(other.with_suffix(".json"))]) == 1
    assert "its operating record is not a part of this project’s record" in capsys.readouterr().out


def test_a_head_that_does_not_fit_is_found(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(sample, add(Review, {"on": "2026-11-20"}))
    sign_all(sample)
    copy = sample.with_suffix(".json")
    assert main(["export", str(sample), "--json"]) == 0
    data = json.loads(copy.read_text())
    assert data["record"]["entries"] == 1
    assert main(["verify", str(sample), str(copy)]) == 0
    data["record"]["head"] = "0" * 64
    copy.write_text(json.dumps(data))
    capsys.readouterr()
    assert main(["verify", str(sample), str(copy)]) == 1
    assert "the head that it states" in capsys.readouterr().out


def test_an_empty_record_is_said(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(files.read(sample).log) == len(Log())
    capsys.readouterr()
    assert main(["record", str(sample)]) == 0
    assert capsys.readouterr().out == "Nothing has been recorded yet.\n"
