"""Every rule with what keeps it and what breaks it: the complete sample keeps them all, one change breaks one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.edits.generic import remove
from app.messages import words
from app.model.boundary import BoundaryLine, LaunchBlocker, Workflow
from app.model.change import ApprovalRule, EvaluationSuite, StageControl, Tool, TrainingData
from app.model.changes import RowChange
from app.model.commit import AcceptedRisk, Commitment, RaciOverride
from app.model.exceptions import CoverageWindow, ExceptionClass, ExceptionPath, Queue, ResponseTarget, SeverityRule
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.owners import OwnerAssignment, RoleAssignment, Rota, SeatAssignment, SharedLayer, VendorCover
from app.model.room import Agent, Person
from app.model.row import Row, with_fields
from app.model.scorecard import KillCriterion, Metric, Review, ReviewRhythm
from app.model.stop import CompensatingTransaction, IncidentPlan, SpendGuardrail, StopControl
from app.policy.holders import holder
from app.rules.catalogue import CATALOGUE
from app.rules.rule import Hit, Rule
from tests.support import autonomy, breaking, crossing, decided
from tests.support.builder import ATTRIBUTES, ProjectBuilder, complete

TODAY = "2026-11-21"
BY_CODE = {rule.code: rule for rule in CATALOGUE}

Change = Callable[[ProjectBuilder], object]


def whole() -> ProjectBuilder:
    """A map that keeps every rule."""
    builder = complete()
    people = builder.document.rows(Person)
    for owner in builder.document.rows(OwnerAssignment):
        if owner.deputy is None:
            builder.set(owner, deputy=next(person for person in people if person.id != owner.person))
    for window in builder.document.rows(CoverageWindow):
        if builder.document.get(Person, window.holder) is not None:
            second = next(person for person in people if person.id != window.holder)
            hours = ("duty", "zone", "weekdays", "start", "end", "valid_from", "valid_to")
            builder.add(CoverageWindow, holder=second, **{name: window.value(name) for name in hours})
    return builder


def hits(rule: Rule, builder: ProjectBuilder) -> tuple[Hit, ...]:
    return rule.hits(builder.document, TODAY)


def first(builder: ProjectBuilder, kind: type[Row]) -> Row:
    return builder.document.rows(kind)[0]


def vendor(builder: ProjectBuilder) -> Person:
    return builder.person("Vera Vendor", side="vendor")


def accepted_until_yesterday(builder: ProjectBuilder) -> None:
    """A broken promise that somebody accepted, and no longer does."""
    broken = builder.add(Commitment, what="Drill", by_when="2026-11-20")
    builder.add(AcceptedRisk, code="RDY-02", subject=broken.id, why="Low volume", expiry="2026-11-20")


def accepted_anew(builder: ProjectBuilder) -> None:
    """The same, accepted again in a second row."""
    accepted_until_yesterday(builder)
    risk = builder.document.rows(AcceptedRisk)[-1]
    builder.add(AcceptedRisk, code=risk.code, subject=risk.subject, why="Once more", expiry="2026-12-01")


def promised(**values: object) -> Change:
    """A promise for an open point, with other values than it needs."""

    def change(builder: ProjectBuilder) -> None:
        BREAKS["STP-04"][0](builder)
        promise = {"code": "STP-04", "what": "Drill it", "who": first(builder, Person), "by_when": "2026-12-01"}
        builder.add(Commitment, **{**promise, **values})

    return change


def empty_all(kind: type[Row], **values: object) -> Change:
    """Put these values into every row of a kind."""

    def change(builder: ProjectBuilder) -> None:
        for row in builder.document.rows(kind):
            builder.set(row, **values)

    return change


def without(kind: type[Row]) -> Change:
    """Remove every row of a kind."""
    return lambda builder: builder.run(remove(*(row.id for row in builder.document.rows(kind))))


def an_action(**values: object) -> Change:
    """One more action: it may be undone in place, and everything that a rule asks of it is there."""

    def change(builder: ProjectBuilder) -> None:
        line = next(row for row in builder.document.rows(BoundaryLine) if row.side == "may")
        complete_action = {
            "boundary_line": line,
            "current": "in_loop",
            "approver": first(builder, Person),
            "escalation_path": first(builder, Queue),
            "noticed_how": "A person reads it",
            "noticed_within": 60,
            "undo": "Take it back",
            "idempotency": "One key a case",
        }
        attributes = dict.fromkeys(ATTRIBUTES, 1)
        builder.add(Action, name="One more", **{**attributes, **complete_action, **values})

    return change


def on_a_line(side: str) -> Change:
    def change(builder: ProjectBuilder) -> None:
        line = builder.may("refund", "card payments", side=side)
        an_action(boundary_line=line)(builder)

    return change


def harm(builder: ProjectBuilder) -> None:
    an_action(current="on_loop")(builder)
    action = builder.document.rows(Action)[-1]
    version = builder.document.only(Agent).behaviour_version
    builder.add(Evidence, action=action, behaviour_version=version, mode="on_loop", runs=10, harmful=1)


def untested_compensation(builder: ProjectBuilder) -> None:
    an_action(reversibility=2)(builder)
    action = builder.document.rows(Action)[-1]
    builder.add(CompensatingTransaction, action=action, steps="Make it good", owner=first(builder, Person))


def override(activity: str, column: str, letter: str, reason: str = "Agreed") -> Change:
    return lambda b: b.add(RaciOverride, activity=activity, column=column, letter=letter, reason=reason)


def one_person_everywhere(builder: ProjectBuilder) -> None:
    for owner in builder.document.rows(OwnerAssignment):
        builder.set(owner, person=first(builder, Person))


def same_seats(builder: ProjectBuilder) -> None:
    builder.seat("safety", builder.document.get(Person, builder.document.fixed(SeatAssignment, "value").person))


def four_consulted(builder: ProjectBuilder) -> None:
    for column in ("EO", "OO", "ARE", "DAT", "OPS"):
        override("L06", column, "C")(builder)


def from_outside(builder: ProjectBuilder) -> Person:
    return builder.person("Ivo Interim", side="outside")


def approved_alone(change: str) -> Change:
    """Only the Agent Product Owner approves this kind of change."""

    def alone(builder: ProjectBuilder) -> None:
        accountable = holder(builder.document, "APO").person
        builder.add(ApprovalRule, change=change, approvers=(accountable,), limit="1 day")

    return alone


def away(until: str = "", *, deputy: str | None) -> Change:
    """The system owner is away; nobody stands in, or somebody who is away too."""

    def change(builder: ProjectBuilder) -> None:
        also = builder.person("Also Away", away_from="2026-11-01")
        rota = builder.rota("All of them away", also)
        owner = builder.document.fixed(OwnerAssignment, "system")
        stand_in = {"away": also, "rota away": rota}.get(deputy or "")
        builder.set(owner, deputy=stand_in)
        held = builder.document.get(Person, owner.person)
        assert held is not None
        builder.set(held, away_from="2026-11-20", away_to=until)

    return change


def everybody_away(first_day: str, last_day: str = "") -> Change:
    """Everybody with hours is away in the same days."""

    def change(builder: ProjectBuilder) -> None:
        for person in builder.document.rows(Person):
            builder.set(person, away_from=first_day, away_to=last_day)

    return change


def coming_leave(first_day: str, last_day: str = "", *, deputy: str = "") -> Change:
    """The outcome owner will be away, and has no deputy, or one who is away from a day on."""

    def change(builder: ProjectBuilder) -> None:
        owner = builder.document.fixed(OwnerAssignment, "outcome")
        held = builder.document.get(Person, owner.person)
        assert held is not None
        builder.set(held, away_from=first_day, away_to=last_day)
        builder.set(owner, deputy=builder.person("Stand-in", away_from=deputy) if deputy else None)

    return change


def no_function(builder: ProjectBuilder) -> None:
    builder.contact("DAT", None)
    for person in builder.document.rows(Person):
        if person.function == "Data":
            builder.set(person, function="Science")


def weekly_review_of(day: str) -> Change:
    """A weekly review that was held last on this day."""

    def change(builder: ProjectBuilder) -> None:
        without(Review)(builder)
        rhythm = first(builder, ReviewRhythm)
        builder.set(rhythm, cadence="weekly")
        builder.add(Review, rhythm=rhythm, on="2026-05-01")
        builder.add(Review, rhythm=rhythm, on=day)

    return change


def vendor_only(builder: ProjectBuilder) -> None:
    builder.agent(vendor="Acme")
    for column, letter in (("APO", "I"), ("VEN", "R")):
        override("L01", column, letter)(builder)


def missing_people(builder: ProjectBuilder) -> None:
    builder.owner("workflow", None)
    builder.role("product_owner", None)


def nobody_may_stop(builder: ProjectBuilder) -> None:
    empty_all(OwnerAssignment, authority=())(builder)
    empty_all(StopControl, who=())(builder)


def no_first_responder(builder: ProjectBuilder) -> None:
    builder.role("reliability_engineer", None, rota=None)


def unreachable(builder: ProjectBuilder) -> None:
    builder.owner("exception", builder.person("Nora Nowhere"))


def approved_by_three(builder: ProjectBuilder) -> None:
    builder.add(ApprovalRule, change="model", approvers=builder.document.rows(Person)[:3], limit="2 days")


def london_and_new_york(builder: ProjectBuilder) -> None:
    without(CoverageWindow)(builder)
    holder = first(builder, Person)
    builder.window("exception", holder, "mon-sun", "08:00-20:00", zone="Europe/London")
    builder.window("exception", holder, "mon-sun", "15:00-03:00", zone="America/New_York")


def without_evidence(builder: ProjectBuilder) -> None:
    decider = builder.document.fixed(RoleAssignment, "product_owner").person
    builder.add(GraduationDecision, direction="graduate", decided_by=decider)


def old_names(builder: ProjectBuilder, name: str) -> None:
    """Two people, one of them with a name that nobody can type any more and that an older file may hold."""
    builder.person("Ida Ek", title="Clerk")
    person = builder.person("Somebody Else", title="Lead")
    builder.document = builder.document.applying([RowChange(person, with_fields(person, {"name": name}))])


BREAKS: dict[str, list[Change]] = {
    "ROM-01": [lambda b: b.agent(cost_l1=600_000, cost_l2=500_000)],
    "ROM-02": [lambda b: b.agent(currency="QQQ"), lambda b: b.agent(currency="eur")],
    "ROM-03": [
        lambda b: [b.person("Ida Ek", title=title) for title in ("Clerk", "clerk")],
        lambda b: [b.person(name, title=title) for name, title in (("Ida Ek", "Clerk"), ("Id\u0430 Ek", "Lead"))],
        lambda b: old_names(b, "Ida\u200b Ek"),
    ],
    "BND-01": [
        lambda b: b.set(Workflow, statement=""),
        lambda b: b.set(Workflow, statement="Customer support automation"),
    ],
    "BND-02": [empty_all(BoundaryLine, side="barred"), empty_all(BoundaryLine, verb="")],
    "BND-03": [empty_all(BoundaryLine, side="may")],
    "BND-04": [
        empty_all(LaunchBlocker, case=""),
        lambda b: b.add(LaunchBlocker, case="Refund lost", business=first(b, Person)),
        lambda b: b.add(LaunchBlocker, case="Refund lost", it=first(b, Person)),
    ],
    "BND-05": [on_a_line("barred"), on_a_line("routes_out")],
    "BND-06": [lambda b: b.set(Workflow, trigger="")],
    "BND-07": [an_action(boundary_line=None)],
    "OWN-01": [lambda b: b.owner("workflow", None)],
    "OWN-02": [
        lambda b: b.owner("workflow", None, stand_in="Support Operations"),
        lambda b: b.owner("workflow", b.person("Operations")),
    ],
    "OWN-03": [
        lambda b: b.owner("outcome", None, stand_in="Steering committee"),
        lambda b: b.owner("system", b.person("Platform team")),
    ],
    "OWN-04": [
        lambda b: b.owner("exception", vendor(b)),
        lambda b: b.owner("exception", None, stand_in="The vendor for now"),
    ],
    "OWN-05": [lambda b: b.owner("system", None), lambda b: b.owner("system", None, stand_in="Platform")],
    "OWN-06": [lambda b: b.owner("exception", None)],
    "OWN-07": [lambda b: b.owner("outcome", None)],
    "OWN-08": [lambda b: b.owner("workflow", b.person("Ada", title="Prompt engineer"))],
    "OWN-09": [one_person_everywhere],
    "OWN-10": [
        lambda b: b.agent(only_vendor_understands=True, understudy=None),
        lambda b: b.agent(only_vendor_understands=True, understudy=vendor(b)),
    ],
    "OWN-11": [empty_all(OwnerAssignment, deputy=None)],
    "OWN-12": [lambda b: b.fixed(OwnerAssignment, "workflow", capacity=20)],
    "OWN-13": [lambda b: b.fixed(OwnerAssignment, "workflow", authority=("pause",))],
    "OWN-14": [empty_all(OwnerAssignment, sees_outcomes=False)],
    "OWN-15": [no_function],
    "OWN-16": [lambda b: b.seat("safety", None), lambda b: b.seat("value", None)],
    "OWN-17": [same_seats],
    "OWN-18": [lambda b: b.fixed(SharedLayer, "auditability", it=None)],
    "OWN-19": [one_person_everywhere],
    "ROL-01": [no_first_responder, lambda b: b.role("reliability_engineer", None, rota=b.rota("Empty rota"))],
    "ROL-02": [missing_people],
    "ROL-03": [
        lambda b: b.add(VendorCover, what="Tuning", deputy=first(b, Person)),
        lambda b: b.add(VendorCover, what="Tuning", deputy=first(b, Person), until="2026-11-20"),
        lambda b: b.add(VendorCover, what="Tuning", until="2027-01-31"),
    ],
    "OVR-01": [an_action(current="")],
    "OVR-02": [
        an_action(flags=("legal_effect",), current="on_loop"),
        an_action(flags=("outside_boundary",)),
        an_action(undo="", current="on_loop"),
    ],
    "OVR-03": [an_action(current="on_loop"), lambda b: b.stage("1a")],
    "OVR-04": [an_action(escalation_path=None)],
    "OVR-05": [empty_all(Action, current="in_loop", flags=())],
    "OVR-06": [empty_all(Metric, family="quality"), empty_all(Metric, owner=None)],
    "OVR-07": [an_action(idempotency="")],
    "OVR-08": [an_action(noticed_how="")],
    "OVR-09": [
        an_action(flags=("silent_failure",), noticed_how=""),
        an_action(flags=("silent_failure",), noticed_within=None),
    ],
    "OVR-10": [an_action(approver=None), an_action(current="in_loop_dual")],
    "OVR-11": [an_action(flags=("writes_sor", "human_acts_next"))],
    "OVR-12": [
        lambda b: b.add(GraduationDecision, action=first(b, Action), direction="graduate", reason="200 runs"),
        lambda b: b.add(
            GraduationDecision, action=first(b, Action), direction="graduate", decided_by=vendor(b), reason="200 runs"
        ),
        lambda b: b.add(
            GraduationDecision,
            action=first(b, Action),
            direction="graduate",
            decided_by=b.document.fixed(RoleAssignment, "product_owner").person,
        ),
    ],
    "OVR-14": [an_action(cost=None)],
    **autonomy.BREAKS,
    **breaking.BREAKS,
    **decided.BREAKS,
    **crossing.BREAKS,
    "OVR-15": [without(Action)],
    "EXC-01": [empty_all(Queue, name=""), empty_all(Queue, owner=None)],
    "EXC-02": [without(ExceptionClass)],
    "EXC-03": [
        *(
            empty_all(ExceptionClass, **{name: value})
            for name, value in (
                ("queue", None),
                ("reviewer", None),
                ("within", None),
                ("allowed_actions", ""),
                ("goes_further_to", None),
            )
        )
    ],
    "EXC-04": [lambda b: b.set(ExceptionPath, playbook=""), lambda b: b.set(ExceptionPath, learning_loop="")],
    "EXC-05": [
        lambda b: b.fixed(SeverityRule, "2", meaning=""),
        lambda b: b.fixed(ResponseTarget, "2", ack_minutes=None),
    ],
    "EXC-06": [lambda b: b.set(ExceptionPath, escalation_rules="")],
    "CHG-01": [empty_all(ApprovalRule, change="other"), empty_all(ApprovalRule, approvers=())],
    "CHG-02": [
        empty_all(EvaluationSuite, gates=("prompt",)),
        empty_all(EvaluationSuite, owner=None),
        without(EvaluationSuite),
    ],
    "CHG-03": [empty_all(EvaluationSuite, standing=False)],
    "CHG-04": [approved_by_three],
    "CHG-05": [lambda b: b.add(ApprovalRule, change="wider_scope", approvers=(first(b, Person),), limit="1 day")],
    "CHG-06": [lambda b: b.add(ApprovalRule, change="model", approvers=(first(b, Person),))],
    "CHG-07": [empty_all(Tool, drift_owner=None)],
    "CHG-08": [lambda b: b.set(TrainingData, consent=""), lambda b: b.set(TrainingData, compliance_by=None)],
    "CHG-09": [
        lambda b: b.fixed(StageControl, "audit_review", rule=""),
        lambda b: b.fixed(StageControl, "audit_review", person=None),
    ],
    "CHG-10": [empty_all(KillCriterion, limit="too many")],
    "STP-01": [nobody_may_stop],
    "STP-02": [empty_all(StopControl, where=""), empty_all(StopControl, rollback_target="")],
    "STP-03": [empty_all(StopControl, stops_new_work=False), empty_all(StopControl, quarantines=False)],
    "STP-04": [empty_all(StopControl, last_tested="")],
    "STP-05": [an_action(reversibility=2), empty_all(CompensatingTransaction, owner=None)],
    "STP-06": [untested_compensation],
    "STP-07": [lambda b: b.set(SpendGuardrail, ceiling=None), lambda b: b.set(SpendGuardrail, owner=None)],
    "STP-08": [unreachable],
    "STP-09": [
        lambda b: b.set(Workflow, statement=""),
        lambda b: b.owner("exception", None),
        lambda b: b.owner("outcome", None),
        empty_all(StopControl, who=()),
    ],
    "STP-11": [empty_all(StopControl, last_tested="2026-08-22")],
    "STP-12": [empty_all(CompensatingTransaction, last_tested="2026-08-22")],
    "STP-10": [lambda b: b.set(IncidentPlan, runbook="")],
    "SCO-01": [without(Metric)],
    "SCO-02": [empty_all(Metric, **{name: None if name == "owner" else ""}) for name in ("owner", "source", "cadence")],
    "SCO-03": [
        empty_all(ReviewRhythm, led_by=None),
        empty_all(ReviewRhythm, covers="failures"),
        empty_all(ReviewRhythm, covers="performance"),
        empty_all(ReviewRhythm, cadence="monthly"),
    ],
    "SCO-04": [empty_all(Metric, family="uptime")],
    "SCO-05": [empty_all(Metric, family="headline")],
    "SCO-10": [weekly_review_of("2026-11-06"), weekly_review_of("2026-10-01")],
    "SCO-06": [lambda b: b.agent(review_by=""), lambda b: b.agent(review_by="2026-11-20")],
    "RAC-01": [override("L01", "WO", "-"), override("L01", "SO", "A")],
    "RAC-02": [override("L01", "APO", "-")],
    "RAC-03": [override("L01", "AG", "A")],
    "RAC-04": [override("L01", "AG", "R")],
    "RAC-05": [
        lambda b: b.role("evaluation_engineer", None),
        lambda b: b.role("evaluation_engineer", vendor(b)),
        lambda b: b.contact("LEG", None),
        lambda b: b.owner("system", from_outside(b)),
        lambda b: b.role("product_owner", from_outside(b)),
    ],
    "RAC-06": [override("L01", "SEC", "C", reason="")],
    "RAC-09": [lambda b: b.owner("workflow", from_outside(b))],
    "RAC-10": [lambda b: b.owner("outcome", from_outside(b))],
    "RAC-11": [approved_alone("looser_threshold"), approved_alone("higher_risk_path")],
    "RAC-12": [away(deputy=None), away("2026-11-28", deputy=None), away(deputy="away"), away(deputy="rota away")],
    "REC-01": [empty_all(ApprovalRule, change_class="")],
    "REC-02": [lambda b: b.add(ApprovalRule, change="wider_scope", change_class="standard", limit="1 day")],
    "REC-03": [
        lambda b: b.add(ApprovalRule, change="emergency", change_class="emergency"),
        lambda b: b.add(ApprovalRule, change="tighten", change_class="tighten"),
    ],
    "RAC-13": [lambda b: (override("L01", "SEC", "C")(b), override("L01", "SEC", "I")(b))],
    "RAC-07": [vendor_only],
    "RAC-08": [four_consulted],
    "RAC-14": [override("L01", "VEN", "R")],
    "COV-01": [
        lambda b: (b.set(ExceptionPath, off_hours="continue"), empty_all(CoverageWindow, duty="stop")(b), harm(b)),
    ],
    "COV-02": [lambda b: b.set(ExceptionPath, off_hours="continue"), no_first_responder],
    "COV-03": [
        lambda b: an_action(max_queue_age=60, on_timeout="hold", escalation_path=first(b, Person))(b),
        lambda b: an_action(max_queue_age=None, on_timeout="hold", escalation_path=first(b, Person))(b),
        lambda b: (empty_all(Queue, route_on=None)(b), an_action(max_queue_age=None, on_timeout="hold")(b)),
        empty_all(CoverageWindow, duty="stop"),
    ],
    "COV-04": [an_action(on_timeout=""), an_action(on_timeout="", current="in_loop_dual")],
    "COV-05": [lambda b: b.set(ExceptionPath, off_hours="continue"), lambda b: b.set(ExceptionPath, off_hours="")],
    "COV-06": [lambda b: empty_all(CoverageWindow, weekdays=("mon", "tue"))(b), without(CoverageWindow)],
    "COV-07": [lambda b: empty_all(Rota, members=b.document.rows(Person)[:3])(b)],
    "COV-08": [lambda b: empty_all(CoverageWindow, holder=first(b, Person))(b)],
    "COV-09": [empty_all(CoverageWindow, valid_to="2026-12-19"), empty_all(CoverageWindow, valid_to="2026-11-20")],
    "COV-13": [everybody_away("2026-11-20", "2026-11-28"), everybody_away("2026-12-21")],
    "COV-14": [
        coming_leave("2026-11-22", "2026-11-30"),
        coming_leave("2026-12-21"),
        coming_leave("2026-11-22", deputy="2026-11-25"),
    ],
    "COV-10": [
        lambda b: (
            b.set(ExceptionPath, off_hours="continue"),
            empty_all(CoverageWindow, closures=("2026-12-25", "2027-01-15"))(b),
        ),
    ],
    "COV-11": [
        empty_all(Rota, members=()),
        empty_all(CoverageWindow, valid_from="2026-12-02", valid_to="2026-12-01"),
        *(
            empty_all(CoverageWindow, **{name: value})
            for name, value in (("holder", None), ("duty", ""), ("weekdays", ()), ("start", ""), ("end", ""))
        ),
    ],
    "COV-12": [london_and_new_york],
    "RDY-01": [lambda b: b.owner("workflow", None)],
    "RDY-02": [lambda b: b.add(Commitment, what="Drill", by_when="2026-11-20")],
    "RDY-03": [accepted_until_yesterday],
    "RDY-05": [
        promised(who=None),
        promised(what=" "),
        promised(by_when=""),
        promised(by_when="2027-11-22"),
        lambda b: promised(who=vendor(b))(b),
    ],
    "WRD-01": [lambda b: b.fixed(OwnerAssignment, "system", duties="Someone will look after it")],
    "WRD-02": [
        lambda b: b.set(ExceptionPath, sight="shared inbox"),
        lambda b: b.set(Workflow, support_path="Ask IT"),
        empty_all(Queue, where="Team mailbox"),
    ],
    "WRD-03": [empty_all(ExceptionClass, goes_further_when="As needed")],
    "WRD-04": [
        empty_all(StopControl, how="Ping the person who built it in Slack"),
        lambda b: b.set(IncidentPlan, runbook="To be written; we tested it once"),
        lambda b: b.set(SpendGuardrail, what_happens="The vendor handles it"),
    ],
    "WRD-05": [empty_all(CompensatingTransaction, steps="We'll sort it out")],
    "WRD-06": [lambda b: b.set(Workflow, purpose="A seamless, AI-first vision")],
    "WRD-07": [empty_all(BoundaryLine, condition="where it makes sense")],
    "WRD-08": [an_action(noticed_how="Somebody keeps an eye on it")],
    "WRD-09": [empty_all(Metric, threshold="to be defined"), empty_all(ApprovalRule, limit="as soon as possible")],
    "WRD-10": [empty_all(ExceptionClass, allowed_actions="Whatever makes sense, if possible")],
}


def test_every_rule_has_a_case() -> None:
    assert set(BREAKS) == set(BY_CODE)


@pytest.mark.parametrize("code", BY_CODE)
def test_the_whole_map_keeps_the_rule(code: str) -> None:
    assert [words(hit.detail) for hit in hits(BY_CODE[code], whole())] == []


@pytest.mark.parametrize(
    ("code", "change"),
    [
        pytest.param(code, change, id=f"{code}-{n}")
        for code, changes in BREAKS.items()
        for n, change in enumerate([*changes, *breaking.MORE.get(code, ())])
    ],
)
def test_one_change_breaks_the_rule(code: str, change: Change) -> None:
    builder = whole()
    change(builder)
    found = hits(BY_CODE[code], builder)
    assert found
    assert all(words(hit.detail) for hit in found)
    assert len({hit.subject for hit in found}) == len(found)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("STP-11", empty_all(StopControl, last_tested="2026-08-23")),
        ("STP-11", empty_all(StopControl, last_tested="")),
        ("STP-12", empty_all(CompensatingTransaction, last_tested="2026-08-23")),
        ("SCO-10", weekly_review_of("2026-11-07")),
        ("REV-08", lambda b: (autonomy.in_the_loop(b), autonomy.reviewed(b, to_day="2026-08-23", from_day=""))),
        ("REV-14", autonomy.after(autonomy.rerated(harmful=2, rejected=2, unchanged=196))),
        ("REV-14", autonomy.after(autonomy.rerated(harmful=2, unchanged=196))),
        ("REV-15", autonomy.after(autonomy.rerated(to_day=TODAY))),
        ("RDY-03", accepted_anew),
        ("RDY-05", promised()),
        ("RDY-05", promised(by_when="2027-11-21")),
        ("RDY-05", promised(who=None, done_on="2026-11-20")),
        ("REV-16", autonomy.after(autonomy.rerated(mode="in_loop", from_day="2026-10-14"))),
        ("REV-17", autonomy.after(autonomy.rerated(caught=14, outcomes="u" * 198 + "mm"))),
        ("REV-17", autonomy.after(autonomy.rerated(from_day="2026-11-18"))),
    ],
)
def test_the_last_day_or_number_that_is_still_in_order(code: str, change: Change) -> None:
    builder = whole()
    change(builder)
    assert hits(BY_CODE[code], builder) == ()


def test_at_stage_1a_every_action_stays_in_shadow_whatever_its_evidence() -> None:
    builder = whole()
    autonomy.in_the_loop(builder)
    autonomy.reviewed(builder)
    builder.stage("1a")
    told = [words(hit.detail) for hit in hits(BY_CODE["OVR-03"], builder)]
    assert "“Close a ticket” is In the loop; at this stage every action stays in shadow." in told
    assert not any("earned" in each for each in told)


@pytest.mark.parametrize(
    ("seen", "said", "field"),
    [
        ({"runs": 300}, "Evidence for “Close a ticket” has 300 reviewed runs, and says how 200 of them ended.", "runs"),
        ({"runs": 150}, "Evidence for “Close a ticket” has more outcomes than its 150 reviewed runs.", "runs"),
    ],
)
def test_evidence_that_does_not_add_up_leads_to_its_runs(seen: dict[str, int], said: str, field: str) -> None:
    builder = whole()
    autonomy.after(autonomy.rerated(**seen))(builder)
    (hit,) = hits(BY_CODE["REV-14"], builder)
    assert (words(hit.detail), hit.subject, hit.field) == (said, builder.document.rows(Evidence)[-1].id, field)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("RDY-02", "“Drill” was promised for 20 Nov 2026."),
        ("RDY-03", "“Low volume” was accepted until 20 Nov 2026."),
        ("ROL-03", "The vendor's cover ended on 20 Nov 2026."),
    ],
)
def test_a_day_stands_in_words(code: str, told: str) -> None:
    builder = whole()
    for change in BREAKS[code]:
        change(builder)
    assert told in [words(hit.detail) for hit in hits(BY_CODE[code], builder)]
