"""What a metric is really about, whatever family it was put into (domain.md 1.9; 119, 121, 125)."""

from __future__ import annotations

import re

from app.model.scorecard import Metric

UPTIME = "uptime"

_UPTIME = re.compile(r"\b(uptime|availability|latency|p9\d|security (?:events?|incidents?)|error budget)\b", re.I)
"""Names that say whether it is up, how fast it is, and whether it was attacked: never whether it is any good."""

_DEFLECTION = re.compile(r"\b(deflect\w*|containment|self.service rate)\b", re.I)
"""Names that count who did not reach a person; that is not yet somebody who was helped."""


def family_of(metric: Metric) -> str:
    """The family of a metric; one about uptime, latency or attacks is uptime under any heading."""
    return UPTIME if _UPTIME.search(metric.name) else metric.family


def is_deflection(metric: Metric) -> bool:
    """Whether a metric counts cases that were kept away from people, which says nothing about the customer (121)."""
    return bool(_DEFLECTION.search(metric.name))
