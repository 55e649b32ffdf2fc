"""Step 1, Room: the agent and the people (domain.md 1.14; product.md, step 1)."""

from __future__ import annotations

from app.model import vocabulary as v
from app.model.fields import (
    Scope,
    choice,
    day,
    flag,
    money,
    prose,
    reference,
    references,
    text,
    whole_number,
    zone_name,
)
from app.model.row import Row, row


@row("agent", "Agent", "Agents", "room", singleton=True)
class Agent(Row):
    """The agent whose ownership this file maps."""

    name: str = text("Agent", hint="What people call it")
    client: str = text("Client", hint="The company that it works for")
    stage: str = choice("Stage", v.STAGES, default="1a")
    time_zone: str = zone_name("Time zone")
    currency: str = text("Currency", limit=3, hint="Three letters, such as EUR")
    cost_l1: int | None = money("Cost limit L1", hint="Up to here one wrong action is a nuisance")
    cost_l2: int | None = money("Cost limit L2", hint="Above here one wrong action is serious")
    vendor: str = text("Vendor", hint="Who supplies it, if not we ourselves")
    model: str = text("Model", hint="Model and version that it runs on")
    behaviour_version: str = text("Behaviour version", hint="Changes with every prompt, tool, model or threshold")
    high_risk_use: str = choice("High-risk use under EU law?", v.ANSWERS, hint="Annex III of the EU AI Act")
    outside_parties: bool = flag("Customers or a regulator are outside the company")
    only_vendor_understands: bool = flag("Only the vendor understands its behaviour", step="owners")
    understudy: str | None = reference("Internal understudy", "person", step="owners")
    review_by: str = day("Review this map by", ahead=True, step="scorecard", hint="Printed on every export")
    erasures: int | None = whole_number("People erased", scope=Scope.RECORD, step="signoff", final=True)


@row("person", "Person", "People", "room")
class Person(Row):
    """Someone who can hold a duty. Title and function are stored beside the name, never instead of it (K4)."""

    name: str = text("Name")
    title: str = text("Title", suggestions=v.TITLES_THAT_FIT)
    function: str = text("Function", suggestions=v.FUNCTION_NAMES)
    side: str = choice("Inside or vendor", v.SIDES, default="inside")
    contact: str = text("Contact", hint="Mail or phone")
    paging_route: str = text("Paging route", hint="How to reach them at 03:00")
    time_zone: str = zone_name("Time zone")
    away_from: str = day("Away from", scope=Scope.RECORD, hint="The first day away")
    away_to: str = day(
        "Away until", ahead=True, scope=Scope.RECORD, hint="The last day away; empty: until further notice"
    )
    present: bool = flag("In the room", scope=Scope.PRIVATE)


@row(
    "function_contact",
    "Function contact",
    "Function contacts",
    "room",
    title="function",
    fixed_by="function",
    entries=tuple({"function": entry.value} for entry in v.FUNCTIONS),
)
class FunctionContact(Row):
    """The named contact of a function that is a column of the RACI."""

    function: str = choice("Function", v.FUNCTIONS)
    person: str | None = reference("Contact", "person")


@row("sitting", "Sitting", "Sittings", "room", scope=Scope.RECORD, title="on")
class Sitting(Row):
    """One meeting of the workshop."""

    on: str = day("Date")
    people: tuple[str, ...] = references("People present", "person")
    minutes: int | None = whole_number("Minutes spent", maximum=10_000)
    summary: str = prose("What was settled")


@row("workshop", "Workshop", "Workshops", "room", singleton=True, scope=Scope.PRIVATE, title="facilitator")
class Workshop(Row):
    """How the workshop is run; stays in the file."""

    facilitator: str = text("Facilitator")
    short_path: bool = flag("Short workshop: the six questions only")
    notes: str = prose("Notes", limit=20_000)


@row(
    "agenda_item",
    "Agenda item",
    "Agenda",
    "room",
    scope=Scope.PRIVATE,
    title="step",
    fixed_by="step",
    entries=tuple({"step": entry.value, "planned_minutes": 10} for entry in v.STEPS),
)
class AgendaItem(Row):
    """The clock of one step: minutes planned, seconds spent, and the facilitator's notes."""

    step: str = choice("Step", v.STEPS)
    planned_minutes: int | None = whole_number("Planned minutes", maximum=600)
    spent_seconds: int | None = whole_number("Seconds spent", maximum=1_000_000, undoable=False)
    notes: str = prose("Notes")
