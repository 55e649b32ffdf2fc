"""A compact table in which what is missing has a line of its own: rows of one kind, and slots that wait for one.

A line shows a few fields in columns; opened, it shows the whole form. Return on an empty slot makes its row and
opens it, so that a missing answer is one key away. Del removes a row (undo brings it back); its slot stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.edits.generic import add, remove
from app.messages import Message, msg, words
from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.fields import Kind, fields_of
from app.model.kinds import ALL
from app.model.row import Row
from ui.desk import Desk
from ui.findings import Findings
from ui.widgets.basic import button, column, has_focus, label, line, set_text
from ui.widgets.folding_row import FoldingRow
from ui.widgets.form import Form, editable
from ui.widgets.sight import bring_into_sight
from ui.widgets.slot_line import Shown, Slot, SlotHead, SlotHeader
from ui.widgets.values import in_words

Slots = Callable[[Document], Sequence[Slot]]


class SlotList(QWidget):
    """The lines that `slots` says there are."""

    def __init__(
        self,
        desk: Desk,
        row_class: type[Row],
        columns: Sequence[Shown],
        slots: Slots,
        *,
        heading: Message | str,
        invitation: Message | str,
        reads: Sequence[type[Row]] = ALL,
        empty: Message | str = "",
        growing: bool = True,
        names: Sequence[str] | None = None,
        told: Callable[[Document, Row], Message] | None = None,
    ) -> None:
        """`heading` stands over the titles, `invitation` in an empty slot, `empty` in place of no lines at all.
        `reads` are the kinds, besides its own, that slots and columns depend on. A `growing` list also takes rows
        that no slot asked for. `names` are the fields that an open line edits, and `told` says above them what nobody
        edits there."""
        super().__init__()
        self.desk = desk
        self.row_class = row_class
        self.items: dict[str, SlotItem] = {}
        self._columns = columns
        self._slots = slots
        self._names = list(names) if names is not None else editable(row_class)
        self._told = told
        self._reads = {row_class.spec.kind, *(each.spec.kind for each in reads)}
        self._invitation = words(invitation)
        layout = column(self, spacing=0)
        self._header = SlotHeader(desk.theme, columns, words(heading), row_class)
        layout.addWidget(self._header)
        self._lines = column(spacing=0)
        layout.addLayout(self._lines)
        self._empty = label(empty or msg("None yet."), "tertiary", wrap=True)
        layout.addWidget(self._empty)
        self.add_button = None
        if growing:
            self.add_button = button(msg("Add {what}", what=msg(row_class.spec.one)), "dashed")
            self.add_button.clicked.connect(self._add)
            row = line(margins=(0, 8, 0, 0))
            row.addWidget(self.add_button)
            row.addStretch()
            layout.addLayout(row)
        desk.row_back.connect(self._stand_on)
        self.rebuild()

    # --- what pages call ---

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        touched = None if change_set is None else change_set.kinds()
        if touched is None or touched & self._reads:
            # Names that other rows lend to a line are said anew only when such rows changed.
            self.rebuild(afresh=touched is None or touched != {self.row_class.spec.kind})
        for item in self.items.values():
            if item.form is not None:
                item.form.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        for item in self.items.values():
            slot = item.slot
            item.head.mark(findings.about(slot.row_id or slot.about) if slot.row_id or slot.about else [])
            if item.form is not None:
                item.form.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """The control of this place: a field of a row that is opened, or the slot that answers for the row. With no
        row: where one of the kind that `field` names is added; with neither, the first empty slot."""
        if not row_id and field:
            return self.add_button if field == self.row_class.spec.kind else None
        if not row_id:
            return next((item.head for item in self.items.values() if not item.slot.row_id), None)
        for item in self.items.values():
            if row_id == item.slot.row_id and (not field or field in self._names):
                return self.open(item.slot.key).reveal(row_id, field)
            if row_id == item.slot.about and not field:
                return item.head
        return None

    def open(self, key: str) -> Form:
        """Open a line, close what was open but for rows in which a text waits to be taken, and give its form; an empty
        slot gets its row first."""
        item = self.items[key]
        if not item.slot.row_id:
            self._fill(item.slot)
            item = self.items[key]
        for other in [each for each in self.items.values() if each is not item]:
            other.leave()
        return item.open_form()

    def rebuild(self, *, afresh: bool = True) -> None:
        """Bring the lines into line with the document; what is there already is used again. Unless `afresh`, a line
        whose own row is the same is left alone."""
        slots = self._slots(self.desk.document)
        kept = {slot.key for slot in slots}
        left: int | None = None
        for place, key in [each for each in enumerate(self.items) if each[1] not in kept]:
            gone = self.items.pop(key)
            if has_focus(gone):
                left = place
            gone.put_by()
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        in_order = list(self.items) == [slot.key for slot in slots]
        items: dict[str, SlotItem] = {}
        for place, slot in enumerate(slots):
            item = self.items.get(slot.key) or self._made(slot)
            items[slot.key] = item
            if not in_order and self._lines.indexOf(item) != place:
                self._lines.insertWidget(place, item)
            item.show_slot(slot, self._invitation, afresh=afresh)
            if self.desk.waiting.has(slot.row_id, self._names):
                item.open_form()
        self.items = items
        self._empty.setVisible(not slots)
        self._header.setVisible(bool(slots))
        if left is not None:
            self._stand_beside(left)

    # --- parts ---

    def _made(self, slot: Slot) -> SlotItem:
        item = SlotItem(self.desk, self.row_class, slot, self._columns, self._names, self._told)
        item.head.clicked.connect(self._toggle)
        item.head.removed.connect(self._remove)
        return item

    def _toggle(self) -> None:
        item = self.sender().parent()
        assert isinstance(item, SlotItem)
        if item.form is not None:
            if item.form.finish():
                item.close_form()
            return
        is_new = not item.slot.row_id
        form = self.open(item.slot.key)
        if is_new:
            _focus_first_empty(form, dict(item.slot.values))

    def _fill(self, slot: Slot) -> None:
        if self.desk.workspace.run(add(self.row_class, dict(slot.values)), self) is not None:
            self.rebuild()

    def _add(self) -> None:
        made = self.desk.workspace.run(add(self.row_class), self)
        if made is None:
            return
        self.rebuild()
        row_id = made.changes[0].id
        key = next(key for key, item in self.items.items() if item.slot.row_id == row_id)
        _focus_first_empty(self.open(key), {})

    def _remove(self, slot: Slot) -> None:
        keys = list(self.items)
        place = keys.index(slot.key)
        made = self.desk.workspace.run(remove(slot.row_id), self) if slot.row_id else None
        if made is None:
            return
        self.rebuild()
        self._stand_beside(place)
        self.desk.say(self.desk.waiting.removed(made, self.row_class, slot.title))

    def _stand_beside(self, place: int) -> None:
        """Go to the neighbour of a line that went from this place."""
        left = list(self.items.values())
        if left:
            left[min(place, len(left) - 1)].head.setFocus()
        elif self.add_button is not None:
            self.add_button.setFocus()

    def _stand_on(self, row_id: str) -> None:
        """Go to a row that was brought back."""
        for item in self.items.values():
            if item.slot.row_id == row_id and self.isVisible():
                item.head.setFocus(Qt.FocusReason.OtherFocusReason)
                bring_into_sight(item.head)


class SlotItem(FoldingRow):
    """One line, and the form while it is open."""

    def __init__(
        self,
        desk: Desk,
        row_class: type[Row],
        slot: Slot,
        columns: Sequence[Shown],
        names: Sequence[str],
        told: Callable[[Document, Row], Message] | None,
    ) -> None:
        head = SlotHead(desk.theme, columns)
        super().__init__(head)
        self.head = head
        self.desk = desk
        self.row_class = row_class
        self.slot = slot
        self._columns = columns
        self._names = names
        self._told = told
        self._row: Row | None = None
        self._about: QLabel | None = None

    def show_slot(self, slot: Slot, invitation: str, *, afresh: bool) -> None:
        """Show a slot with what its row holds now."""
        row = self.desk.document.table(self.row_class.spec.kind).by_id.get(slot.row_id)
        if not afresh and slot == self.slot and row is self._row:
            return
        if slot.row_id != self.slot.row_id:
            self.put_by()
            self.close_form()
        self.slot, self._row = slot, row
        cells = tuple(self._cell(row, shown) for shown in self._columns) if row is not None else ()
        self.head.show_line(slot, cells, invitation)
        self._tell()

    def open_form(self) -> Form:
        if self.form is None:
            form = Form(self.desk, self.row_class, self.slot.row_id, self._names)
            self._about = label("", "secondary", wrap=True) if self._told is not None else None
            self._tell()
            self.unfold(form, above=self._about)
            return form
        return self.form

    def close_form(self) -> None:
        super().close_form()
        self._about = None

    def _tell(self) -> None:
        """Say above an open form what nobody edits there."""
        if self._about is not None and self._told is not None and self._row is not None:
            set_text(self._about, self._told(self.desk.document, self._row))

    def _cell(self, row: Row, shown: Shown) -> tuple[str, bool]:
        """What stands in a column, and whether it is filled in."""
        field = fields_of(self.row_class)[shown.field]
        said = in_words(self.desk.document, field, row.value(shown.field))
        if shown.said is not None:
            said = shown.said(self.desk.document, row)
        elif field.kind is Kind.FLAG:
            said = words("yes") if row.value(shown.field) else ""
        return said or words(shown.empty), bool(said)


def _focus_first_empty(form: Form, given: Mapping[str, Any]) -> None:
    """Go to the first field of a new row that has still to be filled in."""
    boxes = (box for name, box in form.boxes.items() if name not in given and box.value() == box.field.empty)
    for box in boxes:
        box.editor.control().setFocus(Qt.FocusReason.OtherFocusReason)
        return
