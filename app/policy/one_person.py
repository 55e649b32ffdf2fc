"""Whether what stands in the place of an owner is one named person, or several, a group, a title, a mailbox, the
vendor, or nobody yet (domain.md 1.2; 18 to 20, 22, 24).

A person may well be called Anna Board: a whole name is something else only where every word of it is one of work, or
one that no person is called by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from app.model import vocabulary as v
from app.model.document import Document, Table
from app.model.exceptions import Queue
from app.model.names import is_erased
from app.model.owners import Rota
from app.model.room import Agent, Person
from app.policy.names import plain
from app.policy.work_words import (
    ALONE,
    COMPANIES,
    FIRST_OF_A_GROUP,
    GROUPS,
    MAYBE_SURNAMES,
    OUTSIDE,
    PLACES,
    SEVERAL,
    SUFFIXES,
    TITLES,
    WORK,
    WORK_AND_COMPANIES,
    WORK_AND_PLACES,
    WORK_AND_TITLES,
)


class Stands(Enum):
    """What a name stands for that is no one human being."""

    PEOPLE = "people"
    GROUP = "group"
    FUNCTION = "function"
    TITLE = "title"
    PLACE = "place"
    NOBODY = "nobody"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Called:
    """What else is called by a name in a project: functions besides the usual ones, rotas and queues, the vendor."""

    functions: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    vendor: str = ""


NOTHING_ELSE = Called()


def called_in(document: Document) -> Called:
    """What is called by a name in this document, besides its people."""
    people, rotas, queues = (document.table(kind.spec.kind) for kind in (Person, Rota, Queue))
    return _called_in(people, rotas, queues, document.only(Agent).vendor)


@lru_cache(maxsize=8)
def _called_in(people: Table, rotas: Table, queues: Table, vendor: str) -> Called:
    functions = frozenset(str(row.value("function")) for row in people.ordered)
    places = frozenset(plain(str(row.value("name"))) for table in (rotas, queues) for row in table.ordered)
    return Called(functions - {""}, places - {""}, vendor)


_ADDRESS = re.compile(r"\S@\S|^#\S|://")
_NOBODY = re.compile(
    r"(?:tb[acd]\b.*|n ?/ ?a|none|no ?(?:one|body)(?: yet)?|some(?:one|body)|unknown|vacant|open|pending|undecided|"
    r"unassigned|placeholder|new hire|(?:still )?to be \w+|not (?:yet )?(?:\w+ed|known|clear|sure)(?: yet)?)"
)
_TITLE_OF = re.compile(rf"^(?:{'|'.join(sorted(TITLES))}) (?:of|for)\b")
_THEIR_GROUP = re.compile(rf"['’]s (?:\w+ )*(?:{'|'.join(sorted(GROUPS | PLACES))})$")
_WRITTEN_SMALL = re.compile(rf"^[^\W\d_a-z].* (?:{'|'.join(sorted(GROUPS))})$")
"""A group's word is written small and the first one is not: Renewals team; a surname has its capital."""

_IN_BRACKETS = re.compile(r"\((?!\s*(?:and|or|plus)\b)[^()]*\)|[()]")
_JOINED = re.compile(r"\s(?:and|or|plus|und|oder)\s|\s*[&+]\s*", re.I)
_LAST_OF_A_LIST = re.compile(r",\s*(and|or|plus|&)\s", re.I)
_PARTED = re.compile(r"\s*[;/|\\]\s*")

_SEVERAL_PEOPLE = re.compile(
    r"\b(committees?|boards?|councils?|teams?|shared|jointly|everyone|everybody|departments?|dept)\b", re.I
)
_ONE_TITLE = re.compile(r"\b(leads?|heads?|chairs?|managers?|directors?|officers?|vp|president|owner|chief)\b", re.I)
"""A title in front of or behind the group makes it one person of it: the chair of the board, a team lead."""

_VENDOR = (
    r"(?<!\w)(?:{names})(?!\w)"
    r"(?!['’]?s?[ -](?:manage|relation|govern|risk|procure|contract|liaison|lead\b|owner|office))"
)
"""Whoever manages the vendor works inside."""


def no_one_person(name: str, called: Called = NOTHING_ELSE) -> Stands | None:
    """What a name stands for where that is not one human being; None where it is one, and where it is empty."""
    if not name.strip():
        return None
    stands_for = _stands_for(name, called)
    if stands_for in (Stands.PLACE, Stands.NOBODY):
        return stands_for
    people = people_in_name(name, called)
    return Stands.PEOPLE if len(people) > 1 else stands_for if not people else None


def people_in_name(name: str, called: Called = NOTHING_ELSE) -> tuple[str, ...]:
    """The people in a name: two in "Nadia Fuchs and Tomas Ilves", and in "Dana or deputy", as each stands for the
    other; one in "Fuchs, Nadia" and in "Nadia Fuchs, Head of Support"; none in "Support team"."""
    bare = _LAST_OF_A_LIST.sub(r" \1 ", " ".join(_IN_BRACKETS.sub(" ", name).split()))
    first, *others = (piece.strip() for piece in bare.split(","))
    pieces = [first] if first and not _tells_more(first, called) else []
    # Behind a comma Manager is a title; in front of one it may be a surname.
    pieces += [
        each for each in others if each and not _tells_more(each, called) and TITLES.isdisjoint(_words(each)[-1:])
    ]
    if len(pieces) == 2 and not _JOINED.search(bare) and not _are_two(*pieces):
        pieces = [bare]
    found: list[str] = []
    for piece in pieces:
        joined = [part for part in _JOINED.split(piece) if part]
        parts = [part for each in joined for part in _PARTED.split(each) if part]
        people = [part for part in parts if _stands_for(part, called) is None]
        found += parts if people and len(joined) > 1 else people
    return tuple(found)


