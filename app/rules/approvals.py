"""Rules about who approves a change: how many, from which side, by when, and what the lead may do alone
(domain.md 1.4; 1.12 K5, K6)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.change import ApprovalRule, EvaluationSuite
from app.model.document import Document
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import FunctionContact, Person
from app.policy.functions import for_the_platform, same_function, works_in
from app.policy.holders import holder
from app.policy.named import named_person
from app.policy.oversight import listed
from app.policy.suites import must_pass, no_behaviour_escapes
from app.rules.rule import Hit, Reads, Rule, part, rule
from app.rules.severity import ADVISES, WARNS

MANY_APPROVERS = 3
FAR_TOO_MANY_APPROVERS = 5
WIDENING = frozenset({"wider_scope", "looser_threshold"})

WHO_THEY_ARE: Reads = (
    part(Person, "name", "function", "side"),
    part(FunctionContact, "person"),
    part(OwnerAssignment, "person", "stand_in"),
    part(RoleAssignment, "person", "rota"),
    part(Rota, "name"),
)
"""What decides for which function, side or part somebody approves."""


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
    reconciles=(5,),
    over=ApprovalRule,
    reads=(),
)
def not_too_many_approvers(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    count, change = len(approval.approvers), msg(approval.called())
    if count >= FAR_TOO_MANY_APPROVERS:
        detail = msg(
            "{change}: {count} people must approve. That is a committee; nobody decides.", change=change, count=count
        )
        yield Hit(detail, approval.id, "approvers")
    elif count >= MANY_APPROVERS:
        yield Hit(msg("{change}: {count} people must approve.", change=change, count=count), approval.id, "approvers")


@rule(
    "CHG-05",
    64,
    step="change",
    question="Who approves it for the platform, and who for the business?",
    why="More automatic sending changes what customers get and what the platform carries; each side sees one of them.",
    source="S1",
    weak="The lead widens it.",
    better="Dana Abelard for business, Jun Kowalczyk for the platform.",
    marks=WARNS,
    reconciles=(5, 6),
    over=ApprovalRule,
    reads=(part(Action, "flags"), *WHO_THEY_ARE),
)
def wider_sending_takes_two(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    if approval.change not in WIDENING or not approval.approvers:
        return
    if not any("external_message" in action.flags for action in document.rows(Action)):
        return
    sides = {for_the_platform(document, each) for each in approval.approvers if named_person(document, each)}
    change = msg(approval.called())
    if len(approval.approvers) == 1:
        detail = msg("{change}: one person alone may widen what is sent.", change=change)
    elif True not in sides:
        detail = msg("{change}: nobody approves for the platform what is sent.", change=change)
    elif False not in sides:
        detail = msg("{change}: nobody approves for the business what is sent.", change=change)
    else:
        return
    yield Hit(detail, approval.id, "approvers")


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
    "CHG-12",
    61,
    step="change",
    question="Who drafts the words, and who signs them?",
    why="Support hears how customers talk; product or compliance answers for what is said to them.",
    source="S0",
    weak="Engineering adjusts the prompt.",
    better="Hanna Weiss drafts, Dana Abelard signs.",
    marks=ADVISES,
    over=ApprovalRule,
    reads=WHO_THEY_ARE,
)
def words_are_drafted_by_support(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    if approval.change not in ("prompts", "knowledge"):
        return
    change = msg(approval.called())
    if approval.drafters and not any(works_in(document, each, "SUP") for each in approval.drafters):
        yield Hit(msg("{change}: nobody from Support drafts it.", change=change), approval.id, "drafters")
    elif approval.approvers and not any(_signs_words(document, each) for each in approval.approvers):
        yield Hit(msg("{change}: neither product nor compliance signs it.", change=change), approval.id, "approvers")


def _signs_words(document: Document, person_id: str) -> bool:
    if person_id in (holder(document, "APO").person, holder(document, "WO").person):
        return True
    person = named_person(document, person_id)
    return person is not None and (works_in(document, person_id, "LEG") or same_function(person.function, "Product"))


@rule(
    "CHG-13",
    62,
    step="change",
    question="Who says where the threshold lies, and who makes sure that it triggers?",
    why="Support knows what is too much, IT whether the limit fires, and the product owner decides between them.",
    source="S0 S3 S4",
    weak="Finance approves amounts.",
    better="Hanna Weiss proposes; Jun Kowalczyk for IT and Dana Abelard, Agent Product Owner, approve.",
    marks=ADVISES,
    reconciles=(6,),
    over=ApprovalRule,
    reads=WHO_THEY_ARE,
)
def thresholds_have_three_hands(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    if approval.change != "looser_threshold" or not approval.approvers:
        return
    involved = (*approval.drafters, *approval.approvers)
    missing, field = [], "approvers"
    if not any(works_in(document, each, "SUP") for each in involved):
        missing.append(msg("Support"))
        field = "drafters"
    if not any(for_the_platform(document, each) for each in involved):
        missing.append(msg("IT"))
    if holder(document, "APO").person not in approval.approvers:
        missing.append(msg("the Agent Product Owner among the approvers"))
    if missing:
        detail = msg("{change}: missing {who}.", change=msg(approval.called()), who=listed(missing))
        yield Hit(detail, approval.id, field if len(missing) == 1 else "approvers")


@rule(
    "CHG-14",
    66,
    step="change",
    question="What may the lead change alone, today?",
    why="Where every comma waits for two signatures, commas are changed without any.",
    source="S2",
    weak="All changes go through the board.",
    better="Knowledge articles: Dana Abelard alone, the same day.",
    marks=ADVISES,
    reconciles=(5,),
    reads=(ApprovalRule, part(OwnerAssignment, "person"), part(Person)),
)
def the_lead_has_a_lane(document: Document, today: str) -> Iterator[Hit]:
    lead, rules = document.fixed(OwnerAssignment, "workflow").person, document.rows(ApprovalRule)
    if document.get(Person, lead) is None or not any(each.approvers for each in rules):
        return
    standard = [each for each in rules if each.change_class == "standard"]
    if any(set(each.approvers) <= {lead} for each in standard):
        return
    detail = msg("There is no kind of change that the lead may make alone.")
    yield Hit(detail, standard[0].id if standard else "", "approvers" if standard else "approval_rule")


@rule(
    "CHG-15",
    67,
    step="change",
    question="Does the approval keep what its class says?",
    why="A major change with one signature is a normal one with a grand name.",
    source="S1 S2",
    weak="Major, approved by Dana.",
    better="Major: evaluation, Rosa Steiner for the business, Jun Kowalczyk for the platform.",
    marks=WARNS,
    reconciles=(5,),
    over=ApprovalRule,
    reads=(part(EvaluationSuite, "standing", "gates"), *WHO_THEY_ARE),
)
def a_class_keeps_its_word(approval: ApprovalRule, document: Document, today: str) -> Iterator[Hit]:
    """That no suite stands at all is asked once, by CHG-02 and CHG-03, and not for every kind of change again."""
    if not approval.approvers:
        return
    change, lead = msg(approval.called()), document.fixed(OwnerAssignment, "workflow").person
    asks_for_it = approval.change_class in ("normal", "major") and no_behaviour_escapes(document)
    sides = {for_the_platform(document, each) for each in approval.approvers if named_person(document, each)}
    if asks_for_it and not must_pass(document, approval):
        detail = msg("{change}: no suite runs on it; its class asks for one.", change=change)
        yield Hit(detail, approval.id, "evaluation_gate")
    elif approval.change_class == "major" and len(sides) < 2:
        detail = msg(
            "{change} is a major change: it takes one approver for business and one for the platform.", change=change
        )
        yield Hit(detail, approval.id, "approvers")
    elif approval.change_class == "standard" and lead is not None and set(approval.approvers) != {lead}:
        detail = msg("{change} is a standard change: the lead approves it alone.", change=change)
        yield Hit(detail, approval.id, "approvers")


RULES: tuple[Rule, ...] = (
    not_too_many_approvers,
    wider_sending_takes_two,
    approvals_have_a_time,
    words_are_drafted_by_support,
    thresholds_have_three_hands,
    the_lead_has_a_lane,
    a_class_keeps_its_word,
)
