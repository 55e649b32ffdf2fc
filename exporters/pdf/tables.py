"""Tables: columns that fit their words, headings repeated on each page, and the RACI matrix with its letters."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import accumulate

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from app.messages import msg, words
from app.report import model
from app.report.model import Cell as Value
from app.report.model import Table
from exporters.pdf import theme
from exporters.pdf.columns import INSET, Fitted, longest_word, parts_of, text_of, widths_of
from exporters.pdf.fonts import Fonts
from exporters.pdf.rows import Cell, Paint, Row, box, outline, words_row
from exporters.pdf.text import Lines, one_line, set_all, set_lines

PAD = 3.0
MATRIX_PAD = 3.0
NARROW_PAD = 2.5
"""Rows of a label and an answer stand closer."""
RUN_PAD = 1.5
"""So do rows that belong together."""
TOGETHER = 3
"""So many rows of a group at least stand below its heading before the page ends."""
UPRIGHT_AT_MOST = 110.0
"""How long a heading may be that is turned upright."""


def table_rows(fonts: Fonts, table: Table, columns: list[Fitted], width: float) -> list[Row]:
    """The rows of a table in `width` points; one too wide for that comes in parts, each with its first column."""
    rows = [words_row(fonts, table.caption, theme.CAPTION, width, gap=14, keep=True)] if table.caption else []
    if not table.rows:
        sentence = table.empty or words(msg("Nothing is recorded here yet."))
        return [*rows, words_row(fonts, sentence, theme.BODY_MUTED, width, gap=4)]
    parts = parts_of(columns, width)
    for number, part in enumerate(parts, 1):
        if len(parts) > 1:
            label = words(msg("Columns, part {number} of {total}", number=number, total=len(parts)))
            rows.append(words_row(fonts, label, theme.NOTE, width, gap=8, keep=True))
        rows += _part_rows(fonts, table, part, width)
    return rows


# Rows


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands on the page."""

    column: Fitted
    x: float
    width: float


def _part_rows(fonts: Fonts, table: Table, columns: list[Fitted], width: float) -> list[Row]:
    widths = widths_of(columns, width)
    starts = accumulate(widths, initial=0.0)
    places = [_Place(column, x, own) for column, x, own in zip(columns, starts, widths, strict=False)]
    group_of = dict(table.groups)
    pad = _pad(table, columns)
    rows = [_heading_row(fonts, places)]
    headings = tuple(rows)
    in_group = 0
    runs = _in_run(table)
    for index, cells in enumerate(table.rows):
        in_group += 1
        if index in group_of:
            in_group = 1
            lines = set_lines(fonts, group_of[index], theme.GROUP, width - 2 * INSET)
            group = Row((Cell(0.0, width, lines, INSET),), pad=PAD, gap=6, keep=True, headings=headings[:1])
            rows.append(group)
            headings = (headings[0], group)
        first = Value() if runs[index] else cells[0]
        row = tuple(_cell(fonts, (first, *cells[1:])[place.column.index], place, pad) for place in places)
        last = index + 1 == len(table.rows) or index + 1 in group_of
        keep = not last and ((bool(group_of) and in_group < TOGETHER) or index == 0 or index + 2 == len(table.rows))
        goes_on = not last and runs[index + 1]
        rows.append(Row(row, pad=pad, rule=None if goes_on else theme.LINE, keep=keep, headings=headings))
    return rows


def _pad(table: Table, columns: list[Fitted]) -> float:
    """The space above and below the words of a row."""
    if table.matrix:
        return MATRIX_PAD
    if table.runs:
        return RUN_PAD
    return NARROW_PAD if len(columns) == 2 else PAD


def _in_run(table: Table) -> list[bool]:
    """Of each row whether it goes on with what the row above it says in its first cell."""
    said = [row[0].value for row in table.rows]
    return [table.runs and index > 0 and said[index - 1] == value for index, value in enumerate(said)]


