"""What a failure meets in the map: the actions that it touches, who answers and when, and whether the work is held.

The steps of the drill (app.policy.drill_steps) are read off one Walk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.document import Document
from app.model.exceptions import ExceptionPath, ResponseTarget
from app.model.oversight import Action
from app.model.owners import Rota
from app.model.room import Agent, Person
from app.model.stop import CompensatingTransaction, IncidentPlan
from app.policy.coverage import agent_zone, first_human_at, has_cover, respond_by
from app.policy.holders import holder
from app.policy.oversight import BARRED, SHADOW, compensations_of, hands_to_person, level

HOLDS = frozenset({"queue", "pause_agent", "drop_to_in_loop"})
"""The off-hours policies that answer a wait: nothing more happens until somebody is there."""

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Named:
    """A person or rota: its id, its name, and how it is reached. All empty where nobody is named."""

    id: str = ""
    name: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the cover of a duty makes of a target in minutes: who is there first and from when, and by when the
    target has gone by in covered time. It slips when cover ends or is missing before that."""

    duty: str
    target: int
    asked: datetime
    there: datetime | None
    holder: Named
    by: datetime | None

    @property
    def slips(self) -> bool:
        return self.by is None or self.by - self.asked > self.target * MINUTE


@dataclass(frozen=True, slots=True)
class Walk:
    """The failure, and what several steps need to know about it. Moments are UTC.

    `touched` are the actions that the failure reaches and that act by themselves or after an approval; `held` is
    true where the off-hours policy holds all of them (where there are none: where the general policy holds). `quiet`
    are the actions that must say how a failure without an alarm is noticed, for that scenario alone.
    """

    ground: Ground
    scenario: str
    moment: datetime
    touched: tuple[Action, ...]
    quiet: tuple[Action, ...]
    held: bool
    noticed: datetime
    responder: Named
    answers: Answer
    stops: Answer

    @property
    def document(self) -> Document:
        return self.ground.document

    @property
    def executes(self) -> bool:
        """Whether any action takes effect at all."""
        return bool(self.ground.executing)

    def local(self, instant: datetime | None) -> datetime | None:
        """The moment in the agent's zone."""
        return instant.astimezone(self.ground.zone) if instant is not None else None

    def when(self, instant: datetime) -> Message:
        """A moment in words: the weekday is enough within six days."""
        local = instant.astimezone(self.ground.zone)
        weekday = msg(v.WEEKDAYS[local.weekday()].label)
        if instant - self.moment < timedelta(days=6):
            return msg("{weekday} {time}", weekday=weekday, time=f"{local:%H:%M}")
        return msg("{weekday} {day} {time}", weekday=weekday, day=f"{local:%Y-%m-%d}", time=f"{local:%H:%M}")


class Ground:
    """What every drill of one document shares; worked out when first asked for, and once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.zone = agent_zone(document)
        self._answers: dict[tuple[str, datetime, int], Answer] = {}

    @cached_property
    def permitted(self) -> tuple[Action, ...]:
        """The actions that are not barred."""
        rows = self.document.rows(Action)
        return tuple(a for a in rows if a.current != BARRED and "outside_boundary" not in a.flags)

    @cached_property
    def executing(self) -> tuple[Action, ...]:
        """The actions that take effect: none in shadow, none barred, none that hands to a person (domain.md 3.1).

        An action whose mode nobody has chosen counts: the drill assumes the worse.
        """
        if self.document.only(Agent).stage == "1a":
            return ()
        return tuple(a for a in self.permitted if a.current != SHADOW and not hands_to_person(a))

    @cached_property
    def compensations(self) -> Mapping[str, tuple[CompensatingTransaction, ...]]:
        """Action id -> its compensating transactions that are named."""
        return {action.id: compensations_of(self.document, action) for action in self.executing}

    def answer(self, duty: str, asked: datetime, target: int) -> Answer:
        """What the cover of a duty makes of a target that starts at a moment (UTC)."""
        key = duty, asked, target
        if key not in self._answers:
            there, who = first_human_at(self.document, duty, asked) or (None, None)
            by = respond_by(self.document, duty, asked, target)
            self._answers[key] = Answer(duty, target, asked, there, named(self.document, who), by)
        return self._answers[key]


def begin(ground: Ground, moment: datetime, scenario: str) -> Walk:
    """What one of the four failures meets at an aware moment."""
    document = ground.document
    start = moment.astimezone(UTC)
    touched = _touched(ground.executing, scenario)
    quiet = _quiet(ground, touched) if scenario == "silent" else ()
    general = document.only(ExceptionPath).off_hours
    noticed = start + _noticed_after(document, scenario, quiet) * MINUTE
    target = document.fixed(ResponseTarget, "1")
    acknowledge = target.ack_minutes or 0
    stopping = "stop" if has_cover(document, "stop") else "first_response"
    return Walk(
        ground=ground,
        scenario=scenario,
        moment=start,
        touched=touched,
        quiet=quiet,
        held=all((action.off_hours or general) in HOLDS for action in touched) if touched else general in HOLDS,
        noticed=noticed,
        responder=_responder(document),
        answers=ground.answer("first_response", noticed, acknowledge),
        stops=ground.answer(stopping, noticed, acknowledge + (target.act_minutes or 0)),
    )


def named(document: Document, holder_id: str | None) -> Named:
    """The person or rota with this id."""
    row = document.get(Person, holder_id) or document.get(Rota, holder_id)
    return Named(row.id, row.called(), row.paging_route or row.contact) if row is not None else Named()


def _touched(executing: tuple[Action, ...], scenario: str) -> tuple[Action, ...]:
    """The actions that a failure reaches."""
    if scenario == "malformed":
        return tuple(a for a in executing if "writes_sor" in a.flags or level(a.reversibility) >= 1)
    if scenario == "message":
        return tuple(a for a in executing if "external_message" in a.flags)
    if scenario == "retry":
        return tuple(a for a in executing if a.runs_per_week)
    return tuple(a for a in executing if "silent_failure" in a.flags) or executing


def _quiet(ground: Ground, touched: tuple[Action, ...]) -> tuple[Action, ...]:
    """The actions that must say how a quiet failure is noticed: those that can fail silently, else all touched."""
    return tuple(a for a in ground.permitted if "silent_failure" in a.flags) or touched


def _noticed_after(document: Document, scenario: str, quiet: tuple[Action, ...]) -> int:
    """Minutes until it is noticed, 0 where nobody has said: the slowest of the quiet actions, or the alarm."""
    if scenario == "silent":
        return max((action.noticed_within or 0 for action in quiet), default=0)
    return document.only(IncidentPlan).alarm_minutes or 0


def _responder(document: Document) -> Named:
    """The Agent Reliability Engineer: the rota that carries the pager, or the person."""
    found = holder(document, "ARE")
    return named(document, found.rota or found.person)
