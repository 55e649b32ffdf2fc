"""Which function a person works in, and on which side: business or platform (domain.md 1.2, 1.12 K2, K5, K6, K12)."""

from __future__ import annotations

import re
from functools import lru_cache

from app.model import vocabulary as v
from app.model.document import Document
from app.model.owners import OwnerAssignment, RoleAssignment
from app.model.room import FunctionContact, Person
from app.policy.named import named_person

PLATFORM_WORDS = frozenset({"it", "platform", "engineering", "infrastructure", "technology", "devops", "security"})
"""Words in the name of a function that keeps systems running."""

BUSINESS_WORDS = frozenset({"support", "operations", "business", "finance", "product", "sales", "marketing", "service"})
"""Words in the name of a function that the workflow is done for."""

SHORT = {"ops": "operations", "tech": "technology"}
"""Short forms of words in the name of a function."""

_LABELS = {str(entry.value): entry.label for entry in v.FUNCTIONS}


def works_in(document: Document, person_id: str | None, code: str) -> bool:
    """Whether somebody works in a function, such as SUP: by what they are said to be, or as its named contact."""
    person = named_person(document, person_id)
    if person is None:
        return False
    return same_function(person.function, _LABELS[code]) or document.fixed(FunctionContact, code).person == person.id


def everybody_in(document: Document, code: str) -> frozenset[str]:
    """The ids of all who work in a function."""
    return frozenset(person.id for person in document.rows(Person) if works_in(document, person.id, code))


def could_speak_for(document: Document, code: str) -> Person | None:
    """Whom to ask to be the contact of a function that has none: somebody who works in it, and rather somebody who is
    in the room. None where there is a contact, or nobody is known to work in it."""
    if named_person(document, document.fixed(FunctionContact, code).person) is not None:
        return None
    known = [person for person in document.rows(Person) if person.name and works_in(document, person.id, code)]
    return next((person for person in known if person.present), next(iter(known), None))


def same_function(one: str, other: str) -> bool:
    """Whether two names mean one function: Support and Support Operations do, Support and Finance do not."""
    words, others = _words(one), _words(other)
    return bool(words and others) and (words <= others or others <= words)


def for_the_platform(document: Document, person_id: str | None) -> bool:
    """Whether somebody speaks for the platform: by function, or as system owner or Agent Reliability Engineer."""
    person = named_person(document, person_id)
    if person is None:
        return False
    keepers = (
        document.fixed(OwnerAssignment, "system").person,
        document.fixed(RoleAssignment, "reliability_engineer").person,
    )
    return person.id in keepers or is_platform(person.function)


def is_platform(function: str) -> bool:
    """Whether a function keeps systems running."""
    return bool(_words(function) & PLATFORM_WORDS)


def is_business(function: str) -> bool:
    """Whether a function is one that the workflow is done for, and not one that keeps systems running."""
    words = _words(function)
    return bool(words & BUSINESS_WORDS) and not words & PLATFORM_WORDS


@lru_cache(maxsize=1024)
def _words(function: str) -> frozenset[str]:
    words = re.findall(r"\w+", function.casefold())
    return frozenset(SHORT.get(word, word) for word in words)
