"""One question of a revealed vote: who owns it now, the names to choose from, and whoever named somebody else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.edits.votes import decide_owner, decision_on, keep_dissent, park_question
from app.messages import msg, words
from app.model import vocabulary as v
from app.model.owners import OwnerAssignment
from app.policy.answers import name_of, remark, said
from app.policy.consensus import PERSON, Answer, Round, Tally
from ui.desk import Desk
from ui.widgets.basic import button, column, label, line, set_text
from ui.widgets.flow import FlowLayout

LABELS = {str(entry.value): entry.label for entry in v.OWNER_TYPES}


class DecisionLine(QWidget):
    """One question: what was said, who owns it now, the names to choose from, one key each, and whoever named
    somebody else, to be kept with the decision if they wish."""

    def __init__(self, desk: Desk, found: Round, tally: Tally) -> None:
        super().__init__()
        self.desk = desk
        self.round = found
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
        self.others = label("", "secondary", wrap=True)
        self.keep = button(
            "Keep this as dissent",
            "quiet",
            name=msg("Keep with the decision who named somebody else: {type}", type=owner_type),
            tip="It is signed and exported with the decision; what each of them answered is not.",
        )
        self.keep.clicked.connect(self._keep)
        dissent = line(spacing=10)
        dissent.addWidget(self.others, 1)
        dissent.addWidget(self.keep)
        layout.addLayout(dissent)
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
        self._offer_dissent(owner.person)

    def _offer_dissent(self, owner: str | None) -> None:
        """Once it is decided: who named somebody else, and whether that stands with the decision."""
        decision = decision_on(self.desk.document, self.question)
        others = self._dissenters(owner) if decision is not None else ()
        names = ", ".join(name_of(self.desk.document, each) for each in others)
        kept = decision is not None and bool(decision.dissent)
        self.others.setVisible(kept or bool(others))
        self.keep.setVisible(bool(others) and not kept)
        if decision is not None and kept:
            set_text(self.others, msg("Dissent, kept with the decision: {dissent}", dissent=decision.dissent))
        else:
            set_text(self.others, msg("Named somebody else: {names}.", names=names))

    def _dissenters(self, owner: str | None) -> tuple[str, ...]:
        return self.round.dissenters(self.question, Answer(PERSON, owner)) if owner else ()

    def _keep(self) -> None:
        owner = self.desk.document.fixed(OwnerAssignment, self.question).person
        made = self.desk.workspace.run(keep_dissent(self.question, self._dissenters(owner)), self)
        if made is not None:
            self.desk.say(msg("Kept with the decision. Readiness shows the decision log."))
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)

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
