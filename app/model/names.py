"""How a person's name is compared, and what somebody is called whose name was taken out of a project.

Two names that nobody can tell apart on a screen count as one: else a sign that takes no room, or a letter of another
alphabet, would be enough to get round what is known of a person, such as their key.
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""Signs that take no room, or show nothing, and are no blank: control and format characters, and fillers."""

_ERASED = re.compile(r"Erased person \d+")
"""How somebody who was erased is called, in every language: it is stored."""

_LOOKS_LIKE = str.maketrans(
    # Cyrillic, small and capital, then Greek, then Latin letters beside the usual ones.
    "авгеікмнорстухѕјԁһӏԛԝѵёїАВЕЗІКМНОРСТУХЅЈԌҺӀԚԜѴЁЇҮҰανορικτυχϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿıɑɡȷ",
    "abreikmhopctyxsjdhlqwvëïABE3IKMHOPCTYXSJGHIQWVËÏYYavopiktuxcjABEZHIKMNOPTYXCJiagj",
)
"""Letters that look like a Latin one, as they are drawn: what is small like b is not what is capital like B."""


def plain(name: str) -> str:
    """A name without what does not tell people apart: capitals, blanks, and how an accent was typed."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def looks(name: str) -> str:
    """What is to be seen of a name, for comparing: nothing invisible, and one letter for all that look like it."""
    seen = unicodedata.normalize("NFKC", INVISIBLE.sub("", name))
    # Compatibility forms may hold an invisible sign of their own.
    drawn = INVISIBLE.sub("", seen).translate(_LOOKS_LIKE)
    return plain(unicodedata.normalize("NFC", drawn))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same, whatever their capitals and blanks, or cannot be told apart by looking."""
    return plain(one) == plain(other) or looks(one) == looks(other)


def erased_name(number: int) -> str:
    """What the person is called who was erased as the first, the second, ... of a project."""
    return f"Erased person {number}"


def is_erased(name: str) -> bool:
    """Whether somebody of this name was erased: they are nobody who could hold, or sign for, anything."""
    return _ERASED.fullmatch(" ".join(name.split())) is not None
