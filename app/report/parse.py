"""From a cell that a person edited back to a value: the inverse of `display`, for edited workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from app.errors import FieldFault
from app.messages import msg, words
from app.model import vocabulary as v
from app.model.document import Document
from app.model.fields import Field, Kind, Value
from app.model.kinds import BY_KIND
from app.model.room import Agent
from app.report.details import NOT_SAID
from app.report.display import WITHOUT_CENTS

_DAY = re.compile(r"(\d{1,2})\s+(\w{3,})\s+(\d{4})")
_SPAN = re.compile(r"\s+to\s+|[-–—]")
_HOURS = re.compile(r"([\d,]+)\s*h(?:\s+(\d+)\s*min)?|([\d,]+)(?:\s*min)?")


def parse(document: Document, field: Field, text: str, agent: Agent) -> Value:
    """The value that `text` means for this field, normalised; a FieldFault when it means none."""
    text = text.strip()
    if text in ("", words(NOT_SAID)):
        return field.normalise(field.empty) if field.kind is not Kind.FLAG else False
    match field.kind:
        case Kind.CHOICE:
            return field.normalise(_choice(field, text))
        case Kind.CHOICES:
            if field.choices == v.WEEKDAYS:
                return field.normalise(_weekdays(field, text))
            return field.normalise([_choice(field, part) for part in _parts(text)])
        case Kind.FLAG:
            return _flag(field, text)
        case Kind.NUMBER:
            return field.normalise(_number(field, text))
        case Kind.MONEY:
            return field.normalise(_money(field, text, agent))
        case Kind.DAY:
            return field.normalise(_day(text))
        case Kind.DAYS:
            return field.normalise([_day(part) for part in _parts(text)])
        case Kind.TEXTS:
            return field.normalise(text.split("\n"))
        case Kind.REFERENCE:
            return field.normalise(_named(document, field, text))
        case Kind.REFERENCES:
            return field.normalise([_named(document, field, part) for part in _parts(text)])
        case _:
            return field.normalise(text)


def _parts(text: str) -> Iterable[str]:
    return (part.strip() for part in text.split(",") if part.strip())


def _choice(field: Field, text: str) -> str | int:
    for entry in field.choices:
        if text.casefold() in (words(entry.label).casefold(), str(entry.value).casefold()):
            return entry.value
    return text


def _weekdays(field: Field, text: str) -> list[str]:
    """Weekdays one by one, or as a span: Mon to Fri, Sun; every day. A span may run over Sunday."""
    order = [str(entry.value) for entry in field.choices]
    if text.casefold() == words("every day").casefold():
        return order
    found: list[str] = []
    for part in _parts(text):
        first, *last = (str(_choice(field, end.strip())) for end in _SPAN.split(part, maxsplit=1))
        if last and first in order and last[0] in order:
            days = (order.index(last[0]) - order.index(first)) % len(order)
            found += [order[(order.index(first) + step) % len(order)] for step in range(days + 1)]
        else:
            found.append(part if last else first)
    return found


def _flag(field: Field, text: str) -> bool:
    if text.casefold() in (words("yes").casefold(), words("no").casefold()):
        return text.casefold() == words("yes").casefold()
    raise FieldFault(field.name, msg("{label} takes yes or no.", label=msg(field.label)))


def _number(field: Field, text: str) -> int | str:
    for entry in field.choices:
        if text.casefold() in (f"{words(entry.label)} ({entry.value})".casefold(), words(entry.label).casefold()):
            return int(entry.value)
    if field.choices:
        return int(text) if text.isdecimal() else text
    if found := _HOURS.fullmatch(text):
        hours, minutes, alone = found.groups()
        return _whole(hours) * 60 + _whole(minutes) if hours else _whole(alone)
    digits = re.fullmatch(r"([\d,]+)(\s*\S+)?", text)
    return _whole(digits.group(1)) if digits else text


def _whole(digits: str | None) -> int:
    return int((digits or "0").replace(",", ""))


def _money(field: Field, text: str, agent: Agent) -> int | str:
    found = re.fullmatch(r"(?:[A-Z]{3}\s*)?([\d,]+)(?:\.(\d{1,2}))?", text)
    if not found:
        return text
    units, cents = _whole(found.group(1)), int((found.group(2) or "0").ljust(2, "0"))
    return units if agent.currency in WITHOUT_CENTS else units * 100 + cents


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    if not found:
        return text
    months = [words(month).casefold() for month in v.MONTHS]
    month = found.group(2)[:3].casefold()
    if month not in months:
        return text
    try:
        return date(int(found.group(3)), months.index(month) + 1, int(found.group(1))).isoformat()
    except ValueError:
        return text


def _named(document: Document, field: Field, text: str) -> str:
    found = [
        row.id
        for kind in field.targets
        for row in document.rows(BY_KIND[kind])
        if words(row.called()).casefold() == text.casefold()
    ]
    if len(found) == 1:
        return found[0]
    problem = (
        msg("{label}: nobody and nothing is called “{name}”.", label=msg(field.label), name=text[:60])
        if not found
        else msg("{label}: more than one entry is called “{name}”.", label=msg(field.label), name=text[:60])
    )
    raise FieldFault(field.name, problem, msg("Change it in the program."))
