"""Step 7, Change control: what may change, who drafts, who approves, what is tested first (domain.md 1.4)."""

from __future__ import annotations

from app.model import vocabulary as v
from app.model.fields import Scope, Wording, choice, choices, day, flag, prose, reference, references, text
from app.model.row import Row, row


@row("approval_rule", "Approval rule", "Approval rules", "change", title="change")
class ApprovalRule(Row):
    """Who drafts, approves and tests one kind of change; each says who, what and when (67)."""

    change: str = choice("Kind of change", v.APPROVALS, default="other")
    what: str = text("What exactly", limit=500, wording=Wording.TEXT)
    change_class: str = choice("Class", v.CHANGE_CLASSES)
    drafters: tuple[str, ...] = references("Drafted by", "person")
    approvers: tuple[str, ...] = references("Approved by", "person")
    evaluation_gate: bool = flag("Must pass the evaluation suite")
    limit: str = text("Time limit", hint="Such as within 2 working days", wording=Wording.TEXT)


@row("change_made", "Change", "Changes made", "change", scope=Scope.RECORD, title="what")
class Change(Row):
    """A change that was made to the agent."""

    on: str = day("Date")
    change: str = choice("Kind of change", v.APPROVALS)
    what: str = text("What changed", limit=500)
    drafted_by: str | None = reference("Drafted by", "person")
    approved_by: tuple[str, ...] = references("Approved by", "person")
    behaviour_version: str = text("New behaviour version")
    evaluation: str = text("Evaluation result")


@row("tool", "Tool", "Tools", "change")
class Tool(Row):
    """A tool or server in the registry."""

    name: str = text("Tool")
    tool_kind: str = choice("Kind", v.TOOL_KINDS, default="api")
    system: str | None = reference("System", "system")
    schema: str = text("Schema or contract", limit=500)
    permissions: str = text("Permissions", limit=500)
    owner: str | None = reference("Owner", "person")
    drift_owner: str | None = reference("Schema drift goes to", "person", "rota")


@row("evaluation_suite", "Evaluation suite", "Evaluation suites", "change")
class EvaluationSuite(Row):
    """The suite that a change must pass before release (59, 60)."""

    name: str = text("Evaluation suite")
    where: str = text("Where it runs")
    owner: str | None = reference("Owner", "person")
    standing: bool = flag("Standing: runs on every change")
    gates: tuple[str, ...] = choices("Runs on", v.GATED_CHANGES)
    pass_mark: str = text("Passes when", wording=Wording.TEXT)
    last_run: str = day("Last run", scope=Scope.RECORD)
    last_result: str = text("Last result", scope=Scope.RECORD)


@row("training_data", "Training data", "Training data", "change", singleton=True, title="consent")
class TrainingData(Row):
    """Whether conversations train the agent: Support labels, Data runs it, Legal answers for consent (K12)."""

    used: bool = flag("Training data or retraining is used")
    consent: str = prose("Consent", hint="Whose, how it is asked for and recorded", wording=Wording.TEXT)
    storage: str = text("Stored where, how safely", limit=500, wording=Wording.TEXT)
    labelled_by: str | None = reference("Labelled by", "person", "rota")
    pipeline_by: str | None = reference("Pipeline run by", "person", "rota")
    compliance_by: str | None = reference("Compliance answered by", "person")


@row(
    "stage_control",
    "Stage 3 control",
    "Stage 3 controls",
    "change",
    title="control",
    fixed_by="control",
    entries=tuple({"control": entry.value} for entry in v.STAGE_CONTROLS),
)
class StageControl(Row):
    """One of the six stronger controls of stage 3 (89)."""

    control: str = choice("Control", v.STAGE_CONTROLS)
    rule: str = text("Rule", limit=500, wording=Wording.TEXT)
    person: str | None = reference("Decided by", "person")
