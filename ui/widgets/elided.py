"""A label that gives way: its text is shortened with an ellipsis when there is no room."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.messages import Message, words
from ui.widgets.tips import plain_tip


class ElidedLabel(QLabel):
    """Plain text on one line, or on up to `lines` of them; the whole of it is in the tool tip and read aloud."""

    def __init__(self, text: Message | str = "", role: str = "", *, lines: int = 1) -> None:
        super().__init__()
        self._most = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)
        self.setText(words(text))

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain_tip(text))

    def hasHeightForWidth(self) -> bool:
        return self._most > 1

    def heightForWidth(self, width: int) -> int:
        return len(list(self.shown_lines(width))) * self.fontMetrics().lineSpacing()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def shown_lines(self, width: int) -> Iterator[str]:
        """The lines that fit this width, in pixels; the last one is shortened where the text goes on."""
        text, metrics = self.text(), self.fontMetrics()
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        for place in range(self._most):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            start, end = line.textStart(), line.textStart() + line.textLength()
            if place == self._most - 1:
                yield metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width)
            else:
                yield text[start:end]
        layout.endLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines, spacing = list(self.shown_lines(self.width())), self.fontMetrics().lineSpacing()
        top = (self.height() - len(lines) * spacing) // 2
        for place, line in enumerate(lines):
            area = QRect(0, top + place * spacing, self.width(), spacing)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), line)
        painter.end()
