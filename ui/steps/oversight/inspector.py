"""Beside the table: why the selected action has its floor, what it would earn, and every field that it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.messages import msg, words
from app.model.changes import ChangeSet, RowChange
from app.model.oversight import Action, Evidence, GraduationDecision
from app.model.row import Row, with_fields
from app.policy.graduation import next_gate
from app.policy.oversight import IN, oversight_of, stricter
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.oversight.deciding import Deciding, graduating, revoking
from ui.steps.oversight.earning import Earning
from ui.steps.oversight.evidence_words import version_words
from ui.steps.oversight.standing import Standings
from ui.steps.oversight.verdict import Verdict, undecided
from ui.widgets.basic import Fold, column, empty, label, rule, set_text
from ui.widgets.form import Form, editable
from ui.widgets.row_list import RowList
from ui.widgets.sight import bring_into_sight
from ui.widgets.untaken import untaken_in

PAUSE = 60
"""Milliseconds after which the form of the action that was chosen last is built."""

_FIRST_ACTION = msg("Type the first action in the table: a verb and an object, such as “send reply”.")
_NEXT = msg("Type the next action in the table, or choose one there.")

_FIRST = ("name", "reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity", "flags")
FIELDS = (*_FIRST, *(name for name in editable(Action) if name not in _FIRST))
"""The fields of an action: what it is called and what settles its floor, then the rest."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is shown of one action: its form, and the lists that belong to it, in one widget."""

    widget: QWidget
    form: Form
    folds: dict[type[Row], Fold]

    def lists(self) -> list[RowList]:
        """The lists that were unfolded so far."""
        return [fold.content for fold in self.folds.values() if isinstance(fold.content, RowList)]

    def unfolded(self) -> set[type[Row]]:
        """The kinds whose lists are unfolded."""
        return {row_class for row_class, fold in self.folds.items() if fold.switch.isChecked()}

    def put_by(self) -> None:
        """The action is gone: what is typed here and not taken waits for it to be brought back."""
        self.form.put_by()
        for rows in self.lists():
            rows.put_by()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        self.form.follow(change_set, initiator)
        for rows in self.lists():
            rows.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        self.form.show_findings(findings)
        for rows in self.lists():
            rows.show_findings(findings)


