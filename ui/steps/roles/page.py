"""Step 4: who does the daily work of owning it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.messages import msg
from app.model.changes import ChangeSet
from app.model.room import Person
from app.policy.load import hats
from app.policy.names import told_apart
from app.steps import Step
from ui.desk import Desk
from ui.steps.base import Page, focus_in
from ui.steps.roles import REPLACE, WHAT_IF
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

    def reveal(self, row_id: str, field: str) -> bool:
        """Besides the fields: `field` is WHAT_IF, or REPLACE with the id of a person or without."""
        if field == WHAT_IF:
            self._show_card(self.view.what_if, self.view.what_if.open().first())
            return True
        if field == REPLACE:
            panel = self.view.replace_person.open()
            panel.closed.connect(self.view.replace_person.close_again, Qt.ConnectionType.UniqueConnection)
            self._show_card(self.view.replace_person, panel.start(row_id))
            return True
        return super().reveal(row_id, field)

    def _show_card(self, asked: QWidget, control: QWidget) -> None:
        """Put the focus into a card, and the card at the top once the layout has settled."""
        focus_in(control)
        shown = self._body

        def settle() -> None:
            self.scroller.verticalScrollBar().setValue(asked.mapTo(shown, QPoint(0, 0)).y())

        QTimer.singleShot(0, self.scroller, settle)

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        if change_set is not None and not change_set.kinds() & {"person", "owner", "role", "rota"}:
            return
        worn = sorted(hats(self.desk.document).items(), key=lambda pair: (-len(pair[1]), pair[0]))
        empty(self.view.hats_flow)
        document = self.desk.document
        for person, codes in worn:
            wearer = document.get(Person, person)
            said = msg(
                "{name}: {count} ({parts})",
                name=told_apart(document, wearer) if wearer is not None else "",
                count=len(codes),
                parts=", ".join(codes),
            )
            self.view.hats_flow.addWidget(label(said, "chip-warn" if len(codes) >= MANY else "chip"))
        self.view.hats.setVisible(bool(worn))
        self.view.nobody.setVisible(not worn)
