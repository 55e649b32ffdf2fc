"""What each severity means here, and how fast somebody answers: one block for each of the four."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.messages import words
from app.model import vocabulary as v
from app.model.exceptions import ResponseTarget, SeverityRule
from app.model.row import Row
from ui.desk import Desk
from ui.widgets.basic import column, label
from ui.widgets.field_boxes import FieldBoxes
from ui.widgets.flow import FlowLayout
from ui.widgets.form import FieldBox, editable


class Severities(FieldBoxes):
    """The meaning of each severity with its response target below it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        layout = column(self, spacing=14)
        for entry in v.SEVERITY_KEYS:
            layout.addWidget(self._block(words(entry.label), str(entry.value)))

    def _block(self, title: str, severity: str) -> QWidget:
        block = QWidget()
        layout = column(block, spacing=4)
        layout.addWidget(label(title, "name"))
        document = self._desk.document
        rule, target = document.fixed(SeverityRule, severity), document.fixed(ResponseTarget, severity)
        for name in editable(SeverityRule):
            layout.addWidget(self._box(rule, name, title))
        targets = QWidget()
        flow = FlowLayout(targets, spacing=14)
        for name in editable(ResponseTarget):
            flow.addWidget(self._box(target, name, title))
        layout.addWidget(targets, 0, Qt.AlignmentFlag.AlignTop)
        return block

    def _box(self, row: Row, name: str, title: str) -> FieldBox:
        box = FieldBox(self._desk, type(row), row.id, name, of=title)
        self.boxes[row.id, name] = box
        return box
