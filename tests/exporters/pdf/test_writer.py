"""The PDF that a stakeholder receives, read back with another program's eyes."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from app.report.model import Card, Cards, Cell, Column, Paragraph, Report, Section, Table, Tone
from exporters.pdf import theme
from exporters.pdf.blocks import block_rows
from exporters.pdf.columns import EASY, fitted, widths_of
from exporters.pdf.fonts import Fonts
from exporters.pdf.pages import Flow, Frame
from exporters.pdf.writer import SCALES, _alone, _flowing, write

ROOT = Path(__file__).resolve().parents[3]

UNSEEN = {"attachment", "key", "id", "sheet", "tone", "drawing", "origin", "paper", "language", "created"}


def written(report: Report) -> PdfReader:
    target = io.BytesIO()
    write(report, target)
    return PdfReader(target)


def texts(pdf: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def with_sections(report: Report, *sections: Section) -> Report:
    return replace(report, sections=sections)


def one_table(rows: int, words: str = "Escalate to a person") -> Section:
    columns = (Column("No."), Column("What", 6), Column("Who", 3))
    cells = tuple((Cell(row), Cell(f"{words} {row}"), Cell("Dana Abelard")) for row in range(rows))
    return Section("table", "A table", "", (Table("rows", columns, cells),))


def strings_of(node: object) -> Iterator[str]:
    """Every text of a report that a reader must find."""
    if isinstance(node, Section) and not node.printed:
        return
    if isinstance(node, Table) and not node.rows:
        yield node.empty
    elif isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from strings_of(part)
    elif is_dataclass(node):
        for each in fields(node):
            if each.name not in {
                "attachment",
                "key",
                "id",
                "sheet",
                "tone",
                "drawing",
                "origin",
                "paper",
                "language",
                "created",
            }:
                yield from strings_of(getattr(node, each.name))


# What it says


def test_every_text_of_the_report_is_on_its_pages(report: Report) -> None:
    squeezed = "".join("".join(texts(written(report))).split())
    for text in strings_of(replace(report, fingerprint="")):
        assert "".join(text.split()) in squeezed, text


def test_a_table_without_rows_prints_its_sentence(report: Report) -> None:
    assert "Systems touched No system is named yet." in texts(written(report))[2]


def test_a_section_without_blocks_says_so(report: Report) -> None:
    pages = texts(written(with_sections(report, Section("drill", "Drill results", "", ()))))
    assert "Drill results Nothing is recorded here yet." in pages[-1]


def test_what_only_the_workbook_carries_is_left_out(report: Report) -> None:
    everything = " ".join(texts(written(report)))
    assert "Only here." not in everything
    assert "The whole change log" not in everything


def test_the_cover_has_title_fingerprint_and_contents_with_page_numbers(report: Report) -> None:
    pdf = written(report)
    cover, *pages = texts(pdf)
    assert "Billing ticket triage agent Nordlicht Telecom" in cover
    assert "7c1e 40aa 9b3d 0f0f" in cover
    for title in ("Who owns this agent", "Boundary", "The 3 a.m. card", "RACI", "Readiness", "Drill results"):
        start = next(number for number, text in enumerate(pages, 2) if title in text)
        assert f"{title} {start}" in cover


def test_a_choice_of_sections_without_the_cover_has_the_status_there(report: Report) -> None:
    assert "Status Signed by 2 of 3" in texts(written(with_sections(report, one_table(1))))[0]


def test_a_drawn_signature_is_a_drawing_and_a_typed_one_a_name(report: Report) -> None:
    page = written(report).pages[1]
    assert page.extract_text().count("Jun Kowalczyk") == 3  # the card, the signature, the name below it
    assert page.extract_text().count("Dana Abelard") == 2  # drawn
    assert page.extract_text().count("Rosa Steiner") == 2  # not signed: the card, the name below the line


# What stands on every page


def test_every_page_has_head_and_foot(report: Report) -> None:
    pages = texts(written(report))
    for number, text in enumerate(pages, 1):
        assert "AI agent operating model · Billing ticket triage agent" in text
        assert "Signed by 2 of 3 · 21 Nov 2026" in text
        assert "Fingerprint 7c1e 40aa 9b3d Confidential" in text
        assert f"{number} of {len(pages)}" in text


def test_a_draft_says_so_on_every_page_and_a_signed_revision_on_none(report: Report) -> None:
    assert all(text.count("DRAFT") == 2 for text in texts(written(report)))
    assert not any("DRAFT" in text for text in texts(written(replace(report, draft=False))))


def test_a_draft_that_was_never_frozen_has_no_fingerprint(report: Report) -> None:
    assert all("No fingerprint: not signed" in text for text in texts(written(replace(report, fingerprint=""))))


def test_a_long_title_is_shortened_on_the_pages_and_whole_on_the_cover(report: Report) -> None:
    title = "A very long name for an agent " * 12
    cover, *pages = texts(written(replace(report, title=title)))
    assert title.strip() in cover
    assert all("…" in text for text in pages)


# The file


def test_the_same_report_gives_the_same_bytes(report: Report, tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    write(report, first)
    write(with_sections(report, one_table(3, "Ωμέγα")), tmp_path / "between.pdf")
    write(report, second)
    assert first.read_bytes() == second.read_bytes()


def test_another_process_gives_the_same_bytes(report: Report) -> None:
    code = (
        "import io, pickle, sys; from exporters.pdf.writer import write; target = io.BytesIO();"
        "write(pickle.load(sys.stdin.buffer), target); sys.stdout.buffer.write(target.getvalue())"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, input=pickle.dumps(report), cwd=ROOT, capture_output=True, check=True)
    target = io.BytesIO()
    write(report, target)
    assert done.stdout == target.getvalue()


def test_the_file_describes_itself(report: Report) -> None:
    pdf = written(report)
    about = pdf.metadata
    assert about is not None
    assert about.title == "AI agent operating model · Billing ticket triage agent"
    assert about.subject == report.status
    assert about.creator == "Ownermap"
    assert about.keywords == f"fingerprint {report.fingerprint}, layout 1, PDF layout 2"
    assert str(about.creation_date) == "2026-11-21 14:05:00+00:00"
    assert pdf.root_object["/Lang"] == "en"


def test_every_section_has_a_bookmark_to_its_page(report: Report) -> None:
    pdf = written(report)
    pages = texts(pdf)
    marks = [mark for mark in pdf.outline if isinstance(mark, Destination)]
    assert [mark.title for mark in marks] == [section.title for section in report.sections if section.printed]
    for mark in marks:
        page = pdf.get_destination_page_number(mark)
        assert page is not None
        assert str(mark.title) in pages[page]


def test_the_data_is_attached(report: Report) -> None:
    (entry,) = written(report).attachment_list
    assert entry.name == "ownermap.json"
    assert entry.content.decode() == report.attachment


def test_every_font_is_embedded(report: Report) -> None:
    pdf = written(with_sections(report, *report.sections, one_table(2, "Ẋ ש ग")))
    fonts = {name: font for page in pdf.pages for name, font in page["/Resources"]["/Font"].items()}
    assert fonts
    for font in fonts.values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_a_target_that_cannot_be_written_is_an_error(report: Report, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        write(report, tmp_path)


# Pages


@pytest.mark.parametrize("paper", theme.PAPERS)
def test_both_papers(report: Report, paper: str) -> None:
    pdf = written(replace(report, paper=paper))
    width, height = theme.PAPERS[paper]
    assert [float(side) for side in pdf.pages[0].mediabox[2:]] == [pytest.approx(width), pytest.approx(height)]
    assert "Who owns this agent" in texts(pdf)[1]


def test_a_wide_matrix_gets_a_page_on_its_side(report: Report) -> None:
    sideways = [page.mediabox.width > page.mediabox.height for page in written(report).pages]
    matrix = next(number for number, text in enumerate(texts(written(report))) if "A large room" in text)
    assert [number for number, wide in enumerate(sideways) if wide] == [matrix, matrix + 1]


def test_a_section_that_stands_alone_shares_no_page(report: Report) -> None:
    pages = texts(written(report))
    (card,) = (text for text in pages if "Print this page and pin it" in text)
    assert "Boundary" not in card
    assert "RACI" not in card


def test_a_section_that_stands_alone_is_set_smaller_rather_than_over_two_pages(report: Report) -> None:
    cards = Cards(tuple(Card("Owner", f"Person {number}", ("one line",) * 3) for number in range(18)))
    crowded = Section("summary", "Who owns this agent", "", (cards,), alone=True)
    assert len(written(with_sections(report, crowded)).pages) == 2
    assert len(written(with_sections(report, replace(crowded, alone=False))).pages) == 3
    hopeless = replace(crowded, blocks=(cards,) * 4)
    assert len(written(with_sections(report, hopeless)).pages) > 3
    assert min(SCALES) > 0.7


def test_a_section_that_stands_alone_is_set_no_smaller_than_it_must_be() -> None:
    fonts, frame = Fonts(), Frame(*theme.PAPERS["a4"])
    scales = []
    for paragraphs in (10, 34, 36, 38, 40, 42, 44, 200):
        blocks = tuple(Paragraph(f"Line {number}.") for number in range(paragraphs))
        alone = Section("s", "Alone", "", blocks, alone=True)
        pages = _alone(fonts, 0, alone, frame)
        scales.append(pages[0].frame.scale)
        larger = [scale for scale in SCALES if scale > scales[-1]]
        if len(pages) == 1 and larger:
            flow = Flow(replace(frame, scale=larger[0]))
            _flowing(fonts, 0, alone, flow, flow.frame, flow.frame)
            assert len(flow.pages) > 1
    assert scales[0] == scales[-1] == 1.0
    assert scales[:-1] == sorted(scales[:-1], reverse=True)
    assert len(set(scales)) > 3


def test_rows_that_belong_together_say_so_once_and_stand_close(report: Report) -> None:
    duties = ("Boundary", "Draws it"), ("Boundary", "Reads it"), ("Owners", "Is one"), ("Boundary", "Signs it")
    rows = tuple((Cell(step), Cell(duty)) for step, duty in duties)
    table = Table("duties", (Column("Step"), Column("Duty")), rows)
    loose, close = (
        texts(written(with_sections(report, Section("s", "A card", "", (replace(table, runs=runs),)))))[1]
        for runs in (False, True)
    )
    assert loose.count("Boundary") == 3
    assert close.count("Boundary") == 2
    assert "Boundary Draws it Reads it Owners Is one Boundary Signs it" in close
    fonts = Fonts()
    heights = [
        sum(row.height for row in block_rows(fonts, replace(table, runs=runs), 500, 700).rows) for runs in (False, True)
    ]
    assert heights[1] < heights[0]


def test_a_narrow_list_stands_in_two_halves_and_a_broad_one_does_not(report: Report) -> None:
    def lines(words: str) -> str:
        rows = tuple((Cell(f"Function {number}"), Cell(f"{words} {number}")) for number in range(8))
        table = Table("contacts", (Column("Function"), Column("Contact")), rows)
        return texts(written(with_sections(report, Section("s", "Contacts", "", (table,)))))[1]

    assert "Function 0 Person 0 Function 4 Person 4 Function 1" in lines("Person")
    assert "Function 0 Somebody who is" in (broad := lines("Somebody who is known by a very long title in this house"))
    assert "0 Function 1 Somebody" in broad


def test_a_short_text_stays_on_one_line_and_a_long_one_has_room() -> None:
    """Whatever the other columns say: a date is whole, and a sentence never stands with one word on each line."""
    long = "The reviewer confirms each reply before it is sent, and hands over what names an amount above the limit. "
    columns = tuple(map(Column, ("When", "By", "What", "How")))
    cells = (Cell("28 Nov 2026"), Cell("accepted by Rosa until 15 Jan 2027"), Cell(long * 4), Cell(long * 4))
    found = fitted(Fonts(), Table("t", columns, (cells,) * 5))
    when, by, *_ = widths_of(found, 500.0)
    assert when == pytest.approx(found[0].single, abs=0.1)
    assert by >= EASY


def test_short_sections_share_a_page(report: Report) -> None:
    short = [Section(f"s{number}", f"Section {number}", "", (Paragraph("Done."),)) for number in range(4)]
    pages = texts(written(with_sections(report, *short)))
    assert len(pages) == 2


def test_a_heading_is_never_the_last_thing_on_a_page(report: Report) -> None:
    for filling in range(20, 60, 2):
        pages = texts(written(with_sections(report, one_table(filling), one_table(3, "Next"))))
        for text in pages[1:]:
            assert "Dana Abelard" in text
            assert "A table" not in text.rpartition("Dana Abelard")[2]


def test_a_table_repeats_its_heading_and_its_group_on_each_page(report: Report) -> None:
    pages = texts(written(report))
    readiness = [text for text in pages if "State Question Who" in text]
    assert len(readiness) > 3
    assert all("No. State Question Who Blocks" in text or "Who Warnings" in text for text in readiness)


def test_a_thousand_rows_are_all_there(report: Report) -> None:
    pages = texts(written(with_sections(report, one_table(1000))))
    everything = " ".join(pages)
    assert all(f"{row} Escalate to a person {row} Dana Abelard" in everything for row in range(1000))
    assert 25 <= len(pages) <= 40


def test_the_time_grows_with_the_rows_and_not_faster(report: Report) -> None:
    def seconds(rows: int) -> float:
        start = time.process_time()
        written(with_sections(report, one_table(rows)))
        return time.process_time() - start

    seconds(50)
    assert seconds(2400) < 9 * seconds(600)


def test_a_paragraph_and_a_cell_longer_than_a_page_go_on_over_the_next(report: Report) -> None:
    long = " ".join(f"word{number}" for number in range(2500))
    table = Table("rows", (Column("What"), Column("Who")), ((Cell(long), Cell("Dana Abelard")),))
    section = Section("long", "Long", "", (Paragraph(long, Tone.WARN), table, Cards((Card("H", "N", (long,)),))))
    everything = " ".join(texts(written(with_sections(report, section)))).split()
    assert all(everything.count(f"word{number}") == 3 for number in range(2500))
