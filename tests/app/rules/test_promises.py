"""What a promise may stand for, and where requirements come from."""

from __future__ import annotations

from app.edits.standing import promise
from app.model.room import Person
from app.rules.catalogue import CATALOGUE
from app.rules.check import Checker
from app.rules.finding import Context, Finding
from app.rules.promises import may_be_promised
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


def test_every_source_of_a_rule_has_a_title() -> None:
    for rule in CATALOGUE:
        assert len(source_titles(rule.source)) == len(rule.source.split()), rule.code
    assert source_titles("") == ()
    assert source_titles("S1 S3")[1].startswith("The AI Agent Operating Model")
