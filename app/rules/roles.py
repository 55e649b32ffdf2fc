"""Rules about the five roles: who is called, who answers, and what the vendor may do (domain.md 1.3)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.document import Document
from app.model.owners import OwnerAssignment, RoleAssignment, Rota, VendorCover
from app.model.room import Person
from app.policy.days import in_words
from app.policy.holders import holder
from app.rules.rule import Hit, Rule, is_somebody, rule
from app.rules.severity import WARNS


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
    step="roles",
    question="Who answers for each action?",
    why="The agent does the work; a named person is accountable for it.",
    source="S3",
    weak="The agent decided that.",
    better="Dana Abelard, Agent Product Owner.",
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
    over=VendorCover,
    reads=(Person,),
    timed=True,
)
def vendor_cover_ends(cover: VendorCover, document: Document, today: str) -> Iterator[Hit]:
    deputy = document.get(Person, cover.deputy)
    if not cover.until:
        yield Hit(msg("The vendor's cover has no end."), cover.id, "until")
    elif cover.until < today:
        yield Hit(msg("The vendor's cover ended on {day}.", day=in_words(cover.until)), cover.id, "until")
    elif deputy is None or deputy.side != "inside":
        yield Hit(msg("Nobody inside stands beside the vendor's cover."), cover.id, "deputy")


RULES: tuple[Rule, ...] = (a_first_responder, an_accountable_person, vendor_cover_ends)
