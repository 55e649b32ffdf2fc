"""Rules about what the hours that nobody covers do to actions, approvals and promises, and the drill that shows it
(domain.md 4; 98, 99, 100, 108, 150, 151)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.document import Document
from app.model.exceptions import CoverageWindow, ExceptionClass, ExceptionPath, Queue, ResponseTarget
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Agent, Person
from app.model.stop import CompensatingTransaction, IncidentPlan, SpendGuardrail, StopControl
from app.policy.coverage import agent_zone, duration, has_cover, nominal, worst
from app.policy.drill import Drill, drill_all
from app.policy.drill_reach import HOLDS, WAITS
from app.policy.oversight import ON, OUT, executes
from app.policy.targets import Target, targets
from app.rules.rule import Hit, Reads, Rule, leads_somewhere, part, rule
from app.rules.severity import WARNS

COVER: Reads = (part(Agent, "time_zone"), CoverageWindow, part(Person), part(Rota, "members"))

ATTRIBUTES = ("reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity", "flags")
"""What decides whether an action executes or hands to a person."""

NOTICED = ("noticed_how", "noticed_within")
REACHED = ("name", "contact", "paging_route")


@rule(
    "COV-01",
    150,
    99,
    step="exceptions",
    question="What does it do while nobody watches?",
    why="On the loop means that somebody can interrupt; at hours without anybody it means that nobody can.",
    weak="It simply runs on.",
    better="It queues outside 08:00 to 20:00.",
    reads=(
        part(Action, *ATTRIBUTES, "name", "current", "off_hours"),
        part(ExceptionPath, "off_hours"),
        *COVER,
    ),
    timed=True,
)
def no_action_runs_on_unwatched(document: Document, today: str) -> Iterator[Hit]:
    watched = [a for a in document.rows(Action) if a.current in (ON, OUT) and executes(a)]
    general = document.only(ExceptionPath).off_hours
    running = [a for a in watched if a.current == ON and (a.off_hours or general) not in HOLDS]
    if not running:
        return
    uncovered = nominal(document, "interrupt", today).uncovered
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
        part(Action, *ATTRIBUTES, "name", "current", "off_hours", "runs_per_week", "undo", *NOTICED),
        part(Agent, "stage", "time_zone"),
        part(CompensatingTransaction, "action", "steps", "owner", "within"),
        CoverageWindow,
        part(ExceptionClass, "within"),
        part(ExceptionPath, "id", "off_hours"),
        part(IncidentPlan, "id", "alarm", "alarm_minutes", "say_so", "notice", "review_within", "review_led_by"),
        part(OwnerAssignment, "person", "deputy"),
        part(Person, *REACHED, "away_from", "away_to"),
        part(Queue, "name"),
        part(ResponseTarget, "ack_minutes", "act_minutes"),
        part(RoleAssignment, "person", "rota", "deputy"),
        part(Rota, *REACHED, "members"),
        part(SpendGuardrail, "id", "owner", "retry_cap", "ceiling", "what_happens"),
        part(StopControl, "where", "who", "stops_new_work", "quarantines", "rollback_target", "rollback_how"),
    ),
    timed=True,
)
def every_drill_step_has_an_answer(document: Document, today: str) -> Iterator[Hit]:
    # One finding for each place that closes a gap, with the first drill that shows it.
    shown: set[str] = set()
    midnight = datetime.combine(date.fromisoformat(today), time.min, agent_zone(document))
    for walked in drill_all(document, midnight):
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


@rule(
    "COV-03",
    99,
    100,
    step="oversight",
    question="Does an approval wait longer than nobody is there to give it?",
    why="An item that may wait an hour does not live through a week end without an approver; where it goes then is "
    "decided now, not on Monday.",
    source="S0 S1",
    weak="Somebody approves it in the morning.",
    better="Waits 72 hours at most, which is longer than the week end; then it goes to billing-exceptions.",
    marks=WARNS,
    reads=(
        part(Action, *ATTRIBUTES, "name", "current", "max_queue_age", "on_timeout", "escalation_path"),
        part(Queue, "max_age", "route_on"),
        *COVER,
    ),
    timed=True,
)
def an_approval_outlasts_the_gap(document: Document, today: str) -> Iterator[Hit]:
    waiting = [action for action in document.rows(Action) if action.current in WAITS and executes(action)]
    if waiting and not has_cover(document, "approve"):
        yield Hit(msg("No hours are given in which anybody approves."), field="coverage_window")
        return
    gap = nominal(document, "approve", today).longest_gap if waiting else 0
    for action in waiting:
        queue = document.get(Queue, action.escalation_path)
        routes_on = action.on_timeout == "route_on" or (queue is not None and leads_somewhere(document, queue.route_on))
        longest = action.max_queue_age
        if longest is None and queue is not None:
            longest = queue.max_age
        if not gap or routes_on or (longest is not None and longest > gap):
            continue
        waits = duration(longest) if longest is not None else msg("as long as nobody has said")
        yield Hit(
            msg(
                "“{action}” waits for an approval {longest}; nobody approves for {gap} at a time, and it goes nowhere.",
                action=action.name,
                longest=waits,
                gap=duration(gap),
            ),
            action.id,
            "max_queue_age",
        )


@rule(
    "COV-04",
    100,
    step="oversight",
    question="What happens when nobody answers in time?",
    why="An approval tool without an answer to this has one of its own, and it may be yes: one published case let a "
    "request through at 3:17 on a Saturday, half an hour after it reached an inbox that nobody read.",
    weak="It times out.",
    better="It holds until somebody decides; a time-out never approves.",
    marks=WARNS,
    over=Action,
    reads=(),
)
def a_time_out_never_approves(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if action.current in WAITS and executes(action) and not action.on_timeout:
        yield Hit(
            msg("“{action}” waits for an approval, and nobody has said what a time-out does.", action=action.name),
            action.id,
            "on_timeout",
        )


@rule(
    "COV-05",
    98,
    99,
    step="exceptions",
    question="Does the target hold at the worst minute of the week?",
    why="A target of 30 minutes is 23 minutes of cover on a Friday at 16:37, and the rest comes on Monday.",
    source="S1 S3",
    weak="30 minutes, in office hours.",
    better="30 minutes while somebody covers; outside these hours the agent queues.",
    marks=WARNS,
    reads=(
        part(ExceptionClass, "name", "within"),
        part(ExceptionPath, "off_hours"),
        part(ResponseTarget, "ack_minutes", "act_minutes", "clock"),
        *COVER,
    ),
    timed=True,
)
def a_target_holds_at_the_worst_minute(document: Document, today: str) -> Iterator[Hit]:
    if document.only(ExceptionPath).off_hours in HOLDS:
        return
    shortest: dict[str, Target] = {}
    for target in sorted(targets(document), key=lambda target: target.minutes, reverse=True):
        shortest[target.duty] = target
    # One finding a duty: what mends the shortest target mends the longer ones.
    for target in shortest.values():
        longest = worst(nominal(document, target.duty, today), target.minutes)
        if longest is not None and longest > target.minutes:
            yield Hit(
                msg(
                    "“{what}” is to be answered within {target}; at the worst minute of the week it takes "
                    "{longest}, and no off-hours policy holds the work.",
                    what=msg(target.called),
                    target=duration(target.minutes),
                    longest=duration(longest),
                ),
                target.subject,
                target.field,
            )


RULES: tuple[Rule, ...] = (
    no_action_runs_on_unwatched,
    every_drill_step_has_an_answer,
    an_approval_outlasts_the_gap,
    a_time_out_never_approves,
    a_target_holds_at_the_worst_minute,
)
