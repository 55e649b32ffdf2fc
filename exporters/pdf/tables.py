"""Tables: columns that fit their words, headings repeated on each page, and the RACI matrix with its letters."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from app.messages import msg, words
from app.report import model
from app.report.model import Table
from exporters.pdf import theme
from exporters.pdf.fonts import Fonts
from exporters.pdf.rows import Cell, Paint, Row, box, outline, words_row
from exporters.pdf.text import Lines, one_line, set_all, set_lines

INSET = 5.0
PAD = 5.0
MATRIX_PAD = 3.0
LETTER_WIDTH = 19.0
"""The narrowest column of letters: "A/R" fits."""
WORD_AT_MOST = 120.0
"""A column is made as wide as its longest word, but no wider than this for its sake."""
UPRIGHT_AT_MOST = 110.0
"""How long a heading may be that is turned upright."""
NARROW = 62.0
"""The least width of a column of words when a table is too wide for one page."""


def is_wide(fonts: Fonts, table: Table, width: float) -> bool:
    """Whether the table wants a page on its side: its columns would break words, or its letters stand too close."""
    return bool(table.rows) and sum(_least_widths(fonts, table)) > width


def table_rows(fonts: Fonts, table: Table, width: float) -> list[Row]:
    """The rows of a table in `width` points; one too wide for that comes in parts, each with its first column."""
    rows = [words_row(fonts, table.caption, theme.CAPTION, width, gap=14, keep=True)] if table.caption else []
    if not table.rows:
        sentence = table.empty or words(msg("Nothing is recorded here yet."))
        return [*rows, words_row(fonts, sentence, theme.BODY_MUTED, width, gap=4)]
    parts = _parts(fonts, table, width)
    for number, part in enumerate(parts, 1):
        if len(parts) > 1:
            label = words(msg("Columns, part {number} of {total}", number=number, total=len(parts)))
            rows.append(words_row(fonts, label, theme.NOTE, width, gap=8, keep=True))
        rows += _part_rows(fonts, part, width)
    return rows


# Columns


def _parts(fonts: Fonts, table: Table, width: float) -> list[Table]:
    """The table, or what of it fits side by side."""
    first, *rest = (min(least, NARROW) if not _is_letters(table, index) else least for index, least in
                    enumerate(_least_widths(fonts, table)))
    groups: list[list[int]] = [[]]
    used = first
    for index, least in enumerate(rest, 1):
        if used + least > width and groups[-1]:
            groups.append([])
            used = first
        groups[-1].append(index)
        used += least
    if len(groups) == 1:
        return [table]
    return [_columns(table, [0, *group]) for group in groups]


def _columns(table: Table, indexes: list[int]) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[index] for index in indexes),
        rows=tuple(tuple(row[index] for index in indexes) for row in table.rows),
    )


def _is_letters(table: Table, index: int) -> bool:
    """Whether a column of a matrix holds nothing but letters."""
    return table.matrix and index > 0 and all(len(_text(row[index].value)) <= 4 for row in table.rows)


def _least_widths(fonts: Fonts, table: Table) -> list[float]:
    """Of each column the width at which no ordinary word is broken."""
    widths = []
    for index, column in enumerate(table.columns):
        if _is_letters(table, index):
            widths.append(LETTER_WIDTH)
            continue
        longest = _longest_word(fonts, column.heading, theme.HEADING)
        for row in table.rows:
            cell = row[index]
            longest = max(longest, _longest_word(fonts, _text(cell.value), theme.CELL_STRONG))
        widths.append(min(longest, WORD_AT_MOST) + 2 * INSET + 0.1)
    return widths


def _longest_word(fonts: Fonts, text: str, style: theme.Style) -> float:
    if not text:
        return 0.0
    return max(fonts.width(word, style.face, style.size) for word in fonts.shown(text, style.face).split() or [""])


def _widths(fonts: Fonts, table: Table, width: float) -> list[float]:
    """The columns' widths: their shares of the page, then what a longest word needs, taken from those with plenty."""
    least = _least_widths(fonts, table)
    letters = [index for index in range(len(least)) if _is_letters(table, index)]
    if letters:
        # Letters stand close together in the middle of even columns; the words before them take what is left.
        even = max(LETTER_WIDTH, min(58.0, (width * 0.72) / len(letters)))
        others = [index for index in range(len(least)) if index not in letters]
        room = (width - even * len(letters)) / sum(table.columns[index].share for index in others)
        return [even if index in letters else room * column.share for index, column in enumerate(table.columns)]
    total = sum(least)
    if total >= width:
        return [width * part / total for part in least]
    shares = [max(1, column.share) for column in table.columns]
    widths = [width * share / sum(shares) for share in shares]
    lacking = sum(max(0.0, need - have) for need, have in zip(least, widths, strict=True))
    spare = sum(max(0.0, have - need) for need, have in zip(least, widths, strict=True))
    return [
        need if have < need else have - (have - need) * lacking / spare
        for need, have in zip(least, widths, strict=True)
    ]


