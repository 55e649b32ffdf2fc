"""The RACI: the default matrix against the oracle, derivation from the decisions, overrides, people and load."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, FieldFault
from app.messages import words
from app.model import vocabulary as v
from app.model.change import Tool, TrainingData
from app.model.commit import RaciOverride
from app.model.document import Document
from app.model.fields import Value, fields_of
from app.model.ids import Mint
from app.model.oversight import Action
from app.model.owners import Rota, VendorCover
from app.model.room import Agent, Person
from app.model.row import Row, with_fields
from app.policy.holders import holder
from app.policy.load import hats, loads
from app.policy.raci import (
    MatrixRow,
    action_key,
    faults,
    letter_of,
    matrix,
    only_vendor_responsible,
    person_view,
)
from app.policy.raci_table import BY_KEY, GROUPS, LASTING

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "raci_default.csv"
CODES = [str(entry.value) for entry in v.RACI_COLUMNS]


def oracle() -> dict[str, dict[str, str]]:
    with FIXTURE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {row[0]: {code: letter for code, letter in zip(CODES, row[2:], strict=True) if letter} for row in rows}


def document(*rows: Row, **fixed: dict[str, Value]) -> Document:
    """An empty project with rows added; `agent=`, `WO=`, `APO=`, `LEG=` ... fill in rows that are always there."""
    start = Document.empty(Mint())
    changed = {}
    for name, values in fixed.items():
        singleton = {"agent": Agent, "training": TrainingData}.get(name)
        found = start.only(singleton) if singleton else start.find(holder(start, name).row)
        assert found is not None
        changed[found.id] = with_fields(found, values)
    return Document.of("p", [*(changed.get(row.id, row) for row in start), *rows])


DANA = Person(id="dana", rank="1", name="Dana Abelard")
JUN = Person(id="jun", rank="2", name="Jun Kowalczyk")
VENDOR = Person(id="vera", rank="3", name="Vera Vendor", side="vendor")
ON_CALL = Rota(id="rota", name="Platform on call", members=("jun",))
EVERYTHING = {
    "agent": {"name": "Triage", "vendor": "Acme", "outside_parties": True},
    "training": {"used": True},
}


def test_the_default_matrix_is_the_oracle() -> None:
    assert {key: dict(row.letters) for key, row in BY_KEY.items()} == oracle()


def test_every_default_row_says_why_and_where_from_and_has_no_fault() -> None:
    assert len(BY_KEY) == 46
    full = matrix(document(Tool(id="t"), **EVERYTHING))
    assert [row.key for row in full.rows] == [row.key for row in LASTING]
    assert all(not faults(row) for row in full.rows)
    assert all(words(row.reason) and row.source for row in full.rows)
    assert [group for group in GROUPS if any(row.group == group for row in full.rows)] == list(GROUPS[1:])


@pytest.mark.parametrize(
    ("mode", "flags", "blast", "expected"),
    [
        ("shadow", (), 1, "A1"),
        ("in_loop", (), 1, "A2"),
        ("in_loop_dual", (), 1, "A2"),
        ("on_loop", (), 1, "A3"),
        ("out_of_loop", (), 1, "A4"),
        ("out_of_loop", ("human_acts_next",), 1, "A5"),
        ("out_of_loop", ("human_acts_next",), 0, "A4"),
        ("shadow", ("human_acts_next",), 1, "A1"),
        ("", (), 1, "A1"),
    ],
)
def test_an_action_takes_the_letters_of_its_current_mode(
    mode: str, flags: tuple[str, ...], blast: int, expected: str
) -> None:
    one = Action(id="x", name="Close a ticket", current=mode, flags=flags, blast_radius=blast)
    (row,) = [row for row in matrix(document(one, agent={"vendor": "Acme"})).rows if row.is_action]
    assert (row.key, row.label, row.default, row.action) == ("action:x", "Close a ticket", expected, "x")
    assert row.letters == oracle()[expected]
    assert faults(row) == ()


@pytest.mark.parametrize("barred", [{"current": "not_permitted"}, {"flags": ("outside_boundary",)}])
def test_a_barred_action_has_no_row(barred: dict[str, Value]) -> None:
    one = with_fields(Action(id="x", name="Refund", current="in_loop"), barred)
    assert matrix(document(one)).row(action_key("x")) is None


@pytest.mark.parametrize(
    ("keys", "rows", "fixed"),
    [
        ({"L25"}, [], {"agent": {"outside_parties": True}}),
        ({"L32", "L33"}, [], {"training": {"used": True}}),
        ({"L37"}, [], {"agent": {"vendor": "Acme"}}),
        ({"L37"}, [VENDOR], {}),
        ({"L07", "L08"}, [Tool(id="t", name="Ticket API")], {}),
    ],
)
def test_a_row_applies_when_it_has_a_subject(
    keys: set[str], rows: list[Row], fixed: dict[str, dict[str, Value]]
) -> None:
    always = {row.key for row in matrix(document()).rows}
    assert always.isdisjoint({"L25", "L32", "L33", "L37", "L07", "L08"})
    assert {row.key for row in matrix(document(*rows, **fixed)).rows} - always == keys


def test_without_a_vendor_there_is_no_vendor_column() -> None:
    assert "VEN" not in matrix(document()).columns
    assert all("VEN" not in row.letters for row in matrix(document()).rows)
    assert "VEN" in matrix(document(**EVERYTHING)).columns


def test_an_override_changes_one_cell_and_keeps_what_was_derived() -> None:
    more = RaciOverride(id="1", rank="1", activity="L01", column="SEC", letter="C", reason="They asked for it")
    less = RaciOverride(id="2", rank="2", activity="L01", column="OPS", letter="-", reason="Not their business")
    row = matrix(document(more, less)).row("L01")
    assert row is not None
    assert (row.letters["SEC"], "OPS" in row.letters) == ("C", False)
    assert ("SEC" in row.derived, row.derived["OPS"]) == (False, "I")
    assert (row.override("SEC"), row.override("OPS"), row.override("WO")) == (more, less, None)


def test_an_override_of_a_row_that_is_not_there_does_nothing() -> None:
    gone = RaciOverride(id="1", activity="action:gone", column="WO", letter="A")
    assert [row.letters for row in matrix(document(gone)).rows] == [row.letters for row in matrix(document()).rows]


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({"WO": "C"}, [144]),
        ({"SO": "A"}, [144]),
        ({"APO": "I"}, [145]),
        ({"WO": "C", "VEN": "A"}, [146]),
        ({"WO": "C", "AG": "A"}, [146]),
        ({"AG": "R"}, [147]),
    ],
)
def test_the_hard_rules(changes: dict[str, str], ids: list[int]) -> None:
    base = matrix(document(**EVERYTHING)).row("L01")
    assert base is not None
    assert [fault.id for fault in faults(replace(base, letters={**base.letters, **changes}))] == ids


def test_the_agent_may_be_responsible_for_its_own_action() -> None:
    row = matrix(document(Action(id="x", current="out_of_loop"))).row("action:x")
    assert row is not None
    assert row.letters["AG"] == "R"
    assert faults(row) == ()


def test_the_vendor_as_the_only_responsible_one_is_noticed() -> None:
    row = MatrixRow("L01", GROUPS[2], "x", {"WO": "A", "VEN": "R"}, {}, "L01", "S1", GROUPS[2])
    assert only_vendor_responsible(row)
    assert not only_vendor_responsible(replace(row, letters={"WO": "A", "VEN": "R", "SO": "R"}))


@pytest.mark.parametrize(
    ("approver", "informed"),
    [("marc", "EO"), ("rota", None), ("reviewer", None), (None, None), ("stranger", None)],
)
def test_a_draft_follows_its_mode_and_whoever_takes_it_is_told(approver: str | None, informed: str | None) -> None:
    draft = Action(
        id="x", name="Draft", current="out_of_loop", flags=("human_acts_next",), blast_radius=0, approver=approver
    )
    people = (Person(id=each, rank=each, name=each) for each in ("marc", "reviewer", "stranger"))
    filled = document(
        draft,
        *people,
        ON_CALL,
        EO={"person": "marc"},
        ER={"person": "reviewer"},
        ARE={"rota": "rota"},
        agent={"vendor": "Acme"},
    )
    row = matrix(filled).row("action:x")
    assert row is not None
    assert row.default == "A4"
    assert row.letters == {**oracle()["A4"], **({informed: "I"} if informed else {})}
    assert row.derived == row.letters


# The vendor's help


HELP = VendorCover(id="cover", role="evaluation_engineer", letter="R", until="2026-11-21", deputy="dana")


def helped(*covers: VendorCover, day: str = "2026-11-21", **more: dict[str, Value]) -> Mapping[str, MatrixRow]:
    return {row.key: row for row in matrix(document(DANA, VENDOR, *covers, **more), day).rows}


def test_the_vendor_does_what_the_role_does_until_the_last_day() -> None:
    rows = helped(HELP)
    assert rows["L11"].letters == {**oracle()["L11"], "VEN": "R"}
    assert rows["L11"].derived == rows["L11"].letters
    assert [words(cover.until) for cover in rows["L11"].covers] == [
        "Until 21 Nov 2026: the vendor, beside Dana Abelard"
    ]
    after = helped(HELP, day="2026-11-22")
    assert {key: row.letters for key, row in after.items()} == {key: dict(BY_KEY[key].letters) for key in after}
    assert not any(row.covers for row in after.values())


def test_without_a_day_or_an_end_or_a_role_there_is_no_help() -> None:
    for covers, day in (
        ((HELP,), ""),
        ((replace(HELP, until=""),), "2026-11-21"),
        ((replace(HELP, role=""),), "2026-11-21"),
    ):
        assert not any(row.covers for row in helped(*covers, day=day).values())


@pytest.mark.parametrize(
    ("letter", "row", "expected"),
    [
        ("R", "L12", "R"),  # the role answers for it; the vendor never does
        ("R", "L11", "R"),
        ("R", "L02", "C"),
        ("R", "L14", "C"),
        ("R", "L09", "C"),
        ("", "L11", "R"),
        ("C", "L11", "C"),  # as much as it has anyway
        ("C", "L12", "C"),
        ("I", "L11", "C"),  # what it has anyway is not lessened
        ("I", "L02", "I"),
        ("R", "L04", None),  # the role has no part in it
    ],
)
def test_the_vendor_has_what_the_role_has_at_most_the_letter_of_the_cover(
    letter: str, row: str, expected: str | None
) -> None:
    found = helped(replace(HELP, letter=letter))[row]
    assert found.letters.get("VEN") == expected
    assert bool(found.covers) == (expected is not None and expected != BY_KEY[row].letters.get("VEN"))


def test_of_two_covers_the_stronger_one_counts() -> None:
    asked = replace(HELP, id="other", role="tool_maintainer", until="2027-01-31")
    row = helped(HELP, asked)["L06"]
    assert row.letters["VEN"] == "R"
    assert [cover.column for cover in row.covers] == ["TRM"]
    assert [cover.column for cover in helped(HELP, asked)["L02"].covers] == ["EE", "TRM"]


def test_the_help_of_the_vendor_is_laid_over_the_rows_of_actions_too() -> None:
    one = Action(id="x", name="Close", current="in_loop")
    rows = matrix(document(one, VENDOR, replace(HELP, role="escalation_reviewer")), "2026-11-21")
    row = rows.row("action:x")
    assert row is not None
    assert row.letters == {**oracle()["A2"], "VEN": "R"}


def test_a_letter_by_hand_stands_before_the_help_of_the_vendor() -> None:
    less = RaciOverride(id="1", activity="L11", column="VEN", letter="I", reason="Told is enough")
    row = matrix(document(VENDOR, HELP, less), "2026-11-21").row("L11")
    assert row is not None
    assert (row.letters["VEN"], row.derived["VEN"]) == ("I", "R")


@given(
    st.lists(
        st.builds(
            VendorCover,
            id=st.uuids().map(str),
            role=st.sampled_from([str(entry.value) for entry in v.ROLES]),
            letter=st.sampled_from(["", "R", "C", "I"]),
            until=st.just("2026-12-31"),
        ),
        max_size=4,
    ),
    st.sampled_from(["shadow", "in_loop", "on_loop", "out_of_loop"]),
)
def test_help_breaks_no_hard_rule_and_takes_nothing_from_anybody(covers: list[VendorCover], mode: str) -> None:
    filled = document(Action(id="x", name="Close", current=mode), *covers, **EVERYTHING)
    for plain, row in zip(matrix(filled).rows, matrix(filled, "2026-11-21").rows, strict=True):
        assert faults(row) == ()
        assert {code: letter for code, letter in row.letters.items() if code != "VEN"} == {
            code: letter for code, letter in plain.letters.items() if code != "VEN"
        }
        assert "RCI".find(row.letters.get("VEN", "I")) <= "RCI".find(plain.letters.get("VEN", "I"))
        assert not only_vendor_responsible(row)


def test_a_letter_that_is_none_says_what_to_write() -> None:
    assert [letter_of(text) for text in ("a", " R ", "C", "i", "", " ", "-")] == ["A", "R", "C", "I", "-", "-", "-"]
    with pytest.raises(AppError, match="which is R"):
        letter_of("S")
    with pytest.raises(FieldFault, match="which is R"):
        fields_of(RaciOverride)["letter"].normalise("S")


# People


def test_by_person_the_strongest_letter_shows_and_one_person_can_be_both() -> None:
    filled = document(
        DANA, JUN, ON_CALL, WO={"person": "dana"}, SO={"person": "jun"}, ARE={"rota": "rota"}, LEG={"person": "jun"}
    )
    found = matrix(filled)
    view = person_view(found, filled)
    by_key = {column.key: column for column in view.columns}
    assert (by_key["dana"].codes, by_key["dana"].name) == (("WO", "APO"), "Dana Abelard")
    assert by_key["jun"].codes == ("SO", "LEG")
    assert words(by_key["EE"].name) == "Evaluation Engineer: nobody"
    assert (by_key["rota"].filled, by_key["EE"].filled) == (True, False)
    boundary = next(row for row in view.rows if row.key == "L01")
    assert (boundary.letters["dana"], boundary.letters["jun"], boundary.letters["EO"]) == ("A/R", "C", "I")
    for by_role, by_person in zip(found.rows, view.rows, strict=True):
        shown = list(by_person.letters.values())
        assert by_role.key == by_person.key
        assert sum("A" in letter for letter in shown) == 1
        assert any("R" in letter for letter in shown) == bool(by_role.holding("R"))


def test_the_agent_has_its_own_column_by_person() -> None:
    filled = document(DANA, Action(id="x", current="on_loop"), WO={"person": "dana"})
    view = person_view(matrix(filled), filled)
    assert words(view.columns[0].name) == "Agent"
    assert view.rows[0].letters["AG"] == "R"


def test_the_load_counts_hats_and_rows() -> None:
    filled = document(
        DANA, JUN, Tool(id="t"), WO={"person": "dana"}, SO={"person": "jun"}, EE={"person": "jun"}, **EVERYTHING
    )
    assert hats(filled) == {"dana": ("WO", "APO"), "jun": ("SO", "EE")}
    dana, jun = loads(matrix(filled), filled)
    lasting_a = [next(code for code, letter in row.letters.items() if letter == "A") for row in LASTING]
    assert dana.accountable == sum(code in ("WO", "APO") for code in lasting_a)
    assert jun.accountable == sum(code in ("SO", "EE") for code in lasting_a)
    assert (dana.hats, dana.name) == (("WO", "APO"), "Dana Abelard")


def test_somebody_with_nothing_to_do_carries_nothing() -> None:
    assert loads(matrix(document(DANA)), document(DANA)) == ()
