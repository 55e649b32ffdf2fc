"""Running the catalogue: order, memory, promises, accepted risks, a rule that fails."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.change import ApprovalRule
from app.model.changes import RowChange
from app.model.commit import AcceptedRisk, Commitment
from app.model.document import Document
from app.model.fields import Kind, Value, fields_of
from app.model.kinds import BY_KIND
from app.model.oversight import Action
from app.model.owners import OwnerAssignment
from app.model.room import Agent, Person
from app.model.row import Row, with_fields
from app.model.stop import StopControl
from app.rules.catalogue import CATALOGUE
from app.rules.check import Checker, blocking, questions, said
from app.rules.finding import ORDER, Context, Finding, Severity
from app.rules.reads import About, Behind, Beyond, OnlyFor
from app.rules.rule import Hit, Part, rule
from app.rules.severity import WARNS, marks
from app.rules.wording import NamesIn
from tests.support.builder import AS_OF, ProjectBuilder, complete, sample

DESIGN, LAUNCH = Context(AS_OF, "design"), Context(AS_OF, "launch")


def findings(document: Document, context: Context = DESIGN) -> tuple[Finding, ...]:
    return Checker().findings(document, context)


def only(document: Document, code: str, context: Context = DESIGN) -> Finding:
    (found,) = [finding for finding in findings(document, context) if finding.code == code]
    return found


# The catalogue


def test_codes_are_unique_and_every_rule_says_everything() -> None:
    assert len({rule.code for rule in CATALOGUE}) == len(CATALOGUE)
    for each in CATALOGUE:
        assert each.ids, each.code
        assert all(words(text) for text in (each.question, each.why, each.weak, each.better)), each.code
        assert words(each.question).endswith("?"), each.code
        assert each.step in {entry.value for entry in v.STEPS}, each.code
        assert set(each.source.split()) <= {"S0", "S1", "S2", "S3", "S4"}, each.code


def test_a_finding_leads_to_a_field_that_is_there_and_has_a_key_of_its_own() -> None:
    for builder in (ProjectBuilder(), sample(), complete()):
        for stage in ("1a", "1b", "2", "3"):
            builder.stage(stage)
            found = findings(builder.document)
            assert len({finding.key for finding in found}) == len(found)
            assert not [finding for finding in found if finding.code == "RUL-01"]
            for finding in found:
                row = builder.document.find(finding.subject)
                if row is None:
                    assert finding.field == "" or finding.field.partition(":")[0] in BY_KIND, finding
                else:
                    assert finding.field == "" or finding.field in fields_of(type(row)), finding


class Watched(Document):
    """A document that notes which kinds were read, of which all rows were listed, and which fields of the single rows
    of which only a part may be."""

    def __init__(self, document: Document, whole: set[type[Row]]) -> None:
        super().__init__(document.project_id, {kind: document.table(kind) for kind in BY_KIND})
        self.whole = whole
        self.read: set[str] = set()
        self.listed: set[type[Row]] = set()
        self.fields: set[tuple[type[Row], str]] = set()

    def table(self, kind: str) -> Any:
        self.read.add(kind)
        return super().table(kind)

    def rows(self, row_class: type[Row]) -> Any:
        self.listed.add(row_class)
        return super().rows(row_class)

    def find(self, row_id: str | None) -> Row | None:
        row = super().find(row_id)
        if row is not None:
            self.read.add(row.spec.kind)
        return row

    def only(self, row_class: type[Row]) -> Any:
        row = super().only(row_class)
        return row if row_class in self.whole else WatchedRow(row, self.fields)


class WatchedRow:
    """The single row of a kind, which notes what is read of it."""

    def __init__(self, row: Row, fields: set[tuple[type[Row], str]]) -> None:
        self._row, self._fields = row, fields

    def __getattr__(self, name: str) -> Any:
        if name != "id":  # that a row is there is always part of what is read
            self._fields.add((type(self._row), name))
        return getattr(self._row, name)


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.code)
def test_a_rule_reads_no_more_than_it_says(each: Any) -> None:
    said = (read.read if isinstance(read, OnlyFor) else read for read in each.reads)
    reads = {one for read in said for one in (read.parts if isinstance(read, NamesIn) else (read,))}
    parts = {(read.kind, name) for read in reads if isinstance(read, Part) for name in read.fields or ()}
    in_part = {read for read in reads if isinstance(read, Part) and read.fields is not None}
    nearby = {read for read in reads if isinstance(read, About | Behind | Beyond)}
    whole = {kind for read in reads - in_part - nearby for kind in read.kinds}
    assert each.over or not nearby, "a rule about the whole map has no row that anything is near to"
    for builder in (ProjectBuilder(), sample(), complete()):
        for stage in ("1a", "2"):
            builder.stage(stage)
            for action in builder.document.rows(Action)[:3]:
                builder.set(action, current="on_loop")
            watched = Watched(builder.document, whole)
            each.hits(watched, "2026-11-21")
            assert watched.read <= each.kinds
            assert watched.fields <= parts
            assert not watched.listed & ({read.kind for read in nearby} - whole - {read.kind for read in in_part})


# The order and the memory


def test_the_heaviest_come_first_then_the_order_of_the_steps() -> None:
    found = findings(ProjectBuilder().document)
    steps = [entry.value for entry in v.STEPS]
    keys = [(ORDER.index(f.severity), steps.index(f.step), f.code) for f in found]
    assert keys == sorted(keys)
    assert {f.severity for f in found} == set(ORDER)


def test_what_is_remembered_is_what_would_be_found_afresh() -> None:
    builder, checker = complete(), Checker()
    checker.findings(builder.document, DESIGN)
    document = builder.document
    first, second = document.rows(Action)[:2]
    dana = document.rows(Person)[0]
    edits: list[tuple[Row, dict[str, Any]]] = [
        (first, {"current": "on_loop"}),
        (second, {"escalation_path": None, "noticed_how": "", "flags": ("silent_failure",)}),
        (dana, {"side": "vendor"}),
        (document.fixed(OwnerAssignment, "outcome"), {"person": None}),
        (document.rows(StopControl)[0], {"stops_new_work": False}),
    ]
    for row, values in edits:
        builder.set(row, **values)
        for context in (DESIGN, LAUNCH, Context("2027-11-21T09:00:00.000Z")):
            assert checker.findings(builder.document, context) == findings(builder.document, context)
    for stage in ("1a", "2", "3"):
        builder.stage(stage)
        assert checker.findings(builder.document, DESIGN) == findings(builder.document)


def test_a_rule_that_was_left_out_sees_what_changed_meanwhile() -> None:
    def nobody_is_called_so(person: Person, document: Document, today: str) -> Iterator[Hit]:
        if person.name == "Nobody":
            yield Hit(msg("So is somebody."), person.id)

    asked = rule("TST-01", 1, step="room", question="Who?", why="x", weak="x", better="x", marks=marks("- W W W"),
                 over=Person, reads=())(nobody_is_called_so)  # fmt: skip
    builder = ProjectBuilder().stage("1b")
    dana = builder.person("Dana Abelard")
    checker = Checker([asked])
    assert checker.findings(builder.document, DESIGN) == ()
    builder.stage("1a").set(dana, name="Nobody")
    assert checker.findings(builder.document, DESIGN) == ()
    builder.set(builder.document.only(Agent), name="Triage")
    assert checker.findings(builder.document, DESIGN) == ()
    assert [finding.subject for finding in checker.findings(builder.stage("1b").document, DESIGN)] == [dana.id]


def test_what_a_line_permits_is_looked_at_again_with_its_action() -> None:
    builder, checker = complete(), Checker()
    builder.may("handle", "refunds", side="routes_out")
    line = builder.may("approve", "refund requests")
    action = builder.add(Action, name="Approve requests", boundary_line=line, current="in_loop")

    def open_lines() -> list[str]:
        found = checker.findings(builder.document, DESIGN)
        assert found == findings(builder.document)
        return [finding.subject for finding in found if finding.code == "BND-10"]

    assert open_lines() == [line.id]
    harmless = dict.fromkeys(("reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity"), 0)
    builder.set(action, flags=("human_acts_next",), **harmless)
    assert open_lines() == []
    builder.set(action, boundary_line=None)
    assert open_lines() == [line.id]


def other_value(document: Document, row: Row, name: str) -> Value:
    """A value that the field does not have now: empty where it has one."""
    declared, now = fields_of(type(row))[name], row.value(name)
    if declared.kind is Kind.FLAG:
        return not now
    if now:
        return () if isinstance(now, tuple) else None if declared.is_reference or isinstance(now, int) else ""
    plain: dict[Kind, Value] = {
        Kind.NUMBER: 7,
        Kind.MONEY: 7,
        Kind.DAY: "2026-11-20",
        Kind.DAYS: "2026-11-20",
        Kind.TIME: "09:00",
        Kind.MOMENT: AS_OF,
        Kind.ZONE: "Asia/Tokyo",
    }
    if declared.choices:
        new: Value = declared.choices[-1].value
    elif declared.is_reference:
        new = next((other.id for kind in declared.targets for other in document.table(kind).ordered), None)
    else:
        new = plain.get(declared.kind, "Something else")
    return (str(new),) if isinstance(now, tuple) and new is not None else new


@pytest.mark.parametrize("kind", BY_KIND)
def test_whatever_field_changes_nothing_that_depends_on_it_is_kept(kind: str) -> None:
    builder = complete().stage("2")
    for action in builder.document.rows(Action)[2:5]:
        builder.set(action, current="on_loop", flags=("silent_failure",), cost=None)
    document = builder.document
    checker = Checker()
    checker.findings(document, DESIGN)
    row_class = BY_KIND[kind]
    for row in document.rows(row_class)[:2]:
        for name in fields_of(row_class):
            if name == row_class.spec.fixed_by:
                continue
            change = RowChange(row, with_fields(row, {name: other_value(document, row, name)}))
            changed = document.applying([change])
            assert checker.findings(changed, DESIGN) == findings(changed), name
        if not row_class.spec.is_fixed:
            last = document.rows(row_class)[-1].rank + "z"
            for after in (None, with_fields(row, {"rank": last})):
                changed = document.applying([RowChange(row, after)])
                assert checker.findings(changed, DESIGN) == findings(changed)


@pytest.mark.parametrize("seed", range(4))
def test_edit_by_edit_the_memory_is_what_would_be_found_afresh(seed: int) -> None:
    chance = random.Random(seed)
    builder = complete().stage("2")
    checker, document = Checker(), builder.document
    checker.findings(document, DESIGN)
    for _ in range(25):
        changed = []
        for row in chance.sample([*document], chance.choice((1, 1, 3))):
            names = [name for name in fields_of(type(row)) if name != row.spec.fixed_by and name != "stage"]
            name = chance.choice(names)
            gone = not row.spec.is_fixed and chance.random() < 0.2
            after = None if gone else with_fields(row, {name: other_value(document, row, name)})
            changed.append(RowChange(row, after))
        document = document.applying(changed)
        assert checker.findings(document, DESIGN) == findings(document), [
            (each.kind, each.fields()) for each in changed
        ]


def test_one_promise_weighs_on_its_own_rule_alone() -> None:
    builder, checker = without_approvals(), Checker()
    before = {finding.key: finding for finding in checker.findings(builder.document, DESIGN)}
    promised(builder)
    after = {finding.key: finding for finding in checker.findings(builder.document, DESIGN)}
    assert after["CHG-01", ""].severity is Severity.WARNING
    assert [key for key in before if key in after and before[key] != after[key]] == [("CHG-01", "")]
    assert tuple(after.values()) == findings(builder.document)


def test_the_hour_does_not_matter() -> None:
    document = sample().document
    assert findings(document, Context("2026-11-21T00:00:00.000Z")) == findings(
        document, Context("2026-11-21T23:59:59.999Z")
    )


@rule("TST-01", 1, step="room", question="Does it?", why="x", weak="x", better="x", marks=WARNS, reads=())
def fails(document: Document, today: str) -> Iterator[Hit]:
    yield Hit(msg("one"))
    raise RuntimeError("secret")


@rule("TST-02", 1, step="room", question="Does it?", why="x", weak="x", better="x", marks=WARNS, over=Person, reads=())
def holds_for_each(person: Person, document: Document, today: str) -> Iterator[Hit]:
    yield Hit(msg("{name}", name=person.name), person.id, "name")


def test_a_rule_that_fails_is_a_warning_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    document = sample().document
    found = Checker((fails, holds_for_each)).findings(document, DESIGN)
    assert [f.code for f in found] == ["RUL-01"] + ["TST-02"] * len(document.rows(Person))
    assert (found[0].severity, found[0].subject) == (Severity.WARNING, "TST-01")
    assert "TST-01" in caplog.text
    assert "secret" not in caplog.text


# Promises and accepted risks


def promised(builder: ProjectBuilder, **values: Any) -> Commitment:
    person = builder.document.rows(Person)[0]
    return builder.add(
        Commitment, **{"what": "Name them", "who": person, "by_when": "2026-12-01", "code": "CHG-01", **values}
    )


def without_approvals() -> ProjectBuilder:
    builder = complete()
    for row in builder.document.rows(ApprovalRule):
        builder.set(row, change="other")
    return builder


def test_a_promise_stands_for_evidence_at_design_sign_off_only() -> None:
    builder = without_approvals()
    assert only(builder.document, "CHG-01").severity is Severity.BLOCKER
    promise = promised(builder)
    at_design, at_launch = only(builder.document, "CHG-01"), only(builder.document, "CHG-01", LAUNCH)
    assert (at_design.severity, at_design.committed, at_design.eased) == (Severity.WARNING, promise.id, True)
    assert (at_launch.severity, at_launch.committed, at_launch.eased) == (Severity.BLOCKER, promise.id, False)
    builder.stage("3")
    assert only(builder.document, "CHG-01").severity is Severity.BLOCKER


@pytest.mark.parametrize(
    "values", [{"who": None}, {"by_when": ""}, {"by_when": "2026-11-20"}, {"code": "CHG-02"}, {"subject": "other"}]
)
def test_a_promise_without_name_or_date_or_past_it_or_about_something_else_does_not_stand(
    values: dict[str, Any],
) -> None:
    builder = without_approvals()
    promised(builder, **values)
    assert only(builder.document, "CHG-01").severity is Severity.BLOCKER


def test_what_takes_no_promise_is_not_softened_by_one() -> None:
    builder = complete()
    owner = builder.owner("workflow", None)
    promised(builder, code="OWN-01", subject=owner.id)
    assert only(builder.document, "OWN-01").severity is Severity.BLOCKER


def accepted(builder: ProjectBuilder, finding: Finding, **values: Any) -> AcceptedRisk:
    person = builder.document.rows(Person)[0]
    return builder.add(
        AcceptedRisk,
        **{
            "code": finding.code,
            "subject": finding.subject,
            **said(builder.document, finding)._asdict(),
            "who": person,
            "why": "Low volume",
            "expiry": "2027-01-15",
            **values,
        },
    )


def test_a_warning_can_be_accepted_until_a_date() -> None:
    builder = sample()
    risk = accepted(builder, only(builder.document, "COV-02"))
    found = only(builder.document, "COV-02")
    assert (found.accepted, found.severity) == (risk.id, Severity.WARNING)
    assert only(builder.document, "COV-02", Context("2027-01-16T00:00:00.000Z")).accepted == ""


@pytest.mark.parametrize("values", [{"who": None}, {"expiry": ""}, {"expiry": "2026-11-20"}, {"substance": "0" * 12}])
def test_an_acceptance_needs_a_person_a_date_and_the_same_finding(values: dict[str, Any]) -> None:
    builder = sample()
    accepted(builder, only(builder.document, "COV-02"), **values)
    assert only(builder.document, "COV-02").accepted == ""


def test_a_blocker_is_never_accepted() -> None:
    builder = complete()
    builder.owner("workflow", None)
    found = only(builder.document, "OWN-01")
    accepted(builder, found)
    again = only(builder.document, "OWN-01")
    assert (again.accepted, again.blocks) == ("", True)


# The sample, and the eight questions


def test_the_sample_is_ready_to_sign_and_teaches_its_gap_in_cover() -> None:
    document = sample().document
    assert blocking(findings(document)) == ()
    gap = only(document, "COV-02")
    assert gap.severity is Severity.WARNING
    assert "Fri 16:37" in words(gap.detail)
    assert gap.field == "off_hours"
    left = [f for f in findings(complete().document) if f.code.startswith("COV")]
    assert {(f.code, f.severity) for f in left} == {("COV-08", Severity.ADVICE)}


def test_the_gap_in_cover_blocks_from_stage_2() -> None:
    builder = sample().stage("2")
    assert only(builder.document, "COV-02").blocks


def test_the_eight_questions_of_the_sample_are_yes_with_names() -> None:
    asked = questions(complete().document, DESIGN)
    assert [question.number for question in asked] == list(range(1, 9))
    assert all(question.answer for question in asked)
    assert words(asked[0].detail) == "Dana Abelard"
    assert all(words(question.text) and words(question.detail) for question in asked)


def test_the_eight_questions_of_an_empty_map_are_no_and_say_what_is_missing() -> None:
    document = ProjectBuilder().document
    asked = questions(document, DESIGN)
    assert not any(question.answer for question in asked)
    assert words(asked[0].detail) == "Nobody is named as workflow owner."
    assert (asked[0].step, asked[0].field) == ("owners", "person")
    assert document.find(asked[0].subject) == document.fixed(OwnerAssignment, "workflow")
    said = words(only(document, "RDY-01").detail)
    assert said.startswith("No to 8 of the eight: One named workflow owner; One named system owner; An exception queue")
    assert said.endswith("; A rhythm of review.")
