"""Paper, colours and type of the PDF, with the semantic names that the window and the workbook use too.

All lengths are points (1/72 inch).
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor

from app.report.model import Tone

# Paper

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
SIDE = 43.5
TOP = 61.0
BOTTOM = 56.0
HEADER = 44.0
"""The running head's baseline, down from the upper edge; the foot's is a little less up from the lower edge."""

# Colours

INK = HexColor("#1A1F26")
INK_2 = HexColor("#4A5360")
INK_3 = HexColor("#66707D")
LINE = HexColor("#DFE2E0")
GROUND = HexColor("#F7F7F4")
WHITE = HexColor("#FFFFFF")
ACCENT = HexColor("#21457E")
ACCENT_SOFT = HexColor("#E7EDF6")
TINT = HexColor("#BFD0EA")
STAMP = HexColor("#F3F4F5")

TONE_COLOURS = {
    Tone.PLAIN: (INK, GROUND),
    Tone.MUTED: (INK_3, GROUND),
    Tone.STRONG: (INK, GROUND),
    Tone.OK: (HexColor("#1B7A4B"), HexColor("#E4F4EB")),
    Tone.WARN: (HexColor("#8A5A00"), HexColor("#FDF3DC")),
    Tone.BAD: (HexColor("#B42318"), HexColor("#FDECEA")),
    Tone.WORKFLOW: (HexColor("#2563A8"), HexColor("#E6EFF8")),
    Tone.SYSTEM: (HexColor("#15795F"), HexColor("#E2F2ED")),
    Tone.EXCEPTION: (HexColor("#B84A12"), HexColor("#FBEBE2")),
    Tone.OUTCOME: (HexColor("#7D4294"), HexColor("#F3EAF6")),
    Tone.ACCOUNTABLE: (ACCENT, ACCENT_SOFT),
    Tone.RESPONSIBLE: (INK, ACCENT_SOFT),
    Tone.CONSULTED: (INK, GROUND),
    Tone.INFORMED: (INK_3, GROUND),
}
"""Of each tone the colour of its words and lines, and the soft colour behind them."""

OWNER_TONES = frozenset({Tone.WORKFLOW, Tone.SYSTEM, Tone.EXCEPTION, Tone.OUTCOME})
STATE_TONES = frozenset({Tone.OK, Tone.WARN, Tone.BAD})

HOLDER_COLOURS = (
    HexColor("#B84A12"),
    HexColor("#15795F"),
    HexColor("#2563A8"),
    HexColor("#7D4294"),
    HexColor("#8A5A00"),
    HexColor("#4A5360"),
)
"""Who answers, in the order of the legend; a seventh holder starts over, told apart by the number in the cell."""

# Type


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: a face of fonts.FACES, size and line distance, and a colour."""

    face: str
    size: float
    leading: float
    colour: Color = INK


COVER_TITLE = Style("bold", 28, 33)
COVER_SUBTITLE = Style("regular", 13, 18, INK_2)
TITLE = Style("bold", 19, 23)
INTRO = Style("regular", 10.5, 15, INK_2)
CAPTION = Style("bold", 11.5, 15)
BODY = Style("regular", 9.5, 13.5)
BODY_STRONG = Style("semibold", 9.5, 13.5)
BODY_MUTED = Style("regular", 9.5, 13.5, INK_3)
HEADING = Style("semibold", 8, 10.5, INK_3)
CELL = Style("regular", 8.5, 11.2)
CELL_STRONG = Style("semibold", 8.5, 11.2)
CELL_MUTED = Style("regular", 8.5, 11.2, INK_3)
NOTE = Style("regular", 7.5, 10, INK_3)
GROUP = Style("bold", 9, 12)
CARD_HEADING = Style("semibold", 8.5, 12)
CARD_NAME = Style("bold", 13, 17)
CARD_LINE = Style("regular", 9, 12.5, INK_2)
STEP_WHAT = Style("bold", 12.5, 16)
STEP_HOW = Style("regular", 10, 13)
STEP_WHO = Style("bold", 10.5, 14)
STEP_WHO_LINE = Style("regular", 8.5, 11, INK_2)
STEP_NOBODY = Style("bold", 10.5, 14, HexColor("#B42318"))
DISC = Style("bold", 11.5, 14, WHITE)
LETTER = Style("bold", 8.5, 11.5)
SMALL = Style("regular", 7.5, 10, INK_2)
CELL_NUMBER = Style("bold", 6.5, 8, WHITE)
SIGNED_NAME = Style("italic", 15, 19, ACCENT)
RUNNING = Style("regular", 7.5, 10, INK_3)
BADGE = Style("bold", 7.5, 10, WHITE)
WATERMARK = Style("bold", 150, 150, STAMP)


def coloured(style: Style, colour: Color) -> Style:
    """The same type in another colour."""
    return Style(style.face, style.size, style.leading, colour)


def words_of_tone(style: Style, strong: Style, tone: Tone) -> Style:
    """How a cell's words look for what they mean: states and owners strong and coloured, the rest quiet."""
    if tone is Tone.PLAIN:
        return style
    if tone in (Tone.MUTED, Tone.INFORMED):
        return coloured(style, INK_3)
    return coloured(strong, TONE_COLOURS[tone][0])
