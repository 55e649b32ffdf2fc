"""A compact table in which what is missing has a line of its own: rows of one kind, and slots that wait for one.

A line shows a few fields in columns; opened, it shows the whole form. Return on an empty slot makes its row and
opens it, so that a missing answer is one key away. Del removes a row (undo brings it back); its slot stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.edits.generic import add, remove
from app.messages import Message, msg, words
from app.model.changes import ChangeSet
from app.model.document import Document
from app.model.fields import Kind, fields_of
from app.model.kinds import ALL
from app.model.row import Row
from ui.desk import Desk
from ui.findings import Findings
from ui.theme import BODY, SECONDARY, Theme
from ui.widgets.basic import button, column, label, line, set_role
from ui.widgets.form import Form, editable
from ui.widgets.row_head import RowHead
from ui.widgets.values import in_words

_PADDING = 10


@dataclass(frozen=True, slots=True)
class Slot:
    """One line: what it is for, and the row that fills it ("" while there is none).

    `key` tells lines apart for as long as the list lives; `about` is the id of a row elsewhere that the slot
    answers for. A row that is made here starts with `values`.
    """

    key: str
    title: str
    row_id: str = ""
    about: str = ""
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: the field, its share of the width in whole parts, and what stands there when it is empty. `said`
    puts the field in words where the usual ones say too little."""

    field: str
    share: int
    empty: Message | str = "–"
    said: Callable[[Document, Row], str] | None = None


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
    ) -> None:
        """`heading` stands over the titles, `invitation` in an empty slot, `empty` in place of no lines at all.
        `reads` are the kinds, besides its own, that slots and columns depend on. A `growing` list also takes rows
        that no slot asked for."""
        super().__init__()
        self.desk = desk
        self.row_class = row_class
        self.items: dict[str, SlotItem] = {}
        self._columns = columns
        self._slots = slots
        self._reads = {row_class.spec.kind, *(each.spec.kind for each in reads)}
        self._invitation = words(invitation)
        self._opened = ""
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
            if row_id == item.slot.row_id and (not field or field in editable(self.row_class)):
                return self.open(item.slot.key).reveal(row_id, field)
            if row_id == item.slot.about and not field:
                return item.head
        return None

    def open(self, key: str) -> Form:
        """Open a line, close the one that was open, and give its form; an empty slot gets its row first."""
        item = self.items[key]
        if not item.slot.row_id:
            self._fill(item.slot)
            item = self.items[key]
        if self._opened != key and self._opened in self.items:
            self.items[self._opened].close_form()
        self._opened = key
        return item.open_form()

    def rebuild(self, *, afresh: bool = True) -> None:
        """Bring the lines into line with the document; what is there already is used again. Unless `afresh`, a line
        whose own row is the same is left alone."""
        slots = self._slots(self.desk.document)
        kept = {slot.key for slot in slots}
        for key in [key for key in self.items if key not in kept]:
            gone = self.items.pop(key)
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
        self.items = items
        self._empty.setVisible(not slots)
        self._header.setVisible(bool(slots))

    # --- parts ---

    def _made(self, slot: Slot) -> SlotItem:
        item = SlotItem(self.desk, self.row_class, slot, self._columns)
        item.head.clicked.connect(self._toggle)
        item.head.removed.connect(self._remove)
        return item

    def _toggle(self) -> None:
        item = self.sender().parent()
        assert isinstance(item, SlotItem)
        if item.form is not None:
            item.close_form()
            self._opened = ""
            return
        is_new = not item.slot.row_id
        form = self.open(item.slot.key)
        if is_new and (control := form.reveal(self.items[item.slot.key].slot.row_id, "")) is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)

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
        control = self.open(key).reveal(row_id, "")
        if control is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, slot: Slot) -> None:
        keys = list(self.items)
        place = keys.index(slot.key)
        if not slot.row_id or self.desk.workspace.run(remove(slot.row_id), self) is None:
            return
        self.rebuild()
        left = list(self.items.values())
        if left:
            left[min(place, len(left) - 1)].head.setFocus()
        what = msg(self.row_class.spec.one)
        self.desk.say(msg("Removed {what} “{title}”. Undo brings it back.", what=what, title=slot.title))


