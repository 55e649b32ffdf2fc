"""Cards, steps, signatures and the week of who answers, as in the design's two pages that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from reportlab.pdfgen.canvas import Canvas

from app.messages import msg, words
from app.report.model import Card, Cards, HeatMap, NumberedSteps, SignatureLine, Signatures, Tone, Who
from app.report.paper import NOBODY_YET
from exporters.pdf import theme
from exporters.pdf.fonts import Fonts
from exporters.pdf.rows import Cell, Paint, Row, barred_box, box, outline, rule, words_row
from exporters.pdf.text import Line, Lines, draw_line, one_line, set_all, set_lines

GUTTER = 9.0
CARDS_IN_A_ROW = 2
SIGNATURES_IN_A_ROW = 3
STROKES = 30.0
"""The height of a drawn signature."""
OPEN = 18.0
"""The height over the line where nobody in the row has signed."""
HOURS = 24
HOUR_HEIGHT = 13.0
HOUR_GAP = 1.5
DAY_WIDTH = 54.0
DISC = 13.0
"""The radius of a step's number."""
STEP_PAD = 4.0

Item = TypeVar("Item")

# Strokes as `x,y` pairs from 0 to 1000 with spaces between, a semicolon between two strokes; y goes down.
PAIR = re.compile(r"(\d{1,4}),(\d{1,4})")
DRAWING = re.compile(rf"{PAIR.pattern}(?:[ ;]+{PAIR.pattern})*;?")


# Cards


def card_rows(fonts: Fonts, cards: Cards, width: float) -> list[Row]:
    """Coloured cards, two in a row, the name the largest thing on each; one alone heads what follows."""
    if len(cards.cards) == 1:
        return [Row((_card(fonts, cards.cards[0], 0.0, width),), pad=10, gap=20, keep=True)]
    each = (width - GUTTER * (CARDS_IN_A_ROW - 1)) / CARDS_IN_A_ROW
    rows = []
    for few in _by(CARDS_IN_A_ROW, cards.cards):
        cells = tuple(_card(fonts, card, index * (each + GUTTER), each) for index, card in enumerate(few))
        rows.append(Row(cells, pad=10, gap=GUTTER))
    return rows


def _card(fonts: Fonts, card: Card, x: float, width: float) -> Cell:
    ink, soft = theme.TONE_COLOURS[card.tone]
    inset = 15.0
    parts = [(card.heading, theme.coloured(theme.CARD_HEADING, ink)), (card.name, theme.CARD_NAME)]
    parts += [(line, theme.CARD_LINE) for line in card.lines]
    return Cell(x, width, set_all(fonts, parts, width - 2 * inset), inset, paint=barred_box(ink, soft, 7), again=True)


# Steps


def step_rows(fonts: Fonts, steps: NumberedSteps, width: float) -> list[Row]:
    """Numbered steps: what and how on the left, who and when on the right."""
    left, right = 36.0, 0.3 * width
    middle = width - left - right - 12
    rows = []
    for number, step in enumerate(steps.steps, 1):
        said = set_all(fonts, [(step.what, theme.STEP_WHAT), (step.how, theme.STEP_HOW)], middle)
        people = [part for who in step.who for part in _who_parts(who)]
        named = set_all(fonts, people or [(words(NOBODY_YET), theme.STEP_NOBODY)], right)
        cells = (
            Cell(0.0, left, Lines(fonts), tall=2 * DISC, paint=_disc(fonts, number)),
            Cell(left, middle, said),
            Cell(width - right, right, named, above=2),
        )
        rows.append(Row(cells, pad=STEP_PAD, rule=theme.LINE))
    return rows


def _who_parts(who: Who) -> list[tuple[str, theme.Style]]:
    return [(who.name, theme.STEP_WHO), *((line, theme.STEP_WHO_LINE) for line in who.lines)]


