"""The second half of a drill: said, rolled back, undone, cleared, answered for, and looked back at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from app.messages import Message, msg
from app.model.exceptions import CoverageWindow, ExceptionClass, Queue, ResponseTarget
from app.model.oversight import Action
from app.model.stop import CompensatingTransaction, IncidentPlan, StopControl
from app.policy.drill_cover import Place, cover_detail, cover_gap, cover_place
from app.policy.drill_step import (
    NAMED_AT_MOST,
    SEPARATOR,
    Step,
    called,
    joined,
    listed_names,
    role_place,
)
from app.policy.drill_stopping import control_of
from app.policy.drill_undo import Undoer, too_late, undo_time, undoers, undone_from
from app.policy.drill_walk import Walk

QUEUE_SEVERITY = {"malformed": "2", "message": "2", "retry": "3", "silent": "3"}
"""Whose response target the exception queue has where no exception class says how fast (proposed)."""

END_OF_WORKING_DAY = time(17)
"""An incident review that is due on a working day is due by then."""


def say_so(walk: Walk) -> Step:
    """Who is told, and by whom."""
    plan = walk.document.only(IncidentPlan)
    place, reason = Place(plan.id, "say_so", "stop"), None
    who, _, absent = walk.responder
    if not plan.say_so:
        reason = msg("Nobody has said whom to tell, and where.")
    elif not who.id:
        place, reason = role_place(walk.document, "ARE"), msg("Nobody is named who says so.")
    elif absent is not None:
        place = role_place(walk.document, "ARE", "deputy")
        reason = msg("Nobody is there who says so.{away}", away=absent)
    told = joined(plan.say_so, plan.notice if walk.scenario == "message" else "")
    return Step(
        key="say_so",
        title=msg("Say so"),
        detail=msg("{told}", told=told) if told else msg("Nothing is agreed."),
        place=place,
        who=who.name,
        route=who.route,
        at=walk.local(walk.stops.by),
        gap_reason=reason,
    )


def roll_back(walk: Walk) -> Step:
    """What is rolled back to, and by whom."""
    controls = walk.document.rows(StopControl)
    who, _, absent = walk.responder
    control = next((c for c in controls if c.rollback_target), None)
    place = Place(control.id if control else controls[0].id if controls else "", "rollback_target", "stop")
    reason = None
    if control is None:
        reason = msg("Nobody has said what to roll back to.")
        detail = msg("No rollback target is named.")
    else:
        detail = msg("To: {target}", target=joined(control.rollback_target, control.rollback_how))
        if not who.id:
            place = role_place(walk.document, "ARE")
            reason = msg("Nobody is named who rolls back.")
        elif absent is not None:
            place = role_place(walk.document, "ARE", "deputy")
            reason = msg("Nobody is there who rolls back.{away}", away=absent)
    return Step(
        key="roll_back",
        title=msg("Roll back"),
        detail=detail,
        place=place,
        who=who.name,
        route=who.route,
        at=walk.local(walk.stops.by),
        gap_reason=reason,
    )


def undo(walk: Walk) -> Step:
    """How what was already done is made good: a compensating transaction, or an undo in place by who is on call."""
    found, missing = undoers(walk), walk.reach.remedy.missing
    held = walk.reach.held or _quarantined(walk)
    place, reason = _undo_gap(walk, found, held=held)
    return Step(
        key="undo",
        title=msg("Undo what was done"),
        detail=_undo_detail(walk, found, held=held),
        place=place,
        who=", ".join(dict.fromkeys(each.who.name for each in found if each.who.name)),
        at=walk.local(undone_from(found, walk.stops.by)) if not missing else None,
        gap_reason=reason,
    )


def _quarantined(walk: Walk) -> bool:
    """Whether the stop holds all work, new and in flight."""
    control = control_of(walk)
    return control is not None and bool(control.where) and control.stops_new_work and control.quarantines


def _undo_gap(walk: Walk, found: Sequence[Undoer], *, held: bool) -> tuple[Place, Message | None]:
    missing = walk.reach.remedy.missing
    if missing:
        reason = msg("Nobody has said how it is undone, and by whom: {actions}.", actions=called(missing))
        return _undo_place(walk, missing[0]), reason
    for each in found:
        if not each.who.id:
            owed = each.promise.compensation
            place = Place(owed, "owner", "stop") if owed else role_place(walk.document, "ARE")
            return place, msg("Nobody is named who undoes it.")
    for each in found:
        late = too_late(walk, each, held=held)
        if late is not None:
            subject = each.promise.compensation
            hours = Place("", CoverageWindow.spec.kind, "exceptions")
            return Place(subject, "owner", "stop") if subject else hours, late
    return Place("", "", "stop"), None


def _undo_place(walk: Walk, action: Action) -> Place:
    """Where a missing undo is put right: a compensating transaction that is only begun, else the action."""
    for row in walk.document.rows(CompensatingTransaction):
        if row.action == action.id:
            return Place(row.id, "owner" if row.steps else "steps", "stop")
    return Place(action.id, "undo", "oversight")


def _undo_detail(walk: Walk, found: tuple[Undoer, ...], *, held: bool) -> Message:
    if not walk.executes:
        return msg("Nothing executes; there is nothing to undo.")
    if not walk.reach.remedy.changing:
        return msg("Nothing that this failure touches changes anything.")
    if not walk.reach.remedy.ways:
        return msg("No way is named.")
    all_ways = walk.reach.remedy.ways
    ways = listed_names([_way(walk, each) for each in all_ways[:NAMED_AT_MOST]], len(all_ways), SEPARATOR)
    time_needed = undo_time(walk, found, held=held)
    return msg("{time} {ways}", time=time_needed, ways=ways) if time_needed else ways


def _way(walk: Walk, row: CompensatingTransaction | Action) -> str:
    """What is made good, and how."""
    if isinstance(row, Action):
        return f"{row.name}: {row.undo}"
    return f"{walk.document.called(row.action)}: {row.steps}"


def clear(walk: Walk) -> Step:
    """Who clears the exception queue, and when: the target must fit into the cover that is left (98, 99)."""
    place, target = _queue_target(walk)
    found = walk.ground.answer("exception", walk.queued, target or 0)
    reason = cover_gap(walk, found)
    if reason is not None:
        place = cover_place(walk, found)
    elif target is None:
        reason = msg("Nobody has said how fast the exception queue is looked at.")
    queue = next(iter(walk.document.rows(Queue)), None)
    return Step(
        key="clear",
        title=msg("Clear “{queue}”", queue=queue.name) if queue and queue.name else msg("Clear the exception queue"),
        detail=cover_detail(walk, found),
        place=place,
        who=found.holder.name,
        route=found.holder.route,
        at=walk.local(found.by),
        gap_reason=reason,
    )


def _queue_target(walk: Walk) -> tuple[Place, int | None]:
    """Where it is said how fast the queue is looked at, and the minutes: the shortest class, else the severity's."""
    timed = [(row.within, row.id) for row in walk.document.rows(ExceptionClass) if row.within is not None]
    if timed:
        minutes, subject = min(timed)
        return Place(subject, "within", "exceptions"), minutes
    target = walk.document.fixed(ResponseTarget, QUEUE_SEVERITY[walk.scenario])
    return Place(target.id, "ack_minutes", "exceptions"), target.ack_minutes


