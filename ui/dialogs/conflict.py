"""Two copies of the project side by side: what both changed is decided here, one by one or all at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QFileDialog, QTableWidget, QTableWidgetItem, QWidget

from app.errors import AppError
from app.merging import HasBackups, Merging, Told, read_copy
from app.messages import Message, msg, words
from app.revisions.merging import Side
from ui.desk import Desk
from ui.widgets.basic import button, column, label, line, set_role, set_text
from ui.widgets.reading_order import focus_next

WHAT, BASE, OURS, THEIRS, TAKEN = range(5)

LONGEST = 80
"""Characters of a value in the table; the whole of it stands below."""

FOLLOWERS = 5
"""Lines about what else changes; the rest is counted."""


class ConflictDialog(QDialog):
    """Every difference of one copy, with a choice for each. O takes ours and T theirs, for the marked lines."""

    def __init__(self, desk: Desk, merging: Merging, file: HasBackups | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.merging = merging
        self.choices: dict[str, Side] = {
            item.key: Side.THEIRS for item in merging.comparison.items if not item.conflict
        }
        self._file = file
        self._told = [merging.told(item) for item in merging.comparison.items]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words("Merge a copy"))
        self._build()
        px = desk.theme.px
        self.resize(min(px(1080), parent.width() - 40), min(px(680), parent.height() - 40))
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
        self.desk.say(
            msg("Merged “{name}”. Undo takes it back; the copy stays where it is.", name=self.merging.copy.path.name)
        )
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sends = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if sends and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.merge_button.isEnabled():
                self.merge()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return focus_next(self, forward=forward)

    def _build(self) -> None:
        layout = column(self, margins=(20, 18, 20, 18), spacing=10)
        layout.addWidget(label(msg("Merge “{name}”", name=self.merging.copy.path.name), "heading"))
        layout.addWidget(label(self._introduction(), "secondary", wrap=True))
        self.table = _Differences(self)
        layout.addWidget(self.table, 1)
        self.details = label("", "", wrap=True)
        layout.addWidget(self.details)
        self.follows = label("", "secondary", wrap=True)
        layout.addWidget(self.follows)
        for sentence in self._about_signatures():
            layout.addWidget(label(sentence, "secondary", wrap=True))
        self.state = label("", "secondary", wrap=True)
        self.ours = button("Ours", tip="O, for the marked lines")
        self.theirs = button("Theirs", tip="T, for the marked lines")
        self.all_ours = button("Ours for all", "quiet")
        self.all_theirs = button("Theirs for all", "quiet")
        self.merge_button = button("Merge", "primary", tip="Ctrl+Return")
        leave = button("Leave both as they are")
        choices = line(spacing=8)
        for one in (self.ours, self.theirs, self.all_ours, self.all_theirs):
            choices.addWidget(one)
        choices.addStretch()
        layout.addLayout(choices)
        ending = line(spacing=8)
        ending.addWidget(self.state, 1)
        ending.addWidget(leave)
        ending.addWidget(self.merge_button)
        layout.addLayout(ending)
        self.ours.clicked.connect(lambda: self.take(Side.OURS))
        self.theirs.clicked.connect(lambda: self.take(Side.THEIRS))
        self.all_ours.clicked.connect(lambda: self.take(Side.OURS, every=True))
        self.all_theirs.clicked.connect(lambda: self.take(Side.THEIRS, every=True))
        self.merge_button.clicked.connect(self.merge)
        leave.clicked.connect(self.reject)
        self.table.itemSelectionChanged.connect(self._show_details)

    def _introduction(self) -> Message:
        if not self.merging.comparison.items:
            return msg("The copy has nothing that is not here already. Merging only notes that it was seen.")
        if self.merging.comparison.base is None:
            return msg("The two have no common beginning, so that every difference is a conflict.")
        return msg(
            "Ours is this project as it stands, theirs is the copy. What both changed needs a choice; what the copy "
            "alone changed is taken over unless you choose ours."
        )

    def _about_signatures(self) -> list[Message | str]:
        count = self.merging.new_signatures
        joined = [msg("Signatures of the same revision that join: {count}.", count=count)] if count else []
        return [*joined, *self.merging.joining(), *self.merging.apart()]

    def _fill(self) -> None:
        self.table.setRowCount(len(self._told))
        for row, told in enumerate(self._told):
            what = f"{told.about}, {told.what}"
            for place, text in ((WHAT, what), (BASE, told.base), (OURS, told.ours), (THEIRS, told.theirs)):
                self.table.setItem(row, place, QTableWidgetItem(_short(text)))
            self.table.setItem(row, TAKEN, QTableWidgetItem(""))
        self.table.setVisible(bool(self._told))
        if self._told:
            first = next((n for n, item in enumerate(self.merging.comparison.items) if item.conflict), 0)
            self.table.selectRow(first)
            self.table.setFocus()
        self._show_choices()

    def _show_choices(self) -> None:
        names = {Side.OURS: words("Ours"), Side.THEIRS: words("Theirs")}
        items = self.merging.comparison.items
        for row, item in enumerate(items):
            side = self.choices.get(item.key)
            cell = self.table.item(row, TAKEN)
            if cell is not None:
                cell.setText(names[side] if side else words("Choose"))
            font = self.font()
            for place, mine in ((OURS, Side.OURS), (THEIRS, Side.THEIRS), (TAKEN, None)):
                font.setBold(side is mine)
                shown = self.table.item(row, place)
                if shown is not None:
                    shown.setFont(font)
        left = sum(item.key not in self.choices for item in items)
        self.merge_button.setEnabled(not left)
        if left:
            self.follows.hide()
            self._say(words(msg("Left to choose: {count}. O takes ours, T takes theirs.", count=left)))
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
        set_text(self.details, _whole(self._told[row]) if 0 <= row < len(self._told) else "")

    def _say(self, text: str, role: str = "secondary") -> None:
        set_role(self.state, role)
        set_text(self.state, text)


class _Differences(QTableWidget):
    """A line for each difference; the letters T and O choose for the marked ones."""

    def __init__(self, dialog: ConflictDialog) -> None:
        super().__init__(0, 5)
        self._dialog = dialog
        self.setHorizontalHeaderLabels([words(t) for t in ("What", "Before", "Ours", "Theirs", "Taken")])
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
        sides = {Qt.Key.Key_O: Side.OURS, Qt.Key.Key_T: Side.THEIRS}
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
    for name, value in (("Before", told.base), ("Ours", told.ours), ("Theirs", told.theirs)):
        lines.append(f"{words(name)}: {value[:600]}")
    return "\n".join(lines)
