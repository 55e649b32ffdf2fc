"""Rules about a no: an owner type or a role whose holder has declined it is vacant (domain.md 0.12, 1.2, 1.3; 33)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.document import Document
from app.model.owners import OwnerAssignment, RoleAssignment
from app.model.room import Person
from app.rules.rule import Hit, Rule, behind, rule
from app.rules.severity import WARNS

BEFORE_DEPLOYMENT = ("product_owner", "reliability_engineer")
"""The roles without which nothing may run: who answers, and who responds first (53)."""


@rule(
    "OWN-30",
    18,
    33,
    step="owners",
    question="Who takes it, now that they have said no?",
    why="A name beside a part that its holder declined is a vacancy that nobody sees.",
    source="S1 S2",
    weak="She will come round.",
    better="Rosa Steiner takes the outcome; Dana Abelard has declined it.",
    over=OwnerAssignment,
    reads=(behind(Person, "name"),),
)
def no_owner_has_declined(owner: OwnerAssignment, document: Document, today: str) -> Iterator[Hit]:
    if owner.accepted == "declined" and document.get(Person, owner.person) is not None:
        name = document.called(owner.person)
        yield Hit(msg("{name} has declined to be {part}.", name=name, part=msg(owner.called())), owner.id, "accepted")


@rule(
    "ROL-14",
    53,
    33,
    step="roles",
    question="Who responds, and who answers, now that they have said no?",
    why="Before anything runs both must have said yes; a no leaves the pager with nobody.",
    source="S3 S2",
    weak="He is still in the plan.",
    better="Ole Hansen takes the pager; Priya Menon has declined it.",
    over=RoleAssignment,
    reads=(behind(Person, "name"),),
)
def who_responds_and_answers_has_not_declined(role: RoleAssignment, document: Document, today: str) -> Iterator[Hit]:
    if role.role in BEFORE_DEPLOYMENT:
        yield from _declined(role, document)


@rule(
    "ROL-15",
    33,
    step="roles",
    question="Who takes the role, now that they have said no?",
    why="A role that its holder declined is done by nobody, or by somebody who was never asked.",
    source="S2",
    weak="We will ask her again.",
    better="Theo Maurer keeps the suite; Lea Wirth has declined it.",
    marks=WARNS,
    over=RoleAssignment,
    reads=(behind(Person, "name"),),
)
def no_other_role_is_declined(role: RoleAssignment, document: Document, today: str) -> Iterator[Hit]:
    if role.role not in BEFORE_DEPLOYMENT:
        yield from _declined(role, document)


def _declined(role: RoleAssignment, document: Document) -> Iterator[Hit]:
    if role.accepted == "declined" and document.get(Person, role.person) is not None:
        name = document.called(role.person)
        yield Hit(msg("{name} has declined to be {part}.", name=name, part=msg(role.called())), role.id, "accepted")


RULES: tuple[Rule, ...] = (
    no_owner_has_declined,
    who_responds_and_answers_has_not_declined,
    no_other_role_is_declined,
)
