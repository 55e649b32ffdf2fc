"""What a metric is really about, whatever family it was put into (domain.md 1.9; 119, 121, 125)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.model.scorecard import Metric
from app.policy.names import plain

UPTIME = "uptime"

_UPTIME = re.compile(r"\b(uptime|availability|latency|p9\d|security (?:events?|incidents?)|error budget)\b", re.I)
"""Names that say whether it is up, how fast it is, and whether it was attacked: never whether it is any good."""

_DEFLECTION = re.compile(r"\b(deflect\w*|containment|self.service rate)\b", re.I)
"""Names that count who did not reach a person; that is not yet somebody who was helped."""

USUAL: Mapping[str, tuple[str, ...]] = {
    "headline": ("Intervention rate",),
    "value": (
        "Throughput",
        "Resolution rate",
        "Addressable resolution rate",
        "Topic coverage",
        "Collection time",
        "Conversion rate",
    ),
    "customer": ("Customer impact", "Satisfaction", "Response time"),
    "cost": ("Unit economics", "Cost per interaction", "Handling cost"),
    "quality": (
        "Rework rate",
        "False positives and negatives",
        "Fit with brand tone",
        "Model drift",
        "Retraining cycles",
        "Reopen rate",
        "Workflow update frequency",
        "Error rate",
    ),
    "load": ("Exception rate", "Human review load", "Escalation rate", "Containment"),
    UPTIME: ("P95 task latency", "Uptime", "Security events"),
}
"""The family to which each metric that is offered by name usually belongs (1.15)."""


def usual_family(name: str) -> str:
    """The family to which a metric of this name usually belongs; empty for a name that is not among those offered."""
    wanted = plain(name)
    return next((family for family, names in USUAL.items() if wanted in map(plain, names)), "")


def family_of(metric: Metric) -> str:
    """The family of a metric; one about uptime, latency or attacks is uptime under any heading."""
    return UPTIME if _UPTIME.search(metric.name) else metric.family


def is_deflection(metric: Metric) -> bool:
    """Whether a metric counts cases that were kept away from people, which says nothing about the customer (121)."""
    return bool(_DEFLECTION.search(metric.name))
