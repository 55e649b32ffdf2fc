"""How the sources are reconciled where they differ: the classes of change with their approvers, and who decides what
where two people lead (domain.md 1.12: K3, K5, K6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.change import ApprovalRule
from app.model.document import Document
from app.policy.functions import for_the_platform
from app.policy.holders import Holder, holder
from app.policy.named import named_person
from app.policy.suites import must_pass

TIGHTEN, STANDARD, NORMAL, MAJOR, EMERGENCY = (str(entry.value) for entry in v.CHANGE_CLASSES)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one class of change asks for: how many must say yes beforehand, whether the lead says it alone, whether
    business and platform say it both, whether the evaluation suite must pass, whether somebody looks afterwards."""

    approvers: int
    words: Message
    lead_alone: bool = False
    both_sides: bool = False
    evaluation: bool = False
    afterwards: bool = False


_WANTED: Mapping[str, Wanted] = {
    TIGHTEN: Wanted(0, msg("Nobody beforehand; whoever is named is told."), afterwards=True),
    STANDARD: Wanted(1, msg("The lead alone."), lead_alone=True),
    NORMAL: Wanted(1, msg("The evaluation suite, and one approver."), evaluation=True),
    MAJOR: Wanted(
        2,
        msg("The evaluation suite, one approver for business and one for the platform."),
        both_sides=True,
        evaluation=True,
    ),
    EMERGENCY: Wanted(0, msg("Nobody beforehand; whoever is named reviews it afterwards."), afterwards=True),
}

LOOSENING = frozenset(v.SIX_APPROVALS)
"""The six kinds of change that let the agent do more, or with less care."""


def approvals_wanted(change_class: str) -> Wanted | None:
    """What a class of change asks for; None where no class is chosen."""
    return _WANTED.get(change_class)


def unmet(document: Document, rule: ApprovalRule) -> tuple[Message, ...]:
    """What an approval rule still lacks of what its class asks for; empty where it has it all."""
    wanted = approvals_wanted(rule.change_class)
    return tuple(_unmet(document, rule, wanted)) if wanted else (msg("no class is chosen"),)


def satisfies(document: Document, rule: ApprovalRule) -> bool:
    """Whether an approval rule has what its class asks for."""
    return not unmet(document, rule)


def too_light(rule: ApprovalRule) -> bool:
    """Whether a change that lets the agent do more is in a class that nobody else has to look at."""
    return rule.change in LOOSENING and rule.change_class in (TIGHTEN, STANDARD, EMERGENCY)


def _unmet(document: Document, rule: ApprovalRule, wanted: Wanted) -> Iterator[Message]:
    people = [person for person in (named_person(document, each) for each in rule.approvers) if person is not None]
    if wanted.evaluation and not must_pass(document, rule):
        yield msg("the evaluation suite")
    if wanted.afterwards and not people:
        yield msg("somebody who is told, and looks at it afterwards")
    elif wanted.lead_alone:
        lead = holder(document, "WO").person
        if not people:
            yield msg("the lead as its approver")
        elif any(person.id != lead for person in people):
            yield msg("the lead as its only approver")
    elif wanted.both_sides:
        sides = {for_the_platform(document, person.id) for person in people if person.side == "inside"}
        if False not in sides:
            yield msg("an approver for business")
        if True not in sides:
            yield msg("an approver for the platform")
    elif len(people) < wanted.approvers:
        yield msg("an approver")


# --- who decides what -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Right:
    """One thing to decide about the agent: what, by the holder of which column, and who that is."""

    key: str
    what: Message
    column: str
    held: Holder


_RIGHTS = (
    ("boundary", msg("The boundary, and which risks are acceptable"), "WO"),
    ("guardrails", msg("The guardrails, and the oversight of each action"), "APO"),
    ("outcome", msg("To expand, narrow or stop it"), "OO"),
)


def rights(document: Document) -> tuple[Right, ...]:
    """Who decides what: boundary and risk, guardrails and dial, expand or stop."""
    return tuple(Right(key, what, column, holder(document, column)) for key, what, column in _RIGHTS)


def lead_is_split(document: Document) -> bool:
    """Whether somebody other than the workflow owner is named as Agent Product Owner; else the lead is one person."""
    lead, product = holder(document, "WO"), holder(document, "APO")
    return product.filled and (product.person, product.rota) != (lead.person, None)
