"""The operating record over the window: every entry, the latest first, with the head that stands for all of them, and
beneath them everything that the chosen one says."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QWidget

from app.messages import in_one, msg, words
from app.model.changes import ChangeSet
from app.model.fields import Scope
from app.report.changes import in_full, in_short
from app.report.display import fingerprint_words
from app.report.material import Material
from app.revisions.digest import short
from app.revisions.record import Entry, beside, entries, nothing_yet
from app.revisions.signoff import state
from ui.desk import Desk
from ui.dialogs.dialog import Dialog, reader
from ui.widgets.basic import button, column, label, line, set_text
from ui.widgets.line_list import LineList


class RecordDialog(Dialog):
    """Not modal, and nothing is edited here: an entry comes of what is recorded on the pages."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Operating record", parent)
        self.desk = desk
        self._head = ""
        self._shown: list[Entry] = []
        self.told = label("", "secondary", wrap=True)
        self.list = LineList(desk.theme)
        self.list.setAccessibleName(words("Entries, the latest first"))
        self.list.currentRowChanged.connect(self._chosen)
        self.whole = reader("Everything that this entry says")
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.list)
        both.addWidget(self.whole)
        self.copy = button("Copy the head", tip="The hash that stands for all entries, to be kept somewhere else")
        self.copy.clicked.connect(self._copy)
        close = button("Close")
        close.clicked.connect(self.close)
        layout = column(self, margins=(18, 16, 18, 16), spacing=10)
        layout.addWidget(label("Operating record", "heading"))
        layout.addWidget(
            label(
                "What happened: evidence, reviews, tests, acceptances, absences and hand-overs. It voids no signature.",
                "secondary",
                wrap=True,
            )
        )
        layout.addWidget(self.told)
        layout.addWidget(both, 1)
        buttons = line()
        buttons.addStretch()
        buttons.addWidget(self.copy)
        buttons.addWidget(close)
        layout.addLayout(buttons)
        self.make_room(desk.theme.px(680), desk.theme.px(620))
        desk.workspace.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the record as it stands."""
        project = self.desk.workspace.workspace.project
        found = entries(project.log)
        self._head = found[-1].digest if found else ""
        self.copy.setEnabled(bool(found))
        if found:
            head = fingerprint_words(self._head).replace("\n", " ")
            told = msg("Entries: {count}. Head: {head}", count=len(found), head=head)
            others = beside(project.document, project.log)
            set_text(self.told, in_one((told, others)) if others is not None else told)
        else:
            set_text(self.told, nothing_yet(project.document, project.log))
        material = self._material()
        self._shown = list(reversed(found))
        self.list.clear()
        self.list.addItems([_said(material, entry) for entry in self._shown])
        self.list.setCurrentRow(0)

    def _changed(self, change_set: ChangeSet, initiator: QObject | None) -> None:
        if Scope.RECORD in change_set.scopes():
            self.refresh()

    def _chosen(self, place: int) -> None:
        chosen = self._shown[place] if place >= 0 else None
        self.whole.setPlainText(_whole(self._material(), chosen) if chosen is not None else "")

    def _material(self) -> Material:
        workspace = self.desk.workspace.workspace
        document = workspace.document
        return Material(document, workspace.log, (), "", state(document), workspace.mint.moment())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._head)
        self.desk.say(msg("Copied: the head of the operating record."))


def _said(material: Material, entry: Entry) -> str:
    parts = (f"{entry.number}", material.moment(entry.at), entry.author, words(entry.label), short(entry.digest))
    return " · ".join(part for part in parts if part) + "\n" + in_short(material, entry.events)


def _whole(material: Material, entry: Entry) -> str:
    """Everything that an entry says, a field a line."""
    return "\n\n".join("\n".join((about, *said)) for about, said in in_full(material, entry.events))
