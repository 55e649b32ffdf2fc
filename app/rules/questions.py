"""The eight questions that must all be yes before the agent does real work (domain.md 1.10)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.change import ApprovalRule
from app.model.document import Document
from app.model.exceptions import ExceptionPath, Queue
from app.model.owners import OwnerAssignment, Rota
from app.model.room import Person
from app.model.scorecard import ReviewRhythm
from app.model.stop import StopControl
from app.policy.named import named_person
from app.policy.names import told_apart
from app.rules import change, exceptions, owners, scorecard, stop
from app.rules.finding import Context, Severity
from app.rules.rule import Reads, Rule, is_somebody, name_of
from app.rules.severity import STAGES, TABLE

_log = logging.getLogger(__name__)

ALL_EIGHT = 138
"""The catalogue id of what the eight come to."""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the eight questions with its answer; `detail` is who or what answers it, or what is missing. `step`,
    `subject` and `field` say where it is answered."""

    number: int
    text: Message
    answer: bool
    detail: Message
    step: str
    subject: str = ""
    field: str = ""


def questions(document: Document, context: Context) -> tuple[Question, ...]:
    """The eight questions, as this document answers them at this moment; no where a rule behind one fails."""
    return tuple(_told(number, document, context.today(document)) for number in range(1, len(_EIGHT) + 1))


def before_real_work(stage: str) -> Message:
    """What a no among the eight comes to at a stage ("" for the first), as domain.md 1.13 weighs it (138)."""
    if TABLE[ALL_EIGHT][stage or STAGES[0]].severity is Severity.BLOCKER:
        return msg("All eight must be yes before it is signed.")
    first = next(each for each in STAGES if TABLE[ALL_EIGHT][each].severity is Severity.BLOCKER)
    at = next(entry.label for entry in v.STAGES if entry.value == first)
    return msg("From “{stage}” on all eight must be yes; until then a no is a warning.", stage=msg(at))


def unanswered(document: Document, today: str) -> tuple[Question, ...]:
    """The questions whose answer is no on a day, each with the place that answers it."""
    asked = (_asked(number, document, today) for number in range(1, len(_EIGHT) + 1))
    return tuple(question for question in asked if not question.answer)


def _told(number: int, document: Document, today: str) -> Question:
    try:
        return _asked(number, document, today)
    except Exception as error:
        # As in app.rules.check: a rule that fails takes nothing else with it, and the log names no content.
        text, rules, _ = _EIGHT[number - 1]
        _log.error("question %d failed: %s", number, type(error).__name__)
        return Question(number, text, False, msg("A rule behind it failed: it could not be checked."), rules[0].step)


def _asked(number: int, document: Document, today: str) -> Question:
    text, rules, affirm = _EIGHT[number - 1]
    for each in rules:
        for hit in each.hits(document, today):
            return Question(number, text, False, hit.detail, each.step, hit.subject, hit.field)
    return Question(number, text, True, affirm(document), rules[0].step)


def _called(document: Document, row_id: str | None) -> str:
    """The name of a person, told apart from others of that name, or of a rota."""
    person = document.get(Person, row_id)
    return told_apart(document, person) if person is not None else name_of(document, row_id, Rota)


def _owner(owner_type: str) -> Callable[[Document], Message]:
    def affirm(document: Document) -> Message:
        return msg("{name}", name=_called(document, document.fixed(OwnerAssignment, owner_type).person))

    return affirm


def _queues(document: Document) -> Message:
    queue = next(row for row in document.rows(Queue) if row.name)
    return msg("{queue}, {name}", queue=queue.name, name=_called(document, queue.owner))


def _approvals(document: Document) -> Message:
    rules = document.rows(ApprovalRule)
    kinds = {row.change for row in rules if any(named_person(document, each) for each in row.approvers)}
    count = sum(kind in kinds for kind in v.SIX_APPROVALS)
    return msg("{count} of {all} kinds of change have an approver", count=count, all=len(v.SIX_APPROVALS))


def _escalation(document: Document) -> Message:
    return msg("{rules}", rules=document.only(ExceptionPath).escalation_rules)


def _pausing(document: Document) -> Message:
    by_right = [o.person for o in document.rows(OwnerAssignment) if stop.QUICKLY.intersection(o.authority)]
    at_the_button = [who for control in document.rows(StopControl) for who in control.who]
    may = (each for each in (*by_right, *at_the_button) if is_somebody(document, each))
    names = dict.fromkeys(_called(document, each) for each in may)
    return msg("{names}", names=", ".join(names))


def _rhythm(document: Document) -> Message:
    review = next(row for row in document.rows(ReviewRhythm) if row.cadence and named_person(document, row.led_by))
    return msg("{what}, {name}", what=review.what, name=_called(document, review.led_by))


_EIGHT: tuple[tuple[Message, tuple[Rule, ...], Callable[[Document], Message]], ...] = (
    (msg("One named workflow owner"), (owners.a_named_workflow_owner,), _owner("workflow")),
    (msg("One named system owner"), (owners.a_named_system_owner,), _owner("system")),
    (
        msg("An exception queue with a named human"),
        (exceptions.a_queue_with_an_owner, owners.a_named_exception_owner),
        _queues,
    ),
    (msg("An owner for the outcome"), (owners.a_named_outcome_owner,), _owner("outcome")),
    (msg("Change approvals"), (change.six_approvals_are_named,), _approvals),
    (msg("Escalation rules"), (exceptions.escalation_rules_are_written,), _escalation),
    (msg("Authority to pause or narrow it quickly"), (stop.somebody_may_stop_it,), _pausing),
    (msg("A rhythm of review"), (scorecard.a_rhythm_of_review,), _rhythm),
)

READS: Reads = tuple(dict.fromkeys(read for _, rules, _ in _EIGHT for each in rules for read in each.reads))
"""Everything that the answers depend on."""
