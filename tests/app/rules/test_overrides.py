"""A cell of the RACI that was changed twice: which change counts, and the finding that leads to the other."""

from __future__ import annotations

from collections.abc import Mapping

from app.edits.generic import remove
from app.messages import words
from app.model.commit import RaciOverride
from app.policy.raci import matrix
from app.rules.raci import a_cell_is_changed_once
from tests.support.builder import AS_OF, ProjectBuilder


def hits(builder: ProjectBuilder) -> list[tuple[str, str]]:
    return [(words(hit.detail), hit.subject) for hit in a_cell_is_changed_once.hits(builder.document, AS_OF[:10])]


def letters(builder: ProjectBuilder) -> Mapping[str, str]:
    row = matrix(builder.document).row("L01")
    assert row is not None
    return row.letters


def test_the_later_change_counts_and_the_earlier_one_is_named() -> None:
    builder = ProjectBuilder()
    first = builder.add(RaciOverride, activity="L01", column="SEC", letter="C", reason="Security asked")
    builder.add(RaciOverride, activity="L01", column="WO", letter="R", reason="Another cell")
    builder.add(RaciOverride, activity="L01", column="SEC", letter="-")
    assert "SEC" not in letters(builder)
    assert hits(builder) == [
        (
            "Redraw the boundary, Security: changed by hand to C, and again to no letter, which counts. "
            "Remove one of the two.",
            first.id,
        )
    ]


def test_removing_one_of_the_two_settles_it() -> None:
    builder = ProjectBuilder()
    builder.add(RaciOverride, activity="L01", column="SEC", letter="C")
    last = builder.add(RaciOverride, activity="L01", column="SEC", letter="I")
    assert letters(builder)["SEC"] == "I"
    builder.run(remove(last.id))
    assert letters(builder)["SEC"] == "C"
    assert hits(builder) == []


def test_what_says_no_letter_or_no_column_yet_is_no_change() -> None:
    builder = ProjectBuilder()
    for values in ({"column": "SEC", "letter": "C"}, {"column": "SEC"}, {"letter": "I"}):
        builder.add(RaciOverride, activity="L01", **values)
    assert hits(builder) == []
