"""What breaks the rules about sides, duties, approvals and growth, one change each, beside the cases of test_rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.edits.generic import remove
from app.model.boundary import BoundaryLine, Workflow
from app.model.change import ApprovalRule, EvaluationSuite, Tool, TrainingData
from app.model.commit import RaciOverride
from app.model.exceptions import CoverageWindow, ExceptionClass, ExceptionPath
from app.model.oversight import Action, GraduationDecision
from app.model.owners import OwnerAssignment, RoleAssignment, SixThing, VendorCover
from app.model.room import Person
from app.model.row import Row
from app.model.scorecard import Metric, Reading, ReviewRhythm, ServiceLevel
from app.model.stop import IncidentPlan, StopControl
from app.revisions.signoff import seat_holder, sign
from tests.support.builder import ProjectBuilder

Change = Callable[[ProjectBuilder], object]


def every(kind: type[Row], **values: object) -> Change:
    def change(builder: ProjectBuilder) -> None:
        for row in builder.document.rows(kind):
            builder.set(row, **values)

    return change


def no(kind: type[Row]) -> Change:
    return lambda builder: builder.run(remove(*(row.id for row in builder.document.rows(kind))))


def outsider(builder: ProjectBuilder) -> Person:
    return builder.person("Vera Vendor", side="vendor")


def named(builder: ProjectBuilder, name: str) -> Person:
    return next(person for person in builder.document.rows(Person) if person.name == name)


def approval(builder: ProjectBuilder, change: str) -> ApprovalRule:
    return next(row for row in builder.document.rows(ApprovalRule) if row.change == change)


def approved(change: str, *names: str, **values: Any) -> Change:
    def set_it(builder: ProjectBuilder) -> None:
        people = [named(builder, name) for name in names]
        builder.set(approval(builder, change), **({"approvers": people} if names else {}), **values)

    return set_it


def moved_to(owner_type: str, function: str) -> Change:
    """Say that whoever holds an owner type works in this function."""

    def change(builder: ProjectBuilder) -> None:
        owner = builder.document.fixed(OwnerAssignment, owner_type)
        person = builder.document.get(Person, owner.person)
        assert person is not None
        builder.set(person, function=function)

    return change


def out_of_the_reviews(function: str) -> Change:
    """Leave only people of other functions in the reviews, and let them own the metrics."""

    def change(builder: ProjectBuilder) -> None:
        there = [person for person in builder.document.rows(Person) if person.function == "Legal & compliance"]
        assert function != "Legal & compliance"
        for review in builder.document.rows(ReviewRhythm):
            builder.set(review, led_by=there[0], attendees=())
        for metric in builder.document.rows(Metric):
            builder.set(metric, owner=there[0])

    return change


def support_may_change_nothing(builder: ProjectBuilder) -> None:
    every(ApprovalRule, drafters=())(builder)
    every(OwnerAssignment, authority=("pause",))(builder)


def acts_in_shadow_stage(builder: ProjectBuilder) -> None:
    builder.stage("1a")
    builder.owner("exception", None)
    for action in builder.document.rows(Action):
        builder.set(action, current="out_of_loop" if action.reversibility == 0 else "shadow")
    builder.action("Close a case", "11101", current="in_loop")


def many_actions(builder: ProjectBuilder) -> None:
    for number in range(12):
        builder.action(f"Action {number}", "11101", current="in_loop")


def many_lines(builder: ProjectBuilder) -> None:
    for number in range(12):
        builder.may("answer", f"question {number}")


def nothing_to_review(builder: ProjectBuilder) -> None:
    other = builder.document.rows(Person)[0]
    every(ExceptionClass, reviewer=other)(builder)
    every(Action, approver=other)(builder)


def another_first_response(builder: ProjectBuilder) -> None:
    for window in builder.document.rows(CoverageWindow):
        if window.duty == "first_response":
            builder.set(window, holder=named(builder, "Hanna Weiss"))


def override(activity: str, column: str, letter: str) -> Change:
    return lambda b: b.add(RaciOverride, activity=activity, column=column, letter=letter, reason="Agreed")


def runs_the_platform_too(builder: ProjectBuilder) -> None:
    builder.owner("system", named(builder, "Dana Abelard"))


def owns_uptime_only(builder: ProjectBuilder) -> None:
    for metric in builder.document.rows(Metric):
        if metric.owner == named(builder, "Dana Abelard").id:
            builder.set(metric, family="uptime")


def vendor_alone(builder: ProjectBuilder) -> None:
    builder.add(VendorCover, role="evaluation_engineer", what="Tuning", until="2027-01-31")
    builder.role("evaluation_engineer", None)


def no_suite_passed(builder: ProjectBuilder) -> None:
    every(EvaluationSuite, last_run="", last_result="")(builder)
    builder.action("Close a case", "11101", flags=("writes_sor",), current="on_loop", undo="Open it")


def wide_before_narrow(builder: ProjectBuilder) -> None:
    builder.action("Close many cases", "12101", current="on_loop")
    builder.action("Close one case", "11101", current="in_loop")


def graduated(before: str, after: str) -> Change:
    def change(builder: ProjectBuilder) -> None:
        action = builder.document.rows(Action)[0]
        builder.add(GraduationDecision, action=action, direction="graduate", from_mode=before, to_mode=after)

    return change


def signed(builder: ProjectBuilder) -> None:
    """Have every seat sign the map as it stands."""
    for seat in ("workflow", "system", "exception", "outcome", "value", "safety"):
        holder = seat_holder(builder.document, seat)
        assert holder is not None
        builder.run(sign("design", seat, holder.name, 0))


def another_stage_and_nothing_else(builder: ProjectBuilder) -> None:
    signed(builder)
    builder.stage("2")


def headline(builder: ProjectBuilder) -> Metric:
    return next(metric for metric in builder.document.rows(Metric) if metric.family == "headline")


def read_again(value: str, runs: int) -> Change:
    return lambda b: b.add(Reading, metric=headline(b), on="2026-11-20", value_read=value, runs=runs)


BREAKS: dict[str, list[Change]] = {
    "BND-08": [many_lines, many_actions],
    "OWN-20": [
        lambda b: b.fixed(SixThing, "downstream_damage", held_by=""),
        lambda b: b.fixed(SixThing, "success_metric", person=outsider(b)),
        lambda b: b.owner("outcome", None),
    ],
    "OWN-21": [acts_in_shadow_stage],
    "OWN-22": [
        lambda b: b.set(Workflow, run_by=""),
        lambda b: b.set(Workflow, run_by="Finance"),
        moved_to("workflow", ""),
    ],
    "OWN-23": [moved_to("workflow", "IT"), moved_to("workflow", "Platform Engineering")],
    "OWN-24": [out_of_the_reviews("IT")],
    "OWN-25": [support_may_change_nothing],
    "OWN-26": [out_of_the_reviews("Operations")],
    "OWN-27": [moved_to("outcome", "IT"), moved_to("system", "Operations")],
    "ROL-04": [
        lambda b: b.set(IncidentPlan, runbook=""),
        lambda b: b.set(IncidentPlan, alarm=""),
        every(StopControl, rollback_target=""),
        lambda b: b.role("reliability_engineer", b.person("Nora Nowhere"), rota=None),
    ],
    "ROL-05": [
        lambda b: every(EvaluationSuite, owner=b.document.rows(Person)[0])(b),
        every(EvaluationSuite, where=""),
        no(EvaluationSuite),
    ],
    "ROL-06": [every(Tool, owner=None), every(Tool, schema=""), every(Tool, permissions="")],
    "ROL-07": [nothing_to_review],
    "ROL-08": [another_first_response],
    "ROL-09": [override("L18", "SO", "A"), override("L24", "APO", "I"), override("L17", "SO", "C")],
    "ROL-10": [lambda b: b.role("tool_maintainer", outsider(b))],
    "ROL-11": [runs_the_platform_too, owns_uptime_only],
    "ROL-12": [lambda b: b.role("product_owner", named(b, "Priya Menon"))],
    "ROL-13": [vendor_alone],
    "OVR-16": [no_suite_passed],
    "OVR-17": [wide_before_narrow],
    "OVR-18": [graduated("shadow", "on_loop"), graduated("in_loop", "out_of_loop")],
    "OVR-19": [another_stage_and_nothing_else],
    "CHG-11": [
        lambda b: b.set(TrainingData, pipeline_by=named(b, "Hanna Weiss")),
        lambda b: b.set(TrainingData, compliance_by=named(b, "Theo Maurer")),
    ],
    "CHG-12": [
        lambda b: b.set(approval(b, "prompts"), drafters=(named(b, "Tom Brandt"),)),
        approved("knowledge", "Jun Kowalczyk"),
    ],
    "CHG-13": [
        approved("looser_threshold", "Rosa Steiner", "Jun Kowalczyk"),
        approved("looser_threshold", "Dana Abelard", "Rosa Steiner"),
        approved("looser_threshold", "Marc Oyelaran", "Jun Kowalczyk", drafters=()),
    ],
    "CHG-14": [every(ApprovalRule, change_class="normal"), approved("knowledge", "Dana Abelard", "Jun Kowalczyk")],
    "CHG-15": [
        approved("training_data", change_class="major", evaluation_gate=False),
        approved("new_action", "Dana Abelard", "Rosa Steiner"),
        approved("knowledge", "Jun Kowalczyk"),
    ],
    "CHG-16": [every(EvaluationSuite, last_run="")],
    "SCO-07": [read_again("7.5 %", 400), read_again("7,9 %", 300)],
    "SCO-08": [
        lambda b: b.set(headline(b), alert=""),
        lambda b: b.set(headline(b), alert="Above 8"),
        lambda b: b.set(headline(b), alert="Above 8 %"),
    ],
    "SCO-09": [
        lambda b: b.set(ExceptionPath, learning_loop=""),
        approved("prompts", approvers=()),
        lambda b: [b.set(approval(b, change), approvers=()) for change in ("knowledge", "training_data")],
        every(ReviewRhythm, covers="failures"),
    ],
}

MORE: dict[str, list[Change]] = {
    "STP-10": [
        no(ServiceLevel),
        every(ApprovalRule, approvers=()),
        lambda b: b.fixed(RoleAssignment, "reliability_engineer", rota=None),
    ],
    "CHG-05": [
        approved("wider_scope", "Rosa Steiner", "Dana Abelard"),
        approved("wider_scope", "Jun Kowalczyk", "Tom Brandt"),
    ],
    "CHG-08": [
        lambda b: b.set(TrainingData, storage=""),
        lambda b: b.set(TrainingData, labelled_by=None),
        lambda b: b.set(TrainingData, pipeline_by=None),
    ],
    "BND-01": [lambda b: b.set(Workflow, statement="Everybody is aligned on the vision of the future.")],
    "BND-03": [no(BoundaryLine)],
}
"""Further cases of rules that test_rules breaks already."""
