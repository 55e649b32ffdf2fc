"""The generic form: label, control, hint and whatever is wrong, for any fields of any row.

It is derived from the declarations in app.model: a field declared there can be edited here without another line.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app.edits.generic import set_fields
from app.errors import AppError, FieldFault
from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.fields import Field, Kind, Value, fields_of
from app.model.row import Row
from app.rules.wording import CODES
from app.workspace import Draft
from ui.desk import Desk
from ui.findings import Findings
from ui.widgets.basic import column, label, line, set_look
from ui.widgets.editors import editor_for
from ui.widgets.found_line import FoundLine
from ui.widgets.sight import bring_into_sight
from ui.widgets.wording import check_wording

WIDE = (Kind.PROSE, Kind.TEXTS, Kind.CHOICES, Kind.REFERENCES)
NARROWEST = 190
"""Width of a column of a form, in pixels at 100 % zoom; with less room there are fewer columns."""

LONG_FLAG = 30
"""A check box does not break its words into lines: with more letters than this it takes the whole width."""

LONG = 300
"""Text that may be longer than this takes the whole width of a form."""


def is_wide(field: Field) -> bool:
    """Whether a field takes the whole width of a form."""
    long_flag = field.kind is Kind.FLAG and len(field.label) > LONG_FLAG
    return field.kind in WIDE or long_flag or (field.kind is Kind.TEXT and field.limit > LONG)


class FieldBox(QWidget):
    """One field of one row: its label, its control, and below it the fault and the findings that it answers."""

    def __init__(
        self,
        desk: Desk,
        row_class: type[Row],
        row_id: str,
        name: str,
        *,
        bare: bool = False,
        beside: bool = False,
        of: str = "",
    ) -> None:
        """`bare` leaves the label out, where a column heading says it; `beside` puts it beside the control; `of` is
        added to the name read aloud."""
        super().__init__()
        self.desk = desk
        self.row_id = row_id
        self.name = name
        self.field = fields_of(row_class)[name]
        self._kind = row_class.spec.kind
        self._of = of
        self.editor = editor_for(desk, self.field, row_id)
        self.editor.committed.connect(self._commit)
        self.editor.faulted.connect(self.show_fault)
        self._fault: QLabel | None = None
        self._found: list[FoundLine] = []
        self._layout = column(self, spacing=3)
        self.label: QLabel | None = None
        if not bare and self.field.kind is not Kind.FLAG:
            self.label = label(self.field.label, "label")
            self.label.setBuddy(self.editor)
        if self.label is not None and beside:
            row = line(spacing=10)
            row.addWidget(self.label)
            row.addWidget(self.editor, 1)
            self._layout.addLayout(row)
        else:
            if self.label is not None:
                self._layout.addWidget(self.label)
            self._layout.addWidget(self.editor)
        self._below = self._layout.count()
        if self.field.hint and self.field.kind in (Kind.FLAG, Kind.CHOICE, Kind.CHOICES) and not bare:
            self._layout.addWidget(label(self.field.hint, "tertiary", wrap=True))
        self.wording = check_wording(desk, self.editor, row_id, self._layout)
        self._wording_said = ""
        if self.wording is not None:
            self.wording.said.connect(self._show_wording)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._name_control()
        self.refresh()
        waiting = desk.waiting.take(row_id, name)
        if waiting:
            self.editor.resume(waiting)
            # As if it had just been left: it says again why it is not taken.
            QTimer.singleShot(0, self.editor, self.editor.commit)

    def value(self) -> Value:
        """What the document holds now."""
        row = self.desk.document.table(self._kind).by_id.get(self.row_id)
        return self.field.empty if row is None else row.value(self.name)

    def refresh(self) -> None:
        """Show what the document holds; a draft stays while nobody else changed the field."""
        self.editor.show_value(self.value())

    def put_by(self) -> None:
        """The row is gone: what is typed here and not taken waits for it to be brought back."""
        place = self.editor.control().accessibleName()
        self.desk.waiting.put_by(Draft(self.editor.draft(), self.field.step, self.row_id, self.name, place))
        # The control lives on for a moment, and has nothing to tell any more.
        self.editor.show_stored()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed. What this very control committed is shown when it is done (`settle`)."""
        if self.wording is not None:
            self.wording.follow(change_set)
        if initiator is self.editor:
            return
        value = self.value()
        if value != self.editor.stored:
            self.show_fault(None)
            self.editor.show_value(value)
        elif self.editor.draft():
            return
        elif self.field.is_reference and (change_set is None or not change_set.kinds().isdisjoint(self.field.targets)):
            self.editor.show_value(value)

    def show_findings(self, findings: Findings) -> None:
        """Show the open findings that this field answers."""
        found = findings.at(self.row_id, self.name)
        if self.wording is not None:
            # The panel of the check says the same, word by word.
            found = [finding for finding in found if finding.code not in CODES]
        if not found and not self._found:
            return
        while len(self._found) > len(found):
            gone = self._found.pop()
            self._layout.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._found) < len(found):
            made = FoundLine(self.desk)
            self._found.append(made)
            self._layout.addWidget(made)
        for shown, finding in zip(self._found, found, strict=True):
            shown.show_finding(finding)

    def show_fault(self, fault: FieldFault | None) -> None:
        """Say below the control why its value is not taken; None takes it away."""
        if self._fault is None and fault is not None:
            self._fault = label("", "bad", wrap=True)
            self._layout.insertWidget(self._below, self._fault)
        if self._fault is not None:
            self._fault.setText(str(fault) if fault else "")
            self._fault.setVisible(fault is not None)
        set_look(self.editor.control(), "fault", "true" if fault else "false")
        self._describe()
        if fault is not None and self.editor.control().hasFocus():
            bring_into_sight(self.editor.control())

    def call_row(self, of: str) -> None:
        """Say in the control's name which row it belongs to."""
        if of != self._of:
            self._of = of
            self._name_control()

    def _name_control(self) -> None:
        said = words(self.field.label)
        self.editor.name_it(f"{said}, {self._of}" if self._of else said, words(self.field.hint))
        self._describe()

    def _show_wording(self, said: str) -> None:
        self._wording_said = said
        self._describe()

    def _describe(self) -> None:
        """What a screen reader adds to the control's name: what is wrong, else what its words leave open, else its
        hint."""
        fault = self._fault.text() if self._fault is not None else ""
        self.editor.control().setAccessibleDescription(fault or self._wording_said or words(self.field.hint))

    def _commit(self, value: object) -> None:
        try:
            self.desk.workspace.attempt(set_fields(self.row_id, **{self.name: value}), self.editor)
        except FieldFault as fault:
            self.show_fault(fault)
            return
        except AppError as error:
            self.desk.workspace.failed.emit(error)
        self.show_fault(None)
        self.editor.settle(self.value())


