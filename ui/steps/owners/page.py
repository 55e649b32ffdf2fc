"""Step 3: who owns this agent, by name."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from app.edits.generic import set_fields
from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.steps import Step
from ui.desk import Desk
from ui.steps.base import Page
from ui.steps.owners.view import OwnersView
from ui.widgets.basic import empty
from ui.widgets.people import PersonChip


class OwnersPage(Page):
    """People are typed into a card, dragged onto it, or put there from the menu of their chip."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.view = OwnersView(desk)
        for part in self.view.parts:
            self.add_part(part)
        self.body.addWidget(self.view)
        self.body.addStretch()
        self.view.add_person.clicked.connect(self._add_person)
        self._shown: list[tuple[str, str]] = []
        self.refresh(None, None)

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        everybody = self.desk.document.rows(Person)
        here = [person for person in everybody if person.present] or everybody
        shown = [(person.id, person.name) for person in here]
        if shown == self._shown:
            return
        self._shown = shown
        empty(self.view.people_flow)
        for person in here:
            chip = PersonChip(person.id, person.name or words("A person without a name"), person.title)
            chip.clicked.connect(self._offer)
            self.view.people_flow.addWidget(chip)

    def menu_for(self, person: str) -> QMenu:
        """The parts that a person can be given."""
        menu = QMenu(self)
        for row in self.desk.document.rows(OwnerAssignment):
            action = menu.addAction(words(msg("Make {type}", type=msg(row.called()))))
            action.setData((row.id, person))
            action.triggered.connect(self._given)
        return menu

    def _offer(self) -> None:
        chip = self.sender()
        assert isinstance(chip, PersonChip)
        self.menu_for(chip.row_id).popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _given(self) -> None:
        row_id, person = self.sender().data()  # type: ignore[attr-defined]
        self.desk.workspace.run(set_fields(row_id, person=person), self)

    def _add_person(self) -> None:
        self.desk.open_place("room", "", "person")
