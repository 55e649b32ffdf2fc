"""Every populated field of a project appears in the report: on paper and in the workbook (product.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from app.interchange import Project
from app.model.document import Document
from app.model.fields import Kind, Scope, fields_of
from app.model.kinds import BY_KIND
from app.model.log import Log
from app.model.room import Agent
from app.report.build import build
from app.report.display import display
from app.report.model import (
    Block,
    Cards,
    Facts,
    HeatMap,
    NumberedSteps,
    Paragraph,
    Report,
    Section,
    Signatures,
    Table,
)
from app.report.paper import records
from exporters.pdf import writer as pdf
from exporters.pdf.reader import page_texts
from exporters.xlsx.reader import visible_cells
from exporters.xlsx.writer import write
from tests.support.builder import AS_OF, Marked, marker_project

EXEMPT = {
    ("revision", "content"): "the canonical bytes that were signed; they travel in the attachment",
    ("revision", "implied"): "findings and RACI as they stood, as data; they travel in the attachment",
    ("accepted_risk", "substance"): "a mark by which the program knows a finding again; its words are shown",
    ("signature", "drawing"): "drawn, not written",
}


def texts(sections: Iterable[Section]) -> str:
    """Everything that these sections say, a line each."""
    return "\n".join(
        part for s in sections for part in (s.title, s.intro, *(t for b in s.blocks for t in _of_block(b)))
    )


def _of_block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Facts():
            for label, cell in block.items:
                yield from (label, str(cell.value), cell.note)
        case Table():
            yield from (block.caption, block.empty)
            if block.wide:
                for record in records(block):
                    yield record.name
                    yield from (part for label, cell in record.items for part in (label, str(cell.value), cell.note))
                return
            yield from (column.heading for column in block.columns)
            yield from (heading for _, heading in block.groups)
            yield from (part for row in block.rows for cell in row for part in (str(cell.value), cell.note))
        case Cards():
            for card in block.cards:
                yield from (card.heading, card.name, *card.lines)
        case HeatMap():
            yield from (block.caption, block.summary, *block.holders)
        case NumberedSteps():
            for step in block.steps:
                yield from (step.what, step.how)
                for who in step.who:
                    yield from (who.name, *who.lines)
        case Signatures():
            for line in block.lines:
                yield from (line.seat, line.name, line.detail)


def not_found(
    document: Document,
    marks: Iterable[Marked],
    said: str,
    *,
    private: bool,
    seen_as: Callable[[str], str] = str,
) -> list[tuple[str, str, str]]:
    agent = document.only(Agent)
    missing = []
    for mark in marks:
        field = fields_of(BY_KIND[mark.kind])[mark.field]
        if (mark.kind, mark.field) in EXEMPT or (field.scope is Scope.PRIVATE and not private):
            continue
        expected = mark.text or display(document, field, mark.value, agent)
        as_number = str(mark.value) if field.kind is Kind.NUMBER else expected
        if seen_as(expected) not in said and seen_as(as_number) not in said:
            missing.append((mark.kind, mark.field, expected))
    return missing


def report_of(document: Document, *, private: bool) -> Report:
    return build(Project(document, Log()), (), AS_OF, private=private)


@pytest.fixture(scope="module", params=[False, True], ids=["public", "private"])
def marked(request: pytest.FixtureRequest) -> tuple[Document, list[Marked], Report, bool]:
    document, marks = marker_project(signed=True)
    assert {mark.kind for mark in marks} == set(BY_KIND), "a kind of row has no marker"
    return document, marks, report_of(document, private=request.param), request.param


def test_every_field_is_on_paper(marked: tuple[Document, list[Marked], Report, bool]) -> None:
    document, marks, report, private = marked
    said = texts(section for section in report.sections if section.printed)
    assert not_found(document, marks, said, private=private) == []


def test_every_field_is_in_the_workbook(marked: tuple[Document, list[Marked], Report, bool]) -> None:
    document, marks, report, private = marked
    file = BytesIO()
    write(report, file)
    said = "\n".join(str(value) for cells in visible_cells(file).values() for value in cells.values())
    assert not_found(document, marks, said, private=private) == []


def test_every_field_is_in_the_pdf(marked: tuple[Document, list[Marked], Report, bool], tmp_path: Path) -> None:
    document, marks, report, private = marked
    target = tmp_path / "marked.pdf"
    pdf.write(report, target)
    # A line may end inside a long word, so blanks say nothing.
    said = _unspaced(" ".join(page_texts(target)))
    missing = not_found(document, marks, said, private=private, seen_as=_unspaced)
    assert missing == []


def _unspaced(text: str) -> str:
    return "".join(text.split())


def test_nothing_private_leaves_the_file_unless_asked_for() -> None:
    document, marks = marker_project(signed=True)
    report = report_of(document, private=False)
    said = texts(report.sections) + report.attachment
    private = [m.text for m in marks if m.text and fields_of(BY_KIND[m.kind])[m.field].scope is Scope.PRIVATE]
    assert len(private) > 5
    assert [text for text in private if text in said] == []


def test_what_is_exempt_exists() -> None:
    assert all(field in fields_of(BY_KIND[kind]) for kind, field in EXEMPT)
