"""Step 3 on the screen: four cards, the people to put on them, then seats, the six things and shared layers."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from app.model import vocabulary as v
from app.model.owners import OwnerAssignment, SeatAssignment, SharedLayer, SixThing, Vote
from app.model.room import Agent
from ui.desk import Desk
from ui.steps.base import Part
from ui.steps.owners.rights import RightsCard
from ui.steps.sections import owned, section_for
from ui.widgets.basic import button, column, label, line
from ui.widgets.flow import FlowLayout
from ui.widgets.holder_card import HolderCard
from ui.widgets.tiles import Tiles


class OwnersView(QWidget):
    """Widgets and layout; ui.steps.owners.page says what they do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        fields = dict(owned("owners"))
        self.cards = [
            HolderCard(desk, desk.document.fixed(OwnerAssignment, entry.value), entry, token=str(entry.value))
            for entry in v.OWNER_TYPES
        ]
        self.sections = [
            section_for(
                desk,
                SeatAssignment,
                fields[SeatAssignment],
                title="Two seats for the whole",
                intro="Business speaks for value, IT for safety; from stage 1b both sign.",
            ),
            section_for(
                desk,
                SixThing,
                fields[SixThing],
                intro="Each is held by the holder of a part, unless somebody else is named.",
            ),
            section_for(desk, SharedLayer, fields[SharedLayer]),
            section_for(desk, Agent, fields[Agent], title="If only the vendor understands it"),
            section_for(desk, Vote, fields[Vote], folded=True),
        ]
        self.rights = RightsCard(desk)
        self.parts: list[Part] = [*self.cards, self.rights, *self.sections]

        whole = column(self, spacing=14)
        whole.addWidget(Tiles(desk.theme, self.cards, columns=2, least=300))
        strip = QFrame()
        strip.setProperty("role", "card")
        row = line(strip, margins=(14, 10, 14, 10), spacing=12)
        self.people_title = label("", "secondary")
        row.addWidget(self.people_title)
        self.people = QWidget()
        self.people_flow = FlowLayout(self.people, spacing=8)
        row.addWidget(self.people, 1)
        self.add_person = button("+ person", "dashed", name="Add a person")
        row.addWidget(self.add_person)
        whole.addWidget(strip)
        whole.addWidget(self.rights)
        for section in self.sections:
            whole.addWidget(section)
