"""What a metric is about, by its name first."""

from __future__ import annotations

import pytest

from app.model import vocabulary as v
from app.model.scorecard import Metric
from app.policy.metrics import USUAL, family_of, is_deflection, usual_family
from app.template_list import IDS
from app.templates import open_template
from tests.support.builder import ProjectBuilder, fixed_mint


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


@pytest.mark.parametrize("name", v.METRIC_NAMES)
def test_every_metric_that_is_offered_has_one_usual_family(name: str) -> None:
    families = [entry.value for entry in v.METRIC_FAMILIES]
    assert usual_family(name) in families
    assert sum(name in names for names in USUAL.values()) == 1


def test_nothing_else_has_a_usual_family() -> None:
    assert {name for names in USUAL.values() for name in names} == set(v.METRIC_NAMES)
    assert usual_family("  intervention  RATE ") == "headline"
    assert usual_family("Smiles") == ""


@pytest.mark.parametrize("template", IDS)
def test_the_templates_put_metrics_into_their_usual_families(template: str) -> None:
    for metric in open_template(template, fixed_mint()).document.rows(Metric):
        usual = usual_family(metric.name)
        if usual and usual != "uptime":
            assert (metric.name, metric.family) == (metric.name, usual)
