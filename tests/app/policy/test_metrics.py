"""What a metric is about, by its name first."""

from __future__ import annotations

import pytest

from app.model.scorecard import Metric
from app.policy.metrics import family_of, is_deflection
from tests.support.builder import ProjectBuilder


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Uptime", "uptime"),
        ("P95 task latency", "uptime"),
        ("Security events", "uptime"),
        ("Service availability", "uptime"),
        ("Response time", "value"),
        ("Reopen rate", "value"),
    ],
)
def test_uptime_is_uptime_under_any_heading(name: str, family: str) -> None:
    assert family_of(ProjectBuilder().add(Metric, name=name, family="value")) == family


@pytest.mark.parametrize(
    ("name", "deflects"), [("Deflection rate", True), ("Containment", True), ("Reopen rate", False)]
)
def test_what_is_kept_from_people_is_told_from_what_is_solved(name: str, deflects: bool) -> None:
    assert is_deflection(ProjectBuilder().add(Metric, name=name)) is deflects
