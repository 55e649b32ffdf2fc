"""The report as a PDF: cover with contents, sections, bookmarks, the running head and foot, and the attached data.

Pure: the same report gives the same bytes.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from reportlab import Version
from reportlab.pdfgen.canvas import Canvas

from app.messages import msg, words
from app.report.display import fingerprint_words
from app.report.model import Cell as Value
from app.report.model import Facts, Report, Section, Tone
from exporters.made_with import versions
from exporters.pdf import theme
from exporters.pdf.attachment import attach
from exporters.pdf.blocks import block_rows
from exporters.pdf.fonts import FACES, Fonts
from exporters.pdf.index import with_pages
from exporters.pdf.pages import Flow, Frame, Furniture, Page
from exporters.pdf.rows import Cell, Row, rule, words_row
from exporters.pdf.text import Lines, draw_line, one_line

LAYOUT = 2
"""The version of this layout; it goes up when the same report would come out with other words on a page."""

SCALES = tuple(percent / 100 for percent in range(74, 101, 2))
"""How small a section that stands alone may be set so that it stays on its one page, the smallest first."""

BETWEEN = 24.0
"""Between the two columns of the contents."""

COVER = "cover"
"""The section whose blocks stand on the cover."""

MADE_WITH = versions(f"reportlab {Version}")

ROOM_TO_START = 0.24
"""A section begins at the top of a new page unless this share of the last one is left."""


def write(report: Report, target: BinaryIO | Path, *, made_with: str = MADE_WITH) -> tuple[str, ...]:
    """Write the PDF and return what its reader will miss: characters that the fonts lack, right-to-left text.

    The target is written as it stands; a caller that replaces a file writes beside it first. OSError when the
    target cannot be written. `made_with` is what the file says that it was made with.
    """
    fonts = Fonts()
    data = _painted(fonts, report, _laid_out(fonts, report), made_with)
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)
    return fonts.warnings()


def layout_words(report: Report) -> str:
    """What the file's keywords say about its layout: the version of the report's, then of this writer's."""
    return f"layout {report.layout}, PDF layout {LAYOUT}"


# Layout


def _laid_out(fonts: Fonts, report: Report) -> list[Page]:
    """All pages; the contents on the cover learn their page numbers at the end, before anything is drawn."""
    width, height = theme.PAPERS[report.paper]
    upright, sideways = Frame(width, height), Frame(height, width)
    page_of: dict[int, int] = {}
    flow = Flow(upright)
    flow.pour(_cover_rows(fonts, report, upright, page_of))
    flow.close()
    for number, section in enumerate(report.sections):
        if section.id == COVER or not section.printed:
            continue
        found = replace(section, blocks=tuple(with_pages(fonts, block, flow.pages) for block in section.blocks))
        if section.alone:
            flow.add(_alone(fonts, number, found, upright))
        else:
            _flowing(fonts, number, found, flow, upright, sideways)
    for page_number, page in enumerate(flow.pages, 1):
        page_of.update((row.anchor, page_number) for _, row in page.rows if row.anchor is not None)
    return flow.pages


def _alone(fonts: Fonts, number: int, section: Section, upright: Frame) -> list[Page]:
    """A section on a page of its own, set no smaller than spares it a second page, or full size if nothing does."""

    def pages_at(scale: float) -> list[Page]:
        flow = Flow(replace(upright, scale=scale))
        _flowing(fonts, number, section, flow, flow.frame, flow.frame)
        return flow.pages

    full_size = pages_at(1.0)
    if len(full_size) == 1:
        return full_size
    fitting = bisect_left(SCALES, True, key=lambda scale: len(pages_at(scale)) > 1)
    return pages_at(SCALES[fitting - 1]) if fitting else full_size


def _flowing(fonts: Fonts, number: int, section: Section, flow: Flow, upright: Frame, sideways: Frame) -> None:
    """A section after the one before it; a table that wants a page on its side gets one."""
    blocks = [block_rows(fonts, block, upright.width, sideways.width) for block in section.blocks]
    first = sideways if blocks and blocks[0].sideways else upright
    if flow.room < ROOM_TO_START * flow.frame.height:
        flow.close()
    flow.use(first)
    rows = _heading_rows(fonts, number, section, first.width)
    for block in blocks:
        frame = sideways if block.sideways else upright
        if frame is not flow.frame:
            flow.pour(rows)
            flow.use(frame)
            rows = []
        rows += block.rows
    if not blocks:
        rows.append(words_row(fonts, words(msg("Nothing is recorded here yet.")), theme.BODY_MUTED, first.width, gap=6))
    flow.pour(rows)


def _heading_rows(fonts: Fonts, number: int, section: Section, width: float) -> list[Row]:
    rows = [words_row(fonts, section.title, theme.TITLE, width, gap=30, keep=True, anchor=number)]
    if section.intro:
        rows.append(words_row(fonts, section.intro, theme.INTRO, width, gap=4, keep=True))
    return [*rows, _space(fonts, width, 6)]


# Cover


