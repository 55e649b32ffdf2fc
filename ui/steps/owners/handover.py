"""Between two ballots: who votes, whose turn it is, and nothing of what was answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.messages import msg, number_of, words
from app.model.room import Workshop
from app.policy.answers import name_of
from app.policy.consensus import FEWEST, is_facilitator, rounds
from app.policy.named import everybody
from ui.desk import Desk
from ui.widgets.basic import button, column, empty, label, line, say_on, set_text
from ui.widgets.flow import FlowLayout


class ChooseVoters(QFrame):
    """Who votes: whoever is in the room from the start, others when they are pressed; never the facilitator."""

    begun = Signal(object, object)
    """(ids of the voters, whether their answers are typed in from paper slips)."""

    earlier_wanted = Signal(object)
    """The number of an earlier round."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._earlier = 0
        self.setProperty("role", "card")
        layout = column(self, margins=(22, 16, 22, 18), spacing=10)
        layout.addWidget(label("Who votes?", "question"))
        self.note = label("", "secondary", wrap=True)
        layout.addWidget(self.note)
        holder = QWidget()
        self._flow = FlowLayout(holder, spacing=8)
        layout.addWidget(holder)
        self.voters: dict[str, QPushButton] = {}
        self.laptop = button("Pass the laptop", "primary")
        self.slips = button("Type in paper slips")
        self.earlier = button("", "quiet")
        self.laptop.clicked.connect(self._by_laptop)
        self.slips.clicked.connect(self._by_slips)
        self.earlier.clicked.connect(self._look_back)
        buttons = line(spacing=8)
        buttons.addWidget(self.laptop)
        buttons.addWidget(self.slips)
        buttons.addStretch()
        buttons.addWidget(self.earlier)
        layout.addSpacing(6)
        layout.addLayout(buttons)

    def ask(self) -> None:
        """Offer everybody anew."""
        document = self.desk.document
        people = [person for person in everybody(document) if not is_facilitator(document, person)]
        somebody_here = any(person.present for person in people)
        empty(self._flow)
        self.voters = {}
        for person in people:
            chip = button(
                name_of(document, person.id), "chip", name=msg("{name} votes", name=name_of(document, person.id))
            )
            chip.setCheckable(True)
            chip.setChecked(person.present or not somebody_here)
            chip.toggled.connect(self._count)
            self.voters[person.id] = chip
            self._flow.addWidget(chip)
        facilitator = document.only(Workshop).facilitator
        set_text(
            self.note,
            msg("Each answers alone. {name} facilitates and does not vote.", name=facilitator)
            if facilitator
            else msg("Each answers alone. Whoever facilitates does not vote."),
        )
        kept = rounds(document)
        self._earlier = kept[-1].number if kept else 0
        self.earlier.setVisible(bool(kept))
        say_on(self.earlier, msg("Look at round {number} again", number=self._earlier))
        self._count()

    def focus_first(self) -> None:
        wanted = self.laptop if self.laptop.isEnabled() else next(iter(self.voters.values()), self.slips)
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> tuple[str, ...]:
        """The ids of those who vote."""
        return tuple(person for person, chip in self.voters.items() if chip.isChecked())

    def _count(self) -> None:
        enough = len(self.chosen()) >= FEWEST
        for start in (self.laptop, self.slips):
            start.setEnabled(enough)
            start.setToolTip("" if enough else words("It takes two voters or more"))

    def _by_laptop(self) -> None:
        self.begun.emit(self.chosen(), False)

    def _by_slips(self) -> None:
        self.begun.emit(self.chosen(), True)

    def _look_back(self) -> None:
        self.earlier_wanted.emit(self._earlier)


class Handover(QFrame):
    """Whose turn it is. What was answered is not here, and nowhere else on the screen."""

    ready = Signal(object)
    """The id of the voter who begins now."""

    reveal_wanted = Signal()

    stopped = Signal()
    """The vote ends here; nothing of it is kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._next = ""
        self._by_slip = False
        self.setProperty("role", "card")
        layout = column(self, margins=(22, 16, 22, 18), spacing=10)
        self.asked = label("", "question", wrap=True)
        self.name = label("", "title", wrap=True)
        self.counted = label("", "secondary", wrap=True)
        self.begin = button("", "primary")
        self.reveal = button("Reveal all answers", "primary")
        self.reveal_some = button("")
        self.stop = button("Stop, and forget the answers", "quiet")
        self.stop.clicked.connect(self.stopped)
        self.begin.clicked.connect(self._begin)
        for each in (self.reveal, self.reveal_some):
            each.clicked.connect(self.reveal_wanted)
        holder = QWidget()
        self._flow = FlowLayout(holder, spacing=8)
        buttons = line(spacing=8)
        for each in (self.begin, self.reveal, self.reveal_some):
            buttons.addWidget(each)
        buttons.addStretch()
        buttons.addWidget(self.stop)
        for widget in (self.asked, self.name, self.counted, holder):
            layout.addWidget(widget)
        layout.addSpacing(6)
        layout.addLayout(buttons)

    def show_turn(self, voters: Sequence[str], answered: Collection[str], *, by_slip: bool) -> None:
        """Say whose turn it is: the first who has not answered. Anybody may come first, or answer anew."""
        self._by_slip = by_slip
        waiting = [voter for voter in voters if voter not in answered]
        counted = number_of(
            len(answered), "1 of {all} has answered.", "{count} of {all} have answered.", all=len(voters)
        )
        set_text(self.counted, counted)
        enough = len(answered) >= FEWEST
        self.reveal.setVisible(not waiting)
        self.reveal_some.setVisible(bool(waiting) and enough)
        say_on(self.reveal_some, msg("Reveal with {count} of {all}", count=len(answered), all=len(voters)))
        empty(self._flow)
        for voter in voters:
            self._flow.addWidget(self._chip(voter, voter in answered))
        if waiting:
            self._turn_of(waiting[0])
        else:
            set_text(self.asked, msg("Everybody has answered."))
            self.name.hide()
            self.begin.hide()

    def focus_first(self) -> None:
        wanted = self.reveal if self.reveal.isVisibleTo(self) else self.begin
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, voter: str, answered: bool) -> QPushButton:
        name = name_of(self.desk.document, voter)
        state = msg("{name} has answered", name=name) if answered else msg("{name} has not answered yet", name=name)
        chip = button(f"✓ {name}" if answered else name, "person", name=state, tip=state)
        chip.setObjectName(voter)
        chip.clicked.connect(self._other)
        return chip

    def _turn_of(self, voter: str) -> None:
        self._next = voter
        name = name_of(self.desk.document, voter)
        set_text(self.asked, msg("Whose slip is this?") if self._by_slip else msg("Pass the laptop to"))
        set_text(self.name, name)
        self.name.show()
        self.begin.show()
        say_on(self.begin, msg("{name}’s slip", name=name) if self._by_slip else msg("I am {name}", name=name))

    def _other(self) -> None:
        self._turn_of(self.sender().objectName())
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self) -> None:
        self.ready.emit(self._next)
