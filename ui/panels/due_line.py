"""The next thing that is due, in one line that leads to it: "Next: 24 Nov 2026 · Weekly performance and failures"."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.messages import msg, words
from app.policy.due import Due, due_next
from app.rules.promises import kept
from ui.desk import Desk
from ui.widgets.tips import plain_tip

SETTLE = 400
"""Milliseconds after the last edit before it is worked out anew: what is due does not change with every key."""


WIDEST = 270
"""Pixels, at 100 %, that it takes at most: the question at the left comes first."""


class DueLine(QPushButton):
    """Shortened where there is little room; the whole of it is in the tool tip and read aloud."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.due: Due | None = None
        self._said = ""
        self._narrow = False
        self.setProperty("role", "quiet")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.clicked.connect(self._go)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE)
        self._soon.timeout.connect(self.show_next)
        desk.workspace.changed.connect(self._changed)
        self.show_next()

    def show_next(self) -> None:
        """Say what is due next, today; nothing where nothing has a day."""
        today = self.desk.today()
        answered = kept(self.desk.document, self.desk.workspace.findings.all)
        self.due = next((due for due in due_next(self.desk.document, today, answered) if due.on), None)
        self.setVisible(self.due is not None and not self._narrow)
        if self.due is None:
            return
        params = {"day": self.due.when, "what": self.due.what}
        said = msg("Overdue: {day} · {what}", **params) if self.due.overdue else msg("Next: {day} · {what}", **params)
        self._said = words(said)
        self.setAccessibleName(self._said)
        who = self.desk.document.called(self.due.who)
        self.setToolTip(plain_tip(f"{self._said} · {who}" if who else self._said))
        self._elide()
        self.updateGeometry()

    def make_narrow(self, narrow: bool) -> None:
        """Stay out of the way where there is little room."""
        self._narrow = narrow
        self.setVisible(self.due is not None and not narrow)

    def sizeHint(self) -> QSize:
        wanted = self.fontMetrics().horizontalAdvance(self._said) + self._spare()
        return QSize(min(wanted, self.desk.theme.px(WIDEST)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.desk.theme.px(60), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - self._spare()
        shown = self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, max(room, 0))
        self.setText(shown.replace("&", "&&"))

    def _spare(self) -> int:
        """The width that a button needs around its text."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())

    def _changed(self, *change: object) -> None:
        self._soon.start()

    def _go(self) -> None:
        if self.due is not None:
            self.desk.open_place(self.due.step, self.due.subject, self.due.field)
