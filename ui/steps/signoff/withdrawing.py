"""Withdrawing a revision before its last signature, with a name and a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.messages import msg, words
from app.revisions.signoff import withdraw
from ui.desk import Desk
from ui.widgets.basic import Fold, button, column, label
from ui.widgets.editors.typing import Line
from ui.widgets.untaken import SIGNING


class WithdrawPanel(QWidget):
    """Folded away until somebody wants it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.by = Line()
        self.why = Line()
        self.fold = Fold(msg("Withdraw this revision"), self._made)
        column(self).addWidget(self.fold)

    def withdraw(self) -> None:
        """Withdraw, or say what is missing."""
        try:
            self.desk.workspace.attempt(withdraw(self.by.text(), self.why.text()), self)
        except AppError as error:
            self.fault.setText(str(error))
            self.fault.show()
            (self.by if not self.by.text().strip() else self.why).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.by.clear()
        self.why.clear()
        self.fault.hide()
        self.fold.switch.setChecked(False)
        self.desk.say(msg("The revision was withdrawn; its signatures no longer count."))

    def _made(self) -> QWidget:
        inside = QWidget()
        layout = column(inside, spacing=6)
        layout.addWidget(label(msg("Anyone may, until the last seat has signed."), "tertiary", wrap=True))
        for control, said in ((self.by, "Who withdraws it"), (self.why, "Why")):
            control.setAccessibleName(words(said))
            control.setProperty(SIGNING, True)
            control.setPlaceholderText(words(said))
            control.returnPressed.connect(self.withdraw)
            layout.addWidget(control)
        self.fault = label("", "bad", wrap=True)
        self.fault.hide()
        layout.addWidget(self.fault)
        self.withdraw_button = button(msg("Withdraw"))
        self.withdraw_button.clicked.connect(self.withdraw)
        layout.addWidget(self.withdraw_button, 0, Qt.AlignmentFlag.AlignLeft)
        return inside
