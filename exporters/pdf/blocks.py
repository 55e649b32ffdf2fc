"""Each kind of block of the report, as rows."""

from __future__ import annotations

from dataclasses import dataclass

from app.report.model import (
    Block,
    Cards,
    Facts,
    HeatMap,
    NumberedSteps,
    Paragraph,
    Signatures,
    Table,
    Tone,
)
from app.report.paper import can_fold, folded, without_empty_columns
from exporters.pdf import theme
from exporters.pdf.columns import fitted, is_wide
from exporters.pdf.fields import fact_rows, record_rows
from exporters.pdf.figures import card_rows, signature_rows, step_rows, week_rows
from exporters.pdf.fonts import Fonts
from exporters.pdf.rows import Cell, Row, barred_box, words_row
from exporters.pdf.tables import table_rows
from exporters.pdf.text import set_all, set_lines

LABEL_WIDTH = 0.3
"""The share of the width that a fact's label has."""


@dataclass(frozen=True, slots=True)
class BlockRows:
    """The rows of a block, and whether they are meant for a page on its side."""

    rows: list[Row]
    sideways: bool = False


def block_rows(fonts: Fonts, block: Block, width: float, wide: float) -> BlockRows:
    """The rows of a block for an upright page's width, or for `wide` when only a page on its side can hold it."""
    if isinstance(block, Table):
        if block.wide and block.rows:
            return BlockRows(record_rows(fonts, block, width))
        table = without_empty_columns(block)
        columns = fitted(fonts, table)
        if can_fold(table) and sum(column.single for column in columns) <= width / 2:
            table = folded(table)
            columns = fitted(fonts, table)
        sideways = bool(table.rows) and is_wide(columns, width)
        return BlockRows(table_rows(fonts, table, columns, wide if sideways else width), sideways)
    return BlockRows(_upright_rows(fonts, block, width))


def _upright_rows(
    fonts: Fonts, block: Paragraph | Facts | Cards | HeatMap | NumberedSteps | Signatures, width: float
) -> list[Row]:
    match block:
        case Paragraph():
            return [_paragraph_row(fonts, block, width)]
        case Facts():
            return _fact_rows(fonts, block, width)
        case Cards():
            return card_rows(fonts, block, width)
        case HeatMap():
            return week_rows(fonts, block, width)
        case NumberedSteps():
            return step_rows(fonts, block, width)
        case Signatures():
            return signature_rows(fonts, block, width)


def _paragraph_row(fonts: Fonts, paragraph: Paragraph, width: float) -> Row:
    """Running text; what is done, doubtful or wrong stands in a box of its colour."""
    if paragraph.tone in theme.STATE_TONES or paragraph.tone in theme.OWNER_TONES:
        ink, soft = theme.TONE_COLOURS[paragraph.tone]
        lines = set_lines(fonts, paragraph.text, theme.BODY, width - 26)
        return Row((Cell(0.0, width, lines, 13, paint=barred_box(ink, soft, 5), again=True),), pad=7, gap=8)
    if paragraph.tone is Tone.STRONG:
        return words_row(fonts, paragraph.text, theme.BODY_STRONG, width, gap=8, keep=True)
    style = theme.words_of_tone(theme.BODY, theme.BODY_STRONG, paragraph.tone)
    return words_row(fonts, paragraph.text, style, width, gap=7)


def _fact_rows(fonts: Fonts, facts: Facts, width: float) -> list[Row]:
    """A label and its value on each row; under a caption they are close set, several on a line."""
    if facts.caption:
        caption = words_row(fonts, facts.caption, theme.CAPTION, width, gap=14, keep=True)
        return [caption, *fact_rows(fonts, facts.items, width)]
    rows = []
    left = width * LABEL_WIDTH
    right = width - left
    for label, cell in facts.items:
        style = theme.words_of_tone(theme.BODY, theme.BODY_STRONG, cell.tone)
        value = "" if cell.value is None else str(cell.value)
        said = set_all(fonts, [(value or "–", style), (cell.note, theme.NOTE)], right)
        named = set_lines(fonts, label, theme.BODY_MUTED, left - 10)
        rows.append(Row((Cell(0.0, left, named), Cell(left, right, said)), pad=3.5, rule=theme.LINE))
    return rows
