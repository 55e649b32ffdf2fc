"""The dial: how closely one action is watched, as four stops from more human on the left to less on the right.

The same painting serves the dial as a widget and the dial in each row of the action table. A stop below the floor
is hatched; the current one is filled, red with a "!" when it is below the floor; a shaded band runs from the start
mode to the floor, with a padlock where the action never graduates (domain.md 3.6). Two approvers and "not permitted"
are states of the dial that a letter or the menu sets.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.messages import msg, words
from app.model import vocabulary as v
from app.policy.oversight import BARRED, DUAL, IN, ON, OUT, SHADOW, Oversight, looser_than, mode_label
from ui.icons import Icons
from ui.theme import SECONDARY, Theme
from ui.widgets.tips import plain_tip

STOPS = (SHADOW, IN, ON, OUT)
"""The four stops, always in this order."""

LETTERS = {"s": SHADOW, "i": IN, "2": DUAL, "o": ON, "u": OUT, "n": BARRED}
"""The letter that sets each mode; where the floor asks for two approvers, the stop "in" and its letter mean two."""

WIDTH, HEIGHT = 228, 32
"""The size of a dial in pixels at 100 % zoom."""

_WORDS = {SHADOW: "Shadow", IN: "In", ON: "On", OUT: "Out"}


@dataclass(frozen=True, slots=True)
class DialState:
    """What a dial shows. `mode` is empty until somebody chose one."""

    mode: str
    start: str
    floor: str
    never_graduates: bool = False

    @classmethod
    def of(cls, mode: str, implied: Oversight) -> DialState:
        """The state of a dial for an action in this mode, with what follows for it."""
        return cls(mode, implied.start, implied.floor, implied.never_graduates)

    @property
    def below_floor(self) -> bool:
        """Whether the current mode gives people less of a say than the floor does."""
        return bool(self.mode) and looser_than(self.mode, self.floor)

    @property
    def band(self) -> range:
        """The stops from the start mode to the floor; none where the action is not permitted."""
        if self.start not in _STOP_OF or self.floor not in _STOP_OF:
            return range(0)
        first, last = sorted((_STOP_OF[self.start], _STOP_OF[self.floor]))
        return range(first, last + 1)

    def mode_at(self, stop: int) -> str:
        """The mode that a stop stands for: "in" means two approvers where one would be below the floor."""
        return DUAL if STOPS[stop] == IN and self.floor == DUAL else STOPS[stop]

    def beside(self, steps: int) -> str:
        """The mode so many stops to the right; from no stop at all, the first to the right is Shadow."""
        place = _STOP_OF.get(self.mode, -1)
        return self.mode_at(max(0, min(place + steps, len(STOPS) - 1)))

    def said(self) -> str:
        """The state in words, as a screen reader says it."""
        mode, floor = mode_label(self.mode), mode_label(self.floor)
        if self.below_floor:
            return words(msg("{mode}, below its floor: {floor}", mode=mode, floor=floor))
        return words(msg("{mode}. Floor: {floor}", mode=mode, floor=floor))


_STOP_OF = {SHADOW: 0, DUAL: 1, IN: 1, ON: 2, OUT: 3}


def mode_for_key(event: QKeyEvent, state: DialState) -> str | None:
    """The mode that a key sets: Left and Right move, a letter picks; None for any other key."""
    if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return None
    if event.key() == Qt.Key.Key_Right:
        return state.beside(1)
    if event.key() == Qt.Key.Key_Left:
        return state.beside(-1)
    mode = LETTERS.get(event.text().lower())
    return state.mode_at(STOPS.index(IN)) if mode == IN else mode


def mode_menu(parent: QWidget, state: DialState) -> QMenu:
    """All six modes, each with what it means; the action's data is the mode."""
    menu = QMenu(parent)
    letters = {mode: letter.upper() for letter, mode in LETTERS.items()}
    for entry in v.MODES:
        mode = str(entry.value)
        below = words(" (below its floor)") if looser_than(mode, state.floor) else ""
        item = menu.addAction(f"{words(entry.label)}{below}\t{letters[mode]}")
        item.setToolTip(words(entry.hint))
        item.setCheckable(True)
        item.setChecked(mode == state.mode)
        item.setData(mode)
    menu.setToolTipsVisible(True)
    return menu