# Rows


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands."""

    x: float
    width: float
    letters: bool


def _part_rows(fonts: Fonts, table: Table, width: float) -> list[Row]:
    places = []
    x = 0.0
    for index, column_width in enumerate(_widths(fonts, table, width)):
        places.append(_Place(x, column_width, _is_letters(table, index)))
        x += column_width
    heading = _heading_row(fonts, table, places)
    group_of = dict(table.groups)
    rows = [heading]
    for index, cells in enumerate(table.rows):
        if index in group_of:
            lines = set_lines(fonts, group_of[index], theme.GROUP, width - 2 * INSET)
            rows.append(Row((Cell(0.0, width, lines, INSET),), pad=PAD, gap=4, keep=True, heading=heading))
        row = tuple(_cell(fonts, cell, place) for cell, place in zip(cells, places, strict=True))
        pad = MATRIX_PAD if table.matrix else PAD
        rows.append(Row(row, pad=pad, rule=theme.LINE, heading=heading))
    return rows


def _heading_row(fonts: Fonts, table: Table, places: list[_Place]) -> Row:
    upright = any(
        place.letters and _longest_word(fonts, column.heading, theme.HEADING) > place.width - 2
        for column, place in zip(table.columns, places, strict=True)
    )
    cells = []
    for column, place in zip(table.columns, places, strict=True):
        if place.letters and upright:
            cells.append(_upright_heading(fonts, column.heading, place))
            continue
        inset = 1.0 if place.letters else INSET
        lines = set_lines(fonts, column.heading, theme.HEADING, place.width - 2 * inset)
        cells.append(Cell(place.x, place.width, lines, inset, align=0.5 if place.letters else 0.0))
    tallest = max(max(cell.lines.height, cell.tall) for cell in cells)
    # Headings stand on the line below them.
    cells = [replace(cell, above=tallest - cell.lines.height) if cell.lines.lines else cell for cell in cells]
    return Row(tuple(cells), pad=4, gap=6, rule=theme.INK_3, keep=True)


def _upright_heading(fonts: Fonts, heading: str, place: _Place) -> Cell:
    """A heading that reads upwards, on as many lines as the column is wide."""
    lines = set_lines(fonts, heading, theme.HEADING, UPRIGHT_AT_MOST)
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


def _cell(fonts: Fonts, cell: model.Cell, place: _Place) -> Cell:
    text = _text(cell.value)
    if place.letters:
        return _letter_cell(fonts, text, place)
    room = place.width - 2 * INSET
    style = theme.words_of_tone(theme.CELL, theme.CELL_STRONG, cell.tone)
    lines = set_all(fonts, [(text, style), (cell.note, theme.NOTE)], room)
    if cell.tone in theme.STATE_TONES and len(lines.lines) == 1 and lines.width <= room:
        return Cell(place.x, place.width, lines, INSET, paint=_chip(theme.TONE_COLOURS[cell.tone][1], lines))
    return Cell(place.x, place.width, lines, INSET)


def _chip(colour: str, lines: Lines) -> Paint:
    """A soft box around one line."""

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        box(canvas, x + INSET - 3.5, top - PAD + 1.2, lines.width + 7, lines.lines[0].style.leading + 2.4, colour, 3.5)

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


def _text(value: model.CellValue) -> str:
    return "" if value is None else str(value)
