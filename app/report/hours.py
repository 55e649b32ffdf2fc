"""When somebody is there, in words: the coverage windows as they are written, not as one ordinary week."""

from __future__ import annotations

from collections.abc import Iterable

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.exceptions import CoverageWindow, ExceptionClass, ExceptionPath
from app.policy.coverage import nominal, people_behind
from app.policy.drill_reach import acting_in
from app.report.display import day_words, minutes_words, weekdays_words
from app.report.material import Material


def windows_of(material: Material, duty: str) -> list[CoverageWindow]:
    """The windows of a duty that name days, times and somebody who is there."""
    return [
        row
        for row in material.document.rows(CoverageWindow)
        if row.duty == duty and row.weekdays and row.start and row.end and people_behind(material.document, row.holder)
    ]


def exceptions_within(material: Material) -> str:
    """How soon exceptions are looked at, by what their classes say: 30 min, 30 min to 8 h; "" where none says."""
    times = [row.within for row in material.document.rows(ExceptionClass) if row.within is not None]
    if not times:
        return ""
    first, last = minutes_words(min(times)), minutes_words(max(times))
    return first if first == last else words(msg("{first} to {last}", first=first, last=last))


def hours_words(material: Material, windows: Iterable[CoverageWindow]) -> str:
    """Several windows in words, the same hours once: Mon to Fri 09:00–17:00, not on 25 Dec 2026."""
    return "; ".join(dict.fromkeys(window_words(window, material.agent.time_zone) for window in windows))


def around_the_clock(material: Material, duty: str) -> bool:
    """Whether somebody is there for a duty at every hour, whatever the date."""
    dated = any(row.valid_from or row.valid_to or row.closures for row in windows_of(material, duty))
    return not dated and not nominal(material.document, duty, material.today).uncovered


def off_hours_words(material: Material) -> str:
    """What happens while nobody is there: the general policy, its note, and the actions with one of their own."""
    path = material.document.only(ExceptionPath)
    policies = {str(entry.value): entry for entry in v.OFF_HOURS_POLICIES}
    general = words(policies[path.off_hours].hint) if path.off_hours else ""
    said = list(filter(None, (general, path.off_hours_note)))
    if not said:
        said.append(words("Nobody has said what happens then."))
    for policy, entry in policies.items():
        own = [
            action.name
            for action in acting_in(material.document).executing
            if action.off_hours == policy != path.off_hours
        ]
        if own:
            said.append(words(msg("{actions}: {policy}", actions=", ".join(own), policy=msg(entry.hint))))
    return " ".join(said)


def window_words(window: CoverageWindow, agents_zone: str) -> str:
    """One window in words; its zone is told where it is not the agent's."""
    days = weekdays_words(window.weekdays)
    whole = window.start == window.end or (window.start, window.end) == ("00:00", "24:00")
    said = f"{days}, {words('at any hour')}" if whole else f"{days} {window.start}–{window.end}"
    if window.zone and window.zone != agents_zone:
        said += f" {window.zone}"
    if window.valid_from:
        said += " " + words(msg("from {day}", day=day_words(window.valid_from)))
    if window.valid_to:
        said += " " + words(msg("until {day}", day=day_words(window.valid_to)))
    if window.closures:
        closed = ", ".join(map(day_words, window.closures))
        said += ", " + words(msg("not on {days}", days=closed))
    return said
