"""Words for people.

Everything that a person reads starts as a message id (the English sentence, gettext's convention) with
parameters, and is put into words here and nowhere else.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.unseen import BRAILLE_BLANK, FILLERS, JOINERS, NEVER_SEEN, SELECTORS

DOMAIN = "ownermap"
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "locale"


@dataclass(frozen=True, slots=True)
class Message:
    """A message id with its parameters, both hashable, so that findings and labels can be compared."""

    id: str
    params: tuple[tuple[str, str | int | Message], ...] = ()

    def __str__(self) -> str:
        return words(self)


Param = str | int | Message


def msg(id: str, /, **params: Param) -> Message:
    """A message for people: `msg("{name} is away", name=person.name)`."""
    return Message(id, tuple(sorted(params.items())))


def shown(name: object) -> str:
    """A path, or the name of a file, a person or a row, for people and on one line: a name may hold any sign, and one
    that begins a new line, that a terminal obeys or that nobody sees would have the name say something in our place.
    Such signs are spelt as JSON spells them.
    """
    return _spelt(_ON_ONE_LINE, str(name))


def printable(text: str) -> str:
    """Lines of text without what a terminal obeys or cannot show, or what nobody would see in a name, spelt in the same
    way."""
    return _spelt(_OBEYED, text)


_UNSEEN = NEVER_SEEN + FILLERS
_OBEYED = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_UNSEEN}]|(?<![\u2801-\u28ff]){BRAILLE_BLANK}"
    f"|(?<![^\x00-\u058f{_UNSEEN}{JOINERS}])[{JOINERS}]|(?<![^A-Za-z\\s\u00c0-\u058f{_UNSEEN}{SELECTORS}])[{SELECTORS}]"
)
"""What a terminal obeys, what turns the direction of what follows, and what takes no room, so that a name with it looks
like the same name without. Some scripts and pictures need a joiner, or a choice among forms; a blank and a letter of
an alphabet such as Latin or Cyrillic do not."""

_ON_ONE_LINE = re.compile(f"{_OBEYED.pattern}|[\t\n\u2028\u2029]")
"""Line ends too."""


def _spelt(signs: re.Pattern[str], text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return signs.sub(
        lambda found: json.dumps(found[0])[1:-1] if found[0] > "\uffff" else f"\\u{ord(found[0]):04x}", text
    )


def number_of(count: int, one: str, many: str, /, **params: Param) -> Message:
    """So many of something: `one` says it of exactly one, `many` of any other number, as {count}. Both may use the
    other parameters."""
    return msg(one, **params) if count == 1 else msg(many, **params, count=f"{count:,}")


def in_one(messages: Iterable[Message]) -> Message:
    """Several sentences as one message."""
    found = tuple(messages)
    return msg(" ".join(f"{{part{n}}}" for n in range(len(found))), **{f"part{n}": m for n, m in enumerate(found)})


@cache
def _translations() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_FOLDER, fallback=True)


def words(message: Message | str) -> str:
    """The message in the reader's language. A plain string is a message id without parameters."""
    if isinstance(message, str):
        return _translations().gettext(message) if message else ""
    sentence = _translations().gettext(message.id)
    if not message.params:
        return sentence
    return sentence.format(**{name: words(v) if isinstance(v, Message) else v for name, v in message.params})
