"""Evidence of what happens around a running agent: when it goes wrong, and how it is watched (domain.md 2).

Each function yields what is there and what is missing, as of a day.
"""

from __future__ import annotations

from datetime import date

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.boundary import LaunchBlocker
from app.model.change import StageControl
from app.model.commit import AcceptedRisk, Decision, Revision, Signature
from app.model.document import Document
from app.model.exceptions import ExceptionClass, ExceptionPath, Queue
from app.model.fields import fields_of
from app.model.oversight import Action
from app.model.scorecard import KillCriterion, Metric, Reading, Review, ReviewRhythm
from app.model.stop import DrillRun, IncidentPlan, SpendGuardrail, StopControl
from app.policy.coverage import HOUR, WEEK, nominal
from app.policy.crosswalk_points import (
    MOST_NAMED,
    Points,
    answering,
    has,
    label,
    lacks,
    listed,
    missing,
    missing_names,
    name_of,
    names_of,
    written,
)
from app.policy.days import in_words
from app.policy.graduation import DRILLED_WITHIN
from app.policy.oversight import compensations_of, permitted, wants_compensation

# --- when it goes wrong ------------------------------------------------------------------------------------


def stop(document: Document, today: str) -> Points:
    """The stop button, what it does to work in flight, and its last test."""
    controls = document.rows(StopControl)
    for control in controls:
        where = control.where or msg("a place nobody has said")
        if control.who:
            names = names_of(document, control.who)
            yield has(
                "Stop button: {where}; who may press it: {count} ({names})",
                where=where,
                count=len(control.who),
                names=names,
            )
        else:
            yield lacks("Nobody may press: {where}", where=where)
        yield from _tested(msg("Stop button"), control.last_tested, today)
    if not controls:
        yield lacks("No stop button")
        return
    if any(control.stops_new_work for control in controls):
        yield has("It stops new work")
    else:
        yield lacks("New work does not stop")
    if any(control.quarantines for control in controls):
        yield has("It holds work in flight")
    else:
        yield lacks("Work in flight is not held")


def undo(document: Document, today: str) -> Points:
    """The rollback target, and a compensating transaction for what cannot be undone in place."""
    targets = [control.rollback_target for control in document.rows(StopControl) if control.rollback_target]
    if targets:
        yield has("Roll back to: {target}", target=targets[0])
    else:
        yield lacks("No rollback target")
    undone = [action for action in document.rows(Action) if permitted(action) and action.undo]
    if undone:
        yield has("Actions that say how they are undone: {count}", count=len(undone))
    wanting = [action for action in document.rows(Action) if wants_compensation(action)]
    named = [action for action in wanting if compensations_of(document, action)]
    tested = [a for a in named if any("" < row.last_tested <= today for row in compensations_of(document, a))]
    if named:
        yield has(
            "A compensating transaction for {count} of {all} actions that need one, tested: {tested}",
            count=len(named),
            all=len(wanting),
            tested=len(tested),
        )
    yield from missing("No compensating transaction: {names}", (a for a in wanting if a not in named))
    yield from missing("Compensation not tested: {names}", (a for a in named if a not in tested))


def exceptions(document: Document, today: str) -> Points:
    """Where exceptions land, who clears them, and the hours in which anybody is there."""
    queues = [queue for queue in document.rows(Queue) if queue.owner]
    for queue in queues[:MOST_NAMED]:
        yield has("Queue “{queue}”: {name}", queue=queue.name, name=name_of(document, queue.owner))
    if not queues:
        yield lacks("No queue with an owner")
    classes = document.rows(ExceptionClass)
    settled = [row for row in classes if _is_settled(row)]
    if settled:
        yield has(
            "Exception classes settled in full: {count} of {all}",
            count=len(settled),
            all=len(classes),
        )
    elif not classes:
        yield lacks("No exception class")
    yield from missing("Not settled in full: {names}", (row for row in classes if row not in settled))
    path = document.only(ExceptionPath)
    yield from written(path, ("escalation_rules", "playbook", "learning_loop", "fallback"))
    yield from _cover(document, path, today)


