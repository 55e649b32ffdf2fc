"""Who was Agent Product Owner on a day that is past: what hand-overs and acceptances tell, and no more."""

from __future__ import annotations

import pytest

from app.model.owners import Handover
from app.model.room import Person
from app.policy.held_then import product_owner_on
from tests.support.builder import ProjectBuilder

TODAY = "2026-11-21"


def three() -> tuple[ProjectBuilder, dict[str, Person]]:
    builder = ProjectBuilder()
    return builder, {name: builder.person(name) for name in ("Ada", "Bela", "Cleo")}


def name_of(builder: ProjectBuilder, day: str) -> str:
    return builder.document.called(product_owner_on(builder.document, day, TODAY))


@pytest.mark.parametrize(
    ("day", "held"),
    [("2026-11-21", "Cleo"), ("2026-11-01", "Cleo"), ("2026-10-31", ""), ("", "")],
)
def test_whoever_accepted_it_holds_it_from_that_day_on(day: str, held: str) -> None:
    builder, people = three()
    builder.role("product_owner", people["Cleo"], accepted="accepted", accepted_on="2026-11-01")
    assert name_of(builder, day) == held


def test_whoever_declined_it_is_not_known_to_have_held_it() -> None:
    builder, people = three()
    builder.role("product_owner", people["Cleo"], accepted="declined", accepted_on="2026-11-01")
    assert name_of(builder, "2026-11-10") == ""


def test_without_an_acceptance_only_today_is_known() -> None:
    builder, people = three()
    builder.role("product_owner", people["Cleo"])
    assert [name_of(builder, day) for day in ("2026-11-20", TODAY, "2026-11-22")] == ["", "Cleo", "Cleo"]


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2026-03-01", "Ada"),
        ("2026-03-31", "Ada"),
        ("2026-04-01", ""),
        ("2026-06-01", "Bela"),
        ("2026-09-01", ""),
        ("2026-09-02", "Cleo"),
    ],
)
def test_a_hand_over_tells_who_held_it_before_and_after(day: str, held: str) -> None:
    builder, people = three()
    builder.role("product_owner", people["Cleo"])
    for on, before, after in (("2026-09-01", "Bela", "Cleo"), ("2026-04-01", "Ada", "Bela")):
        builder.add(
            Handover, from_person=people[before], to_person=people[after], on=on, handed="Agent Product Owner\nQueue"
        )
    builder.add(Handover, from_person=people["Ada"], to_person=people["Bela"], on="2026-10-01", handed="Queue: Owner")
    assert name_of(builder, day) == held


def test_where_the_lead_is_the_product_owner_the_hand_over_of_the_workflow_tells() -> None:
    builder, people = three()
    builder.owner("workflow", people["Bela"])
    handed = {"from_person": people["Ada"], "to_person": people["Bela"], "on": "2026-05-01"}
    builder.add(Handover, **handed, handed="Workflow owner (has it already)")
    assert [name_of(builder, day) for day in ("2026-04-30", "2026-05-02")] == ["Ada", "Bela"]
