"""Rules about the classes of change: each kind has one, none is lighter than what it lets loose, and what is done
first is looked at afterwards (domain.md 1.12, K5)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.change import ApprovalRule
from app.model.document import Document
from app.model.fields import fields_of
from app.model.room import Person
from app.policy.named import named_person
from app.policy.reconciliation import approvals_wanted, too_light
from app.rules.rule import Hit, Rule, part, rule
from app.rules.severity import ADVISES, WARNS


@rule(
    "REC-01",
    67,
    step="change",
    question="Which class of change is it?",
    why="The class says who must agree beforehand; without one that is argued about while somebody waits.",
    source="S1 S2",
    weak="It depends.",
    better="Prompts: normal, the evaluation suite and one approver.",
    marks=ADVISES,
    reconciles=(5,),
    over=ApprovalRule,
    reads=(),
)
def every_approval_has_a_class(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    if not approval.change_class:
        yield Hit(msg("{change}: no class is chosen.", change=msg(approval.called())), approval.id, "change_class")


@rule(
    "REC-02",
    64,
    step="change",
    question="Who else looks, before it may do more?",
    why="What lets the agent do more is felt by those who were not asked; somebody beside the lead has to agree.",
    source="S1",
    weak="Wider scope: standard, the lead alone.",
    better="Wider scope: major, Rosa Steiner for business, Jun Kowalczyk for the platform.",
    marks=WARNS,
    reconciles=(5, 6),
    over=ApprovalRule,
    reads=(),
)
def doing_more_is_no_light_change(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    if too_light(approval):
        chosen = fields_of(ApprovalRule)["change_class"].choice(approval.change_class)
        assert chosen is not None
        yield Hit(
            msg(
                "{change} is in the class “{light}”; it takes normal or major.",
                change=msg(approval.called()),
                light=msg(chosen.label),
            ),
            approval.id,
            "change_class",
        )


@rule(
    "REC-03",
    67,
    step="change",
    question="Who looks at it afterwards?",
    why="Acting first is right when every minute counts, and a habit when nobody comes back to it.",
    source="S2",
    weak="We had to move fast.",
    better="Jun Kowalczyk looks back on it within two working days.",
    marks=WARNS,
    reconciles=(5,),
    over=ApprovalRule,
    reads=(part(Person),),
)
def what_is_done_first_is_reviewed(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    wanted = approvals_wanted(approval.change_class)
    if wanted is None or not wanted.afterwards:
        return
    if not any(named_person(document, each) for each in approval.approvers):
        yield Hit(
            msg("{change}: nobody is told of it, and nobody looks at it afterwards.", change=msg(approval.called())),
            approval.id,
            "approvers",
        )


RULES: tuple[Rule, ...] = (every_approval_has_a_class, doing_more_is_no_light_change, what_is_done_first_is_reviewed)
