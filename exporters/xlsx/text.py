"""Text as a cell can hold it: no character that XML forbids, nothing that a spreadsheet program would decode or run."""

from __future__ import annotations

import re

LONGEST = 32_767
"""Characters of a cell (Excel's limit)."""

LONGEST_HEADING = 255
"""Characters of the name of a table's column (Excel's limit)."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ENCODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ENCODED = re.compile("_x([0-9A-Fa-f]{4})_")


def cell_text(text: str) -> str:
    """The text as it is put into a cell; `_x0041_`, which a program would show as A, is written so that it stays."""
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    if text.isascii() and text.isprintable() and "_x" not in text:
        return text
    return _LOOKS_ENCODED.sub("_x005F_", _FORBIDDEN.sub("", text))[:LONGEST]


def shown_text(stored: str) -> str:
    """What a reader sees of a stored text: the way back from `cell_text`, for files saved by other programs too."""
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), stored).replace("\r\n", "\n")


def header_text(text: str, most: int = 200) -> str:
    """A table heading before it is put into a cell: one line, not empty, and in the cell not longer than a table
    column's name may be."""
    line = " ".join(_FORBIDDEN.sub("", text).split())[:most]
    while len(cell_text(line)) > LONGEST_HEADING:
        line = line[:-1]
    return line or "–"


def page_text(text: str, most: int = 80) -> str:
    """Text for the header and footer of a printed page, where & begins a command."""
    return " ".join(cell_text(text).split())[:most].replace("&", "&&")
