"""Whether a promise counts: somebody who is not the vendor says what they will do, within a year (domain.md 0.11).

What is marked as done is no promise any more: a point that is open all the same was not answered by it.
"""

from __future__ import annotations

from collections.abc import Set

from app.messages import Message, msg, words
from app.model.commit import Commitment
from app.model.document import Document
from app.model.names import is_erased
from app.model.room import Person
from app.model.stop import CompensatingTransaction
from app.policy.acceptance import Lack, last_day
from app.policy.days import in_words


def stands(document: Document, commitment: Commitment, today: str) -> bool:
    """Whether a promise holds on a day, `2026-11-21`."""
    return commitment.by_when >= today and not commitment.done_on and lack_of(document, commitment, today) is None


def promised(document: Document, commitment: Commitment) -> Message:
    """What is promised, and what it is about: the same words may be said of two actions."""
    about = document.find(commitment.subject)
    if isinstance(about, CompensatingTransaction):
        # Its own name is all its steps; what it makes good says more, and is shorter.
        about = document.find(about.action)
    name = words(about.called()) if about is not None and not about.spec.singleton else ""
    if not name or name.casefold() in commitment.what.casefold():
        return msg("{what}", what=commitment.what)
    return msg("{what} (“{about}”)", what=commitment.what, about=name)


def is_answered(commitment: Commitment, open_points: Set[tuple[str, str]]) -> bool:
    """Whether nothing is open any more of what a promise is about; `open_points` are the keys of all findings.

    One that names no row is about its rule at large, and is answered when the rule has nothing to say.
    """
    if not commitment.code:
        return False
    if commitment.subject:
        return (commitment.code, commitment.subject) not in open_points
    return all(code != commitment.code for code, _ in open_points)


def lack_of(document: Document, commitment: Commitment, today: str) -> Lack | None:
    """What a promise lacks on a day, whether or not its own day has passed; None where it has it all."""
    person = document.get(Person, commitment.who)
    if person is None:
        return Lack(msg("nobody is named who promises it"), "who")
    if is_erased(person.name):
        return Lack(msg("“{name}” was erased; somebody else has to be named who promises it", name=person.name), "who")
    if person.side == "vendor":
        return Lack(msg("{name} is the vendor", name=person.name), "who")
    if not commitment.what.strip():
        return Lack(msg("it does not say what is promised"), "what")
    if not commitment.by_when:
        return Lack(msg("no day is given by when"), "by_when")
    if commitment.by_when > last_day(today):
        return Lack(msg("{day} is more than a year ahead", day=in_words(commitment.by_when)), "by_when")
    return None
