"""The answers of one exception class for all that lack them."""

from __future__ import annotations

import pytest

from app.edits.exceptions import DEFINITIONS, same_for_the_others
from app.errors import AppError
from app.model.exceptions import ExceptionClass
from tests.support.builder import ProjectBuilder


def seven() -> tuple[ProjectBuilder, list[ExceptionClass]]:
    """Seven classes, the first with every answer, the second with a time of its own."""
    builder = ProjectBuilder()
    grace = builder.person("Grace Obi")
    queue = builder.queue("access-cases", grace)
    builder.exception_class(
        "Ambiguous input",
        severity=2,
        queue=queue,
        reviewer=grace,
        within=30,
        allowed_actions="Ask back",
        goes_further_when="Two answers differ",
        goes_further_to=grace,
        playbook="Wiki",
    )
    builder.exception_class("Policy conflict", within=0)
    for number in range(5):
        builder.exception_class(f"Class {number}")
    return builder, list(builder.document.rows(ExceptionClass))


def test_what_is_empty_is_filled_in_and_what_is_answered_stays() -> None:
    builder, (first, *_) = seven()
    builder.run(same_for_the_others(first.id))
    rows = builder.document.rows(ExceptionClass)
    assert rows[0] == first
    assert [row.within for row in rows] == [30, 0, *[30] * 5]
    for row in rows[1:]:
        assert [row.value(name) for name in DEFINITIONS if name != "within"] == [
            first.value(name) for name in DEFINITIONS if name != "within"
        ]
        assert (row.severity, row.playbook) == (None, ""), "these are each class's own"


def test_it_is_one_step_and_none_when_there_is_nothing_to_fill_in() -> None:
    builder, (first, second, *_) = seven()
    before = builder.document
    made = same_for_the_others(first.id)(before, builder.mint)
    assert made is not None
    assert len(made.changes) == 6
    builder.run(same_for_the_others(first.id))
    assert same_for_the_others(second.id)(builder.document, builder.mint) is None


def test_a_class_without_answers_gives_none() -> None:
    builder, (*_, last) = seven()
    assert same_for_the_others(last.id)(builder.document, builder.mint) is None


def test_a_class_that_is_gone_is_said() -> None:
    builder, _ = seven()
    with pytest.raises(AppError, match="no longer in the project"):
        same_for_the_others("gone")(builder.document, builder.mint)
