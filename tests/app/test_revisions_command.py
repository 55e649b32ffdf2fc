"""`ownermap revisions`, `redraft`, and `diff` between revisions."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.cli import main
from app.edits import Edit
from app.edits.generic import add, remove, set_fields
from app.model.document import Document
from app.model.oversight import Action
from app.model.owners import OwnerAssignment
from app.model.room import Agent, Person
from app.revisions import signoff
from app.revisions.digest import content_digest
from app.store import files
from app.workspace import Workspace

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.ownermap"
    assert main(["new", str(path), "--template", "billing-triage-sample"]) == 0
    return path


@pytest.fixture
def twice(sample: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Signed as revision 1, then as revision 2 with another name and owner, then changed."""
    run(sample, *signing(files.read(sample).document))
    document = files.read(sample).document
    agent, owner = document.only(Agent).id, document.fixed(OwnerAssignment, "workflow")
    other = next(person.id for person in document.rows(Person) if person.id != owner.person)
    run(sample, set_fields(agent, name="Second"), set_fields(owner.id, person=other))
    run(sample, *signing(files.read(sample).document))
    run(sample, set_fields(agent, client="Northwind"))
    capsys.readouterr()
    return sample


def run(path: Path, *edits: Edit) -> Document:
    with files.open_for_editing(path) as opened:
        workspace = Workspace(opened.project, opened)
        for edit in edits:
            workspace.run(edit)
        return workspace.document


def signing(document: Document) -> list[Edit]:
    found = []
    for seat in signoff.required_seats(document):
        holder = signoff.seat_holder(document, seat)
        assert holder is not None
        found.append(signoff.sign("design", seat, holder.name, blockers=0))
    return found


# --- revisions ---------------------------------------------------------------------------------------------


