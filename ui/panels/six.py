"""What the short workshop asks on a page: its questions of the six, with how the map answers them (domain.md 1.15)."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QWidget

from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.room import Workshop
from app.rules.check import Question
from app.rules.finding import Context
from app.rules.short_path import six_questions
from app.steps import Step
from ui.desk import Desk
from ui.findings import Findings
from ui.widgets.basic import column, label, set_text
from ui.widgets.timeline import Point, Timeline


class SixQuestions(QFrame):
    """Stands first on a page of the short path, and only while the workshop is a short one. A part of that page."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__()
        self.desk = desk
        self._step = step
        self._asked: list[Question] = []
        self.setProperty("role", "card")
        layout = column(self, margins=(18, 10, 18, 8), spacing=2)
        self._heading = label("", "caption")
        self.points = Timeline(desk.theme, timed=False)
        self.points.opened.connect(self._open)
        layout.addWidget(self._heading)
        layout.addWidget(self.points)
        self.follow(None, None)

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Answer the questions as the document stands."""
        short = self.desk.document.only(Workshop).short_path
        if short:
            context = Context(self.desk.workspace.workspace.mint.moment())
            asked = six_questions(self.desk.document, context)
            # On Readiness all six stand together: what is left of them is what the room still owes.
            self._asked = [each for each in asked if self._step.id in (each.step, "readiness")]
            done = sum(question.answer for question in asked)
            set_text(
                self._heading, msg("Short workshop · {done} of {all} questions answered", done=done, all=len(asked))
            )
            self.points.show_points([_point(question) for question in self._asked])
        self.setVisible(short and bool(self._asked))

    def show_findings(self, findings: Findings) -> None:
        """The findings stand beside their fields; the questions are answered by the document."""

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """Nothing is edited here."""
        return None

    def _open(self, place: int) -> None:
        question = self._asked[place]
        self.desk.open_place(question.step, question.subject, question.field)


def _point(question: Question) -> Point:
    said = (words("yes"), "ok") if question.answer else (words("open"), "warn")
    return Point(f"{question.number}  {words(question.text)}", *said, words(question.detail))
