"""Fields of several rows, edited side by side."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.model.changes import ChangeSet
from ui.findings import Findings
from ui.widgets.form import FieldBox


class FieldBoxes(QWidget):
    """The boxes, by row and field; how they are laid out is up to the part of the page that they make up."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[tuple[str, str], FieldBox] = {}

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        """Show what an edit changed."""
        for box in self.boxes.values():
            box.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        for box in self.boxes.values():
            box.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        """The control of this place, if it is here."""
        for (row, name), box in self.boxes.items():
            if row == row_id and field in (name, ""):
                return box.editor
        return None
