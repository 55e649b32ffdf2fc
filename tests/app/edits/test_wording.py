"""Dismissing what the wording check points out."""

from __future__ import annotations

import pytest

from app.edits.wording import dismiss, point_out
from app.errors import FieldFault
from app.model.boundary import Workflow
from app.model.commit import DismissedPhrase
from tests.support.builder import ProjectBuilder


@pytest.fixture
def builder() -> ProjectBuilder:
    return ProjectBuilder()


def kept(builder: ProjectBuilder) -> list[tuple[str, str, str, str, str]]:
    rows = builder.document.rows(DismissedPhrase)
    return [(row.subject, row.field, row.phrase, row.words, row.why) for row in rows]


def test_words_are_kept_with_their_place_and_a_reason(builder: ProjectBuilder) -> None:
    row = builder.document.only(Workflow)
    builder.run(dismiss(row.id, "purpose", "slogan", "our\nvision", " It is the insurance. "))
    assert kept(builder) == [(row.id, "purpose", "slogan", "our vision", "It is the insurance.")]


@pytest.mark.parametrize("why", ["", "  \n"])
def test_a_reason_is_needed(builder: ProjectBuilder, why: str) -> None:
    row = builder.document.only(Workflow)
    with pytest.raises(FieldFault, match="Say in a word why") as caught:
        builder.run(dismiss(row.id, "purpose", "slogan", "vision", why))
    assert caught.value.field == "why"
    assert kept(builder) == []


def test_the_same_words_get_the_new_reason(builder: ProjectBuilder) -> None:
    row = builder.document.only(Workflow)
    for why in ("One", "Two"):
        builder.run(dismiss(row.id, "purpose", "slogan", "vision", why))
    builder.run(dismiss(row.id, "success", "slogan", "vision", "Three"))
    assert [(field, why) for _, field, _, _, why in kept(builder)] == [("purpose", "Two"), ("success", "Three")]


def test_very_long_words_are_kept_as_far_as_they_fit(builder: ProjectBuilder) -> None:
    builder.run(dismiss("x", "purpose", "slogan", "vision " * 100, "Long"))
    assert len(kept(builder)[0][3]) <= 200


def test_they_are_pointed_out_again_field_by_field(builder: ProjectBuilder) -> None:
    row = builder.document.only(Workflow)
    builder.run(dismiss(row.id, "purpose", "slogan", "vision", "One"))
    builder.run(dismiss(row.id, "success", "slogan", "vision", "Two"))
    builder.run(point_out(row.id, "purpose"))
    assert [field for _, field, *_ in kept(builder)] == ["success"]
    assert point_out(row.id, "purpose")(builder.document, builder.mint) is None
