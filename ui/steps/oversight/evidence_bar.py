"""Evidence as two bars: how many runs were reviewed on the way to the three looks, and how sure it is that few fail."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.messages import msg, words
from app.policy.graduation import Progress
from ui.steps.oversight.evidence_words import percent
from ui.theme import SECONDARY, Theme
from ui.widgets.dial import hatch
from ui.widgets.tips import plain_tip

_BAR, _SCALE, _GAP, _LEAST = 10, 19, 8, 180


class EvidenceBar(QWidget):
    """Above: reviewed runs, with a mark at each look. Below: the exact upper bound on the error rate against the
    limit, on a scale of twice the limit or more; what lies beyond the limit is hatched. The same in words for a
    screen reader."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._found: Progress | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_progress(self, found: Progress) -> None:
        self._found = found
        self.setAccessibleName(words("Evidence"))
        self.setAccessibleDescription(self.said())
        self.setToolTip(plain_tip(self.said()))
        self.update()

    def said(self) -> str:
        """Both bars in words."""
        found = self._found
        if found is None:
            return ""
        first, second, third = found.gate.looks
        looks = msg(
            "{runs} reviewed runs, looks at {first}, {second} and {third}",
            runs=found.totals.runs,
            first=first,
            second=second,
            third=third,
        )
        if found.error_bound is None:
            return words(looks)
        bound = percent(found.error_bound)
        return words(
            msg("{looks}. Error at most {bound} %, limit {limit} %", looks=looks, bound=bound, limit=found.gate.limit)
        )

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(_LEAST), 2 * px(_BAR + _SCALE) + px(_GAP))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_LEAST) // 2, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._found is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(SECONDARY, QFont.Weight.Medium))
        self._paint_runs(painter, self._found)
        self._paint_bound(painter, self._found)
        painter.end()

    def _paint_runs(self, painter: QPainter, found: Progress) -> None:
        track = self._track(0)
        most = found.gate.looks[-1]
        self._ground(painter, track)
        self._fill(painter, track, min(found.totals.runs / most, 1.0), self._theme.colour("accent"))
        for look in found.gate.looks:
            passed = found.totals.runs >= look
            self._mark(painter, track, look / most, str(look), "accent" if passed else "ink_2")

    def _paint_bound(self, painter: QPainter, found: Progress) -> None:
        track = self._track(1)
        limit = found.gate.limit / 100
        bound = found.error_bound
        most = max(2 * limit, 1.0 if bound is None else bound * 1.15)
        self._ground(painter, track)
        place = limit / most
        beyond = QRectF(track)
        beyond.setLeft(track.left() + track.width() * place)
        hatch(painter, beyond, self._theme.colour("edge"), self._theme.px(6))
        if bound is not None:
            token = "ok" if bound <= limit else "bad"
            self._fill(painter, track, min(bound / most, 1.0), self._theme.colour(token))
            # On the side on which the limit does not stand.
            side = Qt.AlignmentFlag.AlignLeft if place >= 0.5 else Qt.AlignmentFlag.AlignRight
            below = QRectF(track.left(), track.bottom() + self._theme.px(2), track.width(), self._theme.px(_SCALE - 2))
            painter.setPen(self._theme.colour(token))
            text = words(msg("at most {bound} %", bound=percent(bound)))
            painter.drawText(below, side | Qt.AlignmentFlag.AlignVCenter, text)
        self._mark(painter, track, place, words(msg("limit {limit} %", limit=found.gate.limit)), "ink_2")

    def _track(self, row: int) -> QRectF:
        px = self._theme.px
        top = row * px(_BAR + _SCALE + _GAP)
        return QRectF(0.5, top + 0.5, self.width() - 1, px(_BAR) - 1)

    def _ground(self, painter: QPainter, track: QRectF) -> None:
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRect(track)

    def _fill(self, painter: QPainter, track: QRectF, share: float, colour: QColor) -> None:
        painter.fillRect(QRectF(track.left(), track.top(), track.width() * share, track.height()), colour)

    def _mark(self, painter: QPainter, track: QRectF, place: float, text: str, token: str) -> None:
        """A line across the bar and its number below it, kept within the widget."""
        px = self._theme.px
        x = track.left() + track.width() * place
        painter.setPen(QPen(self._theme.colour("ink"), px(2)))
        end = min(x, track.right() - 1)
        painter.drawLine(QPointF(end, track.top()), QPointF(end, track.bottom() + px(3)))
        width = painter.fontMetrics().horizontalAdvance(text) + px(4)
        left = max(0.0, min(x - width / 2, self.width() - width))
        painter.setPen(self._theme.colour(token))
        area = QRectF(left, track.bottom() + px(2), width, px(_SCALE) - px(2))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
