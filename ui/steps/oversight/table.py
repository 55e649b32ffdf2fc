"""The action table as a widget: the keyboard in one hand, a row and its dial at a glance."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.messages import words
from app.model.oversight import Action
from app.rules.finding import Finding
from ui.desk import Desk
from ui.findings import TOKENS
from ui.steps.oversight.actions import (
    DIAL,
    FOUND_ROLE,
    NAME,
    REACHES,
    SECOND_ROLE,
    STANDING_ROLE,
    STATE_ROLE,
    WRONG,
    ActionModel,
)
from ui.steps.oversight.standing import Standing
from ui.theme import BODY, SECONDARY
from ui.widgets.dial import WIDTH, DialPainter, DialState, mode_for_key, mode_menu
from ui.widgets.editors.typing import Line

_ROW, _TALL_ROW, _HEADER, _PADDING = 64, 112, 38, 9
_TOLD = 19
"""Height of the line below a dial that tells where the action stands."""

LETTERS_ASKED = "grlcm"
"""Letters that ask for something else than a mode."""

_NAME, _REACHES, _WRONG = 180, 104, 124
_SIDE_BY_SIDE = _NAME + WIDTH + 5 * _PADDING
_WIDE = _SIDE_BY_SIDE + _REACHES + _WRONG


class ActionTable(QTableView):
    """Up and Down choose an action; Left, Right and the letters S I 2 O U N ask for a mode; Return asks for its
    fields; G decides to graduate it, R to take it back, L and C go to the next that lost its right or could graduate,
    M shows the map; F2 changes its name; Insert starts a new one, Delete asks to remove it, Alt with Up or Down to
    move it. In the empty last row, typing starts a name."""

    mode_wanted = Signal(object, object)
    """(action id, mode)."""

    fields_wanted = Signal()

    letter_pressed = Signal(object)
    """One of LETTERS_ASKED, as a small letter."""

    remove_wanted = Signal(object)
    move_wanted = Signal(object, object)
    """(action id, -1 up or 1 down)."""

    current_changed = Signal(object)
    """The id of the action in the current row, None in the empty one."""

    def __init__(self, desk: Desk, model: ActionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self.actions_model = model
        self.painter = DialPainter(desk.theme, desk.icons)
        self.dial_below = False
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(desk, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(1)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self.setAccessibleName(words("Actions"))
        desk.theme.changed.connect(self.fit)
        self.fit()

    def current_action(self) -> Action | None:
        return self.actions_model.action(self.currentIndex().row())

    def go_to(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        index = self.model().index(row, NAME)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self.scrollTo(index)

    def start_new(self) -> None:
        """Open the empty row for typing."""
        self.go_to(self.actions_model.empty_row)
        self.setFocus()
        self.edit(self.model().index(self.actions_model.empty_row, NAME))

    def fit(self) -> None:
        """Sizes by the zoom. Without room, reach and reversibility move below the name; with less, the dial too."""
        px = self._theme.px
        self.dial_below = self.width() < px(_SIDE_BY_SIDE)
        narrow = self.width() < px(_WIDE)
        self.verticalHeader().setDefaultSectionSize(px(_TALL_ROW if self.dial_below else _ROW))
        self.horizontalHeader().setFixedHeight(px(_HEADER))
        self.setColumnWidth(DIAL, px(WIDTH + 2 * _PADDING))
        self.setColumnWidth(REACHES, px(_REACHES))
        self.setColumnWidth(WRONG, px(_WRONG))
        for column in (REACHES, WRONG):
            self.setColumnHidden(column, narrow)
        self.setColumnHidden(DIAL, self.dial_below)
        self.actions_model.set_compact(narrow)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        action = self.actions_model.action(current.row())
        self.current_changed.emit(action.id if action else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What the editor of a name lets through, such as its Return, is not meant for the dial.
        editing = self.state() == QAbstractItemView.State.EditingState
        if editing or not self._take_key(event, self.current_action()):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters turn the dial here; they do not search."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        action = self.actions_model.action(index.row())
        if event.button() != Qt.MouseButton.LeftButton or action is None:
            return
        cell = index.siblingAtColumn(NAME if self.dial_below else DIAL)
        place = self.dial_place(self.visualRect(cell), self.actions_model.standing(action))
        stop = self.painter.stop_at(place, point.x())
        if stop is not None and place.contains(point):
            self.mode_wanted.emit(action.id, self.actions_model.state(action).mode_at(stop))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        action = self.current_action()
        if action is None:
            return
        menu = mode_menu(self, self.actions_model.state(action))
        chosen = menu.exec(event.globalPos())
        menu.deleteLater()
        if chosen is not None:
            self.mode_wanted.emit(action.id, chosen.data())

    def dial_place(self, cell: QRect, standing: Standing) -> QRect:
        """Where the dial stands in its cell; a little higher where a line below it tells how the action stands."""
        px = self._theme.px
        if self.dial_below:
            cell = QRect(cell.left(), cell.bottom() - px(42 + _TOLD), cell.width(), px(34))
        elif standing.told() is not None:
            cell = cell.adjusted(0, 0, 0, -px(_TOLD))
        return self.painter.place(cell.adjusted(px(_PADDING), 0, 0, 0))

    def _take_key(self, event: QKeyEvent, action: Action | None) -> bool:
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Insert or (key == Qt.Key.Key_N and modifiers == Qt.KeyboardModifier.ControlModifier):
            self.start_new()
            return True
        if action is None:
            return self._type_new(event)
        if modifiers == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_wanted.emit(action.id, -1 if key == Qt.Key.Key_Up else 1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.fields_wanted.emit()
            return True
        if key == Qt.Key.Key_Delete:
            self.remove_wanted.emit(action.id)
            return True
        letter = event.text().lower()
        plain = not modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and letter and letter in LETTERS_ASKED:
            self.letter_pressed.emit(letter)
            return True
        mode = mode_for_key(event, self.actions_model.state(action))
        if mode is not None:
            self.mode_wanted.emit(action.id, mode)
        return mode is not None

    def _type_new(self, event: QKeyEvent) -> bool:
        """The first letter of a new name opens the editor and stands in it; Return opens it empty."""
        typed = event.text() if event.text().isprintable() else ""
        opens = typed.strip() or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not (opens and plain):
            return False
        self.start_new()
        editor = self.focusWidget()
        if isinstance(editor, Line):
            editor.setText(typed.strip())
        return True


Index = QModelIndex | QPersistentModelIndex


class _RowDelegate(QStyledItemDelegate):
    """Draws the cells of the table; a name is typed on its first line."""

    def __init__(self, desk: Desk, view: ActionTable) -> None:
        super().__init__(view)
        self._theme = desk.theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(_NAME), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, cell = self._theme, QRect(option.rect)
        current = index.row() == self._view.currentIndex().row()
        painter.save()
        if current:
            painter.fillRect(cell, theme.colour("accent_soft"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        if current and index.column() == NAME:
            painter.fillRect(QRect(cell.left(), cell.top(), theme.px(3), cell.height()), theme.colour("accent"))
        if index.column() == NAME:
            self._paint_name(painter, cell, index)
        elif index.column() != DIAL:
            area = cell.adjusted(theme.px(_PADDING), 0, -theme.px(4), 0)
            self._write(painter, area, str(index.data() or ""), theme.font(13), "ink", lines=3)
        if index.column() == (NAME if self._view.dial_below else DIAL):
            self._paint_dial(painter, cell, index, focused=current and self._view.hasFocus())
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = Line(parent)
        editor.setAccessibleName(words("Name of the action"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        cell, px = QRect(option.rect), self._theme.px
        editor.setGeometry(QRect(cell.left() + px(4), cell.top() + px(12), cell.width() - px(8), px(38)))

    def _paint_dial(self, painter: QPainter, cell: QRect, index: Index, *, focused: bool) -> None:
        state, standing = index.data(STATE_ROLE), index.data(STANDING_ROLE)
        if not isinstance(state, DialState) or not isinstance(standing, Standing):
            return
        place = self._view.dial_place(cell, standing)
        self._view.painter.paint(painter, place, state, focused=focused)
        told = standing.told()
        if told is not None:
            line = QRect(place.left(), place.bottom() + self._theme.px(2), place.width(), self._theme.px(_TOLD))
            self._write(painter, line, words(told[0]), self._theme.font(SECONDARY, QFont.Weight.Medium), told[1])

    def _paint_name(self, painter: QPainter, cell: QRect, index: Index) -> None:
        """The name, in two lines where it takes them, and the quieter line below it."""
        theme, px = self._theme, self._theme.px
        below = px(58) if self._view.dial_below else 0
        area = cell.adjusted(px(_PADDING), px(5), -px(6), -px(5) - below)
        if self._view.actions_model.action(index.row()) is None:
            self._write(painter, area, str(index.data()), theme.font(BODY), "ink_3")
            return
        found = index.data(FOUND_ROLE)
        if found:
            area.setRight(self._paint_mark(painter, area, found) - px(6))
        name, second = str(index.data()), str(index.data(SECOND_ROLE) or "")
        font = theme.font(BODY, QFont.Weight.Medium)
        lines = 1 if self._view.dial_below or not _too_long(name, font, area.width()) else 2
        heights = lines * QFontMetrics(font).lineSpacing(), px(17) if second else 0
        top = area.top() + (area.height() - sum(heights)) // 2
        upper = QRect(area.left(), top, area.width(), heights[0])
        self._write(painter, upper, name, font, "ink", lines=lines)
        lower = QRect(area.left(), upper.bottom() + 1, area.width(), heights[1])
        self._write(painter, lower, second, theme.font(SECONDARY), "ink_2")

    def _paint_mark(self, painter: QPainter, area: QRect, found: list[Finding]) -> int:
        """How many open points of the heaviest weight the action has, in its colour; the left edge of the mark."""
        theme, px, token = self._theme, self._theme.px, TOKENS[found[0].severity]
        mark = QRect(area.right() - px(20), area.center().y() - px(10), px(20), px(20))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken" if token == "ink_3" else f"{token}_soft"))
        painter.drawEllipse(mark)
        painter.setFont(theme.font(SECONDARY, QFont.Weight.DemiBold))
        painter.setPen(theme.colour(token))
        heaviest = sum(each.severity is found[0].severity for each in found)
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, str(heaviest))
        return mark.left()

    def _write(self, painter: QPainter, area: QRect, text: str, font: QFont, token: str, *, lines: int = 1) -> None:
        """Text in at most so many lines, cut short where it is longer."""
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width() * lines * 9 // 10)
        if lines == 1:
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, flags | Qt.TextFlag.TextWordWrap if lines > 1 else flags, shown)


def _too_long(text: str, font: QFont, width: int) -> bool:
    return QFontMetrics(font).horizontalAdvance(text) > width
