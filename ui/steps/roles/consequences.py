"""What if, in points: what is lost, who steps in, which hours open, and how few people it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.messages import Message, msg, number_of, words
from app.model.document import Document
from app.policy.absence import names
from app.policy.coverage import agent_zone, duration
from app.policy.load import Load
from app.policy.places import GROUPS
from app.policy.whatif import Cover, Least, Loss, Takeover, WhatIf, alone
from ui.widgets.timeline import Point

TOGETHER = 3
"""From so many losses of one kind on, one point tells them all."""


@dataclass(frozen=True, slots=True)
class Told:
    """A point, and the place that it opens: the workshop step, the row and the field."""

    point: Point
    step: str
    subject: str
    field: str


def losses(document: Document, found: WhatIf) -> list[Told]:
    """What nobody has any more, and what others take over, group by group."""
    told: list[Told] = []
    for group, heading in {**GROUPS, "raci": "RACI", "drill": "Drill"}.items():
        for alike in _alike(document, found.of(group)):
            told.append(_lost(alike, words(heading)))
        if group == "cover":
            told += [_cover(document, each) for each in found.cover]
    for takeover in found.takeovers:
        told.append(_taken(document, takeover))
    for rota in found.rotas:
        said = msg(
            "{rota}: people left: {left} of {all}", rota=document.called(rota.rota), left=rota.left, all=rota.before
        )
        told.append(Told(Point(words(said), words("fewer"), "warn", words("Rota")), "roles", rota.rota, "members"))
    return told


def sentence(document: Document, found: WhatIf) -> Message:
    """All of it in one sentence."""
    out = names(document, (*found.people, *found.away))
    if not out:
        return msg("Tick somebody, and see what is unowned without them.")
    hours = sum(each.lost for each in found.cover)
    if not found.unowned:
        return msg("Without {people} nothing is unowned.", people=out)
    if not hours:
        return msg("Without {people}, unowned: {count}.", people=out, count=len(found.losses))
    return msg(
        "Without {people}, unowned: {count}, and {hours} a week without cover.",
        people=out,
        count=len(found.losses),
        hours=duration(hours),
    )


def few(document: Document, found: Sequence[Least]) -> list[Told]:
    """How few people each duty hangs on, the fewest first: what hangs on one person is told together."""
    told = []
    for person, least in alone(found).items():
        duties = number_of(len(least), "one duty", "{count} duties")
        title = msg("{name} alone: {duties}", name=document.called(person), duties=duties)
        first = least[0]
        point = Point(words(title), words("one person"), "bad", "; ".join(words(each.what) for each in least))
        told.append(Told(point, first.step, first.subject, first.field))
    for each in found:
        if each.count > 1:
            verdict, tone = msg("{count} people", count=each.count), "warn" if each.count == 2 else "ok"
            detail = f"{words(GROUPS[each.group])} · {names(document, each.people)}"
            point = Point(words(each.what), words(verdict), tone, detail)
            told.append(Told(point, each.step, each.subject, each.field))
    return told


def burdens(loads: Iterable[Load]) -> Iterator[str]:
    """For each person: hats, and the rows of the RACI answered for and done."""
    for load in loads:
        yield words(
            msg(
                "{name}: {hats}, accountable for {accountable} of the RACI, responsible for {responsible}",
                name=load.name,
                hats=number_of(len(load.hats), "1 hat", "{count} hats"),
                accountable=number_of(load.accountable, "1 row", "{count} rows"),
                responsible=load.responsible,
            )
        )


def _alike(document: Document, found: Sequence[Loss]) -> Iterator[list[Loss]]:
    """The losses of one group; those of the same field of one kind of row together where they are many."""
    kinds: dict[tuple[str, str], list[Loss]] = {}
    for loss in found:
        row = document.find(loss.subject)
        kinds.setdefault((row.spec.kind if row is not None else loss.group, loss.field), []).append(loss)
    for alike in kinds.values():
        if len(alike) >= TOGETHER:
            yield alike
        else:
            yield from ([loss] for loss in alike)


def _lost(alike: list[Loss], heading: str) -> Told:
    first = alike[0]
    title = words(first.what)
    detail = heading
    if len(alike) > 1:
        title = words(msg("{first}, and {count} more like it", first=first.what, count=len(alike) - 1))
        detail = f"{heading} · {', '.join(words(loss.what) for loss in alike[1:TOGETHER])}" + (
            " …" if len(alike) > TOGETHER else ""
        )
    return Told(Point(title, words("unowned"), "bad", detail), first.step, first.subject, first.field)


def _taken(document: Document, takeover: Takeover) -> Told:
    detail = words(
        msg("{group} · taken over by {people}", group=msg(GROUPS[takeover.group]), people=names(document, takeover.by))
    )
    return Told(
        Point(words(takeover.what), words("steps in"), "ok", detail), takeover.step, takeover.subject, takeover.field
    )


def _cover(document: Document, cover: Cover) -> Told:
    said = cover.label
    if cover.lost > 0:
        said = msg("{duty}: {hours} a week newly uncovered", duty=cover.label, hours=duration(cover.lost))
    detail = words(GROUPS["cover"])
    if cover.there is not None:
        when = cover.there[0].astimezone(agent_zone(document))
        first = msg(
            "first there: {who}, {day} {time}",
            who=document.called(cover.there[1]),
            day=f"{when:%Y-%m-%d}",
            time=f"{when:%H:%M}",
        )
        detail = f"{detail} · {words(first)}"
    verdict, tone = (msg("uncovered"), "bad") if cover.lost > 0 else (msg("others"), "warn")
    return Told(Point(words(said), words(verdict), tone, detail), "exceptions", "", "coverage_window")
