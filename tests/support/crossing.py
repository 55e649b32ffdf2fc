"""What breaks the rules about words and numbers that do not fit each other, beside the cases of test_rules."""

from __future__ import annotations

from collections.abc import Callable

from app.edits.generic import remove
from app.model.boundary import BoundaryLine, Workflow
from app.model.oversight import GraduationDecision
from app.model.owners import Handover, RoleAssignment, Rota
from app.model.room import Agent, Person, Sitting
from app.model.scorecard import KillCriterion, Metric, Reading
from app.model.stop import StopControl
from tests.support import autonomy
from tests.support.breaking import every, named, no
from tests.support.builder import ProjectBuilder

Change = Callable[[ProjectBuilder], object]


def routes_out(object: str, verb: str = "handle") -> Change:
    return lambda b: b.may(verb, object, side="routes_out")


def both(*changes: Change) -> Change:
    def change(builder: ProjectBuilder) -> None:
        for each in changes:
            each(builder)

    return change


def acts(name: str, code: str = "21201", **values: object) -> Change:
    return lambda b: b.action(name, code, current="in_loop", **values)


def on_the_refund_line(builder: ProjectBuilder) -> None:
    """A hand-off that moves money, on a line that goes to a person."""
    line = next(row for row in builder.document.rows(BoundaryLine) if row.side == "routes_out")
    acts("Give it back", flags=("moves_money", "human_acts_next"), boundary_line=line)(builder)


def earned_at_stage(stage: str) -> Change:
    """The action that has earned a mode without approvals, at this stage."""

    def change(builder: ProjectBuilder) -> None:
        builder.stage("2")
        autonomy.in_the_loop(builder)
        autonomy.reviewed(builder)
        builder.set(autonomy.action_of(builder), current="on_loop")
        autonomy.decided(builder)
        builder.stage(stage)

    return change


def owned_by(owner_type: str, name: str = "", *, stand_in: str = "", title: str = "") -> Change:
    """Somebody of this name, or these words in place of anybody, with the vendor called Modelhaus."""

    def change(builder: ProjectBuilder) -> None:
        builder.agent(vendor="Modelhaus")
        builder.owner(owner_type, builder.person(name, title=title) if name else None, stand_in=stand_in)

    return change


def without_lines(statement: str) -> Change:
    """This boundary statement, and no line below it."""

    def change(builder: ProjectBuilder) -> None:
        builder.run(remove(*(line.id for line in builder.document.rows(BoundaryLine))))
        builder.set(Workflow, statement=statement)

    return change


def two_half_buttons(builder: ProjectBuilder) -> None:
    (control,) = builder.document.rows(StopControl)
    builder.set(control, quarantines=False)
    builder.add(StopControl, where="Queue console", who=control.who, quarantines=True, last_tested="2026-11-14")


def only(*names: str, family: str = "value") -> Change:
    """A scorecard of these metrics alone, all put into one family."""

    def change(builder: ProjectBuilder) -> None:
        for number, metric in enumerate(builder.document.rows(Metric)):
            builder.set(metric, name=names[number % len(names)], family=family)

    return change


def counted_as_customers(name: str) -> Change:
    def change(builder: ProjectBuilder) -> None:
        for metric in builder.document.rows(Metric):
            if metric.family == "customer":
                builder.set(metric, name=name)

    return change


def read(value: str, limit: str = "", **values: object) -> Change:
    """A last reading of what the first kill criterion is about."""

    def change(builder: ProjectBuilder) -> None:
        criterion = builder.document.rows(KillCriterion)[0]
        if limit or values:
            builder.set(criterion, **({"limit": limit} if limit else {}), **values)
        builder.add(Reading, metric=criterion.metric, on="2026-11-20", value_read=value)

    return change


def decision(decided_by: str, decided_on: str) -> Change:
    """The one decision that there is."""

    def change(builder: ProjectBuilder) -> None:
        no(GraduationDecision)(builder)
        autonomy.in_the_loop(builder)
        who = {"action": autonomy.action_of(builder), "decided_by": named(builder, decided_by)}
        builder.add(GraduationDecision, direction="graduate", decided_on=decided_on, reason="200 runs", **who)

    return change


