"""Rules about the hours nobody covers, and the drill that shows them (domain.md 4; 150, 151)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.document import Document
from app.model.exceptions import CoverageWindow, ExceptionClass, ExceptionPath, Queue, ResponseTarget
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Agent, Person
from app.model.stop import CompensatingTransaction, IncidentPlan, SpendGuardrail, StopControl
from app.policy.coverage import duration, nominal
from app.policy.drill import Drill, drill_all
from app.policy.drill_reach import HOLDS
from app.policy.oversight import ON, OUT, executes
from app.rules.rule import Hit, Reads, Rule, part, rule

COVER: Reads = (part(Agent, "time_zone"), CoverageWindow, Person, Rota)


@rule(
    "COV-01",
    150,
    99,
    step="exceptions",
    question="What does it do while nobody watches?",
    why="On the loop means that somebody can interrupt; at hours without anybody it means that nobody can.",
    weak="It simply runs on.",
    better="It queues outside 08:00 to 20:00.",
    reads=(Action, ExceptionPath, *COVER),
)
def no_action_runs_on_unwatched(document: Document, today: str) -> Iterator[Hit]:
    watched = [a for a in document.rows(Action) if a.current in (ON, OUT) and executes(a)]
    general = document.only(ExceptionPath).off_hours
    running = [a for a in watched if a.current == ON and (a.off_hours or general) not in HOLDS]
    if not running:
        return
    uncovered = nominal(document, "interrupt").uncovered
    for action in running if uncovered else ():
        yield Hit(
            msg(
                "“{action}” runs on while nobody can interrupt it: {hours} of the week.",
                action=action.name,
                hours=duration(uncovered),
            ),
            action.id,
            "off_hours",
        )


@rule(
    "COV-02",
    151,
    98,
    108,
    step="exceptions",
    question="Friday 16:37, Saturday 03:00: who, and when?",
    why="A map that holds in office hours is half a map; the agent works the other half too.",
    source="S1 S3",
    weak="Somebody will see it on Monday.",
    better="The agent queues at night; Marc Oyelaran clears the queue from Monday 09:00.",
    reads=(
        Action,
        CompensatingTransaction,
        ExceptionClass,
        ExceptionPath,
        IncidentPlan,
        OwnerAssignment,
        Queue,
        ResponseTarget,
        RoleAssignment,
        SpendGuardrail,
        StopControl,
        part(Agent, "stage"),
        *COVER,
    ),
    timed=True,
)
def every_drill_step_has_an_answer(document: Document, today: str) -> Iterator[Hit]:
    # One finding for each place that closes a gap, with the first drill that shows it.
    shown: set[str] = set()
    for walked in drill_all(document, datetime.fromisoformat(f"{today}T00:00:00+00:00")):
        for step in walked.gaps:
            if step.place.subject not in shown:
                shown.add(step.place.subject)
                reason = step.gap_reason or step.detail
                detail = msg("{drill}: {step}. {reason}", drill=_drill(walked), step=step.title, reason=reason)
                yield Hit(detail, step.place.subject, step.place.field)


def _drill(walked: Drill) -> Message:
    scenario = next(entry.label for entry in v.SCENARIOS if entry.value == walked.scenario)
    weekday = v.WEEKDAYS[walked.moment.weekday()].label
    return msg(
        "{scenario}, {weekday} {time}", scenario=msg(scenario), weekday=msg(weekday), time=f"{walked.moment:%H:%M}"
    )


RULES: tuple[Rule, ...] = (no_action_runs_on_unwatched, every_drill_step_has_an_answer)
