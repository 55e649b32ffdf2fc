"""How a field is declared: once, in the row class, with everything that is derived from it.

The SQLAlchemy table, the JSON Schema, the check on import, normalisation, the words of a difference, the
privacy list, the export-completeness test and the generic form all read these declarations.

A value is always a plain JSON value: text, whole number, true or false, nothing, or a tuple of texts. Moments,
days and times are ISO 8601 texts, money is whole minor units, so that a row, its JSON and its hash agree.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from app.errors import FieldFault
from app.messages import msg
from app.model.ids import FIRST_YEAR, LAST_YEAR, is_id, is_reckoned

Value = str | int | bool | None | tuple[str, ...]


class Kind(StrEnum):
    """What a field holds, and so how it is entered, stored and checked."""

    TEXT = "text"
    PROSE = "prose"
    TEXTS = "texts"
    CHOICE = "choice"
    CHOICES = "choices"
    FLAG = "flag"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    DAYS = "days"
    TIME = "time"
    MOMENT = "moment"
    ZONE = "zone"
    REFERENCE = "reference"
    REFERENCES = "references"


DATED = frozenset({Kind.DAY, Kind.DAYS, Kind.MOMENT})
"""Kinds of fields that hold days or moments."""


class Scope(StrEnum):
    """Where a field counts (architecture.md, "Scope of a field")."""

    DECISION = "decision"
    RECORD = "record"
    PRIVATE = "private"
    SIGNOFF = "signoff"


class Wording(StrEnum):
    """What a text says, for the check of its wording (domain.md 1.11): a vague phrase is a warning where a text names
    an owner, a destination or a stop, and advice in the boundary and everywhere else."""

    UNCHECKED = ""
    OWNER = "owner"
    DESTINATION = "destination"
    STOP = "stop"
    BOUNDARY = "boundary"
    TEXT = "text"


class OnRemove(StrEnum):
    """What happens to the row that refers, when the row it refers to is removed."""

    REMOVE = "remove"
    CLEAR = "clear"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a closed list: the stored value and its words."""

    value: str | int
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """The declaration of one field. `label` and `hint` are message ids; `limit` counts code points or items."""

    kind: Kind
    label: str
    hint: str = ""
    name: str = ""
    scope: Scope = Scope.DECISION
    own_scope: Scope | None = None
    step: str = ""
    own_step: str = ""
    limit: int = 0
    minimum: int = 0
    maximum: int = 0
    choices: tuple[Choice, ...] = ()
    otherwise: str = ""
    """What to do about a value that is not on the closed list, where the list alone does not say it."""
    suggestions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    on_remove: OnRemove = OnRemove.CLEAR
    empty: Value = ""
    emptied_with: str = ""
    """The field on whose change this one is emptied: what one person accepted says nothing about the next."""
    undoable: bool = True
    """False for what runs by itself, such as the clock: undo passes over it."""
    ahead: bool = False
    """True for a day or a moment that lies ahead: one that is typed without a year is the next one."""
    final: bool = False
    """True where undo stops at a change of it: what lies before must not come back."""
    wording: Wording = Wording.UNCHECKED
    """What the text says, where its wording is checked."""

    @property
    def is_reference(self) -> bool:
        return self.kind in (Kind.REFERENCE, Kind.REFERENCES)

    def choice(self, value: Value) -> Choice | None:
        """The entry of the closed list that `value` names."""
        return next((entry for entry in self.choices if entry.value == value), None)

    def normalise(self, value: Any) -> Value:
        """The value as it is stored, or a FieldFault that says what is wrong with it."""
        return _NORMALISERS[self.kind](self, value)


def _declare(kind: Kind, label: str, empty: Value, **more: Any) -> Any:
    scope, step = more.pop("scope", None), more.pop("step", "")
    declared = Field(kind, label, empty=empty, own_scope=scope, own_step=step, **more)
    return dataclasses.field(default=empty, metadata={"field": declared})


def text(label: str, *, limit: int = 200, **more: Any) -> Any:
    """One line of text. `suggestions` makes it an open list: the entries are offered, others are taken."""
    return _declare(Kind.TEXT, label, "", limit=limit, **more)


def prose(label: str, *, limit: int = 4000, **more: Any) -> Any:
    """Several lines of text."""
    return _declare(Kind.PROSE, label, "", limit=limit, **more)


def texts(label: str, *, limit: int = 100, **more: Any) -> Any:
    """A list of single lines; `limit` is the number of lines."""
    return _declare(Kind.TEXTS, label, (), limit=limit, **more)


