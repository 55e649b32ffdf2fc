"""How a person's name is compared, and what somebody is called whose name was taken out of a project.

Two names that nobody can tell apart on a screen count as one: else a sign that takes no room, or a letter of another
alphabet, would be enough to get round what is known of a person, such as their key.
"""

from __future__ import annotations

import re
import unicodedata

from app.model.lookalikes import LATIN, PAIRS
from app.unseen import BRAILLE_BLANK, FILLERS, JOINERS, NEVER_SEEN, SELECTORS

_TAKES_NO_ROOM = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{NEVER_SEEN}{JOINERS}{SELECTORS}]")
_FILLER = re.compile(f"[{FILLERS}]")
_UNSEEN = re.compile(f"{_TAKES_NO_ROOM.pattern}|{_FILLER.pattern}")

_ERASED = re.compile(r"Erased person \d+")
"""How somebody who was erased is called, in every language: it is stored."""

_SHAPED = "[\u0600-\u1fff\u2c00-\ufdff\U00010000-\U0003ffff]"
_SHAPING = f"\u200c\u200d{SELECTORS}"
_SHAPES_NOTHING = re.compile(f"(?<!{_SHAPED})[{_SHAPING}]|\u200c(?!{_SHAPED})")
"""Joiners and selectors of a form say something in Arabic, Indic, Mongolian or Chinese letters only; the sign that
parts letters, only between two of them."""


def plain(name: str) -> str:
    """A name without what does not tell people apart: capitals, blanks, and how an accent was typed."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def clean_name(name: str) -> str:
    """A name as it is taken from somebody who types it: without what nobody would see, and with single blanks. What
    shapes the letters of a script that is joined or drawn in several ways stays after such a letter."""
    kept = _UNSEEN.sub(lambda found: found[0] if re.match(f"[{_SHAPING}]", found[0]) else "", name)
    return " ".join(_SHAPES_NOTHING.sub("", kept.replace(BRAILLE_BLANK, " ")).split())


def looks(name: str) -> str:
    """What is to be seen of a name, roughly, to find those fast that `same_name` takes for one: it is the same for all
    that are drawn alike, and for a few more. Of capitals `plain` knows more."""
    seen = _drawn(_UNSEEN.sub("", name.replace(BRAILLE_BLANK, "")))
    return "".join(seen.casefold().translate(_PAIRS).replace("i", "l").split())


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same, whatever their capitals and blanks, or cannot be told apart by looking."""
    if plain(one) == plain(other):
        return True
    return any(_look_alike(ours, theirs) for ours in _bare(one) for theirs in _bare(other))


def _bare(name: str) -> set[str]:
    """What there is to see of a name: a filler shows a blank or nothing, as the font likes."""
    shown = (_FILLER.sub(blank, name.replace(BRAILLE_BLANK, " ")) for blank in (" ", ""))
    return {" ".join(_TAKES_NO_ROOM.sub("", each).split()) for each in shown}


def _look_alike(one: str, other: str) -> bool:
    """Whether two names are drawn alike as they are spelt, or, with capitals left aside, as they are meant.

    A capital I is drawn like a small L, and is the capital of another letter: so it is made neither of the two. It is
    compared with both, and a word in capitals, where it is no L, is put in small letters first.
    """
    if _drawn(one).replace("I", "l") == _drawn(other).replace("I", "l"):
        return True
    ours, theirs = _drawn(_in_small_letters(one)), _drawn(_in_small_letters(other))
    return len(ours) == len(theirs) and all(
        a.casefold() == b.casefold() or {a, b} == {"I", "l"} for a, b in zip(ours, theirs, strict=True)
    )


def _in_small_letters(name: str) -> str:
    return " ".join(word.capitalize() if word.isupper() else word for word in name.split())


def _drawn(name: str) -> str:
    """A name in the plainest Latin letters that look like it."""
    # Before and after letters are taken apart: a few look like a letter that they are no form of.
    apart = unicodedata.normalize("NFKD", name.translate(_LATIN)).translate(_LATIN)
    letters = " ".join(apart.split()).replace("i\u0307", "i").translate(_PAIRS)
    return unicodedata.normalize("NFD", letters)


_LATIN, _PAIRS = str.maketrans(LATIN), str.maketrans(PAIRS)


def erased_name(number: int) -> str:
    """What the person is called who was erased as the first, the second, ... of a project."""
    return f"Erased person {number}"


def is_erased(name: str) -> bool:
    """Whether somebody of this name was erased: they are nobody who could hold, or sign for, anything."""
    return _ERASED.fullmatch(" ".join(name.split())) is not None
