"""Who is there at the moment of the drill, a line for each duty."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.messages import msg, words
from app.model import vocabulary as v
from app.policy.drill_card import DutyCover, duties_at
from ui.desk import Desk
from ui.widgets.basic import card, column, label, set_role, set_text


class DutiesPanel(QWidget):
    """Every duty at one moment: who is there, or for how long nobody is, and what a target comes to at worst."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown: tuple[DutyCover, ...] = ()
        outside = column(self)
        frame, layout = card()
        outside.addWidget(frame)
        layout.addWidget(label(msg("At that moment"), "heading"))
        self.lines = [label("", "secondary", wrap=True) for _ in v.DUTIES]
        for line in self.lines:
            layout.addWidget(line)

    def show_duties(self, moment: datetime) -> None:
        """Show every duty at an aware moment."""
        found = duties_at(self.desk.document, moment)
        if found == self._shown:
            return
        self._shown = found
        for line, entry, each in zip(self.lines, v.DUTIES, found, strict=True):
            set_text(line, msg("{duty}: {said}.", duty=msg(entry.label), said=words(each.said)))
            set_role(line, "secondary" if each.covered else "bad")
