"""What takes the mode of an action back, R1 to R7, each with its reason, and the way to act on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.messages import Message, msg
from app.policy.oversight import mode_label
from app.policy.revocation import Revocation
from ui.steps.oversight.standing import Standing
from ui.widgets.basic import button, column, empty, label, say_on


class Lost(QWidget):
    """Hidden while nothing speaks against the mode."""

    revoke_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Revocation, ...] | None = None
        layout = column(self, spacing=6)
        self._reasons = column(spacing=6)
        layout.addLayout(self._reasons)
        self.revoke = button("", "primary", tip="R in the table")
        self.revoke.clicked.connect(self.revoke_wanted)
        layout.addWidget(self.revoke)

    def show_standing(self, standing: Standing) -> None:
        """Show what speaks against the mode of this action."""
        if standing.found == self._found:
            return
        self._found = standing.found
        self.setVisible(bool(standing.found))
        empty(self._reasons)
        for each in standing.found:
            self._reasons.addWidget(label(reason_words(each), "weak" if each.lost else "warn", wrap=True))
        self.revoke.setVisible(bool(standing.lost))
        if standing.lost:
            say_on(self.revoke, msg("Take back to {mode} …", mode=mode_label(standing.back_to)))


def reason_words(found: Revocation) -> Message:
    """One reason: its code, what happened, and what follows from it."""
    if not found.lost:
        return msg("{code}, look now: {because}.", code=found.code, because=found.because)
    mode = mode_label(found.to_mode)
    if found.at_once:
        return msg("{code}: {because}. Back to {mode} at once.", code=found.code, because=found.because, mode=mode)
    return msg("{code}: {because}. Back to {mode}.", code=found.code, because=found.because, mode=mode)
