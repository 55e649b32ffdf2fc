"""Step 9, Scorecard: what is measured, promised, reviewed, and when it is stopped (domain.md 1.9)."""

from __future__ import annotations

from app.model import vocabulary as v
from app.model.fields import OnRemove, Scope, Wording, choice, day, prose, reference, references, text, whole_number
from app.model.row import Row, row


@row("metric", "Metric", "Metrics", "scorecard")
class Metric(Row):
    """One line of the scorecard: owner, source, threshold and cadence (122)."""

    name: str = text("Metric", suggestions=v.METRIC_NAMES)
    family: str = choice("Family", v.METRIC_FAMILIES)
    function: str = text("Function", suggestions=v.FUNCTION_NAMES)
    definition: str = text("Definition", limit=500, wording=Wording.TEXT)
    owner: str | None = reference("Owner", "person")
    source: str = text("Source")
    threshold: str = text("Threshold", wording=Wording.TEXT)
    alert: str = text("Alert when", hint="Relative change since the last behaviour version", wording=Wording.TEXT)
    cadence: str = choice("Cadence", v.CADENCES)


@row("reading", "Reading", "Readings", "scorecard", scope=Scope.RECORD, title="value_read")
class Reading(Row):
    """A value that a metric had."""

    metric: str | None = reference("Metric", "metric", on_remove=OnRemove.REMOVE)
    on: str = day("Date")
    value_read: str = text("Value")
    runs: int | None = whole_number("Runs", hint="How many runs the value is about")
    note: str = text("Note")


@row("service_level", "Service level", "Service levels", "scorecard", title="what")
class ServiceLevel(Row):
    """What is promised to whom."""

    what: str = text("What is promised", wording=Wording.TEXT)
    target: str = text("Target", wording=Wording.TEXT)
    owner: str | None = reference("Owner", "person")


@row("review_rhythm", "Review rhythm", "Review rhythm", "scorecard", title="what")
class ReviewRhythm(Row):
    """A review that happens again and again (123, 124)."""

    what: str = text("Review")
    covers: str = choice("Covers", v.REVIEW_SUBJECTS)
    cadence: str = choice("Cadence", v.CADENCES)
    when: str = text("When", hint="Such as Tuesdays 10:00")
    led_by: str | None = reference("Led by", "person")
    attendees: tuple[str, ...] = references("With", "person")


@row("review", "Review", "Reviews held", "scorecard", scope=Scope.RECORD, title="on")
class Review(Row):
    """A review that was held."""

    rhythm: str | None = reference("Review", "review_rhythm", on_remove=OnRemove.CLEAR)
    on: str = day("Date")
    people: tuple[str, ...] = references("People present", "person")
    notes: str = prose("What was found")


@row("kill_criterion", "Kill criterion", "Kill criteria", "scorecard", title="measure")
class KillCriterion(Row):
    """A number at which the agent is constrained or stopped (89)."""

    measure: str = text("What is measured", wording=Wording.TEXT)
    metric: str | None = reference("Metric", "metric")
    comparison: str = choice("It", v.COMPARISONS, default="above")
    limit: str = text("Number", hint="With its unit, such as 8 %", limit=40)
    lasting: str = text("For", hint="How long, such as two weeks", wording=Wording.TEXT)
    then: str = choice("Then", v.OUTCOME_DECISIONS, default="stop")
    decided_by: str | None = reference("Decided by", "person")
