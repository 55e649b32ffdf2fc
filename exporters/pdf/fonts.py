"""The committed fonts: which font has a character, how wide it is, and what no font can show.

Inter first, Noto Sans for what Inter lacks, and a visible box for what neither has: a character that a font lacks
would vanish from the page without a word.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from pathlib import Path
from typing import cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.messages import Message, msg, words

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FACES = {
    "regular": ("Inter-Regular", "NotoSans-Regular"),
    "medium": ("Inter-Medium", "NotoSans-Regular"),
    "semibold": ("Inter-SemiBold", "NotoSans-Bold"),
    "bold": ("Inter-Bold", "NotoSans-Bold"),
    "italic": ("Inter-Italic", "NotoSans-Regular"),
}
"""Of each face the font, and the one that stands in for a character it lacks."""

BOX = "□"
NAMED_AT_MOST = 20
# Variation selectors choose a picture for the character before them and have none of their own.
INVISIBLE = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class Advances(dict[str, float]):
    """The width of each character of one face, for size 1; found when first asked for."""

    def __init__(self, names: tuple[str, str]) -> None:
        super().__init__()
        self._fonts = [_font(name) for name in names]
        self.font_of: dict[str, str] = {}

    def __missing__(self, char: str) -> float:
        code = ord(char)
        for font in self._fonts:
            # The program that writes fonts into the file numbers characters with 16 bits.
            if code in font.face.charToGlyph and code <= 0xFFFF:
                self.font_of[char] = font.fontName
                self[char] = font.face.charWidths[code] / 1000
                return self[char]
        raise KeyError(char)

    def has(self, char: str) -> bool:
        """Whether one of the face's fonts has a picture of the character."""
        try:
            self[char]
        except KeyError:
            return False
        return True


class Fonts:
    """The faces of one document. It remembers what could not be shown, for `warnings`."""

    def __init__(self) -> None:
        self._faces = {face: Advances(names) for face, names in FACES.items()}
        self._missing: dict[str, None] = {}
        self._right_to_left = False
        self._unshaped = False

    def shown(self, text: str, face: str) -> str:
        """The text as it can be printed: invisible characters left out, what no font has as a box."""
        advances = self._faces[face]
        if text.isascii() and text.isprintable():
            return text
        text = INVISIBLE.sub("", text.expandtabs(4).replace("\u2028", "\n").replace("\u2029", "\n"))
        return "".join(self._shown(char, advances) for char in text)

    def _shown(self, char: str, advances: Advances) -> str:
        if char == "\n":
            return char
        if unicodedata.category(char) == "Cf":
            return ""
        if unicodedata.bidirectional(char) in ("R", "AL"):
            self._right_to_left = True
        if "\u0900" <= char <= "\u0dff":
            self._unshaped = True
        if advances.has(char):
            return char
        self._missing[char] = None
        return BOX

    def width(self, shown: str, face: str, size: float) -> float:
        """How wide a shown text is, in points."""
        return sum(map(self._faces[face].__getitem__, shown)) * size

    def widths(self, face: str) -> Advances:
        """The width of each character of a face at size 1."""
        return self._faces[face]

    def runs(self, shown: str, face: str) -> list[tuple[str, str]]:
        """A shown text as (font name, part) pairs."""
        font_of = self._faces[face].font_of
        self.width(shown, face, 1)
        return [(font, "".join(part)) for font, part in groupby(shown, font_of.__getitem__)]

    def warnings(self) -> tuple[str, ...]:
        """What the reader of the PDF will miss, in words."""
        found: list[Message] = []
        if self._missing:
            names = [_named(char) for char in self._missing]
            more = "" if len(names) <= NAMED_AT_MOST else " …"
            found.append(
                msg(
                    "The PDF shows a box for what its fonts lack: {characters}. The XLSX and JSON have it.",
                    characters=", ".join(names[:NAMED_AT_MOST]) + more,
                )
            )
        if self._right_to_left:
            found.append(msg("Right-to-left text cannot be set in the PDF yet. The XLSX and JSON have all of it."))
        if self._unshaped:
            found.append(msg("Letters of Indic scripts stand unjoined in the PDF. The XLSX and JSON have all of it."))
        return tuple(words(each) for each in found)


def _font(name: str) -> TTFont:
    """The registered font; a writer of the same process may have registered it before."""
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, FOLDER / f"{name}.ttf"))
    return cast(TTFont, pdfmetrics.getFont(name))


def _named(char: str) -> str:
    code = f"U+{ord(char):04X}"
    return f"{char} ({code})" if char.isprintable() else code