def _cover_rows(fonts: Fonts, report: Report, frame: Frame, page_of: dict[int, int]) -> list[Row]:
    """Title, the blocks of the report's own cover, the whole fingerprint, and the contents."""
    width = frame.width
    fingerprint = fingerprint_words(report.fingerprint) if report.fingerprint else words(msg("None: not signed"))
    facts = [(words(msg("Fingerprint")), Value(fingerprint))]
    number = next((index for index, section in enumerate(report.sections) if section.id == COVER), None)
    if number is None:
        facts.insert(0, (words(msg("Status")), Value(report.status, Tone.STRONG)))
    blocks = (*(report.sections[number].blocks if number is not None else ()), Facts(tuple(facts)))
    rows = [
        _space(fonts, width, 58),
        words_row(fonts, words(msg("AI agent operating model")), theme.coloured(theme.CAPTION, theme.ACCENT), width),
        words_row(fonts, report.title, theme.COVER_TITLE, width, gap=6, anchor=number),
    ]
    if report.subtitle:
        rows.append(words_row(fonts, report.subtitle, theme.COVER_SUBTITLE, width, gap=6))
    rows.append(_space(fonts, width, 18))
    for block in blocks:
        rows += block_rows(fonts, block, width, width).rows
    rows.append(words_row(fonts, words(msg("Contents")), theme.CAPTION, width, gap=26, keep=True))
    listed = [
        (index, section.title) for index, section in enumerate(report.sections) if index != number and section.printed
    ]
    half = (len(listed) + 1) // 2
    each = (width - BETWEEN) / 2
    for left, right in zip_longest(listed[:half], listed[half:]):
        cells = [_contents_cell(fonts, left, 0.0, each, page_of)]
        if right is not None:
            cells.append(_contents_cell(fonts, right, each + BETWEEN, each, page_of))
        rows.append(Row(tuple(cells)))
    return rows


def _contents_cell(fonts: Fonts, found: tuple[int, str], x: float, width: float, page_of: dict[int, int]) -> Cell:
    """A section's title and the page where it starts, which is known by the time it is drawn; both lead there."""
    number, title = found
    line = one_line(fonts, title, theme.BODY, width - 30)

    def paint(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        page = one_line(fonts, str(page_of[number]), theme.BODY_MUTED, 40)
        draw_line(canvas, fonts, line, x, top - 11.5)
        draw_line(canvas, fonts, page, x + width - page.width, top - 11.5)
        rule(canvas, x, top - height, width, theme.LINE)
        canvas.linkRect("", _anchor(number), (x, top - height, x + width, top), relative=1, Border="[0 0 0]")

    return Cell(x, width, Lines(fonts), tall=18, paint=paint)


def _space(fonts: Fonts, width: float, height: float) -> Row:
    return Row((Cell(0.0, width, Lines(fonts), tall=height),), keep=True)


def _anchor(number: int) -> str:
    return f"section-{number}"


# Painting


def _painted(fonts: Fonts, report: Report, pages: list[Page], made_with: str) -> bytes:
    """The file's bytes."""
    target = io.BytesIO()
    canvas = Canvas(
        target,
        pagesize=theme.PAPERS[report.paper],
        invariant=1,
        pageCompression=1,
        lang=report.language,
        initialFontName=FACES["regular"][0],  # type: ignore[arg-type]  # the stubs call it a number
        pdfVersion=(1, 7),
    )
    _describe(canvas, report)
    canvas.setProducer(made_with)
    furniture = Furniture(fonts, report)
    for number, page in enumerate(pages, 1):
        _paint_page(canvas, page, furniture, number, len(pages), report)
    attach(canvas, report.attachment)
    canvas.save()
    return target.getvalue()


def _describe(canvas: Canvas, report: Report) -> None:
    keywords = [layout_words(report)]
    if report.fingerprint:
        keywords.insert(0, f"fingerprint {report.fingerprint}")
    canvas.setTitle(words(msg("AI agent operating model · {title}", title=report.title)))
    canvas.setSubject(report.status)
    canvas.setAuthor("Ownermap")
    canvas.setCreator("Ownermap")
    canvas.setKeywords(", ".join(keywords))
    made = datetime.fromisoformat(report.created).strftime("D:%Y%m%d%H%M%SZ")
    canvas.setDateFormatter(lambda *_: made)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()


def _paint_page(canvas: Canvas, page: Page, furniture: Furniture, number: int, total: int, report: Report) -> None:
    frame = page.frame
    canvas.setPageSize((frame.page_width, frame.page_height))
    furniture.draw(canvas, frame, number, total)
    canvas.saveState()
    canvas.translate(theme.SIDE, frame.page_height - theme.TOP)
    canvas.scale(frame.scale, frame.scale)
    for top, row in page.rows:
        if row.anchor is not None:
            canvas.bookmarkHorizontal(_anchor(row.anchor), 0, -top + 12)
            canvas.addOutlineEntry(report.sections[row.anchor].title, _anchor(row.anchor), 0)
        row.draw(canvas, 0.0, -top)
    canvas.restoreState()
    canvas.showPage()
