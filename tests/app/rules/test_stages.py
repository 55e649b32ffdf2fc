"""What becomes mandatory at each stage, and what a map would miss there."""

from __future__ import annotations

import pytest

from app.model.room import Agent
from app.rules.check import Checker
from app.rules.finding import Context, Severity
from app.rules.severity import STAGES
from app.rules.stages import at_stage, mandatory, missing_at, next_stage
from tests.support.builder import AS_OF, ProjectBuilder, complete

NOW = Context(AS_OF)


def test_the_stages_follow_each_other() -> None:
    assert [next_stage(stage) for stage in ("", *STAGES)] == ["1b", "1b", "2", "3", None]


@pytest.mark.parametrize(
    ("stage", "ids"),
    [
        ("1a", {2, 19, 20, 22, 24, 35, 102, 130, 136, 144, 145, 146, 147, 148, 149}),
        ("1b", {18, 131, 53, 71, 79, 10, 86, 93, 94, 95, 132, 58, 59, 134, 77, 103, 104}),
        ("2", {87, 122, 133, 123, 124, 137, 101, 135, 138, 150, 151, 152}),
        ("3", {89}),
    ],
)
def test_what_becomes_mandatory(stage: str, ids: set[int]) -> None:
    assert {number for each in mandatory(stage) for number in each.ids} == ids


def test_a_promise_is_enough_for_some_of_it() -> None:
    assert {58, 77} == {each.ids[0] for each in mandatory("1b") if each.marks["1b"].promise}


def test_a_map_without_an_outcome_owner_misses_one_at_stage_two() -> None:
    builder = complete()
    builder.owner("outcome", None)
    builder.stage("1b")
    before = {f.code: f.severity for f in Checker().findings(builder.document, NOW)}
    missing = {f.code: f.severity for f in missing_at(builder.document, "2", NOW)}
    assert before["OWN-07"] is Severity.WARNING
    assert missing["OWN-07"] is Severity.BLOCKER
    assert "CHG-09" not in missing
    assert missing_at(builder.document, "1b", NOW) == ()


def test_what_weighs_the_same_is_not_missing_anew() -> None:
    builder = ProjectBuilder()
    today = {f.key: f.severity for f in Checker().findings(builder.document, NOW)}
    missing = missing_at(builder.document, "1b", NOW)
    assert missing
    assert all(today.get(each.key) is not each.severity for each in missing)
    weights = [list(Severity).index(each.severity) for each in missing]
    assert weights == sorted(weights)


def test_what_is_known_of_today_need_not_be_found_again() -> None:
    document = complete().document
    kept = Checker()
    today = Checker().findings(document, NOW)
    found = missing_at(document, "3", NOW)
    assert found == missing_at(document, "3", NOW, kept, today) == missing_at(document, "3", NOW, kept, today)
    assert missing_at(document, "3", NOW, kept, ()) == Checker().findings(at_stage(document, "3"), NOW)


def test_nothing_is_written_down() -> None:
    document = complete().document
    assert at_stage(document, "3").only(Agent).stage == "3"
    assert document.only(Agent).stage == "1b"
    assert at_stage(document, "1b") is document
