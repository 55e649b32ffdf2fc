"""What the rules about hours say: by duty, days and times, so that two windows are told apart."""

from __future__ import annotations

from app.messages import words
from app.model.exceptions import CoverageWindow
from app.rules.hours import every_window_counts
from tests.support.builder import AS_OF, ProjectBuilder


def told(builder: ProjectBuilder) -> list[str]:
    return [words(hit.detail) for hit in every_window_counts.hits(builder.document, AS_OF[:10])]


def test_hours_that_cover_nothing_are_told_apart() -> None:
    builder = ProjectBuilder()
    builder.window("approve", None)
    builder.window("approve", None, days="sat", hours="10:00-14:00")
    builder.window("stop", None, days="sat,sun")
    builder.window("stop", None, days="mon,wed,fri")
    assert told(builder) == [
        "Hours for “Approve”, Mon to Fri, 09:00 to 17:00, cover nothing: nobody is named.",
        "Hours for “Approve”, Sat, 10:00 to 14:00, cover nothing: nobody is named.",
        "Hours for “Press stop”, Sat and Sun, 09:00 to 17:00, cover nothing: nobody is named.",
        "Hours for “Press stop”, Mon, Wed and Fri, 09:00 to 17:00, cover nothing: nobody is named.",
    ]


def test_hours_of_which_little_is_given_are_named_by_what_there_is() -> None:
    builder = ProjectBuilder()
    builder.add(CoverageWindow, duty="stop", holder=builder.person("Ida Ek"))
    builder.add(CoverageWindow, start="09:00", end="17:00")
    assert told(builder) == [
        "Hours for “Press stop”, cover nothing: no days are given.",
        "Hours, 09:00 to 17:00, cover nothing: no duty is given.",
    ]
