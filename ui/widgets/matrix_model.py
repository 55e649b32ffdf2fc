"""What the matrix of letters shows: columns, lines in groups, cells; and the Qt model of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.messages import msg, words
from ui.widgets.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """One letter; `changed` marks one that was changed by hand, `ends` one that is there for a time. `hint` says why,
    and until when."""

    letter: str
    changed: bool = False
    hint: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a name, and a second quieter line."""

    key: str
    name: str
    second: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One row. `fault` says in words what is wrong with it, empty where nothing is."""

    key: str
    group: str
    label: str
    cells: Mapping[str, Cell]
    fault: str = ""
    hint: str = ""


class MatrixModel(QAbstractTableModel):
    """Rows of letters, with one row for the heading of each group.

    A new heading is told by signals of its own: on `headerDataChanged` a view lays out and repaints everything.
    """

    columns_renamed = Signal()
    row_renamed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ()
        self.lines: tuple[MatrixLine | str, ...] = ()

    def show_content(self, columns: Sequence[Column], lines: Sequence[MatrixLine]) -> None:
        """Show other content; cells change in place where rows and columns are the same as before."""
        entries: list[MatrixLine | str] = []
        group = ""
        for line in lines:
            if line.group != group:
                group = line.group
                entries.append(group)
            entries.append(line)
        shape = [column.key for column in columns], [line_key(entry) for entry in entries]
        if shape != ([column.key for column in self.columns], [line_key(entry) for entry in self.lines]):
            self.beginResetModel()
            self.columns, self.lines = tuple(columns), tuple(entries)
            self.endResetModel()
            return
        before, renamed = self.lines, tuple(columns) != self.columns
        self.columns, self.lines = tuple(columns), tuple(entries)
        for row, (old, new) in enumerate(zip(before, self.lines, strict=True)):
            if old is not new and isinstance(old, MatrixLine) and isinstance(new, MatrixLine):
                self._say_changes(row, old, new)
        if renamed:
            self.columns_renamed.emit()

    def _say_changes(self, row: int, old: MatrixLine, new: MatrixLine) -> None:
        """Cell by cell: a view repaints everything when told of more than one cell at once."""
        for place, column in enumerate(self.columns):
            if old.cells.get(column.key) != new.cells.get(column.key):
                self.dataChanged.emit(self.index(row, place), self.index(row, place))
        if (old.label, old.fault) != (new.label, new.fault):
            self.row_renamed.emit(row)

    def line(self, row: int) -> MatrixLine | None:
        """The line in this row; None for the heading of a group."""
        entry = self.lines[row] if 0 <= row < len(self.lines) else None
        return entry if isinstance(entry, MatrixLine) else None

    def cell(self, index: Index) -> Cell:
        line = self.line(index.row())
        return line.cells.get(self.columns[index.column()].key, Cell("")) if line else Cell("")

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.line(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.letter
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.hint) if cell.hint else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(index, cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            column = self.columns[section]
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return f"{column.name}, {column.second}" if column.second else column.name
            if role == Qt.ItemDataRole.ToolTipRole:
                return plain_tip(column.hint or column.name)
            return None
        entry = self.lines[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(entry, str):
                return entry
            return f"{entry.label}. {entry.fault}" if entry.fault else entry.label
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(entry, MatrixLine):
            return plain_tip("\n".join(part for part in (entry.label, entry.fault, entry.hint) if part))
        return None

    def _said(self, index: Index, cell: Cell) -> str:
        line = self.line(index.row())
        if line is None:
            return str(self.lines[index.row()])
        said = words(
            msg(
                "{row}, {column}: {letter}",
                row=line.label,
                column=self.columns[index.column()].name,
                letter=cell.letter or words("nothing"),
            )
        )
        return f"{said}. {cell.hint}" if cell.hint else said


def line_key(entry: MatrixLine | str) -> str:
    """What tells rows apart: the key of a line, or the words of a group."""
    return entry if isinstance(entry, str) else entry.key