def handed_over(on: str, before: str, now: str | None) -> Change:
    """The role of Agent Product Owner went from one to another."""

    def change(builder: ProjectBuilder) -> None:
        to = named(builder, now) if now else None
        builder.role("product_owner", to, accepted="", accepted_on="")
        builder.add(
            Handover, from_person=named(builder, before), to_person=to, on=on, handed="Agent Product Owner\nOther"
        )

    return change


def in_the_room(*functions: str) -> Change:
    """Only people of these functions came, and nobody wrote down an earlier meeting."""

    def change(builder: ProjectBuilder) -> None:
        for sitting in builder.document.rows(Sitting):
            builder.set(sitting, people=())
        for person in builder.document.rows(Person):
            builder.set(person, present=person.function in functions)

    return change


BREAKS: dict[str, list[Change]] = {
    "BND-10": [
        lambda b: b.may("refund", "refunds up to 50"),
        lambda b: b.may("refund", "small amounts"),
        both(routes_out("refunds"), lambda b: b.may("approve", "refund requests")),
        lambda b: b.may("issue", "card refunds"),
    ],
    "ROM-04": [lambda b: b.agent(stage="")],
    "ROM-05": [lambda b: b.person(b.document.only(Agent).name), lambda b: (b.agent(model="M 4"), b.person("m 4"))],
    "OVR-21": [earned_at_stage("1b")],
    "SCO-12": [
        read("95 %"),
        read("15,5 %"),
        read("15.01%", limit="15 % of runs"),
        read("40", limit="50 in a week", comparison="below"),
        read("EUR 1,201", limit="EUR 1,200.50 a ticket"),
        read("16 %", metric=None),
    ],
    "ROL-16": [
        lambda b: b.fixed(RoleAssignment, "evaluation_engineer", deputy=None),
        lambda b: b.fixed(
            RoleAssignment, "tool_maintainer", deputy=b.document.fixed(RoleAssignment, "tool_maintainer").person
        ),
        lambda b: b.fixed(RoleAssignment, "tool_maintainer", deputy=b.add(Rota, name="Empty")),
    ],
}

ALSO: dict[str, list[Change]] = {
    "BND-01": [
        lambda b: b.set(Workflow, statement="Handles billing stuff for everybody in a good way somehow"),
        lambda b: b.set(Workflow, statement="We automate customer support with AI for billing tickets today"),
        without_lines("Helps employees with IT problems end to end"),
        without_lines("Classifies billing tickets and drafts replies for them"),
    ],
    "BND-05": [
        acts("Refund the customer", flags=("moves_money",)),
        acts("Cancel subscriptions"),
        acts("Answer legal threats"),
        on_the_refund_line,
    ],
    "CHG-10": [every(KillCriterion, limit="Q4 feels bad"), every(KillCriterion, limit="bad in 2027")],
    "OVR-12": [
        decision("Rosa Steiner", "2026-11-21"),
        decision("Rosa Steiner", "2026-11-15"),
        both(decision("Dana Abelard", "2026-11-01"), handed_over("2026-11-10", "Rosa Steiner", "Dana Abelard")),
        both(decision("Rosa Steiner", "2026-11-12"), handed_over("2026-11-10", "Rosa Steiner", "Dana Abelard")),
    ],
    "OWN-02": [
        owned_by("workflow", stand_in="Dana Abelard"),
        owned_by("workflow", "Legal & compliance"),
        owned_by("workflow", "Head of Support"),
        owned_by("workflow", "desk@lindhof.example"),
        owned_by("workflow", "TBD"),
    ],
    "OWN-03": [
        owned_by("system", "Billing Team"),
        owned_by("exception", "Change Board"),
        owned_by("outcome", "Legal"),
        owned_by("outcome", "Shared inbox"),
        owned_by("exception", "Platform on call"),
        owned_by("workflow", "Nadia Fuchs, Tomas Ilves"),
        owned_by("system", "Nadia & Tomas"),
        owned_by("outcome", stand_in="The whole team decides"),
    ],
    "OWN-04": [
        owned_by("exception", stand_in="Modelhaus support"),
        owned_by("system", "modelhaus"),
        owned_by("workflow", "Modelhaus Inc"),
    ],
    "OWN-15": [in_the_room("IT", "Data", "Operations"), in_the_room("Support")],
    "SCO-04": [only("Uptime", "P95 task latency", "Security events"), only("Uptime", family="")],
    "SCO-05": [counted_as_customers("Deflection rate"), counted_as_customers("Containment"), only("Uptime")],
    "STP-03": [two_half_buttons],
}
"""Further cases of rules that test_rules breaks already."""

