"""Who is there, and when: coverage windows as a nominal week and as real hours (domain.md 4).

A window is wall-clock time in its own zone. The nominal week lays all windows over one ordinary week in the
agent's zone: 168 hours, no closures, no change of clocks; it is for the picture and for worst cases. A question
about a real moment is answered in UTC, where an hour is always an hour, with closures and dates of validity.

A window counts when it names days, times and somebody: a person, or a rota with at least one member.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.owners import Rota
from app.model.room import Agent, Person

HOUR = 60
DAY = 24 * HOUR
WEEK = 7 * DAY
NOBODY = -1

REFERENCE = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""The nominal week takes the distance between two time zones from here: an ordinary day, no zone about to change."""

HORIZON = timedelta(weeks=53)
"""How far a question about a real moment looks ahead."""

_WEEKDAYS = tuple(str(entry.value) for entry in v.WEEKDAYS)
_MINUTE = timedelta(minutes=1)


# --- the nominal week --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Week:
    """The nominal week of one duty, in minutes from Monday 00:00 in the agent's zone.

    `spans` are the covered stretches, half-open, in order, none touching the next; one that runs over Sunday
    midnight is cut there. `single` counts the minutes for which one person alone stands behind the cover (a rota
    counts as its members), `people` everybody who covers anything. `hours[weekday][hour]` is an index into
    `holders` (their names), or -1 where nobody covers at least half of that hour.
    """

    duty: str
    spans: tuple[tuple[int, int], ...]
    single: int
    people: int
    holders: tuple[str, ...]
    hours: tuple[tuple[int, ...], ...]

    @property
    def covered(self) -> int:
        """Covered minutes."""
        return sum(end - start for start, end in self.spans)

    @property
    def uncovered(self) -> int:
        """Minutes that nobody covers; "168 hours less the covered ones"."""
        return WEEK - self.covered

    @property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """(first minute, length) of every uncovered stretch; Sunday joins Monday, so the last may run over the end."""
        if not self.spans:
            return ((0, WEEK),)
        following = [start for start, _ in self.spans[1:]] + [self.spans[0][0] + WEEK]
        lengths = zip(self.spans, following, strict=True)
        return tuple((end % WEEK, start - end) for (_, end), start in lengths if start > end)

    @property
    def longest_gap(self) -> int:
        """The longest uncovered stretch, in minutes."""
        return max((length for _, length in self.gaps), default=0)


