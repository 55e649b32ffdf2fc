"""All answers at once: who said what, how far it agrees, and the decision right below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.edits.votes import decide_owner, park_question
from app.messages import msg, words
from app.model import vocabulary as v
from app.model.document import Document
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.policy.consensus import NOBODY, PERSON, VENDOR, Answer, Round, Tally, Verdict
from ui.desk import Desk
from ui.steps.owners.answers import name_of, remark, said, verdict
from ui.widgets.basic import button, column, empty, label, line, rule, set_text
from ui.widgets.flow import FlowLayout

LABELS = {str(entry.value): entry.label for entry in v.OWNER_TYPES}
VERDICTS = {Verdict.AGREED: "ok", Verdict.LEANING: "warn", Verdict.SPLIT: "bad", Verdict.ALONE: "warn"}


class Pill(QLabel):
    """One answer in a colour, shortened where there is no room. The whole of it is in the tip and read aloud."""

    def __init__(self, text: str, role: str, name: str) -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setAccessibleName(name)
        self.setToolTip(name)
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
            figure = f"{float(coefficient):.2f}".replace("-", "−")
            set_text(
                self.coefficient,
                msg("Over all four, less what chance would give: {figure} (1 is full agreement).", figure=figure),
            )
        empty(self._lines)
        self.decisions = []
        for tally in tallies:
            if self.decisions:
                self._lines.addWidget(rule())
            decision = DecisionLine(self.desk, tally)
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
            grid.addWidget(_agreement(document, tally), at + 1, column_at)


class DecisionLine(QWidget):
    """One question: what was said, who owns it now, and the names to choose from, one key each."""

    def __init__(self, desk: Desk, tally: Tally) -> None:
        super().__init__()
        self.desk = desk
        self.question = tally.question
        self.names: dict[str, QPushButton] = {}
        layout = column(self, spacing=6)
        head = line(spacing=10)
        head.addWidget(label(LABELS[tally.question], tally.question))
        self.owner = label("", "ok")
        head.addWidget(self.owner, 1)
        layout.addLayout(head)
        told = label("", "secondary", wrap=True)
        set_text(told, remark(desk.document, tally))
        layout.addWidget(told)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=8)
        layout.addWidget(holder)
        owner_type = words(LABELS[tally.question])
        for answer, count in tally.counts:
            if answer.kind == PERSON and answer.person is not None:
                name = said(desk.document, answer)
                made = button(
                    msg("{name}  ({count})", name=name, count=count),
                    name=msg("Decide: {type} is {name}, named by {count}", type=owner_type, name=name, count=count),
                )
                made.setObjectName(answer.person)
                made.clicked.connect(self._decide)
                self.names[answer.person] = made
                flow.addWidget(made)
        self.other = button("Somebody else …", "quiet", name=msg("Decide: {type} is somebody else", type=owner_type))
        self.park = button("Park it", "quiet", name=msg("Park the question: {type}", type=owner_type))
        self.other.clicked.connect(self._elsewhere)
        self.park.clicked.connect(self._park)
        for made in (self.other, self.park):
            flow.addWidget(made)
        self.show_owner()

    def first(self) -> QPushButton:
        """The button that decides for the most frequent name; the way to somebody else where nobody was named."""
        return next(iter(self.names.values()), self.other)

    def show_owner(self) -> None:
        """Say who owns it as the project stands."""
        owner = self.desk.document.fixed(OwnerAssignment, self.question)
        if owner.person is None:
            set_text(self.owner, msg("Nobody yet"))
        else:
            set_text(self.owner, msg("✓ {name}", name=name_of(self.desk.document, owner.person)))

    def _decide(self) -> None:
        made = self.desk.workspace.run(decide_owner(self.question, self.sender().objectName()), self)
        if made is not None:
            self.desk.say(made.label)

    def _elsewhere(self) -> None:
        owner = self.desk.document.fixed(OwnerAssignment, self.question)
        self.desk.open_place("owners", owner.id, "person")

    def _park(self) -> None:
        made = self.desk.workspace.run(park_question(self.question), self)
        if made is not None:
            self.desk.say(msg("Parked. It waits in the parking lot for an owner and a date."))


def _voter(document: Document, voter: str) -> str:
    person = document.get(Person, voter)
    function = person.function if person else ""
    return " · ".join(part for part in (name_of(document, voter), function) if part)


def _agreement(document: Document, tally: Tally) -> QWidget:
    role = VERDICTS[tally.verdict]
    if tally.leading and tally.leading[0].kind != PERSON:
        role = "bad"
    shown = QWidget()
    layout = column(shown, spacing=0)
    share = label(msg("{top} of {all}", top=tally.top, all=tally.voters), f"share-{role}")
    layout.addWidget(share)
    layout.addWidget(label(verdict(document, tally), role, wrap=True))
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
