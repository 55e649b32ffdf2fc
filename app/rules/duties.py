"""Rules about the duties of the five roles: a pager and a way back, a suite, a register of tools, cases to review
(domain.md 1.3, 1.8)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import Message, msg
from app.model.change import EvaluationSuite, Tool
from app.model.commit import RaciOverride
from app.model.document import Document
from app.model.exceptions import CoverageWindow, ExceptionClass
from app.model.oversight import Action
from app.model.owners import RoleAssignment, Rota
from app.model.room import Person
from app.model.stop import IncidentPlan, StopControl
from app.policy.holders import column_label
from app.policy.named import named_person
from app.policy.oversight import listed
from app.policy.raci_table import BY_KEY
from app.rules.rule import Hit, Rule, listed_labels, name_of, part, rule
from app.rules.severity import WARNS

IN_AN_INCIDENT = {"L18": "APO", "L20": "APO", "L24": "APO", "L17": "SO"}
"""Rows of the RACI about incidents -> the column that is accountable there (106, 107; K7)."""


@rule(
    "ROL-04",
    49,
    106,
    step="roles",
    question="Could whoever is on call act tonight?",
    why="Somebody on call without a pager, a runbook and a way back can only watch.",
    source="S3",
    weak="Priya is on call; the rest will turn up.",
    better="Pager group PLAT, the runbook beside the deployment, back to release 41.",
    marks=WARNS,
    reads=(
        part(RoleAssignment, "person", "rota"),
        part(Rota, "members", "contact", "paging_route"),
        part(Person, "contact", "paging_route"),
        part(IncidentPlan, "runbook", "alarm"),
        part(StopControl, "rollback_target"),
    ),
)
def on_call_is_equipped(document: Document, today: str) -> Iterator[Hit]:
    role = document.fixed(RoleAssignment, "reliability_engineer")
    carrier = document.get(Rota, role.rota) or document.get(Person, role.person)
    if carrier is None:
        return
    plan, controls = document.only(IncidentPlan), document.rows(StopControl)
    control = controls[0].id if controls else ""
    missing: list[tuple[Message, str, str]] = []
    if not (carrier.paging_route or carrier.contact):
        missing.append((msg("a way to be paged"), carrier.id, "paging_route"))
    if not plan.runbook:
        missing.append((msg("a runbook"), plan.id, "runbook"))
    if not any(each.rollback_target for each in controls):
        missing.append((msg("something to roll back to"), control, "rollback_target" if control else "stop_control"))
    if not plan.alarm:
        missing.append((msg("an alarm"), plan.id, "alarm"))
    if missing:
        labels = listed([label for label, _, _ in missing])
        _, subject, field = missing[0]
        yield Hit(msg("Whoever is on call lacks: {labels}.", labels=labels), subject, field)


@rule(
    "ROL-05",
    50,
    60,
    step="roles",
    question="Which suite does the Evaluation Engineer keep?",
    why="The gate stands as long as one person keeps it up to date; a suite that is everybody's goes stale.",
    source="S3",
    weak="Lea tests when there is time.",
    better="Lea Wirth keeps the billing triage suite; no release goes round it.",
    marks=WARNS,
    reads=(part(RoleAssignment, "person", "deputy"), part(EvaluationSuite, "owner", "where"), part(Person, "name")),
)
def the_evaluation_engineer_keeps_a_suite(document: Document, today: str) -> Iterator[Hit]:
    role = document.fixed(RoleAssignment, "evaluation_engineer")
    name = name_of(document, role.person, Person)
    suites = document.rows(EvaluationSuite)
    if not name or any(suite.owner in (role.person, role.deputy) and suite.where for suite in suites if suite.owner):
        return
    detail = msg("{name} is Evaluation Engineer and keeps no suite that runs somewhere.", name=name)
    yield Hit(detail, suites[0].id if suites else "", "owner" if suites else "evaluation_suite")


@rule(
    "ROL-06",
    51,
    step="change",
    question="Whose is each tool, what does it look like, what may it do?",
    why="A tool without an owner, a contract and limits is a door that nobody has locked.",
    source="S3",
    weak="It can use the ledger.",
    better="ledger.write: Tom Brandt, version 2, credits up to L1 and nothing else.",
    marks=WARNS,
    over=Tool,
    reads=(part(Person),),
)
def every_tool_is_registered(tool: Tool, document: Document, today: str) -> Iterator[Hit]:
    answered = {
        "owner": named_person(document, tool.owner) is not None,
        "schema": bool(tool.schema),
        "permissions": bool(tool.permissions),
    }
    missing = [name for name, done in answered.items() if not done]
    if missing:
        labels = listed_labels(Tool, missing)
        yield Hit(msg("“{tool}” is open: {labels}.", tool=tool.name, labels=labels), tool.id, missing[0])


@rule(
    "ROL-07",
    52,
    step="roles",
    question="What does the Escalation Reviewer review?",
    why="A reviewer to whom nothing comes signs nothing off, and the declined cases go nowhere.",
    source="S3",
    weak="Hanna is there if somebody asks.",
    better="Hanna Weiss approves the replies and takes what the agent declined.",
    marks=WARNS,
    reconciles=(8,),
    reads=(
        part(RoleAssignment, "person", "rota"),
        part(Rota, "members"),
        part(Person, "name"),
        part(ExceptionClass, "reviewer"),
        part(Action, "approver", "second_approver"),
    ),
)
def the_escalation_reviewer_reviews(document: Document, today: str) -> Iterator[Hit]:
    role = document.fixed(RoleAssignment, "escalation_reviewer")
    name = name_of(document, role.person, Person)
    if not name:
        return
    theirs = {role.person, role.rota, *_rotas_of(document, role.person)} - {None}
    if any(kind.reviewer in theirs for kind in document.rows(ExceptionClass)):
        return
    if any(action.approver in theirs or action.second_approver in theirs for action in document.rows(Action)):
        return
    classes = document.rows(ExceptionClass)
    detail = msg("{name} is Escalation Reviewer; no action and no class of exception comes to them.", name=name)
    yield Hit(detail, classes[0].id if classes else "", "reviewer" if classes else "exception_class")


@rule(
    "ROL-08",
    106,
    step="exceptions",
    question="Why does somebody else answer the pager first?",
    why="Pause, drain and roll back are the reliability engineer's; whoever else is paged has to find them first.",
    source="S3",
    weak="The help desk takes the call.",
    better="Platform on call, in turn, day and night.",
    marks=WARNS,
    over=CoverageWindow,
    reads=(
        part(RoleAssignment, "person", "rota", "deputy"),
        part(Rota, "name", "members"),
        part(Person, "name"),
    ),
)
def the_first_response_is_the_engineers(window: CoverageWindow, document: Document, today: str) -> Iterator[Hit]:
    role = document.fixed(RoleAssignment, "reliability_engineer")
    name = name_of(document, window.holder, Person, Rota)
    on_call = document.get(Rota, role.rota)
    theirs = {role.person, role.rota, role.deputy, *(on_call.members if on_call else ())} - {None}
    known = bool(name_of(document, role.person, Person) or on_call)
    if window.duty == "first_response" and name and known and window.holder not in theirs:
        yield Hit(
            msg("{name} responds first, and is not the Agent Reliability Engineer or their rota.", name=name),
            window.id,
            "holder",
        )


@rule(
    "ROL-09",
    107,
    step="raci",
    question="Who answers for the outcome while it burns?",
    why="In an incident the engineer acts and the product owner answers; a third name costs the first ten minutes.",
    source="S3",
    weak="IT answers for the rollback.",
    better="A: Agent Product Owner. R: Agent Reliability Engineer. The standing way back is the system owner's.",
    marks=WARNS,
    reconciles=(7,),
    over=RaciOverride,
    reads=(),
)
def the_incident_stays_with_its_owner(override: RaciOverride, document: Document, today: str) -> Iterator[Hit]:
    accountable = IN_AN_INCIDENT.get(override.activity)
    if accountable is None:
        return
    taken = "A" in override.letter and override.column != accountable
    given_away = "A" not in override.letter and override.column == accountable
    if taken or given_away:
        yield Hit(
            msg(
                "{row} was changed by hand; there {column} is accountable.",
                row=BY_KEY[override.activity].label,
                column=column_label(accountable),
            ),
            override.id,
            "letter",
        )


def _rotas_of(document: Document, person_id: str | None) -> frozenset[str]:
    return frozenset(rota.id for rota in document.rows(Rota) if person_id in rota.members)


RULES: tuple[Rule, ...] = (
    on_call_is_equipped,
    the_evaluation_engineer_keeps_a_suite,
    every_tool_is_registered,
    the_escalation_reviewer_reviews,
    the_first_response_is_the_engineers,
    the_incident_stays_with_its_owner,
)
