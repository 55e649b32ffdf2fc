"""One sheet of the workbook: sections written one under the other, block by block."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from app.messages import words
from app.report.model import (
    Block,
    Card,
    Cards,
    Facts,
    HeatMap,
    NumberedSteps,
    Paragraph,
    Section,
    Signatures,
    Table,
    Tone,
)
from app.report.paper import NOBODY_YET
from exporters.xlsx.canvas import Canvas
from exporters.xlsx.tables import labels, with_note, write_table

TITLE_HEIGHT, NAME_HEIGHT, CAPTION_HEIGHT, STATUS_HEIGHT = 30, 24, 22, 15
NOBODY = "·"
"""An hour that nobody covers."""


class SheetWriter:
    """Writes sections onto one sheet. `tables` are the names of Excel tables that the workbook has so far."""

    def __init__(self, sheet: Worksheet, styles: Mapping[str, Any], tables: set[str]) -> None:
        self._canvas = Canvas(sheet, styles)
        self._tables = tables
        self._heads: list[tuple[int, int]] = []

    def opening(self, title: str, status: str) -> None:
        """The first two rows: what the sheet is, and what the workbook is."""
        self._canvas.line(title, "title", TITLE_HEIGHT)
        self._canvas.line(status, "status", STATUS_HEIGHT)

    def section(self, section: Section, *, titled: bool) -> None:
        """One section; `titled` when the sheet's own title does not say what it is."""
        self._canvas.row += 1
        if titled:
            self._canvas.line(section.title, "title", TITLE_HEIGHT)
        if section.intro:
            self._canvas.running(1, section.intro, "intro")
        for block in section.blocks:
            self._canvas.row += 1
            self._block(block)

    def finish(self) -> None:
        """Settle what depends on everything that was written."""
        self._canvas.finish()

    @property
    def origins(self) -> Mapping[tuple[int, int], str]:
        """(row, column) -> where what stands there comes from."""
        return self._canvas.origins

    @property
    def width(self) -> int:
        """Characters that the whole sheet is wide."""
        return self._canvas.width

    @property
    def head(self) -> tuple[int, int] | None:
        """The heading row of the only table of the sheet, and the columns beside it that say what a row is."""
        return self._heads[0] if len(self._heads) == 1 else None

    def _block(self, block: Block) -> None:
        canvas = self._canvas
        match block:
            case Paragraph():
                canvas.running(1, block.text, "caption" if block.tone is Tone.STRONG else "intro")
            case Facts():
                self._caption(block.caption)
                for label, value in block.items:
                    canvas.mark(2, value)
                    canvas.fact(label, with_note(value), f"cell_{value.tone}")
            case Cards():
                for card in block.cards:
                    self._card(card)
            case NumberedSteps():
                for number, step in enumerate(block.steps, 1):
                    canvas.fact(f"{number}  {step.what}", step.how, "cell_plain", label_style="cell_strong")
                    who = "\n".join(" · ".join((who.name, *who.lines)) for who in step.who)
                    canvas.fact("", who or words(NOBODY_YET), "cell_strong")
            case Signatures():
                for line in block.lines:
                    tone = Tone.OK if line.signed else Tone.PLAIN
                    canvas.fact(line.seat, f"{line.name} · {line.detail}", f"cell_{tone}")
            case HeatMap():
                self._heat_map(block)
            case Table():
                self._table(block)

    def _caption(self, caption: str) -> None:
        if caption:
            self._canvas.line(caption, "caption", CAPTION_HEIGHT)

    def _table(self, table: Table) -> None:
        self._caption(table.caption)
        if table.rows:
            self._heads.append((write_table(self._canvas, table, self._tables), labels(table)))
        else:
            self._canvas.running(1, table.empty, "cell_muted")

    def _card(self, card: Card) -> None:
        tone = card.tone if f"name_{card.tone}" in self._canvas.styles else Tone.PLAIN
        self._canvas.sheet.row_dimensions[self._canvas.row].height = NAME_HEIGHT
        self._canvas.fact(card.heading, card.name, f"name_{tone}", label_style=f"cell_{tone}")
        self._canvas.fact("", " · ".join(card.lines), f"line_{tone}", label_style=f"cell_{tone}")
        self._canvas.row += 1

    def _heat_map(self, block: HeatMap) -> None:
        """Each day as 24 signs, an hour each, and in words; the signs are explained below."""
        self._caption(block.caption)
        signs = [chr(ord("A") + index) if index < 26 else "+" for index in range(len(block.holders))]
        for day, hours in zip(block.weekdays, block.hours, strict=True):
            strip = "".join(signs[index] if index >= 0 else NOBODY for index in hours)
            self._canvas.fact(day, f"{strip}   {_in_words(hours, block.holders)}", "week")
        legend = [f"{sign} = {name}" for sign, name in zip(signs, block.holders, strict=True)]
        legend.append(f"{NOBODY} = {words('nobody')}")
        self._canvas.fact("", "   ".join((*legend, block.summary)), "intro", label_style="intro")


def _in_words(hours: tuple[int, ...], holders: tuple[str, ...]) -> str:
    """One day of the nominal week: 00–09 nobody, 09–17 Billing leads, 17–24 nobody."""
    said = []
    for index, run in groupby(range(len(hours)), key=lambda hour: hours[hour]):
        span = list(run)
        who = holders[index] if index >= 0 else words("nobody")
        said.append(f"{span[0]:02d}–{span[-1] + 1:02d} {who}")
    return ", ".join(said)
