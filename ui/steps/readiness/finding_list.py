"""The list of findings, painted: the word for the weight, the question, what is open, and the code at the end."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QScrollArea, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.messages import words
from app.rules.finding import Finding
from ui.findings import TOKENS
from ui.steps.readiness.model import ENTRY_ROLE, FindingModel, Heading, weight_words
from ui.theme import BODY, SECONDARY, Theme

Index = QModelIndex | QPersistentModelIndex

_ROW, _HEADING, _CHIP = 48, 34, 78
_TALLEST, _LOWEST = 520, 90


class FindingList(QListView):
    """Up and Down, Home and End, PgUp and PgDn select, Return goes to the place, A accepts, P promises."""

    selected = Signal(object)
    """The Finding that is selected now, or None."""

    wanted = Signal(object)
    accept_wanted = Signal(object)
    promise_wanted = Signal(object)

    def __init__(self, theme: Theme, model: FindingModel) -> None:
        super().__init__()
        self._theme = theme
        self.findings_model = model
        self._key: tuple[str, str] | None = None
        self._row = 0
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words("Open points"))
        self.doubleClicked.connect(self._double_clicked)
        model.modelReset.connect(self._restore)
        self.selectionModel().currentChanged.connect(self._current_changed)
        theme.changed.connect(self.fit)
        self.fit()

    def current(self) -> Finding | None:
        """The finding that is selected."""
        return self.findings_model.finding(self.currentIndex().row())

    def select(self, key: tuple[str, str]) -> bool:
        """Select the finding with this key; False when it is not in the list."""
        row = self.findings_model.row_of(key)
        if row is not None:
            self._go_to(row)
            # With what stands around it, and where the foot of a low window does not cover it.
            self.scrollTo(self.currentIndex(), QListView.ScrollHint.PositionAtCenter)
        return row is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        finding = self.current()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        leap = self._leap(Qt.Key(event.key()))
        if step is not None:
            self._walk(step)
        elif leap:
            self._leap_by(leap)
        elif finding is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(finding)
        elif finding is not None and event.key() == Qt.Key.Key_A and not event.modifiers():
            self.accept_wanted.emit(finding)
        elif finding is not None and event.key() == Qt.Key.Key_P and not event.modifiers():
            self.promise_wanted.emit(finding)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        row = self.currentIndex().row() + step
        while 0 <= row < self.findings_model.rowCount() and self.findings_model.is_heading(row):
            row += step
        if 0 <= row < self.findings_model.rowCount():
            self._go_to(row)

    def _leap(self, key: Qt.Key) -> int:
        """How many rows Home, End, PgUp and PgDn go, headings included; 0 for any other key."""
        count, page = self.findings_model.rowCount(), max(2, self.viewport().height() // self._theme.px(_ROW) - 1)
        keys = {Qt.Key.Key_Home: -count, Qt.Key.Key_End: count, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        return keys.get(key, 0)

    def _leap_by(self, rows: int) -> None:
        row = self.findings_model.nearest(self.currentIndex().row() + rows)
        if row is not None:
            self._go_to(row)
            if self.findings_model.is_first(row):
                self.scrollToTop()

    def _go_to(self, row: int) -> None:
        index = self.findings_model.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        if self.hasFocus():
            self._bring_into_sight(index)

    def _bring_into_sight(self, index: QModelIndex) -> None:
        """The list may be taller than what is in sight of the page: the page scrolls along."""
        row = self.visualRect(index)
        for outer in self._areas():
            inside = outer.widget()
            if inside is not None:
                at = self.viewport().mapTo(inside, row.center())
                outer.ensureVisible(at.x(), at.y(), 0, row.height())

    def _areas(self) -> list[QScrollArea]:
        """Whatever scrolls around the list, from the inside out."""
        found = []
        outer = self.parentWidget()
        while outer is not None:
            if isinstance(outer, QScrollArea):
                found.append(outer)
            outer = outer.parentWidget()
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def _restore(self) -> None:
        """Keep the selection where it was: the same finding, or the one that took its place."""
        self.fit()
        row = self.findings_model.row_of(self._key) if self._key else None
        if row is None:
            row = self.findings_model.nearest(self._row)
        if row is None:
            self._key = None
            self.selected.emit(None)
        else:
            self._go_to(row)

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        finding = self.findings_model.finding(current.row())
        if finding is not None:
            self._key, self._row = finding.key, current.row()
            self.selected.emit(finding)

    def _double_clicked(self, index: QModelIndex) -> None:
        finding = self.findings_model.finding(index.row())
        if finding is not None:
            self.wanted.emit(finding)

    def fit(self) -> None:
        """As high as its rows, and no higher than what the page shows at once: the page scrolls, and beyond that the
        list does."""
        px, model = self._theme.px, self.findings_model
        areas = [outer.viewport().height() - px(_HEADING) for outer in self._areas()]
        most = min([px(_TALLEST), *(area for area in areas if self.isVisible())])
        heights = (px(_HEADING) if model.is_heading(row) else px(_ROW) for row in range(min(model.rowCount(), 24)))
        self.setFixedHeight(max(px(_LOWEST), min(sum(heights) + 4, most)))
        self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(ENTRY_ROLE), Heading)
        return QSize(100, self._theme.px(_HEADING if heading else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, cell = index.data(ENTRY_ROLE), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, Heading):
            self._paint_heading(painter, cell, entry)
        elif isinstance(entry, Finding):
            self._paint_ground(painter, cell, option)
            self._paint_finding(painter, cell, entry)
        painter.restore()

    def _paint_heading(self, painter: QPainter, cell: QRect, entry: Heading) -> None:
        px = self._theme.px
        area = cell.adjusted(px(14), px(6), -px(12), 0)
        font = self._theme.font(SECONDARY, QFont.Weight.DemiBold)
        self._write(painter, area, f"{words(entry.title)}  {entry.count}", font, "ink_3")

    def _paint_ground(self, painter: QPainter, cell: QRect, option: QStyleOptionViewItem) -> None:
        theme, px = self._theme, self._theme.px
        area = cell.adjusted(px(4), px(1), -px(4), -px(1))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(area, px(6), px(6))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(theme.colour("accent"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(area, px(6), px(6))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(area, px(6), px(6))

    def _paint_finding(self, painter: QPainter, cell: QRect, finding: Finding) -> None:
        theme, px = self._theme, self._theme.px
        token = "ok" if finding.accepted or finding.eased else TOKENS[finding.severity]
        chip = QRect(cell.left() + px(14), cell.top() + px(8), px(_CHIP), px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken" if token == "ink_3" else f"{token}_soft"))
        painter.drawRoundedRect(chip, px(10), px(10))
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("ink_2" if token == "ink_3" else token))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, weight_words(finding))
        painter.setFont(theme.font(SECONDARY))
        code_width = painter.fontMetrics().horizontalAdvance(finding.code) + px(4)
        code = QRect(cell.right() - px(14) - code_width, cell.top() + px(8), code_width, px(20))
        self._write(painter, code, finding.code, theme.font(SECONDARY), "ink_3")
        left = chip.right() + px(12)
        upper = QRect(left, cell.top() + px(6), code.left() - left - px(8), px(20))
        lower = QRect(left, cell.top() + px(25), cell.right() - px(14) - left, px(18))
        self._write(painter, upper, words(finding.question), theme.font(BODY, QFont.Weight.Medium), "ink")
        self._write(painter, lower, words(finding.detail), theme.font(SECONDARY), "ink_2")

    def _write(self, painter: QPainter, area: QRect, text: str, font: QFont, token: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(area.width(), 0))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
