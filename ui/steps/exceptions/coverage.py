"""Who is there, hour by hour: one duty at a time, its windows, and the picture that they make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.messages import Message, msg, words
from app.model import vocabulary as v
from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.exceptions import CoverageWindow, ExceptionClass, ResponseTarget
from app.model.owners import Rota
from app.model.room import Agent, Person
from app.policy.coverage import HOUR, WEEK, Week, duration, nominal, worst
from app.policy.real_week import WeekPicture, behind_hour, picture_of, weeks_apart
from app.policy.year import RealWeek, year_of
from app.report.display import day_words
from app.report.hours import window_words
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.exceptions.figures import Figure, Figures, of_nominal, of_real, of_year
from ui.steps.exceptions.weeks import WeekChoice
from ui.steps.exceptions.windows import WindowList
from ui.widgets.basic import column, label, say_on, set_role, set_text
from ui.widgets.editors.choosing import Segment
from ui.widgets.flow import FlowLayout
from ui.widgets.heat_map import HeatMap

NO_DUTY = ""
FIRST_SHOWN = "exception"
"""The duty of this step; the others are a key away."""

_TOLD_FROM = {kind.spec.kind for kind in (CoverageWindow, ExceptionClass, ResponseTarget, Person, Rota, Agent)}
"""Kinds of which a change may alter the picture."""


class Coverage(QWidget):
    """Choose a duty; see its week and edit its windows. The picture follows every edit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.windows = WindowList(desk)
        self.weeks = WeekChoice(date.fromisoformat(desk.today()))
        self.picture = HeatMap(desk.theme, paging=True)
        self.hour = label("", "secondary", wrap=True)
        self.figures = Figures()
        self.sentence = label("", "heading", wrap=True)
        self.waiting = label("", "secondary", wrap=True)
        self.duties: dict[str, Segment] = {}
        self._group = QButtonGroup(self)
        self._switch = QWidget()
        flow = FlowLayout(self._switch, spacing=4)
        for duty in (*(str(entry.value) for entry in v.DUTIES), NO_DUTY):
            made = _segment()
            made.setObjectName(duty)
            made.clicked.connect(self._chosen)
            made.walked.connect(self._walk)
            self._group.addButton(made)
            self.duties[duty] = made
            flow.addWidget(made)
        layout = column(self, spacing=10)
        self._shown = (self.weeks, self.sentence, self.waiting, self.picture, self.hour, self.figures)
        for part in (self._switch, *self._shown, self.windows):
            layout.addWidget(part)
        self.weeks.changed.connect(self._tell)
        self.picture.paged.connect(self.weeks.page)
        self.picture.walked.connect(self._say_hour)
        desk.theme.changed.connect(self._tell)
        self.show_duty(FIRST_SHOWN)

    def show_duty(self, duty: str) -> None:
        """Show another duty."""
        self.duties[duty].setChecked(True)
        for each in self.duties.values():
            # One stop for Tab: the duty that is shown.
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each.isChecked() else Qt.FocusPolicy.ClickFocus)
        self.windows.show_duty(duty)
        self.hour.clear()
        self._tell()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        self.windows.follow(change_set, initiator)
        if change_set is None or change_set.kinds() & _TOLD_FROM:
            self._tell()

    def show_findings(self, findings: Findings) -> None:
        self.windows.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """The control of this place, with its duty chosen; with no row, where hours are added ("coverage_window", or
        "coverage_window:" with a duty)."""
        kind, _, duty = field.partition(":")
        if not row_id and kind == CoverageWindow.spec.kind:
            if duty in self.duties:
                self.show_duty(duty)
            return self.windows.add_button
        window = self.desk.document.get(CoverageWindow, row_id)
        if window is None:
            return None
        self.show_duty(window.duty)
        return self.windows.reveal(row_id, field)

    def _chosen(self) -> None:
        self.show_duty(self.sender().objectName())

    def _walk(self, by: int) -> None:
        """The duty before or after, chosen at once; after the last one comes the first."""
        offered = [each for each in self.duties.values() if not each.isHidden()]
        wanted = offered[(offered.index(self.duties[self.windows.duty]) + by) % len(offered)]
        self.show_duty(wanted.objectName())
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        document, today = self.desk.document, date.fromisoformat(self.desk.today())
        weeks = {duty: nominal(document, duty, today.isoformat()) for duty in self.duties if duty}
        for duty, week in weeks.items():
            hours = week.covered // HOUR
            say_on(self.duties[duty], msg("{duty} · {hours} h", duty=_duty(duty), hours=hours))
        homeless = sum(window.duty == NO_DUTY for window in document.rows(CoverageWindow))
        self.duties[NO_DUTY].setVisible(bool(homeless))
        say_on(self.duties[NO_DUTY], msg("No duty yet · {count}", count=homeless))
        shown = self.windows.duty
        for part in self._shown:
            part.setVisible(shown != NO_DUTY)
        waiting = longest_wait(document, weeks[shown]) if shown else None
        self.waiting.setVisible(waiting is not None)
        set_text(self.waiting, waiting or "")
        if shown:
            year, apart = year_of(document, shown, today), weeks_apart(document, shown, today)
            self.weeks.show_odd([*(week.monday for week in year.odd), *(monday for monday, _ in apart)])
            ahead = of_year(document, year, apart)
            if self.weeks.monday is None:
                self._show_nominal(weeks[shown], ahead)
            else:
                self._show_calendar(picture_of(document, shown, self.weeks.monday), ahead)
            if self.hour.text():
                self._say_hour(self.picture.accessibleDescription())

    def _show_nominal(self, week: Week, ahead: Iterable[Figure]) -> None:
        set_text(self.sentence, said(week))
        title = msg("{duty}, hour by hour, nominal week", duty=_duty(week.duty))
        self.picture.show_week(words(title), week.hours, week.holders, explain=self._behind)
        self.figures.show_figures((*of_nominal(self.desk.document, week), *ahead))

    def _show_calendar(self, week: WeekPicture, ahead: Iterable[Figure]) -> None:
        set_text(self.sentence, said_of(week.numbers))
        days = [_dated(week.numbers.monday + timedelta(days=weekday)) for weekday in range(7)]
        monday = day_words(week.numbers.monday.isoformat())
        title = msg("{duty}, hour by hour, week of {day}", duty=_duty(week.duty), day=monday)
        self.picture.show_week(words(title), week.hours, week.holders, days=days, off=week.off, explain=self._behind)
        self.figures.show_figures((*of_real(week.numbers), *ahead))

    def _behind(self, weekday: int, hour: int) -> str:
        """Who is there in an hour, and by which windows."""
        document = self.desk.document
        found = behind_hour(document, self.windows.duty, weekday, hour, self.weeks.monday)
        zone = document.only(Agent).time_zone
        named = [f"{document.called(window.holder)} ({window_words(window, zone)})" for window in found]
        return "; ".join(dict.fromkeys(named))

    def _say_hour(self, said: str) -> None:
        set_text(self.hour, said)


