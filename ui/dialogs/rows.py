"""A list of rows over the window, in reach from every step: the parking lot, the decision log."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from app.messages import words
from app.model.changes import ChangeSet
from app.model.row import Row
from ui.desk import Desk
from ui.widgets.basic import button, column, label
from ui.widgets.reading_order import focus_next
from ui.widgets.row_list import RowList


class RowsDialog(QDialog):
    """Not modal: the talk goes on in the window while it stands beside it."""

    def __init__(self, desk: Desk, row_class: type[Row], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words(row_class.spec.many))
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
        px = desk.theme.px
        self.resize(min(px(620), parent.width() - 40), min(px(480), parent.height() - 80))
        desk.workspace.changed.connect(self._changed)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return focus_next(self, forward=forward)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.list.adder is not None:
            self.list.adder.setFocus()

    def _changed(self, change_set: ChangeSet, initiator: QObject | None) -> None:
        self.list.follow(change_set, initiator)
