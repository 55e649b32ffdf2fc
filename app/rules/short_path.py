"""The six questions of the short workshop, as the map answers them (domain.md 1.15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from app.messages import Message, msg
from app.model.boundary import BoundaryLine
from app.model.document import Document
from app.model.scorecard import Metric
from app.rules import boundary, scorecard
from app.rules.finding import Context
from app.rules.questions import Question, questions
from app.rules.rule import Rule

_BOUNDARY = (boundary.statement_is_specific, boundary.something_is_allowed, boundary.something_is_routed_out)
_SCORECARD = (scorecard.something_is_measured, scorecard.every_metric_is_complete)

_SHARED: Mapping[int, Message] = {
    1: msg("Who owns the workflow?"),
    2: msg("Who keeps the system healthy?"),
    3: msg("Where do exceptions land, and with whom?"),
    5: msg("Who approves a change?"),
}
"""Number among the eight questions -> how the short workshop asks it."""


def six_questions(document: Document, context: Context) -> tuple[Question, ...]:
    """Boundary, workflow owner, system health, exception queue, change approval, scorecard, in this order."""
    eight = {question.number: question for question in questions(document, context)}
    sides = Counter(line.side for line in document.rows(BoundaryLine))
    lines = msg("It may do: {may}; to a person: {out}", may=sides["may"], out=sides["routes_out"])
    metrics = msg("Metrics with an owner, a source and a number: {count}", count=len(document.rows(Metric)))
    asked = (
        _asked(msg("What may it do, and what goes to a person?"), _BOUNDARY, lines, document, context),
        *(replace(eight[number], text=text) for number, text in _SHARED.items()),
        _asked(msg("How will we know that it is worth having?"), _SCORECARD, metrics, document, context),
    )
    return tuple(replace(question, number=number) for number, question in enumerate(asked, 1))


def _asked(text: Message, rules: tuple[Rule, ...], answer: Message, document: Document, context: Context) -> Question:
    """A question that these rules answer: no, with the first thing that they find, or yes with the answer."""
    for each in rules:
        for hit in each.hits(document, context.today(document)):
            return Question(0, text, False, hit.detail, each.step, hit.subject, hit.field)
    return Question(0, text, True, answer, rules[0].step)
