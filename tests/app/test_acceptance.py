"""Accepting a warning, as a person meets it: in a file, with `check`, on the day, after the day, after a change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from app.edits.standing import accept_risk, promise
from app.model.change import ApprovalRule
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.rules.check import Checker, said
from app.rules.finding import Context
from tests.support.builder import AS_OF, ProjectBuilder, complete
from tests.support.elsewhere import save_elsewhere

Check = Callable[..., tuple[int, str]]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Save a project and check it: the exit code, and the line of one rule ("" where it is not there)."""
    path = tmp_path / "map.ownermap"

    def checked(builder: ProjectBuilder, code: str, *options: str, as_of: str = AS_OF) -> tuple[int, str]:
        save_elsewhere(path, builder.project())
        capsys.readouterr()
        answer = main(["check", str(path), "--as-of", as_of, *options])
        found = [line for line in capsys.readouterr().out.splitlines() if f" {code} " in line]
        assert len(found) <= 1
        return answer, found[0] if found else ""

    return checked


def accepted(builder: ProjectBuilder, code: str, *, expiry: str = "2027-01-15") -> ProjectBuilder:
    found = next(each for each in Checker().findings(builder.document, Context(AS_OF)) if each.code == code)
    who = builder.document.rows(Person)[0].id
    saw = said(builder.document, found)
    return builder.run(accept_risk(code, found.subject, *saw, who=who, why="Low volume", expiry=expiry))


def without_leadership() -> ProjectBuilder:
    """A map with one warning: nobody has said that leadership sees the outcomes."""
    builder = complete()
    for owner in builder.document.rows(OwnerAssignment):
        builder.set(owner, sees_outcomes=False)
    return builder


def test_an_accepted_warning_says_so_until_its_day_and_comes_back_after_it(check: Check) -> None:
    builder = without_leadership()
    assert "(accepted by" not in check(builder, "OWN-14")[1]
    accepted(builder, "OWN-14", expiry="2027-01-10")
    assert check(builder, "OWN-14")[1].endswith("(accepted by Dana Abelard until 10 Jan 2027)")
    assert "(accepted by" in check(builder, "OWN-14", as_of="2027-01-10T22:59:00.000Z")[1]
    code, after = check(builder, "OWN-14", as_of="2027-01-11T00:00:00.000Z")
    assert after.startswith("warning")
    assert "(accepted by" not in after
    assert code == 0
    assert "10 Jan 2027" in check(builder, "RDY-03", as_of="2027-01-11T00:00:00.000Z")[1]


def test_what_was_accepted_comes_back_when_it_says_something_else(check: Check) -> None:
    builder = complete()
    dana = builder.document.rows(Person)[0]
    builder.set(builder.document.fixed(OwnerAssignment, "workflow"), deputy=None)
    outcome = builder.document.fixed(OwnerAssignment, "outcome")
    builder.set(outcome, deputy=dana)
    accepted(builder, "OWN-11")
    assert "(accepted by" in check(builder, "OWN-11")[1]
    builder.set(dana, name="Dana Abelard-Roth")
    again = check(builder, "OWN-11")[1]
    assert "Dana Abelard-Roth" in again
    assert "(accepted by" in again, "another name is the same person"
    builder.owner("workflow", builder.person("Nora Fink"), deputy=None)
    assert "(accepted by" not in check(builder, "OWN-11")[1]


def test_a_blocker_stays_one_whatever_somebody_accepts(check: Check) -> None:
    builder = complete()
    builder.owner("workflow", None)
    accepted(builder, "OWN-01")
    code, line = check(builder, "OWN-01")
    assert code == 1
    assert line.startswith("blocker")
    assert "(accepted by" not in line


def test_a_warning_that_becomes_a_blocker_with_the_stage_is_no_longer_accepted(check: Check) -> None:
    builder = complete()
    builder.stage("1a")
    builder.owner("outcome", None)
    accepted(builder, "OWN-07")
    assert "(accepted by" in check(builder, "OWN-07")[1]
    builder.stage("2")
    code, line = check(builder, "OWN-07")
    assert code == 1
    assert line.startswith("blocker")


def test_a_promise_is_enough_for_design_and_not_for_launch(check: Check) -> None:
    builder = complete()
    for row in builder.document.rows(ApprovalRule):
        builder.set(row, change="other")
    who = builder.document.rows(Person)[0].id
    builder.run(promise("CHG-01", "", what="Name them", who=who, by_when="2026-12-01"))
    assert check(builder, "CHG-01") == (0, check(builder, "CHG-01")[1])
    assert check(builder, "CHG-01")[1].endswith("(promised by Dana Abelard until 1 Dec 2026)")
    code, line = check(builder, "CHG-01", "--level", "launch")
    assert code == 1
    assert line.startswith("blocker")
    late, line = check(builder, "CHG-01", as_of="2026-12-02T00:00:00.000Z")
    assert late == 1
    assert line.startswith("blocker")