def _heading_row(fonts: Fonts, places: list[_Place]) -> Row:
    letters = [place for place in places if place.column.letters]
    upright = any(longest_word(fonts, at.column.heading, theme.HEADING) > at.width - 2 for at in letters)
    cells = []
    for place in places:
        if place.column.letters and upright:
            cells.append(_upright_heading(fonts, place))
            continue
        inset, align = (1.0, 0.5) if place.column.letters else (INSET, 0.0)
        lines = set_lines(fonts, place.column.heading, theme.HEADING, place.width - 2 * inset)
        cells.append(Cell(place.x, place.width, lines, inset, align=align))
    tallest = max(max(cell.lines.height, cell.tall) for cell in cells)
    # Headings stand on the line below them.
    standing = (replace(cell, above=tallest - cell.lines.height) for cell in cells)
    return Row(tuple(standing), pad=4, gap=6, rule=theme.INK_3, keep=True)


def _upright_heading(fonts: Fonts, place: _Place) -> Cell:
    """A heading that reads upwards, on as many lines as the column is wide."""
    lines = set_lines(fonts, place.column.heading, theme.HEADING, UPRIGHT_AT_MOST)
    room = max(1, math.floor(place.width / theme.HEADING.leading))
    if len(lines.lines) > room:
        kept = lines.lines[: room - 1]
        rest = " ".join(line.shown for line in lines.lines[room - 1 :])
        lines = Lines(fonts, (*kept, one_line(fonts, rest, theme.HEADING, UPRIGHT_AT_MOST)))

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        canvas.saveState()
        canvas.translate(x + (width - lines.height) / 2, top - height + 4)
        canvas.rotate(90)
        lines.draw(canvas, 0.0, 0.0)
        canvas.restoreState()

    return Cell(place.x, place.width, Lines(fonts), tall=lines.width, paint=paint)


def _cell(fonts: Fonts, cell: model.Cell, place: _Place, pad: float) -> Cell:
    text = text_of(cell.value)
    if place.column.letters:
        return _letter_cell(fonts, text, place)
    room = place.width - 2 * INSET
    style = theme.words_of_tone(theme.CELL, theme.CELL_STRONG, cell.tone)
    lines = set_all(fonts, [(text, style), (cell.note, theme.NOTE)], room)
    if cell.tone in theme.STATE_TONES and len(lines.lines) == 1 and lines.width <= room:
        return Cell(place.x, place.width, lines, INSET, paint=_chip(theme.TONE_COLOURS[cell.tone][1], lines, pad))
    return Cell(place.x, place.width, lines, INSET)


def _chip(colour: Color, lines: Lines, pad: float) -> Paint:
    """A soft box around one line."""

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        box(canvas, x + INSET - 3.5, top - pad + 1.2, lines.width + 7, lines.lines[0].style.leading + 2.4, colour, 3.5)

    return paint


def _letter_cell(fonts: Fonts, text: str, place: _Place) -> Cell:
    """A letter as the design draws it: A filled, R tinted, C outlined, I plain."""
    strongest = next((letter for letter in "ARCI" if letter in text), "")
    colour = {"A": theme.WHITE, "I": theme.INK_3}.get(strongest, theme.INK)
    style = theme.coloured(theme.LETTER, colour)
    lines = set_lines(fonts, text, style, max(place.width, 60.0)) if text else Lines(fonts)

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        badge = min(width - 1.5, max(20.0, lines.width + 8))
        left, upper, tall = x + (width - badge) / 2, top - MATRIX_PAD + 1.0, lines.height + 2.0
        if strongest == "A":
            box(canvas, left, upper, badge, tall, theme.ACCENT, 3.5)
        elif strongest == "R":
            box(canvas, left, upper, badge, tall, theme.TINT, 3.5)
        elif strongest == "C":
            outline(canvas, left, upper, badge, tall, theme.INK_3, 3.5)

    return Cell(place.x, place.width, lines, align=0.5, paint=paint if strongest else None)
