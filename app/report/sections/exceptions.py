"""What goes wrong, where it lands, who clears it and when; and the hours that nobody covers (domain.md 1.7, 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.exceptions import (
    CoverageWindow,
    ExceptionClass,
    ExceptionPath,
    Queue,
    ResponseTarget,
    SeverityRule,
)
from app.model.ids import instant, moment
from app.policy.coverage import Week, gaps_between, nominal
from app.policy.drill_card import DutyCover, duties_at
from app.policy.real_week import weeks_apart
from app.policy.targets import is_default
from app.policy.windows import agent_zone, closed_stretches
from app.policy.year import WEEKS, Year, year_of
from app.report.details import facts, listing, table
from app.report.display import day_words, minutes_words
from app.report.material import Material
from app.report.model import Block, Cell, HeatMap, Paragraph, Section, Table, Tone


def section(material: Material) -> Section:
    """Exception path and coverage."""
    weeks = [nominal(material.document, str(duty.value), material.today) for duty in v.DUTIES]
    return Section(
        "exceptions",
        words("Exceptions & coverage"),
        words("A queue, a person, a time, what they may do, and what goes further; then the hours nobody covers."),
        (
            facts(material, material.document.only(ExceptionPath), words("What holds for every exception")),
            listing(material, ExceptionClass, "No class of exception is described yet."),
            listing(material, Queue, "There is no queue yet."),
            listing(material, SeverityRule, "", caption=words("What each severity means here")),
            listing(material, ResponseTarget, ""),
            *_defaults(material),
            _coverage(material, weeks),
            *_year(material),
            *_pictures(material, weeks),
            listing(material, CoverageWindow, "Nobody is named for any hour yet.", first=("duty", "holder")),
        ),
        sheet="Exceptions & coverage",
    )


def _defaults(material: Material) -> tuple[Paragraph, ...]:
    """The response targets that nobody has set: they are the program's, and no promise of the room."""
    unchanged = [row.severity for row in material.document.rows(ResponseTarget) if is_default(row)]
    if not unchanged:
        return ()
    said = msg(
        "Defaults of the program, which nobody has changed: the targets of severity {severities}.",
        severities=", ".join(unchanged),
    )
    return (Paragraph(words(said), Tone.MUTED),)


def _pictures(material: Material, weeks: list[Week]) -> Iterator[HeatMap]:
    """A picture of each week that somebody covers; duties that are covered alike share one."""
    alike: dict[tuple[object, ...], list[Week]] = {}
    for week in weeks:
        if week.holders:
            alike.setdefault((week.hours, week.holders, week.covered), []).append(week)
    for same in alike.values():
        yield heat_map(material, same[0], ", ".join(words(_duty(week)) for week in same))


def heat_map(material: Material, week: Week, caption: str) -> HeatMap:
    """The nominal week of a duty, hour by hour, on the agent's clock."""
    summary = msg(
        "{covered} of 168 hours covered in the nominal week · {zone}",
        covered=f"{week.covered / 60:.4g}",
        zone=material.agent.time_zone or "UTC",
    )
    weekdays = tuple(words(day.label) for day in v.WEEKDAYS)
    return HeatMap(caption, weekdays, week.hours, week.holders, words(summary))


def _coverage(material: Material, weeks: list[Week]) -> Table:
    targets = {each.duty: each for each in duties_at(material.document, instant(material.as_of))}
    rows = [
        (
            Cell(words(_duty(week)), Tone.STRONG),
            Cell(", ".join(week.holders) or words("nobody"), Tone.PLAIN if week.holders else Tone.BAD),
            _uncovered(week.uncovered),
            minutes_words(week.longest_gap),
            minutes_words(week.single),
            Cell(week.people),
            _worst(targets[week.duty]),
        )
        for week in weeks
    ]
    columns = (
        ("Duty", 2),
        ("Covered by", 3),
        ("Uncovered", 1),
        ("Longest gap", 1),
        ("One person alone", 1),
        ("People", 1),
        ("Target, and its worst response", 2),
    )
    return table("coverage", columns, rows, caption="Coverage in a nominal week of 168 hours")


