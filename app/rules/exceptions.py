"""Rules about exceptions: where they land, who clears them, how fast, and what they teach (domain.md 1.7)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.document import Document
from app.model.exceptions import ExceptionClass, ExceptionPath, Queue, ResponseTarget, SeverityRule
from app.model.owners import Rota
from app.model.room import Person
from app.policy.named import named_person
from app.rules.rule import Hit, Rule, is_somebody, leads_somewhere, listed_labels, name_of, part, rule

KIT = ("sight", "response_expectation", "reviewer_authority", "playbook", "learning_loop")
"""What an exception owner needs (94)."""


@rule(
    "EXC-01",
    132,
    10,
    step="exceptions",
    question="In which queue do strange cases land, and whose is it?",
    why="A case that lands nowhere in particular is found when the customer calls.",
    source="S1 S4",
    weak="The shared inbox.",
    better="Queue “billing-exceptions”, Marc Oyelaran.",
    reads=(part(Queue, "name", "owner"), part(Person)),
)
def a_queue_with_an_owner(document: Document, today: str) -> Iterator[Hit]:
    queues = document.rows(Queue)
    if not any(queue.name for queue in queues):
        yield Hit(msg("No exception queue is named."), field="queue")
    for queue in queues:
        if queue.name and named_person(document, queue.owner) is None:
            erased = name_of(document, queue.owner, Person)
            said = (
                msg("Queue “{queue}”: “{name}” was erased; name somebody else.", queue=queue.name, name=erased)
                if erased
                else msg("Queue “{queue}” has no owner.", queue=queue.name)
            )
            yield Hit(said, queue.id, "owner")


@rule(
    "EXC-02",
    93,
    step="exceptions",
    question="Which kinds of exception are there?",
    why="Exceptions that are all one kind are all equally urgent, and so none is.",
    source="S1",
    weak="Anything unusual.",
    better="Ambiguous input, policy conflict, partial failure, each with its own target.",
    reads=(ExceptionClass,),
)
def exceptions_have_classes(document: Document, today: str) -> Iterator[Hit]:
    if not document.rows(ExceptionClass):
        yield Hit(msg("No class of exception is described."), field=ExceptionClass.spec.kind)


@rule(
    "EXC-03",
    93,
    step="exceptions",
    question="Where does it land, who looks, how fast, what may they do, what goes further?",
    why="Five answers make a case somebody's; four leave it lying.",
    source="S1",
    weak="We have not decided what counts as escalated.",
    better="Lands in billing-exceptions, Marc Oyelaran, 30 minutes, may credit up to 50, fraud goes to Legal.",
    over=ExceptionClass,
    reads=(part(Queue, "name"), part(Person, "name"), part(Rota, "name", "members")),
)
def five_definitions(kind: ExceptionClass, document: Document, today: str) -> Iterator[Hit]:
    answered = {
        "queue": document.get(Queue, kind.queue) is not None,
        "reviewer": is_somebody(document, kind.reviewer),
        "within": kind.within is not None,
        "allowed_actions": bool(kind.allowed_actions),
        "goes_further_to": leads_somewhere(document, kind.goes_further_to),
    }
    missing = [name for name, done in answered.items() if not done]
    if missing:
        labels = listed_labels(ExceptionClass, missing)
        yield Hit(msg("“{kind}” is open: {labels}.", kind=kind.name, labels=labels), kind.id, missing[0])


@rule(
    "EXC-04",
    94,
    step="exceptions",
    question="What does the exception owner need to do it?",
    why="An owner without sight, time, authority, playbook or a way back owns the blame only.",
    source="S1",
    weak="They will be told.",
    better="Sees the queue on one board, 30 minutes, may resolve or reroute, playbook in the wiki, weekly way back.",
    reads=(ExceptionPath,),
)
def the_owners_kit(document: Document, today: str) -> Iterator[Hit]:
    path = document.only(ExceptionPath)
    missing = [name for name in KIT if not path.value(name)]
    if missing:
        labels = listed_labels(ExceptionPath, missing)
        yield Hit(msg("The exception owner lacks: {labels}.", labels=labels), path.id, missing[0])


@rule(
    "EXC-05",
    95,
    step="exceptions",
    question="What does each severity mean here, and how fast must it be?",
    why="Without severities the loudest case comes first.",
    source="S1",
    weak="Urgent ones first.",
    better="Severity 1: money, access or legal harm in progress; answered within 15 minutes.",
    over=SeverityRule,
    reads=(ResponseTarget,),
)
def severities_are_defined(severity: SeverityRule, document: Document, today: str) -> Iterator[Hit]:
    target = document.fixed(ResponseTarget, severity.severity)
    if not severity.meaning:
        yield Hit(msg("{severity} has no meaning yet.", severity=msg(severity.called())), severity.id, "meaning")
    elif target.ack_minutes is None:
        yield Hit(msg("{severity} has no response target.", severity=msg(severity.called())), target.id, "ack_minutes")


@rule(
    "EXC-06",
    135,
    step="exceptions",
    question="When does a case leave the agent, and to whom does it go?",
    why="Rules that are not written down are decided by whoever is on shift.",
    source="S1",
    weak="We have not really decided what counts as escalated yet.",
    better="Any refund, and anything unclear after one question, goes to billing-exceptions.",
    reads=(ExceptionPath,),
)
def escalation_rules_are_written(document: Document, today: str) -> Iterator[Hit]:
    path = document.only(ExceptionPath)
    if not path.escalation_rules:
        yield Hit(msg("The escalation rules are not written down."), path.id, "escalation_rules")


RULES: tuple[Rule, ...] = (
    a_queue_with_an_owner,
    exceptions_have_classes,
    five_definitions,
    the_owners_kit,
    severities_are_defined,
    escalation_rules_are_written,
)
