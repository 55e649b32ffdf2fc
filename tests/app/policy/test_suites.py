"""Which kinds of change pass a suite: what its room said once holds for all that it runs on."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import vocabulary as v
from app.model.change import ApprovalRule, EvaluationSuite
from app.policy.suites import must_pass, no_behaviour_escapes
from tests.support.builder import ProjectBuilder

GATES = tuple(str(entry.value) for entry in v.GATED_CHANGES)
KINDS = tuple(str(entry.value) for entry in v.APPROVALS)
CLASSES = tuple(str(entry.value) for entry in v.CHANGE_CLASSES)


def with_suite(*gates: str, standing: bool = True) -> ProjectBuilder:
    builder = ProjectBuilder()
    builder.add(EvaluationSuite, name="150 past tickets", gates=gates, standing=standing)
    return builder


def passing(builder: ProjectBuilder, kinds: Iterable[str], **values: object) -> set[str]:
    rules = [builder.add(ApprovalRule, change=kind, **values) for kind in kinds]
    return {rule.change for rule in rules if must_pass(builder.document, rule)}


def test_the_six_changes_pass_a_suite_that_stands_on_prompts_tools_and_model() -> None:
    builder = with_suite("prompt", "tool", "model")
    assert passing(builder, KINDS) == {*v.SIX_APPROVALS, "prompts", "tool", "model"}


def test_two_suites_stand_together() -> None:
    builder = with_suite("prompt", "tool")
    assert not no_behaviour_escapes(builder.document)
    builder.add(EvaluationSuite, name="Model cards", gates=("model",), standing=True)
    assert no_behaviour_escapes(builder.document)


@given(st.sets(st.sampled_from(GATES)))
def test_a_suite_that_does_not_stand_settles_nothing(gates: set[str]) -> None:
    assert passing(with_suite(*gates, standing=False), KINDS) == set()


@given(st.sampled_from(KINDS), st.sampled_from(("", *CLASSES)), st.sets(st.sampled_from(GATES)))
def test_a_rule_that_asks_for_the_suite_always_has_it(kind: str, change_class: str, gates: set[str]) -> None:
    builder = with_suite(*gates)
    assert passing(builder, [kind], change_class=change_class, evaluation_gate=True) == {kind}


@pytest.mark.parametrize("change_class", ["tighten", "emergency"])
def test_what_waits_for_nothing_does_not_wait_for_a_suite(change_class: str) -> None:
    assert passing(with_suite(*GATES), KINDS, change_class=change_class) == set()
