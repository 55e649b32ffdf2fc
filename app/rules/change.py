"""Rules about change: an approver for each kind, a test first, tools, training data, stage 3 (domain.md 1.4, 1.6).

Who the approvers are, and how many, is in app.rules.approvals.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import in_one, msg
from app.model import vocabulary as v
from app.model.change import ApprovalRule, EvaluationSuite, StageControl, Tool, TrainingData
from app.model.document import Document
from app.model.fields import fields_of
from app.model.owners import Rota
from app.model.room import FunctionContact, Person
from app.model.scorecard import KillCriterion
from app.policy.functions import works_in
from app.policy.holders import column_label
from app.policy.limits import amount_of
from app.policy.named import named_person
from app.policy.oversight import listed
from app.policy.suites import BEHAVIOUR, has_failed, has_run
from app.rules.rule import Hit, Rule, filled, is_somebody, listed_labels, part, place_in, rule
from app.rules.severity import ADVISES, WARNS


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
    reads=(part(ApprovalRule, "change", "approvers"), part(Person)),
)
def six_approvals_are_named(document: Document, today: str) -> Iterator[Hit]:
    rules = document.rows(ApprovalRule)
    approved = {row.change for row in rules if any(named_person(document, each) for each in row.approvers)}
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
        named = msg("No approver is named for: {changes}.", changes=listed(unanswered))
        yield Hit(named, field=ApprovalRule.spec.kind)


@rule(
    "CHG-02",
    59,
    step="change",
    question="Which test must a change pass before release?",
    why="A new prompt, tool or model is a new behaviour; only a test on every change notices what it broke.",
    source="S3",
    weak="We tested it once.",
    better="The evaluation suite runs on every prompt, tool and model change; Lea Wirth keeps it.",
    reads=(EvaluationSuite, part(Person)),
)
def every_change_is_evaluated(document: Document, today: str) -> Iterator[Hit]:
    suites = [row for row in document.rows(EvaluationSuite) if row.where and named_person(document, row.owner)]
    gated = {gate for row in suites for gate in row.gates}
    missing = [entry for entry in v.GATED_CHANGES if entry.value in BEHAVIOUR and entry.value not in gated]
    if missing:
        labels = listed([msg(entry.label) for entry in missing])
        detail = msg("No suite with a place and an owner runs on: {changes}.", changes=labels)
        first = next(iter(suites or document.rows(EvaluationSuite)), None)
        if first is None:
            yield Hit(detail, field="evaluation_suite")
        else:
            unanswered = "where" if not first.where else "owner" if not named_person(document, first.owner) else "gates"
            yield Hit(detail, first.id, unanswered)


@rule(
    "CHG-16",
    59,
    step="change",
    question="Has the gate ever let a release through, or held one back?",
    why="A suite that has never run is a plan; launch takes its result.",
    source="S3",
    weak="The suite is nearly ready.",
    better="Run on 18 November: 403 of 420 cases right; the release before it was held back.",
    reads=(part(EvaluationSuite, "name", "last_run", "last_result"),),
    timed=True,
)
def the_gate_has_run(document: Document, today: str) -> Iterator[Hit]:
    suites = document.rows(EvaluationSuite)
    if suites and not any(has_run(suite, today) for suite in suites):
        yield Hit(msg("No evaluation suite has run yet."), suites[0].id, "last_run")
        return
    for suite in suites:
        if has_failed(suite):
            yield Hit(msg("“{suite}” was not passed when it ran last.", suite=suite.name), suite.id, "last_result")


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
    reads=(part(Person), filled(Rota, "members")),
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
    reads=(TrainingData, part(Person), filled(Rota, "members")),
)
def training_data_has_consent(document: Document, today: str) -> Iterator[Hit]:
    data = document.only(TrainingData)
    if not data.used:
        return
    answered = {
        "consent": bool(data.consent),
        "compliance_by": named_person(document, data.compliance_by) is not None,
        "storage": bool(data.storage),
        "labelled_by": is_somebody(document, data.labelled_by),
        "pipeline_by": is_somebody(document, data.pipeline_by),
    }
    missing = [name for name, done in answered.items() if not done]
    if missing:
        labels = listed_labels(TrainingData, missing)
        yield Hit(msg("Training data is used, and this is open: {labels}.", labels=labels), data.id, missing[0])


@rule(
    "CHG-11",
    63,
    step="change",
    question="Does each part of the training data lie with those who know it?",
    why="Support knows what a good answer is, Data how it gets into a model, Legal whether it may.",
    source="S0",
    weak="Support handles the training data.",
    better="Hanna Weiss labels, Theo Maurer runs the pipeline, Ines Falk answers for consent.",
    marks=ADVISES,
    reconciles=(12,),
    reads=(TrainingData, part(Person, "name", "function"), part(FunctionContact, "person")),
)
def training_data_lies_with_those_who_know(document: Document, today: str) -> Iterator[Hit]:
    data = document.only(TrainingData)
    for name, code in (("compliance_by", "LEG"), ("labelled_by", "SUP"), ("pipeline_by", "DAT")) if data.used else ():
        person = document.get(Person, getattr(data, name))
        if person is not None and person.function and not works_in(document, person.id, code):
            field, function = fields_of(TrainingData)[name].label, column_label(code)
            yield Hit(
                msg("{part}: {name} is not in {function}.", part=msg(field), name=person.name, function=function),
                data.id,
                name,
            )
            return


@rule(
    "CHG-09",
    89,
    step="change",
    question="What is stricter once it runs at volume?",
    why="At volume a small mistake is a large one; six controls keep it small.",
    source="S1",
    weak="As before.",
    better="Scope grows by one case type at a time; Rosa Steiner decides.",
    reads=(StageControl, part(Person)),
)
def stage_three_controls(document: Document, today: str) -> Iterator[Hit]:
    """One question for all six: before stage 3 it looks ahead, and is asked once."""
    controls = document.rows(StageControl)
    unruled = [row for row in controls if not row.rule]
    undecided = [row for row in controls if row.rule and named_person(document, row.person) is None]
    said = []
    if unruled:
        said.append(msg("No rule yet: {controls}.", controls=listed([msg(row.called()) for row in unruled])))
    if undecided:
        said.append(msg("Nobody decides: {controls}.", controls=listed([msg(row.called()) for row in undecided])))
    if said:
        place = (unruled[0].id, "rule") if unruled else (undecided[0].id, "person")
        yield Hit(in_one(said), *place)


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
    if not any(row.measure and amount_of(row.limit) is not None for row in criteria):
        yield Hit(
            msg("No kill criterion has a number, such as 15 % or EUR 4 a ticket."),
            *place_in(criteria, "limit", "kill_criterion"),
        )


RULES: tuple[Rule, ...] = (
    six_approvals_are_named,
    every_change_is_evaluated,
    the_gate_has_run,
    the_suite_is_standing,
    schema_drift_has_an_owner,
    training_data_has_consent,
    training_data_lies_with_those_who_know,
    stage_three_controls,
    kill_criteria_are_numbers,
)
