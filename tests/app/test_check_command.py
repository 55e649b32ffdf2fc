"""`ownermap check FILE`: each point with its step and what stands beside it, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.edits.generic import remove
from app.edits.standing import accept_risk, promise
from app.model.commit import AcceptedRisk
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.rules.check import Checker, said
from app.rules.finding import Context, Finding
from tests.support.builder import AS_OF, ProjectBuilder, complete
from tests.support.elsewhere import save_elsewhere

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    path = tmp_path / "map.ownermap"

    def run(builder: ProjectBuilder, *options: str) -> tuple[int, str]:
        save_elsewhere(path, builder.project())
        capsys.readouterr()
        return main(["check", str(path), "--as-of", AS_OF, *options]), capsys.readouterr().out

    return run


def without_deputy() -> tuple[ProjectBuilder, Finding]:
    """A map with a warning that no table lets be promised."""
    builder = complete()
    builder.set(builder.document.fixed(OwnerAssignment, "workflow"), deputy=None)
    found = next(each for each in Checker().findings(builder.document, Context(AS_OF)) if each.code == "OWN-11")
    return builder, found


def promised(builder: ProjectBuilder, found: Finding) -> ProjectBuilder:
    who = builder.document.rows(Person)[0].id
    return builder.run(promise(found.code, found.subject, what="Name one", who=who, by_when="2026-12-01"))


def accepted(builder: ProjectBuilder, found: Finding) -> ProjectBuilder:
    who = builder.document.rows(Person)[0].id
    saw = said(builder.document, found)
    return builder.run(accept_risk(found.code, found.subject, *saw, who=who, why="Low volume", expiry="2027-01-10"))


def test_a_promise_stands_beside_a_point_that_no_promise_softens(check: Run) -> None:
    builder, found = without_deputy()
    code, out = check(promised(builder, found))
    line = next(line for line in out.splitlines() if " OWN-11 " in line)
    assert code == 0
    assert line.startswith("warning  OWN-11  Owners ")
    assert line.endswith("(promised by Dana Abelard until 1 Dec 2026)")


def test_a_point_may_be_accepted_and_promised(check: Run) -> None:
    builder, found = without_deputy()
    _, out = check(accepted(promised(builder, found), found))
    assert "(accepted by Dana Abelard until 10 Jan 2027; promised by Dana Abelard until 1 Dec 2026)" in out


def test_what_is_accepted_is_counted_by_itself(check: Run) -> None:
    builder, found = without_deputy()
    builder.run(remove(*(risk.id for risk in builder.document.rows(AcceptedRisk))))
    *lines, summary = check(builder)[1].splitlines()
    warn = sum(line.startswith("warning") for line in lines)
    assert summary == f"Nothing blocks the design sign-off. Open points: {len(lines)}; {warn} warnings."
    summary = check(accepted(builder, found))[1].splitlines()[-1]
    assert warn == 2
    counted = f"Open points: {len(lines) - 1}; 1 warning. Accepted: 1."
    assert summary == f"Nothing blocks the design sign-off. {counted}"
    builder.owner("exception", None)
    *lines, summary = check(builder)[1].splitlines()
    blocks = sum(line.startswith("blocker") for line in lines)
    warn = sum(line.startswith("warning") for line in lines) - 1
    assert blocks == 1
    counted = f"1 open point blocks the design sign-off. Open points: {len(lines) - 1}; {warn} warnings."
    assert summary == f"{counted} Accepted: 1."
    builder.owner("system", None)
    assert check(builder)[1].splitlines()[-1].startswith("2 open points block the design sign-off. Open points: ")


def plain(check: Run, builder: ProjectBuilder, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(check(builder, "--json", *options)[1])
    return found


def point_of(checked: dict[str, Any], found: Finding) -> dict[str, Any]:
    (point,) = [each for each in checked["findings"] if (each["code"], each["subject"]) == found.key]
    return dict(point)


def test_json_says_what_was_checked_and_how_many_block(check: Run) -> None:
    found = plain(check, complete(), "--level", "launch", "--stage", "1b")
    assert (found["level"], found["stage"], found["as_of"]) == ("launch", "1b", AS_OF)
    assert found["blocks"] == sum(each["severity"] == "blocker" for each in found["findings"])


def test_json_carries_all_that_a_point_is(check: Run) -> None:
    builder, found = without_deputy()
    before = point_of(plain(check, builder), found)
    assert (before["accepted"], before["committed"]) == (None, None)
    accepted(promised(builder, found), found)
    point = point_of(plain(check, builder), found)
    assert {name: point[name] for name in ("ids", "step", "place", "subject", "about", "field")} == {
        "ids": [33],
        "step": "owners",
        "place": "Owners",
        "subject": found.subject,
        "about": "Workflow owner",
        "field": "deputy",
    }
    assert point["why"] == "An owner on holiday is an agent without an owner."
    assert point["sources"] == ["Who should own AI in a customer experience team? (Gladly)"]
    assert point["accepted"] == {"who": "Dana Abelard", "until": "2027-01-10", "why": "Low volume"}
    assert point["committed"] == {"who": "Dana Abelard", "by_when": "2026-12-01"}


def test_every_point_about_something_names_it(check: Run) -> None:
    for each in plain(check, ProjectBuilder().stage("3"))["findings"]:
        assert bool(each["about"]) == bool(each["subject"]), each
