"""The ballot of one voter: four questions, each answered in a line that helps with the name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.messages import Message, msg, words
from app.model import vocabulary as v
from app.policy.consensus import PASS, Answer, Ballot
from ui.desk import Desk
from ui.steps.owners.answers import candidates
from ui.theme import Theme
from ui.widgets.basic import button, column, label, line, set_look, set_text
from ui.widgets.editors.picker_line import PickerLine
from ui.widgets.suggestions import Suggestion, Suggestions


class AnswerLine(QWidget):
    """One answer, typed: the list below narrows down, Return takes what is marked. An empty line is a pass."""

    entered = Signal()
    """Return was pressed on an answer: go on to the next question."""

    def __init__(self, theme: Theme, name: str, description: str) -> None:
        super().__init__()
        self._offered: Sequence[Suggestion] = ()
        self._answer = Answer(PASS)
        self.line = PickerLine()
        self.line.setAccessibleName(name)
        self.line.setAccessibleDescription(description)
        self.line.setPlaceholderText(words("Type a name, “vendor”, “nobody” or “pass”"))
        self.fault = label("", "bad", wrap=True)
        self.fault.hide()
        self._suggestions = Suggestions(theme, self.line)
        self._suggestions.picked.connect(self._take)
        layout = column(self, spacing=2)
        layout.addWidget(self.line)
        layout.addWidget(self.fault)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._filter)
        self.line.walked.connect(self._walked)
        self.line.entered.connect(self._entered)
        self.line.left.connect(self.settle)
        self.line.reverted.connect(self.clear)

    def offer(self, offered: Sequence[Suggestion]) -> None:
        """Start empty, with these answers to choose from."""
        self._offered = offered
        self.clear()

    def clear(self) -> None:
        """Forget what was typed."""
        self._answer = Answer(PASS)
        self._suggestions.offer(())
        self.line.show_text("")
        self._blame("")

    def answer(self) -> Answer | None:
        """What is answered; None while what is typed means nothing."""
        return self._answer if self.settle() else None

    def settle(self) -> bool:
        """Take what is typed if it is the only thing it can be; else say that it is nothing."""
        self._suggestions.hide()
        typed = self.line.text().strip()
        if not self.line.isModified():
            return True
        if not typed:
            self.clear()
            return True
        fitting = self._fitting(typed)
        exact = [entry for entry in fitting if entry.text.casefold() == typed.casefold()]
        if len(exact or fitting) == 1:
            self._show((exact or fitting)[0])
            return True
        self._blame(
            msg("“{typed}” could be several people; choose one.", typed=typed[:60])
            if fitting
            else msg(
                "“{typed}” is not on the list. Choose a name, or pass and add the person in Room.", typed=typed[:60]
            )
        )
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._suggestions.hide()

    def _filter(self, typed: str) -> None:
        self._blame("")
        self._suggestions.offer(self._fitting(typed.strip()) if typed.strip() else ())

    def _walked(self, step: int) -> None:
        if self._suggestions.isHidden():
            self._suggestions.offer(self._fitting(self.line.text().strip() if self.line.isModified() else ""))
        else:
            self._suggestions.walk(step)

    def _entered(self) -> None:
        marked = self._suggestions.current()
        if marked is not None:
            self._show(marked)
        if self.settle():
            self.entered.emit()

    def _take(self, marked: Suggestion) -> None:
        self._show(marked)
        self.entered.emit()

    def _show(self, chosen: Suggestion) -> None:
        assert isinstance(chosen.data, Answer)
        self._answer = chosen.data
        self._suggestions.hide()
        self.line.show_text(chosen.text)
        self._blame("")

    def _blame(self, problem: Message | str) -> None:
        set_text(self.fault, problem)
        self.fault.setVisible(bool(problem))
        set_look(self.line, "fault", "true" if problem else "false")

    def _fitting(self, typed: str) -> list[Suggestion]:
        parts = typed.casefold().split()
        found = [e for e in self._offered if all(part in f"{e.text} {e.detail}".casefold() for part in parts)]
        found.sort(key=lambda entry: bool(parts) and not entry.text.casefold().startswith(parts[0]))
        return found


class BallotForm(QFrame):
    """Four lines for one voter. It is emptied before anybody else sees it."""

    done = Signal(object)
    """The Ballot that was entered."""

    dropped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "card")
        layout = column(self, margins=(22, 16, 22, 18), spacing=6)
        self.voter = label("", "title", wrap=True)
        layout.addWidget(self.voter)
        layout.addWidget(
            label("Who do you think owns it today? An empty line is a pass. Return goes on.", "secondary", wrap=True)
        )
        self.lines: dict[str, AnswerLine] = {}
        for entry in v.OWNER_TYPES:
            asked = AnswerLine(desk.theme, words(entry.label), words(entry.hint))
            asked.entered.connect(self._next)
            self.lines[str(entry.value)] = asked
            layout.addSpacing(8)
            layout.addWidget(label(entry.label, str(entry.value)))
            layout.addWidget(label(entry.hint, "secondary", wrap=True))
            layout.addWidget(asked)
        self.take = button("Done, hide my answers", "primary")
        self.take.clicked.connect(self._finish)
        self.drop = button("Drop this answer", "quiet", tip="Esc")
        self.drop.clicked.connect(self._drop)
        buttons = line(spacing=8)
        buttons.addStretch()
        buttons.addWidget(self.drop)
        buttons.addWidget(self.take)
        layout.addSpacing(10)
        layout.addLayout(buttons)

    def ask(self, name: str) -> None:
        """Begin for a voter, with nothing answered."""
        set_text(self.voter, name)
        offered = candidates(self.desk.document)
        for asked in self.lines.values():
            asked.offer(offered)

    def clear(self) -> None:
        """Leave nothing behind for the next one to see."""
        set_text(self.voter, "")
        for asked in self.lines.values():
            asked.clear()

    def focus_first(self) -> None:
        next(iter(self.lines.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._drop()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        asked = list(self.lines.values())
        place = asked.index(self.sender())  # type: ignore[arg-type]
        following = asked[place + 1] if place + 1 < len(asked) else self.take
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _finish(self) -> None:
        ballot: dict[str, Answer] = {}
        for question, asked in self.lines.items():
            answer = asked.answer()
            if answer is None:
                asked.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            ballot[question] = answer
        self.clear()
        entered: Ballot = ballot
        self.done.emit(entered)

    def _drop(self) -> None:
        self.clear()
        self.dropped.emit()
