"""Rules about graduation and revocation: whether a mode was decided on, and is still deserved (domain.md 3.5).

The numbers of REV-02 to REV-07 follow R2 to R7; R1 is OVR-13. A mode that is looser than its evidence is OVR-03, and
hours without anybody to interrupt are COV-01.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.change import Change, EvaluationSuite
from app.model.document import Document
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.owners import OwnerAssignment, Rota
from app.model.room import Agent, Person
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.days import in_words
from app.policy.evidence import cooldown_until, decisions_of
from app.policy.graduation import rubber_stamp
from app.policy.oversight import mode_label, severity
from app.policy.revocation import (
    Revocation,
    can_be_revoked,
    climbing,
    costly,
    harm,
    is_earned,
    latest_change,
    lead_missing,
    outdated,
    rising,
    stale,
    unrecorded_change,
)
from app.rules.rule import Hit, Reads, Rule, about, only_for, part, rule
from app.rules.severity import ADVISES, TABLE, WARNS

VERSION = part(Agent, "behaviour_version")
RUNS: Reads = about(Evidence, GraduationDecision)
"""What counts as evidence of an action: its rows, and the revocations that set them back."""

REVOCABLE: Reads = only_for(can_be_revoked, VERSION)
"""The behaviour version, where there is something to take back."""

IMPLIED = (part(Agent, "stage"), part(StopControl, "stops_new_work"))
"""What every start mode depends on."""

EARNED: Reads = (*only_for(can_be_revoked, *IMPLIED), *about(CompensatingTransaction))
"""What it depends on besides the action itself whether its mode is earned: the start mode, of what can be revoked."""


@rule(
    "OVR-13",
    76,
    149,
    step="oversight",
    question="Why does it still act alone?",
    why="One harmful error, one step over the boundary or one stop that fails ends the trust that evidence had built; "
    "it goes back into the loop at once.",
    source="S3",
    weak="That was an exception.",
    better="Back in the loop since Tuesday; a new behaviour version is being tested.",
    marks=TABLE[149],
    over=Action,
    reads=(*REVOCABLE, *RUNS),
    timed=True,
)
def harm_takes_it_back_into_the_loop(action: Action, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(action, harm(document, action, today))


@rule(
    "REV-02",
    76,
    149,
    step="oversight",
    question="People step in more often: is it still fit to act alone?",
    why="Counting run by run tells a real climb from bad luck, weeks before an average would.",
    source="S3",
    weak="It was a bad week.",
    better="Back in the loop on Thursday, after nine interventions in a hundred runs.",
    marks=TABLE[149],
    over=Action,
    reads=(*REVOCABLE, *RUNS),
    timed=True,
)
def interventions_do_not_climb(action: Action, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(action, climbing(document, action, today))


@rule(
    "REV-03",
    76,
    step="oversight",
    question="What changed, that people step in more often than before?",
    why="A rise by a third is worth a look long before it is proven; by then many runs have gone wrong.",
    source="S3",
    weak="The average is still fine.",
    better="Dana Abelard read the forty corrected runs on Monday: one supplier changed its form.",
    marks=WARNS,
    over=Action,
    reads=(*REVOCABLE, *RUNS),
    timed=True,
)
def a_rise_is_looked_at(action: Action, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(action, rising(document, action, today))


@rule(
    "REV-04",
    76,
    149,
    step="oversight",
    question="Is this still the behaviour that earned it?",
    why="Evidence is about one behaviour; another prompt, tool, model or threshold starts without any.",
    source="S3",
    weak="Only the prompt changed.",
    better="Version 2026.12 has run in the loop since the first of the month.",
    marks=TABLE[149],
    over=Action,
    reads=(*EARNED, *REVOCABLE, *RUNS, Change),
    timed=True,
)
def a_change_starts_afresh(action: Action, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(action, unrecorded_change(document, action, today))


@rule(
    "REV-05",
    76,
    149,
    step="oversight",
    question="Who has looked at it in the last half year?",
    why="What nobody looked at for 180 days is not known to be as good as it was.",
    source="S3",
    weak="We would have heard.",
    better="A sample of 60 runs every Tuesday; the last one on 17 November.",
    marks=TABLE[149],
    over=Action,
    reads=(*EARNED, *REVOCABLE, *RUNS),
    timed=True,
)
def old_evidence_lapses(action: Action, document: Document, today: str) -> Iterator[Hit]:
    found = stale(document, action, today)
    if found is not None and found.lost:
        yield from _hits(action, found)


@rule(
    "REV-06",
    76,
    149,
    step="oversight",
    question="Who may take it back while the lead is away?",
    why="Autonomy rests on somebody who watches it; without a lead it goes one mode down.",
    source="S2",
    weak="The chair is empty until spring.",
    better="Marc Oyelaran stands in until 4 January.",
    marks=TABLE[149],
    reads=(
        Action,
        CompensatingTransaction,
        *IMPLIED,
        part(OwnerAssignment, "person", "deputy"),
        part(Person, "away_from", "away_to"),
        part(Rota, "members"),
    ),
    timed=True,
)
def autonomy_has_a_lead(document: Document, today: str) -> Iterator[Hit]:
    because = lead_missing(document, today)
    for action in document.rows(Action) if because is not None else ():
        if because is not None and is_earned(document, action):
            yield Hit(
                msg(
                    "“{action}” is {mode}, and {because}.",
                    action=action.name,
                    mode=mode_label(action.current),
                    because=because,
                ),
                action.id,
                "current",
            )


@rule(
    "REV-07",
    76,
    149,
    step="oversight",
    question="What do its dearest runs do?",
    why="A run that costs many times the ordinary one is often a loop, and a loop acts many times.",
    source="S3",
    weak="On average it is cheap.",
    better="One step down until the retry loop is found; the dearest run costs twice the median again.",
    marks=TABLE[149],
    over=Action,
    reads=(*REVOCABLE, *RUNS),
    timed=True,
)
def dear_runs_cost_it_a_mode(action: Action, document: Document, today: str) -> Iterator[Hit]:
    yield from _hits(action, costly(document, action, today))


@rule(
    "REV-08",
    76,
    step="oversight",
    question="When did somebody last look at what it does?",
    why="Evidence grows old: systems, customers and prices change around an agent that does not.",
    source="S3",
    weak="It has run without trouble.",
    better="The next sample is on Tuesday, Lea Wirth.",
    marks=WARNS,
    over=Action,
    reads=(*EARNED, VERSION, *RUNS),
    timed=True,
)
def evidence_is_renewed(action: Action, document: Document, today: str) -> Iterator[Hit]:
    found = stale(document, action, today)
    if found is not None and not found.lost:
        yield from _hits(action, found)
    because = outdated(document, action, today)
    if because is not None:
        yield Hit(msg("“{action}”: {because}.", action=action.name, because=because), action.id, "current")


@rule(
    "REV-09",
    78,
    step="oversight",
    question="What lies beside the decision?",
    why="A decision can be followed later only if its evidence, its day and its second name are kept with it.",
    source="S3",
    weak="Decided in March, all fine.",
    better="Decided on 12 March on 200 runs of version 2026.2, seconded by Jun Kowalczyk.",
    marks=WARNS,
    over=GraduationDecision,
    reads=(Action, Evidence, GraduationDecision),
)
def decisions_are_complete(decision: GraduationDecision, document: Document, today: str) -> Iterator[Hit]:
    action = document.get(Action, decision.action)
    if action is None:
        return
    if not decision.decided_on:
        yield Hit(msg("A decision on “{action}” has no day.", action=action.name), decision.id, "decided_on")
    elif decision.direction != "graduate":
        return
    elif not any(row is not None and row.action == action.id for row in _attached(document, decision)):
        yield Hit(
            msg("No evidence is attached to a decision on “{action}”.", action=action.name), decision.id, "evidence"
        )
    elif severity(action) >= 2 and decision.seconded_by in (None, decision.decided_by):
        yield Hit(
            msg("“{action}” is severe; a second person decides with the first.", action=action.name),
            decision.id,
            "seconded_by",
        )
    elif cooldown := _too_soon(document, action, decision):
        yield Hit(
            msg(
                "“{action}” graduated before {day}, within 14 days of a revocation.",
                action=action.name,
                day=in_words(cooldown),
            ),
            decision.id,
            "decided_on",
        )


@rule(
    "REV-10",
    78,
    step="oversight",
    question="Who decided that it may act with less oversight?",
    why="Evidence allows a looser mode; only a person's decision makes it one.",
    source="S3",
    weak="The numbers were good enough.",
    better="Dana Abelard decided it on 12 March, after asking Marc Oyelaran.",
    marks=WARNS,
    over=Action,
    reads=(*EARNED, *about(GraduationDecision)),
)
def a_looser_mode_was_decided(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if not is_earned(document, action):
        return
    if not any(each.to_mode == action.current for each in decisions_of(document, action)):
        yield Hit(
            msg(
                "Nobody recorded the decision that “{action}” is {mode}.",
                action=action.name,
                mode=mode_label(action.current),
            ),
            action.id,
            "current",
        )


@rule(
    "REV-11",
    75,
    83,
    step="oversight",
    question="Do reviewers still read what they approve?",
    why="Nearly everything approved can mean a good agent or a tired reviewer; planted bad cases and the time taken "
    "tell which.",
    source="S3",
    weak="99 % approved, so it is ready.",
    better="99 % approved, 14 of 14 planted cases caught, 40 seconds a case.",
    marks=ADVISES,
    over=Action,
    reads=(VERSION, *RUNS),
    timed=True,
)
def approvals_are_not_rubber_stamps(action: Action, document: Document, today: str) -> Iterator[Hit]:
    advice = rubber_stamp(document, action, today)
    if advice is not None:
        yield Hit(msg("“{action}”: {advice}", action=action.name, advice=advice), action.id, "current")


@rule(
    "REV-12",
    59,
    step="change",
    question="Has the evaluation run since the behaviour changed?",
    why="The gate is about the behaviour of today; a result from before a change is about another one.",
    source="S3",
    weak="It passed in spring.",
    better="Passed on 3 December, the day after the prompt changed.",
    marks=WARNS,
    reads=(Change, EvaluationSuite),
)
def the_gate_runs_again_after_a_change(document: Document, today: str) -> Iterator[Hit]:
    latest = latest_change(document)
    if latest is None:
        return
    for suite in document.rows(EvaluationSuite):
        if suite.last_run < latest.on:
            yield Hit(
                msg(
                    "“{suite}” has not run since {version} of {day}.",
                    suite=suite.name,
                    version=latest.behaviour_version,
                    day=in_words(latest.on),
                ),
                suite.id,
                "last_run",
            )


def _hits(action: Action, found: Revocation | None) -> Iterator[Hit]:
    """The finding about what takes an action's mode back."""
    if found is not None:
        yield Hit(
            msg(
                "“{action}” is {mode}: {because}.",
                action=action.name,
                mode=mode_label(action.current),
                because=found.because,
            ),
            action.id,
            "current",
        )


def _attached(document: Document, decision: GraduationDecision) -> Iterator[Evidence | None]:
    return (document.get(Evidence, each) for each in decision.evidence)


def _too_soon(document: Document, action: Action, decision: GraduationDecision) -> str:
    """The end of the cooldown in which an action graduated; empty where it did not."""
    until = cooldown_until(document, action, before=decision.decided_on)
    return until if decision.decided_on < until else ""


RULES: tuple[Rule, ...] = (
    harm_takes_it_back_into_the_loop,
    interventions_do_not_climb,
    a_rise_is_looked_at,
    a_change_starts_afresh,
    old_evidence_lapses,
    autonomy_has_a_lead,
    dear_runs_cost_it_a_mode,
    evidence_is_renewed,
    decisions_are_complete,
    a_looser_mode_was_decided,
    approvals_are_not_rubber_stamps,
    the_gate_runs_again_after_a_change,
)
