"""Rules about who holds the five roles: who is called, who answers, and what the vendor may do (domain.md 1.3).

What each role needs to do its part is in app.rules.duties.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.document import Document
from app.model.owners import OwnerAssignment, RoleAssignment, Rota, VendorCover
from app.model.room import Person
from app.model.scorecard import Metric
from app.policy.days import in_words
from app.policy.deputies import no_deputy, without_deputy
from app.policy.holders import holder
from app.policy.metrics import UPTIME, family_of
from app.policy.named import named_person
from app.rules.owners import DEPUTIES
from app.rules.rule import Hit, Reads, Rule, is_somebody, part, rule
from app.rules.severity import ADVISES, WARNS

PRODUCT_OWNER: Reads = (
    part(OwnerAssignment, "person", "stand_in"),
    part(RoleAssignment, "person", "rota"),
    part(Rota, "name"),
    part(Person, "name", "side"),
)
"""What decides who the Agent Product Owner is: the role, or the workflow owner (K3)."""


@rule(
    "ROL-01",
    53,
    step="roles",
    question="Who is called first when it fails?",
    why="Before it runs, somebody must be the one who picks up.",
    source="S3",
    weak="Whoever built it.",
    better="Platform on call, four people in turn.",
    reads=(RoleAssignment, Rota, Person),
)
def a_first_responder(document: Document, today: str) -> Iterator[Hit]:
    role = document.fixed(RoleAssignment, "reliability_engineer")
    if not is_somebody(document, role.rota) and not is_somebody(document, role.person):
        yield Hit(msg("Nobody responds first: the Agent Reliability Engineer is not named."), role.id, "person")


@rule(
    "ROL-02",
    53,
    55,
    107,
    step="roles",
    question="Who answers for each action?",
    why="The agent does the work; a named person is accountable for it.",
    source="S3",
    weak="The agent decided that.",
    better="Dana Abelard, Agent Product Owner.",
    reconciles=(13,),
    reads=(RoleAssignment, OwnerAssignment, Rota, Person),
)
def an_accountable_person(document: Document, today: str) -> Iterator[Hit]:
    accountable = holder(document, "APO")
    if accountable.person is None:
        yield Hit(msg("Nobody is accountable: no Agent Product Owner, no workflow owner."), accountable.row, "person")


@rule(
    "ROL-03",
    32,
    step="roles",
    question="Until when does the vendor help, and who is beside them?",
    why="Help without an end becomes ownership that nobody decided on.",
    source="S1",
    weak="The vendor is helping during the pilot.",
    better="Until 31 January; Lea Wirth works beside them.",
    marks=WARNS,
    reconciles=(14,),
    over=VendorCover,
    reads=(Person,),
    timed=True,
)
def vendor_cover_ends(cover: VendorCover, document: Document, today: str) -> Iterator[Hit]:
    deputy = named_person(document, cover.deputy)
    if not cover.until:
        yield Hit(msg("The vendor's cover has no end."), cover.id, "until")
    elif cover.until < today:
        yield Hit(msg("The vendor's cover ended on {day}.", day=in_words(cover.until)), cover.id, "until")
    elif deputy is None or deputy.side != "inside":
        yield Hit(msg("Nobody inside stands beside the vendor's cover."), cover.id, "deputy")


@rule(
    "ROL-10",
    54,
    step="roles",
    question="Who of your own people could do it?",
    why="The five are duties for people who are there already; borrowed ones leave with what they have learnt.",
    source="S3",
    weak="A contractor will run it.",
    better="Priya Menon, beside her other services; the contractor helps until January.",
    marks=ADVISES,
    over=RoleAssignment,
    reads=(part(Person, "name", "side"),),
)
def roles_are_held_from_inside(role: RoleAssignment, document: Document, today: str) -> Iterator[Hit]:
    person = document.get(Person, role.person)
    if person is not None and person.side != "inside":
        yield Hit(
            msg("{role}: {name} is not from inside the company.", role=msg(role.called()), name=person.name),
            role.id,
            "person",
        )


@rule(
    "ROL-11",
    56,
    step="roles",
    question="Does the Agent Product Owner look at outcomes, or at uptime?",
    why="Whoever answers for what it does should not be measured by whether it is up.",
    source="S0",
    weak="The product owner also runs the platform.",
    better="Dana Abelard owns intervention and reopen rate; Jun Kowalczyk owns uptime.",
    marks=ADVISES,
    reads=(*PRODUCT_OWNER, part(Metric, "name", "owner", "family")),
)
def the_product_owner_minds_outcomes(document: Document, today: str) -> Iterator[Hit]:
    accountable = holder(document, "APO")
    system = document.fixed(OwnerAssignment, "system")
    if accountable.person is None:
        return
    if accountable.person == system.person:
        detail = msg("{name} is Agent Product Owner and system owner.", name=accountable.name)
        yield Hit(detail, system.id, "person")
        return
    owned = [metric for metric in document.rows(Metric) if metric.owner == accountable.person]
    if owned and all(family_of(metric) == UPTIME for metric in owned):
        detail = msg("{name}, Agent Product Owner, owns metrics about uptime only.", name=accountable.name)
        yield Hit(detail, owned[0].id, "owner")


@rule(
    "ROL-12",
    48,
    step="roles",
    question="Who decides what, when two people lead?",
    why="Workflow owner and Agent Product Owner are one person unless you say otherwise; two need a line between them.",
    source="S1 S3",
    weak="They agree among themselves.",
    better="Dana Abelard: boundary and risk. Priya Menon: guardrails and modes. Rosa Steiner: expand, narrow or stop.",
    marks=ADVISES,
    reconciles=(3,),
    reads=PRODUCT_OWNER,
)
def two_leads_share_by_a_line(document: Document, today: str) -> Iterator[Hit]:
    lead, product = holder(document, "WO"), holder(document, "APO")
    if lead.person is None or product.person is None or lead.person == product.person:
        return
    outcome = holder(document, "OO")
    yield Hit(
        msg(
            "{lead} decides on boundary and risk appetite, {product} on guardrails and modes, {outcome} whether to "
            "expand, narrow or stop.",
            lead=lead.name,
            product=product.name,
            outcome=outcome.name if outcome.filled else msg("the outcome owner"),
        ),
        product.row,
        "person",
    )


@rule(
    "ROL-13",
    32,
    step="roles",
    question="Who inside answers for what the vendor does meanwhile?",
    why="A vendor may do the work for a time; the answer for it has to stay in the house.",
    source="S1",
    weak="The vendor runs evaluation for now.",
    better="Lea Wirth answers for evaluation; the vendor writes test cases until 31 January.",
    marks=WARNS,
    reconciles=(14,),
    over=RoleAssignment,
    reads=(part(VendorCover, "role"), *PRODUCT_OWNER),
)
def vendor_cover_has_an_inside_owner(role: RoleAssignment, document: Document, today: str) -> Iterator[Hit]:
    if not any(cover.role == role.role for cover in document.rows(VendorCover)):
        return
    person = named_person(document, role.person)
    column = holder(document, "APO") if role.role == "product_owner" else None
    inside = not column.external and column.filled if column else person is not None and person.side == "inside"
    if not inside and not is_somebody(document, role.rota):
        yield Hit(
            msg("The vendor helps as {role}, and nobody inside holds that role.", role=msg(role.called())),
            role.id,
            "person",
        )


@rule(
    "ROL-16",
    33,
    step="roles",
    question="Who takes over the role when they are away or leave?",
    why="A role on holiday is a page, a test or an approval that nobody answers.",
    source="S2",
    weak="Lea is never away for long.",
    better="Theo Maurer stands in for Lea Wirth as Evaluation Engineer.",
    marks=WARNS,
    reads=DEPUTIES,
)
def every_role_has_a_deputy(document: Document, today: str) -> Iterator[Hit]:
    """Each person once; whoever is an owner without a deputy besides is OWN-11."""
    for parts in without_deputy(document).values():
        if isinstance(parts[0], RoleAssignment):
            yield Hit(no_deputy(document, parts), parts[0].id, "deputy")


RULES: tuple[Rule, ...] = (
    a_first_responder,
    an_accountable_person,
    vendor_cover_ends,
    roles_are_held_from_inside,
    the_product_owner_minds_outcomes,
    two_leads_share_by_a_line,
    vendor_cover_has_an_inside_owner,
    every_role_has_a_deputy,
)
