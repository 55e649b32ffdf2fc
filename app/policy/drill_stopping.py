"""The first half of a drill: noticed, paged, somebody there, stopped, and what runs on meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from app.messages import Message, msg
from app.model.document import Table
from app.model.exceptions import ExceptionPath, ResponseTarget
from app.model.oversight import Action
from app.model.room import Person
from app.model.stop import IncidentPlan, SpendGuardrail, StopControl
from app.policy.coverage import WEEK, duration
from app.policy.drill_cover import Place, cover_gap, cover_place, presence_detail
from app.policy.drill_step import Step, called, joined, role_place
from app.policy.drill_walk import MINUTE, Walk
from app.policy.oversight import ON
from app.policy.targets import is_default
from app.policy.windows import Staff, people_behind, staff_of

_FAILURES = {
    "malformed": msg("The agent writes malformed records"),
    "message": msg("The agent sends a wrong message"),
    "retry": msg("The agent retries without end"),
    "silent": msg("The agent gives wrong answers, quietly"),
}


def noticed(walk: Walk) -> Step:
    """What goes off first, and when."""
    plan = walk.document.only(IncidentPlan)
    reason = None
    if not plan.alarm:
        reason = msg("Nobody has said what goes off first.")
    elif plan.alarm_minutes is None:
        reason = msg("Nobody has said after how many minutes the alarm goes off.")
    return Step(
        key="noticed",
        title=_FAILURES[walk.scenario],
        detail=msg("Noticed by: {alarm}", alarm=plan.alarm) if plan.alarm else msg("No alarm is named."),
        place=Place(plan.id, "alarm_minutes" if plan.alarm else "alarm", "stop"),
        at=walk.local(walk.noticed) if reason is None else None,
        gap_reason=reason,
    )


def noticed_quietly(walk: Walk) -> Step:
    """A quiet failure is noticed only as each action says (153)."""
    title = _FAILURES[walk.scenario]
    slowest, unseen = walk.reach.slowest, walk.reach.unseen
    if slowest is None:
        nothing = msg("Nothing executes; the person who acts sees each proposal.")
        return Step("noticed", title, nothing, Place("", "", "oversight"), at=walk.local(walk.noticed))
    subject = unseen[0] if unseen else slowest
    reason = msg("Nothing would show it, or nobody has said when: {actions}.", actions=called(unseen))
    return Step(
        key="noticed",
        title=title,
        detail=msg("Noticed by: {how}", how=slowest.noticed_how) if slowest.noticed_how else msg("Nothing is named."),
        place=Place(subject.id, "noticed_within" if subject.noticed_how else "noticed_how", "oversight"),
        at=walk.local(walk.noticed) if not unseen else None,
        gap_reason=reason if unseen else None,
    )


def paged(walk: Walk) -> Step:
    """Who is paged, and by which route (106)."""
    document, (responder, _, absent) = walk.document, walk.paged
    place, reason = role_place(document, "ARE"), None
    if not responder.id:
        reason = msg("No first responder is named: nobody is paged.")
    elif not people_behind(document, responder.id):
        place, reason = Place(responder.id, "members", "roles"), msg("{rota} has no members.", rota=responder.name)
    elif absent is not None:
        place = role_place(document, "ARE", "deputy")
        reason = msg("{name}: nobody is there, and nobody stands in.{away}", name=responder.name, away=absent)
    elif not responder.route:
        step = "room" if document.get(Person, responder.id) else "roles"
        place = Place(responder.id, "paging_route", step)
        reason = msg("Nobody has said how {name} is reached.", name=responder.name)
    return Step(
        key="paged",
        title=msg("Page the Agent Reliability Engineer"),
        detail=_asked_for(walk),
        place=place,
        who=responder.name,
        route=responder.route,
        at=walk.local(walk.noticed),
        gap_reason=reason,
    )


def _asked_for(walk: Walk) -> Message:
    """The target, which is no promise of whoever is paged: whether it is kept is said of the first person there."""
    target = walk.document.fixed(ResponseTarget, "1")
    if target.ack_minutes is None:
        return msg("No target is set.")
    said = msg("Severity 1 is to be answered within {target}.", target=duration(target.ack_minutes))
    if not is_default(target):
        return said
    return msg("{target} That is a default that nobody has changed.", target=said)


def first_human(walk: Walk) -> Step:
    """Who is there first, and whether severity 1 is answered in time."""
    answer = walk.answers
    target = walk.document.fixed(ResponseTarget, "1")
    place, reason = cover_place(walk, answer), cover_gap(walk, answer)
    if target.ack_minutes is None:
        place = Place(target.id, "ack_minutes", "exceptions")
        reason = msg("Nobody has said how fast severity 1 is answered.")
    return Step(
        key="first_human",
        title=msg("First person there"),
        detail=presence_detail(walk, answer),
        place=place,
        who=answer.holder.name,
        route=answer.holder.route,
        at=walk.local(answer.there),
        gap_reason=reason,
    )


def stop(walk: Walk) -> Step:
    """Who stops new work and holds what is in flight, where, and by when (104)."""
    answer = walk.stops
    control = control_of(walk)
    place, reason = _stop_gap(walk, control)
    return Step(
        key="stop",
        title=msg("Stop new work, hold what is in flight"),
        detail=_stop_detail(control),
        place=place,
        who=answer.holder.name,
        route=answer.holder.route,
        at=walk.local(answer.by) if control is not None else None,
        gap_reason=reason,
    )


def control_of(walk: Walk) -> StopControl | None:
    """The stop button that whoever is on duty may press, if there is one that holds work in flight as well; else one
    that says where it is; else any."""
    controls = walk.document.table(StopControl.spec.kind)
    return _control_for(controls, staff_of(walk.document), walk.stops.holder.id)


# Every drill asks for the one that somebody on duty may press, and more than once.
@lru_cache(maxsize=16)
def _control_for(table: Table, staff: Staff, on_duty: str) -> StopControl | None:
    controls = [each for each in table.ordered if isinstance(each, StopControl)]
    fitting = [c for c in controls if c.where and _may_press(staff, on_duty, c)] or [c for c in controls if c.where]
    whole = [c for c in fitting if c.stops_new_work and c.quarantines]
    return next(iter([*whole, *fitting, *controls]), None)


def _may_press(staff: Staff, on_duty: str, control: StopControl) -> bool:
    """Whether everybody who may be on duty may press it: with a rota that is each of its members."""
    allowed = frozenset().union(*map(staff.behind, control.who))
    return bool(allowed) and staff.behind(on_duty) <= allowed


def _stop_gap(walk: Walk, control: StopControl | None) -> tuple[Place, Message | None]:
    if control is None:
        return Place("", StopControl.spec.kind, "stop"), msg("There is no stop button.")
    if not control.where:
        return Place(control.id, "where", "stop"), msg("Nobody has said where the stop button is.")
    if not control.who:
        if walk.stops.holder.name:
            there = msg("{name} is there, but nobody is named who may press stop.", name=walk.stops.holder.name)
            return Place(control.id, "who", "stop"), there
        return Place(control.id, "who", "stop"), msg("Nobody is named who may press stop.")
    uncovered = cover_gap(walk, walk.stops)
    if uncovered is not None:
        return cover_place(walk, walk.stops), uncovered
    if not _may_press(staff_of(walk.document), walk.stops.holder.id, control):
        return Place(control.id, "who", "stop"), msg(
            "{name} is there and may not stop it.", name=walk.stops.holder.name
        )
    return _runs_past_the_stop(walk, control)


def _runs_past_the_stop(walk: Walk, control: StopControl) -> tuple[Place, Message | None]:
    """What goes on after the stop is pressed, where anything executes (104). Two buttons together make one stop."""
    staff, on_duty = staff_of(walk.document), walk.stops.holder.id
    controls = walk.document.rows(StopControl)
    pressed = [each for each in controls if each.where and _may_press(staff, on_duty, each)]
    if walk.executes and not any(each.stops_new_work for each in pressed):
        return Place(control.id, "stops_new_work", "stop"), msg("The stop does not end new work.")
    if walk.executes and not any(each.quarantines for each in pressed):
        return Place(control.id, "quarantines", "stop"), msg("Work in flight runs on after the stop.")
    return Place(control.id, "where", "stop"), None


def _stop_detail(control: StopControl | None) -> Message:
    if control is None or not control.where:
        return msg("No stop button is named.")
    if control.stops_new_work and control.quarantines:
        return msg("{where}: stops new work and quarantines work in flight.", where=control.where)
    if control.stops_new_work:
        return msg("{where}: stops new work; work in flight runs on.", where=control.where)
    return msg("{where}", where=control.where)


def runs_on(walk: Walk) -> Step:
    """What the agent does until it is stopped (150): the sentence "nobody, and it runs on" is the gap, and so is an
    action on the loop that nobody is there to interrupt."""
    general = walk.document.only(ExceptionPath)
    running, loose = walk.reach.running, walk.reach.loose
    watcher = walk.ground.watcher(walk.noticed)
    alone = walk.stops.slips and not watcher.id
    unwatched = [action for action in loose if action.current == ON and not watcher.id]
    place, reason = Place(general.id, "off_hours", "exceptions"), None
    if not walk.executes:
        detail = msg("Nothing executes; people act.")
    elif not walk.reach.touched:
        detail = msg("No action that acts is touched by this failure.")
    elif not running:
        detail = msg("Waits for an approval: {actions}.", actions=called(walk.reach.touched))
    elif alone and loose:
        place = Place(loose[0].id, "off_hours", "oversight")
        reason = msg("Nobody, and it runs on: {what}.", what=_runs(walk, loose))
        detail = _runs(walk, loose)
    elif unwatched:
        place = Place(unwatched[0].id, "off_hours", "oversight")
        reason = msg("Nobody can interrupt, and it runs on: {what}.", what=_runs(walk, unwatched))
        detail = _runs(walk, unwatched)
    elif walk.stops.slips and watcher.id:
        detail = msg("{name} watches and can interrupt: {actions}.", name=watcher.name, actions=called(running))
    elif alone:
        detail = msg("The off-hours policy holds {actions} until somebody is there.", actions=called(running))
    else:
        detail = msg("Until it is stopped: {what}.", what=_runs(walk, running))
    return Step(
        key="runs_on",
        title=msg("What runs on meanwhile"),
        detail=detail,
        place=place,
        who=watcher.name if running else "",
        gap_reason=reason,
    )


def _runs(walk: Walk, actions: Sequence[Action]) -> Message:
    """How often these actions run from the failure until the stop."""
    until = walk.stops.by
    if until is None:
        return msg("{actions}, and nothing ends it", actions=called(actions))
    minutes = (until - walk.moment) // MINUTE
    rates = [action.runs_per_week for action in actions]
    if any(rate is None for rate in rates):
        return msg(
            "{actions}; in {length}, and nobody has said how often", actions=called(actions), length=duration(minutes)
        )
    times = sum(-(-(rate or 0) * minutes // WEEK) for rate in rates)
    return msg(
        "{actions}; runs in {length}: about {times}", actions=called(actions), times=times, length=duration(minutes)
    )


def guardrail(walk: Walk) -> Step:
    """What ends a retry storm without a person: a cap, a ceiling, and somebody who set them (113)."""
    guardrail = walk.document.only(SpendGuardrail)
    owner = walk.ground.named(guardrail.owner)
    missing = {
        "retry_cap": (guardrail.retry_cap is None, msg("Nothing caps the retries.")),
        "ceiling": (guardrail.ceiling is None, msg("There is no spend ceiling.")),
        "owner": (not owner.id, msg("The spend guardrail has no owner.")),
    }
    found = next(((name, reason) for name, (lacking, reason) in missing.items() if lacking), None)
    return Step(
        key="guardrail",
        title=msg("What ends the retries"),
        detail=msg("Retries at most: {cap}", cap=joined(str(guardrail.retry_cap), guardrail.what_happens))
        if guardrail.retry_cap is not None
        else msg("Retries have no cap."),
        place=Place(guardrail.id, found[0] if found else "retry_cap", "stop"),
        who=owner.name,
        route=owner.route,
        gap_reason=found[1] if found else None,
    )
