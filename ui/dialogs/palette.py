"""Find or do: one line that finds steps, people, actions and everything else with a name, and does any command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QWidget

from app.messages import msg, words
from app.model.fields import Scope
from app.model.kinds import ALL
from app.steps import BY_ID, STEPS
from ui.desk import Desk
from ui.widgets.basic import column, label
from ui.widgets.editors.typing import Line

SHOWN = 60
FIRST = ("person", "action")
"""Kinds whose rows are found before all others."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to find: its words, what it is, and what choosing it does."""

    text: str
    detail: str
    act: Callable[[], object]


class Palette(QDialog):
    """Opens over the window; Return takes the marked entry, Esc goes away."""

    def __init__(self, desk: Desk, commands: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.desk = desk
        self.setWindowTitle(words("Find or do"))
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._all = [*_steps(desk), *commands, *_rows(desk)]
        self._found: list[Entry] = []
        layout = column(self, margins=(12, 12, 12, 12), spacing=8)
        self.line = PaletteLine(self)
        self.line.setProperty("role", "search")
        self.line.setPlaceholderText(words("A step, a name, an action, or something to do"))
        self.line.setAccessibleName(words("Find or do"))
        self.line.textChanged.connect(self.search)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(words("Found"))
        self.list.clicked.connect(self.take)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        self.nothing = label("Nothing here is called that.", "secondary", wrap=True)
        layout.addWidget(self.nothing)
        layout.addStretch()
        px = desk.theme.px
        width = min(px(620), parent.width() - 40)
        self.resize(width, min(px(440), parent.height() - 80))
        self.move(parent.mapToGlobal(QPoint((parent.width() - width) // 2, px(60))))
        self.search("")

    def search(self, typed: str) -> None:
        """Show what fits: every word typed is somewhere in it; what begins with it comes first."""
        parts = typed.casefold().split()
        found = [e for e in self._all if all(part in f"{e.text} {e.detail}".casefold() for part in parts)]
        if parts:
            found.sort(key=lambda e: not e.text.casefold().startswith(parts[0]))
        self._found = found[:SHOWN]
        self.list.clear()
        # Texts, not items: an item made here would have a Python wrapper that clear() pulls the ground from.
        self.list.addItems([f"{entry.text}   {entry.detail}" if entry.detail else entry.text for entry in self._found])
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._found))
        self.nothing.setVisible(not self._found)
        self.line.setAccessibleDescription("" if self._found else self.nothing.text())

    def walk(self, by: int) -> None:
        self.list.setCurrentRow(max(0, min(self.list.currentRow() + by, self.list.count() - 1)))

    def take(self, *clicked: object) -> None:
        """Do what the marked entry stands for, once this dialog is gone."""
        place = self.list.currentRow()
        if 0 <= place < len(self._found):
            act = self._found[place].act
            self.close()
            act()


class PaletteLine(Line):
    """The line of the palette; it keeps the focus and drives the list."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            self._palette.walk(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._palette.take()
        elif key == Qt.Key.Key_Escape:
            self._palette.close()
        else:
            super().keyPressEvent(event)


def _steps(desk: Desk) -> list[Entry]:
    def going(step: str) -> Callable[[], object]:
        return lambda: desk.open_place(step)

    return [Entry(words(step.title), words(msg("Step {number}", number=step.number)), going(step.id)) for step in STEPS]


def _rows(desk: Desk) -> list[Entry]:
    def going(step: str, row_id: str) -> Callable[[], object]:
        return lambda: desk.open_place(step, row_id)

    found = []
    kinds = sorted(ALL, key=lambda row_class: row_class.spec.kind not in FIRST)
    for row_class in kinds:
        spec = row_class.spec
        if spec.singleton or spec.scope in (Scope.SIGNOFF, Scope.PRIVATE):
            continue
        for row in desk.document.rows(row_class):
            if called := words(row.called()):
                detail = f"{words(spec.one)} · {words(BY_ID[spec.step].title)}"
                found.append(Entry(called, detail, going(spec.step, row.id)))
    return found
