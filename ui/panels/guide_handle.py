"""The edge of the guide while it is away: how much is open here, and that F1 brings it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.messages import msg, words
from app.steps import Step
from ui.desk import Desk
from ui.findings import Findings
from ui.panels.guide import still_open
from ui.theme import SECONDARY
from ui.widgets.tips import plain_tip

WIDTH = 26
"""Pixels at 100 %."""


class GuideHandle(QAbstractButton):
    """One line that stands upright along the edge of the window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._step: Step | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setToolTip(plain_tip(words("Show the guide: what to ask, what to listen for, and what is open (F1)")))
        desk.theme.changed.connect(self.updateGeometry)
        desk.workspace.findings_changed.connect(self.show_findings)

    def show_step(self, step: Step) -> None:
        """Say how much is open on this step."""
        self._step = step
        self.show_findings(self._desk.workspace.findings)

    def show_findings(self, findings: Findings) -> None:
        if self._step is None:
            return
        said = words(msg("Guide (F1) · {open}", open=still_open(findings.on(self._step.id))))
        if said != self.text():
            self.setText(said)
            self.setAccessibleName(said)

    def sizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(WIDTH), self._desk.theme.px(WIDTH))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._desk.theme, self._desk.theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sunken" if self.underMouse() else "card"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(self.rect().topLeft(), self.rect().bottomLeft())
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.setFont(theme.font(SECONDARY, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("ink_2"))
        # Turned, so that it is read from above: across is down, and the foot of the letters is to the left.
        painter.translate(self.width(), 0)
        painter.rotate(90)
        line = QRect(px(20), 0, self.height() - px(40), self.width())
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.end()
