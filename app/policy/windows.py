"""Coverage windows: which of them count, who stands behind each, and when somebody is there in real time
(domain.md 4).

A window is wall-clock time in its own zone. It counts when it names a duty, days, times and somebody: a person, or a
rota with at least one member.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.document import Document, Table
from app.model.exceptions import CoverageWindow
from app.model.ids import instant
from app.model.names import is_erased
from app.model.owners import Rota
from app.model.room import Agent, Person
from app.model.row import with_fields

HOUR = 60
DAY = 24 * HOUR
WEEK = 7 * DAY
"""Minutes."""

MINUTE = timedelta(minutes=1)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = EPOCH.toordinal()
_FIRST_DAY, _LAST_DAY = date.min.isoformat(), date.max.isoformat()

HORIZON = timedelta(weeks=53)
"""How far a question about a real moment looks ahead."""

WEEKDAYS = tuple(str(entry.value) for entry in v.WEEKDAYS)
"""Monday is 0."""


# --- which windows count -----------------------------------------------------------------------------------


def agent_zone(document: Document) -> ZoneInfo:
    """The agent's time zone; UTC until one is chosen."""
    return ZoneInfo(document.only(Agent).time_zone or "UTC")


def day_of(document: Document, moment: datetime) -> str:
    """The day of an aware moment on the agent's clock."""
    return moment.astimezone(agent_zone(document)).date().isoformat()


def day_at(document: Document, as_of: str) -> str:
    """The day of a stored moment on the agent's clock, `2026-11-21`: what "today" means everywhere. A day stays what
    it is."""
    return as_of if len(as_of) == len("2026-11-21") else day_of(document, instant(as_of))


def people_behind(document: Document, holder: str | None) -> frozenset[str]:
    """The ids of the persons behind a holder: the person, or the members of the rota."""
    return staff_of(document).behind(holder)


def windows_for(document: Document, duty: str) -> tuple[CoverageWindow, ...]:
    """The windows of a duty that count, in order, as they are written."""
    return tuple(window for window, _ in _counted(document) if window.duty == duty)


def windows_held(document: Document, duty: str) -> tuple[CoverageWindow, ...]:
    """The windows of a duty that count, without the days on which everybody behind them is away.

    A window that somebody's absence interrupts comes twice: until it, and after it.
    """
    return tuple(window for window, _ in _held(document) if window.duty == duty)


def windows_of(windows: Table, staff: Staff, holder: str, *, as_written: bool = False) -> tuple[CoverageWindow, ...]:
    """The windows of any duty in which a person or rota is there, without the days on which they are away; with
    `as_written` as if nobody were ever away.

    A window counts when whoever stands behind it is the person or belongs to the rota: that a rota is on duty does
    not say which of its members is.
    """
    theirs = staff.behind(holder)
    found = _counted_in(windows, staff) if as_written else _held_in(windows, staff)
    return tuple(window for window, people in found if people <= theirs)


def has_cover(document: Document, duty: str) -> bool:
    """Whether any window that counts is given for the duty."""
    return any(window.duty == duty for window, _ in _counted(document))


class Lack(NamedTuple):
    """Why a window covers nothing, and the field of it that puts it right."""

    reason: Message
    field: str


def lack_of(document: Document, window: CoverageWindow) -> Lack | None:
    """What keeps a window from counting, whatever the day; None where it counts."""
    rota = document.get(Rota, window.holder)
    if not window.duty:
        return Lack(msg("no duty is given"), "duty")
    if rota is not None and not people_behind(document, rota.id):
        return Lack(msg("the rota “{rota}” has no members", rota=rota.name), "holder")
    if not people_behind(document, window.holder):
        return Lack(msg("nobody is named"), "holder")
    return _unfinished(window)


def valid_on(window: CoverageWindow, day: str) -> bool:
    """Whether the dates of validity hold this day."""
    return window.valid_from <= day and (not window.valid_to or day <= window.valid_to)


_Counted = tuple[tuple[CoverageWindow, frozenset[str]], ...]
"""The windows that count, each with the persons behind it."""


def _counted(document: Document) -> _Counted:
    return _counted_in(document.table(CoverageWindow.spec.kind), staff_of(document))


