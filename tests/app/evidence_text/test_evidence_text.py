"""Evidence from a pasted table or a file: both shapes, every separator, every fault by its line, all or nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app.evidence_text as module
from app.errors import AppError, Unreadable
from app.evidence_text import Preview, adding, read_evidence
from app.messages import words
from app.model.document import Document
from app.model.oversight import Evidence
from tests.support import autonomy as support
from tests.support.builder import ProjectBuilder, complete

NOW = "2026-11-21T03:00:00.000Z"

RUNS = """date,action,version,mode,outcome,seconds,cost
2026-11-03T10:00,Close a ticket,v7,In the loop,material,30,0.10
2026-11-02T09:30,close a ticket,v7,in_loop,unchanged,12.5,0.20
2026-11-04,Close a ticket,v7,in_loop,cosmetic,60,0.40
2026-11-04,Close a ticket,v7,in_loop,seeded caught,20,
2026-11-05,Close a ticket,v7,in_loop,seeded missed,,
2026-11-05,Close a ticket,v7,on_loop,overridden,5,
"""

PERIODS = """Action;Behaviour version;From;To;Reviewed runs;Unchanged;Material edits;Seeded bad cases
Close a ticket;v7;2026-10-01;14 Nov 2026;1.200;1 190;10;14
"""


@pytest.fixture(scope="module")
def document() -> Document:
    made = complete()
    support.in_the_loop(made)
    return made.document


def values(preview: Preview, row: int = 0) -> dict[str, object]:
    assert preview.faults == ()
    return dict(preview.rows[row].values)


def faults(document: Document, text: str) -> list[tuple[int, str]]:
    return [(each.line, str(each.problem)) for each in read_evidence(document, text, NOW).faults]


# --- one line a run ----------------------------------------------------------------------------------------


def test_runs_are_summed_up_by_action_version_and_mode(document: Document) -> None:
    preview = read_evidence(document, RUNS, NOW)
    first, second = values(preview), values(preview, 1)
    assert (preview.lines, len(preview.rows)) == (6, 2)
    assert (first["behaviour_version"], first["mode"], first["from_day"], first["to_day"]) == (
        "v7",
        "in_loop",
        "2026-11-02",
        "2026-11-05",
    )
    assert first["outcomes"] == "umc"
    assert [first[name] for name in ("runs", "unchanged", "cosmetic", "material", "rejected")] == [3, 1, 1, 1, 0]
    assert (first["seeded"], first["caught"]) == (2, 1)
    assert (first["decision_seconds"], first["cost_median"], first["cost_p99"]) == (25, 20, None)
    assert (second["mode"], second["overridden"], second["outcomes"]) == ("on_loop", 1, "o")


def test_a_p99_takes_a_hundred_runs(document: Document) -> None:
    lines = [f"2026-11-02,Close a ticket,unchanged,{cost}" for cost in range(1, 201)]
    found = values(read_evidence(document, "\n".join(["date,action,outcome,cost", *lines]), NOW))
    assert (found["cost_median"], found["cost_p99"]) == (10_050, 19_800)


def test_the_order_of_very_many_runs_is_not_kept_and_it_says_so(document: Document) -> None:
    lines = ["2026-11-02,Close a ticket,unchanged"] * 20_001
    preview = read_evidence(document, "\n".join(["date,action,outcome", *lines]), NOW)
    assert (values(preview)["runs"], values(preview)["outcomes"]) == (20_001, "")
    assert list(map(words, preview.rows[0].notes)) == ["Too many runs to keep their order; they are counted."]


def test_what_is_left_out_is_as_it_is_today(document: Document) -> None:
    found = values(read_evidence(document, "when\taction\toutcome\n2026-11-02\tClose a ticket\tharmful\n", NOW))
    assert (found["behaviour_version"], found["mode"]) == ("2026-11-02.2", "in_loop")
    assert (found["harmful"], found["runs"]) == (1, 1)


# --- one line a period -------------------------------------------------------------------------------------


def test_a_period_with_labels_and_thousands(document: Document) -> None:
    found = values(read_evidence(document, PERIODS, NOW))
    assert (found["runs"], found["unchanged"], found["material"]) == (1200, 1190, 10)
    assert (found["from_day"], found["to_day"], found["mode"]) == ("2026-10-01", "2026-11-14", "in_loop")


def test_a_period_with_names_in_any_order_and_a_decimal_comma(document: Document) -> None:
    text = "cost_p99;runs;action;cost_median;outcomes\n1.234,50;3;Close a ticket;0,12;u u m\n"
    found = values(read_evidence(document, text, NOW))
    assert (found["cost_p99"], found["cost_median"], found["outcomes"]) == (123_450, 12, "uum")
    assert (found["unchanged"], found["material"], found["rejected"]) == (2, 1, 0)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_separator(document: Document, mark: str) -> None:
    head = mark.join(("action", "runs", "unchanged", "note"))
    line = f'Close a ticket{mark}5{mark}5{mark}"a {mark} b\nand more"'
    found = read_evidence(document, f"\ufeffsep={mark}\r\n\r\n{head}\r\n\r\n{line}\r\n", NOW)
    assert (values(found)["runs"], str(values(found)["note"])) == (5, f"a {mark} b and more".replace("\t", " "))


# --- what is wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2026-11-02,,unchanged,,", "No action is named. Write its name as it stands in the list of actions."),
        ("2026-11-02,Nothing,unchanged,,", "No action is called “Nothing”. Write its name as it stands in the list of"),
        (",Close a ticket,unchanged,,", "No day is given. Write it as 2026-11-14 or 2026-11-14T16:37."),
        ("11/14/2026,Close a ticket,unchanged,,", "“11/14/2026” is not a day. Write it as 2026-11-14"),
        ("2026-11-31,Close a ticket,unchanged,,", "“2026-11-31” is not a day."),
        ("2026-11-02,Close a ticket,,,", "No outcome is given. Write “unchanged” for a run that needed nothing."),
        ("2026-11-02,Close a ticket,fine,,", "“fine” is not an outcome. Write one of: unchanged, cosmetic, material,"),
        ("2026-11-02,Close a ticket,unchanged,soon,", "“soon” is not a number. Write it as 120 or 12.50."),
        ("2026-11-02,Close a ticket,unchanged,,12.345", "“12.345” can be read in two ways. Write thousands without"),
        ("2026-11-02,Close a ticket,unchanged,1,2,3", "There are 6 cells below 5 headings. Put quotes around a cell"),
    ],
)
def test_each_fault_names_its_line_and_what_to_do(document: Document, line: str, said: str) -> None:
    text = f"date,action,outcome,seconds,cost\n2026-11-01,Close a ticket,unchanged,,\n\n{line}\n"
    ((number, sentence),) = faults(document, text)
    assert number == 4
    assert sentence.startswith(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Close a ticket,,,,,", "The reviewed runs are not given. Fill in “Reviewed runs”."),
        ("Close a ticket,1.5,,,,", "“1.5” is not a whole number. Write it as 120."),
        ("Close a ticket,-3,,,,", "“-3” is not a number."),
        ("Close a ticket,10,11,,,", "The outcomes add up to more than the 10 reviewed runs. Count them again."),
        ("Close a ticket,10,10,1,2,", "More seeded cases were caught than there were. Count them again."),
        ("Close a ticket,4,,,,uuux", "“x” is no outcome of a run. Letters are u unchanged,"),
        ("Close a ticket,4,,,,uuu", "Reviewed runs: 4 is given, and the letters show 3. Give one of the two."),
        ("Close a ticket,99999999999,,,,", "Reviewed runs"),
    ],
)
def test_a_period_that_does_not_add_up(document: Document, line: str, said: str) -> None:
    ((number, sentence),) = faults(document, f"action,runs,rejected,seeded,caught,outcomes\n{line}\n")
    assert number == 2
    assert sentence.startswith(said)


@pytest.mark.parametrize(
    ("line", "known"),
    [("100,,,,,,,", 0), ("100,60,,,,,,", 60), ("100,90,1,2,3,1,2,", 99), ("100,0,0,0,0,0,0,9", 0)],
)
def test_a_period_says_how_every_run_ended(document: Document, line: str, known: int) -> None:
    head = "action,runs,unchanged,cosmetic,material,rejected,overridden,harmful,breaches"
    assert faults(document, f"{head}\nClose a ticket,{line}\n") == [
        (
            2,
            f"The outcomes of {known} of 100 reviewed runs are given. Say how every run ended, in the columns "
            "“Unchanged”, “Cosmetic edits”, “Material edits”, “Rejected”, “Overridden”, “Harmful errors”.",
        )
    ]


def test_a_harmful_run_may_be_counted_as_rejected_too_or_by_itself(document: Document) -> None:
    text = "action,runs,unchanged,rejected,harmful\nClose a ticket,10,9,1,1\nClose a ticket,10,9,,1\n"
    assert faults(document, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "action,runs,unchanged,from,to\nClose a ticket,1,1,2026-11-02,2026-11-22\n",
        "when,action,outcome\n2026-11-22,Close a ticket,unchanged\n",
        "when,action,outcome\n2026-11-21T23:30Z,Close a ticket,unchanged\n",
    ],
)
def test_nobody_has_seen_what_is_still_to_come(document: Document, text: str) -> None:
    said = "22 Nov 2026 is still to come. Evidence is about runs that were seen; correct the day."
    assert faults(document, text) == [(2, said)]
    assert faults(document, text.replace("2026-11-22", "2026-11-21").replace("T23:30Z", "")) == []


def test_a_p99_that_was_left_out_is_told(document: Document) -> None:
    few = read_evidence(document, "when,action,outcome,cost\n2026-11-02,Close a ticket,unchanged,0.10\n", NOW)
    assert list(map(words, few.rows[0].notes)) == ["1 cost is given; the P99 is left out, it takes 100."]
    assert (
        read_evidence(document, "when,action,outcome\n2026-11-02,Close a ticket,unchanged\n", NOW).rows[0].notes == ()
    )


def test_a_period_that_ends_before_it_begins(document: Document) -> None:
    text = "action,runs,from,to,mode\nClose a ticket,4,2026-11-02,2026-11-01,\nClose a ticket,4,,,sideways\n"
    assert [line for line, _ in faults(document, text)] == [2, 3]
    assert faults(document, text)[0][1] == "It ends before it begins. Swap the two days."
    assert faults(document, text)[1][1].startswith("“sideways” is not a mode. Write one of: Shadow,")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is nothing to read."),
        ("\n \n", "There is nothing to read."),
        ("action,runs\n", "There is no line below the headings."),
        (
            "action,wins\nx,1\n",
            "“wins” is no heading of evidence. Headings of one line a period are: action, behaviour version,",
        ),
        ("runs,caught\n1,1\n", "No column says which action it was."),
        (
            "date,action,result_of_run\n2026-11-02,Close a ticket,unchanged\n",
            "“result_of_run” is no heading of evidence. Headings of one line a run are: when, action, version, mode, "
            "outcome, seconds, cost.",
        ),
        ("when,action,seconds\n2026-11-02,Close a ticket,3\n", "No column says “outcome”. Headings of one line a run"),
        ("action,outcome\nClose a ticket,unchanged\n", "No column says “when”. Headings of one line a run are: when,"),
        ("action,runs,reviewed runs\nx,1,1\n", "The heading “reviewed runs” stands there twice."),
        ('action,note,runs\nClose a ticket,"' + "x" * 200_000, "Line 2 cannot be read."),
    ],
)
def test_what_is_no_table_of_evidence(document: Document, text: str, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_evidence(document, text, NOW)
    assert str(caught.value).startswith(said)


def test_its_limits(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "Close a ticket,1,1\n"
    assert len(read_evidence(document, "action,runs\n" + "Close a ticket,x\n" * 60, NOW).faults) == module.MOST_FAULTS
    for name, text in (
        ("LARGEST", "action,runs,unchanged\n" + row),
        ("MOST_LINES", "action,runs,unchanged\n" + row * 11),
        ("MOST_ROWS", "action,runs,unchanged\n" + row * 11),
    ):
        monkeypatch.setattr(module, name, 10)
        with pytest.raises(Unreadable):
            read_evidence(document, text, NOW)
        monkeypatch.undo()


@given(st.text(alphabet='action,runs;\t"\n\r\x00 0123é’-', max_size=200), st.sampled_from(["", "action,runs\n"]))
def test_any_text_is_read_or_refused_in_a_sentence(text: str, head: str) -> None:
    with suppress(AppError):
        read_evidence(SAMPLE, head + text, NOW)


SAMPLE = complete().document


# --- adding ------------------------------------------------------------------------------------------------


@pytest.fixture
def builder() -> ProjectBuilder:
    made = complete()
    support.in_the_loop(made)
    return made


def test_adding_is_one_step_in_the_order_of_the_lines(builder: ProjectBuilder) -> None:
    before = len(builder.document.rows(Evidence))
    builder.run(adding(read_evidence(builder.document, RUNS, NOW)))
    added = builder.document.rows(Evidence)[before:]
    assert [(row.mode, row.outcomes) for row in added] == [("in_loop", "umc"), ("on_loop", "o")]
    assert builder.log.last is not None
    assert len(builder.log.last.changes) == 2


def test_nothing_is_half_applied(builder: ProjectBuilder) -> None:
    preview = read_evidence(builder.document, RUNS + "2026-11-09,Nothing,,,unchanged,,\n", NOW)
    assert preview.rows == ()
    with pytest.raises(AppError, match=r"^Line 8: No action is called “Nothing”."):
        builder.run(adding(preview))


def test_what_is_there_already_is_not_counted_twice_unawares(builder: ProjectBuilder) -> None:
    builder.run(adding(read_evidence(builder.document, RUNS, NOW)))
    again = read_evidence(builder.document, RUNS, NOW)
    assert [words(row.overlaps or "") for row in again.overlapping] == [
        "Line 2 may count runs of “Close a ticket” twice: 2 Nov 2026 to 5 Nov 2026 overlaps evidence that is there "
        "already.",
        "Line 7 may count runs of “Close a ticket” twice: 5 Nov 2026 to 5 Nov 2026 overlaps evidence that is there "
        "already.",
    ]
    with pytest.raises(AppError, match="may count runs"):
        builder.run(adding(again))
    before = len(builder.document.rows(Evidence))
    builder.run(adding(again, overlapping=True))
    assert len(builder.document.rows(Evidence)) == before + 2


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        ("2026-11-05", "2026-11-06", True),
        ("2026-11-06", "2026-11-07", False),
        ("2026-10-01", "2026-11-01", False),
        ("2026-10-01", "2026-11-02", True),
        ("", "", True),
        ("2026-11-06", "", False),
    ],
)
def test_periods_overlap_when_they_share_a_day(builder: ProjectBuilder, first: str, last: str, overlaps: bool) -> None:
    builder.run(adding(read_evidence(builder.document, RUNS, NOW)))
    text = f"action,version,runs,cosmetic,from,to\nClose a ticket,v7,9,9,{first},{last}\n"
    assert bool(read_evidence(builder.document, text, NOW).overlapping) is overlaps


def test_two_lines_of_one_file_may_overlap_too(builder: ProjectBuilder) -> None:
    line = "Close a ticket,9,9,2026-11-01,2026-11-03\n"
    (twin,) = read_evidence(builder.document, "action,runs,unchanged,from,to\n" + line * 2, NOW).overlapping
    assert words(twin.overlaps or "").endswith("overlaps line 2.")


def test_moments_are_told_on_the_agents_clock(document: Document) -> None:
    found = values(read_evidence(document, "when,action,outcome\n2026-11-02T23:30:00Z,Close a ticket,unchanged\n", NOW))
    assert found["from_day"] == "2026-11-03"


def test_a_name_that_two_actions_have_is_refused(builder: ProjectBuilder) -> None:
    builder.add(type(support.action_of(builder)), name="Close a ticket")
    ((_, said),) = faults(builder.document, "action,runs\nClose a ticket,3\n")
    assert said.startswith("More than one action is called “Close a ticket”.")


def test_a_preview_with_faults_cannot_be_added(builder: ProjectBuilder) -> None:
    preview = read_evidence(builder.document, RUNS, NOW)
    broken = read_evidence(builder.document, "action,runs\nx,1\n", NOW)
    with pytest.raises(AppError):
        builder.run(adding(replace(preview, faults=broken.faults)))
