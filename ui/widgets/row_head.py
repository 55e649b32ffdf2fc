"""The line of a row in a list: its title, what is known of it, and what is open about it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.messages import words
from app.rules.finding import Finding
from ui.findings import TOKENS, weighed
from ui.theme import BODY, SECONDARY, Theme

WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)


class RowHead(QAbstractButton):
    """The line of a row, painted as one thing, so that hundreds of them stay light."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines = 1
        self.title = ""
        self.summary = ""
        self._open = False
        self._found: list[Finding] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def take_lines(self, lines: int) -> None:
        """Let the title take several lines, as it must in a narrow list; there is no summary then."""
        self.lines = lines
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)

    def say(self, title: str, told: str) -> None:
        if (title, told) != (self.title, self.summary):
            self.title, self.summary = title, told
            self._name()
            self.updateGeometry()
            self.update()

    def mark(self, found: list[Finding]) -> None:
        """Show how many open findings of each weight there are about the row, in the colour of the heaviest."""
        if found != self._found:
            self._found = found
            self._name()
            self.update()

    def set_open(self, opened: bool) -> None:
        self._open = opened
        self._name()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return self.lines > 1

    def heightForWidth(self, width: int) -> int:
        metrics = QFontMetrics(self._theme.font(BODY, QFont.Weight.Medium))
        room = max(width - self._theme.px(36), 40)
        height = metrics.boundingRect(QRect(0, 0, room, 1000), WRAPPED, self.title).height()
        return max(self._theme.px(40), min(height, self.lines * metrics.lineSpacing()) + self._theme.px(14))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(40))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect()
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.drawRoundedRect(area.adjusted(1, 1, -2, -2), px(6), px(6))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), px(6), px(6))
        left, right = px(8), area.width() - px(10)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour("ink_3"))
        painter.setFont(theme.font(SECONDARY))
        painter.drawText(QRect(left, 0, px(16), area.height()), middle, "▾" if self._open else "▸")
        left += px(18)
        if self._found:
            right = self._paint_mark(painter, right) - px(8)
        if self.lines > 1:
            painter.setFont(theme.font(BODY, QFont.Weight.Medium))
            painter.setPen(theme.colour("ink"))
            painter.drawText(QRect(left, px(4), right - left, area.height() - px(8)), WRAPPED, self.title)
            painter.end()
            return
        title_font = theme.font(BODY, QFont.Weight.DemiBold)
        painter.setFont(title_font)
        painter.setPen(theme.colour("ink"))
        wanted = QFontMetrics(title_font).horizontalAdvance(self.title) + 2
        width = min(wanted, right - left)
        shown = QFontMetrics(title_font).elidedText(self.title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, 0, width, area.height()), middle, shown)
        left += width + px(12)
        if self.summary and not self._open and right - left > px(40):
            font = theme.font(SECONDARY)
            painter.setFont(font)
            painter.setPen(theme.colour("ink_2"))
            told = QFontMetrics(font).elidedText(self.summary, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(QRect(left, 0, right - left, area.height()), middle, told)
        painter.end()

    def _paint_mark(self, painter: QPainter, right: int) -> int:
        theme, px = self._theme, self._theme.px
        said = weighed(self._found)
        font = theme.font(12, QFont.Weight.DemiBold)
        width = QFontMetrics(font).horizontalAdvance(said) + px(14)
        box = QRect(right - width, (self.height() - px(20)) // 2, width, px(20))
        token = TOKENS[self._found[0].severity]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken" if token == "ink_3" else f"{token}_soft"))
        painter.drawRoundedRect(box, px(10), px(10))
        painter.setPen(theme.colour(token))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)
        return box.left()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.title}, {self.summary}" if self.summary else self.title)
        state = words("open") if self._open else words("closed")
        self.setAccessibleDescription(", ".join(part for part in (state, weighed(self._found)) if part))