def _worst(duty: DutyCover) -> Cell:
    if duty.target is None:
        return Cell("")
    target = minutes_words(duty.target)
    if duty.worst is None:
        return Cell(words(msg("{target}: never", target=target)), Tone.BAD)
    said = words(msg("{target}: {worst}", target=target, worst=minutes_words(duty.worst)))
    return Cell(said, Tone.OK if duty.worst <= duty.target else Tone.WARN)


def _uncovered(minutes: int) -> Cell:
    return Cell(minutes_words(minutes), Tone.WARN if minutes else Tone.OK)


# --- the calendar ------------------------------------------------------------------------------------------


def _year(material: Material) -> tuple[Block, ...]:
    """What the calendar makes of it: a year of real weeks, the odd ones by name, and the days closed."""
    day = instant(material.as_of).astimezone(agent_zone(material.document)).date()
    years = [year_of(material.document, str(duty.value), day) for duty in v.DUTIES]
    return (_real(material, years), _odd(material, years, day), _closures(material, day))


def _real(material: Material, years: list[Year]) -> Table:
    rows = []
    for year in years:
        longest = year.longest_gap
        lasts = minutes_words(longest.minutes) if longest else words("none")
        since = material.moment(moment(longest.start)) if longest else ""
        rows.append(
            (
                Cell(words(_duty(year)), Tone.STRONG),
                _uncovered(year.uncovered),
                lasts,
                since,
                minutes_words(year.single),
            )
        )
    monday = day_words(years[0].weeks[0].monday.isoformat())
    caption = msg("Coverage in the {count} real weeks from {day} on", count=len(years[0].weeks), day=monday)
    columns = (("Duty", 2), ("Uncovered", 1), ("Longest gap", 1), ("It begins", 2), ("One person alone", 1))
    return table("coverage_year", columns, rows, caption=words(caption))


def _odd(material: Material, years: list[Year], day: date) -> Table:
    """The weeks in which the clock changes, and those in which a hand-over between two zones does not meet."""
    apart = {year.duty: dict(weeks_apart(material.document, year.duty, day)) for year in years}
    mondays = {week.monday for week in years[0].odd}.union(*apart.values())
    rows: list[tuple[Cell | str, ...]] = []
    for place, week in enumerate(years[0].weeks):
        if week.monday not in mondays:
            continue
        holes = [
            words(msg("{duty}: {hours}", duty=msg(_duty(year)), hours=minutes_words(hole)))
            for year in years
            if (hole := apart[year.duty].get(week.monday))
        ]
        uncovered = [minutes_words(year.weeks[place].uncovered) for year in years]
        told = Cell(", ".join(holes) or words("none"), Tone.WARN if holes else Tone.PLAIN)
        rows.append((day_words(week.monday.isoformat()), minutes_words(week.length), *uncovered, told))
    columns = (
        ("Week of", 2),
        ("Hours", 1),
        *((entry.label, 1) for entry in v.DUTIES),
        ("Hole in a hand-over", 2),
    )
    return table(
        "odd_weeks",
        columns,
        rows,
        caption="Weeks that are not as the nominal one: their hours, and what is uncovered in each",
        empty="No clock changes in this year: every week has 168 hours.",
    )


def _closures(material: Material, day: date) -> Table:
    """Every closure to come, and whether somebody else is there."""
    document = material.document
    last = day + timedelta(weeks=WEEKS)
    found = sorted(
        (
            closed,
            window.duty,
            str(document.called(window.holder)),
            bool(gaps_between(document, window.duty, start, end)),
        )
        for window in document.rows(CoverageWindow)
        for closed, start, end in closed_stretches(document, window, day, last)
    )
    rows = [
        (
            Cell(day_words(closed), Tone.STRONG),
            words(next(entry.label for entry in v.DUTIES if entry.value == duty)),
            who,
            Cell(words("nobody else") if alone else words("somebody else is there"), Tone.WARN if alone else Tone.OK),
        )
        for closed, duty, who, alone in found
    ]
    columns = (("Closed on", 1), ("Duty", 2), ("Who is not there", 2), ("Cover", 2))
    return table(
        "closures", columns, rows, caption="Closures in these weeks", empty="No closures are given for these weeks."
    )


def _duty(of: Week | Year) -> str:
    return next(entry.label for entry in v.DUTIES if entry.value == of.duty)
