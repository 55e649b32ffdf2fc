"""The base of every row, and the decorator that declares a kind of row."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform

from app.messages import shown
from app.model.fields import Field, Kind, Scope, Value, fields_of


@dataclass(frozen=True)
class Spec:
    """What is true of every row of a kind.

    `kind` is its word in tables and JSON, `one` and `many` are its words for people. A `singleton` kind has
    exactly one row. A kind with `fixed_by` has exactly one row for each entry of `entries`, told apart by that
    field; such rows are filled in, never added or removed. `title` names the field that names a row.
    """

    kind: str
    one: str
    many: str
    step: str
    scope: Scope = Scope.DECISION
    title: str = "name"
    singleton: bool = False
    fixed_by: str = ""
    entries: tuple[Mapping[str, Value], ...] = ()

    @property
    def is_fixed(self) -> bool:
        """True where rows are only filled in, never added or removed."""
        return self.singleton or bool(self.fixed_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a project. `id` is a UUIDv7; `rank` is its place among its kind, empty where order means nothing."""

    spec: ClassVar[Spec]
    id: str
    rank: str = ""

    def value(self, name: str) -> Value:
        """The value of a declared field."""
        return getattr(self, name)  # type: ignore[no-any-return]

    def called(self) -> str:
        """How the row is called in a list: the field that names it, the words of its fixed entry, or its only kind.
        What nobody would see in a name is spelt out, so that it is not taken for the same name without."""
        if self.spec.singleton:
            return self.spec.one
        value = self.value(self.spec.title)
        field = fields_of(type(self))[self.spec.title]
        entry = field.choice(value)
        if entry:
            return entry.label
        return shown(value or "") if field.kind is Kind.TEXT else str(value or "")


R = TypeVar("R", bound=Row)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def row(kind: str, one: str, many: str, step: str, **more: Any) -> Callable[[type[R]], type[R]]:
    """Declare a kind of row (see Spec). The class becomes a frozen, slotted dataclass."""

    def decorate(row_class: type[R]) -> type[R]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(row_class)
        made.spec = Spec(kind, one, many, step, **more)
        return made

    return decorate


def with_fields(row: R, values: Mapping[str, Value]) -> R:
    """The row with other values in some fields; they are taken as they are (`Field.normalise` comes before)."""
    return dataclasses.replace(row, **cast("dict[str, Any]", dict(values)))


def changed_fields(before: Row, after: Row) -> dict[str, tuple[Value, Value]]:
    """Field name -> (before, after) for every field, `rank` included, in which two states of one row differ."""
    names = ["rank", *fields_of(type(before))]
    return {n: (before.value(n), after.value(n)) for n in names if before.value(n) != after.value(n)}


def as_plain(row: Row) -> dict[str, Any]:
    """The row as plain JSON values, tuples as lists."""
    return {
        entry.name: list(value) if isinstance(value := getattr(row, entry.name), tuple) else value
        for entry in dataclasses.fields(row)
    }


def from_plain(row_class: type[R], plain: Mapping[str, Any]) -> R:
    """The row that `as_plain` wrote; trusts its input (import checks first, see app.interchange)."""
    values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in plain.items()}
    return row_class(**values)


__all__ = ["Field", "Row", "Spec", "as_plain", "changed_fields", "from_plain", "row", "with_fields"]
