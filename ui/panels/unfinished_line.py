"""One line about what was typed when the program ended before its time: put it back, copy it, or forget it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from app.messages import Message, msg
from app.steps import BY_ID
from app.workspace import Draft
from ui.panels.strip import Strip
from ui.widgets.basic import button, label, line, set_text, short


class UnfinishedLine(Strip):
    """Shows the first of the texts that wait for an answer; hidden while there is none."""

    back_wanted = Signal(object)
    """The Draft that is to be put back where it stood."""

    answered = Signal()
    """A text was put back or forgotten."""

    def __init__(self, drafts: tuple[Draft, ...]) -> None:
        super().__init__()
        self.waiting = list(drafts)
        self.setProperty("role", "told")
        self.setObjectName("unfinishedLine")
        row = line(self, margins=(16, 5, 10, 5), spacing=10)
        self.sentence = label("", "", wrap=True)
        row.addWidget(self.sentence, 1)
        self.back = button("Put it back", name="Put back what was typed last time")
        self.following = button("Next", "quiet", name="Next text that was typed last time")
        self.copy = button("Copy", "quiet", name="Copy what was typed last time")
        self.away = button("Forget", "quiet", name="Forget what was typed last time")
        for made, act in (
            (self.back, self._put_back),
            (self.following, self._go_on),
            (self.copy, self._copy),
            (self.away, self.settle),
        ):
            made.clicked.connect(act)
            row.addWidget(made)
        self._show()

    def add(self, drafts: Iterable[Draft]) -> None:
        """Have these wait for an answer too, after those that do."""
        self.waiting += drafts
        self._show()

    def settle(self) -> None:
        """The text that is shown needs no answer any more: on to the next."""
        self.waiting.pop(0)
        self._show()
        self.answered.emit()

    def say_place_is_gone(self) -> None:
        """The text cannot be put back now: it waits on, to be copied, or put back once its place is there again."""
        text = short(self.waiting[0].text)
        self._say(
            msg(
                "“{text}” waits on: its place is not there now. Undo may bring it back; or copy it, and put it where "
                "it belongs.",
                text=text,
            )
        )

    def say_anew(self) -> None:
        """The project was changed: the place of the text that is shown may be there again."""
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self.waiting))
        if not self.waiting:
            return
        draft = self.waiting[0]
        text, place = short(draft.text), draft.place
        if draft.step in BY_ID:
            step = msg(BY_ID[draft.step].title)
            said = msg(
                "Typed last time and not taken: “{text}” ({place}, on “{step}”).", text=text, place=place, step=step
            )
        else:
            said = msg("Typed last time and not taken: “{text}” ({place}).", text=text, place=place)
        self._say(said)

    def _say(self, said: Message) -> None:
        more = len(self.waiting) - 1
        self.following.setVisible(more > 0)
        set_text(self.sentence, msg("{said} And {count} more.", said=said, count=more) if more else said)
        self.setAccessibleName(self.sentence.text())

    def _put_back(self) -> None:
        self.back_wanted.emit(self.waiting[0])

    def _go_on(self) -> None:
        """Show the next text; the one that was shown waits behind the others."""
        self.waiting.append(self.waiting.pop(0))
        self._show()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.waiting[0].text)
