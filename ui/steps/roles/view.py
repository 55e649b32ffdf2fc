"""Step 4 on the screen: five roles, the rotas behind the pagers, vendor cover, how many hats everybody wears, and what
if somebody goes."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from app.messages import msg
from app.model import vocabulary as v
from app.model.owners import Handover, RoleAssignment, Rota, VendorCover
from ui.desk import Desk
from ui.steps.base import Part
from ui.steps.roles.later import Later
from ui.steps.roles.replace import ReplacePanel
from ui.steps.roles.what_if import WhatIfPanel
from ui.steps.sections import owned, section_for
from ui.widgets.basic import card, column, label
from ui.widgets.flow import FlowLayout
from ui.widgets.holder_card import HolderCard
from ui.widgets.tiles import Tiles


class RolesView(QWidget):
    """Widgets and layout; ui.steps.roles.page says what they do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        fields = dict(owned("roles"))
        self.cards = [
            HolderCard(
                desk,
                desk.document.fixed(RoleAssignment, entry.value),
                entry,
                token="accent",
                shown=("rota", "deputy") if entry.value == "reliability_engineer" else ("deputy",),
            )
            for entry in v.ROLES
        ]
        self.sections = [
            section_for(
                desk,
                Rota,
                fields[Rota],
                intro="People who take turns behind one paging route; fewer than four wear each other out.",
            ),
            section_for(
                desk,
                VendorCover,
                fields[VendorCover],
                intro="The vendor may help for a while, beside somebody inside; it never decides.",
            ),
            section_for(desk, Handover, fields[Handover], folded=True),
        ]
        self.what_if = Later(msg("What if somebody leaves or is away?"), lambda: WhatIfPanel(desk))
        self.replace_person = Later(msg("Replace a person"), lambda: ReplacePanel(desk))
        self.parts: list[Part] = [*self.cards, *self.sections, self.what_if, self.replace_person]

        whole = column(self, spacing=14)
        whole.addWidget(Tiles(desk.theme, [*self.cards, self._hats()], columns=2, least=300))
        rotas, cover, handovers = self.sections
        for section in (rotas, cover, self.what_if, self.replace_person, handovers):
            whole.addWidget(section)

    def _hats(self) -> QFrame:
        frame, layout = card()
        layout.addWidget(label("Who wears how many hats?", "heading"))
        self.hats = QWidget()
        self.hats_flow = FlowLayout(self.hats)
        self.nobody = label("Nobody wears one yet.", "secondary", wrap=True)
        layout.addWidget(self.hats)
        layout.addWidget(self.nobody)
        layout.addStretch()
        return frame
