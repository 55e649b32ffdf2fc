"""A leave is told before it comes: what has nobody in those days, and who stands in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.messages import words
from app.model.room import Person
from app.policy.drill import drill
from app.rules.absences import RULES
from app.rules.hours import nobody_stands_alone
from tests.support.builder import ProjectBuilder

HOURS, STAND_IN = RULES
TODAY = "2026-11-21"


def on_duty(*people: Person, builder: ProjectBuilder) -> ProjectBuilder:
    builder.agent(time_zone="Europe/Berlin")
    for person in people:
        builder.window("exception", person)
    return builder


def told(builder: ProjectBuilder, today: str = TODAY) -> list[str]:
    return [words(hit.detail) for rule in RULES for hit in rule.hits(builder.document, today)]


def test_the_hours_of_the_only_one_are_told_with_the_days() -> None:
    b = ProjectBuilder()
    on_duty(b.person("Marc", away_from="2026-11-30", away_to="2026-12-04"), builder=b)
    assert told(b) == [
        "Away: Marc (30 Nov 2026 to 4 Dec 2026). “Clear exceptions” has nobody for 40 h between 30 Nov 2026 and "
        "4 Dec 2026.",
    ]


@pytest.mark.parametrize(
    ("today", "count"), [("2026-10-30", 0), ("2026-10-31", 1), ("2026-12-04", 1), ("2026-12-05", 0)]
)
def test_it_is_told_from_thirty_days_before_to_the_last_day(today: str, count: int) -> None:
    b = ProjectBuilder()
    on_duty(b.person("Marc", away_from="2026-11-30", away_to="2026-12-04"), builder=b)
    assert len(told(b, today)) == count


def test_two_who_are_there_for_each_other_and_away_in_the_same_days_leave_a_hole() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana")
    on_duty(b.person("Marc", away_from="2026-11-30", away_to="2026-12-04"), dana, builder=b)
    assert told(b) == []
    b.set(dana, away_from="2026-12-04")
    (said,) = told(b)
    who = "Away: Dana (from 4 Dec 2026 on), Marc (30 Nov 2026 to 4 Dec 2026)."
    assert said.startswith(f"{who} “Clear exceptions” has nobody for 8 h ")


def test_a_leave_that_is_coming_asks_who_stands_in() -> None:
    b = ProjectBuilder()
    marc = b.person("Marc", away_from="2026-11-30", away_to="2026-12-04")
    lin = b.person("Lin", away_from="2026-12-03")
    b.role("reliability_engineer", marc, rota=b.rota("On call", marc, lin))
    b.owner("system", marc, deputy=b.person("Dana"))
    b.owner("outcome", marc)
    assert told(b) == [
        "Marc, Outcome owner, is away from 30 Nov 2026 to 4 Dec 2026, and nobody who is there stands in.",
        "Marc, Agent Reliability Engineer, is away from 3 Dec 2026 to 4 Dec 2026, and nobody who is there stands in.",
    ]


def test_the_drill_says_who_is_away() -> None:
    b = ProjectBuilder()
    marc = b.person("Marc", contact="1", away_from="2026-11-20", away_to="2026-12-05")
    on_duty(marc, builder=b)
    b.queue("Billing", marc)
    b.action("Refund", "31202", current="on_loop")

    def reasons(day: int) -> list[str]:
        walked = drill(b.document, datetime(2026, 11, day, 16, tzinfo=UTC), "malformed")
        return [words(step.gap_reason) for step in walked.gaps if step.gap_reason]

    away = [said for said in reasons(20) if "Clear exceptions" in said]
    assert away
    assert all(said.endswith(" Marc is away until 5 Dec 2026.") for said in away)
    b.set(marc, away_from="", away_to="")
    assert not any("away" in said for said in reasons(20))


def test_nobody_is_said_to_be_there_who_is_away() -> None:
    b = ProjectBuilder()
    marc = b.person("Marc")
    on_duty(marc, builder=b)
    assert len(nobody_stands_alone.hits(b.document, TODAY)) == 1
    b.set(marc, away_from="2026-11-20", away_to="2026-12-05")
    assert nobody_stands_alone.hits(b.document, TODAY) == ()
