"""Hours and weekdays in words."""

from __future__ import annotations

import pytest

from app.report.display import weekdays_words


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("mon", "tue", "wed", "thu", "fri"), "Mon to Fri"),
        (("sun", "sat"), "Sat, Sun"),
        (("mon", "wed", "fri"), "Mon, Wed, Fri"),
        (("mon", "tue", "wed", "sat"), "Mon to Wed, Sat"),
        (("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "every day"),
        ((), ""),
    ],
)
def test_weekdays_are_said_as_people_say_them(days: tuple[str, ...], said: str) -> None:
    assert weekdays_words(days) == said
