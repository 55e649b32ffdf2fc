"""Rules about oversight: a mode for each action, never below its floor or its evidence (domain.md 1.5, 3)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.exceptions import Queue
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.owners import Handover, OwnerAssignment, RoleAssignment, Rota
from app.model.room import Agent, Person
from app.model.scorecard import Metric
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.approvals import one_for_both
from app.policy.graduation import earned
from app.policy.held_then import product_owner_on
from app.policy.named import named_person
from app.policy.oversight import (
    DUAL,
    EFFECT_FLAGS,
    IN,
    SHADOW,
    executes,
    level,
    looser_than,
    mode_label,
    oversight,
    oversight_of,
    permitted,
    wiring_of,
)
from app.rules.rule import (
    Hit,
    Reads,
    Rule,
    about,
    behind,
    behind_members,
    is_somebody,
    leads_somewhere,
    part,
    place_in,
    rule,
)
from app.rules.severity import ADVISES, STAGES, WARNS

WIRED: Reads = (part(StopControl, "stops_new_work"),)
"""What the floor depends on besides the action and its compensating transactions; it is the same at every stage."""

IMPLIED: Reads = (part(Agent, "stage"), *WIRED)
"""What start mode and floor depend on."""

ATTRIBUTES = ("reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity")


@rule(
    "OVR-01",
    71,
    step="oversight",
    question="How closely is this one action watched?",
    why="One setting for the whole agent is too strict for reading and too loose for paying.",
    source="S3",
    weak="A person is always in the loop.",
    better="Reading runs alone; sending waits for an approval.",
    over=Action,
    reads=(),
)
def every_action_has_a_mode(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if not action.current and permitted(action):
        yield Hit(msg("“{action}” has no mode.", action=action.name), action.id, "current")


@rule(
    "OVR-02",
    149,
    step="oversight",
    question="Why is it watched less than its floor asks?",
    why="The floor is what this action could do at worst; no evidence loosens it.",
    weak="It has gone well so far.",
    better="In the loop, because a mistake here cannot be taken back.",
    over=Action,
    reads=(*WIRED, *about(CompensatingTransaction), *behind_members("name")),
    timed=True,
)
def no_mode_is_looser_than_its_floor(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if not action.current:
        return
    implied = oversight(action, STAGES[-1], wiring_of(document, action, today))
    twice = one_for_both(document, action) if action.current == implied.floor == DUAL else None
    if twice is not None:
        yield Hit(
            msg(
                "“{action}” takes two people, and {name} could say yes twice. {because}",
                action=action.name,
                name=document.called(twice),
                because=implied.because,
            ),
            action.id,
            "second_approver",
        )
    elif looser_than(action.current, implied.floor):
        yield Hit(
            msg(
                "“{action}” is {mode}. {because}",
                action=action.name,
                mode=mode_label(action.current),
                because=implied.because,
            ),
            action.id,
            "current",
        )


@rule(
    "OVR-03",
    149,
    75,
    step="oversight",
    question="What has it shown to be watched less?",
    why="Autonomy is earned by reviewed runs of this behaviour, not by time.",
    source="S3",
    weak="On the loop from next quarter.",
    better="On the loop after 100 reviewed runs without a failure, decided by Dana Abelard.",
    over=Action,
    reads=(
        *IMPLIED,
        part(Agent, "behaviour_version"),
        *about(CompensatingTransaction, Evidence, GraduationDecision),
    ),
    timed=True,
)
def no_mode_is_looser_than_its_evidence(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if not action.current:
        return
    implied = oversight_of(document, action, today)
    if looser_than(action.current, implied.floor) or not looser_than(action.current, implied.start):
        return
    so_far = earned(document, action, today)
    if not looser_than(action.current, so_far):
        return
    if implied.start == SHADOW:
        detail = msg(
            "“{action}” is {mode}; at this stage every action stays in shadow.",
            action=action.name,
            mode=mode_label(action.current),
        )
    else:
        detail = msg(
            "“{action}” is {mode}; at this stage and with this evidence it has earned {earned}.",
            action=action.name,
            mode=mode_label(action.current),
            earned=mode_label(so_far),
        )
    yield Hit(detail, action.id, "current")


@rule(
    "OVR-04",
    79,
    step="oversight",
    question="Where does it go when the agent cannot?",
    why="An action without a way up ends in silence or in a guess.",
    source="S3",
    weak="It asks for help.",
    better="To the billing queue, Marc Oyelaran.",
    over=Action,
    reads=(*behind_members(), behind(Queue)),
)
def every_action_has_an_escalation_path(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if permitted(action) and not leads_somewhere(document, action.escalation_path):
        yield Hit(msg("“{action}” has no escalation path.", action=action.name), action.id, "escalation_path")


@rule(
    "OVR-05",
    80,
    step="oversight",
    question="Is every action really alike?",
    why="When all wait for approval people stop reading; when none does nobody looks.",
    source="S3",
    weak="Everything is approved by hand.",
    better="Reading and drafts run alone, sending is approved, refunds are barred.",
    marks=WARNS,
    reads=(Action, part(Agent, "stage")),
)
def not_all_actions_alike(document: Document, today: str) -> Iterator[Hit]:
    actions = [action for action in document.rows(Action) if permitted(action)]
    modes = [action.current for action in actions]
    if document.only(Agent).stage != "1a" and len(modes) > 1 and len(set(modes)) == 1 and modes[0]:
        detail = msg("All {count} actions are {mode}.", count=len(modes), mode=mode_label(modes[0]))
        yield Hit(detail, actions[0].id, "current")


@rule(
    "OVR-06",
    82,
    step="oversight",
    question="How far is the agent from what people would have done?",
    why="Shadowing is worth its cost only if the difference is measured.",
    source="S3",
    weak="We will get a feeling for it.",
    better="Share of proposals that people changed, Dana Abelard, weekly.",
    reads=(part(Metric, "family", "owner"), part(Person)),
)
def the_shadow_gap_is_measured(document: Document, today: str) -> Iterator[Hit]:
    metrics = [row for row in document.rows(Metric) if row.family == "headline"]
    if not any(named_person(document, row.owner) for row in metrics):
        yield Hit(
            msg("No headline metric with an owner says how often people differ."),
            *place_in(metrics, "owner", Metric.spec.kind),
        )


@rule(
    "OVR-07",
    105,
    step="oversight",
    question="What keeps a retry from doing it twice?",
    why="Networks fail between doing and knowing; the agent will try again.",
    source="S3",
    weak="That does not happen.",
    better="One idempotency key per ticket and action.",
    marks=WARNS,
    over=Action,
    reads=(),
)
def a_retry_does_not_act_twice(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if executes(action) and level(action.reversibility) >= 1 and not action.idempotency:
        yield Hit(msg("“{action}” may act twice when it is retried.", action=action.name), action.id, "idempotency")


@rule(
    "OVR-08",
    111,
    step="oversight",
    question="How would you notice that it was wrong?",
    why="A mistake that nobody notices goes on.",
    source="S3",
    weak="Customers will tell us.",
    better="Twenty of a week's replies are read on Tuesdays.",
    marks=WARNS,
    over=Action,
    reads=(),
)
def a_wrong_result_is_noticed(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if executes(action) and not action.noticed_how and "silent_failure" not in action.flags:
        yield Hit(
            msg("Nobody has said how a wrong “{action}” is noticed.", action=action.name), action.id, "noticed_how"
        )


@rule(
    "OVR-09",
    153,
    step="oversight",
    question="How, and by when, would you notice that it is quietly wrong?",
    why="Where no alarm goes off, only looking finds it, and only by a date.",
    weak="We keep an eye on it.",
    better="A weekly sample of 118 runs; noticed within seven days.",
    marks=WARNS,
    over=Action,
    reads=(),
)
def a_silent_failure_is_noticed_in_time(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if not permitted(action) or "silent_failure" not in action.flags:
        return
    if not action.noticed_how:
        yield Hit(
            msg("“{action}” can fail silently, and nothing would show it.", action=action.name),
            action.id,
            "noticed_how",
        )
    elif action.noticed_within is None:
        yield Hit(
            msg("“{action}” can fail silently, for nobody knows how long.", action=action.name),
            action.id,
            "noticed_within",
        )


@rule(
    "OVR-10",
    5,
    step="oversight",
    question="Who approves it before it happens?",
    why="In the loop means that a person is there; without a name it means that the button is.",
    source="S1",
    weak="Somebody approves.",
    better="Billing team leads on shift; above L1 a second of them.",
    marks=WARNS,
    over=Action,
    reads=behind_members("name"),
)
def approvals_have_an_approver(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if action.current not in (IN, DUAL) or not permitted(action):
        return
    if not is_somebody(document, action.approver):
        yield Hit(msg("Nobody is named who approves “{action}”.", action=action.name), action.id, "approver")
    elif action.current == DUAL and not is_somebody(document, action.second_approver):
        yield Hit(
            msg("“{action}” takes two approvers; one is named.", action=action.name), action.id, "second_approver"
        )
    elif action.current == DUAL and (twice := one_for_both(document, action)) is not None:
        detail = msg(
            "“{action}” takes two approvers; {name} could be both.", action=action.name, name=document.called(twice)
        )
        yield Hit(detail, action.id, "second_approver")


@rule(
    "OVR-11",
    73,
    step="oversight",
    question="Does a person act next, or does the agent act?",
    why="A hand-off has no effect of its own; what has one is not a hand-off.",
    source="S3",
    weak="It drafts and sends.",
    better="It drafts; sending is another action.",
    marks=WARNS,
    over=Action,
    reads=(),
)
def a_hand_off_has_no_effect(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if "human_acts_next" in action.flags and EFFECT_FLAGS.intersection(action.flags):
        yield Hit(msg("“{action}” hands to a person and acts as well.", action=action.name), action.id, "flags")


@rule(
    "OVR-12",
    78,
    step="oversight",
    question="Who decided on it, and on which evidence?",
    why="A date is not a reason to watch less.",
    source="S3",
    weak="Since March.",
    better="Dana Abelard on 12 March: 200 runs, 2 failures, no harm.",
    marks=WARNS,
    over=GraduationDecision,
    reads=(
        OwnerAssignment,
        RoleAssignment,
        Rota,
        Person,
        Handover,
        part(Agent, "time_zone"),
        part(Signature, "revision", "seat", "person", "signed_at"),
        part(Revision, "withdrawn_at"),
        behind(Action, "name"),
    ),
    timed=True,
)
def graduations_are_decided(decision: GraduationDecision, document: Document, today: str) -> Iterator[Hit]:
    if decision.direction == "revoke":
        return
    action, decider = document.called(decision.action), document.get(Person, decision.decided_by)
    accountable = product_owner_on(document, decision.decided_on, today)
    if decider is None:
        yield Hit(
            msg("Nobody is named who decided that “{action}” moves on.", action=action), decision.id, "decided_by"
        )
    elif decider.side == "vendor":
        detail = msg("{name}, who decided on “{action}”, is from the vendor.", name=decider.name, action=action)
        yield Hit(detail, decision.id, "decided_by")
    elif accountable is not None and decider.id != accountable:
        detail = msg(
            "{name} decided that “{action}” moves on; {owner} was Agent Product Owner that day.",
            name=decider.name,
            action=action,
            owner=document.called(accountable),
        )
        yield Hit(detail, decision.id, "decided_by")
    elif not decision.reason:
        yield Hit(msg("The decision on “{action}” names no evidence.", action=action), decision.id, "reason")


@rule(
    "OVR-14",
    81,
    step="oversight",
    question="How bad could it be, and how far would it reach?",
    why="What nobody has said counts as the worst, and costs autonomy that the action may deserve.",
    source="S3",
    weak="It is harmless.",
    better="One case, visible to one customer, up to 50 at stake, undone in place.",
    marks=ADVISES,
    over=Action,
    reads=(),
)
def every_attribute_is_said(action: Action, document: Document, today: str) -> Iterator[Hit]:
    missing = [name for name in ATTRIBUTES if getattr(action, name) is None]
    if missing and permitted(action):
        yield Hit(
            msg(
                "“{action}”: {count} of 5 attributes are open and count as the worst.",
                action=action.name,
                count=len(missing),
            ),
            action.id,
            missing[0],
        )


@rule(
    "OVR-15",
    71,
    step="oversight",
    question="What does the agent do, action by action?",
    why="Oversight belongs to an action; without actions there is nothing to watch.",
    source="S3",
    weak="It handles billing.",
    better="Reads the ticket, classifies it, drafts a reply, sends it: four actions.",
    reads=(Action,),
)
def actions_are_listed(document: Document, today: str) -> Iterator[Hit]:
    if not document.rows(Action):
        yield Hit(msg("No action is listed."), field="action")


RULES: tuple[Rule, ...] = (
    every_action_has_a_mode,
    no_mode_is_looser_than_its_floor,
    no_mode_is_looser_than_its_evidence,
    every_action_has_an_escalation_path,
    not_all_actions_alike,
    the_shadow_gap_is_measured,
    a_retry_does_not_act_twice,
    a_wrong_result_is_noticed,
    a_silent_failure_is_noticed_in_time,
    approvals_have_an_approver,
    a_hand_off_has_no_effect,
    graduations_are_decided,
    every_attribute_is_said,
    actions_are_listed,
)
