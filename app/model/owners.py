"""Steps 3 and 4: owners, seats and roles (domain.md 1.2, 1.3)."""

from __future__ import annotations

from app.model import vocabulary as v
from app.model.fields import (
    OnRemove,
    Scope,
    Wording,
    choice,
    choices,
    day,
    flag,
    prose,
    reference,
    references,
    text,
    whole_number,
)
from app.model.row import Row, row


@row(
    "owner",
    "Owner",
    "Owners",
    "owners",
    title="type",
    fixed_by="type",
    entries=tuple({"type": entry.value} for entry in v.OWNER_TYPES),
)
class OwnerAssignment(Row):
    """One of the four owner types and the one person who holds it."""

    type: str = choice("Owner type", v.OWNER_TYPES)
    person: str | None = reference("Person", "person")
    stand_in: str = text("Function standing in", hint="Only until a person is named", wording=Wording.OWNER)
    deputy: str | None = reference("Deputy", "person", "rota")
    authority: tuple[str, ...] = choices("Authority", v.AUTHORITIES)
    duties: str = text("What it means here", limit=500, wording=Wording.OWNER)
    capacity: int | None = whole_number("Capacity in % of full time", maximum=100)
    sees_outcomes: bool = flag("Leadership sees the outcomes")
    accepted: str = choice("Accepted", v.ACCEPTANCES, scope=Scope.RECORD, emptied_with="person")
    accepted_on: str = day("Accepted on", scope=Scope.RECORD, emptied_with="person")


@row(
    "seat",
    "Seat",
    "Seats",
    "owners",
    title="seat",
    fixed_by="seat",
    entries=({"seat": "value"}, {"seat": "safety"}),
)
class SeatAssignment(Row):
    """Who speaks for value (business) and who for safety (IT); the other four seats follow the owners (43)."""

    seat: str = choice("Seat", v.SEATS[4:])
    person: str | None = reference("Person", "person")


@row(
    "six_thing",
    "Thing that someone must own",
    "Six things someone must own",
    "owners",
    title="thing",
    fixed_by="thing",
    entries=(
        {"thing": "workflow_definition", "held_by": "WO"},
        {"thing": "success_metric", "held_by": "OO"},
        {"thing": "approval_rules", "held_by": "APO"},
        {"thing": "exception_queue", "held_by": "EO"},
        {"thing": "downstream_damage", "held_by": "WO"},
        {"thing": "expand_or_stop", "held_by": "OO"},
    ),
)
class SixThing(Row):
    """One of the six things that need an owner (1): by default the holder of an owner type or role."""

    thing: str = choice("Thing", v.SIX_THINGS)
    held_by: str = choice("Held by", v.HELD_BY)
    person: str | None = reference("Someone else", "person", hint="Only when it is not the holder of that part")


@row(
    "shared_layer",
    "Shared layer",
    "Shared between business and IT",
    "owners",
    title="layer",
    fixed_by="layer",
    entries=tuple({"layer": entry.value} for entry in v.SHARED_LAYERS),
)
class SharedLayer(Row):
    """A layer that business and IT settle together (44)."""

    layer: str = choice("Layer", v.SHARED_LAYERS)
    business: str | None = reference("For business", "person")
    it: str | None = reference("For IT", "person")


@row("rota", "Rota", "Rotas", "roles")
class Rota(Row):
    """People who take turns, reached by one route."""

    name: str = text("Rota")
    members: tuple[str, ...] = references("Members", "person")
    contact: str = text("Contact")
    paging_route: str = text("Paging route", hint="How the rota is reached at 03:00")


@row(
    "role",
    "Role",
    "Roles",
    "roles",
    title="role",
    fixed_by="role",
    entries=tuple({"role": entry.value} for entry in v.ROLES),
)
class RoleAssignment(Row):
    """One of the five operational roles, one primary each; a role with a pager may name a rota too."""

    role: str = choice("Role", v.ROLES)
    person: str | None = reference("Person", "person")
    rota: str | None = reference("On-call rota", "rota")
    deputy: str | None = reference("Deputy", "person", "rota")
    accepted: str = choice("Accepted", v.ACCEPTANCES, scope=Scope.RECORD, emptied_with="person")
    accepted_on: str = day("Accepted on", scope=Scope.RECORD, emptied_with="person")


@row("vendor_cover", "Vendor cover", "Vendor cover", "roles", title="what")
class VendorCover(Row):
    """Temporary help from the vendor: R, C or I, with an end date and someone inside beside it (32, K14)."""

    role: str = choice("Role", v.ROLES)
    person: str | None = reference("Vendor person", "person", on_remove=OnRemove.REMOVE)
    letter: str = choice("Part in it", v.COVER_LETTERS, hint="R unless said otherwise")
    what: str = text("What they do", wording=Wording.TEXT)
    until: str = day("Until", ahead=True)
    deputy: str | None = reference("Inside deputy", "person")


@row("handover", "Hand-over", "Hand-overs", "roles", scope=Scope.RECORD, title="from_name")
class Handover(Row):
    """What one person held and another took over, or nobody: a vacancy is an event too (33; domain.md 0.12)."""

    from_person: str | None = reference("From", "person")
    from_name: str = text("Left or away")
    to_person: str | None = reference("To", "person", hint="Empty: the place is vacant")
    on: str = day("Date")
    why: str = text("Reason", limit=500)
    handed: str = prose("What was handed over", limit=20_000)


@row("vote", "Vote", "Votes", "owners", scope=Scope.PRIVATE, title="question")
class Vote(Row):
    """One silent answer to "who do you think owns it?"."""

    question: str = choice("Question", v.OWNER_TYPES)
    voter: str | None = reference("Voter", "person", on_remove=OnRemove.REMOVE)
    answer: str = choice("Answer", v.VOTE_ANSWERS)
    person: str | None = reference("Person named", "person")
    round: int | None = whole_number("Round", maximum=100)