def said(week: Week) -> Message:
    """What the picture of the nominal week says, in one sentence."""
    return msg("Nominal week: {what}", what=_said(week.uncovered, WEEK, week.longest_gap))


def said_of(week: RealWeek) -> Message:
    """What the picture of a week of the calendar says, in one sentence."""
    monday = day_words(week.monday.isoformat())
    return msg("Week of {day}: {what}", day=monday, what=_said(week.uncovered, week.length, week.longest_gap))


def _said(uncovered: int, length: int, longest: int) -> Message:
    total, hours = f"{length / HOUR:.4g}", (length - uncovered) // HOUR
    if uncovered == length:
        return msg("nobody covers any of the {total} hours.", total=total)
    if not uncovered:
        return msg("all {total} hours are covered.", total=total)
    return msg("{hours} of {total} hours covered, longest gap {gap}.", hours=hours, total=total, gap=duration(longest))


def _dated(day: date) -> str:
    """A day beside the picture: Mon 23."""
    return words(msg("{weekday} {day}", weekday=msg(v.WEEKDAYS[day.weekday()].label), day=day.day))


def longest_wait(document: Document, week: Week) -> Message | None:
    """What the shortest promise of the exception classes comes to at the worst minute of the week."""
    promises = [row.within for row in document.rows(ExceptionClass) if row.within]
    if week.duty != "exception" or not promises:
        return None
    longest = worst(week, min(promises))
    if longest is None:
        return None
    promise = duration(min(promises))
    return msg(
        "A case promised within {promise} waits {wait} at the worst moment.", promise=promise, wait=duration(longest)
    )


def _duty(duty: str) -> Message:
    return msg(next(entry.label for entry in v.DUTIES if entry.value == duty))


def _segment() -> Segment:
    made = Segment()
    made.setCheckable(True)
    made.setAutoDefault(False)
    set_role(made, "segment")
    return made
