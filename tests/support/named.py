"""A project in which one person is named everywhere that a text can stand, in several forms."""

from __future__ import annotations

import re

from app.interchange import Project
from app.model.commit import Revision, Signature
from app.model.fields import Kind, fields_of
from app.model.kinds import ALL
from app.model.owners import OwnerAssignment, SeatAssignment
from app.model.room import Agent, Person
from app.revisions.signoff import sign, withdraw
from tests.support.builder import SEATS, ProjectBuilder, SealingKey

NAME = "Zelda Quillfeather"
CONTACT = "zq@mail.example"
TRACE = re.compile(rb"zelda|quillfeather|zq@mail|777-0777", re.IGNORECASE)
"""What gives her away."""

SAID = "Zelda Quillfeather's word: ZELDA, quillfeather and zq@mail.example, or 777-0777"
TEXTS = (Kind.TEXT, Kind.PROSE, Kind.TEXTS)
OURS = {"agent": ("currency",), "raci_override": ("activity",), "commitment": ("code", "subject")}
OURS |= {"accepted_risk": ("code", "subject"), "dismissed_phrase": ("subject", "field", "phrase")}


def named_everywhere(*, signed: bool = True) -> ProjectBuilder:
    """Every row of every kind; she holds every seat, signed, withdrew, and wrote the steps of the log. Beside her is
    Tom Brandt."""
    builder = ProjectBuilder()
    object.__setattr__(builder.mint, "author", NAME)
    her = builder.person(NAME, contact=CONTACT, paging_route="777-0777", title="Head of Things")
    builder.person("Tom Brandt")
    for row_class in ALL:
        if not row_class.spec.is_fixed and row_class not in (Person, Revision, Signature):
            builder.add(row_class)
    for row in tuple(builder.document):
        declared = fields_of(type(row))
        texts = {n: f for n, f in declared.items() if f.kind in TEXTS and n not in OURS.get(row.spec.kind, ())}
        if isinstance(row, Person):
            texts = {"function": declared["function"]}
        said = SAID if not isinstance(row, Agent) else NAME
        builder.set(
            row,
            **{
                n: (said,) if f.kind is Kind.TEXTS else said if len(said) <= f.limit else NAME for n, f in texts.items()
            },
        )
    for seat in SEATS:
        kind = OwnerAssignment if seat in ("workflow", "system", "exception", "outcome") else SeatAssignment
        builder.fixed(kind, seat, person=her)
    if signed:
        builder.run(sign("design", SEATS[0], NAME, 0, f'{{"catalogue": "1", "findings": ["{SAID}"]}}', "1,1 2,2"))
        builder.run(withdraw(NAME, SAID))
        for seat in SEATS:
            builder.run(sign("design", seat, NAME, 0, '{"catalogue": "1"}', "1,1 2,2", SealingKey()))
    return builder


def named_project(*, signed: bool = True) -> Project:
    return named_everywhere(signed=signed).project()