def test_before_anybody_signs_there_is_nothing_to_list_compare_or_bring_back(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["revisions", str(sample)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "As it stands: Draft 1",
        "Nobody has signed yet. The first signature freezes a revision.",
    ]
    for command in (["diff", str(sample)], ["diff", str(sample), "1"], ["redraft", str(sample), "--from", "1"]):
        assert main(command) == 2
        (said,) = capsys.readouterr().err.splitlines()
        assert "signed" in said


def test_the_revisions_say_who_and_when_the_latest_first(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["revisions", str(twice)]) == 0
    lines = capsys.readouterr().out.splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert heads[0] == "As it stands: Draft 3"
    assert [head.split(" · ")[:3] for head in heads[1:]] == [
        ["Revision 2", "signed", "Design"],
        ["Revision 1", "signed", "Design"],
    ]
    assert any(line.startswith("    Workflow owner: Dana Abelard, ") for line in lines)


def test_the_revisions_as_json_tell_every_state(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(twice, signing(files.read(twice).document)[0])
    run(twice, signoff.withdraw("Dana", "Too early"))
    document = run(twice, signing(files.read(twice).document)[0])
    assert main(["revisions", str(twice), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    (page,) = re.findall(r"(?s)\n## `revisions`\n(.*?)\n## ", PAGE.read_text(encoding="utf-8"))
    names = {*said, *said["revisions"][0], *said["revisions"][0]["signatures"][0]}
    assert names | {one["state"] for one in said["revisions"]} <= set(re.findall(r"`([^`]+)`", page))
    assert (said["status"], said["changed"]) == ("Signed by 1 of 6", False)
    assert [(one["number"], one["state"], one["signed"]) for one in said["revisions"]] == [
        (4, "being signed", 1),
        (3, "withdrawn", 1),
        (2, "signed", 6),
        (1, "signed", 6),
    ]
    assert said["revisions"][1]["withdrawn_why"] == "Too early"
    run(twice, set_fields(document.only(Agent).id, client="Other"))
    assert main(["revisions", str(twice)]) == 0
    assert "Revision 4 · left unfinished: 1 of 6 · " in capsys.readouterr().out


def test_a_revision_says_that_names_were_taken_out_of_it(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase", str(twice), "--person", "Dana Abelard", "--yes"]) == 0
    capsys.readouterr()
    assert main(["revisions", str(twice)]) == 0
    heads = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Revision ")]
    assert [head.split(" · ")[1] for head in heads if "Design" in head] == ["signed, names taken out since"] * 2
    assert main(["revisions", str(twice), "--json"]) == 0
    states = {one["state"] for one in json.loads(capsys.readouterr().out)["revisions"]}
    assert states == {"signed, names taken out since"}
    (page,) = re.findall(r"(?s)\n## `revisions`\n(.*?)\n## ", PAGE.read_text(encoding="utf-8"))
    assert states <= set(re.findall(r"`([^`]+)`", page))


# --- diff --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "fields"),
    [
        ([], {"client"}),
        (["2"], {"client"}),
        (["1"], {"client", "name", "person"}),
        (["1", "2"], {"name", "person"}),
        (["2", "1"], {"name", "person"}),
        (["draft", "2"], {"client"}),
        (["2", "2"], set()),
        (["draft"], set()),
    ],
)
def test_any_two_revisions_and_the_draft_are_compared(
    twice: Path, capsys: pytest.CaptureFixture[str], named: list[str], fields: set[str]
) -> None:
    assert main(["diff", str(twice), *named, "--json"]) == int(bool(fields))
    found = json.loads(capsys.readouterr().out)
    assert {name for one in found for name in one["fields"]} == fields
    assert all(one["fields"] for one in found), "nothing but fields differs"


def test_each_side_is_told_by_the_names_of_its_time(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = files.read(twice).document
    person = document.fixed(OwnerAssignment, "workflow").person
    assert person is not None
    run(twice, set_fields(person, name="Renamed"))
    capsys.readouterr()
    assert main(["diff", str(twice), "2", "draft"]) == 1
    assert "→ “Renamed”" in capsys.readouterr().out
    assert main(["diff", str(twice), "1", "2"]) == 1
    assert "“Dana Abelard” → “Jun Kowalczyk”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("named", "code", "said"),
    [
        (["9"], 2, "There is no revision 9. There are: 1, 2."),
        (["1", "later"], 2, "“later” is no revision."),
        (["other.ownermap", "1"], 2, "“1” is one thing too many."),
        (["other.ownermap"], 3, "other.ownermap"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(
    twice: Path, capsys: pytest.CaptureFixture[str], named: list[str], code: int, said: str
) -> None:
    assert main(["diff", str(twice), *named]) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


# --- redraft -----------------------------------------------------------------------------------------------


def test_a_dry_run_lists_and_changes_nothing(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files.read(twice).document
    assert main(["redraft", str(twice), "--from", "1", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "“Northwind” → “Lindhof Energie”" in said
    assert "“Second” → " in said
    assert files.read(twice).document == before


def test_the_decisions_come_back_in_the_name_of_who_asked(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(twice, remove(files.read(twice).document.rows(Action)[0].id), add(Person, {"name": "Lea"}))
    assert main(["redraft", str(twice), "--from", "1", "--author", "Rosa Steiner"]) == 0
    assert capsys.readouterr().out == "The decisions are those of revision 1 again. Draft 3.\n"
    project = files.read(twice)
    assert main(["diff", str(twice), "1"]) == 0
    assert signoff.state(project.document).draft == 3
    assert project.log.last is not None
    assert project.log.last.author == "Rosa Steiner"
    first = signoff.state(project.document)
    assert first.last_signed is not None
    assert first.last_signed.digest != content_digest(project.document)
    capsys.readouterr()
    assert main(["redraft", str(twice), "--from", "1"]) == 0
    assert capsys.readouterr().out == "The decisions are those of revision 1 already.\n"


def test_what_stays_is_said(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(twice, add(Person, {"name": "Lea"}))
    lea = files.read(twice).document.rows(Person)[-1]
    run(twice, set_fields(lea.id, away_from="2026-12-01"))
    assert main(["redraft", str(twice), "--from", "1"]) == 0
    assert "Person “Lea”" in capsys.readouterr().out.splitlines()[1]
    assert files.read(twice).document.get(Person, lea.id) is not None


def test_it_is_refused_while_a_revision_is_being_signed(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = run(twice, signing(files.read(twice).document)[0])
    for more in ([], ["--dry-run"]):
        assert main(["redraft", str(twice), "--from", "1", *more]) == 1
        assert "Revision 3 is being signed. Finish it, or withdraw it first." in capsys.readouterr().err
    assert files.read(twice).document == before
