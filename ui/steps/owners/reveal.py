"""All answers at once: who said what, how far it agrees, and the decision right below."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from app.messages import msg, words
from app.model.document import Document
from app.model.room import Person
from app.policy.answers import figure, name_of, said, verdict
from app.policy.consensus import NOBODY, PERSON, VENDOR, Answer, Round, Tally, Verdict
from ui.desk import Desk
from ui.steps.owners.decision import LABELS, DecisionLine
from ui.widgets.basic import column, empty, label, rule, set_text
from ui.widgets.tips import plain_tip

VERDICTS = {Verdict.AGREED: "ok", Verdict.LEANING: "warn", Verdict.SPLIT: "bad", Verdict.ALONE: "warn"}


class Pill(QLabel):
    """One answer in a colour, shortened where there is no room. The whole of it is in the tip and read aloud."""

    def __init__(self, text: str, role: str, name: str) -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.contentsRect().width()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class Reveal(QWidget):
    """The round as a table, the most split question first, and a line for each question to decide it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.round: Round | None = None
        self.decisions: list[DecisionLine] = []
        layout = column(self, spacing=14)
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = column(frame, margins=(14, 10, 14, 12), spacing=8)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)
        inside.addWidget(self._table)
        self.coefficient = label("", "tertiary", wrap=True)
        inside.addWidget(self.coefficient)
        layout.addWidget(frame)
        below = QFrame()
        below.setProperty("role", "card")
        self._lines = column(below, margins=(18, 12, 18, 12), spacing=10)
        layout.addWidget(below)
        layout.addWidget(label("Votes stay with the workshop; they leave this file only when asked for.", "tertiary"))

    def show_round(self, found: Round) -> None:
        """Show everybody's answers."""
        self.round = found
        tallies = found.tallies()
        self._show_table(found, tallies)
        coefficient = found.coefficient()
        self.coefficient.setVisible(coefficient is not None)
        if coefficient is not None:
            set_text(
                self.coefficient,
                msg(
                    "Over all four, less what chance would give: {figure} (1 is full agreement, 0 is chance).",
                    figure=figure(coefficient),
                ),
            )
        empty(self._lines)
        self.decisions = []
        for tally in tallies:
            if self.decisions:
                self._lines.addWidget(rule())
            decision = DecisionLine(self.desk, found, tally)
            self.decisions.append(decision)
            self._lines.addWidget(decision)

    def follow(self) -> None:
        """Show who owns each of the four now."""
        for decision in self.decisions:
            decision.show_owner()

    def focus_first(self) -> None:
        self.decisions[0].first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_table(self, found: Round, tallies: tuple[Tally, ...]) -> None:
        document, grid = self.desk.document, self._grid
        empty(grid)
        colours = _colours(tallies)
        for column_at, tally in enumerate(tallies, start=1):
            grid.addWidget(label(LABELS[tally.question], "name", wrap=True), 0, column_at)
            grid.setColumnStretch(column_at, 3)
        grid.setColumnStretch(0, 2)
        at = 0
        for at, voter in enumerate(found.ballots, start=1):
            grid.addWidget(label(_voter(document, voter), wrap=True), at, 0)
            for column_at, tally in enumerate(tallies, start=1):
                answer = found.answer(voter, tally.question)
                text = said(document, answer)
                named = msg(
                    "{voter}, {question}: {answer}",
                    voter=name_of(document, voter),
                    question=msg(LABELS[tally.question]),
                    answer=text,
                )
                grid.addWidget(Pill(text, _role(answer, colours), words(named)), at, column_at)
        grid.addWidget(label("Agreement", "secondary"), at + 1, 0)
        for column_at, tally in enumerate(tallies, start=1):
            grid.addWidget(_agreement(document, tally, found.beyond_chance(tally.question)), at + 1, column_at)


def _voter(document: Document, voter: str) -> str:
    person = document.get(Person, voter)
    function = person.function if person else ""
    return " · ".join(part for part in (name_of(document, voter), function) if part)


def _agreement(document: Document, tally: Tally, beyond_chance: Fraction | None) -> QWidget:
    role = VERDICTS[tally.verdict]
    if tally.leading and tally.leading[0].kind != PERSON:
        role = "bad"
    shown = QWidget()
    layout = column(shown, spacing=0)
    share = label(msg("{top} of {all}", top=tally.top, all=tally.voters), f"share-{role}")
    layout.addWidget(share)
    layout.addWidget(label(verdict(document, tally), role, wrap=True))
    if beyond_chance is not None:
        told = msg("{figure} beyond chance", figure=figure(beyond_chance))
        layout.addWidget(label(told, "tertiary", wrap=True))
    return shown


def _colours(tallies: tuple[Tally, ...]) -> dict[str, str]:
    """Person -> the owner type whose colour the name has: the one for which most people named them."""
    best: dict[str, tuple[int, str]] = {}
    for tally in tallies:
        for answer, count in tally.counts:
            if answer.person is not None and count > best.get(answer.person, (0, ""))[0]:
                best[answer.person] = (count, tally.question)
    taken: dict[str, str] = {}
    for person, (_, question) in sorted(best.items(), key=lambda item: -item[1][0]):
        if question not in taken.values():
            taken[person] = question
    return taken


def _role(answer: Answer, colours: dict[str, str]) -> str:
    if answer.person is not None:
        return f"pill-{colours[answer.person]}" if answer.person in colours else "pill"
    return {VENDOR: "pill-bad", NOBODY: "pill-warn"}.get(answer.kind, "pill-quiet")
