"""The table of domain.md 1.13, row by row."""

from __future__ import annotations

import pytest

from app.rules.catalogue import CATALOGUE
from app.rules.finding import Severity
from app.rules.severity import STAGES, TABLE, Mark

B, W, A = Mark(Severity.BLOCKER), Mark(Severity.WARNING), Mark(Severity.ADVICE)
PROMISED, NONE = Mark(Severity.BLOCKER, promise=True), Mark(None)


ROWS = [
    ((2, 19, 20, 22, 24, 35, 102, 130, 136, 144, 145, 146, 147, 148, 149), (B, B, B, B)),
    ((18, 131), (W, B, B, B)),
    ((53, 71, 79), (W, B, B, B)),
    ((10, 86, 93, 94, 95, 132), (W, B, B, B)),
    ((58, 59, 134), (W, PROMISED, PROMISED, B)),
    ((77, 103, 104), (W, PROMISED, PROMISED, PROMISED)),
    ((87, 122, 133, 123, 124, 137), (W, W, B, B)),
    ((101, 135, 138), (W, W, B, B)),
    ((82,), (W, NONE, NONE, NONE)),
    ((150, 151), (A, W, B, B)),
    ((89,), (A, A, W, B)),
    ((152,), (W, W, B, B)),
]


def test_the_table_has_nothing_else() -> None:
    assert set(TABLE) == {number for ids, _ in ROWS for number in ids}


@pytest.mark.parametrize(("ids", "expected"), ROWS)
def test_a_row_of_the_table(ids: tuple[int, ...], expected: tuple[Mark, ...]) -> None:
    for number in ids:
        assert tuple(TABLE[number][stage] for stage in STAGES) == expected, number


def test_every_requirement_of_the_table_has_a_rule() -> None:
    assert set(TABLE) <= {number for rule in CATALOGUE for number in rule.ids}


OTHERWISE = {
    "BND-09": "That cases are agreed is the table's; that each is shown is the evidence of launch (decision 11).",
    "CHG-18": "The gate and its approvers are the table's; that a change went round them is seen in operation.",
    "CHG-19": "Whether it ran is the table's; that a date is wrong is seen in operation.",
    "STP-13": "The same.",
    "STP-02": "What is named may not be promised, only what was drilled.",
    "STP-03": "The same.",
    "STP-05": "The same.",
    "RAC-13": "That a row has one A is the table's; which of two reasons holds is asked.",
    "RAC-06": "A reason beside a letter is a courtesy.",
    "OWN-21": "What K9 adds to 86 at stage 1a.",
    "STP-11": "Whether it was drilled is the table's; that the drill is old is seen in operation.",
    "STP-12": "The same.",
    "SCO-12": "That there are numbers is the table's; that one is passed is seen in operation.",
    "ROM-03": "That a person is named is the table's; that another has the same name is a courtesy.",
    "SCO-10": "That there is a rhythm is the table's; that a review was left out is seen in operation.",
    "REV-12": "The gate blocks where there is none; that it lags behind a change is seen in operation.",
}


def test_a_rule_weighs_what_the_table_says_for_its_first_requirement() -> None:
    differing = {rule.code for rule in CATALOGUE if rule.marks != TABLE.get(rule.ids[0], rule.marks)}
    assert differing == set(OTHERWISE)
