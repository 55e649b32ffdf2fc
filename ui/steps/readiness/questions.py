"""The eight questions before real work begins (domain.md 1.10), as a list in which each leads to its place."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.messages import words
from app.rules.check import Question, questions
from app.rules.finding import Context
from ui.desk import Desk
from ui.widgets.timeline import Point, Timeline


class EightQuestions(Timeline):
    """The eight questions with their answers; each opens the place where it is answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, timed=False)
        self.desk = desk
        self._asked: tuple[Question, ...] = ()
        self.opened.connect(self._open)

    def show_questions(self, context: Context) -> None:
        """Answer them as the document stands."""
        self._asked = questions(self.desk.document, context)
        self.show_points([_point(question) for question in self._asked])

    def first_open(self) -> QWidget | None:
        """The first question whose answer is no."""
        return next((row for row in self.rows if not row.point.answered), None)

    def _open(self, place: int) -> None:
        question = self._asked[place]
        self.desk.open_place(question.step, question.subject, question.field)


def _point(question: Question) -> Point:
    said = (words("yes"), "ok") if question.answer else (words("no"), "bad")
    return Point(f"{question.number}  {words(question.text)}", *said, words(question.detail))
