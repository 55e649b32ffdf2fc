"""Finding somebody by the name that a person typed."""

from __future__ import annotations

import unicodedata

from app.errors import USAGE, AppError
from app.messages import msg
from app.model.document import Document
from app.model.room import Person


def plain(name: str) -> str:
    """A name without what does not tell people apart: capitals, blanks, and how an accent was typed."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def person_called(document: Document, name: str) -> Person:
    """The one person with this name; an AppError that lists who there is when it is nobody, or several."""
    people = document.rows(Person)
    found = [person for person in people if plain(person.name) == plain(name)]
    if len(found) == 1:
        return found[0]
    if not found:
        listed = ", ".join(person.name for person in people if person.name)
        raise AppError(
            msg("Nobody here is called “{name}”.", name=name),
            msg("There are: {people}.", people=listed) if listed else msg("Nobody is in the project yet."),
            exit_code=USAGE,
        )
    titles = "; ".join(f"{person.name}, {person.title or person.function or person.contact}" for person in found)
    raise AppError(
        msg("{count} people are called “{name}”: {people}.", count=len(found), name=name, people=titles),
        msg("Tell them apart by their names first, in step 1, Room."),
        exit_code=USAGE,
    )
