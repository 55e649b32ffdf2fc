"""The steps of a drill, each read off the map: a name and a time, or a gap and the place where it is closed.

They stand here in the order of the 3 a.m. card: stop, say so, roll back, undo, clear, look back (product.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.messages import Message, msg
from app.model.document import Document
from app.model.exceptions import ExceptionClass, ExceptionPath, Queue, ResponseTarget
from app.model.oversight import Action
from app.model.room import Person
from app.model.stop import CompensatingTransaction, IncidentPlan, SpendGuardrail, StopControl
from app.policy.coverage import WEEK, duration, people_behind
from app.policy.drill_cover import Place, cover_detail, cover_gap, cover_place, presence_detail
from app.policy.drill_undo import Undoer, too_late, undo_time, undoers, undone_from
from app.policy.drill_walk import MINUTE, Named, Walk, named
from app.policy.holders import holder

QUEUE_SEVERITY = {"malformed": "2", "message": "2", "retry": "3", "silent": "3"}
"""Whose response target the exception queue has where no exception class says how fast (proposed)."""

END_OF_WORKING_DAY = time(17)
"""An incident review that is due on a working day is due by then."""

NAMED_AT_MOST = 3
"""So many names stand in a sentence; the rest is counted."""

SEPARATOR = " · "
"""Between texts that people wrote, which may be whole sentences."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a drill. `at` is when it is done at the latest, in the agent's zone: for the first person and for
    undoing when they are there; None where nobody can say, and for what stands all the while. `who` and `route` are a
    name and how to reach it, "" where the step needs none. `gap_reason` says why there is no answer."""

    key: str
    title: Message
    detail: Message
    place: Place
    who: str = ""
    route: str = ""
    at: datetime | None = None
    gap_reason: Message | None = None

    @property
    def gap(self) -> bool:
        """True where the map has no answer."""
        return self.gap_reason is not None


def steps_of(walk: Walk) -> tuple[Step, ...]:
    """The steps of a drill in order; a retry storm also asks what ends the retries."""
    return (
        _noticed_quietly(walk) if walk.scenario == "silent" else _noticed(walk),
        _paged(walk),
        _first_human(walk),
        _stop(walk),
        _runs_on(walk),
        *([_guardrail(walk)] if walk.scenario == "retry" else []),
        _say_so(walk),
        _roll_back(walk),
        _undo(walk),
        _clear(walk),
        _accountable(walk),
        _review(walk),
    )


# --- noticed, paged, there, stopped ------------------------------------------------------------------------

_FAILURES = {
    "malformed": msg("The agent writes malformed records"),
    "message": msg("The agent sends a wrong message"),
    "retry": msg("The agent retries without end"),
    "silent": msg("The agent gives wrong answers, quietly"),
}


def _noticed(walk: Walk) -> Step:
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


def _noticed_quietly(walk: Walk) -> Step:
    """A quiet failure is noticed only as each action says (153)."""
    title = _FAILURES[walk.scenario]
    quiet, unseen = walk.reach.quiet, walk.reach.unseen
    if not quiet:
        nothing = msg("Nothing executes; the person who acts sees each proposal.")
        return Step("noticed", title, nothing, Place("", "", "oversight"), at=walk.local(walk.noticed))
    slowest = max(quiet, key=lambda action: action.noticed_within or 0)
    subject = unseen[0] if unseen else slowest
    reason = msg("Nothing would show it, or nobody has said when: {actions}.", actions=_called(unseen))
    return Step(
        key="noticed",
        title=title,
        detail=msg("Noticed by: {how}", how=slowest.noticed_how) if slowest.noticed_how else msg("Nothing is named."),
        place=Place(subject.id, "noticed_within" if subject.noticed_how else "noticed_how", "oversight"),
        at=walk.local(walk.noticed) if not unseen else None,
        gap_reason=reason if unseen else None,
    )


def _paged(walk: Walk) -> Step:
    document, responder = walk.document, walk.responder
    place, reason = _role_place(document, "ARE"), None
    if not responder.id:
        reason = msg("No first responder is named: nobody is paged.")
    elif not people_behind(document, responder.id):
        place, reason = Place(responder.id, "members", "roles"), msg("{rota} has no members.", rota=responder.name)
    elif not responder.route:
        step = "room" if document.get(Person, responder.id) else "roles"
        place = Place(responder.id, "paging_route", step)
        reason = msg("Nobody has said how {name} is reached.", name=responder.name)
    return Step(
        key="paged",
        title=msg("Page the Agent Reliability Engineer"),
        detail=msg("Answers within {target}.", target=duration(walk.answers.target)),
        place=place,
        who=responder.name,
        route=responder.route,
        at=walk.local(walk.noticed),
        gap_reason=reason,
    )


def _first_human(walk: Walk) -> Step:
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


def _stop(walk: Walk) -> Step:
    answer = walk.stops
    control = _control(walk)
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


def _control(walk: Walk) -> StopControl | None:
    """The stop button that whoever is on duty may press; else one that says where it is; else any."""
    controls = walk.document.rows(StopControl)
    fitting = [c for c in controls if c.where and _may_press(walk, c)] or [c for c in controls if c.where]
    return next(iter([*fitting, *controls]), None)


def _may_press(walk: Walk, control: StopControl) -> bool:
    """Whether everybody who may be on duty may press it: with a rota that is each of its members."""
    allowed = {person for holder in control.who for person in people_behind(walk.document, holder)}
    return bool(allowed) and people_behind(walk.document, walk.stops.holder.id) <= allowed


def _stop_gap(walk: Walk, control: StopControl | None) -> tuple[Place, Message | None]:
    if control is None:
        return Place("", "", "stop"), msg("There is no stop button.")
    if not control.where:
        return Place(control.id, "where", "stop"), msg("Nobody has said where the stop button is.")
    if not control.who:
        return Place(control.id, "who", "stop"), msg("Nobody is named who may press stop.")
    uncovered = cover_gap(walk, walk.stops)
    if uncovered is not None:
        return cover_place(walk, walk.stops), uncovered
    if not _may_press(walk, control):
        return Place(control.id, "who", "stop"), msg(
            "{name} is there and may not stop it.", name=walk.stops.holder.name
        )
    return Place(control.id, "where", "stop"), None


def _stop_detail(control: StopControl | None) -> Message:
    if control is None or not control.where:
        return msg("No stop button is named.")
    if control.stops_new_work and control.quarantines:
        return msg("{where}: stops new work and quarantines work in flight.", where=control.where)
    if control.stops_new_work:
        return msg("{where}: stops new work; work in flight runs on.", where=control.where)
    return msg("{where}", where=control.where)


def _runs_on(walk: Walk) -> Step:
    """What the agent does until it is stopped (150): the sentence "nobody, and it runs on" is the gap."""
    general = walk.document.only(ExceptionPath)
    running, loose = walk.reach.running, walk.reach.loose
    watcher = walk.ground.watcher(walk.noticed)
    alone = walk.stops.slips and not watcher.id
    place, reason = Place(general.id, "off_hours", "exceptions"), None
    if not walk.executes:
        detail = msg("Nothing executes; people act.")
    elif not walk.reach.touched:
        detail = msg("No action that acts is touched by this failure.")
    elif not running:
        detail = msg("Waits for an approval: {actions}.", actions=_called(walk.reach.touched))
    elif alone and loose:
        place = Place(loose[0].id, "off_hours", "oversight")
        reason = msg("Nobody, and it runs on: {what}.", what=_runs(walk, loose))
        detail = _runs(walk, loose)
    elif walk.stops.slips and watcher.id:
        detail = msg("{name} watches and can interrupt: {actions}.", name=watcher.name, actions=_called(running))
    elif alone:
        detail = msg("The off-hours policy holds {actions} until somebody is there.", actions=_called(running))
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
        return msg("{actions}, and nothing ends it", actions=_called(actions))
    minutes = (until - walk.moment) // MINUTE
    rates = [action.runs_per_week for action in actions]
    if any(rate is None for rate in rates):
        return msg(
            "{actions}; in {length}, and nobody has said how often", actions=_called(actions), length=duration(minutes)
        )
    times = sum(-(-(rate or 0) * minutes // WEEK) for rate in rates)
    return msg(
        "{actions}; runs in {length}: about {times}", actions=_called(actions), times=times, length=duration(minutes)
    )


def _guardrail(walk: Walk) -> Step:
    """What ends a retry storm without a person: a cap, a ceiling, and somebody who set them (113)."""
    guardrail = walk.document.only(SpendGuardrail)
    owner = named(walk.document, guardrail.owner)
    missing = {
        "retry_cap": (guardrail.retry_cap is None, msg("Nothing caps the retries.")),
        "ceiling": (guardrail.ceiling is None, msg("There is no spend ceiling.")),
        "owner": (not owner.id, msg("The spend guardrail has no owner.")),
    }
    found = next(((name, reason) for name, (lacking, reason) in missing.items() if lacking), None)
    return Step(
        key="guardrail",
        title=msg("What ends the retries"),
        detail=msg("Retries at most: {cap}", cap=_joined(str(guardrail.retry_cap), guardrail.what_happens))
        if guardrail.retry_cap is not None
        else msg("Retries have no cap."),
        place=Place(guardrail.id, found[0] if found else "retry_cap", "stop"),
        who=owner.name,
        route=owner.route,
        gap_reason=found[1] if found else None,
    )


def _say_so(walk: Walk) -> Step:
    plan = walk.document.only(IncidentPlan)
    place, reason = Place(plan.id, "say_so", "stop"), None
    if not plan.say_so:
        reason = msg("Nobody has said whom to tell, and where.")
    elif not walk.responder.id:
        place, reason = _role_place(walk.document, "ARE"), msg("Nobody is named who says so.")
    told = _joined(plan.say_so, plan.notice if walk.scenario == "message" else "")
    return Step(
        key="say_so",
        title=msg("Say so"),
        detail=msg("{told}", told=told) if told else msg("Nothing is agreed."),
        place=place,
        who=walk.responder.name,
        route=walk.responder.route,
        at=walk.local(walk.stops.by),
        gap_reason=reason,
    )


def _roll_back(walk: Walk) -> Step:
    controls = walk.document.rows(StopControl)
    control = next((c for c in controls if c.rollback_target), None)
    place = Place(control.id if control else controls[0].id if controls else "", "rollback_target", "stop")
    reason = None
    if control is None:
        reason = msg("Nobody has said what to roll back to.")
        detail = msg("No rollback target is named.")
    else:
        detail = msg("To: {target}", target=_joined(control.rollback_target, control.rollback_how))
        if not walk.responder.id:
            place = _role_place(walk.document, "ARE")
            reason = msg("Nobody is named who rolls back.")
    return Step(
        key="roll_back",
        title=msg("Roll back"),
        detail=detail,
        place=place,
        who=walk.responder.name,
        route=walk.responder.route,
        at=walk.local(walk.stops.by),
        gap_reason=reason,
    )


def _undo(walk: Walk) -> Step:
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
    control = _control(walk)
    return control is not None and bool(control.where) and control.stops_new_work and control.quarantines


def _undo_gap(walk: Walk, found: Sequence[Undoer], *, held: bool) -> tuple[Place, Message | None]:
    missing = walk.reach.remedy.missing
    if missing:
        reason = msg("Nobody has said how it is undone, and by whom: {actions}.", actions=_called(missing))
        return _undo_place(walk, missing[0]), reason
    for each in found:
        if not each.who.id:
            return _role_place(walk.document, "ARE"), msg("Nobody is named who undoes it.")
    for each in found:
        late = None if held else too_late(walk, each)
        if each.there is None and walk.stops.by is not None:
            late = msg("No hours are given for {name}, who undoes it.", name=each.who.name)
        if late is not None:
            subject = each.promise.compensation
            return Place(subject, "owner", "stop") if subject else Place("", "", "exceptions"), late
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
    ways = _listed(walk.reach.remedy.ways, SEPARATOR)
    time_needed = undo_time(walk, found, held=held)
    return msg("{time} {ways}", time=time_needed, ways=ways) if time_needed else ways


def _clear(walk: Walk) -> Step:
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


def _accountable(walk: Walk) -> Step:
    accountable = _product_owner(walk.document)
    return Step(
        key="accountable",
        title=msg("Accountable meanwhile"),
        detail=msg("The Agent Product Owner answers for the outcome."),
        place=_role_place(walk.document, "APO"),
        who=accountable.name,
        route=accountable.route,
        gap_reason=None if accountable.id else msg("No Agent Product Owner and no workflow owner is named."),
    )


def _review(walk: Walk) -> Step:
    plan = walk.document.only(IncidentPlan)
    leader = named(walk.document, plan.review_led_by)
    if not leader.id:
        leader = _product_owner(walk.document)
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


# --- what several steps say --------------------------------------------------------------------------------


def _product_owner(document: Document) -> Named:
    """The Agent Product Owner, who is the workflow owner unless the workshop says otherwise (domain.md 0.1)."""
    return named(document, holder(document, "APO").person)


def _role_place(document: Document, code: str) -> Place:
    return Place(holder(document, code).row, "person", "roles")


def _listed(names: Sequence[str], between: str = ", ") -> Message:
    """The first names of a list, and how many more there are."""
    shown = between.join(names[:NAMED_AT_MOST])
    if len(names) <= NAMED_AT_MOST:
        return msg("{names}", names=shown)
    return msg("{names} and {count} more", names=shown, count=len(names) - NAMED_AT_MOST)


def _joined(*texts: str) -> str:
    return SEPARATOR.join(text for text in texts if text)


def _called(actions: Sequence[Action]) -> Message:
    return _listed([action.name for action in actions])
