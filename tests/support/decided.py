"""What breaks the rules about who decides: the vendor, one person for two, a no, a test that has not been; one change
each, beside the cases of test_rules."""

from __future__ import annotations

from app.model.boundary import LaunchBlocker
from app.model.change import ApprovalRule, Change, EvaluationSuite, StageControl
from app.model.commit import AcceptedRisk
from app.model.exceptions import CoverageWindow, ExceptionClass, Queue
from app.model.oversight import Action
from app.model.owners import OwnerAssignment, Rota, SharedLayer, VendorCover
from app.model.row import Row
from app.model.scorecard import Metric
from app.model.stop import CompensatingTransaction, SpendGuardrail, StopControl
from tests.support import breaking
from tests.support.breaking import every, named
from tests.support.builder import ProjectBuilder

TOMORROW = "2026-11-22"

VENDOR = "Nils Aker"


def people(kind: type[Row], field: str, *names: str) -> breaking.Change:
    """Put these people into a field of every row of a kind; one name where the field takes one person."""

    def change(builder: ProjectBuilder) -> None:
        found = [named(builder, name) for name in names]
        for row in builder.document.rows(kind):
            builder.set(row, **{field: found if isinstance(row.value(field), tuple) else found[0]})

    return change


def both(*changes: breaking.Change) -> breaking.Change:
    return lambda builder: [change(builder) for change in changes]


def nobodys_rota(builder: ProjectBuilder) -> Rota:
    return builder.rota("Nobody's rota")


def only_the_vendor_may_stop(builder: ProjectBuilder) -> None:
    every(OwnerAssignment, authority=("change",))(builder)
    builder.add(StopControl, where="Console", who=(builder.rota("Support line", named(builder, VENDOR)),))
    people(StopControl, "who", VENDOR)(builder)


def dual(first: str, second: str, **values: object) -> breaking.Change:
    """A payment that takes two approvers: each by name, or "rota" for one with Dana Abelard as its one member."""

    def change(builder: ProjectBuilder) -> None:
        dana = named(builder, "Dana Abelard")
        approvers = [
            builder.rota(f"Rota {n}", dana) if each == "rota" else named(builder, each)
            for n, each in enumerate((first, second))
        ]
        said = {"current": "in_loop_dual", "flags": ("moves_money",), **values}
        builder.action("Release a payment", "32232", approver=approvers[0], second_approver=approvers[1], **said)

    return change


def made(kind: str, *approvers: str, **values: object) -> breaking.Change:
    """A change in the log: its kind, and who approved it."""

    def change(builder: ProjectBuilder) -> None:
        said = {"on": "2026-11-20", "what": "More cases", "evaluation": "410 of 420 right", **values}
        builder.add(Change, change=kind, approved_by=[named(builder, name) for name in approvers], **said)

    return change


def accepted(who: str | None, why: str = "Low volume", expiry: str = "2027-11-21") -> breaking.Change:
    return lambda b: b.add(
        AcceptedRisk, code="OWN-14", who=named(b, who) if who else None, why=why, expiry=expiry, saw="x"
    )


def covered_until(day: str) -> breaking.Change:
    """The vendor clears exceptions, under a cover that ends on this day."""
    return both(every(VendorCover, until=day), people(CoverageWindow, "holder", VENDOR))


BREAKS: dict[str, list[breaking.Change]] = {
    "BND-09": [every(LaunchBlocker, cleared_on=""), every(LaunchBlocker, cleared_on=TOMORROW)],
    "OWN-28": [
        lambda b: b.seat("safety", named(b, VENDOR)),
        lambda b: b.seat("value", named(b, VENDOR)),
    ],
    "OWN-29": [
        lambda b: b.seat("value", named(b, "Jun Kowalczyk")),
        lambda b: b.seat("safety", named(b, "Dana Abelard")),
    ],
    "OWN-30": [every(OwnerAssignment, accepted="declined")],
    "ROL-14": [
        lambda b: b.role("product_owner", named(b, "Dana Abelard"), accepted="declined"),
        lambda b: b.role("reliability_engineer", named(b, "Priya Menon"), accepted="declined"),
    ],
    "ROL-15": [lambda b: b.role("tool_maintainer", named(b, "Tom Brandt"), accepted="declined")],
    "OVR-20": [
        people(Action, "approver", VENDOR),
        lambda b: every(Action, approver=b.rota("Support line", named(b, VENDOR)))(b),
    ],
    "EXC-07": [people(Queue, "owner", VENDOR)],
    "EXC-08": [
        both(breaking.no(VendorCover), people(ExceptionClass, "reviewer", VENDOR)),
        both(breaking.no(VendorCover), people(CoverageWindow, "holder", VENDOR)),
        covered_until("2026-11-20"),
        both(every(VendorCover, role=""), people(CoverageWindow, "holder", VENDOR)),
        lambda b: every(ExceptionClass, reviewer=b.rota("Desk", named(b, "Hanna Weiss"), breaking.outsider(b)))(b),
    ],
    "CHG-17": [people(ApprovalRule, "approvers", VENDOR)],
    "CHG-18": [
        made("prompts"),
        made("prompts", VENDOR),
        made("prompts", "Dana Abelard", evaluation=""),
        made("wider_scope", "Rosa Steiner", VENDOR),
        made("wider_scope", "Rosa Steiner"),
        made("knowledge", "Dana Abelard", evaluation="", on="", what=""),
        made("other"),
        both(breaking.no(ApprovalRule), made("model", "Dana Abelard", evaluation="")),
    ],
    "CHG-19": [every(EvaluationSuite, last_run=TOMORROW)],
    "CHG-20": [people(StageControl, "person", VENDOR)],
    "STP-13": [every(StopControl, last_tested=TOMORROW), every(CompensatingTransaction, last_tested=TOMORROW)],
    "STP-14": [lambda b: b.set(SpendGuardrail, owner=named(b, VENDOR))],
    "SCO-11": [people(Metric, "owner", VENDOR)],
    "RDY-04": [
        accepted(None),
        accepted(VENDOR),
        accepted("Rosa Steiner", why=""),
        accepted("Rosa Steiner", expiry=""),
        accepted("Rosa Steiner", expiry="2027-11-22"),
    ],
}

