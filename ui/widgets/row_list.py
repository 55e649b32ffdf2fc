"""An editable list of the rows of one kind: add, open, move, remove.

A row is one line that says what it is; opened, it shows the whole generic form. Alt+Up and Alt+Down move the row,
Del on its line removes it (undo brings it back), Return opens and closes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.edits.generic import add, move, remove
from app.messages import Message, msg, words
from app.model.changes import ChangeSet
from app.model.fields import Kind, fields_of
from app.model.room import Agent
from app.model.row import Row
from app.report.display import display, heading
from app.rules.finding import Finding
from app.workspace import Draft
from ui.desk import Desk
from ui.findings import Findings
from ui.widgets.basic import button, column, has_focus, label, line
from ui.widgets.editors.typing import Line
from ui.widgets.folding_row import FoldingRow
from ui.widgets.form import Form, editable
from ui.widgets.row_head import RowHead
from ui.widgets.sight import bring_into_sight
from ui.widgets.values import in_words

SUMMARY = 4
"""Fields that the line of a closed row tells besides its title."""


class RowList(QWidget):
    """The rows of one kind, or those of them that `keep` keeps; a new row starts with the values of `defaults`."""

    def __init__(
        self,
        desk: Desk,
        row_class: type[Row],
        names: Sequence[str] | None = None,
        *,
        keep: Callable[[Row], bool] | None = None,
        defaults: Mapping[str, Any] | None = None,
        columns: int = 2,
        empty: str = "",
        called: Callable[[Row], str] | None = None,
        typed: Callable[[str], Mapping[str, Any]] | None = None,
        ask: Message | str = "",
        tells: Sequence[str] = (),
        tools: Callable[[str], Sequence[QPushButton]] | None = None,
        growing: bool = True,
    ) -> None:
        """`called` says how a row is called where its title alone is too little; `typed` turns what was typed into
        the line for adding into the values of the new row, and `ask` stands in that line while it is empty.
        `tells` names the fields that the line of a closed row tells, instead of the first filled ones; `tools` makes
        what an open row, given by its id, offers besides moving and removing. A list that is not `growing` takes no
        new rows here."""
        super().__init__()
        self.desk = desk
        self.row_class = row_class
        self.items: dict[str, RowItem] = {}
        self._names = list(names) if names is not None else editable(row_class)
        self._keep = keep
        self._defaults = dict(defaults or {})
        self._columns = columns
        self._called = called
        self._typed_values = typed or self._titled
        self._ask = ask or msg("Add {what}: type and press Return", what=msg(row_class.spec.one))
        self._tells = tuple(tells)
        self._tools = tools
        layout = column(self, spacing=4)
        self._rows = column(spacing=0)
        self._empty = label(empty or msg("None yet."), "tertiary", wrap=True)
        layout.addWidget(self._empty)
        layout.addLayout(self._rows)
        self.adder: Line | None = None
        self.add_button: QPushButton | None = None
        if growing and not row_class.spec.is_fixed:
            layout.addLayout(self._add_line())
        desk.row_back.connect(self._stand_on)
        self.rebuild()

    # --- what pages call ---

    def rows(self) -> list[Row]:
        """The rows that are shown, in order."""
        return [row for row in self.desk.document.rows(self.row_class) if self._keep is None or self._keep(row)]

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        kind = self.row_class.spec.kind
        if change_set is None or kind in change_set.kinds():
            self.rebuild()
        for row_id, item in self.items.items():
            if change_set is None or change_set.touches(row_id):
                item.refresh()
            if item.form is not None:
                item.form.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        for row_id, item in self.items.items():
            item.show_findings(findings.about(row_id))
            if item.form is not None:
                item.form.show_findings(findings)

    def adds(self) -> str:
        """The place where a row is added here, as `reveal` finds it: the kind, and what it starts with."""
        return ":".join((self.row_class.spec.kind, *map(str, [*self._defaults.values()][:1])))

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """Open the row and give the control of this place, if it is here. With no row: where one of the kind that
        `field` names is added; with neither, where the first one is added to an empty list."""
        if not row_id:
            kind = self.row_class.spec.kind
            places = (kind, *(f"{kind}:{value}" for value in self._defaults.values()))
            wanted = field in places or (not field and not self.items)
            return (self.adder or self.add_button) if wanted else None
        item = self.items.get(row_id)
        if item is None or (field and field not in self._names):
            return None
        return self.open(row_id).reveal(row_id, field)

    def put_by(self) -> None:
        """What the rows belong to is gone: what is typed here and not taken waits for it to be brought back."""
        for item in self.items.values():
            item.put_by()
        if self.adder is not None:
            draft = Draft(self.adder.text(), self.row_class.spec.step, "", self.adds(), self.adder.accessibleName())
            self.desk.waiting.put_by(draft)
            self.adder.clear()

    def open(self, row_id: str) -> Form:
        """Open a row, close what was open but for rows in which a text waits to be taken, and give its form."""
        for item in [each for each in self.items.values() if each.row_id != row_id]:
            item.leave()
        return self.items[row_id].open_form(self._names, self._columns)

    def rebuild(self) -> None:
        """Bring the lines into line with the document: only what was added, removed or moved is touched."""
        rows = self.rows()
        wanted = [row.id for row in rows]
        if wanted != list(self.items):
            left: int | None = None
            for place, row_id in [each for each in enumerate(self.items) if each[1] not in set(wanted)]:
                item = self.items.pop(row_id)
                if has_focus(item):
                    left = place
                item.put_by()
                self._rows.removeWidget(item)
                item.hide()
                item.deleteLater()
            items: dict[str, RowItem] = {}
            for place, row in enumerate(rows):
                item = self.items.get(row.id) or self._made(row)
                items[row.id] = item
                if self._rows.indexOf(item) != place:
                    self._rows.insertWidget(place, item)
            self.items = items
            for item in items.values():
                if self.desk.waiting.has(item.row_id, self._names):
                    item.open_form(self._names, self._columns)
            if left is not None:
                self._stand_beside(left)
            previous: QWidget | None = None
            for item in items.values():
                if previous is not None:
                    QWidget.setTabOrder(previous, item.head)
                previous = item.head
        self._empty.setVisible(not rows)

    # --- adding, moving, removing ---

    def add_row(self, **values: Any) -> str:
        """Add a row, open it, and give its id; "" when it was not added."""
        made = self.desk.workspace.run(add(self.row_class, {**self._defaults, **values}), self)
        if made is None:
            return ""
        return made.changes[0].id

    def _made(self, row: Row) -> RowItem:
        item = RowItem(self.desk, self.row_class, row.id, self._called, self._tells, self._tools)
        item.head.take_lines(3 if self._columns == 1 else 1)
        item.head.clicked.connect(self._toggle)
        item.moved.connect(self._move)
        item.removed.connect(self._remove)
        item.show_findings(self.desk.workspace.findings.about(row.id))
        return item

    def _add_line(self) -> QHBoxLayout:
        one = msg(self.row_class.spec.one)
        row = line(spacing=8)
        titled = fields_of(self.row_class)[self.row_class.spec.title].kind is Kind.TEXT
        if titled:
            self.adder = Line()
            self.adder.setPlaceholderText(words(self._ask))
            self.adder.setAccessibleName(words(msg("Add {what}", what=one)))
            self.adder.returnPressed.connect(self._typed)
            waiting = self.desk.waiting.take("", self.adds())
            if waiting:
                self.adder.resume(waiting)
            row.addWidget(self.adder, 1)
        said = msg("Add {what}", what=one)
        self.add_button = button(msg("Add") if titled else said, "dashed", name=said)
        self.add_button.clicked.connect(self._add_and_open)
        row.addWidget(self.add_button)
        if not titled:
            row.addStretch()
        return row

    def _typed(self) -> None:
        assert self.adder is not None
        title = self.adder.text().strip()
        if title and self.add_row(**self._typed_values(title)):
            self.adder.clear()
            self.adder.setModified(False)
            # The new row has pushed it down.
            bring_into_sight(self.adder)

    def _add_and_open(self) -> None:
        title = self.adder.text().strip() if self.adder else ""
        added = self.add_row(**(self._typed_values(title) if title else {}))
        if added and added in self.items:
            if self.adder:
                self.adder.clear()
                self.adder.setModified(False)
            self.open(added).reveal(added, "").setFocus()  # type: ignore[union-attr]

    def _titled(self, typed: str) -> Mapping[str, Any]:
        return {self.row_class.spec.title: typed}

    def _toggle(self) -> None:
        item = self.sender().parent()
        assert isinstance(item, RowItem)
        if item.form is None:
            self.open(item.row_id)
        elif item.form.finish():
            item.close_form()

    def _move(self, row_id: str, step: int) -> None:
        ids = list(self.items)
        place = ids.index(row_id)
        target = place + step
        if not 0 <= target < len(ids):
            return
        before = ids[target] if step < 0 else (ids[target + 1] if target + 1 < len(ids) else None)
        self.desk.workspace.run(move(row_id, before), self)
        self.items[row_id].head.setFocus()

    def _remove(self, row_id: str) -> None:
        ids = list(self.items)
        place = ids.index(row_id)
        title = words(self.items[row_id].head.title)
        made = self.desk.workspace.run(remove(row_id), self)
        if made is None:
            return
        self._stand_beside(place)
        self.desk.say(self.desk.waiting.removed(made, self.row_class, title))

    def _stand_beside(self, place: int) -> None:
        """Go to the neighbour of a row that went from this place."""
        left = list(self.items.values())
        if left:
            left[min(place, len(left) - 1)].head.setFocus()
        elif self.adder is not None:
            self.adder.setFocus()

    def _stand_on(self, row_id: str) -> None:
        """Go to a row that was brought back."""
        if row_id in self.items and self.isVisible():
            self.items[row_id].head.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(self.items[row_id].head)


class RowItem(FoldingRow):
    """One row: its line, and the form while it is open."""

    moved = Signal(object, object)
    removed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        row_class: type[Row],
        row_id: str,
        called: Callable[[Row], str] | None = None,
        tells: Sequence[str] = (),
        tools: Callable[[str], Sequence[QPushButton]] | None = None,
    ) -> None:
        head = RowHead(desk.theme)
        super().__init__(head)
        self.head = head
        self.desk = desk
        self.row_class = row_class
        self.row_id = row_id
        self._called = called
        self._tells = tells
        self._offered = tools
        self.refresh()

    def refresh(self) -> None:
        """Say again what the row is."""
        row = self.desk.document.table(self.row_class.spec.kind).by_id.get(self.row_id)
        if row is not None:
            called = self._called(row) if self._called else words(row.called())
            title = called or words(msg("{what} without a name", what=msg(row.spec.one)))
            self.head.say(title, summary(self.desk, row, self._tells))

    def show_findings(self, found: list[Finding]) -> None:
        self.head.mark(found)

    def open_form(self, names: Sequence[str], columns: int) -> Form:
        """Show the form below the line."""
        if self.form is None:
            form = Form(self.desk, self.row_class, self.row_id, names, columns=columns)
            self.unfold(form, below=self._made_tools())
            return form
        return self.form

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() == Qt.Key.Key_Up:
            self.moved.emit(self.row_id, -1)
        elif alt and event.key() == Qt.Key.Key_Down:
            self.moved.emit(self.row_id, 1)
        elif event.key() == Qt.Key.Key_Delete and self.head.hasFocus():
            self._removed()
        else:
            super().keyPressEvent(event)

    def _made_tools(self) -> QWidget:
        tools = QWidget()
        row = line(tools, spacing=4)
        for offered in self._offered(self.row_id) if self._offered is not None else ():
            row.addWidget(offered)
        row.addStretch()
        if not self.row_class.spec.is_fixed:
            title = self.head.title
            for icon, text, act in (
                ("arrow-up", msg("Move up: {title}", title=title), self._up),
                ("arrow-down", msg("Move down: {title}", title=title), self._down),
                ("trash", msg("Remove: {title}", title=title), self._removed),
            ):
                made = button("", "quiet", name=text, tip=text)
                self.desk.icons.put_on(made, icon)
                made.clicked.connect(act)
                row.addWidget(made)
        return tools

    def _up(self) -> None:
        self.moved.emit(self.row_id, -1)

    def _down(self) -> None:
        self.moved.emit(self.row_id, 1)

    def _removed(self) -> None:
        self.removed.emit(self.row_id)


def summary(desk: Desk, row: Row, names: Sequence[str] = ()) -> str:
    """What a row tells in words: these fields, or the first filled ones besides its title. Numbers say what of."""
    fields = fields_of(type(row))
    told: list[str] = []
    for name in names or fields:
        field = fields[name]
        if name in (row.spec.title, row.spec.fixed_by) or field.kind is Kind.PROSE:
            continue
        said = in_words(desk.document, field, row.value(name))
        if said and field.kind in (Kind.NUMBER, Kind.MONEY) and not field.choices:
            shown = display(desk.document, field, row.value(name), desk.document.only(Agent))
            said = words(msg("{label}: {value}", label=heading(field), value=shown))
        if said:
            told.append(said)
        if len(told) == SUMMARY:
            break
    return " · ".join(told)
