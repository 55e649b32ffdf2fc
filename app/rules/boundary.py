"""Rules about the boundary: what it is for, what it may do, what it must leave to people (domain.md 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

from app.messages import Message, msg
from app.model.boundary import BoundaryLine, LaunchBlocker, Workflow
from app.model.document import Document, Table
from app.model.oversight import Action
from app.model.room import Person
from app.policy.days import in_words
from app.policy.named import named_person
from app.policy.oversight import executes, hands_to_person, permitted
from app.policy.statement import says_an_act, says_what_is_left
from app.policy.subjects import act, act_called, allowed_by, crossed, stem
from app.rules.rule import TAKES_EFFECT, Hit, Rule, about, listed_labels, part, rule
from app.rules.severity import ADVISES, marks

FEWEST_WORDS = 6
"""A boundary in fewer words than this names no verb, object and exception; it is a slogan."""

MOST_LINES_AT_FIRST = 15
MOST_ACTIONS_AT_FIRST = 12
"""A first workflow with more lines, or more actions that take effect, is better made narrower (14; our own number)."""

STEM = 4
"""So many letters tell one word from another where the endings differ."""

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
    detail = _left_open(document, workflow.statement)
    if detail is not None:
        yield Hit(detail, workflow.id, "statement")


def _left_open(document: Document, statement: str) -> Message | None:
    """What a statement does not say, and the lines below it do not either; None where all is said."""
    if not statement:
        return msg("The boundary is not written down.")
    if len(statement.split()) < FEWEST_WORDS:
        return msg("The boundary is a slogan: say verbs, objects and what is routed out.")
    lines = [line for line in document.rows(BoundaryLine) if line.object]
    leaves = says_what_is_left(statement)
    if any(line.side == "may" and line.verb for line in lines):
        if not any(line.verb and _is_said(line, statement) for line in lines):
            return msg("The statement says nothing of the lines below it: none of their verbs stands in it.")
    elif not leaves and not says_an_act(statement):
        return msg("The boundary promises something and does not say what it does: write verbs and their objects.")
    if not leaves and all(line.side == "may" for line in lines):
        return msg("Neither the statement nor a line says which cases go to a person.")
    return None


def _is_said(line: BoundaryLine, statement: str) -> bool:
    """Whether a statement has the verb of a line. Its object is not enough: "handles billing stuff" has that too."""
    return not _stems(line.verb.split()[0]).isdisjoint(_stems(statement))


def _stems(text: str) -> frozenset[str]:
    """The words of a text by how they begin and without their endings, so that classify and classifies are one."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(stem(word) for word in words) | {word[:STEM] for word in words if len(word) >= STEM}


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


_WHO_AGREES = msg("Who agrees for business, and who for IT, that this blocks launch?")


@rule(
    "BND-04",
    10,
    step="boundary",
    question="Which failure would keep it from going live?",
    why="Business and IT each know failures that the other does not; one list makes them agree before, not after.",
    source="S4",
    weak="We will see in the pilot.",
    better="A refund routed to nobody blocks launch; agreed by Dana Abelard and Jun Kowalczyk.",
    reads=(LaunchBlocker, part(Person, "name", "side")),
)
def launch_blockers_are_agreed(document: Document, today: str) -> Iterator[Hit]:
    blockers = [row for row in document.rows(LaunchBlocker) if row.case]
    if not blockers:
        yield Hit(msg("No failure case is agreed that would block launch."), field="launch_blocker")
    for row in blockers:
        business, it = (named_person(document, agreed) is not None for agreed in (row.business, row.it))
        if not business and not it:
            detail = msg("Nobody has agreed to “{case}” yet, neither for business nor for IT.", case=row.case)
            yield Hit(detail, row.id, "business", question=_WHO_AGREES)
        elif not business:
            detail = msg("Nobody has agreed to “{case}” for business.", case=row.case)
            yield Hit(detail, row.id, "business", question=msg("Who agrees for business that this blocks launch?"))
        elif not it:
            detail = msg("Nobody has agreed to “{case}” for IT.", case=row.case)
            yield Hit(detail, row.id, "it", question=msg("Who agrees for IT that this blocks launch?"))
        elif row.business == row.it:
            name = document.called(row.it)
            detail = msg("{name} alone has agreed to “{case}”, for both sides.", name=name, case=row.case)
            yield Hit(detail, row.id, "it", question=_WHO_AGREES)
        else:
            yield from _agreed_by_the_vendor(document, row)


