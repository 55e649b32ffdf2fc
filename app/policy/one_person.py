"""Whether what stands in the place of an owner is one named person, or a group, or the vendor (domain.md 1.2; 20, 22,
24).

A person may well be called Anna Board: a person's name is a group's only where every word of it is one of work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from app.model import vocabulary as v
from app.policy.names import plain


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SEVERAL = _set("committee committees department departments dept everybody everyone jointly")
"""Words that no person is called by."""

GROUPS = SEVERAL | _set(
    "board boards council councils desk group groups leads managers office panel squad staff team teams unit"
)
"""Words for several people; some of them are surnames too."""

WORK = _set(
    "a access accounting accounts advisory agent ai and approval architecture audit automation back billing business "
    "care change claims client collections compliance core customer cx data devops digital engineering evaluation "
    "exception executive experience finance for front governance help hr incident infrastructure invoice it joint "
    "leadership legal management marketing of on call operations ops our payable platform privacy procurement product "
    "programme project purchasing quality receivable release reliability review risk sales security service services "
    "shared steering success support technology the whole workflow"
)
"""Words of what people do, of which no person's whole name consists."""

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


def is_a_function(name: str, functions: Iterable[str] = ()) -> bool:
    """Whether a person's name is that of a function, such as Legal. `functions` are names of functions that the project
    uses besides the usual ones."""
    parts = _parts(name)
    return bool(parts) and _named(functions).issuperset(parts)


def is_a_group(name: str, functions: Iterable[str] = ()) -> bool:
    """Whether a person's name is that of a group, such as Billing Team or Change Board."""
    words = _words(name)
    of_work = WORK | GROUPS | {word for function in _named(functions) for word in _words(function)}
    return bool(SEVERAL.intersection(words)) or (bool(words) and words[-1] in GROUPS and of_work.issuperset(words))


def speaks_of_a_group(text: str) -> bool:
    """Whether what is written in the place of a person speaks of several."""
    return bool(_SEVERAL_PEOPLE.search(text)) and not _ONE_TITLE.search(text)


def speaks_of_the_vendor(text: str, vendor: str) -> bool:
    """Whether what is written in the place of a person speaks of the vendor, by that word or by its name."""
    names = "|".join(["vendors?", "suppliers?", *([re.escape(vendor)] if vendor else [])])
    return bool(re.search(_VENDOR.format(names=names), text, re.I))


def _named(functions: Iterable[str]) -> set[str]:
    return {part for function in (*v.FUNCTION_NAMES, *functions) for part in _parts(function)}


@lru_cache(maxsize=1024)
def _parts(name: str) -> tuple[str, ...]:
    """The functions in a name: legal and compliance in Legal & compliance."""
    return tuple(part for part in re.split(r"\s*(?:[&/,+]|\band\b)\s*", plain(name)) if part)


@lru_cache(maxsize=1024)
def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", plain(name)))
