"""Step 4: who does the daily work of owning it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.messages import msg
from app.model.changes import ChangeSet
from app.policy.load import hats
from app.steps import Step
from ui.desk import Desk
from ui.steps.base import Page
from ui.steps.roles.view import RolesView
from ui.widgets.basic import empty, label

MANY = 3
"""Hats on one person from which a workshop should ask (domain.md 1.13, rule 156)."""


class RolesPage(Page):
    """The hats are counted anew whenever a name changes."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.view = RolesView(desk)
        for part in self.view.parts:
            self.add_part(part)
        self.body.addWidget(self.view)
        self.body.addStretch()
        self.refresh(None, None)

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        if change_set is not None and not change_set.kinds() & {"person", "owner", "role", "rota"}:
            return
        worn = sorted(hats(self.desk.document).items(), key=lambda pair: (-len(pair[1]), pair[0]))
        empty(self.view.hats_flow)
        for person, codes in worn:
            said = msg(
                "{name}: {count} ({parts})",
                name=self.desk.document.called(person),
                count=len(codes),
                parts=", ".join(codes),
            )
            self.view.hats_flow.addWidget(label(said, "chip-warn" if len(codes) >= MANY else "chip"))
        self.view.hats.setVisible(bool(worn))
        self.view.nobody.setVisible(not worn)
