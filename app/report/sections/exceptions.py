"""What goes wrong, where it lands, who clears it and when; and the hours that nobody covers (domain.md 1.7, 4)."""

from __future__ import annotations

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
from app.policy.coverage import WEEK, Week, nominal
from app.report.details import facts, listing, table
from app.report.display import minutes_words
from app.report.material import Material
from app.report.model import Cell, HeatMap, Section, Table, Tone


def section(material: Material) -> Section:
    """Exception path and coverage."""
    weeks = [nominal(material.document, str(duty.value), material.as_of[:10]) for duty in v.DUTIES]
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
            _coverage(weeks),
            *(heat_map(material, week, words(_duty(week))) for week in weeks if week.holders),
            listing(material, CoverageWindow, "Nobody is named for any hour yet.", first=("duty", "holder")),
        ),
        sheet="Exceptions & coverage",
    )


def heat_map(material: Material, week: Week, caption: str) -> HeatMap:
    """The nominal week of a duty, hour by hour, on the agent's clock."""
    summary = msg(
        "{covered} of 168 hours covered · {zone}",
        covered=f"{week.covered / 60:.4g}",
        zone=material.agent.time_zone or "UTC",
    )
    weekdays = tuple(words(day.label) for day in v.WEEKDAYS)
    return HeatMap(caption, weekdays, week.hours, week.holders, words(summary))


def _coverage(weeks: list[Week]) -> Table:
    rows = [
        (
            Cell(words(_duty(week)), Tone.STRONG),
            Cell(", ".join(week.holders) or words("nobody"), Tone.PLAIN if week.holders else Tone.BAD),
            minutes_words(week.covered),
            Cell(minutes_words(WEEK - week.covered), Tone.WARN if week.uncovered else Tone.OK),
            minutes_words(week.longest_gap),
            minutes_words(week.single),
            Cell(week.people),
        )
        for week in weeks
    ]
    columns = (
        ("Duty", 2),
        ("Covered by", 3),
        ("Covered", 1),
        ("Uncovered", 1),
        ("Longest gap", 1),
        ("One person alone", 1),
        ("People", 1),
    )
    return table("coverage", columns, rows, caption="Coverage in a nominal week of 168 hours")


def _duty(week: Week) -> str:
    return next(entry.label for entry in v.DUTIES if entry.value == week.duty)
