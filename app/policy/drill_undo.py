"""Who undoes what a failure did: from when they are there, and whether the wait is an answer (domain.md 0.4, 4).

Undoing starts when the agent is stopped. Whoever no duty window covers then is not there, and it waits for them. The
wait is an answer while it stays within what the compensating transaction promises, or while nothing more happens: the
agent is stopped with its work in flight quarantined, or the off-hours policy holds what the failure reaches. It is none
where they are away.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from app.messages import Message, msg
from app.policy.coverage import duration
from app.policy.drill_people import Named, absences
from app.policy.drill_reach import Promise
from app.policy.drill_walk import MINUTE, Walk
from app.policy.windows import day_of, people_behind


class Undoer(NamedTuple):
    """Somebody who undoes (empty where nobody is named), what they promise, and from when they are there: UTC, None
    where no hours are given for them or nobody stops the agent."""

    who: Named
    promise: Promise
    there: datetime | None


def undoers(walk: Walk) -> tuple[Undoer, ...]:
    """Everybody who undoes, and from when."""
    stopped = walk.stops.by
    found = []
    for owner, promise in walk.reach.remedy.owners.items():
        who = walk.ground.named(owner) if owner else walk.responder.who
        there = walk.ground.there(who.id, stopped) if stopped is not None else None
        found.append(Undoer(who, promise, there))
    return tuple(found)


def undone_from(found: tuple[Undoer, ...], stopped: datetime | None) -> datetime | None:
    """When everybody who is needed is there: at the stop where there is nothing to wait for (UTC)."""
    moments = [stopped, *(each.there for each in found)]
    known = [moment for moment in moments if moment is not None]
    return max(known) if len(known) == len(moments) else None


def too_late(walk: Walk, each: Undoer, *, held: bool) -> Message | None:
    """Why waiting for this person is no answer; None where they are there in time, or where `held` says that nothing
    more happens meanwhile and they come as their hours say."""
    stopped = walk.stops.by
    if stopped is None:
        return None
    if each.there is None:
        if _is_away(walk, each):
            return msg("{name}, who undoes it, is away.{away}", name=each.who.name, away=_away(walk, each))
        return msg("No hours are given for {name}, who undoes it.", name=each.who.name)
    if each.there <= stopped + (each.promise.within or 0) * MINUTE or (held and not _is_away(walk, each)):
        return None
    missed: dict[str, str | Message] = {
        "name": each.who.name,
        "when": walk.when(each.there),
        "wait": duration((each.there - stopped) // MINUTE),
    }
    if _is_away(walk, each):
        told = {"now_when": missed["when"], "now_wait": missed["wait"], "away": _away(walk, each)}
        return msg("{name} is not there until {now_when} ({now_wait}).{away}", name=each.who.name, **told)
    if each.promise.within is None:
        return msg("{name} is not there until {when} ({wait}), and nothing holds the damage.", **missed)
    return msg(
        "{name} is not there until {when} ({wait}); it was to be undone within {within}, and nothing holds the damage.",
        **missed,
        within=duration(each.promise.within),
    )


def _planned(walk: Walk, each: Undoer) -> datetime | None:
    """From when they would be there, were nobody away."""
    return walk.ground.planned(each.who.id, walk.stops.by) if walk.stops.by is not None else None


def _is_away(walk: Walk, each: Undoer) -> bool:
    """Whether they come later than their hours say, because they are away."""
    planned = _planned(walk, each)
    return planned is not None and (each.there is None or planned < each.there)


def _away(walk: Walk, each: Undoer) -> Message | str:
    planned = _planned(walk, each)
    if planned is None:
        return ""
    document = walk.document
    return absences(document, people_behind(document, each.who.id), day_of(document, planned))


def undo_time(walk: Walk, found: tuple[Undoer, ...], *, held: bool) -> Message | None:
    """What there is to say about time: for whom it waits, or by when it is done; None where neither is known.

    `held` says that nothing more happens meanwhile.
    """
    stopped, start = walk.stops.by, undone_from(found, walk.stops.by)
    if stopped is None or start is None:
        return None
    if start > stopped:
        awaited = dict.fromkeys(each.who.name for each in found if each.there is not None and each.there > stopped)
        waits = msg(
            "Waits until {when} for {names} ({wait})",
            when=walk.when(start),
            names=", ".join(awaited),
            wait=duration((start - stopped) // MINUTE),
        )
        return msg("{waits}; nothing runs meanwhile.", waits=waits) if held else msg("{waits}.", waits=waits)
    longest = walk.reach.remedy.longest
    return msg("Done by {when}.", when=walk.when(stopped + longest * MINUTE)) if longest else None
