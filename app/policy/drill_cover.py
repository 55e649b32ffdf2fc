"""What the cover of a duty comes to in a drill: a gap or not, in words, and where it is put right."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.exceptions import CoverageWindow, ExceptionPath
from app.policy.coverage import duration, gaps_between, has_cover, people_behind
from app.policy.drill_walk import MINUTE, Answer, Walk


class Place(NamedTuple):
    """Where a step is answered: the id of a row ("" for none), its field ("" for none), and the workshop step."""

    subject: str
    field: str
    step: str


def cover_gap(walk: Walk, answer: Answer) -> Message | None:
    """Why a target is not met: no cover at all, or cover that is missing or ends too early while nothing waits."""
    duty = _duty(answer.duty)
    if not has_cover(walk.document, answer.duty):
        if _windows(walk, answer):
            return msg("The hours for “{duty}” name nobody, or are not complete.", duty=duty)
        return msg("No hours are given for “{duty}”.", duty=duty)
    if answer.there is None or answer.by is None:
        return msg("Nobody covers “{duty}” in the year that follows.", duty=duty)
    if not answer.slips or walk.reach.held:
        return None
    if answer.there > answer.asked:
        return msg(
            "Nobody covers “{duty}” until {when} ({wait}), and no off-hours policy holds the work.",
            duty=duty,
            when=walk.when(answer.there),
            wait=_between(answer.asked, answer.there),
        )
    (ends, resumes), *_ = gaps_between(walk.document, answer.duty, answer.asked, answer.by)
    return msg(
        "“{duty}” is covered until {ends}: {covered} of the {target}; the rest runs from {resumes}, so it is answered "
        "{by}, {wait} later. No off-hours policy holds the work.",
        duty=duty,
        ends=walk.when(ends),
        covered=_between(answer.asked, ends),
        target=duration(answer.target),
        resumes=walk.when(resumes),
        by=walk.when(answer.by),
        wait=_between(answer.asked, answer.by),
    )


def cover_detail(walk: Walk, answer: Answer) -> Message:
    """What the cover says, answered or not."""
    if answer.there is None or answer.by is None:
        return msg("Nobody covers “{duty}”.", duty=_duty(answer.duty))
    if not answer.slips:
        return msg("Covered; answers by {by}.", by=walk.when(answer.by))
    if walk.reach.held:
        return msg(
            "Waits until {by} ({wait}); the off-hours policy holds the work until then.",
            by=walk.when(answer.by),
            wait=_between(answer.asked, answer.by),
        )
    return msg("Not before {by}.", by=walk.when(answer.by))


def presence_detail(walk: Walk, answer: Answer) -> Message:
    """What the cover says of the moment at which somebody is there first."""
    if answer.there is None or answer.by is None or (answer.there == answer.asked and answer.slips):
        return cover_detail(walk, answer)
    if answer.there == answer.asked:
        return msg("Covered; answers within {target}.", target=duration(answer.target))
    wait = _between(answer.asked, answer.there)
    if walk.reach.held:
        return msg("Nobody is there for {wait}; the off-hours policy holds the work until then.", wait=wait)
    return msg("Nobody is there for {wait}.", wait=wait)


def cover_place(walk: Walk, answer: Answer) -> Place:
    """Where missing cover is put right: the off-hours policy, of an action that has one of its own that does not hold
    it; where there is no cover at all, an unfinished window, else the windows."""
    if answer.there is not None:
        if walk.reach.unheld is not None:
            return Place(walk.reach.unheld.id, "off_hours", "oversight")
        return Place(walk.document.only(ExceptionPath).id, "off_hours", "exceptions")
    for window in _windows(walk, answer):
        reached = bool(people_behind(walk.document, window.holder))
        given = {"holder": reached, "weekdays": window.weekdays, "start": window.start, "end": window.end}
        for field, value in given.items():
            if not value:
                return Place(window.id, field, "exceptions")
    return Place("", "", "exceptions")


def _windows(walk: Walk, answer: Answer) -> list[CoverageWindow]:
    """The windows of the duty, complete or not."""
    return [window for window in walk.document.rows(CoverageWindow) if window.duty == answer.duty]


def _between(start: datetime, end: datetime) -> Message:
    return duration((end - start) // MINUTE)


def _duty(duty: str) -> Message:
    return msg(next(entry.label for entry in v.DUTIES if entry.value == duty))