def _cover(document: Document, path: ExceptionPath, today: str) -> Points:
    """The hours in which somebody is there in the week of a day, and what it does in the others."""
    week = WEEK // HOUR
    hours = {duty.label: nominal(document, str(duty.value), today).covered // HOUR for duty in v.DUTIES}
    some = [msg("{duty} {hours} h", duty=msg(duty), hours=covered) for duty, covered in hours.items() if covered]
    if some:
        yield has("Of {week} hours a week: {hours}", week=week, hours=listed(some))
    yield from missing_names("Nobody covers: {names}", (msg(duty) for duty, covered in hours.items() if not covered))
    policy = fields_of(ExceptionPath)["off_hours"].choice(path.off_hours)
    if policy is None:
        yield lacks("Nobody has said what it does while nobody covers")
        return
    yield has("While nobody covers: {policy}", policy=msg(policy.label))
    if path.off_hours == "continue":
        thin = [msg(duty) for duty, covered in hours.items() if 0 < covered < week]
        yield from missing_names("It runs on uncovered: {names}", thin)


def incidents(document: Document, today: str) -> Points:
    """The incident plan, who tells whom, the look back, and the drills."""
    plan = document.only(IncidentPlan)
    yield from written(plan, ("alarm", "runbook", "say_so", "notice"))
    if plan.review_within and plan.review_led_by:
        yield has(
            "Looked back on within {days} working days, led by {name}",
            days=plan.review_within,
            name=name_of(document, plan.review_led_by),
        )
    else:
        yield lacks("When and by whom an incident is looked back on")
    walked = [row.run_on for row in document.rows(DrillRun) if row.run_on]
    if walked:
        yield has("Drills walked: {count}, the last on {day}", count=len(walked), day=in_words(max(walked)))
    else:
        yield lacks("No drill was walked")


def disclosure(document: Document, today: str) -> Points:
    """Who is told; what people are told in daily use the map does not keep."""
    outside = [row for row in document.rows(Action) if permitted(row) and "external_message" in row.flags]
    if outside:
        yield has("Actions that write to people outside: {count}", count=len(outside))
    yield from answering(document, "L25")
    yield lacks("What people are told of AI: not in a map")


def spend(document: Document, today: str) -> Points:
    """What keeps it from spending without end."""
    guardrail = document.only(SpendGuardrail)
    if guardrail.ceiling is None:
        yield lacks("No spend ceiling")
    else:
        yield has("A ceiling on what it may spend {per}", per=label(v.PERIODS, guardrail.per))
    if guardrail.owner is not None:
        yield has("Spending is owned by {name}", name=name_of(document, guardrail.owner))
    else:
        yield lacks("Nobody owns spending")
    if guardrail.retry_cap is not None:
        yield has("Retries at most: {count}", count=guardrail.retry_cap)
    else:
        yield lacks("No limit to retries")


# --- how it is watched -------------------------------------------------------------------------------------


def scorecard(document: Document, today: str) -> Points:
    """Metrics with owner, source, threshold and cadence, and what they read."""
    metrics = document.rows(Metric)
    complete = [row for row in metrics if row.owner and row.source and row.threshold and row.cadence]
    if complete:
        yield has(
            "{count} of {all} metrics with owner, source, threshold and cadence", count=len(complete), all=len(metrics)
        )
    headline = next((row for row in metrics if row.family == "headline" and row.owner), None)
    if headline is not None:
        yield has("Headline: {metric}, {name}", metric=headline.name, name=name_of(document, headline.owner))
    else:
        yield lacks("No headline metric with an owner")
    readings = [row.on for row in document.rows(Reading) if row.on]
    if readings:
        yield has("Readings: {count}, the last on {day}", count=len(readings), day=in_words(max(readings)))
    else:
        yield lacks("No reading yet")
    yield from missing("Not settled in full: {names}", (row for row in metrics if row not in complete))


def reviews(document: Document, today: str) -> Points:
    """The rhythm of review, and the numbers at which it is narrowed or stopped."""
    rhythms = [row for row in document.rows(ReviewRhythm) if row.cadence and row.led_by]
    for row in rhythms[:MOST_NAMED]:
        yield has(
            "{what}, {cadence}, led by {name}",
            what=row.what,
            cadence=label(v.CADENCES, row.cadence),
            name=name_of(document, row.led_by),
        )
    if not rhythms:
        yield lacks("No rhythm of review")
    held = [row.on for row in document.rows(Review) if row.on]
    if held:
        yield has("Reviews held: {count}, the last on {day}", count=len(held), day=in_words(max(held)))
    else:
        yield lacks("No review held yet")
    criteria = [row for row in document.rows(KillCriterion) if row.limit]
    if criteria:
        yield has("Numbers at which it is narrowed or stopped: {count}", count=len(criteria))
    else:
        yield lacks("No number at which it is narrowed or stopped")


def records(document: Document, today: str) -> Points:
    """The audit trail: what this map keeps, and who answers for the rest."""
    yield has("Every edit of this map is logged")
    decisions = document.rows(Decision)
    if decisions:
        yield has("Decisions logged: {count}", count=len(decisions))
    yield from answering(document, "L36")
    audit = document.fixed(StageControl, "audit_review")
    if audit.rule:
        yield has("A rule for audit review")
    else:
        yield lacks("No rule for audit review")
    yield lacks("What the agent logs: not in a map")


def launch(document: Document, today: str) -> Points:
    """Go or no go: launch blockers, accepted risks and signatures."""
    blockers = document.rows(LaunchBlocker)
    if blockers:
        yield has(
            "Failure cases that block launch: {count}, agreed by both sides: {agreed}, shown to be handled: {shown}",
            count=len(blockers),
            agreed=sum(bool(row.business and row.it) for row in blockers),
            shown=sum(bool(row.cleared_on) for row in blockers),
        )
    else:
        yield lacks("No failure case that blocks launch")
    risks = document.rows(AcceptedRisk)
    if risks:
        yield has("Risks accepted by name until a date: {count}", count=sum(bool(r.who and r.expiry) for r in risks))
    standing = [row for row in document.rows(Revision) if not row.withdrawn_at]
    if not standing:
        yield lacks("Nobody has signed it")
        return
    latest = standing[-1]
    yield has(
        "Revision {number}, {level}, signatures: {count}",
        number=latest.number or 0,
        level=label(v.LEVELS_OF_SIGNOFF, latest.level),
        count=sum(row.revision == latest.id for row in document.rows(Signature)),
    )
    if latest.level != "launch":
        yield lacks("Not signed for launch")


# --- parts -------------------------------------------------------------------------------------------------


def _is_settled(row: ExceptionClass) -> bool:
    return bool(row.queue and row.reviewer and row.within and row.allowed_actions and row.goes_further_to)


def _tested(what: Message, last: str, today: str) -> Points:
    if not "" < last <= today:
        yield lacks("{what} never tested", what=what)
        return
    yield has("{what} last tested {day}", what=what, day=in_words(last))
    if date.fromisoformat(today) - date.fromisoformat(last) > DRILLED_WITHIN:
        yield lacks("{what} not tested in the last {days} days", what=what, days=DRILLED_WITHIN.days)