class SlotItem(QFrame):
    """One line, and the form while it is open."""

    def __init__(self, desk: Desk, row_class: type[Row], slot: Slot, columns: Sequence[Shown]) -> None:
        super().__init__()
        self.desk = desk
        self.row_class = row_class
        self.slot = slot
        self.form: Form | None = None
        self.setProperty("role", "row")
        self._columns = columns
        self._row: Row | None = None
        self._inner: QWidget | None = None
        self.head = SlotHead(desk.theme, columns)
        self._layout = column(self, spacing=0)
        self._layout.addWidget(self.head)

    def show_slot(self, slot: Slot, invitation: str, *, afresh: bool) -> None:
        """Show a slot with what its row holds now."""
        row = self.desk.document.table(self.row_class.spec.kind).by_id.get(slot.row_id)
        if not afresh and slot == self.slot and row is self._row:
            return
        if slot.row_id != self.slot.row_id:
            self.close_form()
        self.slot, self._row = slot, row
        cells = tuple(self._cell(row, shown) for shown in self._columns) if row is not None else ()
        self.head.show_line(slot, cells, invitation)

    def open_form(self) -> Form:
        if self.form is None:
            self.form = Form(self.desk, self.row_class, self.slot.row_id)
            self._inner = QWidget()
            inner = column(self._inner, margins=(16, 6, 16, 14), spacing=10)
            inner.addWidget(self.form)
            self._layout.addWidget(self._inner)
            self.head.set_open(True)
            set_role(self, "row-open")
        return self.form

    def close_form(self) -> None:
        if self._inner is not None:
            self._layout.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
            self.form = self._inner = None
            self.head.set_open(False)
            set_role(self, "row")

    def _cell(self, row: Row, shown: Shown) -> tuple[str, bool]:
        """What stands in a column, and whether it is filled in."""
        field = fields_of(self.row_class)[shown.field]
        said = in_words(self.desk.document, field, row.value(shown.field))
        if shown.said is not None:
            said = shown.said(self.desk.document, row)
        elif field.kind is Kind.FLAG:
            said = words("yes") if row.value(shown.field) else ""
        return said or words(shown.empty), bool(said)


class SlotHead(RowHead):
    """The line of a slot, painted in columns."""

    removed = Signal(object)
    """The slot whose row is not wanted any more."""

    def __init__(self, theme: Theme, columns: Sequence[Shown]) -> None:
        super().__init__(theme)
        self._columns = columns
        self._cells: tuple[tuple[str, bool], ...] = ()
        self._invitation = ""
        self._slot = Slot("", "")

    def show_line(self, slot: Slot, cells: tuple[tuple[str, bool], ...], invitation: str) -> None:
        told = " · ".join(text for text, filled in cells if filled) if slot.row_id else invitation
        if (slot, cells) != (self._slot, self._cells):
            self._slot, self._cells, self._invitation = slot, cells, invitation
            self.update()
        self.say(slot.title, told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self._slot.row_id:
            self.removed.emit(self._slot)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        if self._slot.row_id and not has_columns(self.width(), theme):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        places = cell_places(self.rect(), self._columns, theme)
        right = self._paint_mark(painter, self.width() - px(8)) - px(8) if self._found else self.width() - px(8)
        painter.setFont(theme.font(SECONDARY))
        painter.setPen(theme.colour("ink_3"))
        symbol = "＋" if not self._slot.row_id else ("▾" if self._open else "▸")
        painter.drawText(QRect(px(8), 0, px(18), self.height()), Qt.AlignmentFlag.AlignVCenter, symbol)
        self._write(painter, places[0], self.title, theme.font(BODY, QFont.Weight.Medium), "ink")
        if not self._slot.row_id:
            invited = QRect(places[1])
            invited.setRight(right)
            self._write(painter, invited, self._invitation, theme.font(SECONDARY), "accent")
        elif not self._open:
            for place, (text, filled) in zip(places[1:], self._cells, strict=True):
                place.setRight(min(place.right(), right))
                self._write(painter, place, text, theme.font(SECONDARY), "ink" if filled else "ink_3")
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        area = self.rect()
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(area.adjusted(1, 1, -2, -2), px(6), px(6))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), px(6), px(6))
        if not self._slot.row_id:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("ink_3"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(area.adjusted(1, 3, -2, -4), px(6), px(6))

    def _write(self, painter: QPainter, area: QRect, text: str, font: QFont, token: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(area.width(), 0))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class SlotHeader(QWidget):
    """The headings over the columns."""

    def __init__(self, theme: Theme, columns: Sequence[Shown], heading: str, row_class: type[Row]) -> None:
        super().__init__()
        self._theme = theme
        self._columns = columns
        declared = fields_of(row_class)
        self._headings = [heading, *(words(declared[shown.field].label) for shown in columns)]
        self._fit()
        theme.changed.connect(self._fit)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not has_columns(self.width(), self._theme):
            return
        painter = QPainter(self)
        painter.setFont(self._theme.font(SECONDARY, QFont.Weight.DemiBold))
        painter.setPen(self._theme.colour("ink_3"))
        for place, heading in zip(cell_places(self.rect(), self._columns, self._theme), self._headings, strict=True):
            shown = painter.fontMetrics().elidedText(heading, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(26) if has_columns(self.width(), self._theme) else 1)


TITLE_SHARE = 4
_NARROW = 560
"""Pixels of width, at 100 %, below which a line tells its fields one after the other instead of in columns."""


def has_columns(width: int, theme: Theme) -> bool:
    """Whether a line of this width has room for columns."""
    return width >= theme.px(_NARROW)


def cell_places(area: QRect, columns: Sequence[Shown], theme: Theme) -> list[QRect]:
    """Where the title and the columns stand in a line."""
    left = theme.px(28)
    room = area.width() - left - theme.px(_PADDING)
    all_shares = TITLE_SHARE + sum(shown.share for shown in columns)
    places = []
    for share in (TITLE_SHARE, *(shown.share for shown in columns)):
        width = room * share // all_shares
        places.append(QRect(left, area.top(), width - theme.px(_PADDING), area.height()))
        left += width
    return places
