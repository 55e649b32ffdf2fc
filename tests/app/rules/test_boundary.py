"""What blocks launch, and who agreed: the question is about what is missing now."""

from __future__ import annotations

from app.messages import words
from app.model.boundary import LaunchBlocker
from app.rules.check import Checker
from app.rules.finding import Context, Finding
from tests.support.builder import AS_OF, ProjectBuilder

CASE = "A password is reset for someone who is not the account holder"


def found(builder: ProjectBuilder) -> list[tuple[str, str, str]]:
    """The question, the detail and the field of each finding about a launch blocker."""

    def told(finding: Finding) -> tuple[str, str, str]:
        return words(finding.question), words(finding.detail), finding.field

    return [told(each) for each in Checker().findings(builder.document, Context(AS_OF)) if each.code == "BND-04"]


def test_the_question_follows_what_is_missing() -> None:
    builder = ProjectBuilder()
    assert found(builder) == [
        (
            "Which failure would keep it from going live?",
            "No failure case is agreed that would block launch.",
            "launch_blocker",
        )
    ]
    nadia, tomas = builder.person("Nadia Fuchs"), builder.person("Tomas Ilves")
    both = "Who agrees for business, and who for IT, that this blocks launch?"
    blocker = builder.add(LaunchBlocker, case=CASE)
    assert found(builder) == [
        (both, f"Nobody has agreed to “{CASE}” yet, neither for business nor for IT.", "business")
    ]
    builder.set(blocker, business=nadia)
    assert found(builder) == [
        ("Who agrees for IT that this blocks launch?", f"Nobody has agreed to “{CASE}” for IT.", "it")
    ]
    builder.set(blocker, business=None, it=tomas)
    assert found(builder) == [
        ("Who agrees for business that this blocks launch?", f"Nobody has agreed to “{CASE}” for business.", "business")
    ]
    builder.set(blocker, business=tomas)
    assert found(builder) == [(both, f"Tomas Ilves alone has agreed to “{CASE}”, for both sides.", "it")]
    builder.set(blocker, business=nadia)
    assert found(builder) == []
