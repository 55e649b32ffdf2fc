"""What is open about a field, below it: the finding in a line, and the way to promise it where a promise is enough."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.messages import msg, words
from app.rules.finding import Finding
from app.rules.promises import may_be_promised
from ui.desk import Desk
from ui.findings import ROLES, said
from ui.widgets.basic import button, label, line, set_role, set_text
from ui.widgets.tips import plain_tip


class FoundLine(QWidget):
    """One finding; its button asks for the form of a promise (domain.md 0.11, the "c" of 1.13)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._finding: Finding | None = None
        row = line(self, spacing=8)
        self.said = label("", "warn", wrap=True)
        self.promise = button("Promise …", "chip", tip="Say who answers it by when; for the design that is enough")
        self.promise.clicked.connect(self._promise)
        row.addWidget(self.said, 1)
        row.addWidget(self.promise)

    def show_finding(self, finding: Finding) -> None:
        """Say another finding, or what has become of it."""
        self._finding = finding
        set_text(self.said, said(finding))
        set_role(self.said, ROLES[finding.severity])
        self.said.setToolTip(plain_tip(words(finding.detail)))
        self.promise.setVisible(may_be_promised(self._desk.document, finding))
        self.promise.setAccessibleName(words(msg("Promise: {question}", question=finding.question)))

    def _promise(self) -> None:
        if self._finding is not None:
            self._desk.promise_wanted.emit(self._finding)
