"""Who is away on a day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.policy.absence import away, is_away, is_over, names
from app.policy.windows import day_of
from tests.support.builder import ProjectBuilder

DAYS = ("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23")


@pytest.mark.parametrize(
    ("first", "last", "when"),
    [
        ("2026-11-21", "2026-11-22", (False, True, True, False)),
        ("2026-11-21", "", (False, True, True, True)),
        ("", "2026-11-21", (True, True, False, False)),
        ("", "", (False, False, False, False)),
    ],
)
def test_the_first_and_the_last_day_are_days_away(first: str, last: str, when: tuple[bool, ...]) -> None:
    b = ProjectBuilder()
    dana = b.person("Dana", away_from=first, away_to=last)
    assert tuple(is_away(dana, day) for day in DAYS) == when
    assert tuple(dana.id in away(b.document, day) for day in DAYS) == when


def test_an_absence_is_over_after_its_last_day() -> None:
    b = ProjectBuilder()
    dana = b.person("Dana", away_from="2026-11-20", away_to="2026-11-21")
    assert [is_over(dana, day) for day in DAYS] == [False, False, True, True]
    assert not is_over(b.person("Lin", away_from="2026-11-20"), "2036-11-20")


def test_the_day_of_a_moment_is_the_agents() -> None:
    b = ProjectBuilder()
    b.agent(time_zone="Europe/Berlin")
    assert day_of(b.document, datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == "2026-11-21"


def test_names_stand_in_the_order_of_the_room() -> None:
    b = ProjectBuilder()
    dana, lin = b.person("Dana"), b.person("Lin")
    assert names(b.document, [lin.id, dana.id, "nobody"]) == "Dana, Lin"
