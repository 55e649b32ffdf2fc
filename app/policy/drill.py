"""The drill: a failure at a bad moment, walked through the map step by step (product.md, "The drill"; domain.md 4).

Each step is a name and a time, or a gap with its reason and the place where it is closed. A wait until cover returns
is an answer only where the off-hours policy queues, pauses or tightens (domain.md 0.6, 0.7, K16); where the map is
silent, the drill assumes the worse.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.errors import USAGE, AppError
from app.messages import msg, words
from app.model import ids
from app.model import vocabulary as v
from app.model.document import Document
from app.model.exceptions import ExceptionPath
from app.policy.coverage import agent_zone
from app.policy.drill_card import duties_plain
from app.policy.drill_cover import Place
from app.policy.drill_step import Step
from app.policy.drill_steps import steps_of
from app.policy.drill_walk import Ground, begin

__all__ = ["Drill", "Place", "Step", "as_plain", "default_moments", "drill", "drill_all"]

FIRST_YEAR, LAST_YEAR = ids.FIRST_YEAR - 1, ids.LAST_YEAR + 1
"""A year more on either side than what is stored: the next Friday, and the hour where the agent is, may lie there."""


@dataclass(frozen=True, slots=True)
class Drill:
    """One failure at one moment (in the agent's zone), with its steps in order."""

    scenario: str
    moment: datetime
    steps: tuple[Step, ...]

    @property
    def gaps(self) -> tuple[Step, ...]:
        """The steps without an answer."""
        return tuple(step for step in self.steps if step.gap)


def drill(document: Document, moment: datetime, scenario: str) -> Drill:
    """Walk the map for one of the four failures (`vocabulary.SCENARIOS`) at an aware moment.

    Raises AppError for a moment outside the years 2000 to 2100.
    """
    return _walked(Ground(document), moment, scenario)


def drill_all(document: Document, as_of: datetime) -> tuple[Drill, ...]:
    """All four failures at the next Friday 16:37 and the next Saturday 03:00."""
    ground = Ground(document)
    return tuple(
        _walked(ground, moment, str(scenario.value))
        for moment in default_moments(document, as_of)
        for scenario in v.SCENARIOS
    )


def default_moments(document: Document, as_of: datetime) -> tuple[datetime, datetime]:
    """The first Friday 16:37 and the first Saturday 03:00 from this moment on, in the agent's zone (98, 108).

    Raises AppError for a moment outside the years 2000 to 2100.
    """
    _check_year(as_of)
    zone = agent_zone(document)
    return _next(as_of, zone, 4, time(16, 37)), _next(as_of, zone, 5, time(3))


def as_plain(found: Drill, document: Document) -> dict[str, Any]:
    """A drill of this document as JSON values, in words; moments as ISO 8601 with their distance from UTC."""
    return {
        "scenario": found.scenario,
        "moment": found.moment.isoformat(timespec="minutes"),
        "gaps": len(found.gaps),
        "off_hours": document.only(ExceptionPath).off_hours,
        "duties": duties_plain(document, found.moment),
        "steps": [
            {
                "key": step.key,
                "title": words(step.title),
                "detail": words(step.detail),
                "who": step.who,
                "route": step.route,
                "at": step.at.isoformat(timespec="minutes") if step.at else None,
                "gap": step.gap,
                "gap_reason": words(step.gap_reason) if step.gap_reason else "",
                "place": step.place._asdict(),
            }
            for step in found.steps
        ],
    }


def _walked(ground: Ground, moment: datetime, scenario: str) -> Drill:
    _check_year(moment)
    return Drill(scenario, moment.astimezone(ground.zone), steps_of(begin(ground, moment, scenario)))


def _check_year(moment: datetime) -> None:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise AppError(
            msg("A drill is set between the years {first} and {last}.", first=FIRST_YEAR, last=LAST_YEAR),
            exit_code=USAGE,
        )


def _next(as_of: datetime, zone: ZoneInfo, weekday: int, clock: time) -> datetime:
    today = as_of.astimezone(zone).date()
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    if datetime.combine(day, clock, zone).astimezone(UTC) < as_of.astimezone(UTC):
        day += timedelta(days=7)
    return datetime.combine(day, clock, zone)
