"""Rules about moving on: trust is earned in order, against evidence, and a new stage is more than a number
(domain.md 1.5, 1.6)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from app.messages import msg
from app.model.change import ApprovalRule, EvaluationSuite, StageControl
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.exceptions import CoverageWindow, ExceptionClass
from app.model.fields import Scope, fields_of
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.owners import OwnerAssignment
from app.model.room import Agent
from app.model.row import Row
from app.model.scorecard import KillCriterion, ReviewRhythm
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.graduation import earned
from app.policy.oversight import (
    BARRED,
    DUAL,
    IN,
    ON,
    OUT,
    SHADOW,
    executes,
    level,
    listed,
    looser_than,
    mode_label,
    oversight_of,
)
from app.policy.suites import has_failed, has_run
from app.revisions.differences import decisions_of
from app.revisions.signoff import is_complete, stage_of
from app.rules.rule import TAKES_EFFECT, Hit, Rule, part, rule
from app.rules.severity import ADVISES, WARNS, marks

ONE_STEP = {SHADOW: (IN, DUAL), DUAL: (IN, ON), IN: (ON,), ON: (OUT,)}
"""Mode -> the modes that come next on the way to less oversight (91)."""

WHAT_A_STAGE_MOVES: tuple[type[Row], ...] = (
    OwnerAssignment,
    StageControl,
    KillCriterion,
    ReviewRhythm,
    ApprovalRule,
    ExceptionClass,
    CoverageWindow,
    Action,
)
"""Another stage has other exceptions, cover, approvals, controls or modes; at least one of these differs (90)."""


@rule(
    "OVR-16",
    75,
    step="change",
    question="Which suite has this behaviour passed?",
    why="Approvals show how it did on the cases that came; a suite shows how it does on those that have not come yet.",
    source="S3",
    weak="People approved nearly everything.",
    better="403 of 420 cases right on 18 November, and 138 live runs without a failure.",
    marks=WARNS,
    reads=(
        part(EvaluationSuite, "last_run", "last_result"),
        part(Action, "name", "undo", *TAKES_EFFECT),
        part(Agent, "stage"),
        part(StopControl, "stops_new_work"),
        part(CompensatingTransaction, "action", "steps", "owner", "last_tested"),
    ),
    timed=True,
)
def less_oversight_takes_a_passed_suite(document: Document, today: str) -> Iterator[Hit]:
    suites = document.rows(EvaluationSuite)
    if any(has_run(suite, today) and suite.last_result and not has_failed(suite) for suite in suites):
        return
    for action in document.rows(Action):
        if action.current in (ON, OUT) and looser_than(action.current, oversight_of(document, action, today).start):
            yield Hit(
                msg(
                    "“{action}” is {mode}, and no evaluation suite was passed.",
                    action=action.name,
                    mode=mode_label(action.current),
                ),
                action.id,
                "current",
            )


@rule(
    "OVR-17",
    81,
    step="oversight",
    question="Why is the wider one let go before the narrower?",
    why="Trust grows where mistakes are small and can be taken back; there it costs least to have been wrong.",
    source="S3",
    weak="Bulk updates run alone; single notes still wait.",
    better="Single notes first, then batches.",
    marks=ADVISES,
    reads=(part(Action, "name", *TAKES_EFFECT),),
)
def the_smallest_goes_first(document: Document, today: str) -> Iterator[Hit]:
    consequential = [a for a in document.rows(Action) if level(a.reversibility) >= 1 and executes(a)]
    held = [action for action in consequential if action.current in (IN, DUAL)]
    loose = [action for action in consequential if action.current in (ON, OUT)]
    if not held or not loose:
        return
    widest, narrowest = max(loose, key=_reach), min(held, key=_reach)
    (radius, undo), (least_radius, least_undo) = _reach(widest), _reach(narrowest)
    if radius > least_radius and undo >= least_undo:
        yield Hit(
            msg(
                "“{action}” is {mode} and reaches further than “{other}”, which still waits for an approval.",
                action=widest.name,
                mode=mode_label(widest.current),
                other=narrowest.name,
            ),
            widest.id,
            "current",
        )


@rule(
    "OVR-21",
    84,
    91,
    step="room",
    question="Is this still the stage at which people approve everything?",
    why="What is mandatory follows the stage; a map that says in the loop while it acts alone is checked too mildly.",
    source="S1 S3",
    weak="We are at stage 1b, apart from two actions.",
    better="Stage 2 since two actions run on the loop, with what stage 2 asks for.",
    marks=marks("- W - -"),
    reads=(
        part(Agent, "stage", "behaviour_version"),
        part(StopControl, "stops_new_work"),
        Action,
        CompensatingTransaction,
        Evidence,
        GraduationDecision,
    ),
    timed=True,
)
def what_acts_alone_moves_the_stage(document: Document, today: str) -> Iterator[Hit]:
    agent = document.only(Agent)
    if agent.stage != "1b":
        return
    # A mode that is not earned is OVR-03; this is about those that are.
    alone = [
        action
        for action in document.rows(Action)
        if action.current in (ON, OUT)
        and looser_than(action.current, oversight_of(document, action, today).start)
        and not looser_than(action.current, earned(document, action, today))
    ]
    if alone:
        labels = listed([msg("“{action}”", action=action.name) for action in alone])
        yield Hit(
            msg("Stage 1b keeps everything in the loop; {actions} may act without approval.", actions=labels),
            agent.id,
            "stage",
        )


def _reach(action: Action) -> tuple[int, int]:
    return level(action.blast_radius), level(action.reversibility)


@rule(
    "OVR-18",
    91,
    step="oversight",
    question="Which step was left out?",
    why="Shadow shows what it would do, the loop what people think of it; who skips one has not seen the other.",
    source="S3",
    weak="From shadow straight to running alone.",
    better="Shadow, then in the loop with a queue that is measured, then selected actions on the loop.",
    marks=WARNS,
    over=GraduationDecision,
    reads=(part(Action, "name"),),
)
def no_step_is_left_out(decision: GraduationDecision, document: Document, today: str) -> Iterator[Hit]:
    before, after = decision.from_mode, decision.to_mode
    if not before or not after or decision.direction == "revoke" or before == BARRED:
        return
    if looser_than(after, before) and after not in ONE_STEP[before]:
        action = document.get(Action, decision.action)
        yield Hit(
            msg(
                "“{action}” went from {before} to {after}, more than one step.",
                action=action.name if action else "",
                before=mode_label(before),
                after=mode_label(after),
            ),
            decision.id,
            "from_mode",
        )


@rule(
    "OVR-19",
    90,
    step="room",
    question="The stage is another; what else is?",
    why="At another stage other things go wrong, and other people must be there; a map that stayed is of the old one.",
    source="S1",
    weak="We are at stage 2 now.",
    better="Stage 2: four modes moved, exceptions have an owner at night, kill criteria have numbers.",
    marks=WARNS,
    reads=(part(Agent, "stage"), Revision, Signature, *WHAT_A_STAGE_MOVES),
)
def a_new_stage_moves_the_map(document: Document, today: str) -> Iterator[Hit]:
    agent = document.only(Agent)
    signed = [each for each in document.rows(Revision) if not each.withdrawn_at and is_complete(document, each)]
    last = max(signed, key=lambda each: each.number or 0, default=None)
    if last is None or stage_of(last) in ("", agent.stage):
        return
    before = _frozen(last, document.project_id)
    if all(_decided(before, kind) == _decided(document, kind) for kind in WHAT_A_STAGE_MOVES):
        yield Hit(
            msg(
                "The stage changed from {before} to {after} since revision {number}, and nothing else with it.",
                before=stage_of(last),
                after=agent.stage,
                number=last.number or 0,
            ),
            agent.id,
            "stage",
        )


@lru_cache(maxsize=1)
def _frozen(revision: Revision, project_id: str) -> Document:
    return decisions_of(revision, project_id)


def _decided(document: Document, kind: type[Row]) -> dict[str, list[object]]:
    names = [name for name, field in fields_of(kind).items() if field.scope is Scope.DECISION]
    return {row.id: [row.value(name) for name in names] for row in document.rows(kind)}


RULES: tuple[Rule, ...] = (
    less_oversight_takes_a_passed_suite,
    the_smallest_goes_first,
    no_step_is_left_out,
    what_acts_alone_moves_the_stage,
    a_new_stage_moves_the_map,
)
