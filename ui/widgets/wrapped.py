"""A button whose words may take several lines, as Qt's own do not."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import SECONDARY, Theme

FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
TOKENS = {"bad": "bad", "warn": "warn", "ok": "ok", "tertiary": "ink_3", "": "ink_2"}


class WrappedButton(QAbstractButton):
    """A small word in a colour above, what it is about below."""

    def __init__(self, theme: Theme, over: str, text: str, role: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._over = over
        self._token = TOKENS[role]
        self.setText(text)
        # An ampersand in the text is a letter, not a key.
        self.setShortcut(QKeySequence())
        self.setAccessibleName(f"{over}: {text}" if over else text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = self._theme.px
        inner = max(width - px(20), px(60))
        return _height(self._theme.font(13), self.text(), inner) + self._over_height(inner) + px(12)

    def _over_height(self, width: int) -> int:
        """The height of the small words, which break into lines too."""
        return _height(self._theme.font(SECONDARY, QFont.Weight.DemiBold), self._over, width) if self._over else 0

    def sizeHint(self) -> QSize:
        width = self._theme.px(230)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -2, -2)
        painter.setPen(theme.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken") if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, px(6), px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._token))
        painter.drawRoundedRect(QRect(0, px(6), px(3), self.height() - px(12)), 1, 1)
        left, top, width = px(10), px(5), max(self.width() - px(20), px(60))
        if self._over:
            painter.setFont(theme.font(SECONDARY, QFont.Weight.DemiBold))
            painter.setPen(theme.colour(self._token))
            height = self._over_height(width)
            painter.drawText(QRect(left, top, width, height), FLAGS, self._over)
            top += height
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRect(left, top, width, self.height() - top), FLAGS, self.text())
        painter.end()


def _height(font: QFont, text: str, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), FLAGS, text).height()
