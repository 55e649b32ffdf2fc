"""Who owns it: owners, seats, roles, rotas, and everybody who is named, with how to reach them (domain.md 1.2, 1.3)."""

from __future__ import annotations

from app.messages import words
from app.model.owners import (
    Handover,
    OwnerAssignment,
    RoleAssignment,
    Rota,
    SeatAssignment,
    SharedLayer,
    SixThing,
    VendorCover,
)
from app.model.room import FunctionContact, Person
from app.policy.holders import column_label, holder
from app.policy.reconciliation import lead_is_split, rights
from app.policy.taken_on import answer_of
from app.report.details import Instead, cell, listing, missing, table
from app.report.display import day_words
from app.report.material import Material
from app.report.model import Cell, Section, Table, Tone


def section(material: Material) -> Section:
    """Owners and roles."""
    return Section(
        "owners",
        words("Owners & roles"),
        words("Four kinds of owner, one person each; five roles, one primary each; and who steps in."),
        (
            listing(material, OwnerAssignment, "No owner is named yet.", instead=_signed(material)),
            _rights(material),
            listing(material, SeatAssignment, "No seat is filled yet.", caption=words("Seats beside the four owners")),
            _six_things(material),
            listing(material, SharedLayer, "Nothing is shared yet."),
            listing(material, RoleAssignment, "No role is filled yet."),
            listing(material, Rota, "There is no rota yet.", caption=words("Rotas")),
            listing(material, VendorCover, "The vendor does not stand in for anybody."),
            listing(material, Handover, "Nothing has been handed over.", first=("on",)),
            listing(material, FunctionContact, "No function has a contact yet."),
            listing(material, Person, "Nobody is named yet."),
        ),
        sheet="Owners & roles",
    )


def _signed(material: Material) -> Instead:
    """The owners who never said that they accept, and have signed in their seat."""
    found: dict[tuple[str, str], Cell] = {}
    for owner in material.document.rows(OwnerAssignment):
        answer = answer_of(material.document, owner)
        if answer.by_signature:
            found[owner.id, "accepted"] = Cell(words("accepted, by signature"), Tone.OK)
            found[owner.id, "accepted_on"] = Cell(day_words(answer.on))
    return found


def _rights(material: Material) -> Table:
    """Who decides what; two people where the Agent Product Owner is not the workflow owner."""
    rows = [
        (
            Cell(words(right.what), Tone.STRONG),
            words(column_label(right.column)),
            missing(right.held.name, "nobody"),
        )
        for right in rights(material.document)
    ]
    two = lead_is_split(material.document)
    caption = "Who decides what, as two people lead" if two else "Who decides what"
    columns = (("Decides", 4), ("As", 2), ("Who", 2))
    return table("rights", columns, rows, caption=caption)


def _six_things(material: Material) -> Table:
    rows = []
    for thing in material.document.rows(SixThing):
        held = holder(material.document, thing.held_by)
        rows.append(
            (
                Cell(words(thing.called()), Tone.STRONG),
                cell(material, thing, "held_by"),
                cell(material, thing, "person"),
                missing(material.name(thing.person) or held.name, "nobody"),
            )
        )
    columns = (("Thing", 3), ("Held by", 2), ("Someone else", 2), ("So it is", 2))
    return table("six_thing", columns, rows, caption="Six things someone must own")
