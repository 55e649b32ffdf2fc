"""The twelve steps, and the short path through them."""

from __future__ import annotations

import pytest

from app.model.room import AgendaItem, Workshop
from app.steps import BY_ID, STEPS, on_the_path, planned_minutes
from tests.support.builder import ProjectBuilder


@pytest.fixture
def short() -> ProjectBuilder:
    builder = ProjectBuilder()
    builder.set(Workshop, short_path=True)
    return builder


def test_the_short_workshop_is_the_six_questions_with_room_readiness_and_sign_off(short: ProjectBuilder) -> None:
    path = [step.id for step in on_the_path(short.document)]
    assert path == ["room", "boundary", "owners", "exceptions", "change", "scorecard", "readiness", "signoff"]


def test_the_short_workshop_takes_45_minutes(short: ProjectBuilder) -> None:
    assert sum(planned_minutes(short.document, step.id) or 0 for step in STEPS) == 45
    assert planned_minutes(short.document, "raci") is None


def test_the_whole_workshop_takes_what_its_agenda_says() -> None:
    builder = ProjectBuilder()
    builder.fixed(AgendaItem, "owners", planned_minutes=25)
    assert on_the_path(builder.document) == STEPS
    assert planned_minutes(builder.document, "owners") == 25


def test_a_step_on_the_path_has_its_minutes() -> None:
    assert BY_ID["owners"].short_path
    assert not BY_ID["raci"].short_path