@lru_cache(maxsize=8)
def _counted_in(windows: Table, staff: Staff) -> _Counted:
    """The rules ask the same of the same windows after every edit, so the answer is remembered."""
    found = []
    for window in windows.ordered:
        assert isinstance(window, CoverageWindow)
        people = staff.behind(window.holder)
        if window.duty and people and _unfinished(window) is None:
            found.append((window, people))
    return tuple(found)


def _held(document: Document) -> _Counted:
    return _held_in(document.table(CoverageWindow.spec.kind), staff_of(document))


@lru_cache(maxsize=8)
def _held_in(windows: Table, staff: Staff) -> _Counted:
    found = []
    for window, people in _counted_in(windows, staff):
        absences = [staff.away.get(person) for person in people]
        if None in absences:
            found.append((window, people))
        else:
            first = max(absence.first for absence in absences if absence)
            last = min(absence.last for absence in absences if absence)
            found += [(part, people) for part in _without(window, first, last)]
    return tuple(found)


class _Absence(NamedTuple):
    """The first and the last day away."""

    first: str
    last: str


def _absence(person: Person) -> _Absence | None:
    if not person.away_from and not person.away_to:
        return None
    return _Absence(person.away_from or _FIRST_DAY, person.away_to or _LAST_DAY)


def _without(window: CoverageWindow, first: str, last: str) -> Iterator[CoverageWindow]:
    """The window without the days from the first to the last."""
    if first > last:
        yield window
        return
    if first > max(window.valid_from, _FIRST_DAY):
        yield with_fields(window, {"valid_to": min(window.valid_to or _LAST_DAY, _day_beside(first, -1))})
    if last < (window.valid_to or _LAST_DAY):
        yield with_fields(window, {"valid_from": max(window.valid_from, _day_beside(last, 1))})


def _day_beside(day: str, step: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=step)).isoformat()


def _unfinished(window: CoverageWindow) -> Lack | None:
    if not window.weekdays:
        return Lack(msg("no days are given"), "weekdays")
    if not window.start:
        return Lack(msg("it does not say from when"), "start")
    if not window.end:
        return Lack(msg("it does not say until when"), "end")
    if window.valid_to and window.valid_to < window.valid_from:
        return Lack(msg("it ends before it begins"), "valid_to")
    return None


class Staff:
    """Who there is: the persons, with the days on which they are away, and the rotas, with their members. Whoever was
    erased is not there.

    Documents in which these are the same share one, so that it can key a cache: how somebody is called makes no other
    difference to when somebody is there.
    """

    def __init__(self, away: _Away, rotas: _Members) -> None:
        self.away = dict(away)
        self._behind = {person: frozenset({person}) for person in self.away}
        self._behind.update((rota, frozenset(members)) for rota, members in rotas)

    def behind(self, holder: str | None) -> frozenset[str]:
        """The persons behind a holder."""
        return self._behind.get(holder or "", _NOBODY)


_Away = tuple[tuple[str, _Absence | None], ...]
_Members = tuple[tuple[str, tuple[str, ...]], ...]

_NOBODY: frozenset[str] = frozenset()


def staff_of(document: Document) -> Staff:
    """Who there is in a document."""
    return _staff_in(document.table(Person.spec.kind), document.table(Rota.spec.kind))


@lru_cache(maxsize=8)
def _staff_in(persons: Table, rotas: Table) -> Staff:
    people = [each for each in persons.by_id.values() if isinstance(each, Person) and not is_erased(each.name)]
    there = {each.id for each in people}
    members = (
        (each.id, tuple(member for member in each.members if member in there))
        for each in rotas.by_id.values()
        if isinstance(each, Rota)
    )
    return _staff(tuple((each.id, _absence(each)) for each in people), tuple(members))


@lru_cache(maxsize=8)
def _staff(away: _Away, rotas: _Members) -> Staff:
    return Staff(away, rotas)


# --- when somebody is there --------------------------------------------------------------------------------


class Presence(NamedTuple):
    """One stretch of cover in real time: half-open, in UTC, with the id of the person or rota that holds it."""

    start: datetime
    end: datetime
    holder: str


def zone_of(window: CoverageWindow, agents: ZoneInfo) -> ZoneInfo:
    """The zone of a window: its own, else the agent's."""
    return ZoneInfo(window.zone) if window.zone else agents


def opening(window: CoverageWindow) -> int:
    """Minutes after midnight at which a window opens."""
    return _minute_of_day(window.start)


