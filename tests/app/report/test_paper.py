"""What paper does with tables: records, columns left out, and lists folded into two halves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.report.model import Cell, Column, Table
from app.report.paper import FOLDED_FROM, FOLDED_UP_TO, can_fold, folded, records, without_empty_columns


def contacts(count: int) -> Table:
    rows = tuple((Cell(f"Function {number}"), Cell(f"Person {number}")) for number in range(count))
    return Table("contacts", (Column("Function"), Column("Contact")), rows, "Contacts")


def said(table: Table) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in table.rows]


def test_a_folded_table_is_read_down_its_left_half_first() -> None:
    found = folded(contacts(7))
    assert [column.heading for column in found.columns] == ["Function", "Contact"] * 2
    assert said(found)[0] == ("Function 0", "Person 0", "Function 4", "Person 4")
    assert said(found)[3] == ("Function 3", "Person 3", "", "")
    assert found.caption == "Contacts"


@pytest.mark.parametrize("count", [6, 7, 40])
def test_folding_loses_no_row_and_adds_none(count: int) -> None:
    found = said(folded(contacts(count)))
    left, right = [row[:2] for row in found], [row[2:] for row in found]
    assert [row for row in (*left, *right) if row != ("", "")] == said(contacts(count))


def test_only_a_plain_list_of_some_length_is_folded() -> None:
    assert not can_fold(contacts(FOLDED_FROM - 1))
    assert can_fold(contacts(FOLDED_FROM))
    assert can_fold(contacts(FOLDED_UP_TO))
    assert not can_fold(contacts(FOLDED_UP_TO + 1))
    plain = contacts(10)
    for other in (
        replace(plain, matrix=True),
        replace(plain, groups=((0, "First"),)),
        replace(plain, pages=True),
        replace(plain, runs=True),
    ):
        assert not can_fold(other)


def test_a_record_has_what_is_filled_in_under_the_name_of_its_row() -> None:
    columns = tuple(map(Column, ("Name", "Title", "Note")))
    table = Table("people", columns, ((Cell("Ada"), Cell("Lead"), Cell("")), (Cell(""), Cell(""), Cell(None))))
    first, second = records(replace(table, groups=((1, "Away"),)))
    assert (first.name, [label for label, _ in first.items]) == ("Ada", ["Title"])
    assert second.name == "Away · (not named)"
    assert [cell.value for _, cell in second.items] == ["nothing said yet"]


def test_a_record_that_has_a_number_for_a_name_says_what_is_numbered() -> None:
    (record,) = records(Table("r", (Column("Revision"), Column("Level")), ((Cell(1), Cell("Design")),)))
    assert record.name == "Revision 1"


def test_a_column_in_which_nothing_is_said_is_left_out_but_never_the_first() -> None:
    table = Table(
        "t",
        (Column("Name"), Column("Empty"), Column("Only a note")),
        ((Cell(""), Cell(""), Cell("", note="see above")), (Cell(""), Cell(None), Cell(""))),
    )
    assert [column.heading for column in without_empty_columns(table).columns] == ["Name", "Only a note"]
    assert without_empty_columns(replace(table, matrix=True)).columns == table.columns


def test_where_only_the_names_are_there_what_is_asked_of_them_is_seen_to_be_open() -> None:
    rows = tuple((Cell(layer), *(Cell(""),) * 3) for layer in ("Approval model", "Auditability"))
    table = Table("t", tuple(map(Column, ("Layer", "For business", "For IT", "Note"))), rows)
    assert [column.heading for column in without_empty_columns(table).columns] == ["Layer", "For business", "For IT"]
    single = Table("t", (Column("Layer"),), (rows[0][:1],))
    assert without_empty_columns(single) == single
