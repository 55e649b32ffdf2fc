"""Rules about who will be away: what has nobody in those days, told before they come (domain.md 0.12, 4; 33, 99)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.changes import RowChange
from app.model.document import Document, targets_of
from app.model.exceptions import CoverageWindow
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Agent, Person
from app.model.row import with_fields
from app.policy.absence import away, is_over
from app.policy.coverage import agent_zone, duration, gaps_between, people_behind
from app.policy.days import in_words
from app.policy.windows import MINUTE, windows_for
from app.rules.rule import Hit, Rule, part, rule
from app.rules.severity import WARNS

SOON = timedelta(days=30)
"""An absence that begins within this time is told of."""

AHEAD = timedelta(weeks=8)
"""How far an absence is looked at that has no end, or a far one."""

AWAY = part(Person, "name", "away_from", "away_to")


class Days(NamedTuple):
    """The first and the last day of an absence that are looked at."""

    first: date
    last: date


@rule(
    "COV-13",
    99,
    33,
    step="exceptions",
    question="Who is there while they are away?",
    why="A leave is known weeks before; the hole that it leaves in the hours shows on its first morning.",
    source="S2",
    weak="He is back after Christmas.",
    better="Dana Abelard has his hours from 1 to 14 December.",
    marks=WARNS,
    reads=(part(Agent, "time_zone"), CoverageWindow, AWAY, part(Rota, "members")),
    timed=True,
)
def hours_are_covered_while_somebody_is_away(document: Document, today: str) -> Iterator[Hit]:
    absent = {person.id: days for person in document.rows(Person) if (days := _near(person, today))}
    if not absent:
        return
    zone = agent_zone(document)
    absentees = [person for person in document.rows(Person) if person.id in absent]
    present = document.applying(
        RowChange(person, with_fields(person, {"away_from": "", "away_to": ""})) for person in absentees
    )
    for duty in v.DUTIES:
        windows = windows_for(document, str(duty.value))
        theirs = [window for window in windows if people_behind(document, window.holder) & absent.keys()]
        missed = frozenset().union(*(people_behind(document, window.holder) for window in theirs)) & absent.keys()
        if not missed:
            continue
        first, last = min(absent[one].first for one in missed), max(absent[one].last for one in missed)
        start, end = (datetime.combine(day, time.min, zone).astimezone(UTC) for day in (first, last + timedelta(1)))
        holes = [
            sum((b - a) // MINUTE for a, b in gaps_between(each, str(duty.value), start, end))
            for each in (document, present)
        ]
        if holes[0] > holes[1]:
            yield Hit(
                msg(
                    "Away: {names}. “{duty}” has nobody for {now_hours} between {now_first} and {now_last}.",
                    names=_leaves(document, missed),
                    duty=msg(duty.label),
                    now_hours=duration(holes[0] - holes[1]),
                    now_first=in_words(first.isoformat()),
                    now_last=in_words(last.isoformat()),
                ),
                theirs[0].id,
                "holder",
            )


@rule(
    "COV-14",
    33,
    step="owners",
    question="Who stands in while they are away?",
    why="A deputy who is away in the same weeks, or was never named, is found out on the first day of the leave.",
    source="S2",
    weak="We will see.",
    better="Marc Oyelaran stands in for Dana Abelard from 1 to 14 December.",
    marks=WARNS,
    reads=(OwnerAssignment, RoleAssignment, AWAY, part(Rota, "members")),
    timed=True,
)
def somebody_stands_in_for_whoever_will_be_away(document: Document, today: str) -> Iterator[Hit]:
    """An absence that has begun is told where the RACI asks who answers."""
    parts: tuple[OwnerAssignment | RoleAssignment, ...] = (
        *document.rows(OwnerAssignment),
        *document.rows(RoleAssignment),
    )
    for row in parts:
        person = document.get(Person, row.person)
        days = _near(person, today) if person is not None and person.away_from > today else None
        if person is None or days is None:
            continue
        beside = {*targets_of(row, "deputy"), *(targets_of(row, "rota") if isinstance(row, RoleAssignment) else ())}
        others = frozenset().union(*(people_behind(document, one) for one in beside)) - {person.id}
        alone = [day for day in _each(days) if others <= away(document, day.isoformat())]
        if alone:
            yield Hit(
                msg(
                    "{name}, {part}, is away from {first} to {last}, and nobody who is there stands in.",
                    name=person.name,
                    part=msg(row.called()),
                    first=in_words(alone[0].isoformat()),
                    last=in_words(alone[-1].isoformat()),
                ),
                row.id,
                "deputy",
            )


def _leaves(document: Document, people: Iterable[str]) -> Message:
    """The names of people who are away, by id, in the order of the room, each with when."""
    wanted = frozenset(people)
    first, *others = (_leave(person) for person in document.rows(Person) if person.id in wanted)
    said = first
    for other in others:
        said = msg("{said}, {next}", said=said, next=other)
    return said


def _leave(person: Person) -> Message:
    if not person.away_to:
        return msg("{name} (from {first} on)", name=person.name, first=in_words(person.away_from))
    if not person.away_from:
        return msg("{name} (until {last})", name=person.name, last=in_words(person.away_to))
    first, last = in_words(person.away_from), in_words(person.away_to)
    return msg("{name} ({first} to {last})", name=person.name, first=first, last=last)


def _near(person: Person, today: str) -> Days | None:
    """The days of an absence that has begun, or begins soon; None where there is none."""
    now = date.fromisoformat(today)
    if not (person.away_from or person.away_to) or is_over(person, today):
        return None
    first = max(date.fromisoformat(person.away_from), now) if person.away_from else now
    last = min(date.fromisoformat(person.away_to), first + AHEAD) if person.away_to else first + AHEAD
    return Days(first, last) if first <= now + SOON and first <= last else None


def _each(days: Days) -> Iterator[date]:
    return (days.first + timedelta(number) for number in range((days.last - days.first).days + 1))


RULES: tuple[Rule, ...] = (hours_are_covered_while_somebody_is_away, somebody_stands_in_for_whoever_will_be_away)
