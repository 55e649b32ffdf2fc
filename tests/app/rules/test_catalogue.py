"""Every requirement of domain.md 1 that can be broken has a rule that names it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.rules.catalogue import CATALOGUE

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

NOT_BREAKABLE: dict[int, str] = {}
"""Requirements of kind R that no project can break, and why. Today each of them can be."""

CONFLICTS_WITHOUT_A_RULE = {
    10: "Shadow and everything-in-the-loop are two entries of the list of stages, 1a and 1b.",
    16: "What it asks for is 150 and 151, which have rules.",
    17: "Sources are named by title and author, and none of their figures is a default.",
}
"""Conflicts between the sources (1.12) that no rule settles, and why."""


def requirements() -> Iterator[tuple[int, str]]:
    """Each catalogue id and its kind: B, W, A, R, F, E, D, M, C, P or V."""
    with (FIXTURES / "catalogue_ids.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield int(row["id"]), row["kind"]


NAMED = {number for rule in CATALOGUE for number in rule.ids}


def test_the_list_of_requirements_is_whole() -> None:
    assert [number for number, _ in requirements()] == list(range(1, 157))


@pytest.mark.parametrize("kind", ["B", "W", "A", "C"])
def test_every_blocker_warning_advice_and_check_is_named_by_a_rule(kind: str) -> None:
    assert [number for number, its in requirements() if its == kind and number not in NAMED] == []


def test_every_requirement_that_a_project_can_break_is_named_by_a_rule() -> None:
    applied = {number for number, kind in requirements() if kind == "R"}
    assert applied - NAMED == set(NOT_BREAKABLE)


def test_a_rule_names_requirements_that_there_are() -> None:
    assert {number for number, _ in requirements()} >= NAMED


def test_every_conflict_between_the_sources_is_settled_by_a_rule_or_by_the_way_it_is_built() -> None:
    settled = {number for rule in CATALOGUE for number in rule.reconciles}
    assert set(range(1, 18)) - settled == set(CONFLICTS_WITHOUT_A_RULE)
