"""Beside the table: why the selected action has its floor, what it would earn, and every field that it has."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from app.messages import Message, msg, words
from app.model.changes import ChangeSet
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.row import Row
from app.policy.graduation import LONGEST_WAIT, Progress, progress
from app.policy.oversight import BARRED, Oversight, listed, looser_than, mode_label, oversight_of
from ui.desk import Desk
from ui.findings import Findings
from ui.widgets.basic import Fold, button, column, empty, label, line, rule, say_on, set_role, set_text
from ui.widgets.dial import Dial, DialState
from ui.widgets.form import Form, editable
from ui.widgets.row_list import RowList

PAUSE = 60
"""Milliseconds after which the form of the action that was chosen last is built."""

_FIRST = ("name", "reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity", "flags")
FIELDS = (*_FIRST, *(name for name in editable(Action) if name not in _FIRST))
"""The fields of an action: what it is called and what settles its floor, then the rest."""


class Inspector(QScrollArea):
    """Shows one action; everything in it can be edited but what follows from the rest."""

    mode_wanted = Signal(object, object)
    """(action id, mode)."""

    left = Signal()
    """Esc was pressed: back to the table."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.action_id: str | None = None
        self.form: Form | None = None
        self._folds: dict[type[Row], Fold] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._build_details)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words("Selected action"))
        body = QWidget()
        body.setProperty("role", "body")
        layout = column(body, margins=(16, 14, 14, 16), spacing=8)
        layout.addWidget(label("Selected action", "caption"))
        self._name = label("", "question", wrap=True)
        layout.addWidget(self._name)
        self.verdict = Verdict(desk)
        self.verdict.mode_wanted.connect(self._ask)
        self.earning = Earning()
        layout.addWidget(self.verdict)
        layout.addWidget(self.earning)
        self._details = column(spacing=8)
        layout.addLayout(self._details)
        layout.addStretch()
        self.setWidget(body)

    def show_action(self, action_id: str | None) -> None:
        """Show another action, or the invitation to type one. Its form follows after a moment, so that one can run
        down a long table."""
        if action_id != self.action_id:
            self.action_id = action_id
            self._soon.start()
        self._tell()

    def settle(self) -> None:
        """Show the form of the action now."""
        if self._soon.isActive():
            self._soon.stop()
            self._build_details()

    def focus_fields(self) -> None:
        """Put the focus on what settles the floor."""
        self.settle()
        if self.form is not None:
            self._bring(self.form.boxes[FIELDS[1]].editor)

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        if self._action() is None:
            self.show_action(None)
            return
        self._tell()
        if self.form is not None:
            self.form.follow(change_set, initiator)
        for rows in self._lists():
            rows.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        if self.form is not None:
            self.form.show_findings(findings)
        for rows in self._lists():
            rows.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """The control of this place, if it is about the action shown, its evidence or a decision on it."""
        self.settle()
        row = self.desk.document.find(row_id)
        found: QWidget | None = None
        if self.form is not None and isinstance(row, Action):
            found = self.form.reveal(row_id, field)
        elif row is not None and type(row) in self._folds:
            content = self._folds[type(row)].open()
            found = content.reveal(row_id, field) if isinstance(content, RowList) else None
        if found is not None:
            self._bring(found)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _bring(self, control: QWidget) -> None:
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(control, 20, 60)

    def _action(self) -> Action | None:
        return self.desk.document.get(Action, self.action_id)

    def _tell(self) -> None:
        action = self._action()
        self.verdict.setVisible(action is not None)
        if action is None:
            set_text(self._name, msg("Type the first action in the table: a verb and an object, such as “send reply”."))
            self.earning.hide()
            return
        set_text(self._name, action.name or msg("Action without a name"))
        document = self.desk.document
        self.verdict.show_action(action, oversight_of(document, action))
        self.earning.show_progress(progress(document, action, self.desk.workspace.workspace.mint.moment()))

    def _ask(self, mode: str) -> None:
        self.mode_wanted.emit(self.action_id, mode)

    def _lists(self) -> list[RowList]:
        return [fold.content for fold in self._folds.values() if isinstance(fold.content, RowList)]

    def _build_details(self) -> None:
        """Another form and other lists: each belongs to one action. What was unfolded stays unfolded."""
        opened = {row_class for row_class, fold in self._folds.items() if fold.switch.isChecked()}
        empty(self._details)
        self.form, self._folds = None, {}
        if self._action() is None or self.action_id is None:
            return
        self.form = Form(self.desk, Action, self.action_id, FIELDS, columns=1)
        self._folds = {
            Evidence: Fold("Evidence", self._evidence, opened=Evidence in opened),
            GraduationDecision: Fold("Graduation decisions", self._decisions, opened=GraduationDecision in opened),
        }
        for part in (rule(), label("What we know about it", "caption"), self.form, rule(), *self._folds.values()):
            self._details.addWidget(part)

    def _evidence(self) -> QWidget:
        action = self._action()
        agent = {"mode": action.current} if action else {}
        return self._rows_of(Evidence, agent)

    def _decisions(self) -> QWidget:
        return self._rows_of(GraduationDecision, {})

    def _rows_of(self, row_class: type[Row], defaults: dict[str, str]) -> RowList:
        return RowList(
            self.desk,
            row_class,
            keep=_Belongs(self.action_id),
            defaults={"action": self.action_id, **defaults},
            columns=1,
        )


class _Belongs:
    """Whether a row of evidence, or a decision, is about one action."""

    def __init__(self, action_id: str | None) -> None:
        self._action_id = action_id

    def __call__(self, row: Row) -> bool:
        return row.value("action") == self._action_id


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
