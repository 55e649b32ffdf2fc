"""Rules about the hours themselves: who stands behind them, when they end, and what the calendar does to them
(domain.md 4; 99, 108, 110, 112)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.messages import Message, msg, number_of
from app.model import vocabulary as v
from app.model.changes import RowChange
from app.model.document import Document
from app.model.exceptions import CoverageWindow, ExceptionPath
from app.model.fields import Choice
from app.model.owners import RoleAssignment, Rota
from app.model.room import Agent, Person
from app.policy.absence import away
from app.policy.coverage import duration, gaps_between, nominal
from app.policy.days import in_words
from app.policy.drill_reach import HOLDS
from app.policy.holders import holder
from app.policy.oversight import listed
from app.policy.real_week import weeks_apart
from app.policy.windows import WEEKDAYS, closed_stretches, lack_of, people_behind, windows_for
from app.rules.rule import Hit, Reads, Rule, part, rule
from app.rules.severity import ADVISES, WARNS

ENOUGH_ON_A_ROTA = 4
"""Below so many people a rota wears its people out (domain.md 4)."""

SOON = timedelta(weeks=4)
"""Hours that end within this time are told of."""

COMING = timedelta(weeks=8)
"""Closures within this time are looked at."""

HOURS: Reads = (part(Agent, "time_zone"), CoverageWindow, part(Person), part(Rota, "members"))


@rule(
    "COV-06",
    108,
    step="roles",
    question="What does the pager do when nobody is on call?",
    why="Some pagers raise no incident while nobody is on call, and a hole in the cover looks like a quiet night.",
    source="S3",
    weak="It pages the rota.",
    better="Somebody is on call at every hour; tried on a Saturday at 03:00, and the page came through.",
    marks=WARNS,
    reads=(
        part(Agent, "time_zone"),
        CoverageWindow,
        part(Person, "name", "paging_route"),
        part(Rota, "name", "members", "paging_route"),
        part(RoleAssignment, "person", "rota"),
    ),
    timed=True,
)
def a_page_reaches_somebody_at_every_hour(document: Document, today: str) -> Iterator[Hit]:
    paged = holder(document, "ARE")
    row = document.get(Rota, paged.rota) or document.get(Person, paged.person)
    uncovered = nominal(document, "first_response", today).uncovered
    if row is not None and row.paging_route and uncovered:
        yield Hit(
            msg(
                "{name} is paged by “{route}”, and for {hours} of the week nobody is on for first response: a page may "
                "then raise nothing.",
                name=row.name,
                route=row.paging_route,
                hours=duration(uncovered),
            ),
            row.id,
            "paging_route",
        )


@rule(
    "COV-07",
    112,
    step="roles",
    question="How many take turns?",
    why="Two or three people who take turns are on call every second or third week, and one who leaves ends the rota.",
    source="S3",
    weak="The two who know it.",
    better="Four on the rota, and a fifth who learns.",
    marks=WARNS,
    reads=(CoverageWindow, part(Person, "id"), part(Rota, "name", "members")),
)
def a_rota_has_enough_people(document: Document, today: str) -> Iterator[Hit]:
    carrying = {window.holder for duty in v.DUTIES for window in windows_for(document, str(duty.value))}
    for rota in document.rows(Rota):
        count = len(people_behind(document, rota.id))
        if rota.id in carrying and count < ENOUGH_ON_A_ROTA:
            yield Hit(
                number_of(
                    count,
                    "“{rota}” carries hours with one person; {enough} make a rota that lasts.",
                    "“{rota}” carries hours with {count} people; {enough} make a rota that lasts.",
                    rota=rota.name,
                    enough=ENOUGH_ON_A_ROTA,
                ),
                rota.id,
                "members",
            )


@rule(
    "COV-08",
    112,
    step="exceptions",
    question="Who is there when this one person is ill?",
    why="Hours that one person alone stands for are covered until the first cold.",
    source="S3",
    weak="Marc is always there.",
    better="Marc Oyelaran, and Dana Abelard on the same hours.",
    marks=ADVISES,
    reads=(*HOURS, part(Person, "away_from", "away_to")),
    timed=True,
)
def nobody_stands_alone(document: Document, today: str) -> Iterator[Hit]:
    gone = away(document, today)
    empty = [window for window in document.rows(CoverageWindow) if people_behind(document, window.holder) <= gone]
    document = document.applying(RowChange(window, None) for window in empty)
    for duty in v.DUTIES:
        week = nominal(document, str(duty.value), today)
        alone = [w for w in windows_for(document, week.duty) if len(people_behind(document, w.holder)) == 1]
        if week.single and alone:
            said = msg("For {hours} of the week one person alone is there for “{duty}”.", **_hours(duty, week.single))
            yield Hit(said, alone[0].id, "holder")


@rule(
    "COV-09",
    99,
    step="exceptions",
    question="Who is there when these hours end?",
    why="Hours with an end date end quietly: nothing rings on the day after.",
    weak="Until January, for now.",
    better="Until 30 January; from 1 February the rota has Saturdays too.",
    marks=WARNS,
    reads=HOURS,
    timed=True,
)
def hours_that_end_are_followed(document: Document, today: str) -> Iterator[Hit]:
    horizon = (date.fromisoformat(today) + SOON).isoformat()
    for duty in v.DUTIES:
        for window in windows_for(document, str(duty.value)):
            if not window.valid_to or window.valid_to > horizon:
                continue
            ended = window.valid_to < today
            after = today if ended else (date.fromisoformat(window.valid_to) + timedelta(days=1)).isoformat()
            before = nominal(document, window.duty, window.valid_to).uncovered
            lost = nominal(document, window.duty, after).uncovered - before
            if lost > 0:
                told = {**_hours(duty, lost), "day": in_words(window.valid_to)}
                said = (
                    msg("Hours for “{duty}” ended on {day}; {hours} a week are uncovered since.", **told)
                    if ended
                    else msg("Hours for “{duty}” end on {day}; then {hours} a week more are uncovered.", **told)
                )
                yield Hit(said, window.id, "valid_to")


@rule(
    "COV-10",
    99,
    step="exceptions",
    question="Who is there on the days when these hours are closed?",
    why="The agent keeps no holidays.",
    source="S1",
    weak="We are closed at Christmas.",
    better="Closed on 25 December; the agent is paused from the evening before.",
    marks=ADVISES,
    reads=(part(ExceptionPath, "off_hours"), *HOURS[:2], part(Person, "away_from", "away_to"), part(Rota, "members")),
    timed=True,
)
def closures_are_covered(document: Document, today: str) -> Iterator[Hit]:
    if document.only(ExceptionPath).off_hours in HOLDS:
        return
    first = date.fromisoformat(today)
    for duty in v.DUTIES:
        for window in windows_for(document, str(duty.value)):
            uncovered = [
                day
                for day, start, end in closed_stretches(document, window, first, first + COMING)
                if gaps_between(document, window.duty, start, end)
            ]
            if uncovered:
                days = listed([in_words(day) for day in uncovered])
                yield Hit(
                    msg("“{duty}” is closed on {days}, and nobody else is there.", duty=msg(duty.label), days=days),
                    window.id,
                    "closures",
                )


@rule(
    "COV-11",
    99,
    step="exceptions",
    question="Which of these hours cover nothing?",
    why="Hours without a person look like cover on paper, and are a hole in the night.",
    weak="Mon to Fri, somebody.",
    better="Mon to Fri 09:00 to 17:00, Marc Oyelaran.",
    marks=WARNS,
    over=CoverageWindow,
    reads=(part(Person, "id"), part(Rota, "name", "members")),
)
def every_window_counts(window: CoverageWindow, document: Document, today: str) -> Iterator[Hit]:
    lack = lack_of(document, window)
    if lack is not None:
        yield Hit(
            msg("{hours}, cover nothing: {reason}.", hours=_named(window), reason=lack.reason), window.id, lack.field
        )


@rule(
    "COV-12",
    99,
    step="exceptions",
    question="Does the hand-over between two time zones hold when the clocks change?",
    why="Two countries change their clocks on different days; for some weeks a hand-over that meets has a hole.",
    weak="London hands over to New York at 20:00.",
    better="London stays until 21:00 in the weeks in which the clocks differ.",
    marks=WARNS,
    reads=HOURS,
    timed=True,
)
def a_hand_over_holds_when_clocks_change(document: Document, today: str) -> Iterator[Hit]:
    for duty in v.DUTIES:
        apart = weeks_apart(document, str(duty.value), date.fromisoformat(today))
        if apart:
            first, hole = apart[0]
            told = {**_hours(duty, hole), "day": in_words(first.isoformat())}
            said = (
                msg("In the week of {day} “{duty}” has a hole of {hours} that ordinary weeks do not have.", **told)
                if len(apart) == 1
                else number_of(
                    len(apart) - 1,
                    "In the week of {day} “{duty}” has a hole of {hours} that ordinary weeks do not have; so it is in "
                    "1 more week of the year.",
                    "In the week of {day} “{duty}” has a hole of {hours} that ordinary weeks do not have; so it is in "
                    "{count} more weeks of the year.",
                    **told,
                )
            )
            yield Hit(said, windows_for(document, str(duty.value))[0].id, "zone")


def _named(window: CoverageWindow) -> Message:
    """The hours of a window as far as they are given: Hours for “Approve”, Mon to Fri, 09:00 to 17:00."""
    duty = next((entry for entry in v.DUTIES if entry.value == window.duty), None)
    named = msg("Hours for “{duty}”", duty=msg(duty.label)) if duty is not None else msg("Hours")
    if window.weekdays:
        named = msg("{hours}, {days}", hours=named, days=_days(window))
    if window.start and window.end:
        named = msg("{hours}, {start} to {end}", hours=named, start=window.start, end=window.end)
    return named


def _days(window: CoverageWindow) -> Message:
    """Days that follow each other as a span."""
    labels = [msg(entry.label) for entry in v.WEEKDAYS]
    places = sorted(WEEKDAYS.index(day) for day in window.weekdays)
    first, last = places[0], places[-1]
    if 1 < last - first == len(places) - 1:
        return msg("{first} to {last}", first=labels[first], last=labels[last])
    return listed([labels[place] for place in places])


def _hours(duty: Choice, minutes: int) -> dict[str, Message | int]:
    return {"duty": msg(duty.label), "hours": duration(minutes)}


RULES: tuple[Rule, ...] = (
    a_page_reaches_somebody_at_every_hour,
    a_rota_has_enough_people,
    nobody_stands_alone,
    hours_that_end_are_followed,
    closures_are_covered,
    every_window_counts,
    a_hand_over_holds_when_clocks_change,
)
