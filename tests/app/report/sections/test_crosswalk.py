"""The crosswalk on paper and in the workbook."""

from __future__ import annotations

from app.policy.crosswalk import ADVICE, frameworks
from app.report.build import build
from app.report.model import Paragraph, Report, Section, Table, Tone
from app.report.sections import NAMES
from tests.support.builder import AS_OF, ProjectBuilder, sample


def report_of(builder: ProjectBuilder) -> Report:
    return build(builder.project(), (), AS_OF)


def section(report: Report, name: str) -> Section:
    return next(found for found in report.sections if found.id == name)


def table(found: Section, key: str) -> Table:
    return next(b for b in found.blocks if isinstance(b, Table) and b.key == key)


def test_it_stands_between_what_changed_and_the_sign_off() -> None:
    assert NAMES.index("changed") < NAMES.index("crosswalk") < NAMES.index("signoff")


def test_paper_and_workbook_share_it_out() -> None:
    report = report_of(sample())
    assert (section(report, "crosswalk").sheet, section(report, "crosswalk").printed) == ("", True)
    assert (section(report, "crosswalk_sheet").sheet, section(report, "crosswalk_sheet").printed) == (
        "Crosswalk",
        False,
    )


def test_both_say_that_evidence_is_not_proof_and_send_to_a_lawyer() -> None:
    report = report_of(sample())
    for name in ("crosswalk", "crosswalk_sheet"):
        assert Paragraph(ADVICE) in section(report, name).blocks


def test_every_id_and_every_edition_is_on_paper_and_in_the_workbook() -> None:
    report = report_of(sample())
    paper = table(section(report, "crosswalk"), "crosswalk_frameworks")
    printed = " · ".join(str(row[1].value) for row in paper.rows)
    sheet = table(section(report, "crosswalk_sheet"), "crosswalk")
    listed = [str(row[0].value) for row in sheet.rows]
    for framework in frameworks():
        for requirement in framework.requirements:
            ids = ", ".join(requirement.ids)
            assert f"{ids}: {requirement.paraphrase}" in printed
            assert ids in listed
        assert framework.note in printed
        assert any(heading.startswith(f"{framework.name} · {framework.edition}") for _, heading in paper.groups)
        assert (framework.name, framework.edition) in [
            (row[0].value, row[1].value) for row in table(section(report, "crosswalk_sheet"), "crosswalk_editions").rows
        ]


def test_the_numbers_in_brackets_are_those_of_the_evidence() -> None:
    found = section(report_of(sample()), "crosswalk")
    titles = [str(row[0].value) for row in table(found, "crosswalk_shown").rows]
    stop = next(title.partition(" ")[0] for title in titles if title.endswith(" Stop"))
    printed = " · ".join(str(row[1].value) for row in table(found, "crosswalk_frameworks").rows)
    assert f"MANAGE 2.4: Somebody may disengage and deactivate it [{stop}]" in printed


def test_a_row_of_the_workbook_tells_its_evidence_and_what_is_missing() -> None:
    builder = sample()
    found = table(section(report_of(builder), "crosswalk_sheet"), "crosswalk")
    row = next(row for row in found.rows if row[0].value == "GV 2.1")
    assert [cell.value for cell in row[2:]] == ["Owners, Roles", "in part", "No deputy: Outcome owner."]
    assert row[3].tone is Tone.WARN


def test_an_empty_map_says_nothing_yet() -> None:
    rows = table(section(report_of(ProjectBuilder()), "crosswalk"), "crosswalk_shown").rows
    stop = next(row for row in rows if str(row[0].value).endswith(" Stop"))
    assert (stop[1].value, stop[1].tone) == ("nothing yet", Tone.BAD)
    assert stop[2].value == "No stop button."


def test_a_sentence_ends_once() -> None:
    builder = sample()
    shown = table(section(report_of(builder), "crosswalk"), "crosswalk_shown")
    assert not [cell.value for row in shown.rows for cell in row if ".." in str(cell.value)]
