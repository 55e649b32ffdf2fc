"""The workbook as a stakeholder, a spreadsheet program and a checker get it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

from app.report.build import build
from app.report.model import SHEETS, Cell, Column, Paragraph, Report, Section, Table, Tone
from app.revisions.signoff import seat_holder, sign
from exporters.xlsx import lint
from exporters.xlsx.canvas import FILTER_BUTTON, LINE_HEIGHT
from exporters.xlsx.tables import LONGEST
from exporters.xlsx.text import shown_text
from exporters.xlsx.writer import DATA_SHEET, make, write
from tests.support.builder import AS_OF, ProjectBuilder, complete, sample

SEATS = ("workflow", "system", "exception", "outcome", "value", "safety")


def signed() -> ProjectBuilder:
    builder = complete()
    for seat in SEATS:
        holder = seat_holder(builder.document, seat)
        assert holder is not None
        builder.run(sign("design", seat, holder.name, 0))
    return builder


def report_of(builder: ProjectBuilder) -> Report:
    return build(builder.project(), (), AS_OF)


def written(report: Report) -> BytesIO:
    file = BytesIO()
    write(report, file)
    return file


@pytest.fixture(scope="module")
def draft() -> Report:
    return report_of(sample())


@pytest.fixture(scope="module")
def file(draft: Report) -> BytesIO:
    return written(draft)


@pytest.fixture(scope="module")
def workbook(file: BytesIO) -> Workbook:
    return openpyxl.load_workbook(file)


def with_table(report: Report, *tables: Table, sheet: str = "Scorecard") -> Report:
    return replace(report, sections=(Section("made", "Made", "", tables, sheet=sheet),))


def one_table(*texts: str, heading: str = "Text") -> Table:
    return Table("made", (Column(heading),), tuple((Cell(text),) for text in texts))


def test_the_sheets_are_those_of_the_product_and_one_hidden(workbook: Workbook) -> None:
    assert workbook.sheetnames == [*SHEETS, DATA_SHEET]
    assert [s.title for s in workbook.worksheets if s.sheet_state == "hidden"] == [DATA_SHEET]


def test_the_matrix_comes_right_after_the_summary_and_the_rest_in_the_order_of_the_workshop(workbook: Workbook) -> None:
    wanted = ["Summary", "RACI by role", "RACI by person", "Actions & oversight", "Exceptions & coverage"]
    wanted += ["Change control", "Stop & recover", "Scorecard", "Readiness", "Decisions & open points", "Change log"]
    wanted += ["Sign-off", "About"]
    assert [name for name in workbook.sheetnames if name in wanted] == wanted
    assert workbook.sheetnames[:3] == wanted[:3]


def test_a_sheet_is_no_broader_than_its_tables_need(workbook: Workbook) -> None:
    """Several tables share the columns of a sheet; all but the one with every field of an action print on one page's
    width."""
    for sheet in workbook.worksheets[:-1]:
        assert all(column.width <= LONGEST for column in sheet.column_dimensions.values()), sheet.title
        if sheet.title != "Actions & oversight":
            assert sheet.page_setup.fitToWidth == 1, sheet.title


def test_the_same_report_gives_the_same_bytes(draft: Report, file: BytesIO) -> None:
    assert written(draft).getvalue() == file.getvalue()


def test_the_zip_bears_no_clock(file: BytesIO) -> None:
    with zipfile.ZipFile(file) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert re.search(r"<dcterms:modified[^>]*>2026-11-21T09:00:00Z<", core)


def test_a_file_is_written_to_a_path_too(draft: Report, file: BytesIO, tmp_path: Path) -> None:
    target = tmp_path / "who owns it? 100 %.xlsx"
    write(draft, target)
    assert target.read_bytes() == file.getvalue()


def test_properties_name_title_status_and_fingerprint() -> None:
    report = report_of(signed())
    properties = openpyxl.load_workbook(written(report)).properties
    assert properties.title == report.title
    assert properties.subject == "Signed revision 1 · 21 Nov 2026"
    assert properties.keywords == report.fingerprint


# --- tables ------------------------------------------------------------------------------------------------


def tables(workbook: Workbook) -> Iterator[tuple[Any, Any]]:
    for sheet in workbook.worksheets:
        for table in sheet.tables.values():
            yield sheet, table


def test_tables_are_real_with_filters_and_headings_of_their_own(workbook: Workbook) -> None:
    names = []
    for sheet, table in tables(workbook):
        left, top, right, bottom = range_boundaries(table.ref)
        headings = [sheet.cell(top, column).value for column in range(left, right + 1)]
        assert headings == [column.name for column in table.tableColumns]
        assert len(set(headings)) == len(headings)
        assert bottom > top
        assert table.autoFilter.ref == table.ref
        names.append(table.displayName)
    assert len(set(names)) == len(names) > 25


def test_headings_that_people_gave_twice_are_told_apart(draft: Report) -> None:
    twice = Table(
        "made", (Column("Ann"), Column("ANN"), Column(""), Column("a\nb")), ((Cell(), Cell(), Cell(), Cell()),)
    )
    found = openpyxl.load_workbook(written(with_table(draft, twice, twice)))["Scorecard"]
    assert [list(table.column_names) for table in found.tables.values()] == [["Ann", "ANN (2)", "–", "a b"]] * 2
    assert list(found.tables) == ["tbl_made", "tbl_made_2"]


def test_an_empty_table_says_so_and_is_no_table(draft: Report) -> None:
    empty = Table("made", (Column("A"),), (), "Things", empty="There are none.")
    found = openpyxl.load_workbook(written(with_table(draft, empty)))["Scorecard"]
    assert "There are none." in [cell.value for row in found.iter_rows() for cell in row]
    assert not found.tables


def test_groups_are_a_column_that_can_be_filtered(workbook: Workbook) -> None:
    sheet = workbook["RACI by role"]
    (table,) = sheet.tables.values()
    _, top, _, bottom = range_boundaries(table.ref)
    groups = [sheet.cell(row, 1).value for row in range(top + 1, bottom + 1)]
    assert list(dict.fromkeys(groups)) == ["What the agent does", "When it goes wrong", "When it changes"]


# --- the matrix --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["RACI by role", "RACI by person"])
def test_letters_have_a_list_looks_and_a_live_check(workbook: Workbook, name: str) -> None:
    sheet = workbook[name]
    (table,) = sheet.tables.values()
    _, top, right, bottom = range_boundaries(table.ref)
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"A,R,C,I,A/R,-"'
    first_letter = sheet.cell(top + 1, 3).coordinate
    last_letter = sheet.cell(bottom, right - 1).coordinate
    assert str(validation.sqref) == f"{first_letter}:{last_letter}"
    for row in range(top + 1, bottom + 1):
        formula = str(sheet.cell(row, right).value)
        assert formula.startswith("=IF((COUNTIF(")
        assert f"C{row}:" in formula
    places = {
        str(area.sqref): [rule.formula for rule in rules]
        for area, rules in sheet.conditional_formatting._cf_rules.items()
    }
    assert [f'{first_letter}="A"'] in places[f"{first_letter}:{last_letter}"]
    assert sheet.freeze_panes == f"C{top + 1}"
    assert sheet.print_title_rows == f"${top}:${top}"


def test_every_row_of_the_sample_passes_its_check(workbook: Workbook) -> None:
    sheet = workbook["RACI by role"]
    (table,) = sheet.tables.values()
    _, top, right, bottom = range_boundaries(table.ref)
    for row in range(top + 1, bottom + 1):
        letters = [sheet.cell(row, column).value for column in range(3, right)]
        assert sum(letter in ("A", "A/R") for letter in letters) == 1


# --- what people typed -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ('=HYPERLINK("http://example.org")', None),
        ("=1+1", None),
        ("+1", None),
        ("-1", None),
        ("@SUM(A1)", None),
        ("#N/A", None),
        ("TRUE", None),
        ("3.0", None),
        ("<b>&amp;</b>", None),
        ("a\x00b\x07c\x1b", "abc"),
        ("\ufffe\uffff", ""),
        ("_x0041_", "_x005F_x0041_"),
        ("שלום 你好 👋", None),
        ("  blanks  ", None),
        ("two\nlines", None),
    ],
)
def test_text_stays_text(draft: Report, typed: str, stored: str | None) -> None:
    found = openpyxl.load_workbook(written(with_table(draft, one_table("before", typed))))["Scorecard"]
    (table,) = found.tables.values()
    cell = found.cell(range_boundaries(table.ref)[3], 1)
    expected = typed if stored is None else stored
    assert (cell.value or "") == expected
    assert cell.data_type != "f"
    assert not expected or cell.data_type in ("s", "inlineStr")


@pytest.mark.parametrize("heading", ["_x0041_ of us", "_x000D_" * 60, "=1+1", "two\nlines", "\x07", "ä" * 300])
def test_a_heading_of_a_table_and_its_cell_are_the_same_text(draft: Report, heading: str) -> None:
    found = openpyxl.load_workbook(written(with_table(draft, one_table("before", heading=heading))))["Scorecard"]
    (table,) = found.tables.values()
    named = [column.name for column in table.tableColumns]
    cells = [found.cell(range_boundaries(table.ref)[1], number).value for number in range(1, len(named) + 1)]
    # openpyxl decodes the one and not the other.
    assert [shown_text(str(cell)) for cell in cells] == named
    assert all(named)
    assert max(map(len, named)) <= 255


def test_no_formula_comes_from_a_person() -> None:
    builder = ProjectBuilder()
    builder.person("=cmd|' /C calc'!A0", title="=1+1", contact="@here")
    builder.action("=EVIL()", current="in_loop")
    found = openpyxl.load_workbook(written(report_of(builder)))
    formulas = [c.value for s in found.worksheets for row in s.iter_rows() for c in row if c.data_type == "f"]
    assert formulas
    assert all(str(formula).startswith("=IF((COUNTIF(") for formula in formulas)


def test_a_very_long_text_is_cut_at_what_a_cell_holds(draft: Report) -> None:
    found = openpyxl.load_workbook(written(with_table(draft, one_table("x" * 50_000))))["Scorecard"]
    longest = max(len(str(cell.value)) for row in found.iter_rows() for cell in row if cell.value)
    assert longest == 32_767


def test_every_part_is_well_formed_whatever_was_typed(draft: Report) -> None:
    nasty = "".join(map(chr, range(0x300))) + "\ufffe\uffff]]>&<'\""
    report = replace(with_table(draft, one_table(nasty, heading=nasty)), title=nasty, status=nasty)
    with zipfile.ZipFile(written(report)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))


# --- signed ------------------------------------------------------------------------------------------------


def test_a_signed_workbook_says_so_and_is_protected_without_a_password() -> None:
    report = report_of(signed())
    found = openpyxl.load_workbook(written(report))
    for sheet in found.worksheets:
        protection = sheet.protection
        assert protection.sheet
        assert not protection.password
        assert not any((protection.sort, protection.autoFilter, protection.formatColumns, protection.objects))
    assert "Signed revision 1" in str(found["Summary"]["A2"].value)
    footer = found["Summary"].oddFooter
    assert (
        footer.left.text == f"Fingerprint {report.fingerprint[:4]} {report.fingerprint[4:8]} {report.fingerprint[8:12]}"
    )


def test_a_draft_is_open_for_working(workbook: Workbook) -> None:
    assert not any(sheet.protection.sheet for sheet in workbook.worksheets)
    assert "Draft 1" in str(workbook["Summary"]["A2"].value)


# --- printing and looks ------------------------------------------------------------------------------------


def test_every_sheet_is_set_up_for_printing(workbook: Workbook) -> None:
    for sheet in workbook.worksheets[:-1]:
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        assert sheet.oddFooter.right.text == "&P / &N"


def test_letter_paper_and_an_ampersand_in_the_title(draft: Report) -> None:
    report = replace(with_table(draft, one_table("x")), paper="letter", title="Q&A agent")
    sheet = openpyxl.load_workbook(written(report))["Scorecard"]
    assert str(sheet.page_setup.paperSize) == "1"
    assert sheet.oddHeader.left.text == "Q&&A agent"


def test_columns_fit_their_words(draft: Report) -> None:
    short = Table("made", (Column("Name"), Column("No.")), ((Cell("Dana Abelard, Support"), Cell(7)),))
    sheet = openpyxl.load_workbook(written(with_table(draft, short)))["Scorecard"]
    assert 20 <= sheet.column_dimensions["A"].width <= 40
    assert sheet.column_dimensions["B"].width <= 12


def test_a_row_is_as_high_as_its_longest_text(draft: Report) -> None:
    sheet = openpyxl.load_workbook(written(with_table(draft, one_table("word " * 100, "word"))))["Scorecard"]
    (table,) = sheet.tables.values()
    _, top, _, _ = range_boundaries(table.ref)
    assert sheet.row_dimensions[top + 1].height > 100
    assert sheet.row_dimensions[top + 2].height is None


def test_numbers_stay_numbers(draft: Report) -> None:
    counted = Table("made", (Column("Runs"),), ((Cell(1200),),))
    sheet = openpyxl.load_workbook(written(with_table(draft, counted)))["Scorecard"]
    assert 1200 in [cell.value for row in sheet.iter_rows() for cell in row]


def test_tones_are_colours_and_words(draft: Report) -> None:
    toned = Table("made", (Column("Gap"),), ((Cell("nobody", Tone.BAD),),))
    sheet = openpyxl.load_workbook(written(with_table(draft, toned)))["Scorecard"]
    (cell,) = [c for row in sheet.iter_rows() for c in row if c.value == "nobody"]
    assert cell.fill.start_color.rgb.endswith("FDECEA")


# --- lint --------------------------------------------------------------------------------------------------


def test_what_we_write_is_sound(draft: Report) -> None:
    lint.check(make(draft))


def test_lint_finds_what_excel_would_repair() -> None:
    workbook = make(Report("t", "", "Draft 1", True, "", AS_OF, "en", (), "{}", 1))
    sheet = workbook.create_sheet("Two")
    sheet["A1"] = "Head"
    sheet.add_table(openpyxl.worksheet.table.Table(displayName="tbl_a", ref="A1:A3"))
    sheet.merge_cells("A2:B2")
    sheet.tables["tbl_a"]._initialise_columns()
    with pytest.raises(lint.UnsoundWorkbook, match="lies over another"):
        lint.check(workbook)


def test_a_section_on_a_shared_sheet_keeps_its_title(draft: Report) -> None:
    sections = tuple(
        Section(name, name, "", (Paragraph("text"),), sheet="Stop & recover") for name in ("Card", "In full")
    )
    sheet = openpyxl.load_workbook(written(replace(draft, sections=sections)))["Stop & recover"]
    assert [cell.value for cell in sheet["A"] if cell.value][:1] == ["Card"]
    assert "In full" in [cell.value for cell in sheet["A"]]


def test_the_row_of_headings_is_high_enough_for_all_of_them() -> None:
    sheet = make(report_of(signed()))["Sign-off"]
    headings = [cell for row in sheet.iter_rows() for cell in row if cell.value == "Names taken out of it"]
    narrow = [
        heading
        for heading in headings
        if sheet.column_dimensions[heading.column_letter].width < len("Names taken") + FILTER_BUTTON
    ]
    assert narrow
    assert all(sheet.row_dimensions[heading.row].height > 3 * LINE_HEIGHT for heading in narrow)