class Form(QWidget):
    """Fields of one row in a grid of columns; long ones take the whole width."""

    def __init__(
        self,
        desk: Desk,
        row_class: type[Row],
        row_id: str,
        names: Sequence[str] | None = None,
        *,
        columns: int = 2,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.row_class = row_class
        self.row_id = row_id
        self._most = columns
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        of = self._title()
        chosen = names if names is not None else editable(row_class)
        self.boxes = {name: FieldBox(desk, row_class, row_id, name, of=of) for name in chosen}
        for box in self.boxes.values():
            # Columns are of one width, whatever their controls would like.
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._arrange(columns)
        self.show_findings(desk.workspace.findings)

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        title = self._title()
        for box in self.boxes.values():
            box.call_row(title)
            box.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        for box in self.boxes.values():
            box.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """The control of this place, if it is here."""
        if row_id and row_id != self.row_id:
            return None
        if not field:
            return next(iter(self.boxes.values())).editor if row_id else None
        box = self.boxes.get(field)
        return box.editor if box else None

    def put_by(self) -> None:
        """The row is gone: what is typed here and not taken waits for it to be brought back."""
        for box in self.boxes.values():
            box.put_by()

    def untaken(self) -> QWidget | None:
        """Take everything that is typed here and can be taken, and give the first control with a text that cannot: it
        says why below it."""
        for box in self.boxes.values():
            box.editor.commit()
        return next((box.editor.control() for box in self.boxes.values() if box.editor.draft().strip()), None)

    def finish(self) -> bool:
        """Take what is typed here, before something else is done with the row. Where a text cannot be taken, go there,
        say so and give False."""
        left = self.untaken()
        if left is None:
            return True
        left.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(left)
        self.desk.refuse(
            msg(
                "First take or put right what is typed here ({place}), or leave it as it was, with Esc.",
                place=left.accessibleName(),
            )
        )
        return False

    def minimumSizeHint(self) -> QSize:
        # As narrow as its widest field: the columns of now must not keep it from becoming narrower.
        narrowest = max((box.minimumSizeHint().width() for box in self.boxes.values()), default=0)
        return QSize(narrowest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(1, min(self._most, self.width() // self.desk.theme.px(NARROWEST))))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 0)
        self._columns = columns
        place = 0
        for box in self.boxes.values():
            width = columns if is_wide(box.field) else 1
            if place % columns + width > columns:
                place += columns - place % columns
            self._grid.addWidget(box, place // columns, place % columns, 1, width, Qt.AlignmentFlag.AlignTop)
            place += width
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)

    def _title(self) -> str:
        row = self.desk.document.table(self.row_class.spec.kind).by_id.get(self.row_id)
        if row is None or row.spec.singleton:
            return ""
        return words(row.called()) or words(row.spec.one)


def editable(row_class: type[Row]) -> list[str]:
    """The fields of a kind that its own step edits; what tells fixed rows apart is not among them."""
    spec = row_class.spec
    return [n for n, f in fields_of(row_class).items() if f.step == spec.step and n != spec.fixed_by]
