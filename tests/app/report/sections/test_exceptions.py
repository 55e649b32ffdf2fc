"""Coverage in the report: the nominal week, the calendar, and the days closed."""

from __future__ import annotations

from app.model.exceptions import CoverageWindow
from app.model.log import Log
from app.policy.windows import people_behind
from app.report.material import Material
from app.report.model import HeatMap, Section, Table, Tone
from app.report.sections import exceptions
from app.revisions.signoff import state
from tests.support.builder import AS_OF, ProjectBuilder, sample


def section(builder: ProjectBuilder) -> Section:
    document = builder.document
    return exceptions.section(Material(document, Log(), (), "", state(document), AS_OF))


def table(builder: ProjectBuilder, key: str) -> Table:
    return next(block for block in section(builder).blocks if isinstance(block, Table) and block.key == key)


def rows(found: Table) -> list[tuple[str, ...]]:
    return [tuple(str(cell.value) for cell in row) for row in found.rows]


def test_the_nominal_week_with_what_a_target_comes_to() -> None:
    found = table(sample(), "coverage")
    assert found.caption == "Coverage in a nominal week of 168 hours"
    assert rows(found)[0] == (
        *("First response", "Platform on call", "0 min", "0 min", "0 min", "4"),
        "30 min: 30 min",
    )
    assert rows(found)[-1] == (
        *("Clear exceptions", "Marc Oyelaran", "128 h", "64 h", "40 h", "1"),
        "30 min: 64 h 30 min",
    )
    assert (found.rows[0][-1].tone, found.rows[-1][-1].tone) == (Tone.OK, Tone.WARN)


def test_the_calendar_beside_it() -> None:
    builder = sample()
    year = table(builder, "coverage_year")
    assert year.caption == "Coverage in the 53 real weeks from 16 Nov 2026 on"
    assert rows(year)[-1] == ("Clear exceptions", "6,800 h", "88 h", "24 Dec 2026, 17:00 Europe/Berlin", "2,104 h")
    assert rows(year)[0] == ("First response", "0 min", "none", "", "0 min")
    assert [row[:2] for row in rows(table(builder, "odd_weeks"))] == [
        ("22 Mar 2027", "167 h"),
        ("25 Oct 2027", "169 h"),
    ]


def test_a_hand_over_that_does_not_meet_is_named_with_its_weeks() -> None:
    builder = sample()
    holder = builder.document.rows(CoverageWindow)[2].holder
    for window in builder.document.rows(CoverageWindow):
        builder.set(window, duty="stop" if window.duty == "approve" else window.duty)
    for zone, start, end in (("Europe/London", "08:00", "20:00"), ("America/New_York", "15:00", "03:00")):
        weekdays = ("mon", "tue", "wed", "thu", "fri")
        builder.add(CoverageWindow, duty="approve", holder=holder, zone=zone, weekdays=weekdays, start=start, end=end)
    found = {row[0]: row[-1] for row in rows(table(builder, "odd_weeks"))}
    assert found["15 Mar 2027"] == found["22 Mar 2027"] == found["1 Nov 2027"] == "Approve: 5 h"
    assert found["25 Oct 2027"] == "none"


def test_closures_are_listed_with_who_is_there_instead() -> None:
    builder = sample()
    window = next(row for row in builder.document.rows(CoverageWindow) if row.duty == "exception")
    closures = [row for row in rows(table(builder, "closures")) if row[1] == "Clear exceptions"]
    assert closures == [
        ("25 Dec 2026", "Clear exceptions", "Marc Oyelaran", "nobody else"),
        ("1 Jan 2027", "Clear exceptions", "Marc Oyelaran", "nobody else"),
    ]
    second = next(row for row in builder.document.rows(CoverageWindow) if row.duty == "approve")
    assert people_behind(builder.document, second.holder) != people_behind(builder.document, window.holder)
    builder.add(
        CoverageWindow,
        duty="exception",
        holder=second.holder,
        zone=window.zone,
        weekdays=("fri",),
        start="09:00",
        end="17:00",
    )
    instead = {row[3] for row in rows(table(builder, "closures")) if row[1] == "Clear exceptions"}
    assert instead == {"somebody else is there"}


def test_the_picture_says_that_it_is_the_nominal_week() -> None:
    pictures = [block for block in section(sample()).blocks if isinstance(block, HeatMap)]
    assert pictures[-1].summary == "40 of 168 hours covered in the nominal week · Europe/Berlin"


def test_an_empty_map_says_that_nobody_is_there() -> None:
    builder = ProjectBuilder()
    assert {row[1] for row in rows(table(builder, "coverage"))} == {"nobody"}
    assert table(builder, "closures").rows == ()
    assert table(builder, "odd_weeks").rows == (), "UTC has no clock change"
    assert rows(table(builder, "coverage_year"))[0][1] == "8,904 h"
