"""Step 1 on the screen: the agent, the people with the list to paste, and who speaks for each function."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.messages import msg
from app.model.room import AgendaItem, Agent, FunctionContact, Person, Sitting, Workshop
from ui.desk import Desk
from ui.steps.base import Part, titled
from ui.steps.roles import REPLACE
from ui.steps.sections import owned, section_for
from ui.widgets.basic import button, column, label, line
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.grid import FieldGrid
from ui.widgets.row_list import RowList


class RoomView(QWidget):
    """Widgets and layout; ui.steps.room.page says what they do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        fields = dict(owned("room"))
        self.desk = desk
        self.agent = Form(desk, Agent, desk.document.only(Agent).id, fields[Agent], columns=3)
        self.people = RowList(
            desk,
            Person,
            fields[Person],
            empty="Nobody yet. Type a name below, or paste a list of them.",
            tools=self._replacing,
        )
        self.contacts = FieldGrid(desk, FunctionContact, fields[FunctionContact])
        self.paste = button("Paste a list of names …")
        self.present = QWidget()
        self.present_chips = FlowLayout(self.present)
        self.present_count = label("", "secondary")
        self.copy_todo = button(
            "Copy the to-do sheet", tip="At the end of a sitting: who does what, by when, as text for a mail"
        )
        self.missing = label("", "chip-warn", wrap=True)
        self.unnamed = label("", "secondary", wrap=True)
        self.offers = QWidget()
        self.offers_flow = FlowLayout(self.offers, spacing=8)
        self.folded = [section_for(desk, kind, fields[kind], folded=True) for kind in (Sitting, Workshop, AgendaItem)]
        self.parts: list[Part] = [self.agent, self.people, self.contacts, *self.folded]

        people = QWidget()
        inside = column(people, spacing=8)
        inside.addWidget(self.people)
        inside.addWidget(self.paste, 0, Qt.AlignmentFlag.AlignLeft)
        here = QWidget()
        around = column(here, spacing=8)
        around.addWidget(self.present)
        around.addWidget(self.present_count)
        around.addWidget(self.copy_todo, 0, Qt.AlignmentFlag.AlignLeft)
        functions = QWidget()
        named = column(functions, spacing=10)
        row = line()
        row.addWidget(self.missing)
        row.addStretch()
        named.addLayout(row)
        named.addWidget(self.unnamed)
        named.addWidget(self.offers)
        named.addWidget(self.contacts)

        whole = column(self, spacing=14)
        whole.addWidget(titled("The agent", self.agent))
        whole.addWidget(titled("People", people))
        whole.addWidget(titled("In the room today", here, intro="Press a name when somebody comes or leaves."))
        whole.addWidget(titled("Who speaks for each function?", functions))
        for section in self.folded:
            whole.addWidget(section)

    def _replacing(self, person: str) -> Sequence[QPushButton]:
        """What an open person offers: to be replaced, on the page of the roles, and to be erased."""
        replace = button(
            "Replace …",
            "quiet",
            tip="Hand everything that this person holds to another, or leave it vacant",
            name=msg("Replace {name}", name=self.desk.document.called(person)),
        )
        replace.setObjectName(person)
        replace.clicked.connect(self._replace)
        erase = button(
            "Erase …",
            "quiet",
            tip="Take the name out of the project, its history and its backups, for good",
            name=msg("Erase {name}", name=self.desk.document.called(person)),
        )
        erase.setObjectName(person)
        erase.clicked.connect(self._erase)
        return (replace, erase)

    def _erase(self) -> None:
        self.desk.erase_wanted.emit(self.sender().objectName())

    def _replace(self) -> None:
        self.desk.open_place("roles", self.sender().objectName(), REPLACE)
