"""The 3 a.m. card: one page that stands alone, for somebody who knows nothing but that something is wrong.

It promises no more than the coverage windows hold: each step says who is there, when, and what happens otherwise
(domain.md 1.8, 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.exceptions import CoverageWindow, Queue, ResponseTarget
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Person
from app.model.stop import CompensatingTransaction, IncidentPlan, StopControl
from app.policy.drill_reach import acting_in
from app.policy.holders import holder
from app.policy.oversight import level, oversight_of
from app.policy.targets import is_default
from app.report.details import missing, table
from app.report.display import minutes_words
from app.report.hours import around_the_clock, exceptions_within, hours_words, off_hours_words, windows_of
from app.report.material import Material
from app.report.model import Cell, Facts, NumberedSteps, Paragraph, Section, Step, Table, Tone, Who

MOST_UNDONE = 6
"""Actions whose undoing the card spells out, the severest first; the others are named."""


def card(material: Material) -> Section:
    """The 3 a.m. card."""
    steps = (
        _stop(material),
        _say_so(material),
        _roll_back(material),
        _undo(material),
        _clear(material),
        _look_back(material),
    )
    agent = material.agent
    zone = agent.time_zone or "UTC"
    title = words(msg("3 a.m. card: {agent}", agent=agent.name)) if agent.name else words("The 3 a.m. card")
    return Section(
        "card",
        title,
        words(msg("Print this page and pin it where the pager is. Times: {zone}.", zone=zone)),
        (_first(material), NumberedSteps(steps), *_uncovered(material), _directory(material)),
        alone=True,
        sheet="Stop & recover",
    )


def _first(material: Material) -> Facts:
    plan = material.document.only(IncidentPlan)
    unsaid = Cell(words("not said"), Tone.BAD)
    items = (
        (words("It is wrong when"), Cell(plan.alarm) if plan.alarm else unsaid),
        (words("Runbook"), Cell(plan.runbook) if plan.runbook else unsaid),
    )
    return Facts(items)


# --- the six steps -----------------------------------------------------------------------------------------


def _stop(material: Material) -> Step:
    found = material.document.rows(StopControl)
    if not found:
        return Step(words("Stop it"), words("Nobody has said where the stop button is."), ())
    control = found[0]
    in_flight = control.in_flight or (words("Work in flight is held.") if control.quarantines else "")
    new_work = words("New work stops.") if control.stops_new_work else ""
    how = _lines(_sentences(control.where, control.how, new_work, in_flight), _answered(material, "stop"))
    return Step(words("Stop it"), how, tuple(_who(material, row_id, "stop") for row_id in control.who))


def _say_so(material: Material) -> Step:
    plan = material.document.only(IncidentPlan)
    accountable = _held(material, "APO", words("accountable"))
    page = words("Page the accountable person.") if accountable and not plan.say_so else ""
    how = _lines(_sentences(page, plan.say_so), _sentences(plan.notice))
    who = tuple(dict.fromkeys((*_held(material, "ARE"), *accountable)))
    return Step(words("Say so"), how or words("Nobody has said whom to tell."), who)


def _roll_back(material: Material) -> Step:
    found = material.document.rows(StopControl)
    how = _sentences(found[0].rollback_target, found[0].rollback_how) if found else ""
    who = _held(material, "ARE")
    return Step(words("Roll back"), how or words("Nobody has said what to roll back to."), who)


def _undo(material: Material) -> Step:
    """The actions that take effect and change something; what is barred or only tried has nothing to undo."""
    found = _to_undo(material)
    lines = [line for action in found[:MOST_UNDONE] for line in _undone(material, action)]
    if found[MOST_UNDONE:]:
        others = ", ".join(action.name for action in found[MOST_UNDONE:])
        lines.append(words(msg("See “Stop & recover” and “Each action in full” for: {actions}.", actions=others)))
    undoers = _undoers(material, found)
    if undoers:
        lines.append(words("For undoing, no hours are promised beyond those given below."))
    who = tuple(_who(material, row_id) for row_id in undoers) or _held(material, "ARE")
    if not found:
        return Step(words("Undo what it did"), words("No action that changes anything takes effect yet."), who)
    return Step(words("Undo what it did"), "\n".join(lines), who)


def _to_undo(material: Material) -> list[Action]:
    """The actions that take effect and change something, the severest first."""
    document = material.document
    found = (action for action in acting_in(document).executing if level(action.reversibility) >= 1)
    return sorted(found, key=lambda action: -oversight_of(document, action).severity)


def _undoers(material: Material, actions: Sequence[Action]) -> list[str]:
    """Who makes good what these actions did."""
    ids = {action.id for action in actions}
    rows = material.document.rows(CompensatingTransaction)
    return list(dict.fromkeys(row.owner for row in rows if row.owner and row.action in ids))


def _undone(material: Material, action: Action) -> Iterable[str]:
    rows = [row for row in material.document.rows(CompensatingTransaction) if row.action == action.id and row.steps]
    for row in rows:
        by = material.name(row.owner)
        yield f"{action.name}: {row.steps} ({by})" if by else f"{action.name}: {row.steps}"
    if not rows:
        yield f"{action.name}: {action.undo or words('nobody has said how it is undone.')}"


def _clear(material: Material) -> Step:
    queues = [
        words(msg("Queue “{name}”", name=queue.name)) + (f": {queue.where}" if queue.where else "")
        for queue in material.document.rows(Queue)
    ]
    where = _sentences(*queues) if queues else words("Nobody has said which queue it is.")
    held = _held(material, "EO")
    covering = tuple(_who(material, row.holder) for row in windows_of(material, "exception") if row.holder)
    return Step(
        words("Clear what is held"),
        _lines(where, _answered(material, "exception")),
        tuple(dict.fromkeys((*held, *covering))),
    )


def _look_back(material: Material) -> Step:
    plan = material.document.only(IncidentPlan)
    how = words("Incident review.")
    if plan.review_within:
        how = words(msg("Incident review within {days} working days.", days=plan.review_within))
    led_by = (_who(material, plan.review_led_by),) if plan.review_led_by else ()
    return Step(words("Look back"), how, led_by or _held(material, "APO"))


def _answered(material: Material, duty: str) -> str:
    """When somebody is there for a duty and how fast they answer then, and what happens otherwise."""
    windows = windows_of(material, duty)
    if not windows:
        return words(msg("Nobody is on at any hour. {otherwise}", otherwise=off_hours_words(material)))
    promise = _promise(material, duty)
    if around_the_clock(material, duty):
        return words(msg("Somebody is on at any hour: {promise}.", promise=promise)) if promise else ""
    hours = hours_words(material, windows)
    there = words(msg("{hours}: {promise}.", hours=hours, promise=promise)) if promise else f"{hours}."
    return _lines(there, words(msg("Outside these hours nobody. {otherwise}", otherwise=off_hours_words(material))))


def _promise(material: Material, duty: str) -> str:
    """How fast a duty is taken up: for exceptions what the classes say, for which the severities stand in.

    A target that is still the default is none that the room has given, and says so.
    """
    document = material.document
    by_class = exceptions_within(material)
    if duty == "exception" and by_class:
        return words(msg("answered within {time}", time=by_class))
    return ", ".join(
        said
        for severity in (("1", "2") if duty == "exception" else ("1",))
        for said in _target(document.fixed(ResponseTarget, severity), stopped=duty == "stop")
    )


def _target(target: ResponseTarget, *, stopped: bool) -> Iterable[str]:
    said = []
    if target.ack_minutes:
        within = minutes_words(target.ack_minutes)
        said.append(words(msg("severity {severity} answered within {time}", severity=target.severity, time=within)))
    if stopped and target.act_minutes:
        said.append(words(msg("stopped {time} later", time=minutes_words(target.act_minutes))))
    if said and is_default(target):
        said[-1] = words(msg("{promise} (a default that nobody has changed)", promise=said[-1]))
    return said


# --- who and when ------------------------------------------------------------------------------------------


def _held(material: Material, code: str, part: str = "", duty: str = "") -> tuple[Who, ...]:
    found = holder(material.document, code)
    row_id = found.rota or found.person
    if row_id:
        return (_who(material, row_id, duty, part),)
    return (Who(found.stand_in or found.name, ()),) if found.stand_in or found.name else ()


def _who(material: Material, row_id: str | None, duty: str = "", part: str = "") -> Who:
    """Somebody with their part, the route by which they are reached, and the hours that they hold of a duty."""
    row = material.document.get(Rota, row_id) or material.document.get(Person, row_id)
    if row is None:
        return Who(material.name(row_id), ())
    hours = hours_words(material, [each for each in windows_of(material, duty) if each.holder == row.id])
    if hours and around_the_clock(material, duty):
        hours = ""
    elif duty and not hours:
        hours = words("no hours promised")
    route = row.paging_route or row.contact or words("no route said")
    return Who(row.called(), (" · ".join(filter(None, (part, route, hours))),))


def _uncovered(material: Material) -> tuple[Paragraph, ...]:
    """The duties that nobody is on for, in a sentence."""
    duties = [words(duty.label) for duty in v.DUTIES if not windows_of(material, str(duty.value))]
    said = words(msg("At no hour is anybody on for: {duties}.", duties=", ".join(duties)))
    return (Paragraph(said, Tone.BAD),) if duties else ()


def _directory(material: Material) -> Table:
    """Everybody whom the card may send for, deputies too, with their hours; the members of a rota under its name."""
    document = material.document
    rows = []
    for row_id in _reachable(material):
        rota = document.get(Rota, row_id)
        row = rota or document.get(Person, row_id)
        if row is None:
            continue
        members = [document.get(Person, member) for member in rota.members] if rota else []
        in_turn = "\n".join(f"{member.name}: {_route(member)}" for member in members if member is not None)
        note = words(msg("In turn:\n{members}", members=in_turn)) if in_turn else ""
        route = replace(missing(_route(row), "no route said"), note=note)
        deputies = material.names(_deputies(material, row_id))
        rows.append((Cell(row.name, Tone.STRONG), route, _hours(material, row_id), deputies))
    columns = (("Name", 3), ("Reached by", 6), ("On for, and when", 5), ("Deputy", 2))
    return table("card_directory", columns, rows, empty="Nobody is named yet.")


def _route(row: Person | Rota) -> str:
    return " · ".join(filter(None, (row.paging_route, row.contact)))


def _hours(material: Material, row_id: str) -> str:
    """What somebody is on for, and when; duties with the same hours in one line."""
    duties: dict[str, list[str]] = {}
    for duty in v.DUTIES:
        held = [window for window in windows_of(material, str(duty.value)) if window.holder == row_id]
        if held:
            duties.setdefault(hours_words(material, held), []).append(words(duty.label))
    return "\n".join(f"{', '.join(labels)}: {hours}" for hours, labels in duties.items())


def _reachable(material: Material) -> list[str]:
    document = material.document
    plan = document.only(IncidentPlan)
    found: list[str | None] = [row_id for row in document.rows(StopControl) for row_id in row.who]
    for code in ("ARE", "APO", "EO"):
        held = holder(document, code)
        found.append(held.rota or held.person)
    found += _undoers(material, _to_undo(material))
    found += [row.holder for row in document.rows(CoverageWindow)]
    found.append(plan.review_led_by)
    found += [deputy for row_id in found if row_id for deputy in _deputies(material, row_id)]
    in_turn = {member for rota in document.rows(Rota) if rota.id in found for member in rota.members}
    return [row_id for row_id in dict.fromkeys(found) if row_id and row_id not in in_turn]


def _deputies(material: Material, row_id: str) -> tuple[str, ...]:
    """Who stands in for somebody in any owner type or role that they hold."""
    document = material.document
    held = [
        *(row.deputy for row in document.rows(OwnerAssignment) if row.person == row_id),
        *(row.deputy for row in document.rows(RoleAssignment) if row_id in (row.person, row.rota)),
    ]
    return tuple(dict.fromkeys(deputy for deputy in held if deputy and deputy != row_id))


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _sentences(*parts: str) -> str:
    """Parts as sentences, each with a full stop."""
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts if part)
