"""One week of the calendar, hour by hour, and what stands behind an hour (domain.md 4, "DST and holidays").

The picture has seven days of twenty-four hours on the agent's clock. Where the clock jumps, an hour is missing, or
one stands for two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.row import with_fields
from app.policy.coverage import NOBODY, Week, nominal, nominal_spans
from app.policy.windows import (
    HOUR,
    WEEKDAYS,
    agent_zone,
    clock_minute,
    minutes_of,
    openings,
    valid_on,
    windows_for,
    windows_held,
    zone_of,
)
from app.policy.year import RealWeek, Year, changes_of, monday_of, year_of, year_with

NO_SUCH_HOUR = -2
"""Stands for an hour that the clock leaves out."""


@dataclass(frozen=True, slots=True)
class WeekPicture:
    """A real week of one duty. `hours[weekday][hour]` is an index into `holders` (their names), -1 where nobody
    covers half an hour of it or more, -2 for an hour that does not happen. `off[weekday]` names who would be there that
    day and is not: their window is closed, or they are away."""

    duty: str
    numbers: RealWeek
    holders: tuple[str, ...]
    hours: tuple[tuple[int, ...], ...]
    off: tuple[tuple[str, ...], ...]

    @property
    def twice(self) -> bool:
        """Whether an hour of it happens twice."""
        return self.numbers.length > len(WEEKDAYS) * 24 * HOUR


def picture_of(document: Document, duty: str, day: date) -> WeekPicture:
    """The week of this day, from Monday to Sunday on the agent's clock."""
    windows = windows_held(document, duty)
    ids = tuple(dict.fromkeys(str(window.holder) for window in windows))
    zone, monday = agent_zone(document), monday_of(day)
    bounds = _hour_bounds(zone, monday)
    minutes: list[Counter[int]] = [Counter() for _ in bounds[1:]]
    places = [ids.index(str(window.holder)) for window in windows]
    open_windows = 0
    changes = changes_of(windows, zone, bounds[0], bounds[-1])
    for (minute, bit), (following, _) in pairwise([*changes, (bounds[-1], 0)]):
        open_windows ^= bit
        if open_windows:
            first_listed = (open_windows & -open_windows).bit_length() - 1
            _spread(minutes, bounds, minute, following, places[first_listed])
    shown = [_shown(there, end - start) for there, (start, end) in zip(minutes, pairwise(bounds), strict=True)]
    return WeekPicture(
        duty,
        year_of(document, duty, monday).weeks[0],
        tuple(map(document.called, ids)),
        tuple(tuple(shown[first : first + 24]) for first in range(0, len(shown), 24)),
        tuple(_off(document, duty, monday + timedelta(days=weekday)) for weekday in range(len(WEEKDAYS))),
    )


def behind_hour(
    document: Document, duty: str, weekday: int, hour: int, monday: date | None = None
) -> tuple[CoverageWindow, ...]:
    """The windows that cover some of an hour: of the week that begins on `monday`, else of the nominal week."""
    zone = agent_zone(document)
    if monday is None:
        begin = (weekday * 24 + hour) * HOUR
        return tuple(
            window
            for window in windows_for(document, duty)
            if any(start < begin + HOUR and begin < end for start, end in nominal_spans(window, zone))
        )
    bounds = _hour_bounds(zone, monday)
    place = weekday * 24 + hour
    start, end = bounds[place], bounds[place + 1]
    windows = windows_held(document, duty) if start < end else ()
    return tuple(window for window in windows if any(openings(window, zone, start, end)))


def weeks_apart(document: Document, duty: str, day: date) -> tuple[tuple[date, int], ...]:
    """The weeks of the year in which clocks differ and a hand-over has a hole: each Monday, and the minutes that nobody
    covers although the nominal week does. Closures, dates of validity and absences do not count here."""
    zone, written = agent_zone(document), day.isoformat()
    windows = tuple(
        with_fields(window, {"closures": (), "valid_from": "", "valid_to": ""})
        for window in windows_for(document, duty)
        if valid_on(window, written)
    )
    if len({zone_of(window, zone) for window in windows}) < 2:
        return ()
    usual, year = nominal(document, duty, written), year_with(document, duty, windows, day)
    unusual = (week.monday for week in year.weeks if week.odd or week.uncovered != usual.uncovered)
    holes = ((monday, _hole(year, usual, _hour_bounds(zone, monday))) for monday in unusual)
    return tuple((monday, hole) for monday, hole in holes if hole)


def _hole(year: Year, usual: Week, bounds: list[int]) -> int:
    """Minutes of a real week, given by its hours, that nobody covers at a time of the week that usually is covered."""
    hole = 0
    for gap in year.gaps:
        start = max(minutes_of(gap.start), bounds[0])
        end = min(minutes_of(gap.start) + gap.minutes, bounds[-1])
        while start < end:
            place = bisect_right(bounds, start) - 1
            # An hour that happens twice is gone through twice.
            times, minute = divmod(start - bounds[place], HOUR)
            until = min(end, bounds[place + 1], bounds[place] + (times + 1) * HOUR)
            wall = place * HOUR + minute
            hole += sum(max(min(wall + until - start, b) - max(wall, a), 0) for a, b in usual.spans)
            start = until
    return hole


def _hour_bounds(zone: ZoneInfo, monday: date) -> list[int]:
    """When each of the 168 hours on the clock begins, and when the last ends, in minutes since 1970 (UTC)."""
    first = monday.toordinal()
    return list(accumulate((clock_minute(zone, first, hour * HOUR) for hour in range(len(WEEKDAYS) * 24 + 1)), max))


def _spread(minutes: list[Counter[int]], bounds: list[int], start: int, end: int, holder: int) -> None:
    """Add a covered stretch to the hours that it touches."""
    place = bisect_right(bounds, start) - 1
    while start < end:
        until = min(end, bounds[place + 1])
        minutes[place][holder] += until - start
        start, place = until, place + 1


def _shown(there: Counter[int], length: int) -> int:
    """Who stands for an hour: whoever is there longest."""
    if not length:
        return NO_SUCH_HOUR
    if length - there.total() > min(length, HOUR) // 2:
        return NOBODY
    return max(sorted(there), key=lambda holder: there[holder])


def _off(document: Document, duty: str, day: date) -> tuple[str, ...]:
    """Who would be there that day, were their window not closed or they away."""
    written, weekday = day.isoformat(), WEEKDAYS[day.weekday()]
    held = {window.id for window in windows_held(document, duty) if _begins(window, written, weekday)}
    meant = [w for w in windows_for(document, duty) if weekday in w.weekdays and valid_on(w, written)]
    return tuple(dict.fromkeys(document.called(window.holder) for window in meant if window.id not in held))


def _begins(window: CoverageWindow, day: str, weekday: str) -> bool:
    return weekday in window.weekdays and day not in window.closures and valid_on(window, day)
