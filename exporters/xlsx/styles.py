"""The looks of the workbook, by the names of the design's tokens. Styles are made once and shared by all cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from app.report.model import Tone

INK, INK_2, INK_3 = "1A1F26", "4A5360", "66707D"
LINE, PAPER, ACCENT, ACCENT_SOFT, TINT = "DFE2E0", "F7F7F4", "21457E", "E7EDF6", "BFD0EA"
COLOURS = {
    Tone.WORKFLOW: ("2563A8", "E6EFF8"),
    Tone.SYSTEM: ("15795F", "E2F2ED"),
    Tone.EXCEPTION: ("B84A12", "FBEBE2"),
    Tone.OUTCOME: ("7D4294", "F3EAF6"),
    Tone.BAD: ("B42318", "FDECEA"),
    Tone.WARN: ("8A5A00", "FDF3DC"),
    Tone.OK: ("1B7A4B", "E4F4EB"),
}
"""Text and soft background by tone."""

FONT = "Calibri"
FIXED_FONT = "Consolas"

_HAIR = Side(style="thin", color=LINE)
_UNDER = Border(bottom=_HAIR)
_TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


def _looks() -> dict[str, dict[str, Any]]:
    """Every look by its name: what is set on the template cell."""
    ink = Font(name=FONT, size=11, color=INK)
    looks: dict[str, dict[str, Any]] = {
        "title": {"font": Font(name=FONT, size=20, bold=True, color=INK), "alignment": Alignment(vertical="center")},
        "status": {"font": Font(name=FONT, size=10, color=INK_3), "alignment": Alignment(vertical="center")},
        "intro": {"font": Font(name=FONT, size=11, color=INK_2), "alignment": _TOP},
        "caption": {
            "font": Font(name=FONT, size=13, bold=True, color=INK),
            "alignment": Alignment(vertical="bottom"),
        },
        "head": {
            "font": Font(name=FONT, size=10, bold=True, color=ACCENT),
            "fill": _fill(ACCENT_SOFT),
            "alignment": Alignment(vertical="center", wrap_text=True),
            "border": Border(bottom=Side(style="medium", color=ACCENT)),
        },
        "matrix_head": {
            "font": Font(name=FONT, size=10, bold=True, color=ACCENT),
            "fill": _fill(ACCENT_SOFT),
            "alignment": Alignment(horizontal="center", vertical="top", text_rotation=90),
            "border": Border(bottom=Side(style="medium", color=ACCENT)),
        },
        "label": {"font": Font(name=FONT, size=11, color=INK_3), "alignment": _TOP, "border": _UNDER},
        "group": {"font": Font(name=FONT, size=10, color=INK_3), "alignment": _TOP, "border": _UNDER},
        "letter": {"font": Font(name=FONT, size=11, color=INK_2), "alignment": CENTRE, "border": _UNDER},
        "changed_letter": {
            "font": Font(name=FONT, size=11, color=INK_2, underline="double", bold=True),
            "alignment": CENTRE,
            "border": _UNDER,
        },
        "check": {"font": Font(name=FONT, size=10, color=COLOURS[Tone.OK][0]), "alignment": CENTRE, "border": _UNDER},
        "week": {"font": Font(name=FIXED_FONT, size=11, color=INK), "alignment": _TOP, "border": _UNDER},
        "data": {"font": Font(name=FIXED_FONT, size=9, color=INK_3)},
    }
    for tone in Tone:
        colour, soft = COLOURS.get(tone, (INK, ""))
        bold = tone in (Tone.STRONG, Tone.ACCOUNTABLE)
        font = Font(name=FONT, size=11, bold=bold, color=INK_3 if tone is Tone.MUTED else colour)
        look: dict[str, Any] = {"font": font if tone is not Tone.PLAIN else ink, "alignment": _TOP, "border": _UNDER}
        if soft:
            look["fill"] = _fill(soft)
            looks[f"name_{tone}"] = {**look, "font": Font(name=FONT, size=15, bold=True, color=INK)}
            looks[f"line_{tone}"] = {**look, "font": ink}
        looks[f"cell_{tone}"] = look
    looks["name_plain"] = {"font": Font(name=FONT, size=15, bold=True, color=INK), "alignment": _TOP}
    looks["line_plain"] = {"font": ink, "alignment": _TOP}
    return looks


def make_styles(workbook: Workbook) -> Mapping[str, Any]:
    """Name -> the style of a template cell, which any number of cells can share (openpyxl's `_style`)."""
    sheet: Worksheet = workbook.create_sheet("styles")
    found: dict[str, Any] = {}
    for row, (name, look) in enumerate(_looks().items(), 1):
        cell: Any = sheet.cell(row, 1)
        for attribute, value in look.items():
            setattr(cell, attribute, value)
        found[name] = cell._style
    workbook.remove(sheet)
    return found


LETTER_STYLES: Mapping[str, DifferentialStyle] = {
    "A": DifferentialStyle(font=Font(bold=True, color="FFFFFF"), fill=PatternFill(bgColor=ACCENT)),
    "A/R": DifferentialStyle(font=Font(bold=True, color="FFFFFF"), fill=PatternFill(bgColor=ACCENT)),
    "R": DifferentialStyle(font=Font(bold=True, color=ACCENT), fill=PatternFill(bgColor=TINT)),
    "C": DifferentialStyle(
        font=Font(color=INK),
        border=Border(*(Side(style="thin", color=INK_3),) * 4),
    ),
}
"""How a letter looks, typed later or not: A filled, R tinted, C outlined, I plain."""

UNDERLINED = DifferentialStyle(border=Border(bottom=_HAIR))
"""The hairline below each row of a table: one rule for the whole table, so that empty cells need not be written."""

WRONG = DifferentialStyle(
    font=Font(bold=True, color=COLOURS[Tone.BAD][0]), fill=PatternFill(bgColor=COLOURS[Tone.BAD][1])
)
"""The check of a row that has not exactly one A."""
