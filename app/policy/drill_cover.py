"""What the cover of a duty comes to in a drill: a gap or not, in words, and where it is put right."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.exceptions import CoverageWindow, ExceptionPath
from app.policy.coverage import WEEK, duration, gaps_between, has_cover, people_behind, respond_within
from app.policy.drill_people import absences
from app.policy.drill_walk import MINUTE, Answer, Walk
from app.policy.windows import day_of, windows_for


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
        return msg("Nobody covers “{duty}” in the year that follows.{away}", duty=duty, away=_away(walk, answer))
    if not answer.slips:
        return None
    if walk.reach.held:
        return _longer_than_off_hours(walk, answer)
    if answer.there > answer.asked:
        return msg(
            "Nobody covers “{duty}” until {when} ({wait}), and no off-hours policy holds the work.{away}",
            duty=duty,
            when=walk.when(answer.there),
            wait=_between(answer.asked, answer.there),
            away=_away(walk, answer),
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


def _longer_than_off_hours(walk: Walk, answer: Answer) -> Message | None:
    """Why a wait is no answer although the off-hours policy holds the work: off hours are over within a week, and that
    somebody is away is not what they are for."""
    if answer.by is None or answer.there is None:
        return None
    if not _is_for_want_of_somebody(walk, answer) and answer.there - answer.asked <= WEEK * MINUTE:
        return None
    return msg(
        "“{duty}” is not answered before {now_when} ({now_wait}): longer than the off hours that the policy is for."
        "{away}",
        duty=_duty(answer.duty),
        now_when=walk.when(answer.by),
        now_wait=_between(answer.asked, answer.by),
        away=_away(walk, answer),
    )


def cover_detail(walk: Walk, answer: Answer) -> Message:
    """What the cover says, answered or not."""
    if answer.there is None or answer.by is None:
        return msg("Nobody covers “{duty}”.", duty=_duty(answer.duty))
    if not answer.slips:
        return msg("Covered; answers by {by}.", by=walk.when(answer.by))
    if walk.reach.held and _longer_than_off_hours(walk, answer) is None:
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
        target = duration(answer.target)
        return msg(
            "On duty then; answers by {by} at the latest, within {target}.", by=walk.when(answer.by), target=target
        )
    wait = _between(answer.asked, answer.there)
    if walk.reach.held and _longer_than_off_hours(walk, answer) is None:
        return msg("Nobody is there for {wait}; the off-hours policy holds the work until then.", wait=wait)
    return msg("Nobody is there for {wait}.", wait=wait)


def cover_place(walk: Walk, answer: Answer) -> Place:
    """Where missing cover is put right: the off-hours policy, of an action that has one of its own that does not hold
    it; where there is no cover at all, or the policy holds the work already, an unfinished window, else one more."""
    if answer.there is not None and not walk.reach.held:
        if walk.reach.unheld is not None:
            return Place(walk.reach.unheld.id, "off_hours", "oversight")
        return Place(walk.document.only(ExceptionPath).id, "off_hours", "exceptions")
    for window in _windows(walk, answer):
        reached = bool(people_behind(walk.document, window.holder))
        given = {"holder": reached, "weekdays": window.weekdays, "start": window.start, "end": window.end}
        for field, value in given.items():
            if not value:
                return Place(window.id, field, "exceptions")
    return Place("", CoverageWindow.spec.kind, "exceptions")


def _windows(walk: Walk, answer: Answer) -> list[CoverageWindow]:
    """The windows of the duty, complete or not."""
    return [window for window in walk.document.rows(CoverageWindow) if window.duty == answer.duty]


def _away(walk: Walk, answer: Answer) -> Message | str:
    """Who would answer sooner, were they not away that day; nothing where it is not for want of them."""
    planned = _planned(walk, answer)
    if planned is None or not _is_for_want_of_somebody(walk, answer):
        return ""
    windows = windows_for(walk.document, answer.duty)
    missed = frozenset().union(*(people_behind(walk.document, window.holder) for window in windows))
    return absences(walk.document, missed, day_of(walk.document, planned))


def _is_for_want_of_somebody(walk: Walk, answer: Answer) -> bool:
    """Whether it would be answered sooner, were nobody away."""
    planned = _planned(walk, answer)
    return planned is not None and (answer.by is None or planned < answer.by)


def _planned(walk: Walk, answer: Answer) -> datetime | None:
    """When it would be answered, were nobody away."""
    return respond_within(windows_for(walk.document, answer.duty), walk.ground.zone, answer.asked, answer.target)


def _between(start: datetime, end: datetime) -> Message:
    return duration((end - start) // MINUTE)


def _duty(duty: str) -> Message:
    return msg(next(entry.label for entry in v.DUTIES if entry.value == duty))
