"""Who is there, and when: coverage windows as a nominal week and as real hours (domain.md 4).

A window is wall-clock time in its own zone. The nominal week lays all windows over one ordinary week in the
agent's zone: 168 hours, no closures, no change of clocks; it is for the picture and for worst cases. A question
about a real moment is answered in UTC, where an hour is always an hour, with closures, dates of validity and the
days on which people are away; whole real weeks are in app.policy.year.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from zoneinfo import ZoneInfo

from app.messages import Message, msg
from app.model.document import Document, Table
from app.model.exceptions import CoverageWindow
from app.policy.windows import (
    DAY,
    HORIZON,
    HOUR,
    MINUTE,
    WEEK,
    WEEKDAYS,
    Staff,
    agent_zone,
    has_cover,
    length,
    opening,
    people_behind,
    presences,
    staff_of,
    valid_on,
    windows_for,
    windows_held,
    windows_of,
    zone_of,
)

__all__ = [
    "HORIZON",
    "HOUR",
    "NOBODY",
    "WEEK",
    "Hours",
    "Week",
    "agent_zone",
    "covered_at",
    "duration",
    "first_human",
    "first_human_at",
    "gaps_between",
    "has_cover",
    "hours_of",
    "nominal",
    "nominal_spans",
    "people_behind",
    "respond_by",
    "respond_within",
    "response",
    "worst",
]

NOBODY = -1

REMEMBERED = 20_000
"""Answers about single holders that are remembered, while windows and staff are the same."""

REFERENCE = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""The nominal week takes the distance between two time zones from here: an ordinary day, no zone about to change."""


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
    windows = tuple(window for window in windows_for(document, duty) if not on or valid_on(window, on))
    holders = tuple(dict.fromkeys(str(window.holder) for window in windows))
    names = tuple(document.called(holder) for holder in holders)
    crowds = tuple(people_behind(document, holder) for holder in holders)
    return replace(_nominal(duty, windows, agent_zone(document), holders, crowds), holders=names)


