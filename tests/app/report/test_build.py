"""What the report says, and that a reader's copy builds the same one again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, Unreadable
from app.interchange import Project
from app.model import vocabulary as v
from app.model.change import ApprovalRule, EvaluationSuite
from app.model.commit import Commitment
from app.model.document import Document
from app.model.exceptions import ResponseTarget
from app.model.fields import fields_of
from app.model.kinds import BY_KIND
from app.model.log import Log
from app.model.oversight import Action
from app.model.owners import OwnerAssignment
from app.model.room import Person
from app.model.stop import StopControl
from app.report import LAYOUT
from app.report.attachment import Options, exported, read, write
from app.report.build import build
from app.report.duties import DUTIES
from app.report.model import (
    SHEETS,
    Cards,
    Cell,
    Column,
    Facts,
    NumberedSteps,
    Report,
    Section,
    Signatures,
    Table,
)
from app.report.paper import records, without_empty_columns
from app.report.sections import NAMES
from app.revisions.signoff import seat_holder, sign
from tests.support.builder import AS_OF, ProjectBuilder, complete, fixed_mint, sample

SEATS = ("workflow", "system", "exception", "outcome", "value", "safety")


def report_of(builder: ProjectBuilder, **more: object) -> Report:
    return build(builder.project(), (), AS_OF, **more)  # type: ignore[arg-type]


def section(report: Report, name: str) -> Section:
    return next(found for found in report.sections if found.id == name)


def table(report: Report, name: str, key: str) -> Table:
    return next(b for b in section(report, name).blocks if isinstance(b, Table) and b.key == key)


def column(found: Table, heading: str) -> list[object]:
    at = [each.heading for each in found.columns].index(heading)
    return [row[at].value for row in found.rows]


def sign_seats(builder: ProjectBuilder, *seats: str) -> None:
    for seat in seats:
        holder = seat_holder(builder.document, seat)
        assert holder is not None
        builder.run(sign("design", seat, holder.name, 0))


def test_an_empty_project_has_every_section_and_says_what_is_missing() -> None:
    report = build(Project(Document.empty(fixed_mint()), Log()), (), AS_OF)
    assert tuple(found.id for found in report.sections) == NAMES
    assert table(report, "actions", "oversight").empty == "No action is listed yet."
    assert all(b.rows or b.empty for s in report.sections for b in s.blocks if isinstance(b, Table))
    assert report.title == "AI agent without a name"


def test_every_sheet_is_known_and_every_sheet_has_a_section() -> None:
    report = report_of(sample())
    assert {found.sheet for found in report.sections} - {""} == set(SHEETS)


def test_the_status_follows_the_signatures() -> None:
    builder = complete()
    assert (report_of(builder).status, report_of(builder).draft) == ("Draft 1", True)
    assert report_of(builder).fingerprint == ""
    sign_seats(builder, *SEATS[:2])
    halfway = report_of(builder)
    assert (halfway.status, halfway.draft) == ("Signed by 2 of 6 · revision 1", True)
    assert len(halfway.fingerprint) == 64
    sign_seats(builder, *SEATS[2:])
    signed = report_of(builder)
    assert (signed.status, signed.draft) == ("Signed revision 1 · 21 Nov 2026", False)
    assert signed.fingerprint == halfway.fingerprint


def test_a_change_after_signing_is_a_new_draft_that_shows_what_changed() -> None:
    builder = complete()
    sign_seats(builder, *SEATS)
    builder.agent(client="Somebody else")
    report = report_of(builder)
    assert (report.status, report.draft, report.fingerprint) == ("Draft 2", True, "")
    changed = table(report, "changed", "changed")
    assert column(changed, "After") == ["Somebody else"]
    lines = next(b for b in section(report, "signoff").blocks if isinstance(b, Signatures)).lines
    assert not any(line.signed for line in lines)
    assert len(table(report, "signoff", "signature").rows) == len(SEATS)


def test_the_signed_page_names_seat_name_moment_and_the_whole_fingerprint() -> None:
    builder = complete()
    sign_seats(builder, *SEATS)
    report = report_of(builder)
    lines = next(b for b in section(report, "signoff").blocks if isinstance(b, Signatures)).lines
    assert all(line.signed and "21 Nov 2026, 10:00" in line.detail for line in lines)
    facts = next(b for b in section(report, "signoff").blocks if isinstance(b, Facts))
    assert report.fingerprint in ["".join(str(cell.value).split()) for _, cell in facts.items]


def test_a_signed_revision_is_compared_with_the_signed_one_before_it() -> None:
    builder = complete()
    sign_seats(builder, *SEATS)
    first = section(report_of(builder), "changed")
    assert "no signed revision before" in str(first.blocks[0])
    builder.agent(client="Somebody else")
    sign_seats(builder, *SEATS)
    second = report_of(builder)
    assert section(second, "changed").intro == "Compared with revision 1."
    assert column(table(second, "changed", "changed"), "After") == ["Somebody else"]


def test_the_line_that_bars_an_action_does_not_permit_it() -> None:
    found = table(report_of(sample()), "actions", "action_detail")
    barred = dict(zip(column(found, "Action"), column(found, "Barred by"), strict=True))
    permitted = dict(zip(column(found, "Action"), column(found, "Permitted by"), strict=True))
    assert barred["Issue card refund"]
    assert not permitted["Issue card refund"]
    assert permitted["Read ticket and billing history"]


def test_the_summary_stands_alone_with_four_owners() -> None:
    found = section(report_of(sample()), "summary")
    assert found.alone
    cards = next(b for b in found.blocks if isinstance(b, Cards)).cards
    assert [card.name for card in cards] == ["Dana Abelard", "Jun Kowalczyk", "Marc Oyelaran", "Rosa Steiner"]


def test_the_card_gives_each_of_six_steps_a_name_and_a_route() -> None:
    found = section(report_of(sample()), "card")
    assert found.alone
    steps = next(b for b in found.blocks if isinstance(b, NumberedSteps)).steps
    assert len(steps) == 6
    assert all(step.how and step.who and all(who.lines for who in step.who) for step in steps)
    assert "Pager group PLAT" in steps[0].who[0].lines[0]


def test_the_card_promises_no_more_than_the_hours_that_somebody_covers() -> None:
    steps = next(b for b in section(report_of(sample()), "card").blocks if isinstance(b, NumberedSteps)).steps
    clearing = steps[4].how
    hours = "Mon to Fri 09:00–17:00, not on 25 Dec 2026, 1 Jan 2027: "
    assert f"{hours}answered within 30 min to 8 h." in clearing
    assert "Outside these hours nobody. It runs on while nobody covers." in clearing
    empty = next(b for b in section(report_of(ProjectBuilder()), "card").blocks if isinstance(b, NumberedSteps)).steps
    assert "answered within" not in "".join(step.how for step in empty)


def test_the_card_undoes_only_what_takes_effect_and_reaches_everybody_it_names() -> None:
    card = section(report_of(sample()), "card")
    steps = next(b for b in card.blocks if isinstance(b, NumberedSteps)).steps
    assert "Issue card refund" not in steps[3].how
    assert "Throw the draft away" not in steps[3].how
    directory = table(report_of(sample()), "card", "card_directory")
    named = {who.name for step in steps for who in step.who}
    assert named <= set(map(str, column(directory, "Name")))
    rota = next(row for row in directory.rows if row[0].value == "Platform on call")
    assert "Priya Menon: Pager group PLAT · priya.menon@lindhof.example" in rota[1].note


def test_a_card_without_answers_says_so() -> None:
    found = section(report_of(ProjectBuilder()), "card")
    steps = next(b for b in found.blocks if isinstance(b, NumberedSteps)).steps
    assert all(step.how for step in steps)
    assert not any(step.who for step in steps)


def test_the_matrix_has_one_letter_a_cell_and_tells_what_was_changed_by_hand() -> None:
    report = report_of(sample())
    matrix = section(report, "raci").blocks[0]
    assert isinstance(matrix, Table)
    assert matrix.matrix
    assert {str(cell.value) for row in matrix.rows for cell in row[1:]} <= {"", "A", "R", "C", "I"}
    assert next(heading for _, heading in matrix.groups) == "What the agent does"
    assert any(cell.note for row in matrix.rows for cell in row)
    assert all(column(table(report, "raci_reasons", "raci_override"), "Reason"))


def test_each_person_has_a_card_and_a_place_in_the_index() -> None:
    builder = sample()
    report = report_of(builder)
    people = sorted(person.name for person in builder.document.rows(Person))
    assert [b.cards[0].name for b in section(report, "cards").blocks if isinstance(b, Cards)] == people
    named = list(map(str, column(table(report, "index", "index"), "Name")))
    assert sorted(named) == people
    assert [name.split()[-1] for name in named] == sorted(name.split()[-1] for name in named)


def test_every_field_that_names_somebody_has_the_name_of_a_duty() -> None:
    named = {
        f"{kind}.{name}"
        for kind, row_class in BY_KIND.items()
        for name, field in fields_of(row_class).items()
        if {"person", "rota"} & set(field.targets)
    }
    assert set(DUTIES) == named


def test_a_role_card_gives_all_letters_and_the_names_of_duties() -> None:
    blocks = section(report_of(sample()), "cards").blocks
    cards = [b.cards[0].name for b in blocks if isinstance(b, Cards)]
    tables = dict(zip(cards, (b for b in blocks if isinstance(b, Table)), strict=True))
    duties = column(tables["Dana Abelard"], "Duty")
    assert {"Accountable", "Responsible", "Consulted", "Informed", "Leads the incident review"} <= set(duties)
    said = "\n".join(str(cell.value) for found in tables.values() for row in found.rows for cell in row)
    assert "Intervention rate, escalations or cost per case" not in said
    assert " more" not in [str(value)[-5:] for value in column(tables["Dana Abelard"], "For")]


def test_a_name_on_a_rota_is_told_what_the_rota_does() -> None:
    builder = ProjectBuilder()
    ann = builder.person("Ann")
    builder.role("reliability_engineer", None, rota=builder.rota("On call", ann))
    rows = table(report_of(builder), "cards", "card_1").rows
    assert "Agent Reliability Engineer (On call)" in [row[2].value for row in rows]


def test_a_mode_looser_than_the_floor_is_marked() -> None:
    builder = ProjectBuilder()
    builder.action("Release payment", "32232", flags=("moves_money",), current="out_of_loop")
    cell = table(report_of(builder), "actions", "oversight").rows[0][4]
    assert (cell.tone, cell.note) == ("bad", "looser than its floor")


def test_sections_can_be_chosen_and_keep_their_order() -> None:
    report = report_of(sample(), sections=["signoff", "summary"])
    assert [found.id for found in report.sections] == ["summary", "signoff"]
    with pytest.raises(AppError, match="no section “summery”"):
        report_of(sample(), sections=["summery"])


def test_the_whole_change_log_is_in_the_workbook_and_the_latest_on_paper() -> None:
    builder = ProjectBuilder()
    for number in range(60):
        builder.agent(client=f"Client {number}")
    report = report_of(builder)
    assert len(table(report, "log", "change_log").rows) == 60
    assert len(table(report, "recent", "recent_changes").rows) == 40
    assert not section(report, "log").printed
    assert "Client 59" in str(table(report, "log", "change_log").rows[0][3].value)


def test_private_changes_are_not_in_the_log() -> None:
    builder = ProjectBuilder()
    ann = builder.person("Ann")
    builder.set(ann, present=True)
    assert len(table(report_of(builder), "log", "change_log").rows) == 1
    assert len(table(report_of(builder, private=True), "log", "change_log").rows) == 2


# --- the way back ------------------------------------------------------------------------------------------


def rebuilt(report: Report) -> Report:
    project, options = read(report.attachment)
    return build(
        project,
        (),
        options.as_of,
        private=options.private,
        paper=options.paper,
        sections=options.sections,
        program=options.program,
    )


@pytest.mark.parametrize("private", [False, True])
def test_the_attachment_builds_the_same_report(private: bool) -> None:
    builder = complete()
    sign_seats(builder, *SEATS)
    builder.agent(client="Somebody else")
    report = report_of(builder, private=private, paper="letter", sections=["summary", "log", "about"])
    assert rebuilt(report) == report


@pytest.mark.parametrize("program", ["Somebody else owns it", "1.0\n", "", "1.0 (signed)", "1" * 9])
def test_nothing_but_a_version_stands_where_the_program_is_printed(program: str) -> None:
    text = write(ProjectBuilder().project(), Options(AS_OF, "a4", False, LAYOUT, program))
    with pytest.raises(Unreadable):
        read(text)


def test_the_same_project_gives_the_same_report() -> None:
    assert report_of(sample()) == report_of(sample())


@given(st.text())
def test_any_text_survives_the_attachment(text: str) -> None:
    builder = ProjectBuilder()
    cleaned = "".join(c for c in text if not 0xD800 <= ord(c) <= 0xDFFF)[:200]
    builder.agent(name=cleaned + "_x0041_")
    project, _ = read(write(builder.project(), Options(AS_OF, "a4", False, LAYOUT, "1")))
    assert project.document == exported(builder.project()).document


@pytest.mark.parametrize(
    "change",
    [
        {"format": "ownermap"},
        {"version": 2},
        {"export": None},
        {"export": {"as_of": "yesterday"}},
        {"project": None},
    ],
)
def test_an_attachment_that_is_not_ours_is_refused(change: dict[str, object]) -> None:
    content = json.loads(report_of(ProjectBuilder()).attachment)
    with pytest.raises(Unreadable):
        read(json.dumps({**content, **change}))
    with pytest.raises(Unreadable, match="damaged"):
        read("noise")


# --- paper -------------------------------------------------------------------------------------------------


def test_a_wide_table_becomes_a_record_for_each_row() -> None:
    builder = ProjectBuilder()
    builder.action("Read ticket", note="harmless")
    builder.action("Send reply")
    wide = table(report_of(builder), "actions", "action_detail")
    assert wide.wide
    first, second = records(wide)
    assert (first.name, second.name) == ("Read ticket", "Send reply")
    assert ("Note", "harmless") in [(label, cell.value) for label, cell in first.items]
    assert "Note" not in dict(second.items)


def test_a_record_stands_under_its_group_and_may_be_empty() -> None:
    columns = (Column("Name"), Column("What"))
    rows = ((Cell("One"), Cell("said")), (Cell(""), Cell(None)), (Cell("Two"), Cell(0)))
    found = records(Table("some", columns, rows, groups=((0, "First"), (2, "Second"))))
    assert [record.name for record in found] == ["First · One", "First · (not named)", "Second · Two"]
    assert [[cell.value for _, cell in record.items] for record in found] == [["said"], ["nothing said yet"], [0]]


def test_a_column_in_which_nothing_is_said_is_left_out() -> None:
    columns = (Column("Name"), Column("Never"), Column("Number"), Column("Noted"))
    rows = (
        (Cell(""), Cell(""), Cell(0), Cell("")),
        (Cell(""), Cell(None), Cell(""), Cell("", note="here")),
    )
    found = without_empty_columns(Table("some", columns, rows))
    assert [column.heading for column in found.columns] == ["Name", "Number", "Noted"]
    assert [len(row) for row in found.rows] == [3, 3]
    matrix = Table("letters", columns, rows, matrix=True)
    nothing = Table("nothing", columns, ())
    assert without_empty_columns(matrix) is matrix
    assert without_empty_columns(nothing) is nothing


def test_no_table_on_paper_is_wider_than_a_page() -> None:
    report = report_of(sample())
    tables = [b for s in report.sections for b in s.blocks if isinstance(b, Table) and not b.matrix]
    assert [b.key for b in tables if len(b.columns) > 9 and not b.wide] == []
    assert len({b.key for b in tables}) == len(tables)
    assert len(table(report, "actions", "action_detail").rows) == len(sample().document.rows(Action))


# --- what was typed, and what the exports make of it -----------------------------------------------------------


def steps_on_card(builder: ProjectBuilder) -> tuple[str, ...]:
    steps = next(b for b in section(report_of(builder), "card").blocks if isinstance(b, NumberedSteps)).steps
    return tuple(step.how for step in steps)


def lines_of(builder: ProjectBuilder, owner: str) -> tuple[str, ...]:
    cards = next(b for b in section(report_of(builder), "summary").blocks if isinstance(b, Cards)).cards
    return next(card.lines for card in cards if card.heading.startswith(owner))


def test_the_card_promises_the_times_of_the_classes_and_never_a_default_beside_them() -> None:
    builder = ProjectBuilder()
    grace = builder.person("Grace Obi")
    builder.owner("exception", grace)
    builder.window("exception", grace)
    default = "severity 2 answered within 60 min (a default that nobody has changed)"
    assert default in steps_on_card(builder)[4]
    builder.exception_class("Missing data", within=30)
    builder.exception_class("Not timed yet")
    assert "17:00 Europe/Berlin: answered within 30 min." in steps_on_card(builder)[4]
    builder.exception_class("Ambiguous input", within=240)
    assert "answered within 30 min to 4 h." in steps_on_card(builder)[4]
    assert "severity" not in steps_on_card(builder)[4]
    assert "Answers within 30 min to 4 h, 40 of 168 hours covered" in lines_of(builder, "Exception owner")


def test_a_target_that_the_room_has_set_is_no_default_on_the_card() -> None:
    builder = ProjectBuilder()
    tomas = builder.person("Tomas Ilves")
    builder.add(StopControl, where="The flag", who=(tomas,))
    builder.window("stop", tomas)
    assert "stopped 5 min later (a default that nobody has changed)." in steps_on_card(builder)[0]
    builder.fixed(ResponseTarget, "1", ack_minutes=10)
    assert "severity 1 answered within 10 min, stopped 5 min later." in steps_on_card(builder)[0]


def test_nobody_is_on_call_without_hours() -> None:
    builder = ProjectBuilder()
    tomas = builder.person("Tomas Ilves")
    assert not any("call" in line for line in lines_of(builder, "System owner"))
    builder.role("reliability_engineer", tomas)
    assert "Responds first: Tomas Ilves; no hours given" in lines_of(builder, "System owner")
    builder.window("first_response", tomas)
    assert "On call: Tomas Ilves, 40 of 168 hours" in lines_of(builder, "System owner")


def test_a_standing_suite_is_told_alike_on_every_page() -> None:
    builder = ProjectBuilder()
    for change in v.SIX_APPROVALS:
        builder.add(ApprovalRule, change=change, change_class="normal", approvers=(builder.person("Nadia"),))
    suite = builder.add(EvaluationSuite, name="150 past tickets", gates=("prompt", "tool", "model"))
    asked = "Must pass the evaluation suite"

    def told() -> tuple[set[object], set[object], bool]:
        report = report_of(builder)
        missing = set(column(table(report, "approvals", "approvals_changes"), "Still missing"))
        first = "First passes: 150 past tickets"
        judged = any(cell.value == first for row in table(report, "summary", "stop_change_judge").rows for cell in row)
        return set(column(table(report, "change", "approval_rule"), asked)), missing, judged

    assert told() == ({""}, {"the evaluation suite"}, False)
    builder.set(suite, standing=True)
    assert told() == ({"yes, a standing suite runs on it"}, {""}, True)


def test_a_flag_that_nobody_set_is_no_answer() -> None:
    report = report_of(ProjectBuilder())
    assert set(column(table(report, "owners", "owner"), "Leadership sees the outcomes")) == {""}


def test_who_signed_is_told_to_have_accepted() -> None:
    builder = sample()
    builder.fixed(OwnerAssignment, "workflow", accepted="", accepted_on="")
    sign_seats(builder, "workflow")
    rows = table(report_of(builder), "owners", "owner")
    assert column(rows, "Accepted")[0] == "accepted, by signature"
    assert column(rows, "Accepted on")[0] == "21 Nov 2026"


def test_a_kept_promise_says_so_and_is_due_no_more() -> None:
    builder = ProjectBuilder()
    grace = builder.person("Grace Obi")
    builder.add(Commitment, what="A trial", who=grace, by_when="2026-12-21", code="STP-06", subject="gone")
    builder.add(Commitment, what="A cake", who=grace, by_when="2026-12-22")
    report = report_of(builder)
    assert column(table(report, "decisions", "commitment"), "Done on") == ["kept: no longer open on 21 Nov 2026", ""]
    assert "A trial" not in column(table(report, "readiness", "due_next"), "What")
    assert "A cake" in column(table(report, "readiness", "due_next"), "What")
