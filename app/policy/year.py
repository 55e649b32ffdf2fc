"""Real weeks: what the cover of a duty comes to on the calendar, with clock changes, closures and dates of validity
(domain.md 4, "DST and holidays").

A year is 53 ISO weeks on the agent's clock. Nearly all have 168 hours; the week in which the clock changes has 169 or
167, and a hand-over between two zones may have a hole only while their clocks differ. Everything is counted in UTC.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.policy.windows import (
    EPOCH,
    MINUTE,
    WEEK,
    agent_zone,
    minutes_of,
    openings,
    people_behind,
    windows_held,
)

WEEKS = 53
"""So many weeks make the year that is looked at: whichever day it starts on, all of it is inside."""


class Gap(NamedTuple):
    """A stretch of real time (UTC) that nobody covers."""

    start: datetime
    minutes: int


class RealWeek(NamedTuple):
    """One ISO week on the agent's clock, in minutes: how long it is, how much of it nobody covers, and how much one
    person alone. `longest_gap` is the longest gap that begins in it, in full, or the part of an older one that lies
    in it."""

    monday: date
    length: int
    uncovered: int
    single: int
    longest_gap: int

    @property
    def odd(self) -> bool:
        """Whether the clock changes in it."""
        return self.length != WEEK


@dataclass(frozen=True, slots=True)
class Year:
    """53 real weeks of one duty: each week, and every gap in order. Gaps are cut where the year begins and ends."""

    duty: str
    weeks: tuple[RealWeek, ...]
    gaps: tuple[Gap, ...]

    @property
    def length(self) -> int:
        """Minutes of the whole."""
        return sum(week.length for week in self.weeks)

    @property
    def uncovered(self) -> int:
        """Minutes that nobody covers."""
        return sum(week.uncovered for week in self.weeks)

    @property
    def single(self) -> int:
        """Minutes that one person alone covers."""
        return sum(week.single for week in self.weeks)

    @property
    def longest_gap(self) -> Gap | None:
        """The longest gap, the first where several are as long; None where somebody is always there."""
        return max(self.gaps, key=lambda gap: gap.minutes, default=None)

    @property
    def odd(self) -> tuple[RealWeek, ...]:
        """The weeks in which the clock changes."""
        return tuple(week for week in self.weeks if week.odd)


def year_of(document: Document, duty: str, day: date) -> Year:
    """The 53 real weeks of a duty, from the ISO week of this day (on the agent's clock) on."""
    return year_with(document, duty, windows_held(document, duty), day)


def year_with(document: Document, duty: str, windows: tuple[CoverageWindow, ...], day: date) -> Year:
    """The same with other windows than those of the document; each must count."""
    crowds = tuple(people_behind(document, window.holder) for window in windows)
    return _year(duty, windows, crowds, agent_zone(document), monday_of(day))


def week_lengths(agents: ZoneInfo, day: date) -> tuple[tuple[date, int], ...]:
    """The Monday and the minutes of each of the 53 weeks from the one of this day on, on this clock."""
    mondays = _mondays(monday_of(day))
    starts = [minutes_of(midnight(monday, agents)) for monday in mondays]
    return tuple(zip(mondays, (after - start for start, after in pairwise(starts)), strict=False))


def monday_of(day: date) -> date:
    """The Monday of the ISO week of a day."""
    return day - timedelta(days=day.weekday())


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins in a zone (UTC)."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


# --- how it is counted -------------------------------------------------------------------------------------


class _Stretch(NamedTuple):
    """Minutes since 1970 during which the same number of people is there: none, one alone, or 2 for more."""

    start: int
    end: int
    there: int


@lru_cache(maxsize=32)
def _year(
    duty: str,
    windows: tuple[CoverageWindow, ...],
    crowds: tuple[frozenset[str], ...],
    agents: ZoneInfo,
    monday: date,
) -> Year:
    mondays = _mondays(monday)
    bounds = [minutes_of(midnight(each, agents)) for each in mondays]
    stretches = list(_stretches(windows, crowds, agents, bounds[0], bounds[-1]))
    uncovered, single, longest = [0] * WEEKS, [0] * WEEKS, [0] * WEEKS
    for start, end, there in stretches:
        if there > 1:
            continue
        first = bisect_right(bounds, start) - 1
        for place in range(first, WEEKS):
            begins, ends = max(start, bounds[place]), min(end, bounds[place + 1])
            if begins >= ends:
                break
            if there:
                single[place] += ends - begins
            else:
                uncovered[place] += ends - begins
                longest[place] = max(longest[place], end - start if place == first else ends - begins)
    lengths = [after - start for start, after in pairwise(bounds)]
    weeks = map(RealWeek, mondays, lengths, uncovered, single, longest)
    gaps = (Gap(EPOCH + start * MINUTE, end - start) for start, end, there in stretches if not there)
    return Year(duty, tuple(weeks), tuple(gaps))


def _mondays(monday: date) -> list[date]:
    """The Mondays of the weeks of a year, and the one after."""
    return [monday + timedelta(weeks=number) for number in range(WEEKS + 1)]


def _stretches(
    windows: Sequence[CoverageWindow], crowds: Sequence[frozenset[str]], agents: ZoneInfo, start: int, end: int
) -> Iterator[_Stretch]:
    """The time from `start` to `end` without overlaps, in order; neighbours differ in who is there."""
    counts: dict[int, int] = {}
    open_windows, begun, there = 0, start, 0
    changes = changes_of(windows, agents, start, end)
    for (minute, bit), (following, _) in pairwise([*changes, (end, 0)]):
        open_windows ^= bit
        if following == minute:
            continue
        now = counts.get(open_windows)
        if now is None:
            now = counts[open_windows] = _head_count(crowds, open_windows)
        if now != there:
            if minute > begun:
                yield _Stretch(begun, minute, there)
            begun, there = minute, now
    if end > begun:
        yield _Stretch(begun, end, there)


def changes_of(windows: Sequence[CoverageWindow], agents: ZoneInfo, start: int, end: int) -> list[tuple[int, int]]:
    """(minute since 1970, bit of the window that opens or closes then) for all that is open between the two, in order.

    The first window has the lowest bit; no window overlaps itself.
    """
    found = []
    for place, window in enumerate(windows):
        bit = 1 << place
        for opens, closes in openings(window, agents, start, end):
            found.append((max(opens, start), bit))
            found.append((min(closes, end), bit))
    return sorted(found)


def _head_count(crowds: Sequence[frozenset[str]], open_windows: int) -> int:
    """How many different people stand behind the windows with these bits; 2 stands for more than one."""
    there = (crowd for place, crowd in enumerate(crowds) if open_windows >> place & 1)
    return min(len(frozenset[str]().union(*there)), 2)
