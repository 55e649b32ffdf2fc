"""Step 8, Stop & recover: stop, say so, roll back, undo, clear, look back (domain.md 1.8)."""

from __future__ import annotations

from app.model import vocabulary as v
from app.model.fields import (
    OnRemove,
    Scope,
    Wording,
    choice,
    choices,
    day,
    flag,
    moment_field,
    money,
    prose,
    reference,
    references,
    text,
    whole_number,
)
from app.model.row import Row, row


@row("stop_control", "Stop button", "Stop buttons", "stop", title="where")
class StopControl(Row):
    """The stop button: where it is, who may press it, and what it does to work under way (103, 104)."""

    where: str = text("Where it is", wording=Wording.STOP)
    how: str = text("How to press it", limit=500, wording=Wording.STOP)
    who: tuple[str, ...] = references("Who may press it", "person", "rota")
    stops_new_work: bool = flag("Stops new work")
    quarantines: bool = flag("Quarantines work in flight")
    in_flight: str = text("What happens to work in flight", limit=500, wording=Wording.STOP)
    rollback_target: str = text("Roll back to", limit=500, wording=Wording.STOP)
    rollback_how: str = text("How to roll back", limit=500, wording=Wording.STOP)
    last_tested: str = day("Last tested", scope=Scope.RECORD)
    tested_by: str | None = reference("Tested by", "person", scope=Scope.RECORD)


@row(
    "compensating_transaction",
    "Compensating transaction",
    "Compensating transactions",
    "stop",
    title="steps",
)
class CompensatingTransaction(Row):
    """How what an action did is made good; counts only once named and tested (domain.md 0.4)."""

    action: str | None = reference("Action", "action", on_remove=OnRemove.REMOVE)
    steps: str = text("Steps", limit=1000, wording=Wording.STOP)
    owner: str | None = reference("Run by", "person", "rota")
    within: int | None = whole_number("Within, minutes", maximum=1_000_000)
    last_tested: str = day("Last tested", scope=Scope.RECORD)


@row("incident_plan", "Incident plan", "Incident plans", "stop", singleton=True, title="alarm")
class IncidentPlan(Row):
    """What the 3 a.m. card says beside the stop button."""

    alarm: str = text("Alarm", hint="What goes off first", wording=Wording.STOP)
    alarm_minutes: int | None = whole_number("Alarm after, minutes", maximum=100_000)
    triggers: tuple[str, ...] = choices("On-call triggers", v.ON_CALL_TRIGGERS)
    runbook: str = text("Runbook", hint="Where it is kept", wording=Wording.STOP)
    say_so: str = text("Say so", limit=500, hint="Whom to tell, in which channel", wording=Wording.STOP)
    notice: str = text("Customer or regulator notice", limit=500, wording=Wording.TEXT)
    review_within: int | None = whole_number("Incident review within, working days", maximum=100)
    review_led_by: str | None = reference("Review led by", "person")


@row("spend_guardrail", "Spend guardrail", "Spend guardrails", "stop", singleton=True, title="what_happens")
class SpendGuardrail(Row):
    """What keeps a retry loop from spending without end (113)."""

    ceiling: int | None = money("Spend ceiling")
    per: str = choice("Per", v.PERIODS, default="day")
    alert_at: int | None = whole_number("Alert at, % of the ceiling", maximum=100)
    retry_cap: int | None = whole_number("Retries at most", maximum=1000)
    owner: str | None = reference("Owner", "person")
    alarm_to: str | None = reference("Alarm goes to", "person", "rota")
    what_happens: str = text("At the ceiling", limit=500, wording=Wording.STOP)


@row("drill_run", "Drill", "Drills", "stop", scope=Scope.RECORD, title="scenario")
class DrillRun(Row):
    """A drill that was walked: the moment it was set at, and what it showed."""

    scenario: str = choice("Failure", v.SCENARIOS)
    at: str = moment_field("Set at", ahead=True)
    run_on: str = day("Walked on")
    gaps: int | None = whole_number("Gaps", maximum=1000)
    findings: str = prose("What it showed")
