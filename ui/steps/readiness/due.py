"""Due next: everything in this map that has a day, the earliest first."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.messages import msg, number_of, words
from app.model.document import Document
from app.policy.due import KINDS, Due, due_next
from app.rules.promises import kept
from ui.desk import Desk
from ui.steps.base import titled
from ui.widgets.basic import column, label, set_text
from ui.widgets.timeline import Point, Timeline

SOON = timedelta(days=14)
MOST = 60
"""Lines that are shown; the workbook has them all."""


class DueNext(QWidget):
    """Each line opens the field that answers it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._due: tuple[Due, ...] = ()
        self._sentence = label("", "secondary", wrap=True)
        self.points = Timeline(desk.theme)
        self.points.opened.connect(self._open)
        inside = QWidget()
        layout = column(inside, spacing=6)
        layout.addWidget(self._sentence)
        layout.addWidget(self.points)
        column(self).addWidget(titled("Due next", inside))

    def refresh(self) -> None:
        """Show what is due as the document stands today."""
        today = self.desk.today()
        self._due = due_next(self.desk.document, today, kept(self.desk.document, self.desk.workspace.findings.all))
        overdue = sum(due.overdue for due in self._due)
        if len(self._due) > MOST:
            said = "The first {most} of {count}; overdue: {overdue}."
            set_text(self._sentence, msg(said, most=MOST, count=len(self._due), overdue=overdue))
        elif self._due:
            set_text(
                self._sentence,
                number_of(
                    len(self._due),
                    "1 thing has a day or wants one; overdue: {overdue}.",
                    "{count} things have a day or want one; overdue: {overdue}.",
                    overdue=overdue,
                ),
            )
        else:
            set_text(self._sentence, msg("Nothing in this map has a day yet: no promise, no review, no test."))
        self.points.show_points([point(self.desk.document, due, today) for due in self._due[:MOST]])

    def _open(self, place: int) -> None:
        due = self._due[place]
        self.desk.open_place(due.step, due.subject, due.field)


def point(document: Document, due: Due, today: str) -> Point:
    """A line: the day, whether it is over or near, what it is, what kind of thing, and who sees to it."""
    verdict, tone = msg("later"), "accent"
    if due.overdue:
        verdict, tone = msg("overdue"), "bad"
    elif not due.on:
        verdict, tone = msg("no day"), "warn"
    elif date.fromisoformat(due.on) <= date.fromisoformat(today) + SOON:
        verdict, tone = msg("soon"), "warn"
    who = document.called(due.who) or words("nobody is named for it")
    detail = f"{words(KINDS[due.kind])} · {who}"
    return Point(words(due.what), words(verdict), tone, detail, time=words(due.when) if due.on else "–")
