"""Who is there, hour by hour: one duty at a time, its windows, and the picture that they make."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.messages import Message, msg, words
from app.model import vocabulary as v
from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.exceptions import CoverageWindow, ExceptionClass
from app.model.owners import Rota
from app.model.room import Agent, Person
from app.policy.coverage import HOUR, WEEK, Week, duration, nominal, worst
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.exceptions.windows import WindowList
from ui.widgets.basic import column, label, say_on, set_role, set_text
from ui.widgets.flow import FlowLayout
from ui.widgets.heat_map import HeatMap

NO_DUTY = ""
FIRST_SHOWN = "exception"
"""The duty of this step; the others are a key away."""

_TOLD_FROM = {kind.spec.kind for kind in (CoverageWindow, ExceptionClass, Person, Rota, Agent)}
"""Kinds of which a change may alter the picture."""


class Coverage(QWidget):
    """Choose a duty; see its week and edit its windows. The picture follows every edit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.windows = WindowList(desk)
        self.picture = HeatMap(desk.theme)
        self.sentence = label("", "heading", wrap=True)
        self.waiting = label("", "secondary", wrap=True)
        self.duties: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._switch = QWidget()
        flow = FlowLayout(self._switch, spacing=4)
        for duty in (*(str(entry.value) for entry in v.DUTIES), NO_DUTY):
            made = _segment()
            made.setObjectName(duty)
            made.clicked.connect(self._chosen)
            self._group.addButton(made)
            self.duties[duty] = made
            flow.addWidget(made)
        layout = column(self, spacing=10)
        for part in (self._switch, self.sentence, self.waiting, self.picture, self.windows):
            layout.addWidget(part)
        desk.theme.changed.connect(self._tell)
        self.show_duty(FIRST_SHOWN)

    def show_duty(self, duty: str) -> None:
        """Show another duty."""
        self.duties[duty].setChecked(True)
        self.windows.show_duty(duty)
        self._tell()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        self.windows.follow(change_set, initiator)
        if change_set is None or change_set.kinds() & _TOLD_FROM:
            self._tell()

    def show_findings(self, findings: Findings) -> None:
        self.windows.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """The control of this place, with its duty chosen."""
        window = self.desk.document.get(CoverageWindow, row_id)
        if window is None:
            return None
        self.show_duty(window.duty)
        return self.windows.reveal(row_id, field)

    def _chosen(self) -> None:
        self.show_duty(self.sender().objectName())

    def _tell(self) -> None:
        document = self.desk.document
        weeks = {duty: nominal(document, duty) for duty in self.duties if duty}
        for duty, week in weeks.items():
            hours = week.covered // HOUR
            say_on(self.duties[duty], msg("{duty} · {hours} h", duty=_duty(duty), hours=hours))
        homeless = sum(window.duty == NO_DUTY for window in document.rows(CoverageWindow))
        self.duties[NO_DUTY].setVisible(bool(homeless))
        say_on(self.duties[NO_DUTY], msg("No duty yet · {count}", count=homeless))
        shown = self.windows.duty
        self.picture.setVisible(shown != NO_DUTY)
        self.sentence.setVisible(shown != NO_DUTY)
        waiting = longest_wait(document, weeks[shown]) if shown else None
        self.waiting.setVisible(waiting is not None)
        set_text(self.waiting, waiting or "")
        if shown:
            week = weeks[shown]
            set_text(self.sentence, said(week))
            self.picture.show_week(words(msg("{duty}, hour by hour", duty=_duty(shown))), week.hours, week.holders)


def said(week: Week) -> Message:
    """What the picture says, in one sentence."""
    hours, total = week.covered // HOUR, WEEK // HOUR
    if not week.covered:
        return msg("Nobody covers any of the {total} hours.", total=total)
    if not week.uncovered:
        return msg("All {total} hours are covered.", total=total)
    return msg(
        "{hours} of {total} hours covered, longest gap {gap}.", hours=hours, total=total, gap=duration(week.longest_gap)
    )


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


def _segment() -> QPushButton:
    made = QPushButton()
    made.setCheckable(True)
    made.setAutoDefault(False)
    set_role(made, "segment")
    return made
