"""The readiness section: the questions, weights for both sign-offs, the next stage, and what is due."""

from __future__ import annotations

from app.exporting import report_again, report_of
from app.model.commit import Commitment
from app.model.room import Person, Workshop
from app.report.build import build
from app.report.model import Paragraph, Report, Section, Table
from app.rules.check import Checker
from app.rules.finding import Context
from tests.support.builder import AS_OF, ProjectBuilder, sample


def readiness(report: Report) -> Section:
    return next(found for found in report.sections if found.id == "readiness")


def table(section: Section, key: str) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table) and block.key == key)


def keys(section: Section) -> list[str]:
    return [block.key for block in section.blocks if isinstance(block, Table)]


def built(builder: ProjectBuilder) -> Section:
    findings = Checker().findings(builder.document, Context(AS_OF))
    return readiness(build(builder.project(), findings, AS_OF))


def test_the_whole_workshop_says_nothing_of_a_short_path() -> None:
    section = readiness(report_of(sample().project(), moment=AS_OF))
    assert "six_questions" not in keys(section)
    assert len(table(section, "eight_questions").rows) == 8


def test_a_short_workshop_says_so_and_what_is_open() -> None:
    builder = ProjectBuilder()
    builder.set(Workshop, short_path=True)
    report = report_of(builder.project(), moment=AS_OF)
    section = readiness(report)
    said = next(block.text for block in section.blocks if isinstance(block, Paragraph))
    assert said.startswith("This was the short workshop: six questions in 45 minutes, 0 of them answered.")
    assert [row[2].value for row in table(section, "six_questions").rows] == ["no"] * 6
    assert table(section, "findings").rows


def test_a_copy_of_a_short_workshop_is_built_again_just_so() -> None:
    builder = ProjectBuilder()
    builder.set(Workshop, short_path=True)
    report = report_of(builder.project(), moment=AS_OF)
    _, options, again = report_again(report.attachment)
    assert options.short_path
    assert again == report


def test_a_promise_weighs_more_at_launch() -> None:
    builder = ProjectBuilder().stage("1b")
    dana = builder.add(Person, name="Dana Abelard")
    builder.add(Commitment, code="CHG-01", what="The board names them", who=dana, by_when="2027-02-01")
    rows = {row[0].value: row for row in table(built(builder), "findings").rows}
    assert (rows["CHG-01"][1].value, rows["CHG-01"][1].note) == ("warning", "blocks the launch")
    assert rows["CHG-01"][6].value == "promised by Dana Abelard until 1 Feb 2027"
    assert (rows["BND-01"][1].value, rows["BND-01"][1].note) == ("blocks sign-off", "")


def test_the_next_stage_is_told_with_what_is_missing_there() -> None:
    section = built(sample())
    asked = table(section, "next_stage")
    assert asked.caption == "What becomes mandatory at the next stage, “2 Bounded automation”"
    assert any("value and safety" in str(row[0].value) for row in asked.rows)
    assert not any(cell.note for (cell,) in asked.rows)
    early = table(built(ProjectBuilder()), "next_stage")
    assert {cell.note for (cell,) in early.rows} == {"", "A promise is enough for the design."}
    missing = table(section, "missing_next")
    assert [cell.value for cell in missing.rows[0][:2]] == ["COV-02", "blocks sign-off"]


def test_the_last_stage_has_no_next_one() -> None:
    section = built(sample().stage("3"))
    assert not {"next_stage", "missing_next"} & set(keys(section))


def test_what_is_due_is_told_with_who_and_whether_it_is_late() -> None:
    builder = ProjectBuilder()
    dana = builder.add(Person, name="Dana Abelard")
    builder.add(Commitment, what="Drill the stop button", who=dana, by_when="2026-11-20")
    due = table(built(builder), "due_next")
    assert [cell.value for cell in due.rows[0]] == [
        "20 Nov 2026",
        "overdue",
        "Commitment",
        "Drill the stop button",
        "Dana Abelard",
        "Readiness",
    ]


def test_a_step_of_a_drill_long_after_it_has_its_day() -> None:
    steps = table(built(sample()), "drill_steps")
    assert all(str(row[0].value) == "–" or len(str(row[0].value).split()) in (2, 5) for row in steps.rows)
