"""What a page is made of: rows of cells, from a heading to a figure, placed below each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from exporters.pdf import theme
from exporters.pdf.fonts import Fonts
from exporters.pdf.text import Lines, set_lines

Paint = Callable[[Canvas, float, float, float, float], None]
"""Draws behind a cell's words: canvas, left, top, width, height; `top` is the upper edge, heights go down."""

WHOLE = 160.0
"""A row up to this height stays on one page; a higher one may be cut between its lines."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a place of a row. `above` and `inset` are the space over and left and right of them, in points."""

    x: float
    width: float
    lines: Lines
    inset: float = 0.0
    above: float = 0.0
    tall: float = 0.0
    """The least height, for what `paint` draws."""
    align: float = 0.0
    paint: Paint | None = None
    again: bool = False
    """Whether the rest of a cell that was cut is painted too."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells beside each other. `gap` is left out at the top of a page; `keep` holds it to the row that follows.

    `headings` are repeated above it at the top of a page. `anchor` is the section that starts here.
    """

    cells: tuple[Cell, ...]
    pad: float = 0.0
    gap: float = 0.0
    rule: Color | None = None
    keep: bool = False
    headings: tuple[Row, ...] = ()
    anchor: int | None = None

    @property
    def height(self) -> float:
        return 2 * self.pad + max(max(cell.above + cell.lines.height, cell.tall) for cell in self.cells)

    @property
    def least(self) -> float:
        """The room without which it is better to turn the page."""
        return min(self.height, WHOLE)

    def split(self, room: float) -> tuple[Row, Row]:
        """The part that fits into `room`, and the rest."""
        inner = room - 2 * self.pad
        cut = [cell.lines.split(inner - cell.above) for cell in self.cells]
        heads = (replace(cell, lines=head) for cell, (head, _) in zip(self.cells, cut, strict=True))
        tails = (
            replace(cell, lines=tail, above=0.0, tall=0.0, paint=cell.paint if cell.again else None)
            for cell, (_, tail) in zip(self.cells, cut, strict=True)
        )
        return replace(self, cells=tuple(heads), rule=None), replace(self, cells=tuple(tails), gap=0.0, anchor=None)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw downwards from `top`."""
        height = self.height
        for cell in self.cells:
            if cell.paint is not None:
                cell.paint(canvas, x + cell.x, top, cell.width, height)
            cell.lines.draw(
                canvas,
                x + cell.x + cell.inset,
                top - self.pad - cell.above,
                cell.width - 2 * cell.inset,
                cell.align,
            )
        if self.rule is not None:
            last = self.cells[-1]
            rule(canvas, x, top - height, last.x + last.width, self.rule)


def words_row(
    fonts: Fonts,
    text: str,
    style: theme.Style,
    width: float,
    *,
    gap: float = 0.0,
    keep: bool = False,
    anchor: int | None = None,
) -> Row:
    """Running words over the whole width."""
    return Row((Cell(0.0, width, set_lines(fonts, text, style, width)),), gap=gap, keep=keep, anchor=anchor)


# Painting


def rule(canvas: Canvas, x: float, y: float, width: float, colour: Color, thickness: float = 0.6) -> None:
    """A thin horizontal line."""
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(thickness)
    canvas.line(x, y, x + width, y)


def box(canvas: Canvas, x: float, top: float, width: float, height: float, colour: Color, radius: float = 0.0) -> None:
    """A filled box with round corners."""
    canvas.setFillColor(colour)
    canvas.roundRect(x, top - height, width, height, radius, stroke=0, fill=1)


def outline(
    canvas: Canvas, x: float, top: float, width: float, height: float, colour: Color, radius: float = 0.0
) -> None:
    """An empty box with round corners."""
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(0.8)
    canvas.roundRect(x, top - height, width, height, radius, stroke=1, fill=0)


def barred_box(ink: Color, soft: Color, radius: float) -> Paint:
    """A soft box with a strong bar along its left edge."""

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        canvas.saveState()
        shape = canvas.beginPath()
        shape.roundRect(x, top - height, width, height, radius)
        canvas.clipPath(shape, stroke=0, fill=0)
        box(canvas, x, top, width, height, soft)
        box(canvas, x, top, 3.6, height, ink)
        canvas.restoreState()

    return paint
