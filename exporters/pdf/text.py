"""Words set into lines of a given width.

Text is measured and drawn as it is, never parsed: no markup in it can mean anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from exporters.pdf.fonts import Fonts
from exporters.pdf.theme import Style

ELLIPSIS = "…"
SOFT = re.compile(r"(?<=[^\W\d_]{2}[/-])(?=\w)")
"""Inside a word, a line may end after a slash or hyphen between letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what is shown, how, and its width in points."""

    shown: str
    style: Style
    width: float


@dataclass(frozen=True, slots=True)
class Lines:
    """A column of lines, each with its own style; it can be cut between any two."""

    fonts: Fonts
    lines: tuple[Line, ...] = ()

    @property
    def height(self) -> float:
        return sum(line.style.leading for line in self.lines)

    @property
    def width(self) -> float:
        return max((line.width for line in self.lines), default=0.0)

    def __add__(self, other: Lines) -> Lines:
        return Lines(self.fonts, self.lines + other.lines)

    def split(self, room: float) -> tuple[Lines, Lines]:
        """What fits into `room`, and the rest."""
        count, used = 0, 0.0
        for line in self.lines:
            used += line.style.leading
            if used > room + 0.01:
                break
            count += 1
        return Lines(self.fonts, self.lines[:count]), Lines(self.fonts, self.lines[count:])

    def draw(self, canvas: Canvas, x: float, top: float, width: float = 0.0, align: float = 0.0) -> None:
        """Draw downwards from `top`; `align` is 0 for left, 0.5 for the middle of `width`, 1 for its right end."""
        for line in self.lines:
            style = line.style
            # The capitals stand in the middle of the line's height.
            baseline = top - (style.leading + 0.72 * style.size) / 2
            draw_line(canvas, self.fonts, line, x + (width - line.width) * align, baseline)
            top -= style.leading


def draw_line(canvas: Canvas, fonts: Fonts, line: Line, x: float, baseline: float) -> None:
    """Draw one line with its left end at `x`."""
    if not line.shown:
        return
    text = canvas.beginText(x, baseline)
    text.setFillColor(line.style.colour)
    for font, part in fonts.runs(line.shown, line.style.face):
        text.setFont(font, line.style.size)
        text.textOut(part)
    canvas.drawText(text)


def set_lines(fonts: Fonts, text: str, style: Style, width: float) -> Lines:
    """The text broken into lines no wider than `width`; a word that is wider is broken inside."""
    lines: list[Line] = []
    for paragraph in fonts.shown(text, style.face).split("\n"):
        lines += (Line(shown, style, used * style.size) for shown, used in _broken(fonts, paragraph, style, width))
    return Lines(fonts, tuple(lines))


def widest_line(fonts: Fonts, text: str, style: Style) -> float:
    """How wide a text is, each of its lines left unbroken."""
    advances = fonts.widths(style.face)
    shown = fonts.shown(text, style.face).split("\n")
    return max(sum(map(advances.__getitem__, line)) for line in shown) * style.size


def set_all(fonts: Fonts, parts: Iterable[tuple[str, Style]], width: float) -> Lines:
    """Several texts below each other, those without words left out."""
    lines = Lines(fonts)
    for text, style in parts:
        if text:
            lines += set_lines(fonts, text, style, width)
    return lines


def one_line(fonts: Fonts, text: str, style: Style, width: float) -> Line:
    """The text on one line, shortened with an ellipsis where it is too long."""
    shown = " ".join(fonts.shown(text, style.face).split())
    advances = fonts.widths(style.face)
    room = width / style.size
    full = sum(map(advances.__getitem__, shown))
    if full > room:
        used, count = advances[ELLIPSIS], 0
        while (used := used + advances[shown[count]]) <= room:
            count += 1
        shown = shown[:count].rstrip() + ELLIPSIS
        full = sum(map(advances.__getitem__, shown))
    return Line(shown, style, full * style.size)


def parts_of_words(shown: str) -> list[tuple[str, str]]:
    """The unbreakable parts of a line of text, each with the space, if any, that stands before it."""
    parts: list[tuple[str, str]] = []
    for number, word in enumerate(shown.split(" ")):
        first, *rest = SOFT.split(word)
        parts.append((" " if number else "", first))
        parts += (("", part) for part in rest)
    return parts


def _broken(fonts: Fonts, paragraph: str, style: Style, width: float) -> Iterable[tuple[str, float]]:
    """Lines and their widths at size 1, filled greedily."""
    advances = fonts.widths(style.face)
    room = width / style.size
    line: list[str] = []
    used = 0.0
    for space, part in parts_of_words(paragraph):
        before = advances[" "] if space else 0.0
        length = sum(map(advances.__getitem__, part))
        if line and used + before + length > room:
            yield "".join(line), used
            line = []
        if not line:
            used = before = 0.0
            space = ""
        if not line and length > room:
            *full, (part, length) = _pieces(part, advances, room)
            yield from full
        used += before + length
        line += (space, part)
    yield "".join(line), used


def _pieces(word: str, advances: dict[str, float], room: float) -> list[tuple[str, float]]:
    """A word that is too wide, cut wherever a line is full; a line holds at least one character."""
    pieces: list[tuple[str, float]] = []
    start, used = 0, 0.0
    for at, char in enumerate(word):
        if at > start and used + advances[char] > room:
            pieces.append((word[start:at], used))
            start, used = at, 0.0
        used += advances[char]
    return [*pieces, (word[start:], used)]
