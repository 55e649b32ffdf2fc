"""Texts in the one spelling in which names are looked for, and the way back to the text as it was written.

A folded text has no capitals, no accents, no ligatures and nothing that takes no room; ß is ss, every apostrophe is ',
every hyphen or dash is -, every blank is a blank, also one that a link spells %20. It may be longer or shorter than the
text, so each of its signs knows where it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

_APOSTROPHES = "'’‘‛ʼʻʹˈ′´`＇"
_HYPHENS = "-‐‑‒–—―−⁃﹣－"
_LETTERS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
"""Letters that Unicode does not take apart, and that are typed like this where a keyboard lacks them."""

_PERCENT_ENCODED = re.compile("(?:%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded text. `at` has, for each of its signs, where the sign that it came from is written, and at
    the end the length of the text as it was written."""

    text: str
    at: Sequence[int]

    def written(self, start: int, end: int) -> tuple[int, int] | None:
        """Where what is folded between these two places is written, with whatever takes no room at its end; None when
        one of them is in the middle of a sign, as of ß."""
        first, last = self.at[start], self.at[end]
        cut_at_start = start > 0 and self.at[start - 1] == first
        cut_at_end = end < len(self.text) and self.at[end - 1] == last
        return None if cut_at_start or cut_at_end else (first, last)


def folded(text: str) -> str:
    """The text as names are looked for in it."""
    return fold(text).text


def fold(text: str) -> Folded:
    """The text as names are looked for in it, with the way back."""
    if text.isascii() and text.isprintable() and "`" not in text and "%" not in text:
        return Folded(text.lower(), range(len(text) + 1))
    signs: list[str] = []
    at: list[int] = []
    for place, sign in _signs(text):
        for each in _folded(sign):
            signs.append(each)
            at.append(place)
    return Folded("".join(signs), (*at, len(text)))


def _signs(text: str) -> Iterator[tuple[int, str]]:
    """Each sign and where it is written, with those that a link spells in percent taken for what they stand for."""
    start = 0
    for found in _PERCENT_ENCODED.finditer(text):
        yield from enumerate(text[start : found.start()], start)
        yield from _decoded(found[0], found.start())
        start = found.end()
    yield from enumerate(text[start:], start)


def _decoded(run: str, start: int) -> Iterator[tuple[int, str]]:
    try:
        signs = bytes.fromhex(run.replace("%", "")).decode()
    except UnicodeDecodeError:
        yield from enumerate(run, start)
        return
    for sign in signs:
        length = 3 * len(sign.encode())
        if sign == "%" or (sign.isascii() and sign.isalnum()):
            # No link spells a plain letter so, and a % would begin another sign.
            yield from enumerate(run[:length], start)
        else:
            yield start, sign
        run, start = run[length:], start + length


@cache
def _folded(sign: str) -> str:
    if sign in _APOSTROPHES:
        return "'"
    if sign in _HYPHENS:
        return "-"
    if sign.isspace():
        return " "
    apart = unicodedata.normalize("NFKD", sign.casefold()).casefold()
    kept = (each for each in apart if unicodedata.category(each) not in ("Mn", "Me", "Cf"))
    return "".join(_LETTERS.get(each, each) for each in kept)
