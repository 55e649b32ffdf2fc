"""Step 3: who owns this agent, by name."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from app.edits.generic import set_fields
from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.owners import OwnerAssignment, Vote
from app.policy.named import everybody, in_the_room
from app.policy.names import told_apart
from app.steps import Step
from ui.desk import Desk
from ui.steps.base import Page
from ui.steps.owners.view import OwnersView
from ui.steps.owners.vote import SilentVote
from ui.widgets.basic import button, empty, say_on, set_text
from ui.widgets.people import PersonChip


class OwnersPage(Page):
    """People are typed into a card, dragged onto it, or put there from the menu of their chip. The silent vote takes
    the place of the cards while it goes on."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.view = OwnersView(desk)
        for part in self.view.parts:
            self.add_part(part)
        self.body.addWidget(self.view)
        self.vote = SilentVote(desk)
        self.vote.hide()
        self.vote.moved.connect(self._vote_moved)
        self.body.addWidget(self.vote)
        self.to_owners = button("Back to the owners")
        self.to_owners.clicked.connect(self.leave_vote)
        self.to_owners.hide()
        self.to_vote = button("Run a silent vote")
        self.to_vote.clicked.connect(self.run_vote)
        for tool in (self.to_owners, self.to_vote):
            self.head_tools.addWidget(tool)
        self.body.addStretch()
        self.view.add_person.clicked.connect(self._add_person)
        self._shown: list[tuple[str, str]] = []
        self.refresh(None, None)

    def run_vote(self) -> None:
        """Begin a silent vote, go on with the one under way, or vote again."""
        if not self.vote.under_way:
            self.vote.start()
        self._show_vote(True)

    def leave_vote(self) -> None:
        """Show the owners again; a vote that is under way waits."""
        if not self.vote.under_way:
            self.vote.stop()
        self._show_vote(False)

    def reveal(self, row_id: str, field: str) -> bool:
        if not row_id and field == Vote.spec.kind:
            self.run_vote()
            return True
        self.leave_vote()
        return super().reveal(row_id, field)

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        self.vote.follow(change_set, initiator)
        present = in_the_room(self.desk.document)
        set_text(self.view.people_title, msg("In the room") if present else msg("People"))
        here = present or everybody(self.desk.document)
        shown = [(person.id, told_apart(self.desk.document, person)) for person in here]
        if shown == self._shown:
            return
        self._shown = shown
        empty(self.view.people_flow)
        for person, (_, called) in zip(here, shown, strict=True):
            chip = PersonChip(person.id, called or words("A person without a name"), person.title)
            chip.clicked.connect(self._offer)
            self.view.people_flow.addWidget(chip)

    def menu_for(self, person: str) -> QMenu:
        """The parts that a person can be given."""
        menu = QMenu(self)
        for row in self.desk.document.rows(OwnerAssignment):
            action = menu.addAction(words(msg("Make {type}", type=msg(row.called()))))
            action.setData((row.id, person))
            action.triggered.connect(self._given)
        return menu

    def _show_vote(self, shown: bool) -> None:
        self.view.setVisible(not shown)
        self.vote.setVisible(shown)
        self._vote_moved()
        if shown:
            # Where nobody can vote yet there is nothing to go to but the way back.
            self.to_owners.setFocus()
            self.vote.focus_first()

    def _vote_moved(self) -> None:
        shown = not self.vote.isHidden()
        if shown and not self.vote.at_hand:
            self._show_vote(False)
            return
        self.scroller.verticalScrollBar().setValue(0)
        set_text(self.headline, msg(self.vote.headline if shown else self.step.question))
        set_text(self.subtitle, self.vote.subtitle if shown else msg(self.step.subtitle))
        self.fit_head()
        self.to_owners.setVisible(shown)
        self.to_vote.setVisible(not shown or self.vote.revealed)
        if shown:
            say_on(self.to_vote, msg("Vote again"))
        else:
            say_on(self.to_vote, msg("Go on with the vote") if self.vote.under_way else msg("Run a silent vote"))

    def _offer(self) -> None:
        chip = self.sender()
        assert isinstance(chip, PersonChip)
        self.menu_for(chip.row_id).popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _given(self) -> None:
        row_id, person = self.sender().data()  # type: ignore[attr-defined]
        self.desk.workspace.run(set_fields(row_id, person=person), self)

    def _add_person(self) -> None:
        self.desk.open_place("room", "", "person")
