"""Rules about change: who approves it, what is tested first, what stage 3 asks (domain.md 1.4, 1.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.messages import msg
from app.model import vocabulary as v
from app.model.change import ApprovalRule, EvaluationSuite, StageControl, Tool, TrainingData
from app.model.document import Document
from app.model.oversight import Action
from app.model.owners import Rota
from app.model.room import Person
from app.model.scorecard import KillCriterion
from app.policy.oversight import listed
from app.rules.rule import Hit, Rule, is_somebody, rule
from app.rules.severity import ADVISES, WARNS

MANY_APPROVERS = 3
GATED = frozenset({"prompt", "tool", "model"})
WIDENING = frozenset({"wider_scope", "looser_threshold"})


@rule(
    "CHG-01",
    134,
    58,
    68,
    step="change",
    question="Who approves each kind of change?",
    why="A change that nobody approves still happens; it only has no name on it.",
    source="S1",
    weak="Changes are aligned with stakeholders.",
    better="Wider scope: Dana Abelard and Jun Kowalczyk, after the evaluation suite.",
    reads=(ApprovalRule, Person),
)
def six_approvals_are_named(document: Document, today: str) -> Iterator[Hit]:
    rules = document.rows(ApprovalRule)
    approved = {row.change for row in rules if any(document.get(Person, each) for each in row.approvers)}
    labels = {entry.value: entry.label for entry in v.APPROVALS}
    open_kinds = [kind for kind in v.SIX_APPROVALS if kind not in approved]
    unanswered = []
    for kind in open_kinds:
        row = next((row for row in rules if row.change == kind), None)
        if row is None:
            unanswered.append(msg(labels[kind]))
        else:
            yield Hit(msg("{change}: nobody approves it.", change=msg(labels[kind])), row.id, "approvers")
    if unanswered:
        yield Hit(msg("No approver is named for: {changes}.", changes=listed(unanswered)))


@rule(
    "CHG-02",
    59,
    step="change",
    question="Which test must a change pass before release?",
    why="A new prompt, tool or model is a new behaviour; only a test on every change notices what it broke.",
    source="S3",
    weak="We tested it once.",
    better="The evaluation suite runs on every prompt, tool and model change; Lea Wirth keeps it.",
    reads=(EvaluationSuite, Person),
)
def every_change_is_evaluated(document: Document, today: str) -> Iterator[Hit]:
    suites = [row for row in document.rows(EvaluationSuite) if row.where and document.get(Person, row.owner)]
    gated = {gate for row in suites for gate in row.gates}
    missing = [entry for entry in v.GATED_CHANGES if entry.value in GATED and entry.value not in gated]
    if missing:
        labels = listed([msg(entry.label) for entry in missing])
        detail = msg("No suite with a place and an owner runs on: {changes}.", changes=labels)
        first = next(iter(suites or document.rows(EvaluationSuite)), None)
        if first is None:
            yield Hit(detail, field="evaluation_suite")
        else:
            unanswered = "where" if not first.where else "owner" if not document.get(Person, first.owner) else "gates"
            yield Hit(detail, first.id, unanswered)


@rule(
    "CHG-03",
    60,
    step="change",
    question="Does the test run again tomorrow?",
    why="What was tested once says how it was once.",
    source="S3",
    weak="It worked in the demo.",
    better="Standing: it runs on every change.",
    marks=WARNS,
    over=EvaluationSuite,
    reads=(),
)
def the_suite_is_standing(suite: EvaluationSuite, document: Document, today: str) -> Iterator[Hit]:
    if not suite.standing:
        yield Hit(msg("“{suite}” does not run on every change.", suite=suite.name), suite.id, "standing")


@rule(
    "CHG-04",
    65,
    step="change",
    question="Whose approval would nobody miss?",
    why="The more people must say yes, the less any one of them looks.",
    source="S2",
    weak="Five approvers for a comma.",
    better="One approver, two where it widens what the agent does.",
    marks=WARNS,
    over=ApprovalRule,
    reads=(),
)
def not_too_many_approvers(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    if len(approval.approvers) >= MANY_APPROVERS:
        yield Hit(
            msg("{change}: {count} people must approve.", change=msg(approval.called()), count=len(approval.approvers)),
            approval.id,
            "approvers",
        )


@rule(
    "CHG-05",
    64,
    step="change",
    question="Who approves it for the platform, beside the business?",
    why="More automatic sending changes what customers get and what the platform carries.",
    source="S1",
    weak="The lead widens it.",
    better="Dana Abelard for business, Jun Kowalczyk for the platform.",
    marks=WARNS,
    over=ApprovalRule,
    reads=(Action,),
)
def wider_sending_takes_two(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    sends = any("external_message" in action.flags for action in document.rows(Action))
    if sends and approval.change in WIDENING and len(approval.approvers) == 1:
        yield Hit(
            msg("{change}: one person alone may widen what is sent.", change=msg(approval.called())),
            approval.id,
            "approvers",
        )


@rule(
    "CHG-06",
    67,
    step="change",
    question="By when is it approved?",
    why="An approval without a time is a queue without an end.",
    source="S0",
    weak="As soon as possible.",
    better="Within two working days.",
    marks=ADVISES,
    over=ApprovalRule,
    reads=(),
)
def approvals_have_a_time(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    if approval.approvers and not approval.limit:
        yield Hit(msg("{change}: no time limit.", change=msg(approval.called())), approval.id, "limit")


@rule(
    "CHG-07",
    69,
    step="change",
    question="Who absorbs it when the tool changes under the agent?",
    why="An interface that drifts breaks the agent as surely as a fault of its own.",
    source="S3",
    weak="The other team will tell us.",
    better="Schema drift of the ticket API goes to Platform on call.",
    marks=WARNS,
    over=Tool,
    reads=(Person, Rota),
)
def schema_drift_has_an_owner(tool: Tool, document: Document, today: str) -> Iterator[Hit]:
    if not is_somebody(document, tool.drift_owner):
        yield Hit(msg("“{tool}”: schema drift goes to nobody.", tool=tool.name), tool.id, "drift_owner")


@rule(
    "CHG-08",
    63,
    step="change",
    question="Who answers for consent to the training data?",
    why="Data that was never consented to cannot be taken back out of a model.",
    source="S0",
    weak="It is in the terms somewhere.",
    better="Support labels, Data runs the pipeline, Ines Falk answers for consent.",
    marks=WARNS,
    reads=(TrainingData, Person),
)
def training_data_has_consent(document: Document, today: str) -> Iterator[Hit]:
    data = document.only(TrainingData)
    if not data.used:
        return
    if not data.consent:
        yield Hit(msg("Training data is used, and nobody has said how consent is asked for."), data.id, "consent")
    elif document.get(Person, data.compliance_by) is None:
        yield Hit(msg("Training data is used, and nobody answers for compliance."), data.id, "compliance_by")


@rule(
    "CHG-09",
    89,
    step="change",
    question="What is stricter now that it runs at volume?",
    why="At volume a small mistake is a large one; six controls keep it small.",
    source="S1",
    weak="As before.",
    better="Scope grows by one case type at a time; Rosa Steiner decides.",
    over=StageControl,
    reads=(Person,),
)
def stage_three_controls(control: StageControl, document: Document, today: str) -> Iterator[Hit]:
    if not control.rule:
        yield Hit(msg("{control}: no rule.", control=msg(control.called())), control.id, "rule")
    elif document.get(Person, control.person) is None:
        yield Hit(msg("{control}: nobody decides.", control=msg(control.called())), control.id, "person")


@rule(
    "CHG-10",
    89,
    step="scorecard",
    question="At which number do you stop it?",
    why="A limit that is found when it is passed is always a little higher.",
    source="S1",
    weak="If it gets too bad.",
    better="Intervention rate above 15 % for two weeks: stop.",
    reads=(KillCriterion,),
)
def kill_criteria_are_numbers(document: Document, today: str) -> Iterator[Hit]:
    criteria = document.rows(KillCriterion)
    if not any(re.search(r"\d", row.limit) and row.measure for row in criteria):
        first = criteria[0].id if criteria else ""
        yield Hit(msg("No kill criterion has a number."), first, "limit" if first else "kill_criterion")


RULES: tuple[Rule, ...] = (
    six_approvals_are_named,
    every_change_is_evaluated,
    the_suite_is_standing,
    not_too_many_approvers,
    wider_sending_takes_two,
    approvals_have_a_time,
    schema_drift_has_an_owner,
    training_data_has_consent,
    stage_three_controls,
    kill_criteria_are_numbers,
)
