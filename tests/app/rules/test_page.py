"""The catalogue for reading: the page of the documentation, the lines, the weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import USAGE, AppError
from app.messages import words
from app.rules.catalogue import CATALOGUE
from app.rules.page import chosen, letters, markdown
from app.rules.severity import TABLE

ROOT = Path(__file__).resolve().parents[3]


def test_the_committed_page_is_what_the_catalogue_makes() -> None:
    committed = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert committed == markdown(), "run packaging/make_rules_page.py"


def test_the_page_has_each_rule_once_and_links_to_it() -> None:
    page = markdown()
    for rule in CATALOGUE:
        assert page.count(f"\n### {rule.code}\n") == 1
        assert f"[{rule.code}](#{rule.code.lower()})" in page
        assert words(rule.better) in page


def test_weights_are_written_as_in_the_table() -> None:
    assert [letters(TABLE[58][stage]) for stage in ("1a", "1b", "2", "3")] == ["W", "Bc", "Bc", "B"]
    assert [letters(TABLE[82][stage]) for stage in ("1a", "1b")] == ["W", "-"]
    assert letters(TABLE[89]["1a"]) == "A"


def test_rules_are_chosen_by_code_in_the_order_of_the_catalogue() -> None:
    assert [rule.code for rule in chosen(["stp-01", "OWN-03"])] == ["OWN-03", "STP-01"]
    assert chosen([]) == CATALOGUE


def test_a_code_that_there_is_not_is_said() -> None:
    with pytest.raises(AppError) as refused:
        chosen(["OWN-03", "OWN-99"])
    assert refused.value.exit_code == USAGE
    assert "OWN-99" in str(refused.value)
