"""The drill on the page: a failure at a bad moment, walked through the map, every gap a way to where it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QWidget

from app.edits.generic import add
from app.errors import AppError
from app.messages import Message, msg, number_of, words
from app.model import vocabulary as v
from app.model.changes import ChangeSet
from app.model.ids import moment
from app.model.stop import DrillRun, StopControl
from app.policy.clock import StepTime, clock_words, step_times
from app.policy.coverage import Week, nominal
from app.policy.drill import Drill, Step, drill
from app.report.display import day_words
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.stop.duties import DutiesPanel
from ui.steps.stop.moments import DrillSetting
from ui.widgets.basic import button, card, column, label, line, say_on, set_role, set_text
from ui.widgets.editors.choosing import Combo
from ui.widgets.heat_map import HeatMap
from ui.widgets.timeline import Point, Timeline

EXCEPTION_DUTY = len(v.DUTIES) - 1
_BESIDE = 860
"""Pixels of width, at 100 %, from which the hours stand beside the timeline."""


class DrillPanel(QWidget):
    """Setting, timeline, and the hours of a duty beside it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.found: Drill | None = None
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._row.addWidget(self._walked(), 5)
        beside = QWidget()
        column_beside = column(beside, spacing=14)
        self.duties = DutiesPanel(desk)
        self.hours = HoursPanel(desk)
        self.button_facts = StopFacts(desk)
        column_beside.addWidget(self.duties)
        column_beside.addWidget(self.hours)
        column_beside.addWidget(self.button_facts)
        column_beside.addStretch()
        self._row.addWidget(beside, 4)
        self.walk()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Walk the map again: any edit may close or open a gap."""
        self.walk()

    def show_findings(self, findings: Findings) -> None:
        """The gaps are the drill's own; the findings stand at their fields."""

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """Nothing is edited here."""
        return None

    def walk(self) -> None:
        """Walk the map as it stands."""
        try:
            found = drill(self.desk.document, self.setting.moment, self.setting.scenario)
        except AppError as error:
            self.setting.say_fault(error)
            return
        self.duties.show_duties(found.moment)
        self.hours.show_hours(found.moment)
        self.button_facts.show_facts()
        if found == self.found:
            return
        self.found = found
        set_text(self._headline, msg("It fails on {moment}. Who acts?", moment=moment_words(found.moment)))
        gaps, steps = len(found.gaps), len(found.steps)
        set_text(self._result, _result(gaps, steps))
        set_role(self._result, "chip-bad" if gaps else "chip-ok")
        self.timeline.show_points(list(points_of(found)))

    def record(self) -> None:
        """Keep this drill in the operating record."""
        if self.found is None:
            return
        found = self.found
        gaps = [f"{words(step.title)}: {words(step.gap_reason or '')}" for step in found.gaps]
        values = {
            "scenario": found.scenario,
            "at": moment(found.moment),
            "run_on": self.desk.today(),
            "gaps": len(gaps),
            "findings": "\n".join(gaps) or words("Every step has an answer."),
        }
        if self.desk.workspace.run(add(DrillRun, values), self) is not None:
            said = number_of(
                len(gaps), "The drill was recorded with 1 gap.", "The drill was recorded with {count} gaps."
            )
            self.desk.say(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.desk.theme.px(_BESIDE)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _walked(self) -> QWidget:
        frame, layout = card()
        head = line(spacing=10)
        self._headline = label("", "question", wrap=True)
        self._result = label("", "chip-ok")
        head.addWidget(self._headline, 1)
        head.addWidget(self._result, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self.setting = DrillSetting(self.desk)
        self.setting.changed.connect(self.walk)
        layout.addWidget(self.setting)
        self.timeline = Timeline(self.desk.theme)
        self.timeline.opened.connect(self._open)
        layout.addWidget(self.timeline)
        self.record_button = button(msg("Record this drill"), tip=msg("Keeps what it showed, with today’s date"))
        self.record_button.clicked.connect(self.record)
        layout.addWidget(self.record_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        return frame

    def _open(self, place: int) -> None:
        assert self.found is not None
        subject, field, step = self.found.steps[place].place
        self.desk.open_place(step, subject, field)


class HoursPanel(QWidget):
    """Who answers a duty hour by hour, with the hour of the drill marked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._moment: datetime | None = None
        self._shown: tuple[Week, datetime | None] | None = None
        outside = column(self)
        frame, layout = card()
        outside.addWidget(frame)
        head = line(spacing=10)
        head.addWidget(label(msg("Hour by hour"), "heading"))
        head.addStretch()
        self.duty: QComboBox = Combo()
        for entry in v.DUTIES:
            self.duty.addItem(words(entry.label), entry.value)
        self.duty.setCurrentIndex(EXCEPTION_DUTY)
        self.duty.setAccessibleName(words("Duty shown hour by hour"))
        self.duty.activated.connect(self._chosen)
        head.addWidget(self.duty)
        layout.addLayout(head)
        self.sentence = label("", "secondary", wrap=True)
        layout.addWidget(self.sentence)
        self.heat_map = HeatMap(desk.theme)
        layout.addWidget(self.heat_map)

    def show_hours(self, moment: datetime | None) -> None:
        """Show the duty that is chosen as of the moment of the drill, on the agent’s clock; its hour is marked."""
        self._moment = moment
        day = moment.date().isoformat() if moment is not None else ""
        week = nominal(self.desk.document, str(self.duty.currentData()), day)
        if (week, moment) == self._shown:
            return
        self._shown = week, moment
        marked = (moment.weekday(), moment.hour) if moment is not None else None
        set_text(self.sentence, hours_sentence(week.covered, week.longest_gap))
        self.heat_map.show_week(self.duty.currentText(), week.hours, week.holders, marked)

    def _chosen(self) -> None:
        self.show_hours(self._moment)


class StopFacts(QWidget):
    """The stop button in three lines, for whoever asks to be shown it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        outside = column(self)
        frame, layout = card()
        outside.addWidget(frame)
        layout.addWidget(label(msg("The stop button"), "heading"))
        self.lines = [label("", "secondary", wrap=True) for _ in range(3)]
        for each in self.lines:
            layout.addWidget(each)
        self.open_button = button(msg("Open it"))
        self.open_button.clicked.connect(self._open)
        layout.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_facts(self) -> None:
        """Show the first stop button, or that there is none."""
        controls = self.desk.document.rows(StopControl)
        for each in self.lines[1:]:
            each.setVisible(bool(controls))
        say_on(self.open_button, msg("Open it") if controls else msg("Add one"))
        if not controls:
            set_text(self.lines[0], msg("Nobody has said where it is."))
            return
        control = controls[0]
        names = ", ".join(self.desk.document.called(each) for each in control.who)
        set_text(self.lines[0], msg("Where: {where}", where=control.where or msg("not said yet")))
        set_text(self.lines[1], msg("Who may press it: {names}", names=names or msg("nobody yet")))
        tested = day_words(control.last_tested)
        set_text(self.lines[2], msg("Last tested: {day}", day=tested or msg("never")))

    def _open(self) -> None:
        controls = self.desk.document.rows(StopControl)
        self.desk.open_place("stop", controls[0].id if controls else "", "where" if controls else "")


def hours_sentence(covered: int, longest_gap: int) -> Message:
    """How much of a week is covered, from minutes."""
    if not covered:
        return msg("Nominal week: nobody covers any of the 168 hours.")
    if not longest_gap:
        return msg("Nominal week: all 168 hours are covered.")
    hours, gap = _hours(covered), _hours(longest_gap)
    return msg("Nominal week: {hours} of 168 hours covered; the longest gap is {gap} h.", hours=hours, gap=gap)


def points_of(found: Drill) -> Iterator[Point]:
    """The steps of a drill as the timeline shows them."""
    for step, time in zip(found.steps, step_times(found), strict=True):
        yield _point(step, _two_lines(time))


def _point(step: Step, when: str) -> Point:
    reached = " · ".join(part for part in (step.who, step.route) if part)
    title, detail = words(step.title), words(step.detail)
    if step.gap_reason is not None:
        return Point(title, words("gap"), "bad", words(step.gap_reason), reached, when)
    return Point(title, words("answered"), "ok", detail, reached, when)


def moment_words(at: datetime) -> str:
    """A moment as the headline says it: Saturday 21 Nov 2026 at 03:00."""
    day = words(_WEEKDAYS[at.weekday()])
    return words(
        msg("{weekday}, {day}, at {time}", weekday=day, day=day_words(at.date().isoformat()), time=clock_words(at))
    )


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _result(gaps: int, steps: int) -> Message:
    if gaps:
        return number_of(
            gaps, "1 of {steps} steps has no answer", "{count} of {steps} steps have no answer", steps=steps
        )
    return msg("every step has an answer")


def _two_lines(time: StepTime | None) -> str:
    """When a step is done: the day, and below it the time."""
    if time is None:
        return "–"
    day = msg("{weekday} {day}", weekday=time.weekday, day=time.day) if time.day else time.weekday
    return f"{words(day)}\n{time.clock}"


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours:,}" if not rest else f"{minutes / 60:,.1f}"