class DialPainter:
    """Draws dials with the colours and sizes of the theme, and knows which stop is where."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        self._theme = theme
        self._icons = icons

    def size(self) -> QSize:
        return QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))

    def place(self, within: QRect) -> QRect:
        """Where the dial stands in a cell: at the left, in the middle of the height."""
        place = QRect(within.topLeft(), self.size())
        place.moveTop(within.top() + (within.height() - place.height()) // 2)
        return place

    def stop_at(self, place: QRect, x: int) -> int | None:
        """The stop at this horizontal position."""
        if not place.left() <= x <= place.right():
            return None
        return min((x - place.left()) * len(STOPS) // place.width(), len(STOPS) - 1)

    def paint(self, painter: QPainter, place: QRect, state: DialState, *, focused: bool = False) -> None:
        """Draw one dial into its place."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(track, self._theme.px(7), self._theme.px(7))
        painter.setClipPath(outline)
        painter.fillPath(outline, self._theme.colour("card"))
        if state.mode == BARRED:
            self._paint_barred(painter, track, state)
        else:
            for stop in range(len(STOPS)):
                self._paint_stop(painter, track, stop, state)
            self._paint_band(painter, track, state)
        painter.setClipping(False)
        painter.strokePath(outline, QPen(self._theme.colour("edge"), 1))
        if focused:
            painter.strokePath(outline, QPen(self._theme.colour("ink"), self._theme.px(2)))
        painter.restore()

    def _cell(self, track: QRectF, stop: int) -> QRectF:
        width = track.width() / len(STOPS)
        return QRectF(track.left() + stop * width, track.top(), width, track.height())

    def _paint_stop(self, painter: QPainter, track: QRectF, stop: int, state: DialState) -> None:
        theme, cell, mode = self._theme, self._cell(track, stop), state.mode_at(stop)
        current = _STOP_OF.get(state.mode) == stop
        below = looser_than(state.mode if current else mode, state.floor)
        ink, weight = theme.colour("ink"), QFont.Weight.Normal
        if current:
            painter.fillRect(cell, theme.colour("bad" if below else "accent"))
            ink, weight = theme.colour("on_strong"), QFont.Weight.Bold
        elif below:
            hatch(painter, cell, theme.colour("edge"), theme.px(6))
            ink = theme.colour("ink_3")
        elif stop in state.band:
            painter.fillRect(cell, theme.colour("accent_soft"))
        if stop:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(cell.topLeft(), cell.bottomLeft())
        text = words("In ×2") if (state.mode if current else mode) == DUAL else words(_WORDS[STOPS[stop]])
        if below and current:
            text = f"! {text}"
        painter.setFont(theme.font(SECONDARY, weight))
        if below and not current:
            self._clear_behind(painter, cell, text)
        painter.setPen(ink)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)

    def _clear_behind(self, painter: QPainter, cell: QRectF, text: str) -> None:
        """Plain ground behind the word of a hatched stop, so that it can be read."""
        width, height = painter.fontMetrics().horizontalAdvance(text), painter.fontMetrics().height()
        ground = QRectF(0, 0, width + self._theme.px(8), height)
        ground.moveCenter(cell.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("card"))
        painter.drawRoundedRect(ground, self._theme.px(4), self._theme.px(4))

    def _paint_band(self, painter: QPainter, track: QRectF, state: DialState) -> None:
        """The way from the start mode (a dot) to the floor (the end of the band, or a padlock)."""
        height = self._theme.px(3)
        current = _STOP_OF.get(state.mode)
        for stop in state.band:
            cell = self._cell(track, stop)
            colour = self._theme.colour("on_strong" if stop == current else "accent")
            band = QRectF(cell.left() + height, cell.bottom() - height * 2, cell.width() - 2 * height, height)
            painter.fillRect(band, colour)
            if stop == _STOP_OF[state.start]:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(QPointF(band.left() + height, band.center().y()), height, height)
        if state.never_graduates and state.floor in _STOP_OF:
            cell = self._cell(track, _STOP_OF[state.floor])
            token = "on_strong" if _STOP_OF[state.floor] == current else "ink_2"
            lock = self._icons.pixmap("lock", token, 11)
            painter.drawPixmap(QPointF(cell.right() - self._theme.px(13), cell.top() + self._theme.px(3)), lock)

    def _paint_barred(self, painter: QPainter, track: QRectF, state: DialState) -> None:
        theme = self._theme
        painter.fillRect(track, theme.colour("sunken"))
        painter.setFont(theme.font(SECONDARY, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("ink"))
        painter.drawText(track, Qt.AlignmentFlag.AlignCenter, words(mode_label(state.mode)))


def hatch(painter: QPainter, area: QRectF, colour: QColor, gap: int) -> None:
    """Diagonal lines over an area: what is not allowed, or what nobody covers, where colour alone would say it."""
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(QBrush(colour), 1))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += gap
    painter.restore()


class Dial(QWidget):
    """One dial that takes the focus: Left and Right move it, S I 2 O U N pick a mode, a click picks a stop, the
    menu key offers all six. It never sets itself: `picked(mode)` asks for a mode, `show_state` shows what became of
    it."""

    picked = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = DialPainter(theme, icons)
        self._state = DialState("", SHADOW, OUT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words("Human oversight"))
        theme.changed.connect(self._restyle)

    @property
    def state(self) -> DialState:
        return self._state

    def show_state(self, state: DialState, subject: str) -> None:
        """Show a state; `subject` is what the action is called, for its name to a screen reader."""
        self._state = state
        self.setAccessibleName(
            words(msg("Human oversight of {action}: {state}", action=subject, state=mode_label(state.mode)))
        )
        self.setAccessibleDescription(state.said())
        self.setToolTip(plain_tip(state.said()))
        self.update()

    def sizeHint(self) -> QSize:
        return self._painter.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._painter.paint(painter, self.rect(), self._state, focused=self.hasFocus())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mode = mode_for_key(event, self._state)
        if mode is None:
            super().keyPressEvent(event)
        else:
            self.picked.emit(mode)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        stop = self._painter.stop_at(self.rect(), int(event.position().x()))
        if event.button() == Qt.MouseButton.LeftButton and stop is not None:
            self.picked.emit(self._state.mode_at(stop))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = mode_menu(self, self._state)
        chosen = menu.exec(event.globalPos())
        menu.deleteLater()
        if chosen is not None:
            self.picked.emit(chosen.data())

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
