"""A form for a row that is not there yet: nothing is stored before it is sent, and Esc forgets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.edits.people import add_called
from app.errors import AppError, FieldFault
from app.messages import Message, msg, words
from app.model.fields import Field, Kind, Value, fields_of
from app.model.row import Row
from ui.desk import Desk
from ui.widgets.basic import button, column, label, line, set_look
from ui.widgets.editors import Editor, editor_for
from ui.widgets.editors.references import Addition, ReferenceEditor
from ui.widgets.editors.typing import Line, Prose
from ui.widgets.sight import bring_into_sight
from ui.widgets.tips import plain_tip
from ui.widgets.values import in_words
from ui.widgets.wording import check_wording


class DraftForm(QWidget):
    """Some fields of a kind, a button that sends them, as Ctrl and Return do, and one that forgets them, like Esc."""

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
        *,
        examples: Mapping[str, Message] | None = None,
    ) -> None:
        """`send` stands on the button; `values` are filled in already; `examples` stand in grey where nothing is
        typed yet, and are never sent."""
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
        for name, example in (examples or {}).items():
            control = self.editors[name].control()
            assert isinstance(control, Line | Prose)
            control.setPlaceholderText(words(example))
            control.setToolTip(plain_tip(words(example)))
        row = line(spacing=8)
        self.send_button = button(send, "primary", tip="Ctrl+Return")
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
        """Offer what was entered. Where a field holds something that means nothing, go to the first such field."""
        for editor in self.editors.values():
            editor.commit()
        faulty = next((name for name, fault in self._faults.items() if fault.text()), None)
        if faulty is None:
            self.sent.emit(dict(self._values))
        else:
            self._go_to(faulty)

    def entered(self) -> list[tuple[str, QWidget]]:
        """What somebody entered here and has not sent, in words, and the controls in which it stands."""
        changed = [name for name, value in self._values.items() if value != self._given[name]]
        return [
            (in_words(self.desk.document, self.editors[name].field, self._values[name]), self.editors[name].control())
            for name in changed
        ]

    def refuse(self, fault: FieldFault) -> None:
        """Say beside a field why the values cannot be taken, and go there."""
        name = fault.field if fault.field in self.editors else next(iter(self.editors))
        self._say(name, str(fault))
        self._go_to(name)

    def _go_to(self, name: str) -> None:
        """Put the focus on a field, with what is wrong with it in sight, and have that said."""
        control = self.editors[name].control()
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(control)
        self.desk.refuse(
            msg("{field}: {fault}", field=msg(self.editors[name].field.label), fault=self._faults[name].text())
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        returns = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if returns and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.send()
        elif event.key() == Qt.Key.Key_Escape:
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
            edit = add_called(addition.row_class, addition.title, self.field.name)
            made = self.desk.workspace.attempt(edit, self)
        except FieldFault as fault:
            self.faulted.emit(fault)
        except AppError as error:
            self.desk.workspace.failed.emit(error)
        else:
            if made is not None:
                self.say_added(addition)
                self.committed.emit(made.changes[0].id)