def nominal(document: Document, duty: str, on: str = "") -> Week:
    """The nominal week of a duty (domain.md 4, "Nominal week").

    With a day, such as 2026-11-21, only the windows that are valid on it; without one, all.
    """
    windows = tuple(window for window in _windows(document, duty) if not on or _valid(window, on))
    order = {holder: index for index, holder in enumerate(dict.fromkeys(str(window.holder) for window in windows))}
    crowd = {index: people_behind(document, holder) for holder, index in order.items()}
    spans: list[tuple[int, int]] = []
    minutes: list[Counter[int]] = [Counter() for _ in range(WEEK // HOUR)]
    single = 0
    for start, end, there in _segments(windows, agent_zone(document), order):
        if len(set().union(*(crowd[index] for index in there))) == 1:
            single += end - start
        minutes[start // HOUR][there[0]] += end - start
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    shown = [_shown(hour) for hour in minutes]
    return Week(
        duty=duty,
        spans=tuple(spans),
        single=single,
        people=len(set().union(*crowd.values())),
        holders=tuple(document.called(holder) for holder in order),
        hours=tuple(tuple(shown[first : first + 24]) for first in range(0, len(shown), 24)),
    )


def response(week: Week, minute: int, target: int) -> int | None:
    """Minutes from `minute` until `target` covered minutes have gone by; None when the week has no cover.

    A target of 0 asks for the moment at which somebody is there. A long target may take more than a week.
    """
    if not week.covered:
        return None
    rounds = max(target - 1, 0) // week.covered
    left = target - rounds * week.covered
    turn = rounds * WEEK
    while True:
        for start, end in week.spans:
            begin = max(start + turn, minute + rounds * WEEK)
            length = end + turn - begin
            if length <= 0:
                continue
            if length >= left:
                return begin + left - minute
            left -= length
        turn += WEEK


def first_human(week: Week, minute: int) -> int | None:
    """Minutes from `minute` until somebody is there: 0 when covered, None when the week has no cover."""
    return response(week, minute, 0)


def worst(week: Week, target: int) -> int | None:
    """The longest `response` from any of the 10,080 minutes.

    Starting a minute later never shortens a response that starts under cover, and shortens one that starts in a gap
    by that minute; so the worst start is the first minute after some stretch of cover.
    """
    waits = [response(week, end % WEEK, target) for _, end in week.spans]
    return max((wait for wait in waits if wait is not None), default=None)


# --- real moments ------------------------------------------------------------------------------------------


class Presence(NamedTuple):
    """One stretch of cover in real time: half-open, in UTC, with the id of the person or rota that holds it."""

    start: datetime
    end: datetime
    holder: str


def covered_at(document: Document, duty: str, instant: datetime) -> str | None:
    """The id of the person or rota that covers the duty at this moment; the first listed where several do."""
    start = instant.astimezone(UTC)
    found = first_human_at(document, duty, start)
    return found[1] if found is not None and found[0] == start else None


def first_human_at(document: Document, duty: str, instant: datetime) -> tuple[datetime, str] | None:
    """When, from this moment on, somebody covers the duty first (UTC), and who; None within 53 weeks."""
    return _first_human_at(_windows(document, duty), agent_zone(document), instant.astimezone(UTC))


def windows_of(document: Document, holder: str) -> tuple[CoverageWindow, ...]:
    """The windows of any duty in which a person or rota is there.

    A window counts when whoever stands behind it is the person or belongs to the rota: that a rota is on duty does
    not say which of its members is.
    """
    theirs = people_behind(document, holder)
    return tuple(
        window
        for window in document.rows(CoverageWindow)
        if window.duty and _counts(document, window) and people_behind(document, window.holder) <= theirs
    )


def first_within(windows: tuple[CoverageWindow, ...], agents: ZoneInfo, instant: datetime) -> datetime | None:
    """When, from this moment on, somebody is there in any of these windows first (UTC); None within 53 weeks.

    A window without a zone is in the agent's.
    """
    found = _first_human_at(windows, agents, instant.astimezone(UTC))
    return found[0] if found is not None else None


def respond_by(document: Document, duty: str, instant: datetime, minutes: int) -> datetime | None:
    """When, from this moment on, `minutes` covered minutes have gone by (UTC); None when 53 weeks do not hold them."""
    return _respond_by(_windows(document, duty), agent_zone(document), instant.astimezone(UTC), minutes)


def gaps_between(
    document: Document, duty: str, start: datetime, end: datetime
) -> tuple[tuple[datetime, datetime], ...]:
    """Every stretch (UTC) from `start` to `end`, at most 53 weeks, in which nobody covers the duty."""
    reached, close = start.astimezone(UTC), end.astimezone(UTC)
    gaps = []
    for begin, finish in _stretches(_windows(document, duty), agent_zone(document), reached):
        if begin >= close:
            break
        if begin > reached:
            gaps.append((reached, begin))
        reached = finish
    if reached < close:
        gaps.append((reached, close))
    return tuple(gaps)


# --- words and small facts ---------------------------------------------------------------------------------


def agent_zone(document: Document) -> ZoneInfo:
    """The agent's time zone; UTC until one is chosen."""
    return ZoneInfo(document.only(Agent).time_zone or "UTC")


def has_cover(document: Document, duty: str) -> bool:
    """Whether any window that counts is given for the duty."""
    return bool(_windows(document, duty))


def people_behind(document: Document, holder: str | None) -> frozenset[str]:
    """The ids of the persons behind a holder: the person, or the members of the rota."""
    rota = document.get(Rota, holder)
    if rota is not None:
        return frozenset(rota.members)
    return frozenset({holder} if holder is not None and document.get(Person, holder) else ())


def duration(minutes: int) -> Message:
    """A length of time in words: "45 min", "64 h", "64 h 30"."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return msg("{minutes} min", minutes=rest)
    if not rest:
        return msg("{hours} h", hours=hours)
    return msg("{hours} h {minutes}", hours=hours, minutes=f"{rest:02d}")


# --- how windows are laid out ------------------------------------------------------------------------------


def _windows(document: Document, duty: str) -> tuple[CoverageWindow, ...]:
    """The windows of a duty that count, in order."""
    return tuple(
        window for window in document.rows(CoverageWindow) if window.duty == duty and _counts(document, window)
    )


def _counts(document: Document, window: CoverageWindow) -> bool:
    return bool(window.weekdays and window.start and window.end and people_behind(document, window.holder))


def _minute_of_day(clock: str) -> int:
    return int(clock[:2]) * HOUR + int(clock[3:])


def _length(start: str, end: str) -> int:
    """Wall-clock minutes; an end at or before the start is on the next day."""
    length = _minute_of_day(end) - _minute_of_day(start)
    return length if length > 0 else length + DAY


@lru_cache(maxsize=1024)
def _hours(weekdays: tuple[str, ...], start: str, end: str) -> tuple[frozenset[int], timedelta, timedelta]:
    """The hours of a window, read once: its weekdays (Monday is 0), when it opens, and for how long."""
    days = frozenset(_WEEKDAYS.index(weekday) for weekday in weekdays)
    return days, _minute_of_day(start) * _MINUTE, _length(start, end) * _MINUTE


def _zone(window: CoverageWindow, agents: ZoneInfo) -> ZoneInfo:
    """The zone of a window: its own, else the agent's."""
    return ZoneInfo(window.zone) if window.zone else agents


def _segments(
    windows: Iterable[CoverageWindow], agents: ZoneInfo, order: dict[str, int]
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """(start, end, who is there) for each covered piece of the nominal week; no piece crosses a full hour."""
    changes: dict[int, Counter[int]] = {minute: Counter() for minute in range(0, WEEK + 1, HOUR)}
    ours = REFERENCE.astimezone(agents).utcoffset() or timedelta()
    for window in windows:
        theirs = REFERENCE.astimezone(_zone(window, agents)).utcoffset() or timedelta()
        for weekday in window.weekdays:
            local = _WEEKDAYS.index(weekday) * DAY + _minute_of_day(window.start)
            start = (local + (ours - theirs) // _MINUTE) % WEEK
            for begin, end in _within_week(start, start + _length(window.start, window.end)):
                changes.setdefault(begin, Counter())[order[str(window.holder)]] += 1
                changes.setdefault(end, Counter())[order[str(window.holder)]] -= 1
    there: Counter[int] = Counter()
    for start, end in pairwise(sorted(changes)):
        there.update(changes[start])
        present = tuple(sorted(index for index, times in there.items() if times))
        if present:
            yield start, end, present


def _within_week(start: int, end: int) -> tuple[tuple[int, int], ...]:
    return ((start, end),) if end <= WEEK else ((start, WEEK), (0, end - WEEK))


def _shown(hour: Counter[int]) -> int:
    """Who stands for an hour: whoever is there longest, nobody where less than half of it is covered."""
    if hour.total() < HOUR // 2:
        return NOBODY
    return max(sorted(hour), key=lambda index: hour[index])


def _presences(window: CoverageWindow, agents: ZoneInfo, since: datetime) -> Iterator[Presence]:
    """The stretches of one window that end after `since` (UTC), in order, for 53 weeks.

    A closure or a date of validity is about the day on which a stretch starts. Where the clock jumps, a wall time
    that happens twice means the first time, for starts and ends alike, so that a hand-over stays without a hole;
    one that does not happen is an hour later, and a stretch that the jump swallows is left out.
    """
    zone = _zone(window, agents)
    days, opening, length = _hours(window.weekdays, window.start, window.end)
    closed = set(window.closures)
    # A stretch may start at 24:00 and last a day, so one that began two days ago may still run.
    first = since.astimezone(zone).date() - timedelta(days=2)
    for number in range(first.toordinal(), first.toordinal() + 3 + HORIZON.days):
        if (number - 1) % 7 not in days:
            continue
        day = date.fromordinal(number)
        written = day.isoformat()
        if written in closed or not _valid(window, written):
            continue
        wall = datetime.combine(day, time.min) + opening
        end = (wall + length).replace(tzinfo=zone).astimezone(UTC)
        if end <= since:
            continue
        start = wall.replace(tzinfo=zone).astimezone(UTC)
        if end > start:
            yield Presence(start, end, str(window.holder))


def _valid(window: CoverageWindow, day: str) -> bool:
    return window.valid_from <= day and (not window.valid_to or day <= window.valid_to)


def _stretches(
    windows: Iterable[CoverageWindow], agents: ZoneInfo, since: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Covered time from `since` (UTC) on, without overlaps, in order."""
    reached = since
    presences = [_presences(window, agents, since) for window in windows]
    for start, end, _ in heapq.merge(*presences, key=attrgetter("start")):
        if end > reached:
            yield max(start, reached), end
            reached = end


# The rules ask the same of the same windows after every edit, so the answers are remembered: they follow from the
# windows, the agent's zone and the moment alone.


@lru_cache(maxsize=256)
def _first_human_at(
    windows: tuple[CoverageWindow, ...], agents: ZoneInfo, start: datetime
) -> tuple[datetime, str] | None:
    coming = [
        (max(found.start, start), found.holder)
        for window in windows
        if (found := next(_presences(window, agents, start), None)) is not None
    ]
    return min(coming, key=lambda moment_and_holder: moment_and_holder[0], default=None)


@lru_cache(maxsize=256)
def _respond_by(
    windows: tuple[CoverageWindow, ...], agents: ZoneInfo, start: datetime, minutes: int
) -> datetime | None:
    left = minutes * _MINUTE
    for begin, end in _stretches(windows, agents, start):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None
