"""What a change that was made lacks of what its class asks for (domain.md 1.4: 58, 59, 67; 1.12 K5)."""

from __future__ import annotations

from typing import NamedTuple

from app.messages import Message, msg
from app.model.change import ApprovalRule, Change
from app.model.document import Document
from app.model.room import Person
from app.policy.reconciliation import LOOSENING, approvals_wanted
from app.policy.suites import must_pass
from app.policy.vendor import only_the_vendor

EVALUATED = LOOSENING | {"prompts", "model", "tool"}
"""Kinds of change that pass the evaluation suite whatever their class: what is new behaviour, and the six."""


class Lack(NamedTuple):
    """What a change that was made lacks, as the end of a sentence about it, and the field that answers it."""

    what: Message
    field: str


def lack_of(document: Document, change: Change) -> Lack | None:
    """What a change that was made lacks of what its kind asks for; None where it has it all.

    Where several approval rules are about its kind, keeping one of them is enough. Who approved then is not held
    against who holds a part today: only that somebody inside did.
    """
    asked = [
        (wanted.approvers, wanted.evaluation or must_pass(document, rule))
        for rule in document.rows(ApprovalRule)
        if rule.change == change.change and (wanted := approvals_wanted(rule.change_class)) is not None
    ]
    if not asked:
        asked = [(1, change.change in EVALUATED)]
    lacks = [_lack(document, change, approvers, evaluated) for approvers, evaluated in asked]
    return None if None in lacks else lacks[0]


def _lack(document: Document, change: Change, approvers: int, evaluated: bool) -> Lack | None:
    if not approvers:
        return None
    people = [person for person in (document.get(Person, each) for each in change.approved_by) if person is not None]
    inside = [person for person in people if person.side != "vendor"]
    if not people:
        return Lack(msg("nobody approved it"), "approved_by")
    if not inside:
        name = only_the_vendor(document, *change.approved_by)
        return Lack(msg("the vendor alone approved it: {name}", name=name), "approved_by")
    if len(inside) < approvers:
        return Lack(msg("inside, {name} approved it alone; its class asks for two", name=inside[0].name), "approved_by")
    if evaluated and not change.evaluation:
        return Lack(msg("no evaluation result stands beside it"), "evaluation")
    return None