@lru_cache(maxsize=64)
def _nominal(
    duty: str,
    windows: tuple[CoverageWindow, ...],
    agents: ZoneInfo,
    holders: tuple[str, ...],
    crowds: tuple[frozenset[str], ...],
) -> Week:
    """The week with the ids of its holders. Remembered like the real moments: pages, rules and the drill ask for the
    same week after every edit, whatever anybody is called."""
    order = {holder: index for index, holder in enumerate(holders)}
    spans: list[tuple[int, int]] = []
    minutes: list[Counter[int]] = [Counter() for _ in range(WEEK // HOUR)]
    single = 0
    for start, end, there in _segments(windows, agents, order):
        if len(set().union(*(crowds[index] for index in there))) == 1:
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
        people=len(set().union(*crowds)),
        holders=holders,
        hours=tuple(tuple(shown[first : first + 24]) for first in range(0, len(shown), 24)),
    )


def nominal_spans(window: CoverageWindow, agents: ZoneInfo) -> Iterator[tuple[int, int]]:
    """Where a window lies in the nominal week, in minutes; cut at Sunday midnight."""
    ours, theirs = (REFERENCE.astimezone(zone).utcoffset() or timedelta() for zone in (agents, zone_of(window, agents)))
    for weekday in window.weekdays:
        local = WEEKDAYS.index(weekday) * DAY + opening(window)
        start = (local + (ours - theirs) // MINUTE) % WEEK
        yield from _within_week(start, start + length(window))


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


def covered_at(document: Document, duty: str, instant: datetime) -> str | None:
    """The id of the person or rota that covers the duty at this moment; the first listed where several do."""
    start = instant.astimezone(UTC)
    found = first_human_at(document, duty, start)
    return found[1] if found is not None and found[0] == start else None


def first_human_at(document: Document, duty: str, instant: datetime) -> tuple[datetime, str] | None:
    """When, from this moment on, somebody covers the duty first (UTC), and who; None within 53 weeks."""
    return _first_human_at(windows_held(document, duty), agent_zone(document), instant.astimezone(UTC))


class Hours:
    """When each person and rota is there for any duty. Remembered by holder and moment: the drill asks for everybody
    who undoes something, at the same few moments after every edit."""

    def __init__(self, windows: Table, staff: Staff, agents: ZoneInfo) -> None:
        self._windows = windows
        self._staff = staff
        self._agents = agents
        self._found: dict[tuple[str, datetime, bool], datetime | None] = {}

    def there_from(self, holder: str, instant: datetime, *, as_written: bool = False) -> datetime | None:
        """When, from a moment (UTC) on, a person or rota is there first (UTC); None within 53 weeks. With `as_written`
        as if nobody were ever away."""
        key = holder, instant, as_written
        if key not in self._found:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            windows = windows_of(self._windows, self._staff, holder, as_written=as_written)
            found = _first_human_at(windows, self._agents, instant)
            self._found[key] = found[0] if found is not None else None
        return self._found[key]


def hours_of(document: Document) -> Hours:
    """When each person and rota of a document is there; the same one as long as that is the same."""
    return _hours(document.table(CoverageWindow.spec.kind), staff_of(document), agent_zone(document))


@lru_cache(maxsize=4)
def _hours(windows: Table, staff: Staff, agents: ZoneInfo) -> Hours:
    return Hours(windows, staff, agents)


def respond_by(document: Document, duty: str, instant: datetime, minutes: int) -> datetime | None:
    """When, from this moment on, `minutes` covered minutes have gone by (UTC); None when 53 weeks do not hold them."""
    return respond_within(windows_held(document, duty), agent_zone(document), instant, minutes)


def respond_within(
    windows: tuple[CoverageWindow, ...], agents: ZoneInfo, instant: datetime, minutes: int
) -> datetime | None:
    """The same in any of these windows. A window without a zone is in the agent's."""
    return _respond_by(windows, agents, instant.astimezone(UTC), minutes)


def gaps_between(
    document: Document, duty: str, start: datetime, end: datetime
) -> tuple[tuple[datetime, datetime], ...]:
    """Every stretch (UTC) from `start` to `end`, at most 53 weeks, in which nobody covers the duty."""
    reached, close = start.astimezone(UTC), end.astimezone(UTC)
    gaps = []
    for begin, finish in _stretches(windows_held(document, duty), agent_zone(document), reached):
        if begin >= close:
            break
        if begin > reached:
            gaps.append((reached, begin))
        reached = finish
    if reached < close:
        gaps.append((reached, close))
    return tuple(gaps)


# --- words ------------------------------------------------------------------------------------------------


def duration(minutes: int) -> Message:
    """A length of time in words: "45 min", "64 h", "64 h 30"."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return msg("{minutes} min", minutes=rest)
    if not rest:
        return msg("{hours} h", hours=f"{hours:,}")
    return msg("{hours} h {minutes}", hours=f"{hours:,}", minutes=f"{rest:02d}")


# --- how windows are laid out ------------------------------------------------------------------------------


def _segments(
    windows: Iterable[CoverageWindow], agents: ZoneInfo, order: dict[str, int]
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """(start, end, who is there) for each covered piece of the nominal week; no piece crosses a full hour."""
    changes: dict[int, Counter[int]] = {minute: Counter() for minute in range(0, WEEK + 1, HOUR)}
    for window in windows:
        for begin, end in nominal_spans(window, agents):
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


def _stretches(
    windows: Iterable[CoverageWindow], agents: ZoneInfo, since: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Covered time from `since` (UTC) on, without overlaps, in order."""
    reached = since
    stretches = [presences(window, agents, since) for window in windows]
    for start, end, _ in heapq.merge(*stretches, key=attrgetter("start")):
        if end > reached:
            yield max(start, reached), end
            reached = end


# The rules ask the same of the same windows after every edit, so the answers are remembered: they follow from the
# windows, the agent's zone and the moment alone.


@lru_cache(maxsize=1024)
def _first_human_at(
    windows: tuple[CoverageWindow, ...], agents: ZoneInfo, start: datetime
) -> tuple[datetime, str] | None:
    coming = [
        (max(found.start, start), found.holder)
        for window in windows
        if (found := next(presences(window, agents, start), None)) is not None
    ]
    return min(coming, key=lambda moment_and_holder: moment_and_holder[0], default=None)


@lru_cache(maxsize=256)
def _respond_by(
    windows: tuple[CoverageWindow, ...], agents: ZoneInfo, start: datetime, minutes: int
) -> datetime | None:
    left = minutes * MINUTE
    for begin, end in _stretches(windows, agents, start):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None
