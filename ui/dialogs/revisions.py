"""The revisions over the window: who signed each and when, two states of the decisions side by side, and the way back
to an earlier one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app import signers
from app.errors import AppError
from app.messages import Message, msg, words
from app.model.changes import ChangeSet
from app.model.commit import Revision
from app.model.room import Agent
from app.report.comparing import Line, Side, called, compared, draft, revision_parts, revision_side
from app.report.display import moment_day
from app.revisions.history import Listed, history
from app.revisions.redraft import planned, redraft
from app.revisions.signoff import SignoffState, state
from app.steps import BY_ID
from ui.desk import Desk
from ui.dialogs.dialog import Dialog, reader
from ui.widgets.basic import button, column, label, line, say_on, set_role, set_text
from ui.widgets.line_list import LineList

SETTLES = 250
"""Milliseconds without an edit after which the comparison is made again."""

LONGEST = 80
"""Characters of a value in the table; the whole of it stands below."""

_WHOLE = 1000
"""What the shares of a splitter add up to; it is scaled to the room that there is."""

NOBODY = (
    "Nobody has signed yet. The first signature freezes the decisions as revision 1. From then on this is the place to "
    "see what changed since, and to go back to it."
)


class RevisionsDialog(Dialog):
    """Not modal: a difference leads to its place in the window while the list stays here."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Revisions", parent)
        self.desk = desk
        self._listed: tuple[Listed, ...] = ()
        self._standing: SignoffState = state(desk.document)
        self._lines: tuple[Line, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLES)
        self._soon.timeout.connect(self.refresh)
        self._build()
        self._make_room()
        desk.workspace.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the revisions as they stand, with the same one marked as before."""
        document = self.desk.document
        marked, beside = self._marked(), self.beside.currentData()
        self._standing = state(document)
        self._listed = history(document, self._standing)
        zone = document.only(Agent).time_zone
        set_text(self.now, msg("As it stands: {state}", state=self._standing.words()))
        self.nothing.setVisible(not self._listed)
        if self.both.isHidden() is bool(self._listed):
            self._make_room()
        for control in (self.list, self.beside):
            control.blockSignals(True)
        self.list.clear()
        self.list.addItems([_entry(one, zone) for one in self._listed])
        ids = [one.revision.id for one in self._listed]
        self.list.setCurrentRow(ids.index(marked.id) if marked is not None and marked.id in ids else 0)
        self.beside.clear()
        self.beside.addItem(words(msg("the decisions as they stand")), "")
        for one in self._listed:
            self.beside.addItem(words(called(one.revision)), one.revision.id)
        self.beside.setCurrentIndex(max(self.beside.findData(beside or ""), 0))
        for control in (self.list, self.beside):
            control.blockSignals(False)
        self._compare()

    def go_there(self) -> None:
        """Show the place of the marked difference in the draft."""
        found = self._marked_line()
        if found is not None and self.desk.document.find(found.row_id) is not None:
            self.desk.open_place(found.step, found.row_id, found.field)

    def start_draft(self) -> None:
        """Bring the decisions of the marked revision back, and go away: the window shows them."""
        revision = self._marked()
        if revision is None:
            return
        workspace = self.desk.workspace
        log = workspace.workspace.log
        try:
            made = workspace.attempt(redraft(revision.number or 0, log))
        except AppError as error:
            self._say(str(error), "bad")
            return
        number = revision.number or 0
        if made is None:
            self._say(words(msg("The decisions are those of revision {number} already.", number=number)))
            return
        self.desk.say(msg("The decisions are those of revision {number} again. Undo takes it back.", number=number))
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.tree.hasFocus():
            self.go_there()
        else:
            super().keyPressEvent(event)

    # --- building ---

    def _build(self) -> None:
        layout = column(self, margins=(18, 16, 18, 16), spacing=10)
        head = line(spacing=10)
        head.addWidget(label("Revisions", "heading"))
        self.now = label("", "secondary")
        head.addWidget(self.now, 1)
        layout.addLayout(head)
        self.nothing = label(msg(NOBODY), "secondary", wrap=True)
        layout.addWidget(self.nothing)
        self.list = LineList(self.desk.theme)
        self.list.setAccessibleName(words("Revisions, the latest first"))
        self.list.currentRowChanged.connect(self._compare)
        self.both = QSplitter(Qt.Orientation.Horizontal)
        self.both.setChildrenCollapsible(False)
        self.who = reader("What became of it, and who signed")
        left = QSplitter(Qt.Orientation.Vertical)
        left.setChildrenCollapsible(False)
        left.addWidget(self.list)
        left.addWidget(self.who)
        self.both.addWidget(left)
        self.both.addWidget(self._comparison())
        left.setSizes([_WHOLE // 2, _WHOLE // 2])
        self.both.setSizes([_WHOLE // 4, 3 * _WHOLE // 4])
        layout.addWidget(self.both, 1)
        layout.addStretch()
        self.state = label("", "secondary", wrap=True)
        layout.addWidget(self.state)
        self.go = button("Show it in the draft", tip="Return, on a difference")
        self.redraft = button("Start a new draft from it", "primary", tip="Ctrl+Return")
        self.send_with(self.redraft.click)
        close = button("Close")
        self.go.clicked.connect(self.go_there)
        self.redraft.clicked.connect(self.start_draft)
        close.clicked.connect(self.close)
        buttons = line(spacing=8)
        buttons.addStretch()
        for one in (close, self.go, self.redraft):
            buttons.addWidget(one)
        layout.addLayout(buttons)

    def _comparison(self) -> QWidget:
        made = QWidget()
        layout = column(made, margins=(10, 0, 0, 0), spacing=8)
        head = line(spacing=8)
        self.beside = QComboBox()
        self.beside.setAccessibleName(words("Compared with"))
        self.beside.currentIndexChanged.connect(self._compare)
        self.counted = label("", "secondary", wrap=True)
        head.addWidget(label("Compared with"))
        head.addWidget(self.beside)
        head.addWidget(self.counted, 1)
        layout.addLayout(head)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(4)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.setAccessibleName(words("Differences, step by step"))
        header = self.tree.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(header.ResizeMode.Stretch)
        self.tree.currentItemChanged.connect(self._show_whole)
        self.tree.itemDoubleClicked.connect(self.go_there)
        self.whole = (reader(""), reader(""))
        self.names = (label("", "caption"), label("", "caption"))
        below = QWidget()
        sides = QGridLayout(below)
        sides.setContentsMargins(0, 4, 0, 0)
        sides.setHorizontalSpacing(8)
        sides.setVerticalSpacing(4)
        for place, one in enumerate(self.whole):
            sides.addWidget(self.names[place], 0, place)
            sides.addWidget(one, 1, place)
        parted = QSplitter(Qt.Orientation.Vertical)
        parted.setChildrenCollapsible(False)
        parted.addWidget(self.tree)
        parted.addWidget(below)
        parted.setSizes([3 * _WHOLE // 4, _WHOLE // 4])
        layout.addWidget(parted, 1)
        return made

    def _make_room(self) -> None:
        """Be as large as there is something to show."""
        px, there = self.desk.theme.px, bool(self._listed)
        for part in (self.both, self.redraft, self.go):
            part.setVisible(there)
        wide, high = (1160, 720) if there else (520, 190)
        self.make_room(px(wide), px(high))

    # --- comparing ---

    def _compare(self, *changed: object) -> None:
        self._say("")
        self._lines = ()
        self.tree.clear()
        revision = self._marked()
        if revision is None:
            return
        say_on(self.redraft, msg("Start a new draft from revision {number}", number=revision.number or 0))
        zone = self.desk.document.only(Agent).time_zone
        listed = self._listed[self.list.currentRow()]
        signed = signers.lines(listed.signatures, zone)
        self.who.setPlainText("\n".join((*revision_parts(listed, zone)[1:], "", *signed)))
        try:
            before, after = self._sides(revision)
            notes = planned(self.desk.document, revision, self.desk.workspace.workspace.log).notes()
        except AppError as error:
            set_text(self.counted, "")
            self._say(str(error), "bad")
            return
        if notes:
            said = msg("A new draft from revision {number}:", number=revision.number or 0)
            self._say(" ".join((words(said), *map(words, notes))))
        self._lines = compared(before, after, self._standing)
        set_text(self.counted, _counted(len(self._lines)))
        self.tree.setHeaderLabels([words("About"), words("What"), before.name, after.name])
        for one, name, side in zip(self.whole, self.names, (before, after), strict=True):
            one.setAccessibleName(side.name)
            set_text(name, side.name)
        for step, places in groupby(range(len(self._lines)), key=lambda place: self._lines[place].step):
            self._add_group(step, places)
        self.tree.expandAll()
        first = self.tree.topLevelItem(0)
        self.tree.setCurrentItem(first.child(0) if first is not None else None)  # type: ignore[arg-type]
        self._show_whole()

    def _sides(self, revision: Revision) -> tuple[Side, Side]:
        """The marked revision and what it is compared with, the earlier one first."""
        document = self.desk.document
        mine = revision_side(document, revision)
        other = document.get(Revision, self.beside.currentData())
        if other is None:
            return mine, draft(document, self._standing)
        theirs = revision_side(document, other)
        return (mine, theirs) if (revision.number or 0) <= (other.number or 0) else (theirs, mine)

    def _add_group(self, step: str, places: Iterable[int]) -> None:
        group = QTreeWidgetItem(self.tree, [words(BY_ID[step].title)])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setFirstColumnSpanned(True)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        for place in places:
            each = self._lines[place]
            item = QTreeWidgetItem(group, [each.about, each.what, _short(each.before), _short(each.after)])
            item.setData(0, Qt.ItemDataRole.UserRole, place)

    def _show_whole(self, *marked: object) -> None:
        found = self._marked_line()
        for one, text in zip(self.whole, (found.before, found.after) if found else ("", ""), strict=True):
            one.setPlainText(text or (words("empty") if found else ""))
        self.go.setEnabled(found is not None and self.desk.document.find(found.row_id) is not None)

    def _marked(self) -> Revision | None:
        place = self.list.currentRow()
        return self._listed[place].revision if 0 <= place < len(self._listed) else None

    def _marked_line(self) -> Line | None:
        item = self.tree.currentItem()
        place = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return self._lines[place] if place is not None else None

    def _changed(self, change_set: ChangeSet, initiator: QObject | None) -> None:
        self._soon.start()

    def _say(self, text: str, role: str = "secondary") -> None:
        set_role(self.state, role)
        set_text(self.state, text)
        self.state.setVisible(bool(text))


def _entry(listed: Listed, zone: str) -> str:
    """A revision in the list: its number, what became of it, and the day; short lines, which hold at any zoom."""
    day = moment_day(listed.revision.frozen_at, zone)
    return "\n".join((words(called(listed.revision)), words(listed.standing.value), day))


def _counted(count: int) -> Message:
    if not count:
        return msg("Nothing differs.")
    return msg("One difference.") if count == 1 else msg("{count} differences.", count=count)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
