"""`ownermap rules [--json] [CODE ...]`."""

from __future__ import annotations

import json

import pytest

from app.cli import main
from app.rules.catalogue import CATALOGUE


def test_it_prints_a_rule_readably(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "own-03"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "OWNERS"
    assert "OWN-03 Which one of them?" in lines
    assert "weak The steering committee owns the outcome." in lines
    assert "weighs 1a B · 1b B · 2 B · 3 B" in lines
    assert "answered Owners" in lines
    assert any(line.startswith("from AI Agent Ownership") for line in lines)
    assert lines[-1].startswith("B blocks sign-off")


def test_it_prints_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    printed = capsys.readouterr().out
    assert [rule.code for rule in CATALOGUE if f"\n{rule.code} " not in printed] == []


def test_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json", "CHG-01", "CHG-05"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert first["code"] == "CHG-01"
    assert first["weighs"] == {"1a": "W", "1b": "Bc", "2": "Bc", "3": "B"}
    assert first["step"] == "change"
    assert 58 in first["ids"]
    assert second["reconciles"] == [5, 6]
    assert second["sources"] == [
        "AI Agent Ownership: Who Owns the Workflow, the Exceptions, and the Outcome (Erik MacKinnon)"
    ]


def test_a_code_that_there_is_not_is_one_line_and_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "XYZ-01"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "XYZ-01" in said.err
    assert len(said.err.splitlines()) == 1
