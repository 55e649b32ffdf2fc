"""The map of the actions: how hard each is to take back, against how bad one mistake is; the floor of every field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.messages import msg, words
from app.model import vocabulary as v
from app.policy.oversight import DUAL, FLOORS, IN, ON, mode_label
from ui.steps.oversight.standing import short_label
from ui.theme import SECONDARY, Theme
from ui.widgets.dial import hatch
from ui.widgets.tips import plain_tip

SIDE = 4
"""Four levels of reversibility down, four of severity across."""

_LABEL, _HEAD, _CHIP, _GAP, _LEAST, _CAPTION = 104, 24, 22, 3, 92, 20
_HATCHES = {ON: 0, IN: 14, DUAL: 7}
"""The stricter the floor, the denser its lines; none where it may act alone."""


class Chip(NamedTuple):
    """One action on the map: where it stands, what it is called, its own floor, and whether its mode is looser than
    that or lost."""

    action_id: str
    reversibility: int
    severity: int
    name: str
    floor: str
    alarm: bool


class RiskMap(QWidget):
    """Arrow keys walk from field to field, Return takes the next action in one, Esc goes back to the table."""

    picked = Signal(object)
    """The id of an action."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chips: dict[tuple[int, int], list[Chip]] = {}
        self._at = (SIDE - 1, 0)
        self._current: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words("Map of the actions by reversibility and severity"))
        theme.changed.connect(self._restyle)

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these actions; on each field those first that need a look."""
        found: dict[tuple[int, int], list[Chip]] = {}
        for chip in sorted(chips, key=lambda chip: not chip.alarm):
            found.setdefault((chip.reversibility, chip.severity), []).append(chip)
        if found != self._chips:
            self._chips = found
            self._say()
            self.update()

    def show_current(self, action_id: str | None) -> None:
        """Mark the action that is shown beside the map, and stand on its field."""
        self._current = action_id
        place = next((at for at, chips in self._chips.items() if any(c.action_id == action_id for c in chips)), None)
        self._at = place or self._at
        self._say()
        self.update()

    def said(self, reversibility: int, severity: int) -> str:
        """A field in words: where it is, its floor, and the actions on it."""
        chips = self._chips.get((reversibility, severity), [])
        names = ", ".join(chip.name for chip in chips[:20])
        place = msg(
            "{reversibility}, severity {severity}. Floor: {floor}.",
            reversibility=msg(v.REVERSIBILITY[reversibility].label),
            severity=severity,
            floor=mode_label(FLOORS[reversibility][severity]),
        )
        if not chips:
            return words(msg("{place} No action.", place=place))
        return words(msg("{place} Actions: {count}. {names}", place=place, count=len(chips), names=names))

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(_LABEL + SIDE * 130), px(_HEAD + _CAPTION + SIDE * (_LEAST + 20)))

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(_LABEL + SIDE * 70), px(_HEAD + _CAPTION + SIDE * _LEAST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (1, 0),
            Qt.Key.Key_Down: (-1, 0),
        }
        key = Qt.Key(event.key())
        if key in steps:
            down, across = steps[key]
            self._at = max(0, min(self._at[0] + down, SIDE - 1)), max(0, min(self._at[1] + across, SIDE - 1))
            self._say()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._next_here()
        elif key == Qt.Key.Key_Escape or event.text().lower() == "m":
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at in ((row, column) for row in range(SIDE) for column in range(SIDE)):
            if not self._cell(*at).contains(event.position()):
                continue
            self._at = at
            hit = [c for n, c in enumerate(self._shown(at)) if self._place(at, n).contains(event.position())]
            if hit:
                self.picked.emit(hit[0].action_id)
            self._say()
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_labels(painter)
        for row in range(SIDE):
            for column in range(SIDE):
                self._paint_cell(painter, (row, column))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("ink"), self._theme.px(2)))
            painter.drawRoundedRect(self._cell(*self._at).adjusted(1, 1, -1, -1), self._theme.px(6), self._theme.px(6))
        painter.end()

    # --- the parts ---

    def _next_here(self) -> None:
        """The next action on this field, the first after the last."""
        ids = [chip.action_id for chip in self._chips.get(self._at, [])]
        if ids:
            place = ids.index(self._current) + 1 if self._current in ids else 0
            self.picked.emit(ids[place % len(ids)])

    def _cell(self, reversibility: int, severity: int) -> QRectF:
        """The hardest to take back stands at the top, the worst at the right."""
        px = self._theme.px
        width = (self.width() - px(_LABEL)) / SIDE
        height = (self.height() - px(_HEAD) - px(_CAPTION)) / SIDE
        cell = QRectF(px(_LABEL) + severity * width, px(_HEAD) + (SIDE - 1 - reversibility) * height, width, height)
        return cell.adjusted(2, 2, -2, -2)

    def _shown(self, at: tuple[int, int]) -> list[Chip]:
        """The chips of a field that fit, the current one among them; a line is kept for how many more there are."""
        px, chips = self._theme.px, self._chips.get(at, [])
        room = max(int((self._cell(*at).height() - px(_CAPTION)) // px(_CHIP + _GAP)), 2)
        if len(chips) <= room:
            return chips
        current = next((n for n, chip in enumerate(chips) if chip.action_id == self._current), 0)
        first = max(0, current - room + 2)
        return chips[first : first + room - 1]

    def _place(self, at: tuple[int, int], number: int) -> QRectF:
        px, cell = self._theme.px, self._cell(*at)
        top = cell.top() + px(_CAPTION) + number * px(_CHIP + _GAP)
        return QRectF(cell.left() + px(5), top, cell.width() - px(10), px(_CHIP))

    def _paint_labels(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font(SECONDARY, QFont.Weight.Medium))
        painter.setPen(theme.colour("ink_2"))
        for severity in range(SIDE):
            cell = self._cell(SIDE - 1, severity)
            area = QRectF(cell.left(), 0, cell.width(), px(_HEAD))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words(msg("Severity {level}", level=severity)))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        for reversibility, entry in enumerate(v.REVERSIBILITY):
            cell = self._cell(reversibility, 0)
            painter.drawText(QRectF(0, cell.top(), px(_LABEL - 8), cell.height()), int(flags), words(entry.label))

    def _paint_cell(self, painter: QPainter, at: tuple[int, int]) -> None:
        theme, px, cell = self._theme, self._theme.px, self._cell(*at)
        floor = FLOORS[at[0]][at[1]]
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("sunken" if floor in _HATCHES else "card"))
        painter.drawRoundedRect(cell, px(6), px(6))
        if _HATCHES.get(floor):
            hatch(painter, cell.adjusted(1, 1, -1, -1), theme.colour("edge"), px(_HATCHES[floor]))
        painter.setFont(theme.font(SECONDARY, QFont.Weight.DemiBold))
        text = words(short_label(floor))
        ground = QRectF(cell.left() + px(5), cell.top() + px(2), 0, px(_CAPTION) - px(3))
        ground.setWidth(painter.fontMetrics().horizontalAdvance(text) + px(8))
        painter.fillRect(ground, theme.colour("sunken" if floor in _HATCHES else "card"))
        painter.setPen(theme.colour("ink_2"))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)
        shown = self._shown(at)
        for number, chip in enumerate(shown):
            self._paint_chip(painter, self._place(at, number), chip, floor)
        left = len(self._chips.get(at, [])) - len(shown)
        if left:
            painter.setPen(theme.colour("ink_2"))
            place = self._place(at, len(shown))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words(msg("{count} more", count=left)))

    def _paint_chip(self, painter: QPainter, place: QRectF, chip: Chip, floor: str) -> None:
        """Its name; before it a mark where its mode is wrong, behind it its own floor where that is another one."""
        theme, px = self._theme, self._theme.px
        current = chip.action_id == self._current
        painter.setBrush(theme.colour("accent" if current else "card"))
        painter.setPen(QPen(theme.colour("bad" if chip.alarm else "edge"), px(2) if chip.alarm else 1))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
        own = "" if chip.floor == floor else f" · {words(short_label(chip.floor))}"
        text = f"{'! ' if chip.alarm else ''}{chip.name}"
        painter.setFont(theme.font(SECONDARY))
        metrics, room = painter.fontMetrics(), int(place.width()) - px(12)
        if 2 * metrics.horizontalAdvance(own) > room:
            own = ""
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - metrics.horizontalAdvance(own)) + own
        painter.setPen(theme.colour("on_strong" if current else "ink"))
        start = QPointF(place.left() + px(6), place.top())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(start.x(), start.y(), room, place.height()), flags, shown)

    def _say(self) -> None:
        self.setAccessibleDescription(self.said(*self._at))
        self.setToolTip(plain_tip(self.said(*self._at)))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
