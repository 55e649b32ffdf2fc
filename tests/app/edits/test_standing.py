"""Accepting a risk and promising an answer: always with a name and a day to come."""

from __future__ import annotations

import pytest

from app.edits.standing import accept_risk, promise
from app.errors import FieldFault
from app.model.commit import AcceptedRisk, Commitment
from tests.support.builder import ProjectBuilder


@pytest.fixture
def builder() -> ProjectBuilder:
    made = ProjectBuilder()
    made.person("Rosa Steiner")
    return made


def rosa(builder: ProjectBuilder) -> str:
    from app.model.room import Person

    return builder.document.rows(Person)[0].id


def test_a_risk_is_bound_to_what_it_said(builder: ProjectBuilder) -> None:
    who = rosa(builder)
    builder.run(accept_risk("COV-02", "", "Nobody answers.", who=who, why="Low volume", expiry="2027-01-15"))
    (risk,) = builder.document.rows(AcceptedRisk)
    assert (risk.code, risk.saw, risk.who, risk.expiry) == ("COV-02", "Nobody answers.", who, "2027-01-15")


def test_accepting_again_renews_the_same_risk(builder: ProjectBuilder) -> None:
    who = rosa(builder)
    for expiry in ("2027-01-15", "2027-06-01"):
        builder.run(accept_risk("COV-02", "", "Nobody answers.", who=who, why="Low volume", expiry=expiry))
    (risk,) = builder.document.rows(AcceptedRisk)
    assert risk.expiry == "2027-06-01"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"who": None}, "who"), ({"why": "  "}, "why"), ({"expiry": ""}, "expiry"), ({"expiry": "2026-11-20"}, "expiry")],
)
def test_a_risk_without_a_name_a_reason_or_a_day_is_refused(
    builder: ProjectBuilder, change: dict[str, str | None], field: str
) -> None:
    values = {"who": rosa(builder), "why": "Low volume", "expiry": "2027-01-15", **change}
    with pytest.raises(FieldFault) as refused:
        builder.run(accept_risk("COV-02", "", "Nobody answers.", **values))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert builder.document.rows(AcceptedRisk) == ()


@pytest.mark.parametrize("side", ["vendor", "outside"])
def test_a_risk_is_accepted_by_somebody_inside(builder: ProjectBuilder, side: str) -> None:
    nils = builder.person("Nils Aker", side=side)
    with pytest.raises(FieldFault, match="not from inside") as refused:
        builder.run(accept_risk("COV-02", "", "Nobody answers.", who=nils.id, why="It is fine", expiry="2027-01-15"))
    assert refused.value.field == "who"


def test_a_risk_is_accepted_for_a_year_at_most(builder: ProjectBuilder) -> None:
    said = {"who": rosa(builder), "why": "Low volume"}
    with pytest.raises(FieldFault, match="22 Nov 2027 is more than a year ahead") as refused:
        builder.run(accept_risk("COV-02", "", "Nobody answers.", **said, expiry="2027-11-22"))
    assert refused.value.field == "expiry"
    builder.run(accept_risk("COV-02", "", "Nobody answers.", **said, expiry="2027-11-21"))
    assert builder.document.rows(AcceptedRisk)[0].expiry == "2027-11-21"


def test_today_is_still_a_day_to_come(builder: ProjectBuilder) -> None:
    builder.run(promise("CHG-01", "", what="Name them", who=rosa(builder), by_when="2026-11-21"))
    assert builder.document.rows(Commitment)[0].by_when == "2026-11-21"


@pytest.mark.parametrize(
    ("change", "field"), [({"what": ""}, "what"), ({"who": None}, "who"), ({"by_when": ""}, "by_when")]
)
def test_a_promise_says_what_who_and_when(builder: ProjectBuilder, change: dict[str, str | None], field: str) -> None:
    values = {"what": "Name them", "who": rosa(builder), "by_when": "2027-01-15", **change}
    with pytest.raises(FieldFault) as refused:
        builder.run(promise("CHG-01", "", **values))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_promise_for_the_same_finding_is_replaced(builder: ProjectBuilder) -> None:
    for day in ("2027-01-15", "2027-03-01"):
        builder.run(promise("CHG-01", "x", what="Name them", who=rosa(builder), by_when=day))
    (row,) = builder.document.rows(Commitment)
    assert row.by_when == "2027-03-01"
