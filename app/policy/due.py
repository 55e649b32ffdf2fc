"""Due next: everything in a map that has a day, in order of date (product.md, "A short workshop, a second day, and
afterwards"; domain.md 0.11, 0.12, 3.6).

Nothing here is stored: it follows from promises, expiries, rhythms and tests as they stand on a day.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from app.messages import Message, msg
from app.model import vocabulary as v
from app.model.boundary import LaunchBlocker
from app.model.commit import AcceptedRisk, Commitment, ParkedItem
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.fields import fields_of
from app.model.oversight import Action, Evidence
from app.model.owners import OwnerAssignment, RoleAssignment, VendorCover
from app.model.room import Agent, Person
from app.model.row import Row
from app.model.scorecard import Review, ReviewRhythm
from app.model.stop import CompensatingTransaction, StopControl
from app.policy.absence import is_over
from app.policy.days import in_words
from app.policy.graduation import DRILLED_WITHIN
from app.policy.holders import holder
from app.policy.promise import promised
from app.policy.taken_on import ACCEPTED, answer_of

STALE, LAPSED = timedelta(days=90), timedelta(days=180)
"""Evidence of this age asks for a new look; of that age it no longer carries a mode (domain.md 3.5, R5)."""

DAYS = {"daily": 1, "weekly": 7, "fortnightly": 14}
MONTHS = {"monthly": 1, "quarterly": 3}
"""How far apart the reviews of a rhythm are, in days or in calendar months."""

KINDS = {
    "commitment": "Commitment",
    "risk": "Accepted risk",
    "map_review": "Review of this map",
    "review": "Review",
    "evidence": "Evidence",
    "stop_test": "Test of a stop button",
    "compensation_test": "Test of a compensating transaction",
    "vendor_cover": "Vendor cover",
    "cover": "Hours",
    "absence": "Absence",
    "acceptance": "Acceptance",
    "parked": "Parked",
    "launch_blocker": "Launch blocker",
}
"""What can be due, and its words."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due. `on` is the day, `2026-11-21`, or "" where none is set; `who` is the id of the person or
    rota who sees to it; `subject` and `field` are the row and field that answer it, on the page `step`."""

    on: str
    kind: str
    what: Message
    who: str | None
    step: str
    subject: str
    field: str
    overdue: bool = False

    @property
    def when(self) -> Message:
        """The day in words."""
        return in_words(self.on) if self.on else msg("no day set")


@dataclass(frozen=True, slots=True)
class _Point:
    on: str
    kind: str
    what: Message
    who: str | None
    row: Row
    field: str


def due_next(document: Document, today: str, kept: Collection[str] = ()) -> tuple[Due, ...]:
    """Everything that is due, the earliest first; what has no day comes last. `today` is a day, `2026-11-21`; `kept`
    are the ids of promises whose point is answered (app.rules.promises), of which nothing is asked any more."""
    points = chain(
        _commitments(document, kept),
        _risks(document),
        _map_review(document),
        _reviews(document),
        _evidence(document, today),
        _tests(document),
        _vendor_cover(document),
        _cover(document),
        _absences(document, today),
        _acceptances(document),
        _parked(document),
        _launch_blockers(document),
    )
    found = [
        Due(
            point.on,
            point.kind,
            point.what,
            point.who,
            fields_of(type(point.row))[point.field].step,
            point.row.id,
            point.field,
            overdue=bool(point.on) and point.on < today and point.kind != "absence",
        )
        for point in points
    ]
    return tuple(sorted(found, key=lambda due: (not due.on, due.on)))


def next_review(cadence: str, last: str) -> str:
    """The day on which a review with this cadence is due after the one held on `last`; "" without a cadence.

    A month later than the 31st is the last day of the next month.
    """
    held = date.fromisoformat(last)
    if cadence in DAYS:
        return _later(last, timedelta(days=DAYS[cadence]))
    if cadence not in MONTHS:
        return ""
    years, month = divmod(held.month - 1 + MONTHS[cadence], 12)
    year, month = min(held.year + years, date.max.year), month + 1
    return held.replace(year, month, min(held.day, calendar.monthrange(year, month)[1])).isoformat()


def _commitments(document: Document, kept: Collection[str]) -> Iterator[_Point]:
    for row in document.rows(Commitment):
        if not row.done_on and row.id not in kept:
            yield _Point(row.by_when, "commitment", promised(document, row), row.who, row, "done_on")


def _risks(document: Document) -> Iterator[_Point]:
    for row in document.rows(AcceptedRisk):
        if row.expiry:
            what = msg("The acceptance of {code} ends: {why}", code=row.code, why=row.why)
            yield _Point(row.expiry, "risk", what, row.who, row, "expiry")


def _map_review(document: Document) -> Iterator[_Point]:
    agent = document.only(Agent)
    if agent.review_by:
        lead = holder(document, "WO").person
        yield _Point(agent.review_by, "map_review", msg("Review this map"), lead, agent, "review_by")


def _reviews(document: Document) -> Iterator[_Point]:
    held: dict[str | None, str] = {}
    for review in document.rows(Review):
        held[review.rhythm] = max(held.get(review.rhythm, ""), review.on)
    for row in document.rows(ReviewRhythm):
        last = held.get(row.id, "")
        if last:
            what = msg("{review}; held last on {day}", review=row.what, day=in_words(last))
        else:
            what = msg("{review}; not held yet", review=row.what)
        if on := next_review(row.cadence, last) if last else "":
            yield _Point(on, "review", what, row.led_by, row, "what")
        elif not last:
            yield _Point("", "review", what, row.led_by, row, "what")


def _evidence(document: Document, today: str) -> Iterator[_Point]:
    latest: dict[str | None, Evidence] = {}
    for evidence in document.rows(Evidence):
        known = latest.get(evidence.action)
        if evidence.to_day and (known is None or evidence.to_day > known.to_day):
            latest[evidence.action] = evidence
    product_owner = holder(document, "APO").person
    for action in document.rows(Action):
        if action.id not in latest:
            continue
        evidence = latest[action.id]
        stale, lapsed = _later(evidence.to_day, STALE), _later(evidence.to_day, LAPSED)
        if today > lapsed:
            what = msg("The evidence for “{action}” is over 180 days old and no longer counts", action=action.name)
            yield _Point(lapsed, "evidence", what, product_owner, evidence, "to_day")
        elif today > stale:
            what = msg(
                "The evidence for “{action}” is over 90 days old; from {day} it no longer counts",
                action=action.name,
                day=in_words(lapsed),
            )
            yield _Point(stale, "evidence", what, product_owner, evidence, "to_day")
        else:
            what = msg("The evidence for “{action}” will be 90 days old", action=action.name)
            yield _Point(stale, "evidence", what, product_owner, evidence, "to_day")


def _tests(document: Document) -> Iterator[_Point]:
    responder = holder(document, "ARE")
    for control in document.rows(StopControl):
        if control.last_tested:
            on = _later(control.last_tested, DRILLED_WITHIN)
            what = msg("The test of the stop button “{where}” will be 90 days old", where=control.where)
            who = control.tested_by or responder.rota or responder.person
            yield _Point(on, "stop_test", what, who, control, "last_tested")
    for row in document.rows(CompensatingTransaction):
        if row.last_tested:
            on = _later(row.last_tested, DRILLED_WITHIN)
            what = msg(
                "The test of the compensating transaction for “{action}” will be 90 days old",
                action=document.called(row.action),
            )
            yield _Point(on, "compensation_test", what, row.owner, row, "last_tested")


def _vendor_cover(document: Document) -> Iterator[_Point]:
    for row in document.rows(VendorCover):
        if row.until:
            what = msg("The vendor’s help ends: {what}", what=row.what or document.called(row.person))
            yield _Point(row.until, "vendor_cover", what, row.deputy or row.person, row, "until")


def _cover(document: Document) -> Iterator[_Point]:
    windows = document.rows(CoverageWindow)
    for row in windows:
        if row.valid_to and row.duty and not any(_follows(other, row) for other in windows):
            duty = next(entry.label for entry in v.DUTIES if entry.value == row.duty)
            what = msg(
                "The hours for “{duty}” of {who} end", duty=msg(duty), who=document.called(row.holder) or msg("nobody")
            )
            yield _Point(row.valid_to, "cover", what, row.holder, row, "valid_to")


def _follows(later: CoverageWindow, ended: CoverageWindow) -> bool:
    """Whether a window goes on, on the same days, when another has ended."""
    lasts = not later.valid_to or later.valid_to > ended.valid_to
    return later.duty == ended.duty and lasts and set(ended.weekdays) <= set(later.weekdays)


def _absences(document: Document, today: str) -> Iterator[_Point]:
    for person in document.rows(Person):
        if not (person.away_from or person.away_to) or is_over(person, today):
            continue
        if not person.away_to:
            what = msg("{name} is away until further notice", name=person.name)
        else:
            what = msg("{name} is away until {day}", name=person.name, day=in_words(person.away_to))
        yield _Point(person.away_from or today, "absence", what, person.id, person, "away_to")


def _acceptances(document: Document) -> Iterator[_Point]:
    parts: tuple[OwnerAssignment | RoleAssignment, ...] = (
        *document.rows(OwnerAssignment),
        *document.rows(RoleAssignment),
    )
    for row in parts:
        said = answer_of(document, row).said
        if row.person is None or said == ACCEPTED:
            continue
        name, part = document.called(row.person), msg(row.called())
        if said == "declined":
            what = msg("{name} has declined: {part}", name=name, part=part)
        else:
            what = msg("{name} has not accepted yet: {part}", name=name, part=part)
        yield _Point("", "acceptance", what, row.person, row, "accepted")


def _parked(document: Document) -> Iterator[_Point]:
    for row in document.rows(ParkedItem):
        if not row.done:
            yield _Point(row.due, "parked", msg("{what}", what=row.what), row.owner, row, "done")


def _launch_blockers(document: Document) -> Iterator[_Point]:
    for row in document.rows(LaunchBlocker):
        if not row.cleared_on:
            what = msg("Not yet shown to be handled: {case}", case=row.case)
            yield _Point("", "launch_blocker", what, row.it or row.business, row, "cleared_on")


def _later(day: str, by: timedelta) -> str:
    """A day so much later; the last day of the calendar where it would go beyond."""
    found = date.fromisoformat(day)
    return (found + by if date.max - found >= by else date.max).isoformat()
