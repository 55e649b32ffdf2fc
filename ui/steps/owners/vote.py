"""The silent vote, from who votes to what is decided. Nothing is kept, and nothing is shown, before the reveal.

Ballots wait in memory until everybody has answered; revealing keeps them, as one step that undo takes back.
"""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from app.edits.votes import keep_votes
from app.messages import Message, msg
from app.model.changes import ChangeSet
from app.model.commit import Decision
from app.model.owners import OwnerAssignment, Vote
from app.model.room import Person
from app.policy.answers import name_of
from app.policy.consensus import Answer, Ballot, Verdict, round_of
from ui.desk import VOTING, Desk
from ui.steps.owners.answers import QUESTION
from ui.steps.owners.ballot import BallotForm
from ui.steps.owners.decision import LABELS
from ui.steps.owners.handover import ChooseVoters, Handover
from ui.steps.owners.reveal import Reveal
from ui.widgets.basic import column


class SilentVote(QWidget):
    """Four parts, one of them in sight at a time."""

    moved = Signal()
    """Another part is in sight; `headline` and `subtitle` are its own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.voters: tuple[str, ...] = ()
        self.ballots: dict[str, Ballot] = {}
        self._by_slip = False
        self._voter = ""
        self.choose = ChooseVoters(desk)
        self.handover = Handover(desk)
        self.ballot = BallotForm(desk)
        self.reveal = Reveal(desk)
        self._parts = (self.choose, self.handover, self.ballot, self.reveal)
        layout = column(self)
        for part in self._parts:
            layout.addWidget(part)
            part.hide()
        self.choose.begun.connect(self._begin)
        self.choose.earlier_wanted.connect(self.show_round)
        self.handover.ready.connect(self._ask)
        self.handover.reveal_wanted.connect(self._reveal)
        self.handover.stopped.connect(self.stop)
        self.ballot.done.connect(self._answered)
        self.ballot.dropped.connect(self._hand_over)

    @property
    def revealed(self) -> bool:
        """Whether answers are in sight."""
        return not self.reveal.isHidden()

    @property
    def at_hand(self) -> bool:
        """Whether there is a vote to show, at whatever stage."""
        return any(not part.isHidden() for part in self._parts)

    @property
    def under_way(self) -> bool:
        """Whether somebody is voting: voters are chosen, and nothing is revealed yet."""
        return bool(self.voters)

    @property
    def headline(self) -> str:
        return QUESTION

    @property
    def subtitle(self) -> Message:
        """What the page says below the question; of a round that is revealed, what it found."""
        if not self.revealed or self.reveal.round is None:
            return msg("Each answers alone; then all answers are shown at once.")
        first = self.reveal.round.tallies()[0]
        if first.verdict is not Verdict.SPLIT:
            return msg("Answered alone, revealed together.")
        return msg(
            "Answered alone, revealed together. The split is the finding: {type}.", type=msg(LABELS[first.question])
        )

    def start(self) -> None:
        """A new vote: ask who takes part."""
        self._forget()
        self.choose.ask()
        self._show(self.choose)

    def stop(self) -> None:
        """End it; what was answered and not revealed is gone."""
        self._forget()
        for part in self._parts:
            part.hide()
        self.desk.show_vote(None)
        self.moved.emit()

    def show_round(self, number: int) -> None:
        """Show the answers of a round that is kept."""
        found = round_of(self.desk.document, number)
        if found is None:
            self.start()
            return
        self._forget()
        self.reveal.show_round(found)
        self._show(self.reveal)

    def focus_first(self) -> None:
        """Put the focus where the vote goes on."""
        for part in self._parts:
            if not part.isHidden():
                part.focus_first()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Keep to what the project says: a round may be undone, people come and go."""
        kinds = change_set.kinds() if change_set is not None else frozenset({Vote.spec.kind, Person.spec.kind})
        if self.revealed and kinds & {Vote.spec.kind, Person.spec.kind} and self.reveal.round is not None:
            if round_of(self.desk.document, self.reveal.round.number) != self.reveal.round:
                self.show_round(self.reveal.round.number)
        elif not self.revealed and Person.spec.kind in kinds:
            self._people_changed()
        if kinds & {OwnerAssignment.spec.kind, Person.spec.kind, Decision.spec.kind}:
            self.reveal.follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Whoever leaves in the middle of a ballot leaves nothing on the screen to come back to.
        if not self.ballot.isHidden():
            self.ballot.clear()
            self._hand_over()

    # --- the way of a vote ---

    def _begin(self, voters: tuple[str, ...], by_slip: bool) -> None:
        self.voters, self._by_slip = voters, by_slip
        self._hand_over()

    def _hand_over(self) -> None:
        self._voter = ""
        self.handover.show_turn(self.voters, self.ballots, by_slip=self._by_slip)
        self._show(self.handover)

    def _ask(self, voter: str) -> None:
        self._voter = voter
        self.ballot.ask(name_of(self.desk.document, voter))
        self._show(self.ballot)

    def _answered(self, ballot: Ballot) -> None:
        self.ballots[self._voter] = ballot
        self._hand_over()

    def _reveal(self) -> None:
        ballots = {voter: self.ballots[voter] for voter in self.voters if voter in self.ballots}
        made = self.desk.workspace.run(keep_votes(ballots), self)
        if made is not None:
            votes = [change.after for change in made.changes if isinstance(change.after, Vote)]
            self.show_round(votes[0].round or 0)

    # --- parts ---

    def _people_changed(self) -> None:
        known = self.desk.document.table(Person.spec.kind).by_id
        self.voters = tuple(voter for voter in self.voters if voter in known)
        self.ballots = {voter: _of_those(known, ballot) for voter, ballot in self.ballots.items() if voter in known}
        if not self.choose.isHidden():
            self.choose.ask()
        elif not self.handover.isHidden() or (self._voter and self._voter not in known):
            self.ballot.clear()
            self._hand_over()

    def _forget(self) -> None:
        self.voters, self.ballots, self._voter = (), {}, ""
        self.ballot.clear()

    def _show(self, wanted: ChooseVoters | Handover | BallotForm | Reveal) -> None:
        for part in self._parts:
            part.setVisible(part is wanted)
        shown = self.reveal.round
        self.desk.show_vote(shown.number if wanted is self.reveal and shown is not None else VOTING)
        self.moved.emit()
        if self.isVisible():
            wanted.focus_first()


def _of_those(known: Container[str], ballot: Ballot) -> Ballot:
    """The ballot without the names of people who have left the project since."""
    return {
        question: answer if answer.person is None or answer.person in known else Answer(answer.kind)
        for question, answer in ballot.items()
    }