def _disc(fonts: Fonts, number: int) -> Paint:
    line = one_line(fonts, str(number), theme.DISC, 2 * DISC)

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        middle = top - STEP_PAD - DISC
        canvas.setFillColor(theme.ACCENT)
        canvas.circle(x + DISC, middle, DISC, stroke=0, fill=1)
        draw_line(canvas, fonts, line, x + DISC - line.width / 2, middle - 0.36 * theme.DISC.size)

    return paint


# The week


def week_rows(fonts: Fonts, week: HeatMap, width: float) -> list[Row]:
    """The hours of a week. Each holder has a colour and a number, an hour that nobody answers is hatched."""
    rows = [words_row(fonts, week.caption, theme.CAPTION, width, gap=14, keep=True)] if week.caption else []
    rows.append(Row((_hours_of_day(fonts, width),), gap=2, keep=True))
    for day, hours in zip(week.weekdays, week.hours, strict=True):
        name = one_line(fonts, day, theme.SMALL, DAY_WIDTH - 6)
        cells = (
            Cell(0.0, DAY_WIDTH, Lines(fonts, (name,)), above=(HOUR_HEIGHT - name.style.leading) / 2),
            Cell(DAY_WIDTH, width - DAY_WIDTH, Lines(fonts), tall=HOUR_HEIGHT + HOUR_GAP, paint=_hours(fonts, hours)),
        )
        rows.append(Row(cells, keep=True))
    nobody = any(holder < 0 for hours in week.hours for holder in hours)
    return [*rows, *_legend(fonts, week.holders, nobody, width), _summary(fonts, week.summary, width)]


def _hours_of_day(fonts: Fonts, width: float) -> Cell:
    lines = [one_line(fonts, f"{hour:02}", theme.SMALL, 40) for hour in range(0, HOURS, 3)]

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        for index, line in enumerate(lines):
            draw_line(canvas, fonts, line, x + width / HOURS * 3 * index, top - 7)

    return Cell(DAY_WIDTH, width - DAY_WIDTH, Lines(fonts), tall=10, paint=paint)


def _hours(fonts: Fonts, hours: Sequence[int]) -> Paint:
    marks = {holder: _mark(fonts, holder) for holder in set(hours)}

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        each = width / len(hours)
        for index, holder in enumerate(hours):
            _hour(canvas, fonts, holder, marks[holder], x + index * each, top, each - HOUR_GAP)

    return paint


def _mark(fonts: Fonts, holder: int) -> Line:
    if holder < 0:
        return one_line(fonts, "–", theme.coloured(theme.CELL_NUMBER, theme.INK), 20)
    return one_line(fonts, str(holder + 1), theme.CELL_NUMBER, 20)


def _hour(canvas: Canvas, fonts: Fonts, holder: int, mark: Line, x: float, top: float, width: float) -> None:
    """One box: the holder's colour and number, or hatching."""
    if holder < 0:
        _hatched(canvas, x, top, width)
    else:
        box(canvas, x, top, width, HOUR_HEIGHT, theme.HOLDER_COLOURS[holder % len(theme.HOLDER_COLOURS)], 2)
    baseline = top - HOUR_HEIGHT / 2 - 0.36 * mark.style.size
    draw_line(canvas, fonts, mark, x + (width - mark.width) / 2, baseline)


def _hatched(canvas: Canvas, x: float, top: float, width: float) -> None:
    ink, soft = theme.TONE_COLOURS[Tone.BAD]
    canvas.saveState()
    shape = canvas.beginPath()
    shape.roundRect(x, top - HOUR_HEIGHT, width, HOUR_HEIGHT, 2)
    canvas.clipPath(shape, stroke=0, fill=0)
    box(canvas, x, top, width, HOUR_HEIGHT, soft)
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(0.5)
    step = 4
    for start in range(-int(HOUR_HEIGHT), int(width) + 1, step):
        canvas.line(x + start, top - HOUR_HEIGHT, x + start + HOUR_HEIGHT, top)
    # The mark in the middle stays legible.
    box(canvas, x + width / 2 - 3.5, top - 1.8, 7, HOUR_HEIGHT - 3.6, soft)
    canvas.restoreState()
    outline(canvas, x, top, width, HOUR_HEIGHT, ink, 2)


