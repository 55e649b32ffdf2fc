"""The crosswalk: every id is there, evidence tells names and numbers, and never claims that anything is met."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages import words
from app.model import vocabulary as v
from app.model.boundary import LaunchBlocker, System, Workflow
from app.model.change import ApprovalRule, EvaluationSuite, StageControl, Tool, TrainingData
from app.model.document import Document
from app.model.exceptions import ExceptionPath
from app.model.kinds import BY_KIND
from app.model.oversight import Evidence
from app.model.owners import OwnerAssignment
from app.model.scorecard import KillCriterion, Metric, Reading, Review, ReviewRhythm
from app.model.stop import CompensatingTransaction, DrillRun, IncidentPlan, SpendGuardrail, StopControl
from app.policy.crosswalk import ADVICE, KINDS, Standing, eu_standing, evidence, frameworks
from app.revisions.signoff import seat_holder, sign
from app.steps import BY_ID
from app.template_list import IDS
from app.templates import open_template
from tests.support.builder import AS_OF, ProjectBuilder, complete, fixed_mint, marker_project, sample
from tests.support.large import large_project
from tests.support.random_projects import random_document, steady_mint

EXPECTED = {
    "NIST AI Risk Management Framework": (
        "GV 1.3|GV 1.5|GV 1.6|GV 1.7|GV 2.1|GV 2.2|GV 2.3|GV 3.2|GV 4.3|GV 6.1|GV 6.2|MAP 1.1|MAP 1.4|MAP 1.5|"
        "MAP 2.1|MAP 2.2|MAP 3.3|MAP 3.4|MAP 3.5|MAP 5.1|MEASURE 2.4|MEASURE 2.6|MEASURE 3.1|MEASURE 3.3|MANAGE 1.1|"
        "MANAGE 2.2|MANAGE 2.3|MANAGE 2.4|MANAGE 3.1|MANAGE 4.1|MANAGE 4.2|MANAGE 4.3"
    ),
    "NIST AI 600-1, generative AI profile": (
        "GV-1.3-002|GV-1.6-003|GV-1.7-001|GV-2.1-002|GV-2.1-003|GV-6.2-003|MG-2.4-002|MG-2.4-004|MG-4.2-002|"
        "MG-4.3-001|MG-4.3-002|MS-4.2-004"
    ),
    "EU AI Act": (
        "Art 4|Art 12|Art 19|Art 14(3)|Art 14(4)(a)|Art 14(4)(b)|Art 14(4)(c)|Art 14(4)(d)|Art 14(4)(e)|Art 26(1)|"
        "Art 26(2)|Art 26(4)|Art 26(5)|Art 26(6)|Art 26(7)|Art 26(11)|Art 50|Art 72|Art 73"
    ),
    "ISO/IEC 42001, Annex A": (
        "A.3.2|A.3.3|A.4.2|A.4.6|A.5.2|A.6.1.3|A.6.2.4|A.6.2.5|A.6.2.6|A.6.2.7|A.6.2.8|A.7.3|A.8.2|A.8.4|A.9.2|A.9.3|"
        "A.9.4|A.10.2|A.10.3"
    ),
    "OWASP Top 10 for LLM applications": "LLM03|LLM06|LLM10",
    "OWASP Top 10 for agentic applications": "ASI01|ASI02|ASI03|ASI04|ASI05|ASI06|ASI07|ASI08|ASI09|ASI10",
    "CSA AI Controls Matrix": "GRC-06|GRC-15|SEF-03|CCC|IAM|LOG|STA|BCR|HRS|A&A",
    "CSA MAESTRO": (
        "Foundation models|Data operations|Agent frameworks|Deployment and infrastructure|"
        "Evaluation and observability|Security and compliance|Agent ecosystem"
    ),
    "CSA Agentic Trust Framework": "Promotion gates|Demotion",
    "Singapore Model AI Governance Framework": "Human involvement",
    "Singapore IMDA Agentic AI framework": "§2.1|§2.2.1|§2.2.2|§2.3.1|§2.3.2|§2.3.3|End-user responsibility",
    "OECD AI Principles": "1.4|1.5",
    "UK Government AI Playbook": "P4|P5|P8|P10",
    "Microsoft HAX guidelines, and the RAI impact assessment": "G1|G2|G8|G9|G10|G11|G15|G16|G18|A5",
    "Google SRE book": "Chapter 11",
    "ITIL": "Change enablement|Incident management",
    "CoSAI AI Incident Response Framework": "Incident RACI",
}

OUT_OF_SIGHT = {"people", "records", "disclosure"}
"""Kinds of which a map never holds everything: training, the agent's own logs, what people are told."""


