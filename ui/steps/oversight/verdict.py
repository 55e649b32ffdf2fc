"""What follows for one action, in words: its floor and why, what would lower it, and what can be decided now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.messages import Message, msg
from app.model.document import Document
from app.model.oversight import Action
from app.policy.evidence import decisions_of
from app.policy.oversight import BARRED, IN, ON, OUT, Oversight, listed, looser_than, mode_label, oversight_of
from app.policy.revocation import is_earned
from ui.desk import Desk
from ui.steps.oversight.lost import Lost
from ui.steps.oversight.standing import Standing
from ui.widgets.basic import button, column, label, say_on, set_role, set_text
from ui.widgets.dial import Dial, DialState


class Verdict(QWidget):
    """The dial with the reason for its floor, what takes the mode back, and the ways to decide: graduate, record what
    was only set, take back."""

    mode_wanted = Signal(object)
    graduate_wanted = Signal()
    record_wanted = Signal()
    revoke_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._target = ""
        layout = column(self, spacing=8)
        self._alarm = label("", "weak", wrap=True)
        self.lost = Lost()
        self.lost.revoke_wanted.connect(self.revoke_wanted)
        self._because = label("", wrap=True)
        self._next = label("", "secondary", wrap=True)
        self.dial = Dial(desk.theme, desk.icons)
        self.dial.picked.connect(self.mode_wanted)
        self._facts = label("", "secondary", wrap=True)
        self.put_right = button("", "primary")
        self.put_right.clicked.connect(self._put_right)
        self._undecided = label("", "warn", wrap=True)
        self.record = button("Decide and record …", tip="G in the table")
        self.record.clicked.connect(self.record_wanted)
        self.graduate = button("", tip="G in the table")
        self.graduate.clicked.connect(self.graduate_wanted)
        self.take_back = button("Take back …", tip="R in the table")
        self.take_back.clicked.connect(self.revoke_wanted)
        for part in (self.lost, self._alarm, self.dial, self.put_right, self._because, self._next, self._facts):
            layout.addWidget(part)
        for part in (self._undecided, self.record, self.graduate, self.take_back):
            layout.addWidget(part)

    def show_action(self, document: Document, action: Action, implied: Oversight, standing: Standing) -> None:
        state = DialState.of(action.current, implied)
        self.dial.show_state(state, action.name)
        self._alarm.setVisible(state.below_floor)
        if state.below_floor:
            set_text(self._alarm, _too_loose(implied))
        set_text(self._because, implied.because)
        self._because.setVisible(not state.below_floor)
        self._next.setVisible(implied.next_down is not None)
        set_text(self._next, implied.next_down or "")
        set_text(self._facts, _facts(implied))
        self._target = implied.floor if state.below_floor else implied.start if not action.current else ""
        self.put_right.setVisible(bool(self._target))
        if self._target:
            say_on(self.put_right, msg("Set to {mode}", mode=mode_label(self._target)))
        # One thing to press first: where its right is lost, taking it back puts it right as well.
        set_role(self.put_right, "" if standing.lost else "primary")
        self.lost.show_standing(standing)
        self._offer(document, action, standing, below_floor=state.below_floor)

    def _offer(self, document: Document, action: Action, standing: Standing, *, below_floor: bool) -> None:
        """What can be decided now; a mode that is below its floor or lost is put right first."""
        in_order = not below_floor and not standing.lost
        base = undecided(document, action) if in_order else ""
        gate = standing.progress.gate if standing.progress is not None and in_order and not base else None
        self._undecided.setVisible(bool(base))
        self.record.setVisible(bool(base))
        if base:
            set_text(
                self._undecided,
                msg(
                    "{mode} was set, and nobody recorded the decision. It is decided on from {before}.",
                    mode=mode_label(action.current),
                    before=mode_label(base),
                ),
            )
        self.graduate.setVisible(gate is not None)
        if gate is not None:
            say_on(self.graduate, msg("Graduate to {mode} …", mode=mode_label(gate.to_mode)))
            set_role(self.graduate, "primary" if standing.may_graduate else "")
        self.take_back.setVisible(in_order and is_earned(document, action))

    def _put_right(self) -> None:
        self.mode_wanted.emit(self._target)


def undecided(document: Document, action: Action) -> str:
    """The mode to go back to before the present one can be decided on, where it was set without a decision: the last
    that was decided, else the start mode. Empty where there is nothing to decide, or no gate leads from there."""
    made, start = decisions_of(document, action), oversight_of(document, action).start
    if start not in (IN, ON) or not is_earned(document, action):
        return ""
    decided = {each.to_mode for each in made}
    if action.current in decided:
        return ""
    return ON if action.current == OUT and (start == ON or ON in decided) else IN


def _too_loose(implied: Oversight) -> Message:
    floor = mode_label(implied.floor)
    if not implied.binding:
        return msg("Below its floor. Least oversight allowed: {mode}.", mode=floor)
    reasons = listed(implied.binding)
    return msg("Below its floor, because {reasons}. Least oversight allowed: {mode}.", reasons=reasons, mode=floor)


def _facts(implied: Oversight) -> Message:
    severity = msg("Severity {severity} of 3", severity=implied.severity)
    start = msg("starts {mode}", mode=mode_label(implied.start))
    if implied.never_graduates and implied.floor != BARRED:
        return msg("{severity} · {start} · never graduates", severity=severity, start=start)
    if looser_than(implied.floor, implied.start):
        floor = mode_label(implied.floor)
        return msg("{severity} · {start} · may come to {floor}", severity=severity, start=start, floor=floor)
    return msg("{severity} · {start}", severity=severity, start=start)
