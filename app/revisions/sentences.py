"""Where an ordinary word that is part of a name, as Will or Price, is written as a name.

It is with a capital letter, unless the beginning of a sentence asks for one; and after a title in any case.
"""

from __future__ import annotations

import re

from app.revisions.folding import folded
from app.revisions.name_words import SALUTATIONS, TITLES

_BEFORE = 80
"""Characters before a word that are looked at."""

_LINES = re.compile(r"[\n\r\v\f\u2028\u2029]")
_BULLET = re.compile(r"(?:[-–—*•·+#>]+|\(?\w{1,3}[.)])\s*")
_OPENING = " \t\u00a0\"'“”„‘’«»‹›([{*_#>¿¡"
_ENDING = ".!?…。！？"
_LAST_WORD = re.compile(r"([^\W_]+)\.?\s+$")
_SHORTENED = re.compile(r"([^\W_]+)\.$")
_NEXT_WORD = re.compile(r"\s+([^\W_]+)")
_WORDS = re.compile(r"[^\W_]+")


def is_named(text: str, start: int, end: int, goes_on: bool) -> bool:
    """Whether what is written from `start` to `end`, one or more words of a name, is written as a name; `goes_on` says
    that another word of the name follows."""
    if _has_title(text, start):
        return True
    words = _WORDS.findall(text[start:end])
    if any(word[0].islower() for word in words):
        return False
    if not goes_on and len(words) == 1 and len(words[0]) > 1 and words[0].isupper():
        return False  # A code, as of a pager group.
    return goes_on or len(words) > 1 or not opens_sentence(text, start)


def word_after(text: str, end: int) -> str:
    """The next word if it has a capital letter and nothing but blanks before it; else ""."""
    found = _NEXT_WORD.match(text, end)
    return found[1] if found is not None and not found[1][0].islower() else ""


def opens_sentence(text: str, start: int) -> bool:
    """Whether what is written there is the first word of the text, of a line or of a sentence."""
    line = _LINES.split(text[max(start - _BEFORE, 0) : start])[-1]
    before = line.rstrip(_OPENING)
    if not before or _BULLET.fullmatch(line):
        return True
    return before[-1] in _ENDING and not _is_shortened(before)


def _is_shortened(before: str) -> bool:
    """Whether the point at the end is that of a title or of a letter, as in Dr. and e.g., and ends no sentence."""
    found = _SHORTENED.search(before)
    return found is not None and (folded(found[1]) in TITLES or (len(found[1]) == 1 and found[1].isalpha()))


def _has_title(text: str, start: int) -> bool:
    found = _LAST_WORD.search(text[max(start - _BEFORE, 0) : start])
    # To miss something needs no capital letter.
    return found is not None and folded(found[1]) in SALUTATIONS and found[1] != "miss"
