"""Below the matrix: what each person carries, and every letter that was changed by hand."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.messages import msg, number_of, words
from app.model.changes import ChangeSet
from app.model.commit import RaciOverride
from app.model.row import Row
from app.policy.holders import column_label
from app.policy.load import Load
from app.policy.raci import matrix
from ui.desk import Desk
from ui.steps.raci.content import short_name
from ui.theme import SECONDARY, Theme
from ui.widgets.basic import empty
from ui.widgets.flow import FlowLayout
from ui.widgets.row_list import RowItem, RowList
from ui.widgets.tips import plain_tip

_NAME, _NAME_AND_MORE, _BAR, _NUMBERS, _HEIGHT = 66, 190, 48, 76, 22


class LoadStrip(QWidget):
    """One bar for each person: rows answered for, and rows worked on, out of all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout = FlowLayout(self, spacing=8)
        self.bars: list[LoadBar] = []

    def show_loads(self, loads: tuple[Load, ...], rows: int) -> None:
        """Show the loads in their order, out of so many rows."""
        if len(loads) != len(self.bars):
            empty(self._layout)
            self.bars = [LoadBar(self._theme) for _ in loads]
            for bar in self.bars:
                self._layout.addWidget(bar)
        for bar, load in zip(self.bars, loads, strict=True):
            bar.show_load(load, rows)


class LoadBar(QWidget):
    """The load of one person, painted: A filled, R tinted, as in the matrix."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._load = Load("", "", (), 0, 0)
        self._rows = 1
        theme.changed.connect(self.updateGeometry)

    def show_load(self, load: Load, rows: int) -> None:
        if (load, rows) == (self._load, self._rows):
            return
        self._load, self._rows = load, max(rows, 1)
        said = msg(
            "{name}: accountable for {a} of {rows} rows, responsible for {r}, {hats}",
            name=load.name,
            a=load.accountable,
            r=load.responsible,
            rows=rows,
            hats=number_of(len(load.hats), "1 hat", "{count} hats"),
        )
        self.setAccessibleName(words(said))
        self.setToolTip(plain_tip(words(said)))
        self.updateGeometry()
        self.update()

    @property
    def _wide(self) -> int:
        """The room for the name: more where it takes more to tell it from another."""
        return _NAME_AND_MORE if "(" in short_name(self._load.name) else _NAME

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._wide + _BAR + _NUMBERS), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, height = self._theme, self._theme.px, self.height()
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter
        font = theme.font(SECONDARY, QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        wide = px(self._wide)
        name = QFontMetrics(font).elidedText(short_name(self._load.name), Qt.TextElideMode.ElideRight, wide - px(6))
        painter.drawText(QRect(0, 0, wide, height), middle, name)
        bar = QRect(wide, height // 2 - px(4), px(_BAR), px(8))
        painter.fillRect(bar, theme.colour("sunken"))
        both = min(self._load.accountable + self._load.responsible, self._rows)
        painter.fillRect(self._part(bar, both), theme.colour("accent_tint"))
        painter.fillRect(self._part(bar, self._load.accountable), theme.colour("accent"))
        painter.setFont(theme.font(SECONDARY))
        painter.setPen(theme.colour("ink_2"))
        said = f"A {self._load.accountable} · R {self._load.responsible}"
        painter.drawText(QRect(bar.right() + px(8), 0, px(_NUMBERS - 8), height), middle, said)
        painter.end()

    def _part(self, bar: QRect, rows: int) -> QRect:
        return QRect(bar.left(), bar.top(), bar.width() * rows // self._rows, bar.height())


class OverrideList(RowList):
    """The letters that were changed by hand, each called by the words of its row and its column."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, RaciOverride, empty="Nothing was changed by hand: every letter follows from the map.")
        # A letter is changed in its cell, where its row and its column are plain to see.
        for part in (self.adder, self.add_button):
            if part is not None:
                part.hide()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        super().follow(change_set, initiator)
        for row in self.rows():
            self.items[row.id].head.say(*called(self.desk, row))

    def _made(self, row: Row) -> RowItem:
        item = super()._made(row)
        item.head.say(*called(self.desk, row))
        return item


def called(desk: Desk, row: Row) -> tuple[str, str]:
    """The words for a change by hand: where it is, and what it says with its reason."""
    assert isinstance(row, RaciOverride)
    found = matrix(desk.document).row(row.activity)
    where = words(msg("A row that is not in the matrix")) if found is None else words(found.label)
    column = words(column_label(row.column)) if row.column else words("Not chosen yet")
    letter = row.letter or words("no letter")
    reason = row.reason or words("no reason given")
    return f"{where}, {column}", f"{letter}: {reason}"