class Inspector(QScrollArea):
    """Shows one action; everything in it can be edited but what follows from the rest."""

    mode_wanted = Signal(object, object)
    """(action id, mode)."""

    place_wanted = Signal(object)
    """A Place of `missing`."""

    left = Signal()
    """Esc was pressed, or a decision is made: back to the table."""

    def __init__(self, desk: Desk, standings: Standings) -> None:
        super().__init__()
        self.desk = desk
        self.standings = standings
        self.deciding: Deciding | None = None
        self.action_id: str | None = None
        self._shown: Details | None = None
        self._waiting: dict[str, Details] = {}
        """Those of other actions in which a text waits to be taken."""
        self._unfolded: set[type[Row]] = set()
        """The kinds whose lists were unfolded beside the action before."""
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
        self.verdict.graduate_wanted.connect(self.graduate)
        self.verdict.record_wanted.connect(self.graduate)
        self.verdict.revoke_wanted.connect(self.revoke)
        self._form_place = column()
        self.earning = Earning(desk)
        self.earning.place_wanted.connect(self.place_wanted)
        layout.addWidget(self.verdict)
        layout.addLayout(self._form_place)
        layout.addWidget(self.earning)
        self._details = column(spacing=8)
        layout.addLayout(self._details)
        layout.addStretch()
        self.setWidget(body)

    @property
    def form(self) -> Form | None:
        """The form of the action, once it is built."""
        return self._shown.form if self._shown is not None else None

    def show_action(self, action_id: str | None) -> None:
        """Show another action, or the invitation to type one. Its form follows after a moment, so that one can run
        down a long table."""
        if action_id != self.action_id:
            self.action_id = action_id
            self._forget()
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

    def focus_evidence(self) -> None:
        """Put the focus on where evidence of this action is added."""
        self.settle()
        if self._shown is not None:
            rows = self._shown.folds[Evidence].open()
            adder = rows.reveal("", Evidence.spec.kind) if isinstance(rows, RowList) else None
            if adder is not None:
                self._bring(adder)

    def graduate(self) -> None:
        """Open the form that moves the action to the next looser mode. Where its mode was only set, the decision
        starts from the mode before; nothing changes until it is taken."""
        action = self._action()
        if action is None:
            return
        document, base = self.desk.document, undecided(self.desk.document, action)
        if base:
            document = document.applying([RowChange(action, with_fields(action, {"current": base}))])
        gate = next_gate(document, document.get(Action, action.id) or action, self._now())
        if gate is None:
            self.desk.refuse(msg("No gate leads from here to a looser mode; the reason stands beside it."))
            return
        self._decide(graduating(self.desk, action, gate, from_mode=base or action.current))

    def revoke(self) -> None:
        """Open the form that takes the action back to a stricter mode."""
        action = self._action()
        if action is not None and action.current:
            standing = self.standings.of(self.desk.document, action, self._now())
            to_mode = standing.back_to or stricter(IN, oversight_of(self.desk.document, action, self._now()).floor)
            self._decide(revoking(self.desk, action, standing, to_mode))

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        self._let_go()
        if self._action() is None:
            self.show_action(None)
            return
        self._tell()
        if self._shown is not None:
            self._shown.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        if self._shown is not None:
            self._shown.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """The control of this place, if it is about the action shown, its evidence or a decision on it."""
        self.settle()
        row = self.desk.document.find(row_id)
        found: QWidget | None = None
        if self._shown is not None and isinstance(row, Action):
            found = self._shown.form.reveal(row_id, field)
        elif self._shown is not None and row is not None and type(row) in self._shown.folds:
            content = self._shown.folds[type(row)].open()
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
        """Put the focus on a control, and have it in sight in here and on the page."""
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_sight(control)

    def _action(self) -> Action | None:
        return self.desk.document.get(Action, self.action_id)

    def _tell(self) -> None:
        action = self._action()
        self.verdict.setVisible(action is not None)
        if action is None:
            set_text(self._name, _NEXT if self.desk.document.rows(Action) else _FIRST_ACTION)
            self.earning.hide()
            return
        set_text(self._name, action.name or msg("Action without a name"))
        document = self.desk.document
        as_of = self._now()
        standing = self.standings.of(document, action, as_of)
        self.verdict.show_action(document, action, oversight_of(document, action, as_of), standing)
        self.earning.show()
        self.earning.show_action(action, standing.progress, as_of)

    def _now(self) -> str:
        return self.desk.workspace.workspace.mint.moment()

    def _decide(self, form: Deciding) -> None:
        """Show the form of a decision, in the place of another one."""
        self._forget()
        self.deciding = form
        form.decided.connect(self._decided)
        form.forgotten.connect(self._decided)
        self._form_place.addWidget(form)
        form.show()
        self._bring(form.first_control())
        QTimer.singleShot(0, form, self._bring_form)

    def _bring_form(self) -> None:
        """Have the form in sight from its beginning, once the layout has settled."""
        if self.deciding is not None:
            self.verticalScrollBar().setValue(self.deciding.y())
            self._bring(self.deciding.first_control())

    def _decided(self) -> None:
        self._forget()
        self.left.emit()

    def _forget(self) -> None:
        """Take the form of a decision away."""
        self.deciding = None
        empty(self._form_place)

    def _ask(self, mode: str) -> None:
        self.mode_wanted.emit(self.action_id, mode)

    def _build_details(self) -> None:
        """Another form and other lists: each belongs to one action. What was unfolded stays unfolded."""
        self._put_by()
        if self._action() is None or self.action_id is None:
            return
        self._shown = self._waiting.pop(self.action_id, None)
        if self._shown is None:
            self._shown = self._made_details(self.action_id, self._unfolded)
            self._details.addWidget(self._shown.widget)
            return
        self._shown.follow(None, None)
        self._shown.show_findings(self.desk.workspace.findings)
        self._shown.widget.show()

    def _put_by(self) -> None:
        """Take the form and the lists of an action away. Where a text in them waits to be taken, they are kept until
        that action is chosen again."""
        put_by, self._shown = self._shown, None
        if put_by is None:
            return
        self._unfolded = put_by.unfolded()
        # Hidden first: what is left takes what can be taken.
        put_by.widget.hide()
        if untaken_in(put_by.widget):
            self._waiting[put_by.form.row_id] = put_by
        else:
            self._take_away(put_by)

    def _let_go(self) -> None:
        """Take away what was shown of actions that are gone: a text in it waits for its action to be brought back."""
        document = self.desk.document
        for details in [*self._waiting.values(), *([self._shown] if self._shown is not None else [])]:
            if document.get(Action, details.form.row_id) is None:
                details.put_by()
                self._waiting.pop(details.form.row_id, None)
                if details is self._shown:
                    self._shown, self._unfolded = None, details.unfolded()
                self._take_away(details)

    def _take_away(self, details: Details) -> None:
        self._details.removeWidget(details.widget)
        details.widget.hide()
        details.widget.deleteLater()

    def _made_details(self, action_id: str, opened: set[type[Row]]) -> Details:
        widget = QWidget()
        form = Form(self.desk, Action, action_id, FIELDS, columns=1)
        folds = {
            Evidence: Fold("Evidence", self._evidence, opened=Evidence in opened),
            GraduationDecision: Fold("Graduation decisions", self._decisions, opened=GraduationDecision in opened),
        }
        layout = column(widget, spacing=8)
        for part in (rule(), label("What we know about it", "caption"), form, rule(), *folds.values()):
            layout.addWidget(part)
        return Details(widget, form, folds)

    def _evidence(self) -> QWidget:
        action = self._action()
        agent = {"mode": action.current} if action else {}
        return self._rows_of(Evidence, agent, _called)

    def _decisions(self) -> QWidget:
        return self._rows_of(GraduationDecision, {})

    def _rows_of(
        self, row_class: type[Row], defaults: dict[str, str], called: Callable[[Row], str] | None = None
    ) -> RowList:
        return RowList(
            self.desk,
            row_class,
            keep=_Belongs(self.action_id),
            defaults={"action": self.action_id, **defaults},
            columns=1,
            called=called,
        )


def _called(row: Row) -> str:
    """What a row of evidence is called."""
    return words(version_words(str(row.value("behaviour_version"))))


class _Belongs:
    """Whether a row of evidence, or a decision, is about one action."""

    def __init__(self, action_id: str | None) -> None:
        self._action_id = action_id

    def __call__(self, row: Row) -> bool:
        return row.value("action") == self._action_id
