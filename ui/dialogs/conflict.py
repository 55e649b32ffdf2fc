"""This project and a copy of it side by side: what both changed is decided here, one by one or all at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QTableWidget, QTableWidgetItem, QWidget

from app.errors import AppError
from app.merging import HasBackups, Merging, Told, read_copy
from app.messages import Message, msg, words
from app.revisions.merging import Side
from ui.desk import Desk
from ui.dialogs.dialog import Dialog, reader
from ui.widgets.basic import button, column, label, line, set_role, set_text

WHAT, BASE, HERE, COPY, TAKEN = range(5)

SIDES = {Side.THIS: "This window", Side.COPY: "The copy"}
"""What the two are called: nobody has to know who “ours” is."""

LONGEST = 80
"""Characters of a value in the table; the whole of it stands below."""

FOLLOWERS = 5
"""Lines about what else changes; the rest is counted."""


class ConflictDialog(Dialog):
    """Every difference of one copy, with a choice for each. T keeps what stands in this window and C takes the copy,
    for the marked lines."""

    def __init__(self, desk: Desk, merging: Merging, file: HasBackups | None, parent: QWidget) -> None:
        super().__init__("Merge a copy", parent)
        self.desk = desk
        self.merging = merging
        self.choices: dict[str, Side] = {item.key: Side.COPY for item in merging.comparison.items if not item.conflict}
        self._file = file
        self._told = [merging.told(item) for item in merging.comparison.items]
        self._build()
        self.make_room(desk.theme.px(1080), desk.theme.px(680))
        self._fill()

    def take(self, side: Side, *, every: bool = False) -> None:
        """Choose a side for the marked lines, or for all."""
        items = self.merging.comparison.items
        places = range(len(items)) if every else {index.row() for index in self.table.selectedIndexes()}
        for place in places:
            self.choices[items[place].key] = side
        self._show_choices()

    def merge(self) -> None:
        """Take over what was chosen, as one step."""
        try:
            self.merging.run(self.choices, self._file)
        except AppError as error:
            self._say(str(error), role="bad")
            return
        self.desk.merged.emit(self.merging.copy.path)
        self.desk.say(
            msg("Merged “{name}”. Undo takes it back; the copy stays where it is.", name=self.merging.copy.path.name)
        )
        self.accept()

    def _build(self) -> None:
        layout = column(self, margins=(20, 18, 20, 18), spacing=10)
        layout.addWidget(label(msg("Merge “{name}”", name=self.merging.copy.path.name), "heading", wrap=True))
        layout.addWidget(label(self._introduction(), "secondary", wrap=True))
        self.sides = [label(self._side(side), "secondary", wrap=True) for side in SIDES]
        for told in self.sides:
            layout.addWidget(told)
        self.table = _Differences(self)
        self.details = reader("The marked difference in full")
        layout.addWidget(self.table, 3)
        layout.addWidget(self.details, 1)
        self.follows = label("", "secondary", wrap=True)
        layout.addWidget(self.follows)
        for sentence in self._about_signatures():
            layout.addWidget(label(sentence, "secondary", wrap=True))
        self.state = label("", "secondary", wrap=True)
        self.here = button(SIDES[Side.THIS], tip="T, for the marked lines")
        self.copy = button(SIDES[Side.COPY], tip="C, for the marked lines")
        self.all_here = button("This window for all", "quiet")
        self.all_copy = button("The copy for all", "quiet")
        self.merge_button = button("Merge", "primary", tip="Ctrl+Return")
        self.send_with(self.merge_button.click)
        leave = button("Leave both as they are")
        choices = line(spacing=8)
        for one in (self.here, self.copy, self.all_here, self.all_copy):
            choices.addWidget(one)
        choices.addStretch()
        layout.addLayout(choices)
        ending = line(spacing=8)
        ending.addWidget(self.state, 1)
        ending.addWidget(leave)
        ending.addWidget(self.merge_button)
        layout.addLayout(ending)
        self.here.clicked.connect(lambda: self.take(Side.THIS))
        self.copy.clicked.connect(lambda: self.take(Side.COPY))
        self.all_here.clicked.connect(lambda: self.take(Side.THIS, every=True))
        self.all_copy.clicked.connect(lambda: self.take(Side.COPY, every=True))
        self.merge_button.clicked.connect(self.merge)
        leave.clicked.connect(self.reject)
        self.table.itemSelectionChanged.connect(self._show_details)

    def _introduction(self) -> Message:
        if not self.merging.comparison.items:
            return msg("The copy has nothing that is not here already. Merging only notes that it was seen.")
        if self.merging.comparison.base is None:
            return msg("The two have no common beginning, so that every difference waits for your choice.")
        return msg(
            "What both changed waits for your choice. What the copy alone changed is taken over, unless you choose "
            "this window. What this window alone changed stays."
        )

    def _side(self, side: Side) -> Message:
        last = self.merging.last_change(side)
        if side is Side.THIS:
            return msg("{side}: the project as it is open here, {last}.", side=msg(SIDES[side]), last=last)
        path = self.merging.copy.path
        return msg("{side}: “{name}”, {last}.", side=msg(SIDES[side]), name=path.name, last=last)

    def _about_signatures(self) -> list[Message | str]:
        count = self.merging.new_signatures
        joined = [msg("Signatures of the same revision that join: {count}.", count=count)] if count else []
        return [*joined, *self.merging.joining(), *self.merging.apart()]

    def _fill(self) -> None:
        self.table.setRowCount(len(self._told))
        for row, told in enumerate(self._told):
            what = f"{told.about}, {told.what}"
            for place, text in ((WHAT, what), (BASE, told.base), (HERE, told.ours), (COPY, told.theirs)):
                self.table.setItem(row, place, QTableWidgetItem(_short(text)))
            self.table.setItem(row, TAKEN, QTableWidgetItem(""))
        for part in (self.table, self.details):
            part.setVisible(bool(self._told))
        if self._told:
            first = next((n for n, item in enumerate(self.merging.comparison.items) if item.conflict), 0)
            self.table.selectRow(first)
            self.table.setFocus()
        self._show_choices()

    def _show_choices(self) -> None:
        items = self.merging.comparison.items
        for row, item in enumerate(items):
            side = self.choices.get(item.key)
            cell = self.table.item(row, TAKEN)
            if cell is not None:
                cell.setText(words(SIDES[side] if side else "Choose"))
            font = self.font()
            for place, mine in ((HERE, Side.THIS), (COPY, Side.COPY), (TAKEN, None)):
                font.setBold(side is mine)
                shown = self.table.item(row, place)
                if shown is not None:
                    shown.setFont(font)
        left = sum(item.key not in self.choices for item in items)
        self.merge_button.setEnabled(not left)
        if left:
            self.follows.hide()
            self._say(words(msg("Left to choose: {count}. T keeps this window, C takes the copy.", count=left)))
            return
        self._show_followers()
        drafts = self.merging.starts_a_draft(self.choices)
        said = msg("This changes what was signed: a new draft begins.") if drafts else msg("Everything is chosen.")
        self._say(words(said))

    def _show_followers(self) -> None:
        found = self.merging.followers(self.choices)
        shown = [_short(each) for each in found[:FOLLOWERS]]
        if len(found) > FOLLOWERS:
            shown.append(words(msg("and {count} more", count=len(found) - FOLLOWERS)))
        set_text(self.follows, "\n".join([words("What follows from that:"), *shown]))
        self.follows.setVisible(bool(shown))

    def _show_details(self) -> None:
        row = self.table.currentRow()
        self.details.setPlainText(_whole(self._told[row]) if 0 <= row < len(self._told) else "")

    def _say(self, text: str, role: str = "secondary") -> None:
        set_role(self.state, role)
        set_text(self.state, text)


class _Differences(QTableWidget):
    """A line for each difference; the letters T and C choose for the marked ones."""

    def __init__(self, dialog: ConflictDialog) -> None:
        super().__init__(0, 5)
        self._dialog = dialog
        self.setHorizontalHeaderLabels([words(t) for t in ("What", "Before", *SIDES.values(), "Taken")])
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(dialog.desk.theme.px(30))
        self.horizontalHeader().setSectionsClickable(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAccessibleName(words("Differences"))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(header.ResizeMode.Stretch)
        header.setSectionResizeMode(TAKEN, header.ResizeMode.ResizeToContents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sides = {Qt.Key.Key_T: Side.THIS, Qt.Key.Key_C: Side.COPY}
        key = Qt.Key(event.key())
        if key in sides and not event.modifiers():
            self._dialog.take(sides[key])
        else:
            super().keyPressEvent(event)


def open_conflict(desk: Desk, window: QWidget, path: Path, file: HasBackups | None) -> ConflictDialog | None:
    """Compare the copy in this file; what is wrong with it is said in the window, and the answer is None."""
    try:
        dialog = ConflictDialog(desk, Merging(desk.workspace.workspace, read_copy(path)), file, window)
    except AppError as error:
        desk.workspace.failed.emit(error)
        return None
    dialog.open()
    return dialog


def choose_copy(desk: Desk, window: QWidget, beside: Path, file: HasBackups | None) -> None:
    """Ask for the copy, and compare it."""
    kinds = words("Ownermap projects") + " (*.ownermap)"
    named, _ = QFileDialog.getOpenFileName(window, words("Merge a copy"), str(beside.parent), kinds)
    if named:
        open_conflict(desk, window, Path(named), file)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"


def _whole(told: Told) -> str:
    lines = [f"{told.about}, {told.what}. {told.why}".strip()]
    for name, value in (("Before", told.base), (SIDES[Side.THIS], told.ours), (SIDES[Side.COPY], told.theirs)):
        lines.append(f"{words(name)}: {value[:600]}")
    return "\n".join(lines)
