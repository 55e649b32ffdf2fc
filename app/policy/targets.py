"""How fast the room wants an answer: the response targets that cover has to hold (domain.md 4, "Cross-checks").

Only targets in elapsed time are here. One that counts covered minutes is kept by every cover there is; that it waits
over a week end is what the drill shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.model.document import Document
from app.model.exceptions import ExceptionClass, ResponseTarget
from app.policy.windows import has_cover


class Target(NamedTuple):
    """So many elapsed minutes for a duty; what it is called, and the row and field that say so."""

    duty: str
    minutes: int
    called: str
    subject: str
    field: str


def targets(document: Document) -> Iterator[Target]:
    """Every target in elapsed minutes: severity 1 is answered by first response and stopped by whoever may stop,
    the other severities and each class of exception by whoever clears exceptions."""
    for target in document.rows(ResponseTarget):
        if target.ack_minutes is None or target.clock == "covered":
            continue
        if target.severity != "1":
            yield Target("exception", target.ack_minutes, target.called(), target.id, "ack_minutes")
            continue
        yield Target("first_response", target.ack_minutes, target.called(), target.id, "ack_minutes")
        if target.act_minutes is not None and has_cover(document, "stop"):
            both = target.ack_minutes + target.act_minutes
            yield Target("stop", both, target.called(), target.id, "act_minutes")
    for kind in document.rows(ExceptionClass):
        if kind.within is not None:
            yield Target("exception", kind.within, kind.name, kind.id, "within")


def is_default(target: ResponseTarget) -> bool:
    """Whether a response target still is what the program proposes: as far as a map can tell, nobody has set it."""
    return any(
        all(target.value(name) == value for name, value in entry.items()) for entry in ResponseTarget.spec.entries
    )


def shortest_exception(document: Document) -> int | None:
    """The shortest time within which any class of exception is looked at, in minutes; None where no class says."""
    return min((row.within for row in document.rows(ExceptionClass) if row.within is not None), default=None)
