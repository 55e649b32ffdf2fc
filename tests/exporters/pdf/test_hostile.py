"""Whatever people type, it is printed as it is: nothing in it is markup, nothing vanishes, nothing overflows."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from app.report.model import (
    Card,
    Cards,
    Cell,
    Column,
    Facts,
    HeatMap,
    NumberedSteps,
    Paragraph,
    Report,
    Section,
    SignatureLine,
    Signatures,
    Step,
    Table,
    Who,
)
from exporters.pdf.writer import write

MARKUP = (
    '<img src="/etc/passwd"/>',
    "<b>bold</b>",
    "a & b &amp; c",
    '<a href="javascript:alert(1)">here</a>',
    "<para>",
    "</font>",
    "%PDF-1.7 endstream endobj",
    "(()\\)",
    "{name}",
    "https://example.org/path",
)


def everywhere(text: str) -> tuple[Section, ...]:
    """A section with the text in every place that takes one."""
    columns = (Column(text), Column("Who"))
    letters = (Column("Activity"), *(Column(text) for _ in range(12)))
    blocks = (
        Paragraph(text),
        Table("t", columns, ((Cell(text, note=text), Cell("x")),), text, ((0, text),)),
        Table("m", letters, ((Cell(text), *(Cell("A") for _ in range(12))),), matrix=True),
        Table("e", columns, (), empty=text),
        Facts(((text, Cell(text, note=text)),), text),
        Cards((Card(text, text, (text,)),)),
        HeatMap(text, (text,), ((0,) * 23 + (-1,),), (text,), text),
        NumberedSteps((Step(text, text, (Who(text, (text,)),)),)),
        Signatures((SignatureLine(text, text, text, True, text),)),
    )
    return (Section("all", text, text, blocks), Section("alone", text, text, blocks, alone=True))


def hostile(report: Report, text: str) -> Report:
    return replace(report, title=text, subtitle=text, status=text, sections=everywhere(text))


def written(report: Report) -> tuple[PdfReader, tuple[str, ...]]:
    target = io.BytesIO()
    warnings = write(report, target)
    return PdfReader(target), warnings


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_only_text(report: Report, text: str) -> None:
    pdf, warnings = written(hostile(report, text))
    assert warnings == ()
    assert pdf.pages[1].extract_text().count(text) > 5
    for page in pdf.pages:
        assert "/XObject" not in page["/Resources"]
        assert all("/A" not in note.get_object() for note in page.annotations or ())
    data = pdf.stream.read() if pdf.stream.seek(0) == 0 else b""
    assert b"root:" not in data
    assert b"/JavaScript" not in data
    assert b"/URI" not in data


@pytest.mark.parametrize("text", ["x" * 100_000, "word " * 20_000, "W" * 4_000, "a\n" * 3_000])
def test_very_long_text_is_all_printed(report: Report, text: str) -> None:
    section = Section(
        "long", "Long", "", (Paragraph(text), Table("t", (Column("A"), Column("B")), ((Cell(text), Cell("x")),)))
    )
    pdf, _ = written(replace(report, sections=(section,)))
    counted = text.strip()[0]
    printed = sum(page.extract_text().count(counted) for page in pdf.pages)
    assert printed >= 2 * text.count(counted)


def test_very_long_text_in_every_place_is_no_crash(report: Report) -> None:
    pdf, _ = written(hostile(report, "x" * 2_000))
    assert len(pdf.pages) > 3


def test_a_character_that_no_font_has_is_a_box_and_is_named(report: Report) -> None:
    pdf, warnings = written(hostile(report, "Ja 😀 中 ok"))
    assert "Ja □ □ ok" in pdf.pages[1].extract_text()
    assert warnings == (
        "The PDF shows a box for what its fonts lack: 😀 (U+1F600), 中 (U+4E2D). The XLSX and JSON have it.",
    )


def test_many_missing_characters_are_named_in_part(report: Report) -> None:
    _, (warning,) = written(hostile(report, "".join(chr(0x4E00 + number) for number in range(60))))
    assert warning.count("U+") == 20
    assert "…" in warning


def test_right_to_left_text_is_said_not_to_be_supported(report: Report) -> None:
    pdf, warnings = written(hostile(report, "שלום"))
    assert "□□□□" in pdf.pages[1].extract_text()
    assert any("Right-to-left" in warning for warning in warnings)


def test_a_second_font_stands_in_for_the_first(report: Report) -> None:
    text = "Łódź – Ωμέγα – Жук – नमः – ≥ 5 → ✓"
    pdf, warnings = written(hostile(report, text))
    assert "".join(text.split()) in "".join(pdf.pages[1].extract_text().split())
    assert warnings == ("Letters of Indic scripts stand unjoined in the PDF. The XLSX and JSON have all of it.",)


def test_invisible_characters_leave_no_box(report: Report) -> None:
    pdf, warnings = written(hostile(report, "soft\u00adhyphen\u200d \u202ereversed ❤\ufe0f"))
    assert "softhyphen reversed" in pdf.pages[1].extract_text()
    assert not any("FE0F" in warning for warning in warnings)


def test_control_characters_are_boxes(report: Report) -> None:
    pdf, warnings = written(hostile(report, "bell\x07 end"))
    assert "bell□ end" in pdf.pages[1].extract_text()
    assert "U+0007" in warnings[0]


@settings(max_examples=25)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_can_be_written(text: str) -> None:
    empty = Report("t", "", "Draft 1", True, "", "2026-11-21T14:05:00.000Z", "en", (), "{}", 1)
    pdf, _ = written(hostile(empty, text))
    assert len(pdf.pages) >= 2


def starts_of(page: PageObject) -> list[tuple[float, float]]:
    """Where each piece of text starts."""
    starts: list[tuple[float, float]] = []

    def seen(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            starts.append((cm[4] + cm[0] * tm[4] + cm[2] * tm[5], cm[5] + cm[1] * tm[4] + cm[3] * tm[5]))

    page.extract_text(visitor_text=seen)
    return starts


def test_nothing_starts_outside_the_page(report: Report) -> None:
    pdf, _ = written(hostile(report, "W" * 300 + " x"))
    for page in pdf.pages:
        starts = starts_of(page)
        assert starts
        assert all(-1 <= x <= float(page.mediabox.width) for x, _ in starts)
        assert all(-1 <= y <= float(page.mediabox.height) for _, y in starts)