def length(window: CoverageWindow) -> int:
    """Wall-clock minutes for which a window is open; an end at or before the start is on the next day."""
    minutes = _minute_of_day(window.end) - _minute_of_day(window.start)
    return minutes if minutes > 0 else minutes + DAY


def openings(window: CoverageWindow, agents: ZoneInfo, since: int, until: int) -> Iterator[tuple[int, int]]:
    """When a window opens and closes, in minutes since 1970 (UTC): all that lies in part between the two moments, in
    order; no stretch overlaps another.

    A closure or a date of validity is about the day on which a stretch starts. Where the clock jumps, a wall time
    that happens twice means the first time, for starts and ends alike, so that a hand-over stays without a hole;
    one that does not happen is an hour later, and a stretch that the jump swallows is left out.
    """
    zone = zone_of(window, agents)
    days = {WEEKDAYS.index(weekday) for weekday in window.weekdays}
    closed = {date.fromisoformat(day).toordinal() for day in window.closures}
    opens = opening(window)
    closes = opens + length(window)
    # A stretch may start at 24:00 and last a day, so one that began two days ago may still run; and a day of the
    # window's zone may be the day before or after that of UTC.
    first, last = _EPOCH_DAY + since // DAY - 3, _EPOCH_DAY + until // DAY + 1
    if window.valid_from:
        first = max(first, date.fromisoformat(window.valid_from).toordinal())
    if window.valid_to:
        last = min(last, date.fromisoformat(window.valid_to).toordinal())
    for day in range(first, last + 1):
        if (day - 1) % 7 not in days or day in closed:
            continue
        end = clock_minute(zone, day, closes)
        if end <= since:
            continue
        start = clock_minute(zone, day, opens)
        if start >= until:
            return
        if end > start:
            yield start, end


def closed_stretches(
    document: Document, window: CoverageWindow, first: date, last: date
) -> Iterator[tuple[str, datetime, datetime]]:
    """The day, the start and the end (UTC) of each stretch that a closure from the first to the last day takes away."""
    agents = agent_zone(document)
    closures = [day for day in window.closures if first.isoformat() <= day <= last.isoformat()]
    for day in closures if lack_of(document, window) is None else ():
        begins = minutes_of(datetime.combine(date.fromisoformat(day), time.min, zone_of(window, agents)))
        as_if_open = with_fields(window, {"closures": (), "valid_from": day, "valid_to": day})
        for start, end in openings(as_if_open, agents, begins, begins + 2 * DAY) if valid_on(window, day) else ():
            yield day, EPOCH + start * MINUTE, EPOCH + end * MINUTE


def presences(window: CoverageWindow, agents: ZoneInfo, since: datetime) -> Iterator[Presence]:
    """The stretches of one window that end after `since` (UTC), in order, for 53 weeks."""
    start = minutes_of(since)
    for opens, closes in openings(window, agents, start, start + HORIZON // MINUTE):
        yield Presence(EPOCH + opens * MINUTE, EPOCH + closes * MINUTE, str(window.holder))


def minutes_of(instant: datetime) -> int:
    """Whole minutes since 1970 (UTC)."""
    return (instant - EPOCH) // MINUTE


def clock_minute(zone: ZoneInfo, day: int, minute: int) -> int:
    """When a clock in this zone shows a minute of a day (its ordinal), in minutes since 1970 (UTC).

    Asking the zone is slow, and its clock changes twice a year: on all other days the distance at midnight will do.
    """
    day, minute = day + minute // DAY, minute % DAY
    distance = _at_midnight(zone, day)
    if distance == _at_midnight(zone, day + 1):
        return (day - _EPOCH_DAY) * DAY + minute - distance
    wall = datetime.combine(date.fromordinal(day), time.min, zone) + minute * MINUTE
    return minutes_of(wall.astimezone(UTC))


@lru_cache(maxsize=16_384)
def _at_midnight(zone: ZoneInfo, day: int) -> int:
    """The distance of a zone from UTC as a day (its ordinal) begins there, in minutes."""
    return (datetime.combine(date.fromordinal(day), time.min, zone).utcoffset() or timedelta()) // MINUTE


def _minute_of_day(clock: str) -> int:
    return int(clock[:2]) * HOUR + int(clock[3:])
