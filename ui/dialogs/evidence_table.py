"""What would be added, a line for each row of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from app.evidence_text.shapes import NewEvidence
from app.messages import msg, words
from app.model.document import Document
from app.model.oversight import Evidence
from app.policy.evidence import failures
from app.policy.oversight import mode_label
from app.report.display import day_words
from ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

SHOWN = 200
"""Rows that are shown; of more only the first."""

HEADINGS = ("Line", "Action", "Version", "Mode", "Days", "Runs", "Failures", "Seeded", "Twice?")
_LEAST = 150


class EvidenceTable(QTableView):
    """Read only; what may count runs twice says so in its last column."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows_model = _Rows(self)
        self.setModel(self.rows_model)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(desk.theme.px(_LEAST))
        self.setAccessibleName(words("What would be added"))

    def show_rows(self, rows: Sequence[NewEvidence]) -> None:
        """Show these rows, or the first of very many."""
        self.rows_model.show_cells([_cells(self._desk.document, row) for row in rows[:SHOWN]])


class _Rows(QAbstractTableModel):
    """Cells that are words already."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cells: list[list[str]] = []

    def show_cells(self, cells: list[list[str]]) -> None:
        self.beginResetModel()
        self._cells = cells
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return words(HEADINGS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words(HEADINGS[index.column()])}: {text}"
        return None


def _cells(document: Document, new: NewEvidence) -> list[str]:
    row = Evidence(id="", rank="", **new.values)
    return [
        str(new.line),
        document.called(row.action or ""),
        row.behaviour_version,
        words(mode_label(row.mode)),
        _days(row),
        f"{row.runs or 0:,}",
        _failures(row),
        words(msg("{caught} of {seeded}", caught=row.caught or 0, seeded=row.seeded)) if row.seeded else "",
        words("may be") if new.overlaps is not None else "",
    ]


def _days(row: Evidence) -> str:
    if row.from_day == row.to_day:
        return day_words(row.from_day)
    first, last = day_words(row.from_day), day_words(row.to_day)
    if row.from_day[:4] == row.to_day[:4]:
        first = first.rpartition(" ")[0]
    return words(msg("{first} to {last}", first=first or "?", last=last or "?"))


def _failures(row: Evidence) -> str:
    """The runs that failed, and how many of them did harm."""
    if row.harmful:
        return words(msg("{count}, {harmful} harmful", count=f"{failures(row):,}", harmful=f"{row.harmful:,}"))
    return f"{failures(row):,}"
