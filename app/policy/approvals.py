"""Who says yes, and to what: the approvers of each action and of each kind of change (domain.md 5; 58, 67, 78).

A second approver is no second A: one person answers for the action, two say yes to each run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.messages import Message, msg
from app.model.change import ApprovalRule
from app.model.document import Document
from app.model.oversight import Action
from app.policy.oversight import DUAL, IN, oversight_of
from app.policy.reconciliation import unmet
from app.policy.windows import people_behind


@dataclass(frozen=True, slots=True)
class Approval:
    """What is approved, and by whom. `row` is the id of the action or approval rule; `first` and `second` are ids of
    people or rotas. `grade` is the mode of an action or the class of a change, "" while it is open; `missing` is what
    is still asked for."""

    row: str
    what: Message | str
    is_action: bool
    grade: str
    first: str | None
    second: tuple[str, ...]
    when: str
    missing: tuple[Message, ...] = ()


def approvals(document: Document) -> tuple[Approval, ...]:
    """Everything that takes a yes: the actions that wait for one, then the kinds of change."""
    return (*_of_actions(document), *_of_changes(document))


def one_for_both(document: Document, action: Action) -> str | None:
    """The id of the one person who stands behind both approvers of an action, and so could say yes twice; None where
    two people can, or where one of the two is nobody yet."""
    first, second = people_behind(document, action.approver), people_behind(document, action.second_approver)
    return next(iter(first)) if first == second and len(first) == 1 else None


def _of_actions(document: Document) -> Iterator[Approval]:
    for action in document.rows(Action):
        mode = action.current or oversight_of(document, action).start
        if mode not in (IN, DUAL):
            continue
        missing = []
        if not people_behind(document, action.approver):
            missing.append(msg("an approver"))
        another = people_behind(document, action.second_approver)
        if mode == DUAL and (not another or one_for_both(document, action) is not None):
            missing.append(msg("a second approver"))
        second = (action.second_approver,) if action.second_approver else ()
        name = action.name or msg("Action without a name")
        yield Approval(action.id, name, True, mode, action.approver, second, action.approval_rule, tuple(missing))


def _of_changes(document: Document) -> Iterator[Approval]:
    for rule in document.rows(ApprovalRule):
        yield Approval(
            rule.id,
            msg(rule.called() or "Not chosen yet"),
            False,
            rule.change_class,
            rule.approvers[0] if rule.approvers else None,
            rule.approvers[1:],
            rule.limit,
            unmet(document, rule),
        )