def there(document: Document, key: str, as_of: str = AS_OF) -> str:
    return " / ".join(map(words, evidence(document, as_of)[key].there))


def missing(document: Document, key: str, as_of: str = AS_OF) -> str:
    return " / ".join(map(words, evidence(document, as_of)[key].missing))


# --- the frameworks ----------------------------------------------------------------------------------------


def test_every_id_is_there_once() -> None:
    found = {each.name: [id for r in each.requirements for id in r.ids] for each in frameworks()}
    assert {name: sorted(ids) for name, ids in found.items()} == {
        name: sorted(ids.split("|")) for name, ids in EXPECTED.items()
    }


def test_every_entry_has_an_edition_a_status_a_paraphrase_and_known_evidence() -> None:
    used = set()
    for framework in frameworks():
        assert framework.edition
        assert framework.status in ("found", "secondary", "part")
        for requirement in framework.requirements:
            assert requirement.paraphrase
            assert len(set(requirement.evidence)) == len(requirement.evidence)
            used.update(requirement.evidence)
    assert used == set(KINDS)


def test_the_dates_and_the_traps_are_told() -> None:
    notes = {each.name: each.note for each in frameworks()}
    for said in ("2 Dec 2027", "2 Aug 2028", "2 Aug 2026", "27 Jul 2026", "Annex III", "not obligation", "lawyer"):
        assert said in notes["EU AI Act"]
    assert "LLM06, LLM10 and LLM05" in notes["OWASP Top 10 for LLM applications"]
    assert "A.6 is life cycle, A.9 is use" in notes["ISO/IEC 42001, Annex A"]


def test_nothing_claims_compliance() -> None:
    said = [ADVICE]
    for framework in frameworks():
        said += [framework.note, *(each.paraphrase for each in framework.requirements)]
    for document in (sample().document, ProjectBuilder().document):
        for each in evidence(document, AS_OF).values():
            said += map(words, (*each.there, *each.missing))
    assert [text for text in said if re.search(r"\bcompl(y|ies|ied|iant)\b|\bfulfil|\bsatisf", text)] == []
    assert "provides evidence toward" in ADVICE
    assert "lawyer" in ADVICE


# --- the evidence ------------------------------------------------------------------------------------------


def test_the_sample_is_told_by_name_and_number() -> None:
    document = sample().document
    assert "Workflow owner: Dana Abelard, deputy Marc Oyelaran" in there(document, "owners")
    assert missing(document, "owners") == "No deputy: Outcome owner"
    assert there(document, "stop").startswith("Stop button: Feature flag triage.enabled")
    assert "who may press it: 3 (Platform on call, Dana Abelard, Rosa Steiner)" in there(document, "stop")
    assert "Stop button last tested 14 Nov 2026" in there(document, "stop")
    assert "Reviewers caught 41 of 42 planted bad cases" in there(document, "graduation")
    assert "Approve 40 h" in there(document, "exceptions")
    assert missing(document, "exceptions") == "It runs on uncovered: Watch and interrupt, Approve, Clear exceptions"


def test_hours_count_while_they_are_valid() -> None:
    document = sample().document
    assert "Approve 40 h" in there(document, "exceptions", "2026-11-27T12:00:00.000Z")
    assert "Approve 44 h" in there(document, "exceptions", "2026-11-28T12:00:00.000Z")
    assert "Approve 40 h" in there(document, "exceptions", "2027-01-31T12:00:00.000Z")


def test_an_uncovered_queue_is_no_gap_once_it_waits() -> None:
    assert missing(complete().document, "exceptions") == ""


def test_a_test_goes_stale() -> None:
    document = sample().document
    assert missing(document, "stop") == ""
    assert missing(document, "stop", "2027-02-12T09:00:00.000Z") == ""
    assert missing(document, "stop", "2027-02-13T09:00:00.000Z") == "Stop button not tested in the last 90 days"


def test_an_empty_map_lacks_something_of_every_kind() -> None:
    found = evidence(ProjectBuilder().document, AS_OF)
    assert [key for key, each in found.items() if not each.missing] == ["suppliers", "training_data"]
    assert there(ProjectBuilder().document, "suppliers") == "No vendor is named"
    assert there(ProjectBuilder().document, "training_data") == "No training data or retraining is declared"
    assert found["stop"].standing is Standing.NONE


