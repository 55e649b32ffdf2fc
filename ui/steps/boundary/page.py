"""Step 2: what may it do, and what must it hand over."""

from __future__ import annotations

from app.steps import Step
from ui.desk import Desk
from ui.steps.base import Page
from ui.steps.boundary.view import BoundaryView


class BoundaryPage(Page):
    """Every part follows the project by itself."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.view = BoundaryView(desk)
        for part in self.view.parts:
            self.add_part(part)
        self.body.addWidget(self.view)
        self.body.addStretch()
