"""Paste a list of names: many people in one step."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.edits.people import Newcomers, add_people, newcomers, people_in
from app.errors import AppError
from app.messages import Message, msg, number_of, words
from app.model.fields import fields_of
from app.model.room import Person
from ui.desk import Desk
from ui.dialogs.dialog import Dialog
from ui.widgets.basic import button, column, label, line, say_on, set_text
from ui.widgets.editors.typing import Prose

SHOWN = 6
"""People that are named of those who are there already."""


class PastePeople(Dialog):
    """One person a line; what stands on the clipboard is there already when it looks like a list."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Paste a list of names", parent)
        self.desk = desk
        layout = column(self, margins=(20, 18, 20, 18), spacing=10)
        layout.addWidget(label("Who else?", "heading"))
        layout.addWidget(
            label(
                "One person a line: name, title, function. Of people who are there already, only what is empty is "
                "filled in.",
                "secondary",
                wrap=True,
            )
        )
        self.text = Prose(8)
        self.text.setAccessibleName(words("Names, one a line"))
        self.text.setPlaceholderText("Ada Byron, Head of Support, Support\nLin Chen; Platform Lead; IT")
        self.text.textChanged.connect(self._count)
        self.known = label("", "secondary", wrap=True)
        self.told = label("", "bad", wrap=True)
        self.add = button("Add", "primary", tip="Ctrl+Return")
        self.send_with(self.add.click)
        self.add.clicked.connect(self.take)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        buttons = line()
        buttons.addWidget(self.told, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.add)
        layout.addWidget(self.text)
        layout.addWidget(self.known)
        layout.addLayout(buttons)
        self.make_room(desk.theme.px(520))
        clipboard = QGuiApplication.clipboard().text()
        if "\n" in clipboard.strip() and len(clipboard) < 10_000:
            self.text.setPlainText(clipboard.strip())
            self.text.selectAll()
        self._count()

    def take(self) -> None:
        """Add everybody and close; what is wrong with a line is said here."""
        found = self._found()
        try:
            made = self.desk.workspace.attempt(add_people(people_in(self.text.toPlainText())), self)
        except AppError as error:
            set_text(self.told, str(error))
            return
        if made is not None:
            self.desk.say(_done(found))
        self.accept()

    def _found(self) -> Newcomers:
        return newcomers(self.desk.document, people_in(self.text.toPlainText()))

    def _count(self) -> None:
        found = self._found()
        added, filled = len(found.added), len(found.filled)
        said = msg("Add {count}", count=added)
        if filled:
            said = (
                msg("{add}, fill in {count}", add=said, count=filled) if added else msg("Fill in {count}", count=filled)
            )
        say_on(self.add, said)
        self.add.setEnabled(bool(added or filled))
        set_text(self.known, _known(found))
        self.known.setVisible(bool(found.known))
        self.text.setAccessibleDescription(self.known.text())


def _known(found: Newcomers) -> Message | str:
    """Who is there already, and what is filled in for them; empty where everybody is new."""
    named = [_filled(person, values) for person, values in found.known[:SHOWN]]
    if len(found.known) > SHOWN:
        named.append(words(msg("and {count} more", count=len(found.known) - SHOWN)))
    return msg("There already: {people}.", people="; ".join(named)) if named else ""


def _filled(person: Person, values: Mapping[str, str]) -> str:
    labels = fields_of(Person)
    given = [
        words(msg("{field} “{value}”", field=msg(labels[name].label), value=value)) for name, value in values.items()
    ]
    if not given:
        return words(person.name)
    return words(msg("{name}, gets {fields}", name=person.name, fields=", ".join(given)))


def _done(found: Newcomers) -> Message:
    added = number_of(len(found.added), "1 person was added.", "{count} people were added.")
    filled = msg("Filled in for: {names}.", names=", ".join(person.name for person, _ in found.filled))
    if not found.filled:
        return added
    return msg("{added} {filled}", added=added, filled=filled) if found.added else filled
