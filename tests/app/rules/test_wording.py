"""The rules about wording: what they weigh, what they say, and that every checked field is told by one of them."""

from __future__ import annotations

import pytest

from app.edits.generic import set_fields
from app.edits.wording import dismiss
from app.messages import words
from app.model.boundary import Workflow
from app.model.exceptions import ExceptionPath
from app.model.kinds import ALL
from app.model.oversight import Action
from app.model.row import Row
from app.rules.check import Checker
from app.rules.finding import Context, Finding, Severity
from app.rules.wording import CODES, RULES, WARNED
from app.wording.fields import checked_fields
from tests.support.builder import AS_OF, ProjectBuilder, complete

VAGUE = "TBD by someone on the team, for now"


def told(builder: ProjectBuilder, level: str = "design") -> list[Finding]:
    return [f for f in Checker().findings(builder.document, Context(AS_OF, level)) if f.code in CODES]


def places() -> list[tuple[type[Row], str]]:
    return [(row_class, name) for row_class in ALL for name in checked_fields(row_class)]


@pytest.mark.parametrize(
    ("row_class", "name"), places(), ids=lambda each: each if isinstance(each, str) else each.__name__
)
def test_a_vague_text_is_told_once_with_the_weight_of_its_field(row_class: type[Row], name: str) -> None:
    builder = ProjectBuilder()
    if not row_class.spec.is_fixed:
        builder.add(row_class)
    row = builder.document.rows(row_class)[0]
    builder.run(set_fields(row.id, **{name: VAGUE}))
    (finding,) = told(builder)
    warns = checked_fields(row_class)[name] in WARNED
    assert finding.severity is (Severity.WARNING if warns else Severity.ADVICE)
    assert (finding.subject, finding.field) == (row.id, name)
    assert "“by someone” (somebody, nobody in particular)" in words(finding.detail)


def test_no_rule_about_wording_ever_blocks() -> None:
    for each in RULES:
        assert {mark.severity for mark in each.marks.values()} <= {Severity.WARNING, Severity.ADVICE}
    builder = ProjectBuilder()
    builder.set(ExceptionPath, escalation_rules=VAGUE)
    for stage in ("1a", "1b", "2", "3"):
        builder.stage(stage)
        assert [finding.blocks for finding in told(builder, "launch")] == [False]


def test_several_fields_of_a_row_are_one_finding_that_leads_to_the_first() -> None:
    builder = ProjectBuilder()
    builder.set(ExceptionPath, escalation_rules="Someone will look", sight="shared inbox")
    (finding,) = told(builder)
    assert finding.field == "escalation_rules"
    assert words(finding.detail) == (
        "Escalation rules: “Someone will look” (somebody, nobody in particular) and "
        "Sight of the queue: “shared inbox” (a place that everybody may read)."
    )


def test_a_warning_and_advice_about_one_row_stand_apart() -> None:
    builder = ProjectBuilder()
    builder.set(Workflow, purpose="A seamless vision", support_path="Someone will look")
    assert [(f.code, f.severity, f.field) for f in told(builder)] == [
        ("WRD-02", Severity.WARNING, "support_path"),
        ("WRD-06", Severity.ADVICE, "purpose"),
    ]


def test_what_was_dismissed_is_not_told_until_the_words_change() -> None:
    builder, checker = ProjectBuilder(), Checker()
    path = builder.set(ExceptionPath, sight="shared inbox")

    def codes() -> list[str]:
        return [f.code for f in checker.findings(builder.document, Context(AS_OF)) if f.code in CODES]

    assert codes() == ["WRD-02"]
    builder.run(dismiss(path.id, "sight", "no_destination", "shared inbox", "It is the name of a view."))
    assert codes() == []
    builder.set(ExceptionPath, sight="the shared inbox of Billing")
    assert codes() == []
    builder.set(ExceptionPath, sight="group inbox")
    assert codes() == ["WRD-02"]


def test_a_name_that_is_added_clears_what_it_answers() -> None:
    builder, checker = complete(), Checker()
    action = builder.document.rows(Action)[0]
    builder.set(action, noticed_how="Someone on the desk will look: Wanda")
    context = Context(AS_OF)
    assert [f.code for f in checker.findings(builder.document, context) if f.code in CODES] == ["WRD-08"]
    builder.person("Wanda Orlov")
    assert [f.code for f in checker.findings(builder.document, context) if f.code in CODES] == []