def choice(label: str, choices: tuple[Choice, ...], *, default: Value = "", **more: Any) -> Any:
    """One entry of a closed list, or nothing chosen yet."""
    scope, step = more.pop("scope", None), more.pop("step", "")
    declared = Field(Kind.CHOICE, label, choices=choices, empty="", own_scope=scope, own_step=step, **more)
    return dataclasses.field(default=default, metadata={"field": declared})


def choices(label: str, entries: tuple[Choice, ...], **more: Any) -> Any:
    """Any number of entries of a closed list, kept in the list's order."""
    return _declare(Kind.CHOICES, label, (), choices=entries, **more)


def flag(label: str, **more: Any) -> Any:
    """Yes or no; no until somebody says yes."""
    return _declare(Kind.FLAG, label, False, **more)


def whole_number(label: str, *, minimum: int = 0, maximum: int = 1_000_000_000, **more: Any) -> Any:
    """A whole number, or nothing yet. With `choices`, a level that is picked by its words."""
    return _declare(Kind.NUMBER, label, None, minimum=minimum, maximum=maximum, **more)


def money(label: str, **more: Any) -> Any:
    """An amount in minor units of the agent's currency (cents), or nothing yet."""
    return _declare(Kind.MONEY, label, None, maximum=10**15, **more)


def day(label: str, **more: Any) -> Any:
    """A plain date, `2026-11-21`."""
    return _declare(Kind.DAY, label, "", **more)


def day_list(label: str, **more: Any) -> Any:
    """Plain dates, sorted."""
    return _declare(Kind.DAYS, label, (), limit=400, **more)


def time_of_day(label: str, **more: Any) -> Any:
    """A wall-clock time, `16:37`; `24:00` is the end of a day."""
    return _declare(Kind.TIME, label, "", **more)


def moment_field(label: str, **more: Any) -> Any:
    """An instant in UTC."""
    return _declare(Kind.MOMENT, label, "", **more)


def zone_name(label: str, **more: Any) -> Any:
    """An IANA time zone."""
    return _declare(Kind.ZONE, label, "", **more)


def reference(label: str, *targets: str, **more: Any) -> Any:
    """The id of a row of one of the kinds named in `targets`, or nothing."""
    return _declare(Kind.REFERENCE, label, None, targets=targets, **more)


def references(label: str, *targets: str, **more: Any) -> Any:
    """Ids of rows of the kinds named in `targets`, each at most once, in the order chosen."""
    return _declare(Kind.REFERENCES, label, (), targets=targets, limit=200, **more)


def fields_of(row_class: type) -> Mapping[str, Field]:
    """The declared fields of a row class by name, in order; `id` and `rank` are not among them."""
    return _fields_of(row_class)


@cache
def _fields_of(row_class: type) -> Mapping[str, Field]:
    found: dict[str, Field] = {}
    spec = row_class.spec  # type: ignore[attr-defined]
    for entry in dataclasses.fields(row_class):
        declared: Field | None = entry.metadata.get("field")
        if declared is not None:
            found[entry.name] = dataclasses.replace(
                declared,
                name=entry.name,
                scope=declared.own_scope or spec.scope,
                step=declared.own_step or spec.step,
            )
    return found


# --- normalising -------------------------------------------------------------------------------------------


def clean_text(value: str, *, lines: bool) -> str:
    """Text as it is stored: NFC, LF, no control characters, no blanks around it."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = value.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    if not lines:
        value = value.replace("\n", " ")
    value = value.replace("\t", " ")
    # NFC comes last: a letter and its accent may have had a control character between them.
    return unicodedata.normalize("NFC", _CONTROL.sub("", value).strip())


_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""Unicode's category Cc without the line feed."""


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong_type(field, "text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise FieldFault(
            field.name,
            msg("{label} holds a character that is not text.", label=msg(field.label)),
            msg("Type it again without that character."),
        ) from None
    cleaned = clean_text(value, lines=field.kind is Kind.PROSE)
    longest = field.limit if field.kind is not Kind.TEXTS else 500
    if len(cleaned) > longest:
        raise FieldFault(
            field.name,
            msg("{label} holds at most {limit} characters.", label=msg(field.label), limit=longest),
            msg("Shorten it by {over}.", over=len(cleaned) - longest),
        )
    return cleaned


def _items(field: Field, value: Any) -> tuple[Any, ...]:
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise _wrong_type(field, "list")
    if field.limit and len(value) > field.limit:
        raise FieldFault(
            field.name,
            msg("{label} holds at most {limit} entries.", label=msg(field.label), limit=field.limit),
            msg("Remove {over} of them.", over=len(value) - field.limit),
        )
    return tuple(value)


def _texts(field: Field, value: Any) -> tuple[str, ...]:
    return tuple(line for line in (_text(field, item) for item in _items(field, value)) if line)


