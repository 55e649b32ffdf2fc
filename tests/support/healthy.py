"""The two answers of domain.md 1.15 as projects, in our own words: a healthy one and a bad one."""

from __future__ import annotations

from app.model.boundary import Workflow
from app.model.change import ApprovalRule
from app.model.exceptions import ExceptionClass, ExceptionPath
from app.model.oversight import Action
from app.model.owners import OwnerAssignment
from app.model.room import Person
from tests.support.builder import ProjectBuilder, sample

TEAMS = {
    "workflow": ("Support Operations", "Owns the workflow that sorts billing tickets."),
    "system": ("Platform Engineering", "Owns runtime and integrations."),
    "exception": ("Billing Team Leads", "Own the exceptions that are escalated, in business hours."),
    "outcome": ("VP Support", "Owns cost per ticket and response time."),
}
"""What the healthy answer says of each owner type: a team or a title, and no name."""

NAMES = {
    "workflow": "Dana Abelard",
    "system": "Jun Kowalczyk",
    "exception": "Marc Oyelaran",
    "outcome": "Rosa Steiner",
}
"""Who they turn out to be, once the room is asked."""


def healthy(*, target: int = 30, names: bool = False) -> ProjectBuilder:
    """The healthy answer: the sample, where each owner is a team or a title until `names` are given.

    Exceptions are looked at within `target` minutes, by a desk that closes at 17:00; nobody has said what the agent
    does outside those hours. Wider sending needs Support Operations and Platform.
    """
    builder = sample("healthy")
    people = {person.name: person for person in builder.document.rows(Person)}
    for owner_type, (team, duties) in TEAMS.items():
        person = people[NAMES[owner_type]] if names else None
        builder.owner(owner_type, person, stand_in="" if names else team, duties=duties)
    for approval in builder.document.rows(ApprovalRule):
        if approval.change == "wider_scope":
            builder.set(approval, approvers=(people["Dana Abelard"], people["Jun Kowalczyk"]))
    for kind in builder.document.rows(ExceptionClass):
        builder.set(kind, within=target)
    builder.set(ExceptionPath, off_hours="", off_hours_note="")
    for action in builder.document.rows(Action):
        builder.set(action, off_hours="")
    return builder


def bad_answer() -> ProjectBuilder:
    """The bad answer: undecided, in praise of the vendor, and agreed on a vision; nobody is named for anything."""
    builder = ProjectBuilder()
    builder.agent(name="Billing agent", vendor="Modelhaus", stage="1b")
    builder.set(Workflow, statement="Everybody is aligned on the vision.")
    builder.fixed(OwnerAssignment, "workflow", stand_in="That is still being worked out.")
    builder.fixed(OwnerAssignment, "system", stand_in="The vendor has been a great help.")
    builder.set(ExceptionPath, escalation_rules="It is still being worked out.")
    return builder
