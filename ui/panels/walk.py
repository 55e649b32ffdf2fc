"""The walk through what is open, by F8 and Shift+F8: the findings, or the open ones of the six questions while the
workshop is a short one (domain.md 1.15)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from app.model.room import Workshop
from app.rules.check import Question
from app.rules.finding import Context, Finding
from app.rules.short_path import six_questions
from app.steps import BY_ID, STEPS, in_order
from ui.desk import Desk
from ui.steps.base import Page

Open = Finding | Question

Spot = tuple[QWidget | None, int, int]
"""A control, or what stands around it, and in a table the cell in it."""

PLACES = ("row", "row-open", "card")
"""The roles of what is one place, whatever control of it has the focus."""


class Walk(QObject):
    """Knows where somebody was led, by key or by a press, and goes on from there for as long as the focus has not left
    that place for another one on a page."""

    moved = Signal()
    """It has led somewhere, or that place was left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._base = ""
        self._at: Open | None = None
        self._place = 0
        self._around: Spot | None = None
        self._watched: list[QAbstractItemView] = []
        desk.led.connect(self._led)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    @property
    def short(self) -> bool:
        """Whether it keeps to the six questions."""
        return self._desk.document.only(Workshop).short_path

    def here(self) -> Open | None:
        """What somebody was led to and is at, as it stands now; None once it is answered, or its place was left."""
        if isinstance(self._at, Finding):
            found = self._desk.workspace.findings.about(self._at.subject)
            return next((each for each in found if each.key == self._at.key), None)
        if self._at is None or not self.short:
            return None
        return next((each for each in self.open_from(self._base) if _key(each) == _key(self._at)), None)

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
        walking = self._at is not None and _around(start) == self._around
        base = self._base if walking else step
        points = self.open_from(base)
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
        self._note(points[place % len(keys)], base, place % len(keys))

    def _lead_to(self, each: Open) -> None:
        if isinstance(each, Finding):
            self._desk.go_to(each)
        else:
            self._desk.open_place(each.step, each.subject, each.field)

    def _led(self, finding: Finding) -> None:
        """Somebody was led to a point, from anywhere in the window: the walk goes on from there."""
        keys = [_key(each) for each in self.open_from(finding.step)]
        self._note(finding, finding.step, keys.index(finding.key) if finding.key in keys else 0)

    def _note(self, at: Open, base: str, place: int) -> None:
        spot = _spot()
        self._at, self._base, self._place, self._around = at, base, place, _around(spot)
        view = spot[0]
        if isinstance(view, QAbstractItemView) and view not in self._watched:
            self._watched.append(view)
            view.selectionModel().currentChanged.connect(self._look)
        self.moved.emit()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        # Whoever goes to a menu, a panel or a dialog has not gone on to something else on the page.
        page = new
        while page is not None and not isinstance(page, Page):
            page = page.parentWidget()
        if page is not None and page.desk is self._desk:
            self._look()

    def _look(self, *place: object) -> None:
        """Forget what somebody was led to where they are somewhere else by now."""
        if self._at is not None and _around(_spot()) != self._around:
            self._at = None
            self.moved.emit()


def _key(each: Open) -> tuple[str, str]:
    return each.key if isinstance(each, Finding) else (str(each.number), "")


def _asks_at(each: Open) -> tuple[str, str]:
    return each.subject, each.field


def _spot() -> Spot:
    focused = QApplication.focusWidget()
    if isinstance(focused, QAbstractItemView):
        return focused, focused.currentIndex().row(), focused.currentIndex().column()
    return focused, -1, -1


def _around(spot: Spot) -> Spot:
    """The row or the card in which a control stands, else the control itself; of a table, the cell."""
    control = around = spot[0]
    if isinstance(control, QAbstractItemView):
        return spot
    while around is not None and not isinstance(around, Page):
        if around.property("role") in PLACES:
            return around, -1, -1
        around = around.parentWidget()
    return spot
