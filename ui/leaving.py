"""What was typed on a page or in the window and not taken is named before somebody leaves it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtWidgets import QWidget

from app.messages import Message, msg, number_of
from ui.panels.bars import Bar
from ui.steps.base import Page
from ui.widgets.untaken import MOST, SIGNING, Untaken, named, untaken_in


class Ending(Enum):
    """Why a window goes: somebody closes it, or it is opened anew at once, and what is typed and not taken waits for
    that, or goes with it."""

    CLOSED = auto()
    WAITING = auto()
    ANEW = auto()


class Leaving:
    """What one window has said of the texts that nobody took."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._named: list[Untaken] = []
        self._said: Message | None = None

    def page(self, page: Page) -> None:
        """Say what waits on a page that is left."""
        left = untaken_in(page)
        if left:
            self._bar.note(
                number_of(
                    len(left),
                    "{what} was typed on “{step}” and not taken. It waits there.",
                    "{what} were typed on “{step}” and not taken. They wait there.",
                    what=named(left),
                    step=msg(page.step.title),
                )
            )

    def window(self, window: QWidget, go_to: Callable[[QWidget], None], ending: Ending = Ending.CLOSED) -> bool:
        """Whether nothing would be lost that was not named before. Where something would, go to it and name it: whoever
        does the same again after that knows of it."""
        left = untaken_in(window)
        if ending is Ending.WAITING:
            # All but what is never kept waits for the window to be back.
            left = [each for each in left if each.control.property(SIGNING)]
        unnamed = [each for each in left if each not in self._named]
        if self._said is not None:
            # Answered: the window is closed again.
            self._bar.retract(self._said)
            self._said = None
        if not unnamed:
            return True
        self._named = [each for each in left if each in self._named] + unnamed[:MOST]
        go_to(unnamed[0].control)
        problem = number_of(
            len(unnamed),
            "{what} was typed and not taken.",
            "{what} were typed and not taken.",
            what=named(unnamed),
        )
        if ending is Ending.CLOSED:
            advice = number_of(
                len(unnamed),
                "Take it or put it right, or close again to leave it out.",
                "Take them or put them right, or close again to leave them out.",
            )
        else:
            advice = number_of(
                len(unnamed),
                "Take it or put it right, or do the same again to leave it out.",
                "Take them or put them right, or do the same again to leave them out.",
            )
        self._said = msg("{problem} {advice}", problem=problem, advice=advice)
        self._bar.error(self._said)
        return False
