"""Step 6, Exceptions: what goes wrong, where it lands, who clears it and when (domain.md 1.7, 4)."""

from __future__ import annotations

from app.model import vocabulary as v
from app.model.fields import (
    Wording,
    choice,
    choices,
    day,
    day_list,
    prose,
    reference,
    text,
    time_of_day,
    whole_number,
    zone_name,
)
from app.model.row import Row, row


@row(
    "exception_path",
    "Exception path",
    "Exception paths",
    "exceptions",
    singleton=True,
    title="escalation_rules",
)
class ExceptionPath(Row):
    """What holds for every exception: the owner's kit (94), escalation rules (135), off-hours policy."""

    escalation_rules: str = prose(
        "Escalation rules", hint="When a case leaves the agent, and to whom", wording=Wording.DESTINATION
    )
    sight: str = text("Sight of the queue", hint="Where the exception owner sees it", wording=Wording.DESTINATION)
    response_expectation: str = text(
        "Response expectation", hint="What the room expects, in words", wording=Wording.DESTINATION
    )
    reviewer_authority: str = text("Authority to resolve or reroute", limit=500, wording=Wording.TEXT)
    playbook: str = text("Playbook", hint="Where it is kept")
    learning_loop: str = prose(
        "Way back into the workflow", hint="How what is learnt changes the agent", wording=Wording.DESTINATION
    )
    fallback: str = prose("Fallback flow", hint="What happens while the agent is off", wording=Wording.DESTINATION)
    off_hours: str = choice("While nobody covers", v.OFF_HOURS_POLICIES, hint="Unless an action says otherwise")
    off_hours_note: str = text("Off-hours policy in words", limit=500, wording=Wording.DESTINATION)


@row("queue", "Queue", "Queues", "exceptions")
class Queue(Row):
    """Where exceptions land."""

    name: str = text("Queue", wording=Wording.DESTINATION)
    where: str = text("Where", hint="Tool and view", wording=Wording.DESTINATION)
    owner: str | None = reference("Owner", "person")
    max_age: int | None = whole_number("Longest wait, minutes", maximum=100_000)
    route_on: str | None = reference("Then goes to", "person", "rota", "queue")


@row(
    "exception_class",
    "Exception class",
    "Exception classes",
    "exceptions",
)
class ExceptionClass(Row):
    """A kind of exception with the five definitions (93)."""

    name: str = text("Exception class", suggestions=v.EXCEPTION_CLASSES)
    severity: int | None = whole_number("Severity", choices=v.SEVERITIES)
    queue: str | None = reference("Lands in", "queue")
    reviewer: str | None = reference("Reviewed by", "person", "rota")
    within: int | None = whole_number("Looked at within, minutes", maximum=100_000)
    allowed_actions: str = text("Reviewer may", limit=500, wording=Wording.TEXT)
    goes_further_when: str = text("Goes further when", limit=500, wording=Wording.DESTINATION)
    goes_further_to: str | None = reference("Goes further to", "person", "rota", "queue")
    playbook: str = text("Playbook")


@row(
    "severity_rule",
    "Severity rule",
    "Severity rules",
    "exceptions",
    title="severity",
    fixed_by="severity",
    entries=tuple({"severity": entry.value, "meaning": entry.hint} for entry in v.SEVERITY_KEYS),
)
class SeverityRule(Row):
    """What each severity means here."""

    severity: str = choice("Severity", v.SEVERITY_KEYS)
    meaning: str = text("Meaning", limit=500, wording=Wording.TEXT)


@row(
    "response_target",
    "Response target",
    "Response targets",
    "exceptions",
    title="severity",
    fixed_by="severity",
    entries=(
        {"severity": "1", "ack_minutes": 15, "act_minutes": 5, "clock": "elapsed"},
        {"severity": "2", "ack_minutes": 60, "act_minutes": None, "clock": "elapsed"},
        {"severity": "3", "ack_minutes": 240, "act_minutes": None, "clock": "covered"},
        {"severity": "4", "ack_minutes": 960, "act_minutes": None, "clock": "covered"},
    ),
)
class ResponseTarget(Row):
    """How fast somebody answers, and acts, by severity (domain.md 4; proposed defaults, two covered days = 16 h)."""

    severity: str = choice("Severity", v.SEVERITY_KEYS)
    ack_minutes: int | None = whole_number("Answer within, minutes", maximum=100_000)
    act_minutes: int | None = whole_number("Then stop within, minutes", maximum=100_000)
    clock: str = choice("Clock", v.CLOCKS)


@row("coverage_window", "Coverage window", "Coverage windows", "exceptions", title="duty")
class CoverageWindow(Row):
    """When somebody is there for a duty: wall clock in a zone, half-open; an end at or before the start is next day."""

    duty: str = choice("Duty", v.DUTIES)
    holder: str | None = reference("Who", "person", "rota")
    zone: str = zone_name("Time zone")
    weekdays: tuple[str, ...] = choices("Days", v.WEEKDAYS)
    start: str = time_of_day("From")
    end: str = time_of_day("To")
    valid_from: str = day("Valid from")
    valid_to: str = day("Valid to", ahead=True)
    closures: tuple[str, ...] = day_list("Closed on", hint="Dates such as 2026-12-25")
