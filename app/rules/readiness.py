"""Rules about being ready: all eight answered, and no promise or accepted risk past its date (domain.md 1.10)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.commit import AcceptedRisk, Commitment
from app.model.document import Document
from app.policy.days import in_words
from app.rules.questions import READS, unanswered
from app.rules.rule import Hit, Rule, rule
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
        numbers = ", ".join(map(str, missing))
        yield Hit(
            msg("The answer to {count} of the eight questions is no: {numbers}.", count=len(missing), numbers=numbers)
        )


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
    reads=(),
    timed=True,
)
def accepted_risks_are_current(risk: AcceptedRisk, document: Document, today: str) -> Iterator[Hit]:
    if risk.expiry and risk.expiry < today:
        yield Hit(msg("“{why}” was accepted until {day}.", why=risk.why, day=in_words(risk.expiry)), risk.id, "expiry")


RULES: tuple[Rule, ...] = (all_eight_are_yes, promises_are_kept, accepted_risks_are_current)
