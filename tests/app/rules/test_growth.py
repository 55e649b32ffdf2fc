"""Growing: the headline beside the volume, the stage beside the map, the class of a change beside its approvers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.messages import words
from app.model.change import ApprovalRule
from app.model.exceptions import ExceptionClass
from app.model.oversight import Action
from app.model.room import Agent, Person
from app.model.scorecard import Metric, Reading
from app.rules.approvals import not_too_many_approvers, wider_sending_takes_two
from app.rules.graduation import a_new_stage_moves_the_map, no_step_is_left_out
from app.rules.owners import whoever_acts_has_an_exception_owner
from app.rules.rule import Hit
from app.rules.scorecard import alerts_are_changes, the_headline_does_not_rise_with_volume
from tests.support.breaking import graduated, signed
from tests.support.builder import ProjectBuilder, complete

TODAY = "2026-11-21"

Read = tuple[str, int | None]


def rising(*readings: Read, family: str = "headline") -> tuple[Hit, ...]:
    """What the rule says of these readings, a day apart."""
    builder = ProjectBuilder()
    metric = builder.add(Metric, name="Intervention rate", family=family)
    for number, (value, runs) in enumerate(readings):
        day = (date(2026, 6, 1) + timedelta(days=number)).isoformat()
        builder.add(Reading, metric=metric, on=day, value_read=value, runs=runs)
    return the_headline_does_not_rise_with_volume.hits(builder.document, TODAY)


@pytest.mark.parametrize(
    "readings",
    [
        (),
        (("6.1 %", 100),),
        (("6.1 %", 262), ("4.3 %", 288)),
        (("6.1 %", 100), ("9 %", 90)),
        (("4.3 %", 288), ("4.9 %", 300)),
        (("6.0 %", 100), ("9.0 %", 120)),
        (("6.1 %", 100), ("9 %", None)),
        (("six", 100), ("9 %", 200)),
    ],
    ids=["none", "one", "falls", "fewer runs", "chance", "chance, few runs", "no runs given", "no percentage"],
)
def test_too_few_readings_or_a_rate_that_does_not_rise_says_nothing(readings: tuple[Read, ...]) -> None:
    assert rising(*readings) == ()


def test_a_rate_that_rises_with_the_volume_is_said_with_its_numbers() -> None:
    (hit,) = rising(("4,3 %", 288), ("7.5%", 400))
    told = "“Intervention rate” rose from 4.3 % of 288 runs (1 Jun 2026) to 7.5 % of 400 runs."
    assert words(hit.detail) == told
    assert rising(("4,3 %", 288), ("7.5%", 400), family="value") == ()


def test_the_last_reading_is_held_beside_the_last_one_of_fewer_runs() -> None:
    assert len(rising(("4 %", 100), ("9 %", 300), ("9 %", 200))) == 1
    assert rising(("9 %", 100), ("4 %", 300), ("8 %", 200)) == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 999), st.integers(1, 5000)), max_size=6))
def test_a_rate_that_never_rises_is_never_said(read: list[tuple[int, int]]) -> None:
    falling = sorted((rate for rate, _ in read), reverse=True)
    assert rising(*((f"{rate / 10} %", runs) for rate, (_, runs) in zip(falling, read, strict=True))) == ()


@pytest.mark.parametrize(
    ("alert", "fits"),
    [
        ("30 % above the average since the last behaviour version", True),
        ("10 points below the average since the last behaviour version", True),
        ("Doubles within a day", True),
        ("Twice the median of the last four weeks", True),
        ("Above 8 %", False),
        ("When it looks odd", False),
        ("", False),
    ],
)
def test_an_alert_is_a_change_against_something(alert: str, fits: bool) -> None:
    builder = ProjectBuilder()
    builder.add(Metric, name="Intervention rate", family="headline", alert=alert)
    builder.add(Metric, name="Satisfaction", family="customer", alert="Below 4 of 5")
    assert (alerts_are_changes.hits(builder.document, TODAY) == ()) is fits


# The stage


def signed_map(stage: str = "1b") -> ProjectBuilder:
    builder = complete().stage(stage)
    signed(builder)
    return builder


def test_another_stage_without_another_map_is_said_until_something_moves_with_it() -> None:
    builder = signed_map()
    assert a_new_stage_moves_the_map.hits(builder.document, TODAY) == ()
    builder.stage("2")
    (hit,) = a_new_stage_moves_the_map.hits(builder.document, TODAY)
    assert words(hit.detail) == "The stage changed from 1b to 2 since revision 1, and nothing else with it."
    assert (hit.subject, hit.field) == (builder.document.only(Agent).id, "stage")
    builder.set(builder.document.rows(ExceptionClass)[0], within=20)
    assert a_new_stage_moves_the_map.hits(builder.document, TODAY) == ()


def test_a_name_that_is_spelt_otherwise_does_not_move_the_map() -> None:
    builder = signed_map()
    builder.stage("2")
    builder.set(builder.document.rows(Person)[0], title="Head of Care")
    assert len(a_new_stage_moves_the_map.hits(builder.document, TODAY)) == 1
    builder.set(builder.document.rows(Action)[1], current="on_loop")
    assert a_new_stage_moves_the_map.hits(builder.document, TODAY) == ()


def test_a_map_that_nobody_has_signed_may_change_its_stage() -> None:
    builder = complete().stage("2")
    assert a_new_stage_moves_the_map.hits(builder.document, TODAY) == ()


@pytest.mark.parametrize(
    ("before", "after", "skips"),
    [
        ("shadow", "in_loop", False),
        ("shadow", "in_loop_dual", False),
        ("in_loop_dual", "in_loop", False),
        ("in_loop", "on_loop", False),
        ("on_loop", "out_of_loop", False),
        ("shadow", "on_loop", True),
        ("shadow", "out_of_loop", True),
        ("in_loop", "out_of_loop", True),
        ("on_loop", "shadow", False),
        ("not_permitted", "in_loop", False),
        ("", "on_loop", False),
    ],
)
def test_modes_follow_their_order(before: str, after: str, skips: bool) -> None:
    builder = complete()
    graduated(before, after)(builder)
    hits = [hit for hit in no_step_is_left_out.hits(builder.document, TODAY) if "more than one" in words(hit.detail)]
    assert bool(hits) is skips


# Approvers


@pytest.mark.parametrize(("count", "told"), [(2, ""), (3, "3 people must approve."), (5, "nobody decides")])
def test_three_approvers_are_many_and_five_a_committee(count: int, told: str) -> None:
    builder = complete()
    people = builder.document.rows(Person)[:count]
    row = builder.add(ApprovalRule, change="other", approvers=people)
    found = [hit for hit in not_too_many_approvers.hits(builder.document, TODAY) if hit.subject == row.id]
    assert bool(found) is bool(told)
    assert all(told in words(hit.detail) for hit in found)


@pytest.mark.parametrize(
    ("functions", "told"),
    [
        (("Support", "IT"), ""),
        (("Support",), "one person alone"),
        (("Support", "Finance"), "for the platform"),
        (("IT", "Platform"), "for the business"),
    ],
)
def test_wider_sending_takes_business_and_platform(functions: tuple[str, ...], told: str) -> None:
    builder = ProjectBuilder()
    builder.action("Send a reply", flags=("external_message",))
    people = [builder.person(f"Person {number}", function=each) for number, each in enumerate(functions)]
    builder.add(ApprovalRule, change="wider_scope", approvers=people)
    found = wider_sending_takes_two.hits(builder.document, TODAY)
    assert [told in words(hit.detail) for hit in found] == ([True] if told else [])


def test_reading_alone_needs_no_exception_owner_in_shadow() -> None:
    builder = complete().stage("1a")
    builder.owner("exception", None)
    for action in builder.document.rows(Action):
        builder.set(action, current="out_of_loop" if action.reversibility == 0 else "shadow")
    assert whoever_acts_has_an_exception_owner.hits(builder.document, TODAY) == ()
    builder.set(builder.document.rows(Action)[1], current="in_loop")
    assert len(whoever_acts_has_an_exception_owner.hits(builder.document, TODAY)) == 1
