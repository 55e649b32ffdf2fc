"""Stop, say so, roll back, undo, clear, look back: the 3 a.m. card, and everything behind it (domain.md 1.8)."""

from __future__ import annotations

from collections.abc import Iterable

from app.messages import msg, words
from app.model.exceptions import Queue, ResponseTarget
from app.model.oversight import Action
from app.model.owners import Rota
from app.model.room import Person
from app.model.stop import CompensatingTransaction, DrillRun, IncidentPlan, SpendGuardrail, StopControl
from app.policy.coverage import nominal
from app.policy.holders import Holder, holder
from app.report.details import facts, listing
from app.report.display import minutes_words
from app.report.material import Material
from app.report.model import NumberedSteps, Section
from app.report.sections.exceptions import heat_map

MOST_UNDONE = 6
"""Actions whose undoing the card spells out; the rest is in the section behind it."""


def card(material: Material) -> Section:
    """The 3 a.m. card: a page that stands alone."""
    steps = (
        _stop(material),
        _say_so(material),
        _roll_back(material),
        _undo(material),
        _clear(material),
        _look_back(material),
    )
    first_response = nominal(material.document, "first_response")
    return Section(
        "card",
        words("The 3 a.m. card"),
        words("Print this page and pin it where the pager is."),
        (NumberedSteps(steps), heat_map(material, first_response, words("Who answers, hour by hour"))),
        alone=True,
        sheet="Stop & recover",
    )


def section(material: Material) -> Section:
    """Stop and recover in full."""
    return Section(
        "stop",
        words("Stop & recover"),
        words("The stop button, the way back, the undo for each action, and what keeps it from spending without end."),
        (
            listing(material, StopControl, "There is no stop button yet."),
            listing(
                material,
                CompensatingTransaction,
                "No compensating transaction is named yet.",
                first=("action", "steps"),
            ),
            facts(material, material.document.only(IncidentPlan), words("Incident plan")),
            facts(material, material.document.only(SpendGuardrail), words("Spend guardrail")),
            listing(material, DrillRun, "No drill has been walked yet.", caption=words("Drills that were walked")),
        ),
        sheet="Stop & recover",
    )


# --- the six steps -----------------------------------------------------------------------------------------

Step = tuple[str, str, str]


def _stop(material: Material) -> Step:
    found = material.document.rows(StopControl)
    if not found:
        return words("Stop it"), words("Nobody has said where the stop button is."), words("nobody yet")
    control = found[0]
    does = [
        words("New work stops.") if control.stops_new_work else "",
        words("Work in flight is held.") if control.quarantines else "",
    ]
    how = _sentences(control.where, control.how, *does, control.in_flight)
    target = material.document.fixed(ResponseTarget, "1")
    within = _within((target.ack_minutes or 0) + (target.act_minutes or 0))
    return words("Stop it"), how, _who(_reach(material, control.who), within)


def _say_so(material: Material) -> Step:
    plan = material.document.only(IncidentPlan)
    accountable = holder(material.document, "APO")
    reached = _reach_of(material, accountable)
    page = words(msg("Page {name}, who is accountable.", name=reached)) if reached else ""
    how = _sentences(page, plan.say_so, plan.notice) or words("Nobody has said whom to tell.")
    return words("Say so"), how, _who(_reach_of(material, holder(material.document, "ARE")), words("at once"))


def _roll_back(material: Material) -> Step:
    found = material.document.rows(StopControl)
    how = _sentences(found[0].rollback_target, found[0].rollback_how) if found else ""
    who = _reach_of(material, holder(material.document, "ARE"))
    return words("Roll back"), how or words("Nobody has said what to roll back to."), _who(who)


def _undo(material: Material) -> Step:
    lines = []
    document = material.document
    told = set()
    for transaction in document.rows(CompensatingTransaction):
        if transaction.steps:
            told.add(transaction.action)
            by = f" ({material.name(transaction.owner)})" if transaction.owner else ""
            lines.append(f"{material.name(transaction.action)}: {transaction.steps}{by}")
    for action in document.rows(Action):
        if action.undo and action.reversibility != 0 and action.id not in told:
            lines.append(f"{action.name}: {action.undo}")
    if len(lines) > MOST_UNDONE:
        over = len(lines) - MOST_UNDONE
        lines[MOST_UNDONE:] = [words(msg("and {count} more under Stop & recover and Actions.", count=over))]
    owners = dict.fromkeys(row.owner for row in document.rows(CompensatingTransaction) if row.owner)
    how = "\n".join(lines) or words("Nobody has said how anything is undone.")
    return words("Undo what it did"), how, _who(_reach(material, owners))


def _clear(material: Material) -> Step:
    targets = []
    for severity in ("1", "2"):
        ack = material.document.fixed(ResponseTarget, severity).ack_minutes
        if ack:
            within = minutes_words(ack)
            targets.append(words(msg("Severity {severity}: answered within {time}", severity=severity, time=within)))
    queues = [
        words(msg("Queue “{name}”", name=queue.name)) + (f", {queue.where}" if queue.where else "")
        for queue in material.document.rows(Queue)
    ]
    how = _sentences(*queues, *targets) if queues else words("Nobody has said which queue it is.")
    return words("Clear what is held"), how, _who(_reach_of(material, holder(material.document, "EO")))


def _look_back(material: Material) -> Step:
    plan = material.document.only(IncidentPlan)
    how = words("Incident review.")
    if plan.review_within:
        how = words(msg("Incident review within {days} working days.", days=plan.review_within))
    led_by = _reach(material, (plan.review_led_by,)) if plan.review_led_by else ""
    who = led_by or _reach_of(material, holder(material.document, "APO"))
    return words("Look back"), _sentences(how, plan.runbook), _who(who)


def _who(people: str, when: str = "") -> str:
    return " · ".join(filter(None, (people or words("nobody yet"), when)))


def _reach_of(material: Material, found: Holder) -> str:
    return _reach(material, filter(None, (found.rota or found.person,))) or found.name


def _reach(material: Material, ids: Iterable[str]) -> str:
    """Names, each with the route by which it is reached."""
    reached = []
    for row_id in ids:
        row = material.document.get(Rota, row_id) or material.document.get(Person, row_id)
        if row is not None:
            route = row.paging_route or row.contact
            reached.append(f"{row.name} ({route})" if route else row.name)
    return ", ".join(reached)


def _within(minutes: int) -> str:
    return words(msg("within {time}", time=minutes_words(minutes))) if minutes else ""


def _sentences(*parts: str) -> str:
    """Parts as sentences, each with a full stop."""
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts if part)