def _choice(field: Field, value: Any) -> Value:
    if value == "" or (type(value) is str and field.choice(value)):
        return str(value)
    refused = msg("{value} is not one of the choices for {label}.", value=str(value)[:60], label=msg(field.label))
    raise FieldFault(
        field.name,
        msg("{refused} {otherwise}", refused=refused, otherwise=msg(field.otherwise)) if field.otherwise else refused,
        msg("Choose one of: {all}.", all=", ".join(str(entry.value) for entry in field.choices)),
    )


def _choices(field: Field, value: Any) -> tuple[str, ...]:
    chosen = {_choice(field, item) for item in _items(field, value)}
    return tuple(str(entry.value) for entry in field.choices if entry.value in chosen)


def _flag(field: Field, value: Any) -> bool:
    if type(value) is not bool:
        raise _wrong_type(field, "yes or no")
    return value


def _number(field: Field, value: Any) -> int | None:
    if value is None:
        return None
    if type(value) is not int:
        raise _wrong_type(field, "whole number")
    low, high = field.minimum, field.maximum
    if field.choices:
        low, high = int(field.choices[0].value), int(field.choices[-1].value)
    if not low <= value <= high:
        raise FieldFault(
            field.name,
            msg("{label} takes a number from {low} to {high}.", label=msg(field.label), low=low, high=high),
        )
    return value


def _day(field: Field, value: Any) -> str:
    return _dated(field, value, r"\d{4}-\d{2}-\d{2}", date.fromisoformat, msg("Write a date as 2026-11-21."))


def _days(field: Field, value: Any) -> tuple[str, ...]:
    return tuple(sorted({_day(field, item) for item in _items(field, value)} - {""}))


def _time(field: Field, value: Any) -> str:
    return _matching(
        field,
        value,
        r"([01]\d|2[0-3]):[0-5]\d|24:00",
        None,
        msg("Write a time as 16:37, from 00:00 to 24:00."),
    )


def _moment(field: Field, value: Any) -> str:
    pattern = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z"
    return _dated(field, value, pattern, datetime.fromisoformat, msg("Write a moment as 2026-11-21T03:00:00.000Z."))


def _dated(field: Field, value: Any, pattern: str, parse: Callable[[str], object], advice: Any) -> str:
    """A day or a moment, in a year from which one can reckon."""
    said = _matching(field, value, pattern, parse, advice)
    if said and not is_reckoned(said):
        problem = msg(
            "{label} takes a year from {first} to {last}.", label=msg(field.label), first=FIRST_YEAR, last=LAST_YEAR
        )
        raise FieldFault(field.name, problem, advice)
    return said


def _zone(field: Field, value: Any) -> str:
    if isinstance(value, str) and (value == "" or is_zone(value)):
        return value
    raise FieldFault(
        field.name,
        msg("{value} is not a time zone.", value=str(value)[:60]),
        msg("Choose one such as Europe/Berlin."),
    )


@cache
def is_zone(name: str) -> bool:
    """Whether this is an IANA time zone; asked one by one, because listing them all takes 25 ms."""
    try:
        return not name.startswith(("posix", "right")) and ZoneInfo(name).key == name
    except (ValueError, LookupError, OSError):
        return False


def _reference(field: Field, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and is_id(value):
        return value
    raise FieldFault(
        field.name,
        msg("{label} does not name a row.", label=msg(field.label)),
        msg("Choose an entry from the list."),
    )


def _references(field: Field, value: Any) -> tuple[str, ...]:
    found = [_reference(field, item) for item in _items(field, value)]
    return tuple(dict.fromkeys(item for item in found if item is not None))


def _matching(field: Field, value: Any, pattern: str, parse: Callable[[str], object] | None, advice: Any) -> str:
    if value == "":
        return ""
    if not isinstance(value, str):
        raise _wrong_type(field, "text")
    try:
        if not re.fullmatch(pattern, value, re.ASCII):
            raise ValueError(value)
        if parse is not None:
            parse(value)
    except ValueError:
        problem = msg("{value} does not fit {label}.", value=value[:60], label=msg(field.label))
        raise FieldFault(field.name, problem, advice) from None
    return value


def _wrong_type(field: Field, expected: str) -> FieldFault:
    return FieldFault(field.name, msg("{label} takes a {expected}.", label=msg(field.label), expected=msg(expected)))


_NORMALISERS: Mapping[Kind, Callable[[Field, Any], Value]] = {
    Kind.TEXT: _text,
    Kind.PROSE: _text,
    Kind.TEXTS: _texts,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.FLAG: _flag,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DAY: _day,
    Kind.DAYS: _days,
    Kind.TIME: _time,
    Kind.MOMENT: _moment,
    Kind.ZONE: _zone,
    Kind.REFERENCE: _reference,
    Kind.REFERENCES: _references,
}
