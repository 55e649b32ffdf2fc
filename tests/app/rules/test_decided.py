"""Who decides: what the vendor, one person for two, a no and a test of a day to come lead to, and what is in order."""

from __future__ import annotations

import pytest

from app.messages import words
from app.model.change import EvaluationSuite
from app.model.commit import AcceptedRisk
from app.model.owners import OwnerAssignment
from app.policy.suites import has_failed
from app.rules.catalogue import CATALOGUE
from app.rules.check import Checker, said
from app.rules.finding import Context, Severity
from app.templates import open_template
from tests.support import decided
from tests.support.breaking import Change, every, named
from tests.support.builder import AS_OF, ProjectBuilder, complete, fixed_mint, sample
from tests.support.healthy import bad_answer, healthy

TODAY = "2026-11-21"
BY_CODE = {rule.code: rule for rule in CATALOGUE}

OPEN_TEMPLATES = ("billing-triage", "empty", "invoice-handling", "it-access", "lead-routing", "renewal-preparation")


def told(builder: ProjectBuilder, code: str) -> list[str]:
    return [words(hit.detail) for hit in BY_CODE[code].hits(builder.document, TODAY)]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        pytest.param(code, change, id=f"{code}-{n}")
        for code, changes in decided.MORE.items()
        for n, change in enumerate(changes)
    ],
)
def test_one_change_breaks_the_rule(code: str, change: Change) -> None:
    builder = complete()
    before = told(builder, code)
    change(builder)
    assert set(told(builder, code)) - set(before)


@pytest.mark.parametrize(
    ("code", "change"), [pytest.param(*each, id=f"{each[0]}-{n}") for n, each in enumerate(decided.KEPT)]
)
def test_what_is_in_order_is_not_told(code: str, change: Change) -> None:
    builder = complete()
    change(builder)
    assert told(builder, code) == []


@pytest.mark.parametrize("code", sorted(decided.BREAKS))
def test_nothing_is_made_up_about_a_map_that_is_still_empty_or_in_order(code: str) -> None:
    maps = [sample(), healthy(), healthy(names=True), bad_answer(), ProjectBuilder()]
    maps += [ProjectBuilder(open_template(name, fixed_mint())) for name in OPEN_TEMPLATES]
    assert [each for made in maps for each in told(made, code)] == []


@pytest.mark.parametrize(
    ("code", "change", "sentence"),
    [
        ("OWN-28", decided.BREAKS["OWN-28"][0], "Nils Aker speaks for safety, and is from the vendor."),
        ("EXC-07", decided.BREAKS["EXC-07"][0], "Queue “billing-exceptions” belongs to the vendor: Nils Aker."),
        ("STP-01", decided.MORE["STP-01"][0], "Only the vendor may pause or narrow it: Nils Aker."),
        ("CHG-18", decided.BREAKS["CHG-18"][0], "“More cases” of 20 Nov 2026: nobody approved it."),
        (
            "CHG-18",
            decided.BREAKS["CHG-18"][1],
            "“More cases” of 20 Nov 2026: the vendor alone approved it: Nils Aker.",
        ),
        (
            "CHG-18",
            decided.BREAKS["CHG-18"][3],
            "“More cases” of 20 Nov 2026: inside, Rosa Steiner approved it alone; its class asks for two.",
        ),
        ("CHG-18", decided.BREAKS["CHG-18"][5], "“A change without a name”: no evaluation result stands beside it."),
        (
            "RDY-04",
            decided.BREAKS["RDY-04"][1],
            "That OWN-14 is accepted does not count: Nils Aker is not from inside the company.",
        ),
        (
            "RDY-04",
            decided.BREAKS["RDY-04"][4],
            "That OWN-14 is accepted does not count: 22 Nov 2027 is more than a year ahead.",
        ),
        (
            "OVR-02",
            decided.MORE["OVR-02"][1],
            "“Release a payment” takes two people, and Dana Abelard could say yes twice. Floor: In the loop, two "
            "approvers, because irreversible (3) and a mistake costs more than L2 (3).",
        ),
    ],
)
def test_the_sentence_names_who_and_what(code: str, change: Change, sentence: str) -> None:
    builder = complete()
    change(builder)
    assert sentence in told(builder, code)


def test_one_person_for_two_leads_to_the_second_approver() -> None:
    builder = complete()
    decided.dual("rota", "rota")(builder)
    (hit,) = BY_CODE["OVR-02"].hits(builder.document, TODAY)
    assert (builder.document.called(hit.subject), hit.field) == ("Release a payment", "second_approver")


@pytest.mark.parametrize(
    ("stage", "severity"), [("1a", Severity.WARNING), ("1b", Severity.BLOCKER), ("2", Severity.BLOCKER)]
)
def test_an_open_launch_blocker_blocks_launch(stage: str, severity: Severity) -> None:
    builder = complete()
    builder.stage(stage)
    decided.BREAKS["BND-09"][0](builder)
    found = Checker().findings(builder.document, Context(as_of=AS_OF, level="launch"))
    assert {each.severity for each in found if each.code == "BND-09"} == {severity}
    designed = Checker().findings(builder.document, Context(as_of=AS_OF, level="design"))
    assert {each.severity for each in designed if each.code == "BND-09"} == {Severity.WARNING}


@pytest.mark.parametrize("who", ["Nils Aker", "Rosa Steiner"])
@pytest.mark.parametrize("why", ["", "Low volume"])
@pytest.mark.parametrize("expiry", ["2027-11-21", "2099-01-01"])
def test_a_risk_is_accepted_by_somebody_inside_with_a_reason_for_a_year(who: str, why: str, expiry: str) -> None:
    builder = complete()
    every(OwnerAssignment, sees_outcomes=False)(builder)
    checker, context = Checker(), Context(as_of=AS_OF)
    open_point = next(each for each in checker.findings(builder.document, context) if each.code == "OWN-14")
    values = {"who": named(builder, who), "why": why, "expiry": expiry, **said(builder.document, open_point)._asdict()}
    builder.add(AcceptedRisk, code=open_point.code, subject=open_point.subject, **values)
    found = next(each for each in checker.findings(builder.document, context) if each.code == "OWN-14")
    assert bool(found.accepted) == ((who, why, expiry) == ("Rosa Steiner", "Low volume", "2027-11-21"))


@pytest.mark.parametrize(
    ("result", "failed"),
    [
        ("failed 200 of 420", True),
        ("Failure: fraud tickets answered", True),
        ("Not passed, 380 of 420", True),
        ("380 of 420, so it did not pass", True),
        ("Passed: 403 of 420, 17 failed", False),
        ("17 of 420 failed", False),
        ("Failsafe suite: all right", False),
        ("", False),
    ],
)
def test_a_result_says_whether_it_was_passed(result: str, failed: bool) -> None:
    assert has_failed(ProjectBuilder().add(EvaluationSuite, last_result=result)) is failed
