"""Points as a list, and beside it why the selected one matters and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.messages import Message
from app.rules.finding import Finding
from ui.desk import Desk
from ui.steps.readiness.detail import FindingDetail
from ui.steps.readiness.finding_list import FindingList
from ui.steps.readiness.model import FindingModel
from ui.widgets.basic import column, label

_BESIDE = 780
"""Pixels of width, at 100 %, from which the selected point is explained beside the list."""


class Points(QWidget):
    """Return goes to the place that answers the selected point; A accepts it, P promises it."""

    def __init__(self, desk: Desk, *, hint: Message, nothing: Message) -> None:
        super().__init__()
        self.desk = desk
        self.model = FindingModel(self)
        self.list = FindingList(desk.theme, self.model)
        self.detail = FindingDetail(desk)
        self._nothing = label(nothing, "tertiary", wrap=True)
        self._hint = label(hint, "tertiary", wrap=True)
        listed = QWidget()
        below = column(listed, spacing=8)
        for part in (self.list, self._nothing, self._hint):
            below.addWidget(part)
        below.addStretch()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(20)
        self._sides.addWidget(listed, 3)
        self._sides.addWidget(self.detail, 2)
        self.list.selected.connect(self.detail.show_finding)
        self.list.wanted.connect(desk.go_to)
        self.list.accept_wanted.connect(self._accept)
        self.list.promise_wanted.connect(self._promise)
        self.detail.left.connect(self.list.setFocus)

    def show_findings(self, findings: Sequence[Finding], level: str = "design") -> None:
        """Show these points as they weigh for this sign-off."""
        self.detail.level = level
        self.model.show_findings(findings)
        self._nothing.setVisible(not findings)
        for part in (self.list, self._hint, self.detail):
            part.setVisible(bool(findings))
        self.detail.show_finding(self.list.current())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.fit()
        beside = self.width() >= self.desk.theme.px(_BESIDE)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _accept(self, finding: Finding) -> None:
        self.detail.accept()

    def _promise(self, finding: Finding) -> None:
        self.detail.promise()
