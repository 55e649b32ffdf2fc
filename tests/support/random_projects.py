"""Projects made at random from the declared fields: every kind of row, every field, every sort of value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from app.model.document import Document
from app.model.fields import Field, Kind, Value, fields_of
from app.model.ids import Mint
from app.model.kinds import ALL
from app.model.ranks import spread
from app.model.row import Row, with_fields

WORDS = (
    "Routes refunds",
    "Ünïcödé “quotes” 🦊",
    "=SUM(A1)",
    "it's {braces} % \\ done",
    "a\u200db\u202ec",
    "<b>&amp;</b>",
    "e\u0301 e\x07\u0301",
    " 0 ",
)
ZONES = ("Europe/Berlin", "America/New_York", "UTC", "")

Ids = Mapping[str, list[str]]


def steady_mint(author: str = "Ada") -> Mint:
    """A mint that makes the same ids and moments every time; its clock goes on by ten seconds a look."""
    ticks, numbers = count(), Random(7)
    start = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return Mint(lambda: start + timedelta(seconds=10 * next(ticks)), numbers.randbytes, author)


def random_document(pick: Random, mint: Mint, rows_of_a_kind: int = 2) -> Document:
    """A complete document: the rows that every map has, some of each other kind, and values in all fields."""
    rows = list(Document.empty(mint))
    for row_class in ALL:
        if not row_class.spec.is_fixed:
            rows += [row_class(id=mint.id(), rank=rank) for rank in spread(rows_of_a_kind)]
    ids: dict[str, list[str]] = {}
    for row in rows:
        ids.setdefault(row.spec.kind, []).append(row.id)
    return Document.of(mint.id(), [_filled(row, pick, ids) for row in rows])


def random_values(row_class: type[Row], pick: Random, ids: Ids) -> dict[str, Value]:
    """Values, as they are stored, for every field of a kind that may be set."""
    fixed = row_class.spec.fixed_by
    return {
        name: field.normalise(random_value(field, pick, ids))
        for name, field in fields_of(row_class).items()
        if name != fixed
    }


def random_value(field: Field, pick: Random, ids: Ids) -> Any:
    """A value that the field takes, as somebody may enter it; one in five is empty."""
    if pick.random() < 0.2:
        return field.empty
    targets = [target for kind in field.targets for target in ids.get(kind, ())]
    entries = [entry.value for entry in field.choices]
    day = f"{pick.randint(1990, 2100)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
    match field.kind:
        case Kind.TEXT | Kind.PROSE:
            return pick.choice((" ", "\n", "\t")).join(pick.sample(WORDS, 3))[: field.limit]
        case Kind.TEXTS:
            return pick.sample(WORDS, 3)
        case Kind.CHOICE:
            return pick.choice(entries)
        case Kind.CHOICES:
            return pick.sample(entries, pick.randint(0, len(entries)))
        case Kind.FLAG:
            return pick.random() < 0.5
        case Kind.NUMBER | Kind.MONEY:
            return pick.choice(entries) if entries else pick.randint(field.minimum, field.maximum)
        case Kind.DAY:
            return day
        case Kind.DAYS:
            return [day, "2026-12-25"]
        case Kind.TIME:
            return pick.choice(("00:00", "16:37", "24:00"))
        case Kind.MOMENT:
            return f"{day}T03:00:00.125Z"
        case Kind.ZONE:
            return pick.choice(ZONES)
        case Kind.REFERENCE:
            return pick.choice(targets) if targets else None
        case Kind.REFERENCES:
            return pick.sample(targets, pick.randint(0, min(3, len(targets))))


def _filled(row: Row, pick: Random, ids: Ids) -> Row:
    return with_fields(row, random_values(type(row), pick, ids))
