"""Whether an accepted risk counts: somebody inside accepts it, with a reason, for a year at most (domain.md 1.13).

A year is our own number: who accepts a risk for longer has got used to it.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from app.messages import Message, msg
from app.model.commit import AcceptedRisk
from app.model.document import Document
from app.model.names import is_erased
from app.model.room import Person
from app.policy.days import in_words


class Lack(NamedTuple):
    """Why an acceptance does not count, and the field that puts it right."""

    why: Message
    field: str


def stands(document: Document, risk: AcceptedRisk, today: str) -> bool:
    """Whether a risk is accepted on a day, `2026-11-21`."""
    return risk.expiry >= today and lack_of(document, risk, today) is None


def lack_of(document: Document, risk: AcceptedRisk, today: str) -> Lack | None:
    """What an acceptance lacks on a day, whether or not it has run out; None where it has it all."""
    person = document.get(Person, risk.who)
    if person is None:
        return Lack(msg("nobody is named who accepts it"), "who")
    if is_erased(person.name):
        return Lack(msg("“{name}” was erased; somebody else has to be named who accepts it", name=person.name), "who")
    if person.side != "inside":
        return Lack(msg("{name} is not from inside the company", name=person.name), "who")
    if not risk.why.strip():
        return Lack(msg("no reason is given"), "why")
    if not risk.expiry:
        return Lack(msg("no day is given until which it holds"), "expiry")
    if risk.expiry > last_day(today):
        return Lack(msg("{day} is more than a year ahead", day=in_words(risk.expiry)), "expiry")
    return None


def last_day(today: str) -> str:
    """The last day until which something can be accepted on a day: the same day a year later."""
    day = date.fromisoformat(today)
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day).isoformat()
