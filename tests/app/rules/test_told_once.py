"""What a room said once is asked once: no rule asks it again for each row, and none says what nobody has said."""

from __future__ import annotations

import pytest

from app.messages import words
from app.model import vocabulary as v
from app.model.change import ApprovalRule, EvaluationSuite, StageControl
from app.model.owners import OwnerAssignment
from app.rules.catalogue import CATALOGUE
from app.rules.check import Checker
from app.rules.finding import Context, Severity
from app.rules.questions import before_real_work
from tests.support.builder import AS_OF, ProjectBuilder

TODAY = "2026-11-21"
BY_CODE = {rule.code: rule for rule in CATALOGUE}


def told(builder: ProjectBuilder, code: str) -> list[str]:
    return [words(hit.detail) for hit in BY_CODE[code].hits(builder.document, TODAY)]


def six_approvals() -> ProjectBuilder:
    builder = ProjectBuilder()
    nadia = builder.person("Nadia Fuchs")
    builder.owner("workflow", nadia)
    for change in v.SIX_APPROVALS:
        builder.add(ApprovalRule, change=change, change_class="normal", approvers=(nadia,))
    return builder


def test_that_no_suite_stands_is_not_asked_for_each_kind_of_change() -> None:
    builder = six_approvals()
    assert len(told(builder, "CHG-02")) == 1
    assert told(builder, "CHG-15") == []
    owner = builder.document.fixed(OwnerAssignment, "workflow").person
    builder.add(
        EvaluationSuite, name="Old tickets", where="CI", owner=owner, gates=("prompt", "tool", "model"), standing=True
    )
    assert [told(builder, code) for code in ("CHG-02", "CHG-03", "CHG-15")] == [[], [], []]


def test_a_kind_of_change_that_the_standing_suite_leaves_out_is_asked_about() -> None:
    builder = six_approvals()
    builder.add(EvaluationSuite, name="Old tickets", gates=("prompt", "tool", "model"), standing=True)
    nadia = builder.document.fixed(OwnerAssignment, "workflow").person
    assert nadia is not None
    builder.add(ApprovalRule, change="knowledge", change_class="normal", approvers=(nadia,))
    assert told(builder, "CHG-15") == ["Knowledge base: no suite runs on it; its class asks for one."]


def test_the_stronger_controls_are_one_question() -> None:
    builder = ProjectBuilder()
    (said,) = told(builder, "CHG-09")
    assert said.startswith("No rule yet: Scope expansion, Approval rules")
    for control in builder.document.rows(StageControl):
        builder.set(control, rule="Case type by case type")
    audit = builder.fixed(StageControl, "audit_review", rule="")
    (hit,) = BY_CODE["CHG-09"].hits(builder.document, TODAY)
    assert (hit.subject, hit.field) == (audit.id, "rule")
    assert words(hit.detail).startswith("No rule yet: Audit review. Nobody decides: Scope expansion, ")
    rosa = builder.person("Rosa Steiner")
    for control in builder.document.rows(StageControl):
        builder.set(control, rule="Case type by case type", person=rosa)
    assert told(builder, "CHG-09") == []


def test_a_likely_line_of_the_boundary_is_offered() -> None:
    builder = ProjectBuilder()
    line = builder.may("reset", "passwords")
    action = builder.action("Reset a password", "21123")
    builder.action("Unlock an account", "11111")
    open_still = "No line of the boundary is named that permits “{}”."
    assert told(builder, "BND-07") == [
        open_still.format("Reset a password") + " Is it “reset passwords”?",
        open_still.format("Unlock an account"),
    ]
    assert {hit.field for hit in BY_CODE["BND-07"].hits(builder.document, TODAY)} == {"boundary_line"}
    builder.set(action, boundary_line=line)
    assert told(builder, "BND-07") == [open_still.format("Unlock an account")]


@pytest.mark.parametrize("stage", ["", "1a", "1b", "2", "3"])
@pytest.mark.parametrize("level", ["design", "launch"])
def test_what_a_no_among_the_eight_comes_to_is_what_it_weighs(stage: str, level: str) -> None:
    builder = ProjectBuilder()
    if stage:
        builder.stage(stage)
    found = Checker().findings(builder.document, Context(AS_OF, level))
    weight = next(finding.severity for finding in found if finding.code == "RDY-01")
    said = words(before_real_work(stage))
    if weight is Severity.BLOCKER:
        assert said == "All eight must be yes before it is signed."
    else:
        assert said == "From “2 Bounded automation” on all eight must be yes; until then a no is a warning."