def _legend(fonts: Fonts, holders: Sequence[str], nobody: bool, width: float) -> list[Row]:
    """What the numbers mean, three in a row."""
    entries = list(enumerate(holders))
    if nobody:
        entries.append((-1, words(msg("Nobody answers"))))
    each = width / 3
    rows = []
    for few in _by(3, entries):
        cells = []
        for index, (holder, name) in enumerate(few):
            lines = set_lines(fonts, name, theme.SMALL, each - 26)
            above = (HOUR_HEIGHT - theme.SMALL.leading) / 2
            cells.append(Cell(index * each, each, lines, 20, above, paint=_key(fonts, holder)))
        rows.append(Row(tuple(cells), gap=5, keep=True))
    return rows


def _key(fonts: Fonts, holder: int) -> Paint:
    mark = _mark(fonts, holder)

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        _hour(canvas, fonts, holder, mark, x, top, 15)

    return paint


def _summary(fonts: Fonts, summary: str, width: float) -> Row:
    return words_row(fonts, summary, theme.coloured(theme.SMALL, theme.INK), width, gap=5)


# Signatures


def signature_rows(fonts: Fonts, signatures: Signatures, width: float) -> list[Row]:
    """The seats beside each other: what was drawn or typed over a line, the name and the details under it."""
    each = (width - 2 * GUTTER * (SIGNATURES_IN_A_ROW - 1)) / SIGNATURES_IN_A_ROW
    rows = []
    for few in _by(SIGNATURES_IN_A_ROW, signatures.lines):
        over = STROKES if any(line.signed for line in few) else OPEN
        cells = tuple(_seat(fonts, line, index * (each + 2 * GUTTER), each, over) for index, line in enumerate(few))
        rows.append(Row(cells, gap=12))
    return rows


def _seat(fonts: Fonts, line: SignatureLine, x: float, width: float, over: float) -> Cell:
    parts = [
        (line.seat, theme.coloured(theme.HEADING, theme.INK_2)),
        (line.name, theme.BODY_STRONG),
        (line.detail, theme.NOTE),
    ]
    strokes = strokes_of(line.drawing)
    written = line.name if line.signed and not strokes else ""
    name = one_line(fonts, written, theme.SIGNED_NAME, width)

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        if strokes and line.signed:
            _draw_strokes(canvas, strokes, x, top, width)
        draw_line(canvas, fonts, name, x, top - over + 7)
        rule(canvas, x, top - over, width, theme.INK_2 if line.signed else theme.LINE)

    return Cell(x, width, set_all(fonts, parts, width), above=over + 4, paint=paint)


def strokes_of(drawing: str) -> list[list[tuple[int, int]]]:
    """The strokes of a drawn signature; none when nothing is drawn or it is not a drawing, so the name is set."""
    if not DRAWING.fullmatch(drawing.strip()):
        return []
    strokes = [[(int(x), int(y)) for x, y in PAIR.findall(stroke)] for stroke in drawing.split(";")]
    return [stroke for stroke in strokes if stroke]


def _draw_strokes(canvas: Canvas, strokes: list[list[tuple[int, int]]], x: float, top: float, width: float) -> None:
    scale_x, scale_y = min(width, 3.2 * STROKES) / 1000, (STROKES - 4) / 1000
    canvas.setStrokeColor(theme.ACCENT)
    canvas.setLineWidth(1.1)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    for stroke in strokes:
        points = [(x + min(px, 1000) * scale_x, top - 2 - min(py, 1000) * scale_y) for px, py in stroke]
        path.moveTo(*points[0])
        for point in points[1:] or points:
            path.lineTo(*point)
    canvas.drawPath(path, stroke=1, fill=0)


def _by(count: int, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items, a few at a time."""
    return (items[start : start + count] for start in range(0, len(items), count))