def test_a_requirement_stands_as_its_evidence_does() -> None:
    document = complete().document
    found = evidence(document, AS_OF)
    standings = {id: r.standing(found) for each in frameworks() for r in each.requirements for id in r.ids}
    assert standings["Art 14(4)(e)"] is Standing.THERE
    assert standings["GV 2.1"] is Standing.PART
    assert standings["ASI05"] is Standing.OUTSIDE
    nothing = evidence(ProjectBuilder().document, AS_OF)
    assert next(r for r in frameworks()[0].requirements if r.ids == ("MANAGE 2.4",)).standing(nothing) is Standing.NONE


def _launched() -> ProjectBuilder:
    """The complete sample, signed for launch by everybody."""
    builder = complete()
    for seat in (str(entry.value) for entry in v.SEATS):
        holder = seat_holder(builder.document, seat)
        assert holder is not None
        builder.run(sign("launch", seat, holder.name, 0))
    return builder


def test_signatures_are_evidence_for_launch() -> None:
    builder = _launched()
    assert "Revision 1, Launch, signatures: 6" in there(builder.document, "launch")
    assert missing(builder.document, "launch") == ""


def test_a_finished_map_lacks_only_what_no_map_holds() -> None:
    builder = _launched()
    owner = builder.document.fixed(OwnerAssignment, "outcome")
    builder.set(owner, deputy=builder.document.fixed(OwnerAssignment, "workflow").person)
    found = evidence(builder.document, AS_OF)
    assert {key for key, each in found.items() if each.missing} == OUT_OF_SIGHT


class Editor(ProjectBuilder):
    """A builder that can also take something away."""

    def clear(self, row_class: type, name: str, empty: object) -> None:
        for row in self.document.rows(row_class):
            self.set(row, **{name: empty})


GAPS: tuple[tuple[str, Callable[[Editor], object], str], ...] = (
    ("owners", lambda b: b.owner("system", None), "System owner: nobody yet"),
    ("roles", lambda b: b.role("evaluation_engineer", None), "Evaluation Engineer: nobody yet"),
    ("roles", lambda b: b.seat("safety", None), "For safety (IT): nobody yet"),
    ("boundary", lambda b: b.set(Workflow, acceptable_risks=""), "Not in writing: Acceptable risks"),
    ("oversight", lambda b: b.action("Guess", "00000"), "No mode yet: Guess"),
    ("oversight", lambda b: b.action("Pay", "11111", current="in_loop"), "No approver: Pay"),
    ("floors", lambda b: b.action("Guess", "0"), "Not rated in full: Guess"),
    ("floors", lambda b: b.action("Pay", "32232", current="on_loop"), "Looser than the floor: Pay"),
    ("graduation", lambda b: b.clear(Evidence, "seeded", None), "No planted bad cases"),
    ("stop", lambda b: b.clear(StopControl, "who", ()), "Nobody may press: Feature flag"),
    ("stop", lambda b: b.clear(StopControl, "last_tested", ""), "Stop button never tested"),
    ("stop", lambda b: b.clear(StopControl, "quarantines", False), "Work in flight is not held"),
    ("undo", lambda b: b.clear(StopControl, "rollback_target", ""), "No rollback target"),
    ("undo", lambda b: b.clear(CompensatingTransaction, "last_tested", ""), "Compensation not tested"),
    ("stop", lambda b: b.clear(StopControl, "last_tested", "2031-01-01"), "Stop button never tested"),
    ("undo", lambda b: b.clear(CompensatingTransaction, "last_tested", "2031-01-01"), "Compensation not tested"),
    ("undo", lambda b: b.clear(CompensatingTransaction, "owner", None), "No compensating transaction"),
    ("exceptions", lambda b: b.exception_class("Odd case"), "Not settled in full: Odd case"),
    ("exceptions", lambda b: b.set(ExceptionPath, off_hours=""), "Nobody has said what it does while nobody covers"),
    ("changes", lambda b: b.clear(ApprovalRule, "approvers", ()), "No approver: New actions, Wider scope"),
    ("evaluation", lambda b: b.clear(EvaluationSuite, "standing", False), "does not run on every change"),
    ("evaluation", lambda b: b.clear(EvaluationSuite, "owner", None), "Nobody owns"),
    ("tools", lambda b: b.add(Tool, name="Printer"), "Not described in full: Printer"),
    ("tools", lambda b: b.add(System, name="Archive"), "Access not said: Archive"),
    ("suppliers", lambda b: b.add(System, name="Archive"), "No system contract: Archive"),
    (
        "suppliers",
        lambda b: b.owner("exception", b.person("Vic", side="vendor")),
        "Owned from outside: Exception owner",
    ),
    ("suppliers", lambda b: b.agent(only_vendor_understands=True, understudy=None), "Only the vendor understands it"),
    ("training_data", lambda b: b.set(TrainingData, used=True, consent=""), "Not in writing: Consent"),
    ("incidents", lambda b: b.set(IncidentPlan, runbook=""), "Not in writing: Runbook"),
    ("incidents", lambda b: b.clear(DrillRun, "run_on", ""), "No drill was walked"),
    ("spend", lambda b: b.set(SpendGuardrail, ceiling=None, owner=None), "No spend ceiling / Nobody owns spending"),
    ("scorecard", lambda b: b.clear(Metric, "owner", None), "No headline metric with an owner"),
    ("scorecard", lambda b: b.clear(Reading, "on", ""), "No reading yet"),
    ("reviews", lambda b: b.clear(ReviewRhythm, "led_by", None), "No rhythm of review"),
    ("reviews", lambda b: b.clear(Review, "on", ""), "No review held yet"),
    ("reviews", lambda b: b.clear(KillCriterion, "limit", ""), "No number at which it is narrowed or stopped"),
    ("records", lambda b: b.fixed(StageControl, "audit_review", rule=""), "No rule for audit review"),
    ("succession", lambda b: b.owner("system", None), "Decommission the agent: nobody answers for it"),
    ("succession", lambda b: b.agent(review_by=""), "No date by which this map is reviewed"),
    ("disclosure", lambda b: b.contact("LEG", None), "Tell customers or a regulator: nobody answers for it"),
)


