"""Rules about the boundary: what it is for, what it may do, what it must leave to people (domain.md 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from app.messages import msg
from app.model.boundary import BoundaryLine, LaunchBlocker, Workflow
from app.model.document import Document
from app.model.fields import fields_of
from app.model.oversight import Action
from app.policy.oversight import executes, listed, permitted
from app.rules.rule import TAKES_EFFECT, Hit, Rule, part, rule
from app.rules.severity import ADVISES, marks

FEWEST_WORDS = 6
"""A boundary in fewer words than this names no verb, object and exception; it is a slogan."""

MOST_LINES_AT_FIRST = 15
MOST_ACTIONS_AT_FIRST = 12
"""A first workflow with more lines, or more actions that take effect, is better made narrower (14; our own number)."""

STEM = 4

ANSWERS = (
    "purpose",
    "trigger",
    "inputs",
    "output",
    "approval_threshold",
    "success",
    "failure",
    "good_enough",
    "acceptable_risks",
    "after_failure",
    "access_boundary",
    "support_path",
)
"""What the workflow owner, the business and IT each answer (7, 8, 9; 4 and 6)."""


@rule(
    "BND-01",
    2,
    step="boundary",
    question="What does it do, and which cases go to a person?",
    why="Nobody can own, test or stop what was never drawn.",
    source="S1",
    weak="Customer support automation.",
    better="Classifies inbound billing tickets, drafts simple replies, routes refunds and fraud to people.",
    reads=(part(Workflow, "statement"), part(BoundaryLine, "side", "verb", "object")),
)
def statement_is_specific(document: Document, today: str) -> Iterator[Hit]:
    workflow = document.only(Workflow)
    if not workflow.statement:
        yield Hit(msg("The boundary is not written down."), workflow.id, "statement")
    elif len(workflow.statement.split()) < FEWEST_WORDS:
        yield Hit(msg("The boundary is a slogan: say verbs, objects and what is routed out."), workflow.id, "statement")
    else:
        allowed = {stem for line in document.rows(BoundaryLine) if line.side == "may" for stem in _stems(line)}
        if allowed and not allowed.intersection(_stems_in(workflow.statement)):
            detail = msg("The statement names nothing of what the agent may do: no verb and no object of the list.")
            yield Hit(detail, workflow.id, "statement")


def _stems(line: BoundaryLine) -> frozenset[str]:
    return _stems_in(f"{line.verb} {line.object}")


def _stems_in(text: str) -> frozenset[str]:
    """The first letters of each longer word, so that classify and classifies are one."""
    return frozenset(word[:STEM] for word in re.findall(r"\w+", text.casefold()) if len(word) >= STEM)


@rule(
    "BND-02",
    2,
    3,
    step="boundary",
    question="What may it do, verb by verb?",
    why="Whatever is not listed is not permitted; without a list nothing is.",
    source="S1",
    weak="It helps with billing.",
    better="Classify inbound billing tickets. Draft replies to simple questions.",
    reads=(BoundaryLine,),
)
def something_is_allowed(document: Document, today: str) -> Iterator[Hit]:
    if not any(line.side == "may" and line.verb and line.object for line in document.rows(BoundaryLine)):
        yield Hit(msg("No line says what it may do, with a verb and an object."), field="boundary_line:may")


@rule(
    "BND-03",
    2,
    step="boundary",
    question="Which cases does it put down and pass on?",
    why="An agent without a way out decides cases that a person should decide.",
    source="S1",
    weak="It knows when to ask.",
    better="Refunds, fraud, cancellations and legal cases go to the billing queue.",
    reads=(BoundaryLine,),
)
def something_is_routed_out(document: Document, today: str) -> Iterator[Hit]:
    if not any(line.side == "routes_out" and line.object for line in document.rows(BoundaryLine)):
        yield Hit(msg("No line says which cases go to a person."), field="boundary_line:routes_out")


@rule(
    "BND-04",
    10,
    step="boundary",
    question="Which failure would keep it from going live?",
    why="Business and IT each know failures that the other does not; one list makes them agree before, not after.",
    source="S4",
    weak="We will see in the pilot.",
    better="A refund routed to nobody blocks launch; agreed by Dana Abelard and Jun Kowalczyk.",
    reads=(LaunchBlocker,),
)
def launch_blockers_are_agreed(document: Document, today: str) -> Iterator[Hit]:
    blockers = [row for row in document.rows(LaunchBlocker) if row.case]
    if not blockers:
        yield Hit(msg("No failure case is agreed that would block launch."), field="launch_blocker")
    for row in blockers:
        if row.business is None:
            yield Hit(msg("Nobody has agreed to “{case}” for business.", case=row.case), row.id, "business")
        elif row.it is None:
            yield Hit(msg("Nobody has agreed to “{case}” for IT.", case=row.case), row.id, "it")


@rule(
    "BND-05",
    148,
    step="oversight",
    question="Why is it permitted what the boundary forbids?",
    why="An action that acts on what was routed out or barred makes the boundary a wish.",
    weak="It may refund small amounts, although refunds go to people.",
    better="Refunds go to people; the agent only routes them.",
    over=Action,
    reads=(BoundaryLine,),
)
def no_action_crosses_the_boundary(action: Action, document: Document, today: str) -> Iterator[Hit]:
    line = document.get(BoundaryLine, action.boundary_line)
    if line is None or not permitted(action):
        return
    if line.side == "barred":
        yield Hit(
            msg("“{action}” acts on what is barred: {object}.", action=action.name, object=line.object),
            action.id,
            "boundary_line",
        )
    elif line.side == "routes_out" and "human_acts_next" not in action.flags:
        yield Hit(
            msg("“{action}” acts on what goes to a person: {object}.", action=action.name, object=line.object),
            action.id,
            "boundary_line",
        )


@rule(
    "BND-06",
    7,
    8,
    9,
    step="boundary",
    question="Which questions about the workflow are still without an answer?",
    why="The workflow owner, the business and IT each know a part of it; what nobody says, each assumes.",
    source="S1 S4",
    weak="That will become clear.",
    better="Each has one sentence, written down while both sides are in the room.",
    marks=ADVISES,
    reads=(Workflow,),
)
def the_workflow_is_described(document: Document, today: str) -> Iterator[Hit]:
    workflow, declared = document.only(Workflow), fields_of(Workflow)
    empty = [name for name in ANSWERS if not workflow.value(name)]
    if empty:
        labels = listed([msg(declared[name].label) for name in empty])
        yield Hit(msg("Not answered yet: {labels}.", labels=labels), workflow.id, empty[0])


@rule(
    "BND-07",
    3,
    step="oversight",
    question="Which line of the boundary permits this action?",
    why="What no line permits is not permitted.",
    source="S1",
    weak="It has always done that.",
    better="Permitted by “Classify inbound billing tickets”.",
    marks=ADVISES,
    over=Action,
    reads=(BoundaryLine,),
)
def every_action_has_its_line(action: Action, document: Document, today: str) -> Iterator[Hit]:
    if permitted(action) and document.get(BoundaryLine, action.boundary_line) is None:
        yield Hit(
            msg("No line of the boundary is named that permits “{action}”.", action=action.name),
            action.id,
            "boundary_line",
        )


@rule(
    "BND-08",
    14,
    step="boundary",
    question="Which half of it could wait?",
    why="Speed and control quarrel over a wide start; a narrow one with plain approvals leaves little to quarrel over.",
    source="S4",
    weak="All of billing, from the first day.",
    better="Simple questions about invoices first; credits and addresses once those run.",
    marks=marks("A A - -"),
    reads=(part(Workflow), part(BoundaryLine, "side"), part(Action, *TAKES_EFFECT)),
)
def the_first_workflow_is_narrow(document: Document, today: str) -> Iterator[Hit]:
    workflow = document.only(Workflow)
    lines = sum(line.side == "may" for line in document.rows(BoundaryLine))
    acting = (action for action in document.rows(Action) if executes(action))
    if lines > MOST_LINES_AT_FIRST:
        yield Hit(
            msg("{count} lines say what it may do; that is wide for a start.", count=lines), workflow.id, "statement"
        )
    elif len(tuple(islice(acting, MOST_ACTIONS_AT_FIRST + 1))) > MOST_ACTIONS_AT_FIRST:
        detail = msg("More than {count} actions take effect; that is many for a start.", count=MOST_ACTIONS_AT_FIRST)
        yield Hit(detail, workflow.id, "statement")


RULES: tuple[Rule, ...] = (
    statement_is_specific,
    something_is_allowed,
    something_is_routed_out,
    launch_blockers_are_agreed,
    no_action_crosses_the_boundary,
    the_workflow_is_described,
    every_action_has_its_line,
    the_first_workflow_is_narrow,
)
