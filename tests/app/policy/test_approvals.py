"""Who approves what: actions that wait for a yes, and kinds of change."""

from __future__ import annotations

import pytest

from app.messages import words
from app.model.change import ApprovalRule
from app.policy.approvals import Approval, approvals, one_for_both
from tests.support.builder import ProjectBuilder


def one(builder: ProjectBuilder) -> Approval:
    (found,) = approvals(builder.document)
    return found


@pytest.mark.parametrize(
    ("mode", "first", "second", "missing"),
    [
        ("in_loop", True, False, []),
        ("in_loop", False, False, ["an approver"]),
        ("in_loop_dual", True, True, []),
        ("in_loop_dual", True, False, ["a second approver"]),
        ("in_loop_dual", False, False, ["an approver", "a second approver"]),
    ],
)
def test_an_action_that_waits_for_a_yes(mode: str, first: bool, second: bool, missing: list[str]) -> None:
    builder = ProjectBuilder()
    dana, jun = builder.person("Dana"), builder.person("Jun")
    builder.action(
        "Pay",
        "11111",
        current=mode,
        approver=dana if first else None,
        second_approver=jun if second else None,
        approval_rule="One by one",
    )
    found = one(builder)
    assert (found.what, found.is_action, found.grade, found.when) == ("Pay", True, mode, "One by one")
    assert found.first == (dana.id if first else None)
    assert found.second == ((jun.id,) if second else ())
    assert [words(each) for each in found.missing] == missing


def test_the_same_person_twice_is_no_second_approver() -> None:
    builder = ProjectBuilder()
    dana = builder.person("Dana")
    builder.action("Pay", "33333", current="in_loop_dual", approver=dana, second_approver=dana)
    assert [words(each) for each in one(builder).missing] == ["a second approver"]


def test_two_rotas_of_one_and_the_same_person_are_one_approver() -> None:
    builder = ProjectBuilder()
    dana, jun = builder.person("Dana"), builder.person("Jun")
    rotas = [builder.rota(name, dana) for name in ("Early", "Late")]
    action = builder.action("Pay", "33333", current="in_loop_dual", approver=rotas[0], second_approver=rotas[1])
    assert [words(each) for each in one(builder).missing] == ["a second approver"]
    assert one_for_both(builder.document, action) == dana.id
    builder.set(rotas[1], members=(dana, jun))
    assert one(builder).missing == ()
    builder.set(rotas[1], members=())
    assert [words(each) for each in one(builder).missing] == ["a second approver"]
    assert one_for_both(builder.document, action) is None


@pytest.mark.parametrize("mode", ["shadow", "on_loop", "out_of_loop", "not_permitted"])
def test_an_action_that_waits_for_nobody_is_left_out(mode: str) -> None:
    builder = ProjectBuilder()
    builder.action("Read", "00000", current=mode, approver=builder.person("Dana"))
    assert approvals(builder.document) == ()


def test_a_kind_of_change_with_its_class_and_what_that_still_asks() -> None:
    builder = ProjectBuilder()
    dana, jun = builder.person("Dana", function="Support"), builder.person("Jun", function="Finance")
    rule = builder.add(ApprovalRule, change="wider_scope", change_class="major", approvers=(dana, jun), limit="5 days")
    found = one(builder)
    assert (found.row, words(found.what), found.is_action, found.grade) == (rule.id, "Wider scope", False, "major")
    assert (found.first, found.second, found.when) == (dana.id, (jun.id,), "5 days")
    assert [words(each) for each in found.missing] == ["the evaluation suite", "an approver for the platform"]


def test_a_kind_of_change_that_nobody_approves() -> None:
    builder = ProjectBuilder()
    builder.add(ApprovalRule, change="model", change_class="normal", evaluation_gate=True)
    found = one(builder)
    assert (found.first, found.second) == (None, ())
    assert [words(each) for each in found.missing] == ["an approver"]
