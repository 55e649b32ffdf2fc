"""The matrix of letters: rows in groups, a frozen column of labels, letters set by keyboard.

It shows what it is given and asks for a letter through `letter_wanted`; what a letter means is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.messages import words
from ui.theme import BODY, SECONDARY, Theme
from ui.widgets.matrix_model import Cell, Column, Index, MatrixLine, MatrixModel, line_key

CLEAR = "-"
"""Asked for when a cell shall hold no letter."""

DERIVED = ""
"""Asked for when a cell shall go back to the letter that follows from the decisions."""

_LABEL_WIDTH, _LABEL_MOST, _COLUMN_WIDTH, _SHARED_WIDTH = 212, 340, 58, 74
_ROUND = 2
"""Room around a letter for the line of its box, in pixels."""

_ROW, _GROUP_ROW, _FAULTY_ROW, _HEADER = 39, 34, 68, 52

_KEYS: Mapping[int, str] = {
    Qt.Key.Key_R: "R",
    Qt.Key.Key_A: "A",
    Qt.Key.Key_C: "C",
    Qt.Key.Key_I: "I",
    Qt.Key.Key_Space: CLEAR,
    Qt.Key.Key_Delete: CLEAR,
    Qt.Key.Key_Minus: CLEAR,
    Qt.Key.Key_Backspace: DERIVED,
    Qt.Key.Key_U: DERIVED,
}


_ROWS_OF_COLUMN = Qt.Key.Key_M


class MatrixTable(QTableView):
    """The matrix as a table: arrows move, R A C I ask for a letter, Space, Delete or minus for none, Backspace or U
    for the derived one, M for the rows of whoever has this column."""

    letter_wanted = Signal(object, object, object)
    """(row key, column key, letter): see CLEAR and DERIVED for what is no letter."""

    other_typed = Signal(object)
    """A letter that the matrix does not have."""

    rows_wanted = Signal(object)
    """The key of the column whose rows alone are wanted, or all again."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.content = MatrixModel(self)
        self.setModel(self.content)
        self.setItemDelegate(_LetterDelegate(theme, self))
        self.setHorizontalHeader(_ColumnHeader(theme, self))
        self._labels = _LabelHeader(theme, self)
        self.setVerticalHeader(self._labels)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # A whole column at a time: a cut letter under half a name is read wrongly.
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerWidget(QWidget())
        self.setAccessibleName(words("RACI matrix"))
        theme.changed.connect(self.fit)
        self.content.modelReset.connect(self.fit)
        self.content.columns_renamed.connect(self._columns_renamed)
        self.content.row_renamed.connect(self._row_renamed)

    def show_content(self, columns: Sequence[Column], lines: Sequence[MatrixLine]) -> None:
        """Show other content and keep the current cell where it still is."""
        kept = self.current()
        self.content.show_content(columns, lines)
        if kept is not None and not self.currentIndex().isValid():
            self.go_to(*kept)

    def current(self) -> tuple[str, str] | None:
        """(row key, column key) of the current cell."""
        index = self.currentIndex()
        line = self.content.line(index.row()) if index.isValid() else None
        return (line.key, self.content.columns[index.column()].key) if line else None

    def go_to(self, row_key: str, column_key: str = "") -> bool:
        """Make a cell the current one; False where there is no such row."""
        keys = [line_key(entry) for entry in self.content.lines]
        if row_key not in keys or not self.content.columns:
            return False
        columns = [column.key for column in self.content.columns]
        place = columns.index(column_key) if column_key in columns else 0
        self.setCurrentIndex(self.content.index(keys.index(row_key), place))
        return True

    def fit(self) -> None:
        """Heights by what the rows hold, widths by the longest heading: more where there is room, one for all where
        there is not."""
        self.horizontalHeader().setFixedHeight(self._theme.px(_HEADER))
        self._labels.setDefaultSectionSize(self._theme.px(_ROW))
        for row, entry in enumerate(self.content.lines):
            if isinstance(entry, str) or entry.fault:
                self._fit_row(row)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        letter, place = _KEYS.get(event.key()) if plain else None, self.current()
        if place is None or not plain:
            super().keyPressEvent(event)
        elif letter is not None:
            self.letter_wanted.emit(*place, letter)
        elif event.key() == _ROWS_OF_COLUMN:
            self.rows_wanted.emit(place[1])
        elif event.text().isalpha():
            self.other_typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters set cells here; they do not search."""

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        found = super().moveCursor(action, modifiers)
        up = action in (QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp)
        return self._past_heading(found, -1 if up else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _columns_renamed(self) -> None:
        self._share_width()
        self.horizontalHeader().viewport().update()

    def _row_renamed(self, row: int) -> None:
        self._fit_row(row)
        self._labels.show_again(row)

    def _fit_row(self, row: int) -> None:
        entry = self.content.lines[row]
        tall = _GROUP_ROW if isinstance(entry, str) else _FAULTY_ROW if entry.fault else _ROW
        if self.rowHeight(row) != self._theme.px(tall):
            self.setRowHeight(row, self._theme.px(tall))

    def _past_heading(self, index: QModelIndex, step: int) -> QModelIndex:
        """The next cell that holds a letter; the current one where there is none in that direction."""
        row = index.row()
        while 0 <= row < len(self.content.lines) and self.content.line(row) is None:
            row += step
        if not 0 <= row < len(self.content.lines):
            return self.currentIndex()
        return self.content.index(row, index.column())

    def _share_width(self) -> None:
        px = self._theme.px
        self._labels.take_width(max(px(_LABEL_WIDTH), min(self.width() * 28 // 100, px(_LABEL_MOST))))
        header = self.horizontalHeader()
        wanted = [header.sectionSizeFromContents(column).width() for column in range(len(self.content.columns))]
        room = self.viewport().width()
        if sum(wanted) > room:
            # One width for all, of which several fit exactly, and no column is cut at either edge. The hint of a
            # heading says what is cut short in it.
            widths = [room // max(room // px(_SHARED_WIDTH), 1)] * len(wanted)
        else:
            extra = (room - sum(wanted)) // len(wanted) if wanted else 0
            widths = [width + extra for width in wanted]
        for column, width in enumerate(widths):
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)


class _LetterDelegate(QStyledItemDelegate):
    """Draws one letter: A filled, R tinted, C outlined, I plain; a dot where it was changed by hand, dashes around it
    where it is there for a time."""

    def __init__(self, theme: Theme, view: MatrixTable) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._pictures: dict[tuple[str, bool, float], QPixmap] = {}
        theme.changed.connect(self._pictures.clear)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.content.line(index.row())
        if line is None:
            return
        theme, area = self._theme, QRectF(option.rect)
        cell = self._view.content.cell(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self._view.currentIndex().row():
            painter.fillRect(area, theme.colour("accent_soft"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        box = QRectF(0, 0, theme.px(42 if len(cell.letter) > 1 else 30), theme.px(26))
        box.moveCenter(area.center())
        if cell.letter and cell.letter != CLEAR:
            picture = self._picture(cell, box)
            painter.drawPixmap(QPointF(box.left() - _ROUND, box.top() - _ROUND), picture)
        if cell.changed:
            painter.setPen(QPen(theme.colour("card"), 1))
            painter.setBrush(theme.colour("warn"))
            painter.drawEllipse(QPointF(box.right() - theme.px(1), box.top() + theme.px(1)), theme.px(4), theme.px(4))
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("ink"), theme.px(2)))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), theme.px(8), theme.px(8))
        painter.restore()

    def _picture(self, cell: Cell, box: QRectF) -> QPixmap:
        """A letter in its box, drawn once: the same few stand in thousands of cells."""
        ratio = self._view.devicePixelRatioF()
        key = cell.letter, cell.ends, ratio
        if key not in self._pictures:
            picture = QPixmap((box.size() * ratio).toSize() + QSize(2, 2) * (_ROUND * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_letter(painter, QRectF(QPointF(_ROUND, _ROUND), box.size()), cell)
            painter.end()
            self._pictures[key] = picture
        return self._pictures[key]

    def _paint_letter(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        theme = self._theme
        ground, ink, border = theme.letter(cell.letter)
        painter.setBrush(ground)
        painter.setPen(QPen(border, 1.4) if border.alpha() else QPen(Qt.PenStyle.NoPen))
        if cell.ends:
            painter.setPen(QPen(theme.colour("ink_2"), theme.px(2), Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        painter.setFont(theme.font(13, QFont.Weight.DemiBold))
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.letter)


class _ColumnHeader(QHeaderView):
    """Two lines for each column: who, and as what."""

    def __init__(self, theme: Theme, view: MatrixTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._theme = theme
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)

    def sectionSizeFromContents(self, section: int) -> QSize:
        column, px = self._view.content.columns[section], self._theme.px
        name = QFontMetrics(self._theme.font(SECONDARY, QFont.Weight.DemiBold)).horizontalAdvance(column.name)
        second = QFontMetrics(self._theme.font(SECONDARY)).horizontalAdvance(column.second)
        return QSize(max(min(max(name, second), px(120)) + px(14), px(_COLUMN_WIDTH)), px(_HEADER))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, column = self._theme, self._view.content.columns[section]
        painter.save()
        painter.fillRect(rect, theme.colour("card"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if section == self._view.currentIndex().column():
            painter.fillRect(rect.adjusted(0, rect.height() - theme.px(3), 0, 0), theme.colour("accent"))
        area = rect.adjusted(theme.px(4), theme.px(7), -theme.px(4), -theme.px(7))
        upper, lower = QRect(area), QRect(area)
        if column.second:
            upper.setHeight(area.height() // 2)
            lower.setTop(area.top() + area.height() // 2)
        _write(painter, upper, column.name, theme.font(SECONDARY, QFont.Weight.DemiBold), theme.colour("ink"))
        _write(
            painter, lower if column.second else QRect(), column.second, theme.font(SECONDARY), theme.colour("ink_2")
        )
        painter.restore()


class _LabelHeader(QHeaderView):
    """The label of each row, what is wrong with it below, and the heading of each group."""

    def __init__(self, theme: Theme, view: MatrixTable) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._theme = theme
        self._view = view
        self._wide = theme.px(_LABEL_WIDTH)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)

    def take_width(self, width: int) -> None:
        """Be this wide. The table leaves room by the size hint, which a change of the stylesheet does not touch."""
        if width != self._wide:
            self._wide = width
            self.geometriesChanged.emit()

    def show_again(self, section: int) -> None:
        """Paint the label of one row anew."""
        self.updateSection(section)

    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())

    def sectionSizeFromContents(self, section: int) -> QSize:
        return QSize(self._wide, self._theme.px(_ROW))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, entry = self._theme, self._view.content.lines[section]
        painter.save()
        current = section == self._view.currentIndex().row()
        painter.fillRect(rect, theme.colour("accent_soft" if current else "card"))
        area = rect.adjusted(theme.px(14), 0, -theme.px(8), 0)
        left = Qt.AlignmentFlag.AlignLeft
        if isinstance(entry, str):
            low = area.adjusted(0, theme.px(6), 0, 0)
            _write(painter, low, entry, theme.font(13, QFont.Weight.DemiBold), theme.colour("ink_2"), left)
            painter.restore()
            return
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        upper = QRect(area.left(), area.top() + theme.px(6), area.width(), theme.px(22)) if entry.fault else area
        weight = QFont.Weight.DemiBold if current else QFont.Weight.Normal
        _write(painter, upper, entry.label, theme.font(BODY, weight), theme.colour("ink"), left)
        if entry.fault:
            painter.setFont(theme.font(SECONDARY))
            painter.setPen(theme.colour("bad"))
            below = area.adjusted(0, theme.px(28), 0, 0)
            painter.drawText(below, left | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, entry.fault)
        painter.restore()


def _write(
    painter: QPainter,
    area: QRect,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
) -> None:
    """One line of text, cut short where it is too long."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


__all__ = ["CLEAR", "DERIVED", "Cell", "Column", "MatrixLine", "MatrixModel", "MatrixTable"]
