"""Both writers beside their libraries doing the same bare work (product.md, "How good it must be")."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from app.exporting import report_of
from app.report.model import Report
from app.report.model import Table as ReportTable
from exporters.pdf import reader as pdf_reader
from exporters.pdf import writer as pdf
from exporters.xlsx import reader as xlsx_reader
from exporters.xlsx import writer as xlsx
from tests.support.builder import sample
from tests.support.large import large_project


@pytest.fixture(scope="module", params=["sample", "large"])
def report(request) -> Report:
    return report_of(sample().project() if request.param == "sample" else large_project())


def test_xlsx(beside, report: Report, tmp_path: Path) -> None:
    """Floor: raw openpyxl writing the same values, each cell with one reused style."""
    target = tmp_path / "ours.xlsx"
    xlsx.write(report, target)
    cells = xlsx_reader.visible_cells(target)

    def floor() -> None:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, found in cells.items():
            sheet = book.create_sheet(name)
            style = sheet.cell(1, 1)._style
            for (row, column), value in found.items():
                cell = sheet.cell(row, column, value)
                cell._style = style
        book.save(BytesIO())

    beside("xlsx", lambda: xlsx.write(report, BytesIO()), floor, bar="at most 1.3", rounds=3)


def test_pdf(beside, report: Report, tmp_path: Path) -> None:
    """Floor: raw reportlab laying out the same texts in tables and paragraphs of its own."""
    style = getSampleStyleSheet()["BodyText"]

    def floor() -> None:
        story: list[object] = []
        for section in report.sections:
            story.append(Paragraph("Section", style))
            for block in section.blocks:
                if isinstance(block, ReportTable):
                    data = [[Paragraph(_plain(str(cell.value)), style) for cell in row] for row in block.rows]
                    story.extend(Table(data[at : at + 100]) for at in range(0, len(data), 100))
        SimpleDocTemplate(BytesIO(), pagesize=A4).build(story)

    beside("pdf", lambda: pdf.write(report, BytesIO()), floor, bar="at most 1.3", rounds=3)


def test_verify_reads_back(beside, tmp_path: Path) -> None:
    """Peer: writing the copy that is read back."""
    report = report_of(sample().project())
    target = tmp_path / "copy.pdf"
    pdf.write(report, target)
    beside(
        "verify a pdf",
        lambda: pdf_reader.compare(target, report),
        lambda: pdf.write(report, BytesIO()),
        bar="none set",
        rounds=3,
    )


def _plain(text: str) -> str:
    return text[:300].replace("&", "and").replace("<", "(").replace(">", ")")
