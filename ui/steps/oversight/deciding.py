"""Decide on the mode of an action: a small form in the inspector, for graduating it and for taking it back.

What is decided is one edit: the mode and the record of who decided it, on which evidence. What cannot be decided is
refused in words, here, and nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from app.edits import Edit
from app.edits.generic import set_fields, together
from app.edits.graduation import graduate, revoke, revokers
from app.errors import AppError, FieldFault
from app.messages import Message, msg, number_of, words
from app.model.document import Document
from app.model.fields import Value
from app.model.oversight import Action, Evidence, GraduationDecision
from app.policy.evidence import counted
from app.policy.graduation import Gate, deciders
from app.policy.holders import holder
from app.policy.oversight import mode_label
from app.report.display import day_words
from ui.desk import Desk
from ui.steps.oversight.evidence_words import version_words
from ui.steps.oversight.standing import Standing
from ui.widgets.basic import column, label, set_text
from ui.widgets.draft_form import DraftForm
from ui.widgets.sight import bring_into_sight


class Deciding(QFrame):
    """The form of one decision. Ctrl and Return sends it, Esc forgets it."""

    decided = Signal()
    forgotten = Signal()

    def __init__(
        self,
        desk: Desk,
        title: Message,
        send: Message,
        notes: Sequence[Message],
        names: Sequence[str],
        values: Mapping[str, Value],
        make: Callable[[Mapping[str, Value]], Edit],
        ticks: EvidenceTicks | None = None,
    ) -> None:
        """`send` stands on the button, `names` are fields of a decision, `values` what is filled in; `make` turns what
        was entered into the edit. `ticks` are what it rests on."""
        super().__init__()
        self._desk = desk
        self._make = make
        self.ticks = ticks
        self.setProperty("role", "row-open")
        layout = column(self, margins=(12, 10, 12, 12), spacing=8)
        layout.addWidget(label(title, "heading", wrap=True))
        for note in notes:
            layout.addWidget(label(note, "secondary", wrap=True))
        if ticks is not None:
            layout.addWidget(ticks)
        self.form = DraftForm(desk, GraduationDecision, names, send, values)
        self.form.sent.connect(self._send)
        self.form.forgotten.connect(self.forgotten)
        self.refused = label("", "bad", wrap=True)
        self.refused.hide()
        layout.addWidget(self.form)
        layout.addWidget(self.refused)

    def first_control(self) -> QWidget:
        """Where the focus goes first: what is asked, or the button where everything is filled in."""
        if self.ticks is not None:
            return self.ticks.boxes[0] if self.ticks.boxes else self.form.editors["decided_by"].control()
        return self.form.send_button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sends = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if sends and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.form.send()
        elif event.key() == Qt.Key.Key_Escape:
            self.forgotten.emit()
        else:
            super().keyPressEvent(event)

    def _send(self, values: Mapping[str, Value]) -> None:
        set_text(self.refused, "")
        self.refused.hide()
        evidence = {"evidence": self.ticks.ticked()} if self.ticks is not None else {}
        try:
            made = self._desk.workspace.attempt(self._make({**values, **evidence}), self)
        except FieldFault as fault:
            if fault.field in self.form.editors:
                self.form.refuse(fault)
            else:
                self._refuse(fault)
        except AppError as error:
            self._refuse(error)
        else:
            if made is not None:
                self._desk.say(msg("The decision was recorded and the mode set. Undo takes it back."))
            self.decided.emit()

    def _refuse(self, error: AppError) -> None:
        set_text(self.refused, str(error))
        self.refused.show()
        self.form.send_button.setAccessibleDescription(str(error))
        self.form.send_button.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(self.refused)


class EvidenceTicks(QWidget):
    """The evidence of an action that counts in a mode, each with a tick."""

    def __init__(self, document: Document, action: Action, mode: str, as_of: str) -> None:
        super().__init__()
        rows = [row for row in counted(document, action, as_of) if row.mode == mode]
        layout = column(self, spacing=2)
        layout.addWidget(label("It rests on", "label"))
        if not rows:
            layout.addWidget(label("No evidence of this behaviour version in this mode yet.", "tertiary", wrap=True))
        self.boxes: list[QCheckBox] = []
        self._ids = [row.id for row in rows]
        for row in rows:
            runs = number_of(row.runs or 0, "1 run", "{count} runs")
            box = QCheckBox(words(runs))
            box.setAccessibleName(words(msg("It rests on {runs}", runs=runs)))
            box.setAccessibleDescription(words(evidence_words(row)))
            box.setChecked(True)
            self.boxes.append(box)
            layout.addWidget(box)
            layout.addWidget(label(evidence_words(row), "tertiary", wrap=True))

    def ticked(self) -> tuple[str, ...]:
        """The ids of the evidence that is ticked."""
        return tuple(row_id for row_id, box in zip(self._ids, self.boxes, strict=True) if box.isChecked())


def graduating(desk: Desk, action: Action, gate: Gate, *, from_mode: str) -> Deciding:
    """The form that moves an action from a mode to the looser one of this gate. It is in that mode, or was until
    somebody set another without deciding on it."""
    document = desk.document
    owner = holder(document, "APO").person
    asked = dict.fromkeys(holder(document, code).person for code in ("WO", "SO"))
    values: dict[str, Value] = {
        "decided_by": owner,
        "decided_on": desk.today(),
        "consulted": tuple(person for person in asked if person and person != owner),
    }
    second = ("seconded_by",) if gate.second_approver else ()

    def make(entered: Mapping[str, Value]) -> Edit:
        decided = graduate(action.id, gate.to_mode, **entered)  # type: ignore[arg-type]
        if from_mode == action.current:
            return decided
        label = msg("{action}: {mode}", action=action.name, mode=mode_label(gate.to_mode))
        return together(label, set_fields(action.id, current=from_mode), decided)

    return Deciding(
        desk,
        msg("Graduate to {mode}", mode=mode_label(gate.to_mode)),
        msg("Graduate"),
        deciders(document, gate),
        ("decided_by", "decided_on", *second, "consulted", "reason"),
        values,
        make,
        EvidenceTicks(document, action, from_mode, desk.today()),
    )


def revoking(desk: Desk, action: Action, standing: Standing, to_mode: str) -> Deciding:
    """The form that takes an action back, with the reasons that there are filled in."""
    may = revokers(desk.document)
    reasons = "; ".join(words(each.because) for each in standing.lost)
    values: dict[str, Value] = {
        "to_mode": to_mode,
        "decided_by": may[0].id if may else None,
        "decided_on": desk.today(),
        "reason": reasons,
    }

    def make(entered: Mapping[str, Value]) -> Edit:
        return revoke(action.id, **entered)  # type: ignore[arg-type]

    return Deciding(
        desk,
        msg("Take back to {mode}", mode=mode_label(to_mode)) if standing.lost else msg("Take back"),
        msg("Take back"),
        (msg("Its counters start again, and for 14 days it does not graduate."),),
        ("to_mode", "decided_by", "decided_on", "reason"),
        values,
        make,
    )


def evidence_words(row: Evidence) -> Message:
    """Which behaviour version a row of evidence is about, and when it was seen."""
    return msg(
        "{version}, {first} to {last}",
        version=version_words(row.behaviour_version),
        first=day_words(row.from_day) or "?",
        last=day_words(row.to_day) or "?",
    )
