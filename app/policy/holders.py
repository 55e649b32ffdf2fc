"""Who holds each column of the RACI: the agent, the four owners, the five roles, the functions, the vendor
(domain.md 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.document import Document
from app.model.owners import OwnerAssignment, RoleAssignment, Rota, VendorCover
from app.model.room import Agent, FunctionContact, Person
from app.policy.named import named_person

AGENT, VENDOR = "AG", "VEN"

OWNER_OF = {"WO": "workflow", "SO": "system", "EO": "exception", "OO": "outcome"}
"""The owner type behind each of the four owner columns."""

ROLE_OF = {
    "APO": "product_owner",
    "ARE": "reliability_engineer",
    "EE": "evaluation_engineer",
    "TRM": "tool_maintainer",
    "ER": "escalation_reviewer",
}
"""The role behind each of the five role columns."""

FUNCTION_CODES = tuple(str(entry.value) for entry in v.FUNCTIONS)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds one column. `person` and `rota` are ids, `name` is what to print, empty where nobody holds it.

    `stand_in` is the function that stands in until a person is named. `external` is true for somebody who is not
    inside the company, and for the vendor. `row` is the id of the row that says so, "" for the agent and the vendor.
    """

    code: str
    person: str | None = None
    rota: str | None = None
    name: str = ""
    stand_in: str = ""
    external: bool = False
    row: str = ""

    @property
    def filled(self) -> bool:
        """Whether a person or a rota holds it; a function that stands in does not."""
        return self.person is not None or self.rota is not None


def holder(document: Document, code: str) -> Holder:
    """Who holds the column `code` in this document."""
    if code in OWNER_OF:
        owner = document.fixed(OwnerAssignment, OWNER_OF[code])
        return _held(document, code, owner.id, owner.person, stand_in=owner.stand_in)
    if code in ROLE_OF:
        role = document.fixed(RoleAssignment, ROLE_OF[code])
        if code == "APO" and role.person is None and role.rota is None:
            # The workflow owner is the Agent Product Owner unless the workshop says otherwise (K3).
            lead = document.fixed(OwnerAssignment, OWNER_OF["WO"])
            return _held(document, code, role.id, lead.person, stand_in=lead.stand_in)
        return _held(document, code, role.id, role.person, role.rota)
    if code in FUNCTION_CODES:
        contact = document.fixed(FunctionContact, code)
        return _held(document, code, contact.id, contact.person)
    agent = document.only(Agent)
    return Holder(code, name=agent.vendor, external=True) if code == VENDOR else Holder(code, name=agent.name)


def holders(document: Document) -> Mapping[str, Holder]:
    """Who holds each column, in the order of the columns."""
    return {str(entry.value): holder(document, str(entry.value)) for entry in v.RACI_COLUMNS}


def column_label(code: str) -> Message:
    """The words of a column, such as Workflow owner."""
    return msg(next(entry.label for entry in v.RACI_COLUMNS if entry.value == code))


def has_vendor(document: Document) -> bool:
    """Whether a vendor has a part in this: it is named, it helps in a role, or somebody named works for it."""
    return (
        bool(document.only(Agent).vendor)
        or bool(document.rows(VendorCover))
        or any(person.side == "vendor" for person in document.rows(Person))
    )


def _held(
    document: Document, code: str, row: str, person_id: str | None, rota_id: str | None = None, stand_in: str = ""
) -> Holder:
    person, rota = named_person(document, person_id), document.get(Rota, rota_id)
    held_by = person or rota
    return Holder(
        code,
        person=person.id if person else None,
        rota=rota.id if rota else None,
        name=held_by.called() if held_by else "",
        stand_in=stand_in,
        external=person is not None and person.side != "inside",
        row=row,
    )
