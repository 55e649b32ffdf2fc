"""The tables follow from the declared fields."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table

from app.interchange import plain_row as plain
from app.model.fields import Kind, fields_of, flag, reference, references, text, whole_number
from app.model.ids import Mint
from app.model.kinds import ALL
from app.model.row import Row, row
from app.store import tables
from app.store.tables import SCHEMA, schema_of
from tests.support.random_projects import random_document, steady_mint


@row("toy", "Toy", "Toys", "room")
class Toy(Row):
    """A kind of row that only this test knows."""

    name: str = text("Name")
    colour: str = text("Colour")
    loud: bool = flag("Loud")
    age: int | None = whole_number("Age")
    friend: str | None = reference("Friend", "toy")
    either: str | None = reference("Either", "toy", "person")
    friends: tuple[str, ...] = references("Friends", "toy")


def toys() -> Table:
    return schema_of([Toy]).kinds["toy"]


def test_a_field_that_is_declared_is_a_column() -> None:
    assert list(toys().columns.keys()) == ["id", "rank", *fields_of(Toy)]
    assert str(toys().c.colour.type) == "TEXT"
    assert str(toys().c.loud.type) == "INTEGER"


def test_only_numbers_and_references_may_be_nothing() -> None:
    assert {column.name for column in toys().columns if column.nullable} == {"age", "friend", "either"}


def test_only_a_reference_with_one_kind_of_target_is_a_foreign_key_and_none_cascades() -> None:
    keys = {column.name: key for column in toys().columns for key in column.foreign_keys}
    assert set(keys) == {"friend"}
    assert keys["friend"].target_fullname == "toy.id"
    assert (keys["friend"].deferrable, keys["friend"].initially) == (True, "DEFERRED")
    assert keys["friend"].ondelete is None


def test_every_kind_and_every_field_has_its_place() -> None:
    for row_class in ALL:
        assert list(SCHEMA.kinds[row_class.spec.kind].columns.keys()) == ["id", "rank", *fields_of(row_class)]


@given(st.randoms(use_true_random=True))
def test_a_row_comes_back_as_it_was_stored(pick: Random) -> None:
    for each in random_document(pick, steady_mint(), rows_of_a_kind=1):
        columns = tables.stored_row(each)
        assert all(value is None or type(value) in (str, int) for value in columns.values())
        assert tables.plain_row(type(each), columns) == plain(each)


def test_a_flag_that_is_neither_no_nor_yes_is_left_for_the_check_to_find() -> None:
    columns = {**tables.stored_row(Toy(id=Mint().id())), "loud": 7}
    assert tables.plain_row(Toy, columns)["loud"] == 7
    assert fields_of(Toy)["loud"].kind is Kind.FLAG
