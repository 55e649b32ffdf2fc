"""The index of names says on which pages each name stands."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from app.model.changes import RowChange
from app.model.row import with_fields
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


def indexed(builder: ProjectBuilder, tmp_path: Path) -> str:
    """The rows of the index of names, in one line."""
    target = tmp_path / "index.pdf"
    write(build(builder.project(), (), AS_OF, sections=["summary", "boundary", "index"]), target)
    return page_texts(target)[-1].partition(" Pages ")[2]


def test_what_nobody_sees_in_a_name_is_spelt_and_has_pages_of_its_own(tmp_path: Path) -> None:
    builder = ProjectBuilder()
    builder.owner("workflow", builder.person("Rosa Steiner"))
    other = builder.person("Somebody Else", title="Clerk")
    hidden = with_fields(other, {"name": "Rosa\u200b Steiner"})
    builder.document = builder.document.applying([RowChange(other, hidden)])
    said = indexed(builder, tmp_path)
    assert said.startswith("Rosa Steiner Workflow owner")
    assert said.endswith(" 2 Rosa\\u200b Steiner Clerk Taking part")


def test_of_those_with_one_name_each_has_the_pages_that_say_the_title_too(tmp_path: Path) -> None:
    builder = ProjectBuilder()
    builder.owner("workflow", builder.person("Thomas Müller", title="Platform Lead"))
    builder.person("Thomas Müller", title="Billing Clerk")
    builder.person("Thomas Müller")
    said = indexed(builder, tmp_path)
    assert said.startswith("Thomas Müller Platform Lead Workflow owner")
    assert said.endswith(" 2 Thomas Müller Billing Clerk Taking part Thomas Müller Taking part")
