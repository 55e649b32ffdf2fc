"""Classes of change with their approvers, and who decides what where two people lead (domain.md 1.12)."""

from __future__ import annotations

import pytest

from app.messages import words
from app.model import vocabulary as v
from app.model.change import ApprovalRule
from app.model.room import Person
from app.policy.reconciliation import approvals_wanted, lead_is_split, rights, satisfies, too_light, unmet
from tests.support.builder import ProjectBuilder


class Firm:
    """A lead from Support, a product owner beside her, two who keep the platform, and the vendor."""

    def __init__(self) -> None:
        self.builder = ProjectBuilder()
        self.lead = self.builder.person("Dana", function="Support")
        self.other = self.builder.person("Rosa", function="Finance")
        self.platform = self.builder.person("Jun", function="IT")
        self.keeper = self.builder.person("Tom", function="Facilities")
        self.vendor = self.builder.person("Vera", side="vendor", function="IT")
        self.builder.owner("workflow", self.lead)
        self.builder.owner("system", self.keeper)

    def rule(self, change_class: str, *approvers: Person, gate: bool = False, change: str = "prompts") -> ApprovalRule:
        return self.builder.add(
            ApprovalRule, change=change, change_class=change_class, approvers=approvers, evaluation_gate=gate
        )

    def missing(self, rule: ApprovalRule) -> list[str]:
        return [words(each) for each in unmet(self.builder.document, rule)]


@pytest.fixture
def firm() -> Firm:
    return Firm()


def test_every_class_says_what_it_wants() -> None:
    found = {entry.value: approvals_wanted(str(entry.value)) for entry in v.CHANGE_CLASSES}
    assert {name: wanted.approvers for name, wanted in found.items() if wanted} == {
        "tighten": 0,
        "standard": 1,
        "normal": 1,
        "major": 2,
        "emergency": 0,
    }
    assert approvals_wanted("") is None


def test_tightening_waits_for_nobody_and_somebody_is_told(firm: Firm) -> None:
    assert firm.missing(firm.rule("tighten")) == ["somebody who is told, and looks at it afterwards"]
    assert firm.missing(firm.rule("tighten", firm.other)) == []


def test_an_emergency_is_looked_at_afterwards(firm: Firm) -> None:
    assert firm.missing(firm.rule("emergency")) == ["somebody who is told, and looks at it afterwards"]
    assert firm.missing(firm.rule("emergency", firm.platform)) == []


def test_a_standard_change_is_the_leads_alone(firm: Firm) -> None:
    assert firm.missing(firm.rule("standard")) == ["the lead as its approver"]
    assert firm.missing(firm.rule("standard", firm.lead)) == []
    for approvers in ((firm.other,), (firm.lead, firm.other)):
        assert firm.missing(firm.rule("standard", *approvers)) == ["the lead as its only approver"]


def test_a_normal_change_takes_the_suite_and_one_approver(firm: Firm) -> None:
    assert firm.missing(firm.rule("normal")) == ["the evaluation suite", "an approver"]
    assert firm.missing(firm.rule("normal", firm.other)) == ["the evaluation suite"]
    assert firm.missing(firm.rule("normal", firm.other, gate=True)) == []


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ((), ["an approver for business", "an approver for the platform"]),
        (("lead",), ["an approver for the platform"]),
        (("lead", "other"), ["an approver for the platform"]),
        (("platform",), ["an approver for business"]),
        (("platform", "keeper"), ["an approver for business"]),
        (("lead", "vendor"), ["an approver for the platform"]),
        (("lead", "platform"), []),
        (("keeper", "other"), []),
    ],
)
def test_a_major_change_takes_business_and_platform(firm: Firm, who: tuple[str, ...], expected: list[str]) -> None:
    rule = firm.rule("major", *(getattr(firm, each) for each in who), gate=True)
    assert firm.missing(rule) == expected
    assert satisfies(firm.builder.document, rule) == (not expected)


def test_without_a_class_nothing_says_what_is_wanted(firm: Firm) -> None:
    assert firm.missing(firm.rule("", firm.lead, gate=True)) == ["no class is chosen"]


@pytest.mark.parametrize(
    ("change", "change_class", "expected"),
    [
        ("wider_scope", "standard", True),
        ("new_action", "tighten", True),
        ("looser_threshold", "emergency", True),
        ("looser_threshold", "major", False),
        ("escalation_rules", "normal", False),
        ("knowledge", "standard", False),
        ("tighten", "tighten", False),
        ("wider_scope", "", False),
    ],
)
def test_what_lets_the_agent_do_more_is_no_light_change(change: str, change_class: str, expected: bool) -> None:
    assert too_light(ApprovalRule(id="a", change=change, change_class=change_class)) is expected


# Two leads


def test_one_lead_decides_boundary_and_guardrails(firm: Firm) -> None:
    document = firm.builder.document
    assert not lead_is_split(document)
    assert [(right.key, right.held.name) for right in rights(document)] == [
        ("boundary", "Dana"),
        ("guardrails", "Dana"),
        ("outcome", ""),
    ]


def test_two_leads_decide_different_things(firm: Firm) -> None:
    firm.builder.role("product_owner", firm.other)
    firm.builder.owner("outcome", firm.platform)
    document = firm.builder.document
    assert lead_is_split(document)
    assert [(right.column, right.held.name) for right in rights(document)] == [
        ("WO", "Dana"),
        ("APO", "Rosa"),
        ("OO", "Jun"),
    ]


def test_the_lead_named_twice_is_one_lead(firm: Firm) -> None:
    firm.builder.role("product_owner", firm.lead)
    assert not lead_is_split(firm.builder.document)
    assert not lead_is_split(ProjectBuilder().document)
