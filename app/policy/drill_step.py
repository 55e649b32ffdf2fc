"""One step of a drill, and what several steps say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.messages import Message, msg
from app.model.document import Document
from app.model.oversight import Action
from app.policy.drill_cover import Place
from app.policy.holders import holder

NAMED_AT_MOST = 3
"""So many names stand in a sentence; the rest is counted."""

SEPARATOR = " · "
"""Between texts that people wrote, which may be whole sentences."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a drill. `at` is when it is done at the latest, in the agent's zone: for the first person and for
    undoing when they are there; None where nobody can say, and for what stands all the while. `who` and `route` are a
    name and how to reach it, "" where the step needs none. `gap_reason` says why there is no answer."""

    key: str
    title: Message
    detail: Message
    place: Place
    who: str = ""
    route: str = ""
    at: datetime | None = None
    gap_reason: Message | None = None

    @property
    def gap(self) -> bool:
        """True where the map has no answer."""
        return self.gap_reason is not None


def role_place(document: Document, code: str, field: str = "person") -> Place:
    """Where a role is given to somebody, or to a deputy."""
    return Place(holder(document, code).row, field, "roles")


def listed_names(first: Sequence[str], count: int, between: str = ", ") -> Message:
    """The first names of a list that has so many, and how many more there are."""
    shown = between.join(first)
    if count <= len(first):
        return msg("{names}", names=shown)
    return msg("{names} and {count} more", names=shown, count=count - len(first))


def joined(*texts: str) -> str:
    """Texts that people wrote as one line; empty ones are left out."""
    return SEPARATOR.join(text for text in texts if text)


def called(actions: Sequence[Action]) -> Message:
    """The names of actions, the first of many."""
    return listed_names([action.name for action in actions[:NAMED_AT_MOST]], len(actions))