MORE: dict[str, list[breaking.Change]] = {
    "BND-04": [
        people(LaunchBlocker, "it", "Dana Abelard"),
        people(LaunchBlocker, "it", VENDOR),
        people(LaunchBlocker, "business", VENDOR),
    ],
    "OWN-11": [lambda b: every(OwnerAssignment, deputy=nobodys_rota(b))(b)],
    "OWN-18": [both(people(SharedLayer, "business", "Jun Kowalczyk"), people(SharedLayer, "it", "Jun Kowalczyk"))],
    "OVR-02": [dual("Dana Abelard", "Dana Abelard"), dual("rota", "rota"), dual("Dana Abelard", "rota")],
    "OVR-04": [lambda b: every(Action, escalation_path=nobodys_rota(b))(b)],
    "OVR-10": [
        dual("Dana Abelard", "Dana Abelard"),
        dual("rota", "rota", flags=()),
        lambda b: every(Action, approver=nobodys_rota(b))(b),
        both(
            people(Action, "approver", "Dana Abelard"),
            lambda b: every(Action, current="in_loop_dual", second_approver=nobodys_rota(b))(b),
        ),
    ],
    "OVR-16": [
        both(breaking.no_suite_passed, every(EvaluationSuite, last_run=TOMORROW, last_result="Passed")),
        both(breaking.no_suite_passed, every(EvaluationSuite, last_run="2026-11-18", last_result="failed 200 of 420")),
    ],
    "EXC-03": [lambda b: every(ExceptionClass, goes_further_to=nobodys_rota(b))(b)],
    "CHG-16": [
        every(EvaluationSuite, last_run=TOMORROW),
        every(EvaluationSuite, last_result="Failed: 200 of 420 right"),
        every(EvaluationSuite, last_result="It did not pass."),
    ],
    "STP-01": [only_the_vendor_may_stop],
    "STP-04": [every(StopControl, last_tested=TOMORROW)],
    "STP-05": [lambda b: every(CompensatingTransaction, owner=nobodys_rota(b))(b)],
    "STP-06": [every(CompensatingTransaction, last_tested=TOMORROW)],
    "RAC-05": [lambda b: b.role("evaluation_engineer", None, rota=nobodys_rota(b))],
}
"""Further cases of rules that test_rules breaks already."""

KEPT: list[tuple[str, breaking.Change]] = [
    ("BND-09", every(LaunchBlocker, cleared_on="2026-11-21")),
    ("BND-09", every(LaunchBlocker, cleared_on="", business=None)),
    ("OWN-29", lambda b: b.seat("safety", named(b, "Ines Falk"))),
    ("OWN-30", every(OwnerAssignment, accepted="not_yet")),
    ("OVR-02", dual("Dana Abelard", "Rosa Steiner")),
    ("OVR-10", dual("rota", "Rosa Steiner")),
    ("OVR-20", both(people(Action, "approver", VENDOR), people(Action, "second_approver", "Dana Abelard"))),
    ("EXC-08", covered_until("2026-11-21")),
    ("EXC-08", both(every(VendorCover, person=None), people(ExceptionClass, "reviewer", VENDOR))),
    ("CHG-17", people(ApprovalRule, "approvers", VENDOR, "Dana Abelard")),
    ("CHG-17", both(every(ApprovalRule, change_class="tighten"), people(ApprovalRule, "approvers", VENDOR))),
    ("CHG-18", made("wider_scope", "Rosa Steiner", "Jun Kowalczyk", VENDOR)),
    ("CHG-18", made("emergency")),
    ("CHG-18", made("other", "Dana Abelard", evaluation="")),
    ("CHG-19", every(EvaluationSuite, last_run="2026-11-21")),
    ("CHG-16", every(EvaluationSuite, last_run="2026-11-21", last_result="17 of 420 failed, which passes")),
    ("STP-13", every(StopControl, last_tested="2026-11-21")),
    ("STP-01", people(StopControl, "who", VENDOR, "Priya Menon")),
    ("RDY-04", accepted("Rosa Steiner")),
    ("RDY-04", accepted(None, expiry="2026-11-20")),
]
"""What these rules let pass: code, and the change after which there is nothing to say."""
