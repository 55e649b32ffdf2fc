"""What follows for one action, in words: its floor and why, and how far it is from the next looser mode."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.messages import Message, msg, words
from app.model.oversight import Action
from app.policy.graduation import LONGEST_WAIT, Progress
from app.policy.oversight import BARRED, Oversight, listed, looser_than, mode_label
from ui.desk import Desk
from ui.widgets.basic import button, column, label, line, rule, say_on, set_role, set_text
from ui.widgets.dial import Dial, DialState


class Verdict(QWidget):
    """What follows for the action: its floor and why, what would lower it, and the way back when it is below."""

    mode_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._target = ""
        layout = column(self, spacing=8)
        self._alarm = label("", "weak", wrap=True)
        self._because = label("", wrap=True)
        self._next = label("", "secondary", wrap=True)
        self.dial = Dial(desk.theme, desk.icons)
        self.dial.picked.connect(self.mode_wanted)
        self._facts = label("", "secondary", wrap=True)
        self.put_right = button("", "primary")
        self.put_right.clicked.connect(self._put_right)
        for part in (self._alarm, self.dial, self.put_right, self._because, self._next, self._facts):
            layout.addWidget(part)

    def show_action(self, action: Action, implied: Oversight) -> None:
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

    def _put_right(self) -> None:
        self.mode_wanted.emit(self._target)


class Earning(QWidget):
    """How far the evidence has come towards the next looser mode, in runs, and what is still missing."""

    def __init__(self) -> None:
        super().__init__()
        layout: QVBoxLayout = column(self, spacing=5)
        self._caption = label("", "caption", wrap=True)
        self._rule = label("", "secondary", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._numbers = label("", "secondary", wrap=True)
        self._missing = label("", "secondary", wrap=True)
        row = line()
        row.addWidget(self.bar)
        layout.addWidget(rule())
        layout.addWidget(self._caption)
        layout.addWidget(self._rule)
        layout.addLayout(row)
        layout.addWidget(self._numbers)
        layout.addWidget(self._missing)

    def show_progress(self, found: Progress | None) -> None:
        """Show the gate of the next looser mode; hidden where there is none to earn."""
        self.setVisible(found is not None)
        if found is None:
            return
        set_text(self._caption, msg("Earning “{mode}”", mode=mode_label(found.gate.to_mode)))
        set_text(self._rule, _gate(found))
        goal = _goal(found)
        self.bar.setRange(0, max(goal, 1))
        self.bar.setValue(min(found.totals.runs, goal))
        set_text(self._numbers, _numbers(found, goal))
        self.bar.setAccessibleName(self._numbers.text())
        set_role(self._missing, "secondary" if found.missing else "ok")
        set_text(self._missing, _still_missing(found))


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


def _goal(found: Progress) -> int:
    """The number of reviewed runs at which one looks next."""
    if found.clean_runs_needed is None:
        return found.gate.looks[-1]
    return found.totals.runs + found.clean_runs_needed


def _gate(found: Progress) -> Message:
    first, second, third = found.gate.looks
    return msg(
        "Look after {first}, {second} and {third} reviewed runs; pass with at most 0, 3 and 10 failures.",
        first=first,
        second=second,
        third=third,
    )


def _numbers(found: Progress, goal: int) -> Message:
    runs = msg("{runs} of {goal} runs", runs=found.totals.runs, goal=goal)
    if found.error_bound is not None and found.approval_bound is not None:
        runs = msg(
            "{runs} · error at most {bound} %, limit {limit} % · approval at least {approval} %",
            runs=runs,
            bound=f"{100 * found.error_bound:.1f}",
            limit=found.gate.limit,
            approval=f"{100 * found.approval_bound:.1f}",
        )
    if not found.weeks_needed:
        return runs
    if found.weeks_needed > LONGEST_WAIT:
        return msg("{runs}. This action will not earn autonomy at this volume.", runs=runs)
    return msg("{runs} · {weeks} weeks to go", runs=runs, weeks=found.weeks_needed)


def _still_missing(found: Progress) -> str:
    if not found.missing:
        return words("Nothing is missing. The decision is the product owner’s: record it below.")
    return "\n".join([words("Missing:"), *(f"–  {words(part)}" for part in found.missing)])
