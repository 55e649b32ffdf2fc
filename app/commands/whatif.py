"""What if somebody leaves or is away; and how few people a map hangs on."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.commands.base import (
    Commands,
    add_as_of,
    add_file,
    add_json,
    local,
    moment_of,
    place,
    read_project,
    say_either,
)
from app.errors import NO
from app.messages import Message, msg, number_of, words

if TYPE_CHECKING:
    from app.model.document import Document
    from app.policy.whatif import Least, WhatIf


def register(commands: Commands) -> None:
    whatif = commands.add(
        "whatif",
        _whatif,
        "Say what is unowned when people leave or are away; 1 if anything is. With neither option: how few people hold "
        "each thing up.",
    )
    add_file(whatif)
    whatif.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="NAME",
        help=words("a person, as “Name” or “Name (Title)”, or a rota; may be given again"),
    )
    whatif.add_argument("--at", metavar="MOMENT", help=words("away at that moment, such as 2026-11-21T03:00"))
    add_json(whatif)
    add_as_of(whatif, words("now"))


def _whatif(chosen: argparse.Namespace) -> int:
    from app.model.ids import instant
    from app.policy import names, whatif
    from app.policy.windows import day_at

    document = read_project(chosen.file).document
    as_of = moment_of(chosen.as_of, document)
    if not chosen.without and chosen.at is None:
        found = whatif.least_people(document, day_at(document, as_of))
        say_either(chosen, [_least_plain(document, least) for least in found], _least_lines(document, found))
        return 0
    people = [person for name in chosen.without for person in names.people_called(document, name)]
    at = local(chosen.at, document) if chosen.at is not None else None
    now = instant(as_of)
    without = whatif.without(document, people, at, as_of=now)
    say_either(chosen, _whatif_plain(document, without), _whatif_lines(document, without))
    return NO if without.unowned else 0


def _whatif_lines(document: Document, found: WhatIf) -> Iterator[str]:
    from app.policy.places import GROUPS

    out = _called(document, (*found.people, *found.away))
    yield words(msg("Without {people}:", people=out)) if out else words("Nobody is away at that moment.")
    for group, heading in {**GROUPS, "raci": "RACI", "drill": "Drill"}.items():
        losses, taken = found.of(group), [each for each in found.takeovers if each.group == group]
        cover = found.cover if group == "cover" else ()
        if losses or taken or cover:
            yield f"\n{words(heading)}"
        for loss in losses:
            yield "  ✗ " + words(loss.what)
        for each in cover:
            yield ("  ✗ " if each.lost > 0 else "  · ") + words(
                _cover_words(document, each.label, each.lost, each.there)
            )
        for takeover in taken:
            by = _called(document, takeover.by)
            yield "  → " + words(msg("{what}, taken over by {by}", what=takeover.what, by=by))
    for rota in found.rotas:
        name = document.called(rota.rota)
        yield "  · " + words(msg("{rota}: people left: {left} of {all}", rota=name, left=rota.left, all=rota.before))
    if out:
        yield "\n" + words(_sum(found))


def _sum(found: WhatIf) -> Message:
    """All of it in one sentence."""
    from app.policy.coverage import duration

    hours = sum(each.lost for each in found.cover)
    places = number_of(len(found.losses), "1 place is unowned", "{count} places are unowned")
    if not found.unowned:
        return msg("Nothing is unowned.")
    if not hours:
        return msg("{places}.", places=places)
    return msg("{places}; {hours} a week newly uncovered.", places=places, hours=duration(hours))


def _cover_words(document: Document, label: Message, lost: int, there: tuple[datetime, str] | None) -> Message:
    from app.policy.coverage import agent_zone, duration

    hours = msg("{duty}: {hours} a week newly uncovered", duty=label, hours=duration(lost)) if lost > 0 else label
    if there is None:
        return hours
    when = there[0].astimezone(agent_zone(document))
    who = document.called(there[1])
    return msg("{hours}; first there: {who}, {when}", hours=hours, who=who, when=f"{when:%Y-%m-%d %H:%M}")


def _whatif_plain(document: Document, found: WhatIf) -> dict[str, Any]:
    return {
        "without": [document.called(person) for person in found.people],
        "away": [document.called(person) for person in found.away],
        "at": found.at.isoformat(timespec="minutes") if found.at else None,
        "unowned": found.unowned,
        "losses": [
            {"group": loss.group, "what": words(loss.what), **place(loss.step, loss.subject, loss.field)}
            for loss in found.losses
        ],
        "takeovers": [
            {
                "group": each.group,
                "what": words(each.what),
                "by": [document.called(person) for person in sorted(each.by)],
                **place(each.step, each.subject, each.field),
            }
            for each in found.takeovers
        ],
        "cover": [
            {
                "duty": each.duty,
                "minutes_newly_uncovered": each.lost,
                "there_before": _there_plain(document, each.there_before),
                "there": _there_plain(document, each.there),
            }
            for each in found.cover
        ],
        "rotas": [{"rota": document.called(r.rota), "before": r.before, "left": r.left} for r in found.rotas],
    }


def _there_plain(document: Document, there: tuple[datetime, str] | None) -> dict[str, str] | None:
    return {"at": there[0].isoformat(timespec="minutes"), "who": document.called(there[1])} if there else None


def _least_lines(document: Document, found: Sequence[Least]) -> Iterator[str]:
    for least in found:
        people = _called(document, least.people)
        yield words(
            msg("{count} of {all}  {what}: {people}", count=least.count, all=least.of, what=least.what, people=people)
        )
    if found:
        yield "\n" + words(msg("The least for the whole map: {count}.", count=found[0].count))
    else:
        yield words("Nobody is named for anything yet.")


def _least_plain(document: Document, least: Least) -> dict[str, Any]:
    return {
        "group": least.group,
        "what": words(least.what),
        "count": least.count,
        "of": least.of,
        "people": [document.called(person) for person in least.people],
        **place(least.step, least.subject, least.field),
    }


def _called(document: Document, people: Iterable[str]) -> str:
    from app.policy.absence import names

    return names(document, people)