def accountable(walk: Walk) -> Step:
    """Who answers for the outcome meanwhile (107)."""
    owner, stands_in, absent = walk.ground.answering("APO", walk.noticed)
    reason = None if owner.id else msg("No Agent Product Owner and no workflow owner is named.")
    if absent is not None:
        reason = msg("Nobody is there who answers for the outcome, and nobody stands in.{away}", away=absent)
    return Step(
        key="accountable",
        title=msg("Accountable meanwhile"),
        detail=msg("Stands in for the Agent Product Owner, and answers for the outcome.")
        if stands_in
        else msg("The Agent Product Owner answers for the outcome."),
        place=role_place(walk.document, "APO", "person" if absent is None else "deputy"),
        who=owner.name,
        route=owner.route,
        gap_reason=reason,
    )


def review(walk: Walk) -> Step:
    """Who looks back, and by when."""
    plan = walk.document.only(IncidentPlan)
    leader = walk.ground.named(plan.review_led_by)
    if not leader.id:
        leader = walk.ground.answering("APO", walk.noticed).who
    place, reason, at = Place(plan.id, "review_within", "stop"), None, None
    if plan.review_within is None:
        reason = msg("Nobody has said when the incident is reviewed.")
        detail = msg("No review is agreed.")
    else:
        at = _working_days_after(walk, plan.review_within)
        by = walk.when(at)
        detail = msg("By {when}; working days allowed: {days}.", when=by, days=plan.review_within)
        if not leader.id:
            place, reason = Place(plan.id, "review_led_by", "stop"), msg("Nobody is named who leads the review.")
    return Step(
        key="review",
        title=msg("Incident review"),
        detail=detail,
        place=place,
        who=leader.name,
        route=leader.route,
        at=at,
        gap_reason=reason,
    )


def _working_days_after(walk: Walk, days: int) -> datetime:
    """The end of the working day, Monday to Friday, that comes so many after the failure is noticed."""
    day = walk.noticed.astimezone(walk.ground.zone).date()
    while days or day.weekday() >= 5:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and days > 0
    return datetime.combine(day, END_OF_WORKING_DAY, walk.ground.zone)