@pytest.mark.parametrize(("key", "spoil", "said"), GAPS, ids=[said for _, _, said in GAPS])
def test_what_is_taken_away_is_missed(key: str, spoil: Callable[[Editor], object], said: str) -> None:
    builder = Editor(complete().project())
    assert said not in missing(builder.document, key)
    spoil(builder)
    assert said in missing(builder.document, key)


def test_failure_cases_are_counted() -> None:
    builder = ProjectBuilder()
    ann = builder.person("Ann")
    builder.add(LaunchBlocker, case="Refund twice", business=ann, it=ann)
    builder.add(LaunchBlocker, case="Wrong person", business=ann)
    assert "block launch: 2, agreed by both sides: 1, shown to be handled: 0" in there(builder.document, "launch")


def test_a_long_list_ends_with_a_count_and_a_name_that_is_empty_says_so() -> None:
    builder = ProjectBuilder()
    for number in range(5):
        builder.action(f"Act {number}")
    assert missing(builder.document, "oversight").startswith("No mode yet: Act 0, Act 1, Act 2, Act 3, Act 4 /")
    builder.action("Act 5")
    assert missing(builder.document, "oversight").startswith("No mode yet: Act 0, Act 1, Act 2, Act 3 and 2 more /")
    nameless = ProjectBuilder()
    nameless.add(Tool)
    assert "Not described in full: without a name" in missing(nameless.document, "tools")


# --- any map -----------------------------------------------------------------------------------------------


def told(document: Document) -> None:
    """Everything can be said, and something is said of every kind."""
    for key, each in evidence(document, AS_OF).items():
        said = [words(point) for point in (*each.there, *each.missing)]
        assert said, key
        assert all(said), key


@pytest.mark.parametrize("template", IDS)
def test_every_template_is_told(template: str) -> None:
    told(open_template(template, fixed_mint()).document)


def test_a_project_with_every_field_is_told() -> None:
    told(marker_project(signed=True)[0])


@given(st.integers(0, 2**32))
def test_any_project_is_told(seed: int) -> None:
    told(random_document(Random(seed), steady_mint()))


def test_a_large_project_is_told_shortly() -> None:
    document = large_project().document
    told(document)
    assert max(len(words(p)) for e in evidence(document, AS_OF).values() for p in (*e.there, *e.missing)) < 600


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("", "Nobody has said yet"),
        ("no", "good practice, not obligation"),
        ("yes", "Ask a lawyer which duties bind you"),
        ("unsure", "Ask a lawyer now"),
    ],
)
def test_the_answer_about_high_risk_use_says_what_comes_next(answer: str, said: str) -> None:
    builder = ProjectBuilder()
    builder.agent(high_risk_use=answer)
    assert said in words(eu_standing(builder.document))
    assert "lawyer" in words(eu_standing(builder.document))


def test_each_kind_of_evidence_says_where_it_is_given() -> None:
    for document in (ProjectBuilder().document, sample().document):
        for each in evidence(document, AS_OF).values():
            assert each.step in BY_ID
            assert document.find(each.subject) is not None if each.subject else each.field in BY_KIND
