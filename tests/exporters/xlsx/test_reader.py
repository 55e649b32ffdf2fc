"""Reading a workbook back, whoever had it in between, and whatever it is."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from app.errors import Unreadable
from app.messages import words
from app.report.build import build
from app.report.model import Report
from exporters.xlsx import reader
from exporters.xlsx.reader import compare, read_attachment, visible_cells
from exporters.xlsx.writer import DATA_SHEET, write
from tests.support.builder import AS_OF, ProjectBuilder, sample


def written(report: Report) -> BytesIO:
    file = BytesIO()
    write(report, file)
    return file


@pytest.fixture(scope="module")
def report() -> Report:
    return build(sample().project(), (), AS_OF, sections=["summary", "raci", "readiness", "signoff", "about"])


@pytest.fixture(scope="module")
def exported(report: Report) -> bytes:
    return written(report).getvalue()


def changed(exported: bytes, change: Callable[[openpyxl.Workbook], object]) -> BytesIO:
    workbook = openpyxl.load_workbook(BytesIO(exported))
    change(workbook)
    file = BytesIO()
    workbook.save(file)
    return file


def difference(copy: BytesIO, exported: bytes) -> str:
    found = compare(copy, BytesIO(exported))
    return words(found) if found else ""


def test_the_attachment_comes_back_whole(report: Report, exported: bytes) -> None:
    assert len(report.attachment) > 32_000
    assert read_attachment(BytesIO(exported)) == report.attachment


def test_the_attachment_comes_back_whatever_was_typed() -> None:
    builder = ProjectBuilder()
    builder.agent(name="_x0041_ =1+1 👋 " + "ä" * 150)
    builder.set(builder.person("x"), contact="  a  " * 20)
    report = build(builder.project(), (), AS_OF)
    assert read_attachment(written(report)) == report.attachment


def test_a_copy_saved_by_another_program_shows_the_same(exported: bytes) -> None:
    assert difference(changed(exported, lambda workbook: None), exported) == ""


def test_comments_widths_and_filters_are_no_difference(exported: bytes) -> None:
    def touch(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Summary"]
        sheet["A1"].comment = openpyxl.comments.Comment("Is this right?", "A reader")
        sheet.column_dimensions["A"].width = 80
        sheet.row_dimensions[9].hidden = True

    assert difference(changed(exported, touch), exported) == ""


def test_a_changed_cell_is_named(exported: bytes) -> None:
    def touch(workbook: openpyxl.Workbook) -> None:
        workbook["Sign-off"]["B7"] = "Somebody else"

    assert "On the sheet “Sign-off” the cell B7 says “Somebody else”" in difference(changed(exported, touch), exported)


@pytest.mark.parametrize(
    "change",
    [
        lambda workbook: workbook.remove(workbook["Readiness"]),
        lambda workbook: workbook.create_sheet("Extra"),
        lambda workbook: workbook.move_sheet("About", -3),
        lambda workbook: setattr(workbook["About"], "sheet_state", "hidden"),
        lambda workbook: setattr(workbook["About"], "title", "Over"),
        lambda workbook: workbook["About"].cell(900, 3, "new"),
        lambda workbook: setattr(workbook["About"]["A1"], "value", None),
    ],
)
def test_what_a_reader_would_see_is_a_difference(
    exported: bytes, change: Callable[[openpyxl.Workbook], object]
) -> None:
    assert difference(changed(exported, change), exported)


def test_a_formula_that_was_changed_is_a_difference(exported: bytes) -> None:
    def touch(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["RACI by role"]
        (table,) = sheet.tables.values()
        corner = table.ref.split(":")[1]
        sheet[corner] = '="ok"'

    assert "RACI by role" in difference(changed(exported, touch), exported)


def test_a_number_that_came_back_as_a_fraction_is_the_same_number() -> None:
    assert reader._value(3.0) == 3
    assert reader._value(3.5) == "3.5"
    assert reader._value("_x005F_x0041_") == "_x0041_"


def test_hidden_sheets_are_not_visible(exported: bytes) -> None:
    assert DATA_SHEET not in visible_cells(BytesIO(exported))


# --- what is no workbook of ours ---------------------------------------------------------------------------


def zipped(**entries: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"noise" * 1000, b"PK\x03\x04" + b"\0" * 500, zipped(), zipped(hello=b"x"), b"%PDF-1.7\n"],
    ids=["empty", "noise", "torn zip", "empty zip", "another zip", "pdf"],
)
def test_what_cannot_be_read_is_one_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    path.write_bytes(content)
    for read in (read_attachment, visible_cells):
        with pytest.raises(Unreadable, match="not a workbook that can be read"):
            read(path)


def test_a_file_that_is_cut_off(exported: bytes, tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    path.write_bytes(exported[: len(exported) // 2])
    with pytest.raises(Unreadable):
        read_attachment(path)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="is a folder"):
        read_attachment(tmp_path)
    with pytest.raises(Unreadable, match="is not there"):
        read_attachment(tmp_path / "nothing.xlsx")


def test_a_workbook_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(Unreadable, match="carries no project data"):
        read_attachment(path)


def test_damage_in_the_middle_is_never_a_crash(exported: bytes) -> None:
    for at in range(2_000, len(exported), len(exported) // 23):
        broken = bytearray(exported)
        broken[at : at + 40] = bytes(40)
        with suppress(Unreadable):
            visible_cells(BytesIO(bytes(broken)))
            read_attachment(BytesIO(bytes(broken)))


def with_sheet(exported: bytes, number: int, xml: bytes) -> bytes:
    """The workbook with the XML of one sheet replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(exported)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == f"xl/worksheets/sheet{number}.xml" else old.read(name))
    return file.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'


@pytest.mark.parametrize(
    "xml",
    [
        SHEET
        % b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>',
        SHEET % b'<sheetData/><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        SHEET % b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + SHEET % b"<sheetData/>",
    ],
    ids=["far cell", "huge merge", "false dimension", "entities"],
)
def test_a_hostile_sheet_does_not_hang_the_reader(exported: bytes, xml: bytes) -> None:
    began = time.monotonic()
    with suppress(Unreadable):
        assert len(visible_cells(BytesIO(with_sheet(exported, 1, xml)))["Summary"]) <= 1
    assert time.monotonic() - began < 5


def test_a_zip_that_unpacks_to_far_too_much_is_not_unpacked(exported: bytes) -> None:
    bomb = with_sheet(exported, 1, SHEET % (b" " * 30_000_000))
    assert len(bomb) < 1_000_000
    with pytest.raises(Unreadable, match="larger than Ownermap reads"):
        visible_cells(BytesIO(bomb))


def test_a_zip_of_too_many_entries(exported: bytes) -> None:
    file = BytesIO(exported)
    with zipfile.ZipFile(file, "a") as package:
        for number in range(reader.MOST_ENTRIES):
            package.writestr(f"junk/{number}", b"")
    with pytest.raises(Unreadable, match="larger than Ownermap reads"):
        visible_cells(file)


def test_another_report_is_another_workbook(report: Report, exported: bytes) -> None:
    other = replace(report, status="Signed revision 1")
    assert difference(written(other), exported)
