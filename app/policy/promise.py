"""Whether a promise counts: somebody who is not the vendor says what they will do, within a year (domain.md 0.11).

What is marked as done is no promise any more: a point that is open all the same was not answered by it.
"""

from __future__ import annotations

from app.messages import msg
from app.model.commit import Commitment
from app.model.document import Document
from app.model.room import Person
from app.policy.acceptance import Lack, last_day
from app.policy.days import in_words


def stands(document: Document, commitment: Commitment, today: str) -> bool:
    """Whether a promise holds on a day, `2026-11-21`."""
    return commitment.by_when >= today and not commitment.done_on and lack_of(document, commitment, today) is None


def lack_of(document: Document, commitment: Commitment, today: str) -> Lack | None:
    """What a promise lacks on a day, whether or not its own day has passed; None where it has it all."""
    person = document.get(Person, commitment.who)
    if person is None:
        return Lack(msg("nobody is named who promises it"), "who")
    if person.side == "vendor":
        return Lack(msg("{name} is the vendor", name=person.name), "who")
    if not commitment.what.strip():
        return Lack(msg("it does not say what is promised"), "what")
    if not commitment.by_when:
        return Lack(msg("no day is given by when"), "by_when")
    if commitment.by_when > last_day(today):
        return Lack(msg("{day} is more than a year ahead", day=in_words(commitment.by_when)), "by_when")
    return None
