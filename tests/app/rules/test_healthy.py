"""The healthy and the bad answer of domain.md 1.15: what the rules and the drills make of them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.model import vocabulary as v
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.owners import OwnerAssignment
from app.policy.drill import drill
from app.rules.check import Checker
from app.rules.finding import Context
from tests.support.builder import AS_OF, ProjectBuilder
from tests.support.healthy import bad_answer, healthy

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 27, 16, 37, tzinfo=BERLIN)
SATURDAY = datetime(2026, 11, 28, 3, 0, tzinfo=BERLIN)
SCENARIOS = [str(entry.value) for entry in v.SCENARIOS]

NAMES_MISSING = {
    "OWN-01": "no workflow owner",
    "OWN-02": "a department in their place",
    "OWN-05": "no system owner",
    "OWN-06": "no exception owner",
    "OWN-07": "no outcome owner",
    "OWN-20": "and so nobody for what they own",
    "STP-09": "nor for the essentials",
    "RDY-01": "nor for the eight questions",
}
"""What follows from four owners that are teams; nothing else does."""


def gaps(document: Document, moment: datetime) -> list[list[str]]:
    return [[step.key for step in drill(document, moment, scenario).gaps] for scenario in SCENARIOS]


def codes(builder: ProjectBuilder) -> set[str]:
    return {finding.code for finding in Checker().findings(builder.document, Context(AS_OF))}


@pytest.mark.parametrize("names", [False, True])
def test_saturday_at_three_nobody_clears_the_queue(names: bool) -> None:
    for target in (15, 30):
        document = healthy(target=target, names=names).document
        assert gaps(document, SATURDAY) == [["clear"]] * len(SCENARIOS)


@pytest.mark.parametrize(
    ("target", "fails"), [(15, False), (23, False), (24, True), (30, True)], ids=lambda value: str(value)
)
def test_friday_afternoon_fails_for_any_target_beyond_the_desk(target: int, fails: bool) -> None:
    document = healthy(target=target, names=True).document
    at_once = [scenario for scenario in SCENARIOS if scenario != "silent"]
    found = [[step.key for step in drill(document, FRIDAY, scenario).gaps] for scenario in at_once]
    assert found == [["clear"] if fails else []] * len(at_once)


def test_a_desk_that_closes_later_keeps_the_target() -> None:
    builder = healthy(target=30, names=True)
    for window in builder.document.rows(CoverageWindow):
        if window.duty == "exception":
            builder.set(window, end="17:07")
    assert gaps(builder.document, FRIDAY)[0] == []


def test_names_are_missing_exactly_where_only_teams_are_given() -> None:
    assert codes(healthy()) - codes(healthy(names=True)) == set(NAMES_MISSING)
    assert not codes(healthy(names=True)) & set(NAMES_MISSING)


def test_the_bad_answer_names_no_owner_of_any_kind() -> None:
    builder = bad_answer()
    assert all(owner.person is None for owner in builder.document.rows(OwnerAssignment))
    assert {"OWN-01", "OWN-04", "OWN-05", "OWN-06", "OWN-07", "STP-01", "BND-02", "BND-03"} <= codes(builder)