def _are_two(first: str, second: str) -> bool:
    """Whether a comma parts two people and not a family name from given names: van der Berg, Anna Maria."""
    return len(first.split()) > 1 and len(second.split()) > 1 and not first[0].islower()


def _tells_more(piece: str, called: Called) -> bool:
    """Whether a part between commas says something about a person: a title, a function, a degree."""
    words = _words(piece)
    if SUFFIXES.issuperset(words) or not TITLES.isdisjoint(words[:1]):
        return True
    return _stands_for(piece, called) in (Stands.FUNCTION, Stands.TITLE)


def _stands_for(name: str, called: Called) -> Stands | None:
    """What a name that joins no people stands for."""
    said, words = plain(name), _words(name)
    if _ADDRESS.search(name) or said in called.places:
        return Stands.PLACE
    if not words or _NOBODY.fullmatch(said) or is_erased(name):
        return Stands.NOBODY
    if _is_a_company(words, called.vendor):
        return Stands.COMPANY
    if is_a_function(name, called.functions):
        return Stands.FUNCTION
    if _is_a_title(said, words):
        return Stands.TITLE
    if is_a_group(name, called.functions):
        return Stands.GROUP
    return _of_work(words)


def _of_work(words: tuple[str, ...]) -> Stands | None:
    """What words of work stand for, where nothing else stands beside them."""
    if not WORK_AND_PLACES.issuperset(words) or (len(words) == 1 and words[0] not in ALONE):
        return None
    return Stands.FUNCTION if PLACES.isdisjoint(words) else Stands.PLACE


def _is_a_title(said: str, words: tuple[str, ...]) -> bool:
    if _TITLE_OF.search(said):
        return True
    of_work = WORK_AND_TITLES.issuperset(words) and not TITLES.isdisjoint(words)
    return of_work and words[-1] not in GROUPS and not (len(words) == 1 and words[0] in MAYBE_SURNAMES)


def _is_a_company(words: tuple[str, ...], vendor: str) -> bool:
    """Whether a name is the vendor's, or another company's, whatever of work stands beside it."""
    theirs = frozenset(_words(vendor)) - COMPANIES
    if not OUTSIDE.isdisjoint(words) or (theirs and theirs.issubset(words)):
        return WORK_AND_COMPANIES.issuperset(frozenset(words) - theirs)
    return len(words) > 1 and words[-1] in COMPANIES


def is_a_function(name: str, functions: Iterable[str] = ()) -> bool:
    """Whether a person's name is that of a function, such as Legal. `functions` are names of functions that the project
    uses besides the usual ones."""
    parts = _parts(name)
    return bool(parts) and _named(frozenset(functions)).issuperset(parts)


def is_a_group(name: str, functions: Iterable[str] = ()) -> bool:
    """Whether a person's name is that of a group, such as Billing Team or Change Board."""
    words = _words(name)
    of_work = _words_of_work(frozenset(functions))
    if not SEVERAL.isdisjoint(words) or (bool(words) and words[-1] in GROUPS and of_work.issuperset(words)):
        return True
    if len(words) > 1 and (words[0] in FIRST_OF_A_GROUP or (words[0] == "the" and words[-1] in GROUPS)):
        return True
    return bool(_THEIR_GROUP.search(plain(name)) or _WRITTEN_SMALL.search(name.strip()))


def speaks_of_a_group(text: str) -> bool:
    """Whether what is written in the place of a person speaks of several."""
    return bool(_SEVERAL_PEOPLE.search(text)) and not _ONE_TITLE.search(text)


def speaks_of_the_vendor(text: str, vendor: str) -> bool:
    """Whether what is written in the place of a person speaks of the vendor, by that word or by its name."""
    names = "|".join(["vendors?", "suppliers?", *([re.escape(vendor)] if vendor else [])])
    return bool(re.search(_VENDOR.format(names=names), text, re.I))


@lru_cache(maxsize=8)
def _named(functions: frozenset[str]) -> frozenset[str]:
    """The names of all functions, and of the parts of those that are two in one."""
    return frozenset(part for function in (*v.FUNCTION_NAMES, *functions) for part in _parts(function))


@lru_cache(maxsize=8)
def _words_of_work(functions: frozenset[str]) -> frozenset[str]:
    return WORK | GROUPS | {word for function in _named(functions) for word in _words(function)}


@lru_cache(maxsize=1024)
def _parts(name: str) -> tuple[str, ...]:
    """The functions in a name: legal and compliance in Legal & compliance."""
    return tuple(part for part in re.split(r"\s*(?:[&/,+]|\band\b)\s*", plain(name)) if part)


@lru_cache(maxsize=1024)
def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", plain(name)))
