"""Wall time on the agent's clock: which moment is meant where the clocks change, and when each step of a drill is done
(domain.md 4, "DST and holidays")."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.messages import Message, Param, msg
from app.model import vocabulary as v
from app.policy.days import in_words
from app.policy.drill import Drill


class StepTime(NamedTuple):
    """When a step of a drill is done. `day` is None where the weekday says enough."""

    weekday: Message
    day: Message | None
    clock: str


def moment_on(wall: datetime, zone: ZoneInfo) -> tuple[datetime, Message | None]:
    """The moment at which a clock in this zone shows a wall time, and what is to be said of it: of a time that comes
    twice the first is taken, for one that does not exist the time that the clock shows instead."""
    found = wall.replace(tzinfo=zone, fold=0)
    again = wall.replace(tzinfo=zone, fold=1)
    if found.utcoffset() == again.utcoffset():
        return found, None
    shown = found.astimezone(UTC).astimezone(zone)
    told: dict[str, Param] = {"clock": f"{wall:%H:%M}", "day": in_words(wall.date().isoformat()), "zone": zone.key}
    if shown.replace(tzinfo=None) == wall:
        return shown, msg(
            "{clock} comes twice on {day} in {zone}: the first is taken ({first}). For the second write {second}.",
            **told,
            first=f"{found:%Z}",
            second=again.isoformat(timespec="minutes"),
        )
    return shown, msg(
        "{clock} does not exist on {day} in {zone}, where the clocks go forward: {shown} is taken.",
        **told,
        shown=f"{shown:%H:%M %Z}",
    )


def clock_words(moment: datetime) -> str:
    """A wall time; one that comes twice, as the clocks go back, says which of the two it is: 02:30 CEST."""
    twice = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    return f"{moment:%H:%M %Z}" if twice else f"{moment:%H:%M}"


def step_times(drill: Drill) -> tuple[StepTime | None, ...]:
    """When each step is done, None where never; with its day where that is more than a day away, or before a step
    above it."""
    times: list[StepTime | None] = []
    asked = latest = drill.moment.astimezone(UTC)
    for at in (step.at for step in drill.steps):
        if at is None:
            times.append(None)
            continue
        instant = at.astimezone(UTC)
        dated = instant - asked > timedelta(days=1) or instant < latest
        day = in_words(at.date().isoformat()) if dated else None
        times.append(StepTime(msg(v.WEEKDAYS[at.weekday()].label), day, clock_words(at)))
        latest = max(latest, instant)
    return tuple(times)