def _agreed_by_the_vendor(document: Document, row: LaunchBlocker) -> Iterator[Hit]:
    for field, agreed in (("business", row.business), ("it", row.it)):
        person = document.get(Person, agreed)
        if person is not None and person.side == "vendor":
            detail = msg("{name}, who agreed to “{case}”, is from the vendor.", name=person.name, case=row.case)
            yield Hit(detail, row.id, field, question=_WHO_AGREES)
            return


@rule(
    "BND-09",
    10,
    step="boundary",
    question="Has each case that blocks launch been shown to be handled?",
    why="A list of what must not happen keeps nothing from happening; each case is tried, and the day written down.",
    source="S4",
    weak="We know about the retries.",
    better="Ten writes with one key, one credit: shown on 14 November.",
    marks=marks("W Bl Bl Bl"),
    over=LaunchBlocker,
    reads=(),
    timed=True,
)
def launch_blockers_are_cleared(row: LaunchBlocker, document: Document, today: str) -> Iterator[Hit]:
    # Until both sides agree to a case it is not on the list.
    if not row.case or row.business is None or row.it is None or "" < row.cleared_on <= today:
        return
    if row.cleared_on:
        detail = msg(
            "“{case}” is shown on {day}, which is still to come; it does not count yet.",
            case=row.case,
            day=in_words(row.cleared_on),
        )
    else:
        detail = msg("“{case}” blocks launch, and nobody has shown that it is handled.", case=row.case)
    yield Hit(detail, row.id, "cleared_on")


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
    if not permitted(action):
        return
    named = document.get(BoundaryLine, action.boundary_line)
    if named is not None and named.side == "barred":
        line: BoundaryLine | None = named
    elif hands_to_person(action):
        return
    elif named is not None and named.side == "routes_out":
        line = named
    else:
        line = crossed(document, act_called(action.name))
    if line is not None:
        detail = (
            msg("“{action}” acts on what is barred: {case}.", action=action.name, case=_case(line))
            if line.side == "barred"
            else msg("“{action}” acts on what goes to a person: {case}.", action=action.name, case=_case(line))
        )
        yield Hit(detail, action.id, "boundary_line")


@rule(
    "BND-10",
    148,
    step="boundary",
    question="May it do this, or not?",
    why="Two lines that say yes and no to one case leave the choice to whoever reads only one of them.",
    weak="May refund small amounts; refunds go to people.",
    better="Refunds go to people. Or: may refund up to 20; refunds above 20 go to people.",
    over=BoundaryLine,
    reads=(BoundaryLine, *about(Action)),
)
def the_lines_do_not_contradict(line: BoundaryLine, document: Document, today: str) -> Iterator[Hit]:
    if line.side != "may":
        return
    other = crossed(document, act(line.verb, line.object))
    if other is None:
        return
    permits = _permits(document.table(Action.spec.kind)).get(line.id, ())
    if permits and all(hands_to_person(action) for action in permits):
        return
    detail = (
        msg("It may {may}, and is barred from it: {case}.", may=_case(line), case=_case(other))
        if other.side == "barred"
        else msg("It may {may}, and that goes to a person: {case}.", may=_case(line), case=_case(other))
    )
    yield Hit(detail, line.id, "object")


@lru_cache(maxsize=4)
def _permits(actions: Table) -> Mapping[str, list[Action]]:
    """Line -> the actions that it permits."""
    found: dict[str, list[Action]] = {}
    for action in actions.ordered:
        if isinstance(action, Action) and action.boundary_line:
            found.setdefault(action.boundary_line, []).append(action)
    return found


def _case(line: BoundaryLine) -> str:
    return f"{line.verb} {line.object}".strip()


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
    workflow = document.only(Workflow)
    empty = [name for name in ANSWERS if not workflow.value(name)]
    if empty:
        labels = listed_labels(Workflow, empty)
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
    if not permitted(action) or document.get(BoundaryLine, action.boundary_line) is not None:
        return
    detail = msg("No line of the boundary is named that permits “{action}”.", action=action.name)
    likely = allowed_by(document, act_called(action.name))
    if likely is not None:
        detail = msg("{open} Is it “{line}”?", open=detail, line=_case(likely))
    yield Hit(detail, action.id, "boundary_line")


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
    launch_blockers_are_cleared,
    no_action_crosses_the_boundary,
    the_lines_do_not_contradict,
    the_workflow_is_described,
    every_action_has_its_line,
    the_first_workflow_is_narrow,
)
