"""What a voter of the silent vote can choose from."""

from __future__ import annotations

from app.messages import words
from app.model.document import Document
from app.model.room import Agent
from app.policy.answers import name_of
from app.policy.consensus import NOBODY, PASS, PERSON, VENDOR, Answer
from app.policy.named import everybody
from ui.widgets.suggestions import Suggestion

QUESTION = "Who did each of us think owned it?"


def candidates(document: Document) -> list[Suggestion]:
    """Everything that a voter can answer: all people, also those who are not in the room; the vendor; nobody; pass."""
    people = everybody(document)
    somebody_here = any(person.present for person in people)
    found = []
    for person in people:
        away = words("not in the room") if somebody_here and not person.present else ""
        detail = " · ".join(part for part in (person.title, person.function, away) if part)
        found.append(Suggestion(name_of(document, person.id), detail, Answer(PERSON, person.id)))
    vendor = document.only(Agent).vendor
    return [
        *found,
        Suggestion(words("Vendor"), vendor, Answer(VENDOR)),
        Suggestion(words("Nobody"), words("no one owns it today"), Answer(NOBODY)),
        Suggestion(words("Pass"), words("I would rather not say, or do not know"), Answer(PASS)),
    ]
