"""The index of names says on which pages each name stands."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from app.report.build import build
from exporters.pdf.index import page_words
from exporters.pdf.reader import page_texts
from exporters.pdf.writer import write
from tests.support.builder import AS_OF, ProjectBuilder


def test_page_numbers_that_follow_each_other_are_a_span() -> None:
    assert page_words([7, 2, 5, 6]) == "2, 5–7"
    assert page_words([]) == ""


def test_the_pages_of_a_name_are_those_on_which_it_is_read(tmp_path: Path) -> None:
    builder = ProjectBuilder()
    builder.owner("workflow", builder.person("Ann Lee"))
    builder.owner("system", builder.person("Ann Leeds"))
    target = tmp_path / "index.pdf"
    report = build(builder.project(), (), AS_OF, sections=["summary", "boundary", "index"])
    write(report, target)
    pages = page_texts(target)
    assert "Ann Lee" in pages[1]
    assert "Pages" in pages[-1]
    write(report, again := BytesIO())
    assert again.getvalue() == target.read_bytes()
