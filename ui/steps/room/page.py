"""Step 1: who is in the room, and who is missing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.edits.generic import set_fields
from app.messages import msg, number_of, words
from app.model.changes import ChangeSet
from app.model.room import FunctionContact, Person
from app.policy.functions import could_speak_for, everybody_in
from app.policy.named import everybody
from app.policy.names import told_apart
from app.rules.sides import FUNCTIONS_IN_THE_ROOM
from app.steps import Step
from ui.desk import Desk
from ui.dialogs.paste_people import PastePeople
from ui.steps.base import Page
from ui.steps.room.view import RoomView
from ui.widgets.basic import button, empty, set_text
from ui.widgets.editors.choosing import Segment


class RoomPage(Page):
    """Binds the view to the project."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk, step)
        self.view = RoomView(desk)
        for part in self.view.parts:
            self.add_part(part)
        self.body.addWidget(self.view)
        self.body.addStretch()
        self.chips: dict[str, Segment] = {}
        self.view.paste.clicked.connect(self._paste)
        self.view.copy_todo.clicked.connect(self._copy_todo)
        self.refresh(None, None)

    def refresh(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        if change_set is not None and not change_set.kinds() & {"person", "function_contact"}:
            return
        self._show_present(everybody(self.desk.document))
        self._show_functions()

    def _show_functions(self) -> None:
        """What is missing is what Readiness asks for too; beside it, who could speak for a function without a
        contact."""
        document = self.desk.document
        without = [row for row in document.rows(FunctionContact) if document.get(Person, row.person) is None]
        missing = [row for row in without if row.function in FUNCTIONS_IN_THE_ROOM]
        missing = [row for row in missing if not everybody_in(document, row.function)]
        unnamed = [row for row in without if row not in missing]
        for shown, said, rows in (
            (self.view.missing, "Missing: {functions}", missing),
            (self.view.unnamed, "No contact is named for: {functions}", unnamed),
        ):
            shown.setVisible(bool(rows))
            set_text(shown, msg(said, functions=", ".join(words(row.called()) for row in rows)))
        empty(self.view.offers_flow)
        offered = [(row, person) for row in without if (person := could_speak_for(document, row.function)) is not None]
        self.view.offers.setVisible(bool(offered))
        for row, person in offered:
            function, called = msg(row.called()), told_apart(document, person)
            offer = button(
                msg("{name} for {function}", name=called, function=function),
                "dashed",
                name=msg("Name {name} as the contact of {function}", name=called, function=function),
            )
            offer.clicked.connect(partial(self._name_contact, row.id, person.id))
            self.view.offers_flow.addWidget(offer)

    def _name_contact(self, contact: str, person: str) -> None:
        self.desk.workspace.run(set_fields(contact, person=person), self)
        self.view.contacts.boxes[contact, "person"].editor.setFocus()

    def _show_present(self, people: tuple[Person, ...]) -> None:
        wanted = {person.id: person for person in people}
        for row_id in [one for one in self.chips if one not in wanted]:
            chip = self.chips.pop(row_id)
            self.view.present_chips.removeWidget(chip)
            chip.deleteLater()
        for person in people:
            held = self.chips.get(person.id)
            chip = held if held is not None else self._made(person)
            said = told_apart(self.desk.document, person) or words("A person without a name")
            chip.setChecked(person.present)
            chip.setText(f"{'✓ ' if person.present else ''}{said}".replace("&", "&&"))
            chip.setAccessibleName(words(msg("{name} is in the room", name=said)))
        here = sum(person.present for person in people)
        counted = number_of(len(people), "{here} of 1 person", "{here} of {count} people", here=here)
        set_text(self.view.present_count, counted if here or not people else msg("Nobody is marked yet."))

    def _made(self, person: Person) -> Segment:
        chip = Segment()
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setObjectName(person.id)
        chip.clicked.connect(self._came_or_left)
        chip.walked.connect(self._walk)
        self.chips[person.id] = chip
        self.view.present_chips.addWidget(chip)
        return chip

    def _came_or_left(self) -> None:
        chip = self.sender()
        assert isinstance(chip, Segment)
        self.desk.workspace.run(set_fields(chip.objectName(), present=chip.isChecked()), self)

    def _walk(self, by: int) -> None:
        chips = list(self.chips.values())
        sender = self.sender()
        assert isinstance(sender, Segment)
        chips[(chips.index(sender) + by) % len(chips)].setFocus()

    def _paste(self) -> None:
        PastePeople(self.desk, self).open()

    def _copy_todo(self) -> None:
        self.desk.command_wanted.emit("todo")
