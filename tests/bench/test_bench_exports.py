"""Both writers beside their libraries doing the same bare work (product.md, "How good it must be")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from app.exporting import report_of
from app.report.model import Block, Report
from app.report.model import Table as ReportTable
from app.report.paper import records, without_empty_columns
from exporters.pdf import reader as pdf_reader
from exporters.pdf import writer as pdf
from exporters.pdf.fonts import Fonts
from exporters.xlsx import package
from exporters.xlsx import writer as xlsx
from tests.support.builder import sample
from tests.support.large import large_project

MODIFIED = "2026-11-21T03:00:00Z"
PAGE_WIDTH = 500.0
ROWS_A_TABLE = 100
"""How many rows a floor lays out as one table: platypus takes ever longer over longer ones."""


@pytest.fixture(scope="module", params=["sample", "large"])
def report(request: pytest.FixtureRequest) -> Report:
    return report_of(sample().project() if request.param == "sample" else large_project())


def test_xlsx(beside, report: Report) -> None:
    """Floor: raw openpyxl writing the same cells, each with its look ready made, and the same zip. Bar: 1.3."""
    beside("xlsx", lambda: xlsx.write(report, BytesIO()), raw_workbook(report), bar="1.3", rounds=5)


def test_pdf(beside, report: Report) -> None:
    """Floor: raw reportlab laying out the same texts as platypus tables and paragraphs in the same font. Bar: 1.3."""
    beside("pdf", lambda: pdf.write(report, BytesIO()), raw_document(report), bar="1.3", rounds=3)


def test_pdf_beside_drawing_alone(beside, report: Report) -> None:
    """Peer: drawing the pages that are laid out already. Bar: none set; what is above 1 is our own layout."""
    fonts = Fonts()
    pages = pdf._laid_out(fonts, report)
    beside(
        "pdf, beside drawing alone",
        lambda: pdf.write(report, BytesIO()),
        lambda: pdf._painted(fonts, report, pages),
        bar="none set",
        rounds=3,
    )


@pytest.mark.parametrize("write", [xlsx.write, pdf.write], ids=["xlsx", "pdf"])
def test_exports_grow_in_line(beside, write: Any) -> None:
    """Peer: the same export of a quarter of the actions and people. Bar: about four times as long."""
    large, small = (report_of(large_project(actions, actions // 10)) for actions in (600, 150))
    beside(
        f"{write.__module__.split('.')[1]}, 600 actions beside 150",
        lambda: write(large, BytesIO()),
        lambda: write(small, BytesIO()),
        bar="about 4",
        rounds=3,
    )


@pytest.mark.parametrize("touched", [False, True], ids=["untouched", "touched"])
def test_verify_reads_back(beside, touched: bool, tmp_path: Path) -> None:
    """A copy as it was exported, and one that another program saved again, whose pages are looked at one by one.
    Peer: writing it. Bar: none set."""
    report = report_of(sample().project())
    target = tmp_path / "copy.pdf"
    pdf.write(report, target)
    if touched:
        PdfWriter(clone_from=PdfReader(BytesIO(target.read_bytes()))).write(target)

    def read_back() -> None:
        rebuilt = BytesIO()
        pdf.write(report, rebuilt)
        if target.read_bytes() != rebuilt.getvalue():
            pdf_reader.compare(target, rebuilt.getvalue())
            pdf_reader.signs(target, rebuilt.getvalue())

    beside(
        "verify a pdf" + (" that was saved again" if touched else ""),
        read_back,
        lambda: pdf.write(report, BytesIO()),
        bar="none set",
        rounds=3,
    )


def raw_workbook(report: Report) -> Any:
    """What writes the cells of the finished workbook once more, with openpyxl alone: their looks, widths, heights,
    merges, tables and links are taken over as they are."""
    finished = xlsx.make(report)
    sheets = [
        (sheet, [(cell.row, cell.column, cell.value, cell.data_type, cell._style) for cell in sheet._cells.values()])
        for sheet in finished.worksheets
    ]
    looks = ("_fonts", "_fills", "_borders", "_alignments", "_protections", "_number_formats", "_cell_styles")
    looks = (*looks, "_named_styles", "_differential_styles")
    taken = ("column_dimensions", "row_dimensions", "merged_cells", "_tables", "data_validations", "_hyperlinks")
    taken = (*taken, "conditional_formatting", "sheet_state", "protection", "page_setup", "print_options", "views")

    def write() -> None:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for look in looks:
            setattr(book, look, getattr(finished, look))
        for original, cells in sheets:
            sheet = book.create_sheet(original.title)
            for part in taken:
                setattr(sheet, part, getattr(original, part))
            for row, column, value, data_type, style in cells:
                cell = sheet.cell(row, column, value)
                cell.data_type = data_type
                cell._style = style
        package.save(book, BytesIO(), MODIFIED)

    return write


def raw_document(report: Report) -> Any:
    """What lays out the same texts with platypus alone, and prints them on plain pages."""
    Fonts()  # registers the committed fonts
    style = ParagraphStyle("floor", fontName="Inter-Regular", fontSize=8, leading=10)
    sections = [section for section in report.sections if section.printed]

    def write() -> None:
        story: list[Any] = []
        for section in sections:
            story += [said(section.title), said(section.intro)]
            for block in section.blocks:
                story += tables_of(block) if isinstance(block, ReportTable) else map(said, texts_of(block))
        SimpleDocTemplate(BytesIO(), pagesize=A4, pageCompression=1).build(story)

    def tables_of(block: ReportTable) -> Iterator[Any]:
        if block.wide:
            yield from records_of(block)
            return
        table = without_empty_columns(block)
        headings = [said(column.heading) for column in table.columns]
        widths = [PAGE_WIDTH / len(headings)] * len(headings)
        lines = [[said(f"{cell.value or ''} {cell.note}") for cell in row] for row in table.rows]
        yield from (said(label) for _, label in table.groups)
        for at in range(0, len(lines), ROWS_A_TABLE):
            some = [headings, *lines[at : at + ROWS_A_TABLE]]
            yield Table(some, widths, repeatRows=1, splitInRow=1)

    def records_of(block: ReportTable) -> Iterator[Any]:
        for record in records(block):
            yield said(record.name)
            lines = [[said(label), said(f"{cell.value or ''} {cell.note}")] for label, cell in record.items]
            yield Table(lines, [PAGE_WIDTH * 0.3, PAGE_WIDTH * 0.7], splitInRow=1)

    def said(text: str) -> Paragraph:
        return Paragraph(escape(text), style)

    return write


def texts_of(block: Block | Any) -> Iterator[str]:
    """Every text in a block."""
    if isinstance(block, str):
        yield block
    elif isinstance(block, tuple):
        for part in block:
            yield from texts_of(part)
    elif is_dataclass(block):
        for field in fields(block):
            yield from texts_of(getattr(block, field.name))
