"""Who holds which seat in what a revision kept: the only people whose signatures count for it (product.md "Sign-off").

A revision keeps its decisions as canonical text. Seats are read straight from that text, so that nothing that happened
to the project since, such as another holder or another name, has a say in who was to sign.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.messages import Message, Param, msg, words
from app.model import vocabulary as v
from app.model.commit import Revision, Signature
from app.model.owners import OwnerAssignment, SeatAssignment
from app.model.room import Agent, Person


@dataclass(frozen=True, slots=True)
class Seats:
    """The stage that a revision kept, and by seat the id and the name of whoever holds it there."""

    stage: str
    holders: Mapping[str, tuple[str, str]]


NOBODY = Seats("", {})
"""What content stands for that nobody can read, as after a hand has been in the file: every seat is needed, and
nobody holds one."""


def seats_of(revision: Revision) -> Seats:
    """The seats in what a revision kept; NOBODY where that cannot be read."""
    return _seats_in(revision.content)


def seat_fault(revision: Revision, signature: Signature) -> Message | None:
    """Why a signature does not count for its seat in a revision: the content says that another person holds it. None
    where it counts.

    Signatures of file versions 1 and 2 name no signer: theirs is told by the name alone.
    """
    held = seats_of(revision).holders.get(signature.seat)
    told: dict[str, Param] = {
        "seat": seat_called(signature.seat),
        "name": signature.name,
        "number": revision.number or 0,
    }
    if held is None:
        return msg("{name} signed the seat “{seat}”, which nobody holds in revision {number}.", **told)
    person, name = held
    if signature.name == name and signature.signer in (person, ""):
        return None
    said = "The seat “{seat}” is held by {holder} in revision {number}, and the signature is that of {name}."
    if signature.name == name:
        said = "The seat “{seat}” is held by {holder} in revision {number}, and somebody else of that name signed it."
    return msg(said, holder=name, **told)


def seat_called(seat: str) -> str:
    """A seat in words, as the sign-off lists it."""
    return next((words(entry.label) for entry in v.SEATS if entry.value == seat), seat)


@lru_cache(maxsize=8)
def _seats_in(content: str) -> Seats:
    # Kept: reading a large revision takes 10 ms, and the rules ask after each edit.
    try:
        kept: dict[str, list[dict[str, Any]]] = json.loads(content)
        names = {row["id"]: str(row.get("name", "")) for row in kept.get(Person.spec.kind, ())}
        assigned = [(row.get("type"), row.get("person")) for row in kept.get(OwnerAssignment.spec.kind, ())]
        assigned += [(row.get("seat"), row.get("person")) for row in kept.get(SeatAssignment.spec.kind, ())]
        holders = {str(seat): (str(person), names[person]) for seat, person in assigned if person in names}
        return Seats(str(kept[Agent.spec.kind][0].get("stage", "")), holders)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return NOBODY
