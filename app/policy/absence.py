"""Who is away on a day (domain.md 0.12: a vacancy is an event of the operating record)."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.document import Document
from app.model.room import Person


def is_away(person: Person, day: str) -> bool:
    """Whether somebody is away on a day, `2026-11-21`: the first and the last day away are days away.

    Without a first day the absence has begun; without a last day it lasts until further notice.
    """
    return bool(person.away_from or person.away_to) and person.away_from <= day and not is_over(person, day)


def is_over(person: Person, day: str) -> bool:
    """Whether the last day away has gone by."""
    return bool(person.away_to) and person.away_to < day


def away(document: Document, day: str) -> frozenset[str]:
    """The ids of everybody who is away on a day."""
    return frozenset(person.id for person in document.rows(Person) if is_away(person, day))


def names(document: Document, people: Iterable[str]) -> str:
    """The names of people, by id, in the order of the room."""
    wanted = set(people)
    return ", ".join(person.name for person in document.rows(Person) if person.id in wanted)
