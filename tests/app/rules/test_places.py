"""Every finding says where it is answered: a field of its row, or the kind of row that is still to be added."""

from __future__ import annotations

import pytest

from app.model.fields import fields_of
from app.model.kinds import BY_KIND
from app.model.owners import OwnerAssignment, RoleAssignment
from app.model.room import Person
from app.policy.raci import row_called
from app.rules.rule import Hit
from tests.app.rules.test_rules import BREAKS, BY_CODE, TODAY, whole
from tests.support.builder import ProjectBuilder

WITHOUT_A_FIELD = {
    "SCO-07": "The readings stand below the metric.",
    "STP-05": "The compensating transaction is added beside the action.",
}
"""Findings that lead to a row as a whole."""


@pytest.mark.parametrize("code", sorted(BREAKS))
def test_every_finding_has_a_place(code: str) -> None:
    for change in BREAKS[code]:
        builder = whole()
        change(builder)
        nowhere = [hit for hit in BY_CODE[code].hits(builder.document, TODAY) if not has_place(builder, code, hit)]
        assert nowhere == []


def has_place(builder: ProjectBuilder, code: str, hit: Hit) -> bool:
    row = builder.document.find(hit.subject)
    if row is not None:
        return hit.field in fields_of(type(row)) or code in WITHOUT_A_FIELD
    if hit.subject:
        return row_called(builder.document, hit.subject) is not None
    return hit.field.partition(":")[0] in BY_KIND


ROLES_LAST = (
    ("three owners", {"system", "exception", "outcome"}, set(), "outcome"),
    ("the lead is Agent Product Owner by default", {"workflow", "system"}, set(), "system"),
    ("two owners and a role", {"system", "exception"}, {"tool_maintainer"}, "tool_maintainer"),
    ("roles alone", set(), {"product_owner", "evaluation_engineer", "escalation_reviewer"}, "escalation_reviewer"),
)


@pytest.mark.parametrize(("told", "owners", "roles", "leads_to"), ROLES_LAST, ids=[case[0] for case in ROLES_LAST])
def test_too_many_hats_lead_to_one_that_this_person_wears(
    told: str, owners: set[str], roles: set[str], leads_to: str
) -> None:
    builder = whole()
    for owner in builder.document.rows(OwnerAssignment):
        builder.set(owner, person=builder.person(f"Owner {owner.type}"))
    for role in builder.document.rows(RoleAssignment):
        builder.set(role, person=builder.person(f"Role {role.role}"), rota=None)
    if "product_owner" not in roles:
        builder.fixed(RoleAssignment, "product_owner", person=None)
    tomas = builder.person("Tomas Ilves")
    for owner_type in owners:
        builder.owner(owner_type, tomas)
    for name in roles:
        builder.fixed(RoleAssignment, name, person=tomas)
    (hit,) = BY_CODE["OWN-19"].hits(builder.document, TODAY)
    row = builder.document.find(hit.subject)
    assert isinstance(row, OwnerAssignment | RoleAssignment)
    assert (row.person, hit.field, row.value(row.spec.fixed_by or "")) == (tomas.id, "person", leads_to)


@pytest.mark.parametrize("code", sorted(BREAKS))
def test_what_is_about_a_person_is_answered_in_a_field_of_theirs(code: str) -> None:
    for change in BREAKS[code]:
        builder = whole()
        change(builder)
        for hit in BY_CODE[code].hits(builder.document, TODAY):
            if isinstance(builder.document.find(hit.subject), Person):
                assert hit.field in fields_of(Person)
