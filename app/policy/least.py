"""The least number of people whose absence leaves a duty empty, and who they are (33; domain.md 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.changes import RowChange
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.fields import fields_of
from app.model.room import Person
from app.policy.coverage import nominal, people_behind
from app.policy.places import Lapse, Place, places


@dataclass(frozen=True, slots=True)
class Least:
    """The fewest people whose absence leaves a duty empty: `people` are their ids, `count` of `of` who stand behind it.
    `what` names the duty, or how many alike it stands for."""

    group: str
    what: Message
    people: tuple[str, ...]
    of: int
    subject: str
    field: str
    step: str

    @property
    def count(self) -> int:
        return len(self.people)


def least_people(document: Document, today: str) -> tuple[Least, ...]:
    """For each duty the least number of people whose absence leaves it empty, and who; the fewest first.

    For a place these are all who could fill it, or the smaller group without whom a place that takes two people
    fails. For hours they are the fewest who stand behind any covered stretch of the nominal week of that day: without
    them an hour that was covered is empty. The first is the least for the whole map.
    Duties of one kind behind which the same people stand are told together.
    """
    alike: dict[tuple[str, str, tuple[Lapse, ...]], list[Place]] = {}
    for place in places(document):
        row = document.find(place.subject)
        kind = row.spec.kind if row is not None and not row.spec.fixed_by else place.subject
        alike.setdefault((kind, place.field, place.lapses), []).append(place)
    found = [_least(document, group) for group in alike.values()]
    found += [least for entry in v.DUTIES if (least := _least_cover(document, str(entry.value), entry.label, today))]
    return tuple(sorted(found, key=lambda least: least.count))


def alone(found: Iterable[Least]) -> dict[str, tuple[Least, ...]]:
    """Person id -> the duties that are empty without that one person, whoever has most of them first."""
    held: dict[str, tuple[Least, ...]] = {}
    for least in found:
        if least.count == 1:
            held[least.people[0]] = (*held.get(least.people[0], ()), least)
    return dict(sorted(held.items(), key=lambda pair: -len(pair[1])))


def _least(document: Document, alike: list[Place]) -> Least:
    first = alike[0]
    fewest = min(first.lapses, key=lambda lapse: len(lapse.people))
    what = first.what
    if len(alike) > 1:
        row = document.find(first.subject)
        assert row is not None
        field = fields_of(type(row))[first.field].label
        what = msg("{kind} ({count}): {field}", count=len(alike), kind=msg(row.spec.many), field=msg(field))
    people = _in_order(document, fewest.people)
    return Least(first.group, fewest.told(what), people, len(first.people), first.subject, first.field, first.step)


def _least_cover(document: Document, duty: str, label: str, today: str) -> Least | None:
    """The fewest people behind any covered stretch of the nominal week of a duty, as it is today."""
    changes: dict[int, list[tuple[str, int]]] = {}
    for holder in dict.fromkeys(w.holder for w in document.rows(CoverageWindow) if w.duty == duty and w.holder):
        for start, end in nominal(_with_hours_of(document, duty, holder), duty, today).spans:
            changes.setdefault(start, []).append((holder, 1))
            changes.setdefault(end, []).append((holder, -1))
    there: set[str] = set()
    smallest: frozenset[str] = frozenset()
    everybody: frozenset[str] = frozenset()
    for minute in sorted(changes):
        for holder, step in sorted(changes[minute], key=lambda change: change[1]):
            (there.add if step > 0 else there.discard)(holder)
        crowd = frozenset().union(*(people_behind(document, holder) for holder in there))
        everybody |= crowd
        if crowd and (not smallest or len(crowd) < len(smallest)):
            smallest = crowd
    if not smallest:
        return None
    what = msg("An hour of “{duty}”", duty=msg(label))
    people = _in_order(document, smallest)
    spec = CoverageWindow.spec
    return Least("cover", what, people, len(everybody), "", spec.kind, spec.step)


def _with_hours_of(document: Document, duty: str, holder: str) -> Document:
    others = [row for row in document.rows(CoverageWindow) if (row.duty, row.holder) != (duty, holder)]
    return document.applying(RowChange(row, None) for row in others)


def _in_order(document: Document, people: frozenset[str]) -> tuple[str, ...]:
    return tuple(person.id for person in document.rows(Person) if person.id in people)
