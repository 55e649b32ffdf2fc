"""What if: when these people leave, or are away at a moment, what is unowned? (33; product.md, step 4)

The map is taken as it would then stand: they are taken out of every place, deputies step in, and everything is worked
out anew. Only what is lost by it is told; what was open before is a finding already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.errors import AppError
from app.messages import Message, msg, words
from app.model import vocabulary as v
from app.model.changes import RowChange
from app.model.document import Document, targets_of
from app.model.fields import Scope, fields_of
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Person
from app.model.row import Row, with_fields
from app.policy.absence import away
from app.policy.coverage import first_human_at, nominal, people_behind
from app.policy.drill import Drill, drill, drill_all
from app.policy.holders import AGENT, VENDOR, holders
from app.policy.least import Least, alone, least_people
from app.policy.places import Place, places
from app.policy.raci import MatrixRow, matrix
from app.policy.windows import day_of

__all__ = ["Cover", "Least", "Loss", "Takeover", "Thinned", "WhatIf", "alone", "least_people", "without"]


@dataclass(frozen=True, slots=True)
class Loss:
    """A place that nobody fills any more, or not as many as it takes; `group` is a key of `places.GROUPS`, or "raci"
    or "drill"."""

    group: str
    what: Message
    subject: str
    field: str
    step: str


@dataclass(frozen=True, slots=True)
class Takeover:
    """A place in which others step in: `by` are their ids."""

    group: str
    what: Message
    by: frozenset[str]
    subject: str
    field: str
    step: str


@dataclass(frozen=True, slots=True)
class Cover:
    """A duty for which fewer people are there. Minutes a nominal week; `there` is when somebody covers it first from
    the moment on (UTC), with the id of the holder, None where nobody does or no moment was given."""

    duty: str
    label: Message
    uncovered_before: int
    uncovered: int
    there_before: tuple[datetime, str] | None
    there: tuple[datetime, str] | None

    @property
    def lost(self) -> int:
        """Minutes a week that are newly uncovered."""
        return self.uncovered - self.uncovered_before


@dataclass(frozen=True, slots=True)
class Thinned:
    """A rota with fewer people left."""

    rota: str
    before: int
    left: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What follows when `people` are out, together with those whom the map says are `away` at the moment."""

    people: tuple[str, ...]
    away: tuple[str, ...]
    at: datetime | None
    losses: tuple[Loss, ...]
    takeovers: tuple[Takeover, ...]
    cover: tuple[Cover, ...]
    rotas: tuple[Thinned, ...]

    @property
    def unowned(self) -> bool:
        """Whether anything is left without anybody."""
        return bool(self.losses) or any(cover.lost > 0 for cover in self.cover)

    def of(self, group: str) -> tuple[Loss, ...]:
        """The losses of one group."""
        return tuple(loss for loss in self.losses if loss.group == group)


def without(document: Document, people: Iterable[str], at: datetime | None, *, as_of: datetime) -> WhatIf:
    """What is unowned when these people (ids) leave, or, with a moment, are away at it.

    At a moment everybody whom the map says is away that day is out too, and the drill is walked at that moment; else
    at the next bad moments from `as_of` on. Raises AppError for an id that is no person's.
    """
    given = tuple(dict.fromkeys(people))
    for person in given:
        if document.get(Person, person) is None:
            raise AppError(msg("That person is no longer in the project."))
    recorded = away(document, day_of(document, at)) - set(given) if at is not None else frozenset()
    out = recorded | set(given)
    then = _reduced(document, out)
    losses = (
        *_lost_places(document, out),
        *_lost_letters(document, then),
        *_lost_steps(_walked(document, at, as_of), _walked(then, at, as_of)),
    )
    return WhatIf(
        people=given,
        away=tuple(person.id for person in document.rows(Person) if person.id in recorded),
        at=at,
        losses=losses,
        takeovers=tuple(_takeovers(document, out)),
        cover=tuple(_cover(document, then, at, as_of)),
        rotas=tuple(_thinned(document, out)),
    )


# --- the map without them ----------------------------------------------------------------------------------


def _reduced(document: Document, out: frozenset[str]) -> Document:
    """The document with these people out of every decision, and deputies in the places that they leave."""
    touched = {row.id: row for person in out for row, _ in document.referrers(person)}
    left = [(row, _left(row, out)) for row in touched.values()]
    gone = document.applying(RowChange(row, after) for row, after in left if after != row)
    stepping = [(row, _stepped_in(gone, row)) for row in _parts(gone)]
    return gone.applying(RowChange(row, after) for row, after in stepping if after != row)


def _left(row: Row, out: frozenset[str]) -> Row:
    values = {}
    for name, field in fields_of(type(row)).items():
        if field.is_reference and field.scope is Scope.DECISION:
            stay = tuple(target for target in targets_of(row, name) if target not in out)
            values[name] = stay if isinstance(field.empty, tuple) else next(iter(stay), None)
    return with_fields(row, values)


