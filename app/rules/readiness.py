"""Rules about being ready: all eight answered, and no promise or accepted risk past its date (domain.md 1.10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.messages import Message, msg, number_of
from app.model.commit import AcceptedRisk, Commitment
from app.model.document import Document
from app.model.room import Person
from app.policy import acceptance, promise
from app.policy.days import in_words
from app.rules.questions import READS, unanswered
from app.rules.rule import Hit, Rule, behind, part, rule
from app.rules.severity import WARNS


@rule(
    "RDY-01",
    138,
    step="readiness",
    question="Which of the eight is still a no?",
    why="One no among eight is where the first incident comes from.",
    source="S1",
    weak="Seven of eight is good enough.",
    better="All eight are yes.",
    reads=READS,
)
def all_eight_are_yes(document: Document, today: str) -> Iterator[Hit]:
    missing = unanswered(document, today)
    if missing:
        told = _joined([question.text for question in missing])
        one, many = "No to one of the eight: {questions}.", "No to {count} of the eight: {questions}."
        detail = number_of(len(missing), one, many, questions=told)
        yield Hit(detail, missing[0].subject, missing[0].field)


def _joined(questions: Sequence[Message]) -> Message:
    joined = questions[0]
    for question in questions[1:]:
        joined = msg("{questions}; {next}", questions=joined, next=question)
    return joined


@rule(
    "RDY-02",
    155,
    step="readiness",
    question="Its day has passed; what now?",
    why="A promise past its date is either done or broken.",
    weak="Nearly there.",
    better="Done on 19 November.",
    marks=WARNS,
    over=Commitment,
    reads=(),
    timed=True,
)
def promises_are_kept(commitment: Commitment, document: Document, today: str) -> Iterator[Hit]:
    if commitment.by_when and commitment.by_when < today and not commitment.done_on:
        yield Hit(
            msg("“{what}” was promised for {day}.", what=commitment.what, day=in_words(commitment.by_when)),
            commitment.id,
            "by_when",
        )


@rule(
    "RDY-03",
    155,
    step="readiness",
    question="Is the risk still accepted?",
    why="Accepting a risk ends on its date; after that it is only a habit.",
    weak="We know about it.",
    better="Accepted again until 15 January by Rosa Steiner.",
    marks=WARNS,
    over=AcceptedRisk,
    reads=(part(AcceptedRisk, "code", "subject", "expiry"),),
    timed=True,
)
def accepted_risks_are_current(risk: AcceptedRisk, document: Document, today: str) -> Iterator[Hit]:
    """Where the point itself is gone, the Checker leaves this one out."""
    same = [other for other in document.rows(AcceptedRisk) if (other.code, other.subject) == (risk.code, risk.subject)]
    if risk.expiry and risk.expiry < today and not any(other.expiry >= today for other in same):
        yield Hit(msg("“{why}” was accepted until {day}.", why=risk.why, day=in_words(risk.expiry)), risk.id, "expiry")


@rule(
    "RDY-04",
    155,
    step="readiness",
    question="Who inside accepts it, why, and until when?",
    why="A risk is accepted by whoever will carry it, for a reason, and not for ever; the rest is looking away.",
    weak="The vendor says that it is fine until 2099.",
    better="Rosa Steiner, until 15 January, because the volume is low.",
    marks=WARNS,
    over=AcceptedRisk,
    reads=(behind(Person, "name", "side"),),
    timed=True,
)
def accepted_risks_count(risk: AcceptedRisk, document: Document, today: str) -> Iterator[Hit]:
    lack = acceptance.lack_of(document, risk, today)
    # One that has run out says so by itself.
    if lack is not None and not (risk.expiry and risk.expiry < today):
        detail = msg("That {code} is accepted does not count: {why}.", code=risk.code or msg("a risk"), why=lack.why)
        yield Hit(detail, risk.id, lack.field)


@rule(
    "RDY-05",
    155,
    step="readiness",
    question="Who promises what, and by when?",
    why="A promise without words, without a day that comes, or by the vendor stands for nothing.",
    weak="The vendor will have it ready by 2031.",
    better="Jun Kowalczyk drills the stop on 4 December.",
    marks=WARNS,
    over=Commitment,
    reads=(behind(Person, "name", "side"),),
    timed=True,
)
def promises_count(commitment: Commitment, document: Document, today: str) -> Iterator[Hit]:
    lack = promise.lack_of(document, commitment, today)
    if commitment.code and lack is not None and not commitment.done_on:
        detail = msg("That {code} is promised does not count: {why}.", code=commitment.code, why=lack.why)
        yield Hit(detail, commitment.id, lack.field)


RULES: tuple[Rule, ...] = (
    all_eight_are_yes,
    promises_are_kept,
    accepted_risks_are_current,
    accepted_risks_count,
    promises_count,
)
