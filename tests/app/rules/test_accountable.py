"""Who stands behind an A: how much an empty or borrowed seat weighs, and who is there."""

from __future__ import annotations

import pytest

from app.messages import words
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.rules.check import Checker
from app.rules.finding import Context, Finding, Severity
from app.rules.severity import STAGES
from tests.support.builder import ProjectBuilder, complete

B, W = Severity.BLOCKER, Severity.WARNING


def found(builder: ProjectBuilder, code: str, day: str = "2026-11-21") -> list[Finding]:
    findings = Checker().findings(builder.document, Context(f"{day}T09:00:00.000Z"))
    return [each for each in findings if each.code == code]


def weights(builder: ProjectBuilder, code: str) -> list[Severity | None]:
    """How much the rule weighs at each stage; None where it finds nothing."""
    severities: list[Severity | None] = []
    for stage in STAGES:
        builder.stage(stage)
        findings = found(builder, code)
        severities.append(findings[0].severity if findings else None)
    return severities


@pytest.mark.parametrize("role", ["evaluation_engineer", "product_owner"])
def test_a_borrowed_seat_weighs_what_a_missing_owner_weighs(role: str) -> None:
    builder = complete()
    builder.role(role, builder.person("Ivo", side="outside"))
    assert weights(builder, "RAC-05") == [W, B, B, B]


def test_an_empty_seat_weighs_what_a_missing_owner_weighs() -> None:
    builder = complete()
    builder.role("evaluation_engineer", None)
    assert weights(builder, "RAC-05") == [W, B, B, B]


@pytest.mark.parametrize(
    ("owner", "code", "expected"),
    [
        ("workflow", "RAC-09", [B, B, B, B]),
        ("system", "RAC-05", [W, B, B, B]),
        ("exception", "RAC-05", [W, B, B, B]),
        ("outcome", "RAC-10", [W, W, B, B]),
    ],
)
def test_an_owner_from_outside_weighs_what_that_owner_weighs(
    owner: str, code: str, expected: list[Severity | None]
) -> None:
    builder = complete()
    builder.owner(owner, builder.person("Ivo", side="outside"))
    assert weights(builder, code) == expected


def test_an_owner_from_the_vendor_is_told_once() -> None:
    builder = complete()
    builder.owner("system", builder.person("Vera", side="vendor"))
    assert found(builder, "RAC-05") == []
    assert len(found(builder, "OWN-04")) == 1


def test_a_lead_from_outside_is_told_once_though_the_guardrails_are_theirs_too() -> None:
    builder = complete()
    builder.role("product_owner", None)
    builder.owner("workflow", builder.person("Ivo", side="outside"))
    assert found(builder, "RAC-05") == []
    assert len(found(builder, "RAC-09")) == 1


@pytest.mark.parametrize(
    ("away_from", "away_to", "day", "missed"),
    [
        ("2026-11-20", "2026-11-28", "2026-11-19", False),
        ("2026-11-20", "2026-11-28", "2026-11-20", True),
        ("2026-11-20", "2026-11-28", "2026-11-28", True),
        ("2026-11-20", "2026-11-28", "2026-11-29", False),
        ("2026-11-20", "", "2027-11-29", True),
        ("", "2026-11-28", "2026-11-01", True),
        ("", "", "2026-11-21", False),
    ],
)
def test_somebody_is_missed_on_the_days_away(away_from: str, away_to: str, day: str, missed: bool) -> None:
    builder = complete()
    owner = builder.document.fixed(OwnerAssignment, "outcome")
    builder.set(owner, deputy=None)
    person = builder.document.get(Person, owner.person)
    assert person is not None
    builder.set(person, away_from=away_from, away_to=away_to)
    assert [each.subject for each in found(builder, "RAC-12", day)] == ([owner.id] if missed else [])


def test_a_deputy_who_is_there_stands_in() -> None:
    builder = complete()
    owner = builder.document.fixed(OwnerAssignment, "outcome")
    person = builder.document.get(Person, owner.person)
    assert person is not None
    builder.set(person, away_from="2026-11-20")
    somebody = builder.person("There")
    for deputy in (somebody, builder.rota("One of two", builder.person("Gone", away_from="2026-11-01"), somebody)):
        builder.set(owner, deputy=deputy)
        assert found(builder, "RAC-12") == []
    for deputy in (person, builder.rota("Nobody in it"), None):
        builder.set(owner, deputy=deputy)
        assert [each.field for each in found(builder, "RAC-12")] == ["deputy"]


def test_the_contact_of_a_function_has_no_deputy_so_somebody_else_is_named() -> None:
    builder = complete()
    legal = builder.person("Ines Away", away_from="2026-11-20", away_to="2026-12-04")
    builder.contact("LEG", legal)
    (finding,) = found(builder, "RAC-12")
    assert finding.field == "person"
    assert words(finding.detail) == (
        "Ines Away, Legal & compliance, is away until 4 Dec 2026, and nobody who is there stands in."
    )


def test_a_second_approver_settles_who_else_says_yes() -> None:
    builder = complete()
    assert found(builder, "RAC-11") == []
