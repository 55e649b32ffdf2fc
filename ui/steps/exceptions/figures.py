"""The figures beside the picture of a week: what is uncovered, for how long, and what a target comes to at worst."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QWidget

from app.messages import Message, msg, words
from app.model.document import Document
from app.model.ids import moment
from app.model.room import Agent
from app.policy.coverage import HOUR, WEEK, Week, duration, worst
from app.policy.targets import targets
from app.policy.year import RealWeek, Year
from app.report.display import day_words, moment_words
from ui.widgets.basic import column, empty, label

Figure = tuple[Message, Message]
"""What is counted, and what it comes to."""


class Figures(QWidget):
    """Lines of figures, each readable on its own."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(self, spacing=2)
        self.told: tuple[str, ...] = ()

    def show_figures(self, figures: Iterable[Figure]) -> None:
        """Show these."""
        told = tuple(f"{words(name)}: {words(value)}" for name, value in figures)
        if told == self.told:
            return
        self.told = told
        empty(self._layout)
        for each in told:
            self._layout.addWidget(label(each, "secondary", wrap=True))


def of_nominal(document: Document, week: Week) -> Iterator[Figure]:
    """The nominal week: uncovered, longest gap, one person alone, people, and each target at its worst minute."""
    yield msg("Uncovered, nominal"), _part(week.uncovered, WEEK)
    yield from _gaps(week.longest_gap, week.single)
    yield msg("People"), msg("{count}", count=week.people)
    found = sorted({target.minutes for target in targets(document) if target.duty == week.duty})
    takes = [_worst(minutes, longest) for minutes in found if (longest := worst(week, minutes)) is not None]
    if takes:
        yield msg("At the worst minute"), msg("{takes}", takes="; ".join(takes))


def of_real(week: RealWeek) -> Iterator[Figure]:
    """A week of the calendar."""
    yield msg("Uncovered"), _part(week.uncovered, week.length)
    yield from _gaps(week.longest_gap, week.single)


def of_year(document: Document, year: Year, apart: Iterable[tuple[object, int]]) -> Iterator[Figure]:
    """The year ahead: what is uncovered, the longest gap, the odd weeks, and the holes of a hand-over."""
    longest = year.longest_gap
    said = msg("{hours} uncovered", hours=duration(year.uncovered))
    if longest is not None:
        since = moment_words(moment(longest.start), document.only(Agent).time_zone)
        said = msg("{said}, longest gap {gap}, from {since}", said=said, gap=duration(longest.minutes), since=since)
    yield msg("{count} real weeks", count=len(year.weeks)), said
    odd = ["168 h nominal", *(_odd(week) for week in year.odd)]
    yield msg("Clock changes"), msg("{weeks}", weeks="; ".join(odd))
    holes = [words(msg("{hours} in the week of {day}", hours=duration(h), day=day_words(str(m)))) for m, h in apart]
    if holes:
        yield msg("Holes in a hand-over"), msg("{holes}", holes="; ".join(holes))


def _worst(target: int, longest: int) -> str:
    if longest <= target:
        return words(msg("{target} holds", target=duration(target)))
    return words(msg("{target} takes {longest}", target=duration(target), longest=duration(longest)))


def _odd(week: RealWeek) -> str:
    hours = f"{week.length / HOUR:.4g}"
    return words(msg("{hours} h in the week of {day}", hours=hours, day=day_words(week.monday.isoformat())))


def _part(minutes: int, whole: int) -> Message:
    return msg("{part} of {whole}", part=duration(minutes), whole=duration(whole))


def _gaps(longest: int, single: int) -> Iterator[Figure]:
    yield msg("Longest gap"), duration(longest)
    yield msg("One person alone"), duration(single)
