"""Actions and oversight in the report: what each has shown, what it lacks, what takes it back."""

from __future__ import annotations

from app.model.log import Log
from app.model.oversight import Evidence
from app.policy.graduation import CAVEATS
from app.report.material import Material
from app.report.model import Paragraph, Section, Table, Tone
from app.report.sections import actions
from app.revisions.signoff import state
from tests.support import autonomy
from tests.support.builder import AS_OF, ProjectBuilder, complete


def section(builder: ProjectBuilder) -> Section:
    document = builder.document
    return actions.section(Material(document, Log(), (), "", state(document), AS_OF))


def table(found: Section, key: str) -> Table:
    return next(block for block in found.blocks if isinstance(block, Table) and block.key == key)


def line(found: Table, name: str) -> tuple[str, ...]:
    return next(tuple(str(cell.value) for cell in row) for row in found.rows if row[0].value == name)


def on_the_loop() -> ProjectBuilder:
    builder = complete()
    autonomy.on_the_loop(builder)
    return builder


def test_what_an_action_has_shown_stands_against_its_limit() -> None:
    shown = table(section(on_the_loop()), "autonomy")
    assert line(shown, autonomy.NAME) == (
        autonomy.NAME,
        "On the loop",
        "200 reviewed runs, 2 failures, no harm, breach or failed stop, 21 Oct 2026 to 18 Nov 2026",
        "3.1 %, limit 1 %",
        "97.0 %",
        "14 of 14 seeded bad cases caught",
        "59 runs a week",
    )
    assert {row[3].tone for row in shown.rows if row[0].value == autonomy.NAME} == {Tone.WARN}


def test_what_stands_before_the_next_mode() -> None:
    builder = complete()
    autonomy.in_the_loop(builder)
    autonomy.reviewed(builder, runs=59, unchanged=59, caught=13)
    gates = table(section(builder), "gates")
    assert line(gates, autonomy.NAME)[1:] == (
        "On the loop",
        "look after 100, 200 and 400 reviewed runs; pass with at most 0, 3 and 10 failures",
        "41 more clean runs\n8 more seeded bad cases caught: proof that reviewers catch 80 %",
        "about 0.8 weeks at 50 runs a week",
    )
    autonomy.rerated(runs=400, unchanged=400, caught=14)(builder)
    assert line(table(section(builder), "gates"), autonomy.NAME)[3:] == ("nothing", "")


def test_what_takes_a_mode_back() -> None:
    builder = on_the_loop()
    assert table(section(builder), "revocations").rows == ()
    autonomy.rerated(harmful=1)(builder)
    autonomy.reviewed(builder, from_day="2026-11-19", to_day="2026-11-20", runs=100, material=3)
    found = table(section(builder), "revocations")
    assert [tuple(str(cell.value) for cell in row) for row in found.rows] == [
        (autonomy.NAME, "R1", "On the loop", "In the loop, at once", "1 harmful error"),
        (
            autonomy.NAME,
            "R3",
            "On the loop",
            "look now",
            "3.0 % interventions, 0.5 % before: look now; to confirm it takes about 5,000 runs",
        ),
    ]


def test_who_decides_and_the_caveats_are_said_beside_the_evidence() -> None:
    said = [block.text for block in section(complete()).blocks if isinstance(block, Paragraph)]
    assert said[0].startswith("Decides: Agent Product Owner, Dana Abelard. Asked first: workflow owner, Dana Abelard;")
    assert said[1:4] == [str(each) for each in CAVEATS]


def test_the_letters_of_a_run_by_run_list_are_explained_where_there_is_one() -> None:
    builder = complete()
    said = [block.text for block in section(builder).blocks if isinstance(block, Paragraph)]
    assert said[-1].startswith("Run by run: One letter a run, in order: u unchanged, c cosmetic")
    for row in builder.document.rows(Evidence):
        builder.set(row, outcomes="")
    said = [block.text for block in section(builder).blocks if isinstance(block, Paragraph)]
    assert said[-1] == str(CAVEATS[-1])
