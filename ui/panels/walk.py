"""The walk through what is open, by F8 and Shift+F8: the findings, or the open ones of the six questions while the
workshop is a short one (domain.md 1.15)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from app.model.room import Workshop
from app.rules.check import Question
from app.rules.finding import Context, Finding
from app.rules.short_path import six_questions
from app.steps import BY_ID, STEPS, in_order
from ui.desk import Desk

Open = Finding | Question

Spot = tuple[QWidget | None, int, int]
"""A control, and in a table the cell in it."""


class Walk:
    """Knows where it has led, and goes on from there for as long as the focus has not left that place."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._base = ""
        self._at: Open | None = None
        self._place = 0
        self._spot: Spot | None = None

    @property
    def short(self) -> bool:
        """Whether it keeps to the six questions."""
        return self._desk.document.only(Workshop).short_path

    def open_from(self, step: str) -> Sequence[Open]:
        """What is open, as it comes up for somebody on this step."""
        if not self.short:
            return in_order(self._desk.workspace.findings.open, step)
        asked = six_questions(self._desk.document, Context(self._desk.workspace.workspace.mint.moment()))
        here = BY_ID[step].number if step else 1
        left = [question for question in asked if not question.answer]
        return sorted(left, key=lambda question: (BY_ID[question.step].number - here) % len(STEPS))

    def go(self, step: str, first: Open, by: int) -> None:
        """Go to what is open: to `first`, which stands before everybody's eyes, and where the focus is at its place
        already, on to the next one (`by` is 1) or back to the one before (-1)."""
        start = _spot()
        walking = self._at is not None and start == self._spot
        if not walking:
            self._base = step
        points = self.open_from(self._base)
        keys = [_key(each) for each in points]
        if not keys:
            return
        place = keys.index(_key(first)) if _key(first) in keys else 0
        if walking and self._at is not None:
            if _key(self._at) not in keys:
                # What was answered is gone, and the next one has taken its place.
                place = self._place + (by if by < 0 else 0)
            else:
                # What was answered in part asks at another field now: there first.
                place = keys.index(_key(self._at))
                place += by if _asks_at(points[place]) == _asks_at(self._at) else 0
        for _ in keys:
            place %= len(keys)
            self._lead_to(points[place])
            if _spot() != start:
                break
            place += by
        self._at, self._place, self._spot = points[place % len(keys)], place % len(keys), _spot()

    def _lead_to(self, each: Open) -> None:
        if isinstance(each, Finding):
            self._desk.go_to(each)
        else:
            self._desk.open_place(each.step, each.subject, each.field)


def _key(each: Open) -> tuple[str, str]:
    return each.key if isinstance(each, Finding) else (str(each.number), "")


def _asks_at(each: Open) -> tuple[str, str]:
    return each.subject, each.field


def _spot() -> Spot:
    focused = QApplication.focusWidget()
    if isinstance(focused, QAbstractItemView):
        return focused, focused.currentIndex().row(), focused.currentIndex().column()
    return focused, -1, -1
