"""Projects that are nothing but coverage windows, and the slow and plain way to count a year of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.ids import Mint
from app.model.room import Agent, Person
from app.model.row import Row, with_fields

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WORKDAYS, "sat", "sun")
MINUTE = timedelta(minutes=1)


def project(*windows: dict[str, Any], zone: str = "Europe/London", rows: tuple[Row, ...] = ()) -> Document:
    """A project with these windows; Dana covers the exception queue where a window does not say otherwise. A row with
    the id of one of the two people stands in their place."""
    mint = Mint()
    document = Document.empty(mint)
    agent = document.only(Agent)
    kept = [row for row in document if row.id != agent.id]
    made = [
        CoverageWindow(id=mint.id(), rank=f"{n:03d}", **{"duty": "exception", "holder": "dana", "zone": zone, **window})
        for n, window in enumerate(windows)
    ]
    people = {"dana": Person(id="dana", name="Dana Abelard"), "jun": Person(id="jun", name="Jun Okafor")}
    others = {**people, **{row.id: row for row in rows}}
    return Document.of("p", [*kept, with_fields(agent, {"time_zone": zone}), *others.values(), *made])


def hours(days: tuple[str, ...], start: str, end: str, **more: Any) -> dict[str, Any]:
    """The fields of a window."""
    return {"weekdays": days, "start": start, "end": end, **more}


def h(whole: int, minutes: int = 0) -> int:
    """Hours and minutes as minutes."""
    return whole * 60 + minutes


def minute_by_minute(document: Document, start: datetime, end: datetime) -> array[int]:
    """For each minute from `start` to `end`, who is there for the exception queue: a bit for Dana, a bit for Jun.

    Every window is laid out day by day, both of its ends are turned into UTC, and each of its minutes is marked.
    """
    begin, finish = start.astimezone(UTC), end.astimezone(UTC)
    there = array("B", bytes((finish - begin) // MINUTE))
    for window in document.rows(CoverageWindow):
        for opens, closes in _stretches(window, begin.date(), finish.date()):
            for minute in range(max((opens - begin) // MINUTE, 0), min((closes - begin) // MINUTE, len(there))):
                there[minute] |= 1 if window.holder == "dana" else 2
    return there


def _stretches(window: CoverageWindow, first: date, last: date) -> Iterable[tuple[datetime, datetime]]:
    zone = ZoneInfo(window.zone)
    day = first - timedelta(days=3)
    while day <= last + timedelta(days=2):
        written = day.isoformat()
        valid = window.valid_from <= written and (not window.valid_to or written <= window.valid_to)
        if EVERY_DAY[day.weekday()] in window.weekdays and valid and written not in window.closures:
            later = day + timedelta(days=1) if _time(window.end) <= _time(window.start) else day
            yield _instant(day, window.start, zone), _instant(later, window.end, zone)
        day += timedelta(days=1)


def _time(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _instant(day: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)
