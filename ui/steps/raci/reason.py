"""The bar below the matrix that asks why a letter is changed: Return sets it, Esc leaves it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from app.messages import Message, words
from ui.widgets.basic import button, label, line, set_text
from ui.widgets.editors.typing import Line


class ReasonBar(QFrame):
    """Asks once and goes away again."""

    answered = Signal(object)
    """The reason, maybe empty."""

    left = Signal()
    """Nobody wants the change any more."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "row-open")
        row = line(self, margins=(14, 6, 8, 6), spacing=10)
        self._question = label("", "heading")
        self.reason = Line()
        self.reason.setPlaceholderText(words("One line is enough. Return sets it, Esc leaves it as it was."))
        self.reason.setMaxLength(500)
        self.reason.returnPressed.connect(self._answer)
        self._set = button("Set it", "primary")
        self._set.clicked.connect(self._answer)
        self._leave = button("Leave it", "quiet")
        self._leave.clicked.connect(self._go)
        for part, stretch in ((self._question, 0), (self.reason, 1), (self._set, 0), (self._leave, 0)):
            row.addWidget(part, stretch)
        self.hide()

    def ask(self, question: Message, reason: str) -> None:
        """Ask why, with the reason that stands there so far."""
        set_text(self._question, question)
        self.reason.setAccessibleName(words(question))
        self.reason.show_text(reason)
        self.show()
        self.reason.setFocus()
        self.reason.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._go()
        else:
            super().keyPressEvent(event)

    def _answer(self) -> None:
        self.hide()
        self.answered.emit(self.reason.text().strip())

    def _go(self) -> None:
        self.hide()
        self.left.emit()
