"""`ownermap whatif`, `due`, `replace` and `record`; and a record that goes on while the signature stands."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.edits import Edit
from app.edits.generic import add
from app.interchange import Project
from app.messages import words
from app.model import vocabulary as v
from app.model.changes import RowChange
from app.model.ids import Mint
from app.model.log import Log
from app.model.oversight import Action, Evidence
from app.model.owners import Handover, Rota
from app.model.room import Agent, Person
from app.model.row import with_fields
from app.model.scorecard import Review
from app.revisions import signoff
from app.rules.check import Checker
from app.rules.finding import Context
from app.store import files
from app.workspace import Workspace
from tests.support.elsewhere import save_elsewhere

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


def test_a_rota_stands_for_all_its_members(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["whatif", str(sample), "--without", "platform on  call", "--as-of", DAY]) == 1
    assert capsys.readouterr().out.startswith("Without Jun Kowalczyk, Tom Brandt, Priya Menon, Ole Hansen:\n")
    run(sample, add(Rota, {"name": "Nobody yet"}))
    assert main(["whatif", str(sample), "--without", "Nobody yet"]) == 2
    assert "The rota “Nobody yet” has no members." in capsys.readouterr().err


def test_a_moment_at_which_nobody_is_away_and_hours_that_nobody_loses(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["whatif", str(sample), "--at", "2026-11-21T03:00"]) == 0
    assert capsys.readouterr().out == "Nobody is away at that moment.\n"
    assert main(["whatif", str(sample), "--without", "Lea Wirth", "--as-of", DAY]) == 1
    assert "0 min" not in capsys.readouterr().out


def test_an_approval_that_takes_two_is_unowned_when_one_of_them_is_gone(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["whatif", str(sample), "--without", "Jun Kowalczyk", "--as-of", DAY]) == 1
    said = capsys.readouterr().out
    assert "✗ New actions: Approved by (an approver for the platform is missing)" in said
    assert main(["whatif", str(sample), "--json"]) == 0
    least = [
        each for each in json.loads(capsys.readouterr().out) if each["what"].startswith("New actions: Approved by")
    ]
    assert [(each["count"], each["of"]) for each in least] == [(1, 2)]


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


@pytest.mark.parametrize("command", [("whatif", "--without"), ("replace", "--who")])
def test_a_name_that_nobody_has_is_answered_with_who_there_is(
    command: tuple[str, str], sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main([command[0], str(sample), command[1], "Dan"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("ownermap: Nobody here is called “Dan”. There are: Dana Abelard, ")


def test_a_name_that_two_people_have_is_refused(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(sample, add(Person, {"name": "dana  abelard", "title": "Trainee"}))
    assert main(["whatif", str(sample), "--without", "Dana Abelard"]) == 2
    said = capsys.readouterr().err
    assert "2 people are called “Dana Abelard”. Write “Dana Abelard (" in said
    assert "or “dana abelard (Trainee)”." in said


def test_two_people_of_one_name_are_told_apart_by_title_or_id(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(sample, add(Person, {"name": "Dana Abelard", "title": "Trainee"}), add(Person, {"name": "Dana Abelard"}))
    capsys.readouterr()
    assert main(["show", str(sample), "--json"]) == 0
    dana, trainee, untitled = (p for p in json.loads(capsys.readouterr().out)["people"] if p["name"] == "Dana Abelard")
    assert main(["whatif", str(sample), "--without", "Dana Abelard"]) == 2
    assert f"“Dana Abelard (Trainee)” or “{untitled['id']}”." in capsys.readouterr().err

    assert main(["whatif", str(sample), "--without", f"Dana Abelard ({dana['title']})", "--json"]) == 1
    by_title = capsys.readouterr().out
    assert main(["whatif", str(sample), "--without", dana["id"], "--json"]) == 1
    assert capsys.readouterr().out == by_title

    replaced = ["replace", str(sample), "--who", dana["id"], "--by", "dana abelard (trainee)"]
    assert main(replaced) == 0
    handover = files.read(sample).document.rows(Handover)[-1]
    assert (handover.from_person, handover.to_person) == (dana["id"], trainee["id"])


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
    assert said[-2:] == ["18 places from Jun Kowalczyk to Priya Menon.", "1 place that Priya Menon has already."]
    row = files.read(sample).document.rows(Handover)[-1]
    assert (row.from_name, row.why) == ("Jun Kowalczyk", "New job")
    assert main(["record", str(sample), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["entries"], found["record"][0]["what"]) == (1, "Replace Jun Kowalczyk by Priya Menon")
    assert found["record"][-1]["digest"] == found["head"]


def test_without_a_successor_it_is_said_what_becomes_of_each_place(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files.read(sample).document
    assert main(["replace", str(sample), "--who", "Marc Oyelaran", "--dry-run"]) == 0
    foreseen = capsys.readouterr().out.splitlines()
    assert files.read(sample).document == before
    assert "Exception owner (stays vacant; Hanna Weiss steps in)" in foreseen
    assert "billing-exceptions: Owner (stays vacant)" in foreseen
    assert "Tighter thresholds or narrower scope: Drafted by (goes on with Priya Menon)" in foreseen
    assert "Nothing was changed. This is what would come of it:" in foreseen
    capsys.readouterr()
    assert main(["replace", str(sample), "--who", " marc  oyelaran"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [line for line in foreseen if not line.startswith("Nothing was changed")]
    others = sum("(goes on with " in line for line in said)
    assert said[-2:] == [f"{others} places in which others go on.", f"{len(said) - 2 - others} places left vacant."]
    assert main(["replace", str(sample), "--who", "Marc Oyelaran"]) == 1


def test_somebody_new_takes_over_and_is_added_in_the_same_step(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_over = ["replace", str(sample), "--who", "Lea Wirth", "--by", "Noor  Haddad"]
    capsys.readouterr()
    assert main(hand_over) == 2
    assert "Add them with --add, or name one of: Dana Abelard, " in capsys.readouterr().err
    assert main(["replace", str(sample), "--who", "Lea Wirth", "--add"]) == 2
    assert main([*hand_over, "--add", "--author", "Rosa Steiner"]) == 0
    project = files.read(sample)
    (noor,) = (person for person in project.document.rows(Person) if person.name == "Noor Haddad")
    assert project.document.rows(Handover)[-1].to_person == noor.id
    assert [(step.author, words(step.label)) for step in project.log] == [
        ("Rosa Steiner", "Replace Lea Wirth by Noor Haddad")
    ]
    assert main([*hand_over, "--add"]) == 1


def test_the_day_of_a_hand_over_is_the_agents(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    monkeypatch.setattr("app.commands.base.Mint", partial(Mint, lambda: late))
    assert main(["replace", str(sample), "--who", "Lea Wirth"]) == 0
    assert files.read(sample).document.rows(Handover)[-1].on == "2026-11-22"


# --- the record goes on ------------------------------------------------------------------------------------


def test_the_record_tells_everything_and_who_recorded_it(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "week.csv"
    source.write_text(
        "action,from,to,reviewed runs,unchanged,cosmetic edits,material edits,rejected,harmful errors\n"
        "Merge duplicate tickets,2026-11-01,2026-11-14,40,37,1,1,0,1\n"
    )
    assert main(["evidence", str(sample), "--add", str(source), "--author", "Lea Wirth"]) == 0
    capsys.readouterr()
    assert main(["record", str(sample)]) == 0
    said = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "Lea Wirth" in said[0]
    assert {"Reviewed runs: 40", "Unchanged: 37", "Harmful errors: 1"} <= set(said)
    assert not any(line.startswith("Rejected") for line in said)
    assert main(["record", str(sample), "--json"]) == 0
    ((change,),) = (entry["changes"] for entry in json.loads(capsys.readouterr().out)["record"])
    assert (change["kind"], change["before"], change["after"]["harmful"]) == ("evidence", None, 1)


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
    said = capsys.readouterr().out
    assert "unchanged" in said.splitlines()[0].lower()
    assert said.count("Its operating record is 1 entry behind.") == 3
    run(sample, add(Review, {"on": "2026-11-21"}))
    assert main(["verify", str(sample), copies[-1]]) == 0
    assert "Its operating record is 2 entries behind." in capsys.readouterr().out


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


def forged(path: Path, **values: Any) -> Path:
    """The JSON of a project in which the last evidence says otherwise, its log and its head as they were."""
    assert main(["export", str(path), "--json"]) == 0
    copy = path.with_suffix(".json")
    data = json.loads(copy.read_text())
    data["rows"]["evidence"][-1].update(values)
    copy.write_text(json.dumps(data))
    return copy


def test_rows_that_contradict_the_record_are_not_imported(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(sample, add(Evidence, {"runs": 40, "harmful": 2, "behaviour_version": "2.1"}))
    copy, target = forged(sample, harmful=0), tmp_path / "made.ownermap"
    capsys.readouterr()
    assert main(["import", str(copy), str(target)]) == 3
    assert "Evidence “2.1” is not what the operating record says" in capsys.readouterr().err
    assert not target.exists()
    assert main(["export", str(sample), "--json", "--force"]) == 0
    assert main(["import", str(copy), str(target)]) == 0
    assert files.read(target).document.rows(Evidence)[-1].harmful == 2


def test_a_head_that_does_not_fit_is_not_imported(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(sample, add(Review, {"on": "2026-11-20"}))
    assert main(["export", str(sample), "--json"]) == 0
    copy = sample.with_suffix(".json")
    copy.write_text(copy.read_text().replace('"entries": 1', '"entries": 7'))
    capsys.readouterr()
    assert main(["import", str(copy), str(tmp_path / "made.ownermap")]) == 3
    assert "the head that it states" in capsys.readouterr().err


def test_verifying_a_project_holds_its_rows_against_its_record(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(sample, add(Evidence, {"runs": 40, "harmful": 2, "behaviour_version": "2.1"}))
    sign_all(sample)
    assert main(["verify", str(sample)]) == 0
    project = files.read(sample)
    evidence = project.document.rows(Evidence)[-1]
    clean = RowChange(evidence, with_fields(evidence, {"harmful": 0}))
    save_elsewhere(sample, Project(project.document.applying([clean]), project.log))
    capsys.readouterr()
    assert main(["verify", str(sample)]) == 1
    assert "Evidence “2.1” is not what the operating record says." in capsys.readouterr().out


def test_an_empty_record_is_said(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(files.read(sample).log) == len(Log())
    capsys.readouterr()
    assert main(["record", str(sample)]) == 0
    nothing, others = capsys.readouterr().out.strip().split(". ")
    assert nothing == "Nothing has been recorded yet"
    assert others == "What came with the template, or with an import, is not in this record."
