"""A PDF that somebody hands in: ours, changed, broken, or something else."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, NameObject

from app.errors import UNREADABLE, Unreadable
from app.report.model import Cell, Facts, Report
from exporters.pdf import reader
from exporters.pdf.writer import write


@pytest.fixture
def copy(report: Report, tmp_path: Path) -> Path:
    path = tmp_path / "copy.pdf"
    write(report, path)
    return path


def changed(copy: Path) -> PdfWriter:
    return PdfWriter(clone_from=PdfReader(io.BytesIO(copy.read_bytes())))


def saved(writer: PdfWriter, path: Path) -> Path:
    writer.write(path)
    return path


def other(report: Report, old: str, new: str) -> Report:
    """The report with one word replaced in its boundary's facts."""
    sections = []
    for section in report.sections:
        blocks = tuple(
            Facts(
                tuple((label, Cell(new) if cell.value == old else cell) for label, cell in block.items), block.caption
            )
            if isinstance(block, Facts)
            else block
            for block in section.blocks
        )
        sections.append(replace(section, blocks=blocks))
    return replace(report, sections=tuple(sections))


def difference(path: Path, report: Report) -> str:
    target = io.BytesIO()
    write(report, target)
    return str(reader.compare(path, target.getvalue()) or "")


def signs(path: Path, report: Report) -> list[str]:
    target = io.BytesIO()
    write(report, target)
    return [str(sign) for sign in reader.signs(path, target.getvalue())]


# Ours


def test_the_attachment_comes_back_as_it_was(copy: Path, report: Report) -> None:
    assert reader.read_attachment(copy) == report.attachment


def test_a_large_attachment_comes_back(report: Report, tmp_path: Path) -> None:
    large = replace(report, attachment="{" + "Zürich 😀" * 400_000 + "}")
    path = tmp_path / "large.pdf"
    write(large, path)
    assert reader.read_attachment(path) == large.attachment


def test_the_words_of_each_page_come_back(copy: Path) -> None:
    pages = reader.page_texts(copy)
    assert len(pages) == 11
    assert "Dana Abelard Head of Support Operations" in pages[1]


def test_an_untouched_copy_has_no_difference(copy: Path, report: Report) -> None:
    assert difference(copy, report) == ""
    assert signs(copy, report) == []


def test_a_copy_that_another_program_saved_again_has_no_difference(copy: Path, report: Report, tmp_path: Path) -> None:
    writer = changed(copy)
    writer.compress_identical_objects()
    again = saved(writer, tmp_path / "again.pdf")
    assert difference(again, report) == ""
    assert signs(again, report) == []


# Changed


def test_a_changed_word_is_found_with_its_page(copy: Path, report: Report) -> None:
    found = difference(copy, other(report, "Answer billing questions within ten minutes", "Refund all"))
    shown, meant = "Purpose Answer billing questions within ten", "Purpose Refund all Vendor – Launch"
    assert found == f"Page 3 says “{shown}” instead of “{meant}”."


def test_a_missing_page_is_found(copy: Path, report: Report, tmp_path: Path) -> None:
    writer = changed(copy)
    writer.remove_page(4)
    assert difference(saved(writer, tmp_path / "short.pdf"), report) == "It has 10 pages instead of 11."


def test_a_note_over_the_words_is_found(copy: Path, report: Report, tmp_path: Path) -> None:
    writer = changed(copy)
    writer.add_annotation(1, FreeText(text="Somebody else", rect=(40, 600, 300, 700)))
    found = difference(saved(writer, tmp_path / "note.pdf"), report)
    assert found == "Page 2 carries a picture, a note or a form that was added to it."


def test_a_picture_over_the_words_is_found(copy: Path, report: Report, tmp_path: Path) -> None:
    writer = changed(copy)
    form = DecodedStreamObject()
    form.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    resources = writer.pages[1]["/Resources"].get_object()
    resources[NameObject("/XObject")] = writer._add_object(form)
    assert "carries a picture" in difference(saved(writer, tmp_path / "over.pdf"), report)


def test_another_layout_cannot_be_compared(copy: Path, report: Report) -> None:
    assert reader.same_layout(copy, report)
    assert not reader.same_layout(copy, replace(report, layout=2))


def test_the_libraries_that_made_it_are_named(copy: Path) -> None:
    assert re.fullmatch(r"reportlab [\d.]+, zlib [\w.-]+, Python 3\.\d+", reader.made_with(copy))


# Something else


def refused(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        reader.read_attachment(path)
    assert caught.value.exit_code == UNREADABLE
    return str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\x00" * 2000, b"PK\x03\x04rubbish", b"SQLite format 3\x00", b"hello"])
def test_something_that_is_no_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "noise.pdf"
    path.write_bytes(content)
    assert "is not a PDF. Choose a PDF that Ownermap exported." in refused(path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)
    assert "There is no file" in refused(tmp_path / "none.pdf")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_cut_off_file_is_refused(copy: Path, part: float) -> None:
    data = copy.read_bytes()
    copy.write_bytes(data[: int(len(data) * part)])
    assert "is not a whole PDF" in refused(copy)


def test_an_encrypted_file_is_refused(copy: Path, tmp_path: Path) -> None:
    writer = changed(copy)
    writer.encrypt("secret", algorithm="RC4-128")
    assert "is encrypted" in refused(saved(writer, tmp_path / "locked.pdf"))


def test_a_pdf_without_our_data_is_refused(copy: Path, tmp_path: Path) -> None:
    writer = changed(copy)
    del writer.root_object["/Names"]
    assert "carries no project data" in refused(saved(writer, tmp_path / "bare.pdf"))


def test_two_sets_of_data_are_refused(copy: Path, tmp_path: Path) -> None:
    writer = changed(copy)
    writer.add_attachment("ownermap.json", b"{}")
    assert "carries no project data" in refused(saved(writer, tmp_path / "two.pdf"))


def test_data_that_is_no_text_is_refused(copy: Path, report: Report, tmp_path: Path) -> None:
    writer = changed(copy)
    del writer.root_object["/Names"]
    writer.add_attachment("ownermap.json", b"\xff\xfe\x00")
    assert "is not a whole PDF" in refused(saved(writer, tmp_path / "binary.pdf"))


def test_a_bomb_is_refused(copy: Path, tmp_path: Path) -> None:
    writer = changed(copy)
    del writer.root_object["/Names"]
    bomb = DecodedStreamObject()
    bomb.set_data(b"\x00" * (reader.LARGEST + 1_000_000))
    entry = writer.add_attachment("ownermap.json", b"{}")
    spec = entry.pdf_object
    spec["/EF"][NameObject("/F")] = writer._add_object(bomb.flate_encode())
    path = saved(writer, tmp_path / "bomb.pdf")
    assert path.stat().st_size < 2_000_000
    assert "is not a whole PDF" in refused(path)


def test_too_many_pages_are_refused(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PAGES", 5)
    assert "too many pages" in refused(copy)


def test_a_file_that_is_too_large_is_refused(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST", 1000)
    assert "too large" in refused(copy)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_in_one_sentence(report: Report, tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "damaged.pdf"
    if not path.exists():
        write(replace(report, sections=report.sections[:2]), tmp_path / "whole.pdf")
    content = bytearray((tmp_path / "whole.pdf").read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(8, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    path.write_bytes(content)
    for read in (reader.read_attachment, reader.page_texts):
        try:
            read(path)
        except Unreadable as error:
            said = str(error)
        else:
            continue
        assert re.fullmatch(r"“.*” [^\n]+\.", said)
