"""What a promise may stand for, when it is kept, and where requirements come from."""

from __future__ import annotations

from dataclasses import replace

from app.edits.standing import promise
from app.model import vocabulary as v
from app.model.change import ApprovalRule
from app.model.commit import Commitment
from app.model.room import Person
from app.rules.catalogue import CATALOGUE
from app.rules.check import BROKEN, Checker
from app.rules.finding import Context, Finding
from app.rules.promises import kept, may_be_promised
from app.rules.sources import source_titles
from tests.support.builder import AS_OF, ProjectBuilder


def finding_of(builder: ProjectBuilder, code: str) -> Finding:
    found = Checker().findings(builder.document, Context(AS_OF))
    return next(finding for finding in found if finding.code == code)


def test_only_what_the_table_marks_may_be_promised_and_only_at_its_stages() -> None:
    builder = ProjectBuilder().stage("1b")
    assert may_be_promised(builder.document, finding_of(builder, "CHG-01"))
    assert not may_be_promised(builder.document, finding_of(builder, "BND-01"))
    builder.stage("3")
    assert not may_be_promised(builder.document, finding_of(builder, "CHG-01"))


def test_what_is_promised_already_is_not_asked_for_again() -> None:
    builder = ProjectBuilder().stage("1b")
    builder.person("Ada Lang")
    who = builder.document.rows(Person)[0].id
    builder.run(promise("CHG-01", "", what="Name them", who=who, by_when="2027-01-15"))
    assert not may_be_promised(builder.document, finding_of(builder, "CHG-01"))


def with_a_promise(by_when: str = "2027-01-15") -> ProjectBuilder:
    builder = ProjectBuilder().stage("1b")
    who = builder.person("Ada Lang").id
    return builder.run(promise("CHG-01", "", what="Name them", who=who, by_when=by_when))


def name_approvers(builder: ProjectBuilder) -> None:
    for change in v.SIX_APPROVALS:
        builder.add(ApprovalRule, change=change, approvers=(builder.document.rows(Person)[0],))


def test_a_promise_is_kept_when_its_point_is_answered() -> None:
    builder = with_a_promise()
    (made,) = builder.document.rows(Commitment)
    context = Context(AS_OF)
    assert kept(builder.document, Checker().findings(builder.document, context)) == frozenset()
    name_approvers(builder)
    found = Checker().findings(builder.document, context)
    assert kept(builder.document, found) == {made.id}
    failed = replace(found[0], code=BROKEN, subject="CHG-01")
    assert kept(builder.document, (*found, failed)) == frozenset(), "nothing is known of a rule that failed"


def test_a_promise_about_a_rule_at_large_is_not_kept_while_the_rule_asks_of_a_row() -> None:
    builder = with_a_promise()
    builder.add(ApprovalRule, change="wider_scope")
    found = Checker().findings(builder.document, Context(AS_OF))
    assert ("CHG-01", builder.document.rows(ApprovalRule)[0].id) in {finding.key for finding in found}
    assert kept(builder.document, [finding for finding in found if finding.subject]) == frozenset()


def test_a_promise_about_no_point_is_kept_only_by_whoever_says_so() -> None:
    builder = ProjectBuilder()
    builder.add(Commitment, what="Order the cake", who=builder.person("Ada Lang"), by_when="2027-01-15")
    assert kept(builder.document, ()) == frozenset()


def test_the_day_of_a_kept_promise_passes_unasked() -> None:
    later = Context("2027-02-01T08:00:00.000Z")
    builder = with_a_promise()
    codes = {finding.code for finding in Checker().findings(builder.document, later)}
    assert {"CHG-01", "RDY-02"} <= codes
    name_approvers(builder)
    codes = {finding.code for finding in Checker().findings(builder.document, later)}
    assert not {"CHG-01", "RDY-02", "RDY-05"} & codes


def test_every_source_of_a_rule_has_a_title() -> None:
    for rule in CATALOGUE:
        assert len(source_titles(rule.source)) == len(rule.source.split()), rule.code
    assert source_titles("") == ()
    assert source_titles("S1 S3")[1].startswith("The AI Agent Operating Model")
