"""Which targets cover has to hold."""

from __future__ import annotations

from app.model.exceptions import ResponseTarget
from app.policy.targets import is_default, targets
from tests.support.builder import ProjectBuilder


def told(builder: ProjectBuilder) -> list[tuple[str, str, int, str]]:
    return [(each.called, each.duty, each.minutes, each.field) for each in targets(builder.document)]


def test_severity_one_is_answered_and_stopped_the_others_are_cleared() -> None:
    builder = ProjectBuilder()
    builder.exception_class("Missing data", within=30)
    builder.exception_class("Not said yet")
    assert told(builder) == [
        ("Severity 1", "first_response", 15, "ack_minutes"),
        ("Severity 2", "exception", 60, "ack_minutes"),
        ("Missing data", "exception", 30, "within"),
    ], "severities 3 and 4 count covered minutes; without hours for stop nobody promised to press it"
    builder.window("stop", builder.person("Dana Abelard"))
    assert ("Severity 1", "stop", 20, "act_minutes") in told(builder)


def test_a_target_that_nobody_gave_is_none() -> None:
    builder = ProjectBuilder()
    builder.fixed(ResponseTarget, "1", ack_minutes=None)
    builder.fixed(ResponseTarget, "2", clock="covered")
    assert told(builder) == []


def test_a_target_is_the_rooms_own_once_any_part_of_it_was_changed() -> None:
    builder = ProjectBuilder()
    assert all(map(is_default, builder.document.rows(ResponseTarget)))
    for severity, changed in (("1", {"act_minutes": 10}), ("2", {"clock": "covered"}), ("3", {"ack_minutes": None})):
        assert not is_default(builder.fixed(ResponseTarget, severity, **changed))
    assert is_default(builder.document.fixed(ResponseTarget, "4"))
