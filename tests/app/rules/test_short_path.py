"""The six questions of the short workshop."""

from __future__ import annotations

import pytest

from app.edits.generic import remove
from app.messages import words
from app.model.boundary import Workflow
from app.model.change import ApprovalRule
from app.model.exceptions import Queue
from app.model.kinds import BY_KIND
from app.model.scorecard import Metric
from app.rules.check import Question
from app.rules.finding import Context
from app.rules.short_path import six_questions
from app.steps import BY_ID
from tests.support.builder import AS_OF, ProjectBuilder, complete


def asked(builder: ProjectBuilder) -> tuple[Question, ...]:
    return six_questions(builder.document, Context(AS_OF))


def test_they_are_asked_in_the_order_of_the_short_workshop() -> None:
    found = asked(ProjectBuilder())
    assert [question.number for question in found] == [1, 2, 3, 4, 5, 6]
    assert [question.step for question in found] == [
        "boundary", "owners", "owners", "exceptions", "change", "scorecard",
    ]  # fmt: skip
    assert not any(question.answer for question in found)
    assert all(BY_ID[question.step].short_path for question in found)


def test_a_complete_map_answers_all_six() -> None:
    found = asked(complete())
    assert [words(question.detail) for question in found if not question.answer] == []
    assert all(words(question.detail) for question in found)


@pytest.mark.parametrize(
    ("number", "row_class"), [(4, Queue), (5, ApprovalRule), (6, Metric)], ids=["queue", "approvals", "scorecard"]
)
def test_a_question_is_open_when_what_answers_it_is_gone(number: int, row_class: type) -> None:
    builder = complete()
    builder.run(remove(*(row.id for row in builder.document.rows(row_class))))
    assert not asked(builder)[number - 1].answer


def test_an_open_question_leads_to_its_place() -> None:
    builder = complete()
    builder.set(Workflow, statement="")
    question = asked(builder)[0]
    assert not question.answer
    assert question.step == "boundary"
    assert builder.document.find(question.subject) is not None or question.field.partition(":")[0] in BY_KIND


def test_an_owner_who_is_missing_opens_one_question_alone() -> None:
    builder = complete()
    builder.owner("system", None)
    assert [question.number for question in asked(builder) if not question.answer] == [3]
