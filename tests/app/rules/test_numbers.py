"""The numbers at which a rule begins to ask: one step before it does not, and at it it does."""

from __future__ import annotations

import pytest

from app.messages import words
from app.model.boundary import Workflow
from app.model.commit import RaciOverride
from app.model.oversight import Action
from app.model.scorecard import ReviewRhythm
from app.rules.catalogue import CATALOGUE
from tests.support.builder import ATTRIBUTES, ProjectBuilder, complete

TODAY = "2026-11-21"
BY_CODE = {rule.code: rule for rule in CATALOGUE}


def told(builder: ProjectBuilder, code: str) -> list[str]:
    return [words(hit.detail) for hit in BY_CODE[code].hits(builder.document, TODAY)]


def test_two_hats_are_worn_and_three_are_asked_about() -> None:
    builder = ProjectBuilder()
    dana = builder.person("Dana")
    builder.owner("outcome", dana)
    builder.role("escalation_reviewer", dana)
    assert told(builder, "OWN-19") == []
    builder.owner("system", dana)
    assert told(builder, "OWN-19") == ["Dana wears 3 hats: System owner, Outcome owner and Escalation Reviewer."]


@pytest.mark.parametrize(
    ("statement", "slogan"),
    [("Classifies tickets; refunds to people", True), ("Classifies tickets; refunds go to people", False)],
)
def test_five_words_are_a_slogan(statement: str, slogan: bool) -> None:
    builder = ProjectBuilder()
    builder.set(Workflow, statement=statement)
    assert bool(told(builder, "BND-01")) is slogan


@pytest.mark.parametrize(("minutes", "asked"), [(64 * 60 - 1, True), (64 * 60, True), (64 * 60 + 1, False)])
def test_an_approval_must_wait_longer_than_the_gap(minutes: int, asked: bool) -> None:
    """Monday to Friday from 9 to 17: nobody approves for 64 hours over the week end."""
    builder = ProjectBuilder()
    builder.agent(time_zone="Europe/Berlin")
    builder.window("approve", builder.person("Dana"))
    builder.action("Refund", "11111", current="in_loop", max_queue_age=minutes, on_timeout="hold")
    assert bool(told(builder, "COV-03")) is asked


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({"flags": ()}, True),
        ({"flags": ("human_acts_next",)}, False),
        ({"flags": ("outside_boundary",)}, False),
        ({"flags": (), "current": "in_loop"}, False),
    ],
)
def test_only_what_takes_effect_on_the_loop_must_be_watched(values: dict[str, object], asked: bool) -> None:
    builder = ProjectBuilder()
    mild = dict.fromkeys(ATTRIBUTES, 1)
    builder.add(Action, name="Note", **{**mild, "current": "on_loop", "off_hours": "continue", **values})
    assert bool(told(builder, "COV-01")) is asked


@pytest.mark.parametrize(
    ("cadence", "asked"), [("daily", False), ("weekly", False), ("fortnightly", True), ("monthly", True)]
)
def test_performance_is_looked_at_once_a_week(cadence: str, asked: bool) -> None:
    builder = ProjectBuilder()
    builder.add(ReviewRhythm, what="Numbers", covers="both", cadence=cadence, led_by=builder.person("Dana"))
    assert told(builder, "SCO-03") == (["Performance is looked at less than once a week."] if asked else [])


def test_five_are_consulted_on_readiness_by_design_and_nowhere_else() -> None:
    builder = complete()
    builder.add(RaciOverride, activity="L40", column="DAT", letter="C", reason="Agreed")
    assert told(builder, "RAC-08") == []
    builder.add(RaciOverride, activity="L06", column="EO", letter="C", reason="Agreed")
    assert told(builder, "RAC-08") == [], "four"
    builder.add(RaciOverride, activity="L06", column="OO", letter="C", reason="Agreed")
    assert told(builder, "RAC-08") == ["Permit a tool: 5 are consulted."]
