"""Writes a report as a workbook: the working RACI (product.md, "What stakeholders receive")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import IO, Any

from openpyxl import LXML, Workbook, __version__
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.messages import msg, words
from app.report.model import SHEETS, Report, Section
from exporters.made_with import versions
from exporters.xlsx import lint, package
from exporters.xlsx.sheet import SheetWriter
from exporters.xlsx.styles import ACCENT, make_styles
from exporters.xlsx.text import cell_text, page_text

DATA_SHEET = "ownermap"
"""The hidden sheet that carries the attachment, in chunks, below a line that says what it is."""

CHUNK = 32_000
PAGE_WIDTH = 280
"""Characters that a landscape page still shows legibly; a wider sheet is printed on several pages side by side."""

Origins = dict[tuple[str, int, int], str]
"""(sheet, row, column) -> the origin of the cell, see `app.report.model.Cell`."""

PAPERS = {"a4": 9, "letter": 1}

MADE_WITH = versions(f"openpyxl {__version__}{' and lxml' if LXML else ''}")


def write(report: Report, target: Path | IO[bytes], *, made_with: str = MADE_WITH) -> None:
    """Write the workbook; the same report gives the same bytes. `made_with` is what it says that it was made with."""
    workbook = make(report)
    workbook.properties.version = made_with
    lint.check(workbook)
    modified = report.created[:19] + "Z"
    if isinstance(target, Path):
        with target.open("wb") as file:
            package.save(workbook, file, modified)
    else:
        package.save(workbook, target, modified)


def make(report: Report) -> Workbook:
    """The workbook of a report, in memory."""
    return make_with_origins(report)[0]


def make_with_origins(report: Report) -> tuple[Workbook, Origins]:
    """The workbook of a report, and where its cells come from."""
    origins: Origins = {}
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    styles = make_styles(workbook)
    tables: set[str] = set()
    for name in SHEETS:
        sections = [section for section in report.sections if section.sheet == name]
        if sections:
            sheet = workbook.create_sheet(name)
            writer = SheetWriter(sheet, styles, tables)
            _fill(writer, report, sections)
            _settle(sheet, report, writer)
            origins.update(((name, *place), origin) for place, origin in writer.origins.items())
    _attach(workbook, report, styles["data"])
    _describe(workbook, report)
    return workbook, origins


def _fill(writer: SheetWriter, report: Report, sections: Sequence[Section]) -> None:
    first = sections[0]
    standing = " · ".join(filter(None, (report.title, report.status, report.review)))
    if report.fingerprint:
        standing += f" · {words(msg('Fingerprint {digits}', digits=_short(report.fingerprint)))}"
    if not report.draft:
        standing += f" · {words('protected against accidental edits, without a password')}"
    writer.opening(first.title, standing)
    for section in sections:
        writer.section(section, titled=section is not first)
    writer.finish()


def _settle(sheet: Worksheet, report: Report, writer: SheetWriter) -> None:
    """Freezing, printing and protection of one sheet."""
    sheet.sheet_view.showGridLines = False
    if writer.head is None:
        sheet.freeze_panes, sheet.print_title_rows = "A3", "1:2"
    else:
        row, columns = writer.head
        sheet.freeze_panes, sheet.print_title_rows = f"{get_column_letter(columns + 1)}{row + 1}", f"{row}:{row}"
    if sheet.title.startswith("RACI"):
        sheet.sheet_properties.tabColor = ACCENT
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = PAPERS[report.paper]
    sheet.page_setup.fitToWidth = max(1, ceil(writer.width / PAGE_WIDTH))
    sheet.page_setup.fitToHeight = 0
    if writer.width > PAGE_WIDTH:
        sheet.print_title_cols = "A:A"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.left.text, header.right.text = page_text(report.title), page_text(report.status)
    footer.center.text, footer.right.text = page_text(" · ".join(filter(None, (sheet.title, report.review)))), "&P / &N"
    if report.fingerprint:
        footer.left.text = page_text(words(msg("Fingerprint {digits}", digits=_short(report.fingerprint))))
    sheet.oddHeader, sheet.oddFooter = header, footer
    if not report.draft:
        _protect(sheet)


def _protect(sheet: Worksheet) -> None:
    """Against accidental edits, without a password. False means allowed here; objects are comments."""
    protection = sheet.protection
    protection.sheet = True
    protection.sort = protection.autoFilter = False
    protection.formatColumns = protection.formatRows = False
    protection.objects = protection.scenarios = False


def _attach(workbook: Workbook, report: Report, style: object) -> None:
    sheet = workbook.create_sheet(DATA_SHEET)
    sheet.sheet_state = "hidden"
    sheet.column_dimensions[get_column_letter(1)].width = 60
    chunks = [report.attachment[at : at + CHUNK] for at in range(0, len(report.attachment), CHUNK)]
    said = words("What was exported, as data for “ownermap verify”. Changing it voids the check.")
    for row, text in enumerate([said, *chunks], 1):
        cell: Any = sheet.cell(row, 1, text)
        cell.data_type = "s"
        cell._style = style
    if not report.draft:
        _protect(sheet)


def _describe(workbook: Workbook, report: Report) -> None:
    created = datetime.fromisoformat(report.created).replace(tzinfo=None)
    properties = workbook.properties
    properties.title = cell_text(report.title)
    properties.subject = cell_text(report.status)
    properties.creator = properties.lastModifiedBy = "Ownermap"
    properties.keywords = report.fingerprint or "draft"
    properties.description = words("The working RACI of an AI agent: who owns it, by name.")
    properties.language = report.language
    properties.created = properties.modified = created


def _short(fingerprint: str) -> str:
    return " ".join(fingerprint[at : at + 4] for at in (0, 4, 8))
