"""A form for a row that is not there yet: nothing is stored before it is sent, and Esc forgets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.edits.generic import add
from app.errors import AppError, FieldFault
from app.messages import Message, msg, words
from app.model.fields import Field, Kind, Value, fields_of
from app.model.row import Row
from ui.desk import Desk
from ui.widgets.basic import button, column, label, line, set_look
from ui.widgets.editors import Editor, editor_for
from ui.widgets.editors.references import Addition, ReferenceEditor
from ui.widgets.values import in_words
from ui.widgets.wording import check_wording


class DraftForm(QWidget):
    """Some fields of a kind, a button that sends them, and one that forgets them."""

    sent = Signal(object)
    """Field name -> value, as entered. Whoever takes them answers with `refuse` when they cannot be taken."""

    forgotten = Signal()

    def __init__(
        self,
        desk: Desk,
        row_class: type[Row],
        names: Sequence[str],
        send: Message | str,
        values: Mapping[str, Value] | None = None,
    ) -> None:
        """`send` stands on the button; `values` are filled in already."""
        super().__init__()
        self.desk = desk
        self.editors: dict[str, Editor] = {}
        self._faults: dict[str, QLabel] = {}
        self._values: dict[str, Any] = {}
        self._given: dict[str, Any] = {}
        layout = column(self, spacing=8)
        declared = fields_of(row_class)
        for name in names:
            layout.addWidget(self._made_field(declared[name], (values or {}).get(name, declared[name].empty)))
        row = line(spacing=8)
        self.send_button = button(send, "primary")
        self.send_button.clicked.connect(self.send)
        self.forget_button = button(msg("Never mind"), "quiet")
        self.forget_button.clicked.connect(self.forgotten)
        row.addWidget(self.send_button)
        row.addWidget(self.forget_button)
        row.addStretch()
        layout.addLayout(row)

    def first_control(self) -> QWidget:
        return next(iter(self.editors.values())).control()

    def focus_first(self) -> None:
        self.first_control().setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        """Offer what was entered, unless a field holds something that means nothing."""
        for editor in self.editors.values():
            editor.commit()
        if not any(fault.text() for fault in self._faults.values()):
            self.sent.emit(dict(self._values))

    def entered(self) -> str:
        """The first text that somebody entered here and has not sent; "" where there is none."""
        changed = [name for name, value in self._values.items() if value != self._given[name]]
        told = (in_words(self.desk.document, self.editors[name].field, self._values[name]) for name in changed)
        return next((text for text in told if text), "")

    def refuse(self, fault: FieldFault) -> None:
        """Say beside a field why the values cannot be taken, and go there."""
        name = fault.field if fault.field in self.editors else next(iter(self.editors))
        self._say(name, str(fault))
        self.editors[name].control().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.forgotten.emit()
        else:
            super().keyPressEvent(event)

    def _made_field(self, field: Field, value: Value) -> QWidget:
        inside = QWidget()
        layout = column(inside, spacing=3)
        single = field.kind is Kind.REFERENCE
        editor = _DraftReference(self.desk, field) if single else editor_for(self.desk, field, "")
        editor.name_it(words(field.label), words(field.hint))
        editor.show_value(value)
        editor.committed.connect(self._committed)
        editor.faulted.connect(self._faulted)
        caption = label(field.label, "label")
        caption.setBuddy(editor)
        fault = label("", "bad", wrap=True)
        fault.hide()
        for part in (caption, editor, fault):
            layout.addWidget(part)
        check_wording(self.desk, editor, "", layout)
        self.editors[field.name] = editor
        self._faults[field.name] = fault
        self._values[field.name] = self._given[field.name] = value
        return inside

    def _committed(self, value: object) -> None:
        editor = self.sender()
        assert isinstance(editor, Editor)
        try:
            normal = editor.field.normalise(value)
        except FieldFault as fault:
            self._say(editor.field.name, str(fault))
            return
        self._values[editor.field.name] = normal
        self._say(editor.field.name, "")
        editor.settle(normal)

    def _faulted(self, fault: FieldFault) -> None:
        self._say(fault.field, str(fault))

    def _say(self, name: str, text: str) -> None:
        self._faults[name].setText(text)
        self._faults[name].setVisible(bool(text))
        control = self.editors[name].control()
        control.setAccessibleDescription(text)
        set_look(control, "fault", "true" if text else "false")


class _DraftReference(ReferenceEditor):
    """Picks a row for a draft; one that is new is added at once, since it will be there either way."""

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__(desk, field, "")

    def _add(self, addition: Addition) -> None:
        try:
            made = self.desk.workspace.attempt(
                add(addition.row_class, {addition.row_class.spec.title: addition.title}), self
            )
        except FieldFault as fault:
            self.faulted.emit(fault)
        except AppError as error:
            self.desk.workspace.failed.emit(error)
        else:
            if made is not None:
                self.committed.emit(made.changes[0].id)