def _parts(document: Document) -> tuple[Row, ...]:
    return (*document.rows(OwnerAssignment), *document.rows(RoleAssignment))


def _stepped_in(document: Document, row: Row) -> Row:
    """An owner or role that nobody holds any more, held by its deputy: of a rota, by the first who is left."""
    deputy = next((one for one in targets_of(row, "deputy") if people_behind(document, one)), None)
    holding = [one for name in ("person", "rota") if name in fields_of(type(row)) for one in targets_of(row, name)]
    if deputy is None or any(people_behind(document, one) for one in holding):
        return row
    rota = document.get(Rota, deputy)
    return with_fields(row, {"person": rota.members[0] if rota is not None else deputy})


# --- places ------------------------------------------------------------------------------------------------


def _lost_places(document: Document, out: frozenset[str]) -> Iterator[Loss]:
    for place in places(document):
        lapse = place.lapse(out)
        if lapse is not None:
            yield Loss(place.group, lapse.told(place.what), place.subject, place.field, place.step)


def _takeovers(document: Document, out: frozenset[str]) -> Iterator[Takeover]:
    """The places that one of these people holds and that somebody else can fill at once."""
    for place in places(document):
        if place.people & out and place.lapse(out) is None and _holds(document, place, out):
            yield Takeover(place.group, place.what, place.people - out, place.subject, place.field, place.step)


def _holds(document: Document, place: Place, out: frozenset[str]) -> bool:
    """Whether one of these people stands in the field itself, not only beside it or in a rota that goes on."""
    row = document.find(place.subject)
    return row is not None and any(target in out for target in targets_of(row, place.field))


def _thinned(document: Document, out: frozenset[str]) -> Iterator[Thinned]:
    for rota in document.rows(Rota):
        left = len(set(rota.members) - out)
        if left < len(rota.members):
            yield Thinned(rota.id, len(rota.members), left)


# --- hours, letters, drills --------------------------------------------------------------------------------


def _cover(document: Document, then: Document, at: datetime | None, as_of: datetime) -> Iterator[Cover]:
    on = day_of(document, at or as_of)
    for entry in v.DUTIES:
        duty = str(entry.value)
        before, after = nominal(document, duty, on), nominal(then, duty, on)
        there_before = first_human_at(document, duty, at) if at is not None else None
        there = first_human_at(then, duty, at) if at is not None else None
        if before.uncovered != after.uncovered or there_before != there:
            yield Cover(duty, msg(entry.label), before.uncovered, after.uncovered, there_before, there)


def _lost_letters(document: Document, then: Document) -> Iterator[Loss]:
    """The rows of the RACI in which nobody who is named has the A, or the R, any more."""
    before = {code: held.filled or code in (AGENT, VENDOR) for code, held in holders(document).items()}
    after = {code: held.filled or code in (AGENT, VENDOR) for code, held in holders(then).items()}
    for row in matrix(document).rows:
        for letter, said in (("A", msg("nobody is accountable")), ("R", msg("nobody is responsible"))):
            codes = row.holding(letter)
            if any(before[code] for code in codes) and not any(after[code] for code in codes):
                yield Loss("raci", _row_words(row, said), row.key, codes[0], "raci")


def _row_words(row: MatrixRow, said: Message) -> Message:
    return msg("{row}: {said}", row=row.label, said=said)


def _walked(document: Document, at: datetime | None, as_of: datetime) -> tuple[Drill, ...]:
    if at is None:
        return drill_all(document, as_of)
    return tuple(drill(document, at, str(entry.value)) for entry in v.SCENARIOS)


def _lost_steps(before: tuple[Drill, ...], after: tuple[Drill, ...]) -> Iterator[Loss]:
    """The steps that have an answer now and would have none then, each told once with the drills that it fails."""
    failing: dict[tuple[str, str], list[Drill]] = {}
    losses: dict[tuple[str, str], Loss] = {}
    for was, becomes in zip(before, after, strict=True):
        answered = {step.key for step in was.steps if not step.gap}
        for step in becomes.gaps:
            if step.key in answered:
                reason = step.gap_reason or msg("no answer")
                key = step.key, words(reason)
                what = msg("{title}: {reason}", title=step.title, reason=reason)
                losses.setdefault(key, Loss("drill", what, step.place.subject, step.place.field, step.place.step))
                failing.setdefault(key, []).append(becomes)
    for key, loss in losses.items():
        told = msg("{what} (in {count} of {all} drills)", what=loss.what, count=len(failing[key]), all=len(after))
        yield Loss(loss.group, told, loss.subject, loss.field, loss.step)
