"""What the cover of each duty comes to at a moment: the lines of the drill card (domain.md 4, "Drill card")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.messages import Message, msg, words
from app.model import vocabulary as v
from app.model.document import Document
from app.model.exceptions import ResponseTarget
from app.policy.coverage import agent_zone, duration, first_human_at, has_cover, nominal, respond_by, worst
from app.policy.drill_people import Named, named
from app.policy.drill_walk import MINUTE
from app.policy.targets import shortest_exception


@dataclass(frozen=True, slots=True)
class DutyCover:
    """One duty at a moment. `first` is when somebody is there and `by` when the target has gone by in covered time, on
    the agent's clock; None where the following year has no cover. `target` and `worst` are minutes: the worst
    response from any minute of the nominal week, None where nobody has given a target or any hours."""

    duty: str
    asked: datetime
    who: Named
    first: datetime | None
    target: int | None
    by: datetime | None
    worst: int | None

    @property
    def covered(self) -> bool:
        """Whether somebody is there at the moment itself."""
        return self.first == self.asked

    @property
    def wait(self) -> int | None:
        """Minutes until somebody is there."""
        return (self.first - self.asked) // MINUTE if self.first is not None else None

    @property
    def said(self) -> Message:
        """The line of the card, without the name of the duty."""
        if self.wait is None:
            return msg("nobody, at any hour of the year that follows")
        if self.covered:
            there = msg("{name} is there", name=self.who.name)
        else:
            there = msg("nobody for {wait}, then {name}", wait=duration(self.wait), name=self.who.name)
        if self.target is None or self.worst is None:
            return there
        told = {"there": there, "target": duration(self.target)}
        if self.worst <= self.target:
            return msg("{there}; a target of {target} holds at any minute of the week", **told)
        return msg(
            "{there}; a target of {target} takes {worst} at the worst minute of the week",
            **told,
            worst=duration(self.worst),
        )


def duties_at(document: Document, moment: datetime) -> tuple[DutyCover, ...]:
    """Every duty at an aware moment, in the order of the vocabulary."""
    zone, instant = agent_zone(document), moment.astimezone(UTC)
    asked = instant.astimezone(zone)
    found = []
    for entry in v.DUTIES:
        duty = str(entry.value)
        target = _target(document, duty)
        there, holder = first_human_at(document, duty, instant) or (None, None)
        by = respond_by(document, duty, instant, target) if target is not None else None
        found.append(
            DutyCover(
                duty,
                asked,
                named(document, holder),
                there.astimezone(zone) if there is not None else None,
                target,
                by.astimezone(zone) if by is not None else None,
                worst(nominal(document, duty, asked.date().isoformat()), target) if target is not None else None,
            )
        )
    return tuple(found)


def duties_plain(document: Document, moment: datetime) -> list[dict[str, Any]]:
    """The same as JSON values."""
    return [
        {
            "duty": each.duty,
            "covered": each.covered,
            "who": each.who.name,
            "route": each.who.route,
            "first_human": _iso(each.first),
            "wait_minutes": each.wait,
            "target_minutes": each.target,
            "answered_by": _iso(each.by),
            "worst_minutes": each.worst,
            "said": words(each.said),
        }
        for each in duties_at(document, moment)
    ]


def _target(document: Document, duty: str) -> int | None:
    """The minutes in which a duty is to be taken up; None for those that have no target of their own."""
    first = document.fixed(ResponseTarget, "1")
    if duty == "first_response":
        return first.ack_minutes
    if duty == "stop" and has_cover(document, "stop") and first.ack_minutes is not None:
        return first.ack_minutes + (first.act_minutes or 0)
    return shortest_exception(document) if duty == "exception" else None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment is not None else None