KEEPS: dict[str, list[Change]] = {
    "BND-01": [
        lambda b: b.set(Workflow, statement="Classification of billing tickets; refunds and fraud go to people"),
        without_lines("Classifies billing tickets and drafts replies; refunds go to people"),
        without_lines("Helps with nothing but addresses, and refunds go to people"),
    ],
    "BND-05": [
        acts("Cancel a meeting"),
        acts("Answer simple questions"),
        acts("Send the status of card refunds"),
        acts("Collect refunds of the day"),
        both(routes_out("refunds above 50"), acts("Reverse a credit")),
    ],
    "BND-10": [
        lambda b: b.may("answer", "simple questions"),
        both(routes_out("loans above 500"), lambda b: b.may("approve", "loans up to 500")),
        both(routes_out("loans"), lambda b: b.may("draft", "loans")),
    ],
    "CHG-10": [
        *(every(KillCriterion, limit=each) for each in ("15 %", "EUR 4.00 a ticket", "0 in a week", "> 3", "€1,200")),
    ],
    "OVR-12": [
        decision("Rosa Steiner", "2026-03-01"),
        decision("Rosa Steiner", ""),
        both(decision("Rosa Steiner", "2026-11-01"), handed_over("2026-11-10", "Rosa Steiner", "Dana Abelard")),
        both(decision("Rosa Steiner", "2026-11-10"), handed_over("2026-11-10", "Rosa Steiner", "Dana Abelard")),
        both(decision("Rosa Steiner", "2026-11-01"), handed_over("2026-11-10", "Rosa Steiner", None)),
    ],
    "OVR-21": [earned_at_stage("2")],
    "OWN-02": [owned_by("workflow", "Anna Board"), owned_by("workflow", "Finn Legal")],
    "OWN-03": [
        *(owned_by("workflow", name) for name in ("Anna Board", "Kim Team", "Shared Kahn", "Jo Council")),
        *(owned_by("system", stand_in=text) for text in ("Shared Services Lead", "Chair of the board", "Platform")),
    ],
    "OWN-04": [
        owned_by("exception", stand_in="Vendor Management Lead"),
        owned_by("exception", stand_in="Supplier relations"),
        owned_by("exception", "Mo Del"),
    ],
    "OWN-15": [
        in_the_room(),
        in_the_room("Support", "Operations", "IT", "Data"),
        both(
            lambda b: [b.set(p, function="IT / Platform") for p in b.document.rows(Person) if p.function == "IT"],
            in_the_room("Support", "Operations", "IT / Platform", "Data"),
        ),
    ],
    "ROL-16": [
        lambda b: b.fixed(RoleAssignment, "reliability_engineer", deputy=None),
        lambda b: b.fixed(RoleAssignment, "tool_maintainer", person=None, deputy=None),
    ],
    "SCO-04": [only("Uptime", "Reopen rate")],
    "SCO-12": [
        read("15 %"),
        read("4 EUR"),
        read("rather many"),
        read("95 %", limit="too many"),
        read("50", limit="50 in a week", comparison="below"),
        read("EUR 1,200", limit="EUR 1,200.50"),
    ],
}
"""What comes near, and is in order."""
