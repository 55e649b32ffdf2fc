"""The templates: what a new project starts from, and the filled-in sample."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from app.errors import USAGE, AppError
from app.interchange import read, write
from app.model.commit import Commitment, RaciOverride
from app.model.document import Document, targets_of
from app.model.exceptions import ExceptionClass, ResponseTarget
from app.model.fields import Field, Kind, Scope, fields_of
from app.model.ids import ID_PATTERN, Mint, instant
from app.model.kinds import ALL
from app.model.oversight import Action
from app.model.room import Agent, Person
from app.model.stop import DrillRun
from app.policy.drill import drill, drill_all
from app.policy.holders import holder
from app.policy.oversight import oversight_of
from app.policy.raci import matrix
from app.resources import resource
from app.rules.check import Checker, blocking
from app.rules.finding import Context, Severity
from app.template_list import IDS, SAMPLE, listing
from app.templates import open_template
from tests.support.builder import AS_OF, ProjectBuilder, complete, fixed_mint

ROOT = Path(__file__).resolve().parents[2]
ORACLE = json.loads((ROOT / "tests" / "fixtures" / "sample_workshops.json").read_text(encoding="utf-8"))

WORKFLOWS = {
    "billing-triage": "billing",
    "invoice-handling": "invoice",
    "it-access": "access",
    "lead-routing": "lead",
    "renewal-preparation": "renewal",
}


@pytest.fixture(scope="module")
def make_templates() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ownermap_make_templates", ROOT / "packaging" / "make_templates.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def opened(template_id: str) -> Document:
    return open_template(template_id, fixed_mint()).document


def test_a_new_project_is_offered_the_empty_map_first_then_the_five_workflows() -> None:
    assert [template.id for template in listing()] == ["empty", *WORKFLOWS]


def test_an_unknown_template_names_those_that_there_are() -> None:
    with pytest.raises(AppError) as refused:
        open_template("billing", Mint())
    assert refused.value.exit_code == USAGE
    assert all(template_id in str(refused.value) for template_id in IDS)


@pytest.mark.parametrize("template_id", IDS)
def test_the_committed_file_is_what_its_source_makes(template_id: str, make_templates: ModuleType) -> None:
    committed = resource(f"templates/{template_id}.json").read_text(encoding="utf-8")
    assert committed == make_templates.made(template_id), "run packaging/make_templates.py"


@pytest.mark.parametrize("template_id", IDS)
def test_opening_gives_a_project_of_its_own(template_id: str) -> None:
    mint = Mint()
    one, other = open_template(template_id, mint), open_template(template_id, mint)
    kept = set(ID_PATTERN.findall(resource(f"templates/{template_id}.json").read_text(encoding="utf-8")))
    ids = [{row.id for row in project.document} | {project.document.project_id} for project in (one, other)]
    assert not ids[0] & ids[1]
    assert not (ids[0] | ids[1]) & kept
    assert len(one.log) == 0
    # No id of the file is left anywhere, in no reference and in no text.
    assert not set(ID_PATTERN.findall(write(one, private=True))) & kept


@pytest.mark.parametrize("template_id", IDS)
def test_what_is_opened_can_be_written_and_read(template_id: str) -> None:
    project = open_template(template_id, fixed_mint())
    assert read(write(project, private=True)).document == project.document


@pytest.mark.parametrize(("template_id", "key"), WORKFLOWS.items())
def test_the_twelve_actions_are_those_of_the_sample_workshops(template_id: str, key: str) -> None:
    attributes = ("reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity")
    found = [(a.name, *(a.value(name) for name in attributes), set(a.flags)) for a in opened(template_id).rows(Action)]
    expected = [
        (each["action"], *(each[name] for name in attributes), set(each["flags"])) for each in ORACLE[key]["actions"]
    ]
    assert found == expected


@pytest.mark.parametrize("template_id", [*WORKFLOWS, SAMPLE])
def test_each_action_stands_in_its_start_mode_or_in_shadow(template_id: str) -> None:
    document = opened(template_id)
    moved = [a for a in document.rows(Action) if a.current != oversight_of(document, a).start]
    assert [(a.name, a.current) for a in moved] == (
        [("Tag conversation as training data", "shadow")] if template_id == SAMPLE else []
    )


# --- complete, so that only names are missing ---

NAMES = {"person", "rota"}

OF_THE_CLIENT = {
    ("agent", "client"),
    ("agent", "vendor"),
    ("agent", "model"),
    ("agent", "only_vendor_understands"),
    ("agent", "review_by"),
    ("agent", "high_risk_use"),
    ("owner", "stand_in"),
}
"""What only the client knows, and what is said until a person is named."""

WHERE_IT_APPLIES = {
    "action": {"flags", "max_queue_age", "on_timeout", "off_hours", "note", "tools"},
    "agent": {"outside_parties"},
    "approval_rule": {"evaluation_gate"},
    "boundary_line": {"condition", "destination"},
    "coverage_window": {"valid_from", "valid_to", "closures"},
    "kill_criterion": {"metric"},
    "response_target": {"act_minutes"},
    "training_data": {"used", "consent", "storage"},
    "owner": {"sees_outcomes", "capacity"},
}
"""Fields that are filled where they have a meaning: no longest wait where nobody approves."""


def is_a_name(field: Field) -> bool:
    return bool(NAMES & set(field.targets))


@pytest.mark.parametrize("template_id", WORKFLOWS)
def test_only_names_are_missing(template_id: str) -> None:
    document = opened(template_id)
    assert document.rows(Person) == ()
    missing = {
        (row.spec.kind, name)
        for row in document
        for name, field in fields_of(type(row)).items()
        if field.scope is Scope.DECISION
        and row.value(name) == field.empty
        and not is_a_name(field)
        and name not in WHERE_IT_APPLIES.get(row.spec.kind, ())
    }
    assert missing <= OF_THE_CLIENT


@pytest.mark.parametrize("template_id", WORKFLOWS)
def test_every_action_rests_on_a_line_of_the_boundary(template_id: str) -> None:
    document = opened(template_id)
    assert document.only(Agent).stage == "1b"
    for action in document.rows(Action):
        line = document.find(action.boundary_line)
        assert line is not None
        assert line.value("side") == ("barred" if action.current == "not_permitted" else "may"), action.name


EVIDENCE = {"CHG-16", "STP-04", "STP-06"}
"""A suite that never ran, and tests that were never made: a template cannot."""


@pytest.mark.parametrize("template_id", WORKFLOWS)
def test_with_names_filled_in_nothing_but_evidence_blocks_design_sign_off(template_id: str) -> None:
    mint = fixed_mint()
    builder = ProjectBuilder(open_template(template_id, mint), mint)
    people = [builder.person(f"Person {number}") for number in range(7)]
    turn = 0
    for row in tuple(builder.document):
        for name, field in fields_of(type(row)).items():
            if "person" in field.targets and field.scope is Scope.DECISION and row.value(name) == field.empty:
                turn += 1
                named = people[turn % 7]
                builder.set(row, **{name: named if field.kind is Kind.REFERENCE else (named, people[(turn + 1) % 7])})
    found = blocking(Checker().findings(builder.document, Context(AS_OF, "design")))
    assert {finding.code for finding in found} == EVIDENCE


# --- the filled-in sample ---

NOT_IN_THE_SAMPLE = {
    ("accepted_risk", "substance"),  # a mark that the program makes; the sample goes by its words
    ("agent", "only_vendor_understands"),  # an internal understudy does
    ("agent", "erasures"),  # nobody was erased
    ("workshop", "short_path"),  # it was the whole workshop
    ("owner", "stand_in"),  # every owner is a person
    ("six_thing", "person"),  # each stays with the holder of its part
    ("action", "second_approver"),  # no action of this workflow needs two
}


def test_the_sample_fills_every_field_that_makes_sense_in_it() -> None:
    document = opened(SAMPLE)
    unfilled = {
        (row_class.spec.kind, name)
        for row_class in ALL
        if row_class.spec.scope is not Scope.SIGNOFF
        for name, field in fields_of(row_class).items()
        if all(row.value(name) == field.empty for row in document.rows(row_class))
    }
    assert unfilled == NOT_IN_THE_SAMPLE


def test_the_drill_of_the_sample_exposes_that_exceptions_are_cleared_in_business_hours_only() -> None:
    drills = drill_all(opened(SAMPLE), instant(AS_OF))
    assert len(drills) == 8
    for walked in drills:
        assert [step.key for step in walked.steps if step.gap] == ["clear"], (walked.scenario, walked.moment)


def test_the_sample_passes_design_sign_off_and_warns_of_its_coverage_gap() -> None:
    findings = Checker().findings(opened(SAMPLE), Context(AS_OF, "design"))
    assert blocking(findings) == ()
    open_warnings = [f for f in findings if f.severity is Severity.WARNING and not f.accepted]
    assert [f.field for f in open_warnings if 151 in f.ids] == ["off_hours"]
    assert {f.code.partition("-")[0] for f in open_warnings} == {"COV"}


def test_the_risk_of_the_sample_is_accepted_for_what_it_says() -> None:
    findings = Checker().findings(opened(SAMPLE), Context(AS_OF, "design"))
    assert [finding.code for finding in findings if finding.accepted] == ["OWN-11"]


@pytest.mark.parametrize("moment", ["2027-03-01T00:00:00.000Z", "2031-01-01T00:00:00.000Z"])
def test_the_sample_does_not_stop_passing_as_it_grows_old(moment: str) -> None:
    assert blocking(Checker().findings(opened(SAMPLE), Context(moment, "design"))) == ()


@pytest.mark.parametrize("stage", ["1b", "2", "3"])
def test_the_sample_with_its_lesson_learnt_could_be_launched(stage: str) -> None:
    document = complete().stage(stage).document
    assert blocking(Checker().findings(document, Context(AS_OF, "launch"))) == ()
    assert all(not walked.gaps for walked in drill_all(document, instant(AS_OF)))


def test_what_a_text_of_the_sample_is_about_is_there_under_its_new_id() -> None:
    document = opened(SAMPLE)
    subjects = [row.subject for row in document.rows(Commitment) if row.subject]
    assert subjects
    assert all(document.find(subject) for subject in subjects)


def test_the_override_of_the_sample_changes_its_cell() -> None:
    document = opened(SAMPLE)
    (override,) = document.rows(RaciOverride)
    row = matrix(document).row(override.activity)
    assert row is not None
    assert row.letters[override.column] == override.letter


def test_what_waits_for_an_approval_in_the_sample_is_approved_by_the_escalation_reviewer() -> None:
    document = opened(SAMPLE)
    reviewer = holder(document, "ER").person
    approvers = {a.name: a.approver for a in document.rows(Action) if a.current == "in_loop"}
    assert set(approvers.values()) == {reviewer}
    assert [a.name for a in document.rows(Action) if a.approver and a.current in ("out_of_loop", "not_permitted")] == []


@pytest.mark.parametrize("template_id", [*WORKFLOWS, SAMPLE])
def test_a_class_is_looked_at_as_fast_as_its_severity_promises(template_id: str) -> None:
    document = opened(template_id)
    for row in document.rows(ExceptionClass):
        assert row.within == document.fixed(ResponseTarget, str(row.severity)).ack_minutes, row.name


def test_the_recorded_drill_of_the_sample_counts_the_gaps_that_the_map_has() -> None:
    document = opened(SAMPLE)
    for run in document.rows(DrillRun):
        assert run.gaps == len(drill(document, instant(run.at), run.scenario).gaps)


def test_everybody_in_the_sample_can_be_reached_and_is_named_for_something() -> None:
    document = opened(SAMPLE)
    named = {target for row in document for name in fields_of(type(row)) for target in targets_of(row, name)}
    for person in document.rows(Person):
        assert person.contact, person.name
        assert person.paging_route, person.name
        assert person.id in named, person.name
