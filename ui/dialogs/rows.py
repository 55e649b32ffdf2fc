"""A list of rows over the window, in reach from every step: the parking lot, the decision log."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from app.model.changes import ChangeSet
from app.model.row import Row
from ui.desk import Desk
from ui.dialogs.dialog import Dialog
from ui.widgets.basic import button, column, label
from ui.widgets.row_list import RowList


class RowsDialog(Dialog):
    """Not modal: the talk goes on in the window while it stands beside it."""

    def __init__(self, desk: Desk, row_class: type[Row], parent: QWidget) -> None:
        super().__init__(row_class.spec.many, parent)
        self.list = RowList(desk, row_class)
        inside = QWidget()
        inside.setProperty("role", "body")
        body = column(inside)
        body.addWidget(self.list)
        body.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        layout = column(self, margins=(18, 16, 18, 16), spacing=10)
        layout.addWidget(label(row_class.spec.many, "heading"))
        layout.addWidget(scroll, 1)
        close = button("Close")
        close.clicked.connect(self.close)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.make_room(desk.theme.px(620), desk.theme.px(480))
        desk.workspace.changed.connect(self._changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.list.adder is not None:
            self.list.adder.setFocus()

    def _changed(self, change_set: ChangeSet, initiator: QObject | None) -> None:
        self.list.follow(change_set, initiator)
