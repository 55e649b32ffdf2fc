"""Step 5, Oversight: actions, what is known about them, and how their mode moved (domain.md 1.5, 3)."""

from __future__ import annotations

from app.model import vocabulary as v
from app.model.fields import (
    OnRemove,
    Scope,
    Wording,
    choice,
    choices,
    day,
    money,
    prose,
    reference,
    references,
    text,
    whole_number,
)
from app.model.row import Row, row


@row("action", "Action", "Actions", "oversight")
class Action(Row):
    """One thing the agent does. Start mode, floor and severity are derived, never stored (domain.md 3)."""

    name: str = text("Action")
    boundary_line: str | None = reference("Permitted by", "boundary_line", hint="The line of the boundary it acts on")
    reversibility: int | None = whole_number("If it is wrong", choices=v.REVERSIBILITY)
    blast_radius: int | None = whole_number("Blast radius", choices=v.BLAST_RADIUS)
    external_visibility: int | None = whole_number("External visibility", choices=v.EXTERNAL_VISIBILITY)
    cost: int | None = whole_number("Cost of one wrong action", choices=v.COST)
    data_sensitivity: int | None = whole_number("Data exposed, moved or written", choices=v.DATA_SENSITIVITY)
    flags: tuple[str, ...] = choices("Flags", v.FLAGS)
    current: str = choice("Human oversight", v.MODES)
    approver: str | None = reference("Approver", "person", "rota")
    second_approver: str | None = reference("Second approver", "person", "rota")
    approval_rule: str = text(
        "Approved or escalated when", limit=500, hint="What passes, what goes to a person", wording=Wording.TEXT
    )
    max_queue_age: int | None = whole_number("Longest wait for approval, minutes", maximum=100_000)
    on_timeout: str = choice("When nobody answers", v.ON_TIMEOUT, hint="A time-out never approves")
    escalation_path: str | None = reference("Escalation path", "person", "rota", "queue")
    noticed_how: str = text("How a wrong result is noticed", limit=500, wording=Wording.TEXT)
    noticed_within: int | None = whole_number("Noticed within, minutes", maximum=1_000_000)
    runs_per_week: int | None = whole_number("Runs a week", maximum=100_000_000)
    off_hours: str = choice("While nobody covers", v.OFF_HOURS_POLICIES)
    undo: str = text("How it is undone", limit=500, wording=Wording.TEXT)
    idempotency: str = text("Idempotency or durable hand-off", hint="What keeps a retry from acting twice")
    confidence: str = text("Confidence threshold and fallback", wording=Wording.TEXT)
    tools: tuple[str, ...] = references("Tools", "tool")
    note: str = prose("Note")


@row("evidence", "Evidence", "Evidence", "oversight", scope=Scope.RECORD, title="behaviour_version")
class Evidence(Row):
    """Runs that people looked at, for one behaviour version in one mode."""

    action: str | None = reference("Action", "action", on_remove=OnRemove.REMOVE)
    behaviour_version: str = text("Behaviour version")
    mode: str = choice("Mode", v.MODES)
    from_day: str = day("From")
    to_day: str = day("To")
    runs: int | None = whole_number("Reviewed runs")
    unchanged: int | None = whole_number("Unchanged")
    cosmetic: int | None = whole_number("Cosmetic edits")
    material: int | None = whole_number("Material edits")
    rejected: int | None = whole_number("Rejected")
    overridden: int | None = whole_number("Overridden")
    harmful: int | None = whole_number("Harmful errors")
    seeded: int | None = whole_number("Seeded bad cases")
    caught: int | None = whole_number("Seeded cases caught")
    breaches: int | None = whole_number("Boundary breaches")
    failed_stops: int | None = whole_number("Stops that failed")
    decision_seconds: int | None = whole_number(
        "Seconds to decide, median", maximum=1_000_000, hint="How long a reviewer looks before deciding"
    )
    cost_median: int | None = money("Cost of a run, median")
    cost_p99: int | None = money("Cost of a run, P99")
    outcomes: str = text(
        "Run by run",
        limit=20_000,
        hint="One letter a run, in order: u unchanged, c cosmetic, m material, r rejected, o overridden, h harmful",
    )
    note: str = text("Note")


@row(
    "graduation_decision",
    "Graduation decision",
    "Graduation decisions",
    "oversight",
    scope=Scope.RECORD,
    title="reason",
)
class GraduationDecision(Row):
    """A move to a looser mode, or back: decided by a person against evidence, never by a date alone (78)."""

    action: str | None = reference("Action", "action", on_remove=OnRemove.REMOVE)
    direction: str = choice("Direction", v.GRADUATION_DIRECTIONS)
    from_mode: str = choice("From", v.MODES)
    to_mode: str = choice("To", v.MODES)
    decided_by: str | None = reference("Decided by", "person")
    decided_on: str = day("Decided on")
    reason: str = text("Evidence it rests on", limit=500)
    evidence: tuple[str, ...] = references("Evidence", "evidence")
    seconded_by: str | None = reference("Second approver", "person")
    consulted: tuple[str, ...] = references("Consulted", "person")
