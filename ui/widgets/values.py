"""How a stored value is written in a control, and how what was typed there is read back.

Typing is forgiving: "9" is 09:00, "21.11." is that day of this year, "1,234.50" and "1.234,50" are the same
amount. What is stored is always the plain value that app.model.fields describes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.errors import FieldFault
from app.messages import Message, msg, words
from app.model.document import Document
from app.model.fields import Field, Kind, Value
from app.model.ids import instant, moment
from app.model.room import Agent
from app.report.display import day_words, moment_words

MINOR_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "BHD": 3, "KWD": 3, "OMR": 3, "TND": 3, "JOD": 3}
"""Digits of the minor unit, where a currency has other than two (ISO 4217)."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How this project writes amounts and moments: its currency, its time zone, and today."""

    currency: str = ""
    zone: str = "UTC"
    today: date = date(2026, 1, 1)

    @classmethod
    def of(cls, document: Document, today: date | None = None) -> Ways:
        agent = document.only(Agent)
        return cls(agent.currency, agent.time_zone or "UTC", today or date.today())


def written(field: Field, value: Value, ways: Ways) -> str:
    """The value as a line of text for a control that is typed in; "" for no value."""
    if value is None or value == "" or value == ():
        return ""
    if field.kind is Kind.MONEY and isinstance(value, int):
        return write_money(value, ways.currency)
    if field.kind is Kind.MOMENT:
        return f"{instant(str(value)).astimezone(ZoneInfo(ways.zone)):%Y-%m-%d %H:%M}"
    if isinstance(value, tuple):
        return (", " if field.kind is Kind.DAYS else "\n").join(value)
    return str(value)


def read(field: Field, text: str, ways: Ways) -> Value:
    """What was typed, as a value that the field's own check may still refuse; a FieldFault if it means nothing."""
    reader = _READERS.get(field.kind)
    if reader is None:
        return text
    return reader(field, text.strip(), ways)


def in_words(document: Document, field: Field, value: Value) -> str:
    """The value in words for people: names instead of ids, labels instead of keys; "" for no value."""
    if value is None or value == "" or value == ():
        return ""
    if field.is_reference:
        ids = value if isinstance(value, tuple) else (str(value),)
        return ", ".join(words(document.called(one)) for one in ids)
    if field.kind is Kind.FLAG:
        return words(field.label) if value else ""
    if field.choices:
        chosen = value if isinstance(value, tuple) else (value,)
        entries = [field.choice(one) for one in chosen]
        return ", ".join(words(entry.label) for entry in entries if entry)
    if field.kind is Kind.DAY:
        return day_words(str(value))
    if field.kind is Kind.DAYS and isinstance(value, tuple):
        return ", ".join(map(day_words, value))
    if field.kind is Kind.MOMENT:
        return moment_words(str(value), document.only(Agent).time_zone)
    if field.kind is Kind.MONEY:
        ways = Ways.of(document)
        return f"{written(field, value, ways)} {ways.currency}".strip()
    return written(field, value, Ways.of(document)).replace("\n", ", ")


def write_money(minor: int, currency: str) -> str:
    """An amount of minor units as it is typed: 10000 is "100.00"."""
    digits = MINOR_DIGITS.get(currency, 2)
    if digits == 0:
        return str(minor)
    text = str(abs(minor)).rjust(digits + 1, "0")
    return f"{'-' if minor < 0 else ''}{text[:-digits]}.{text[-digits:]}"


def read_money(text: str, currency: str) -> int | None:
    """Minor units from what was typed, or None when it is no amount. The last point or comma parts the minor
    digits when no more than these follow it; every other point, comma, blank or apostrophe groups thousands."""
    digits = MINOR_DIGITS.get(currency, 2)
    compact = re.sub(r"[\s'’_]", "", text)
    found = re.fullmatch(r"(-?)([\d.,]*\d|\d)([.,])?", compact)
    if not found:
        return None
    sign, body = found.group(1), found.group(2)
    place = max(body.rfind("."), body.rfind(","))
    decimals = len(body) - place - 1
    if place >= 0 and digits and decimals <= digits and body.count(body[place]) == 1:
        whole, minor = body[:place], body[place + 1 :].ljust(digits, "0")
    else:
        whole, minor = body, "0" * digits
    whole = re.sub(r"[.,]", "", whole) or "0"
    return int(f"{sign}{whole}{minor}")


def _money(field: Field, text: str, ways: Ways) -> Value:
    if not text:
        return None
    amount = read_money(text, ways.currency)
    if amount is None:
        raise _not(field, text, msg("Write an amount such as 100.00."))
    return amount


def _number(field: Field, text: str, ways: Ways) -> Value:
    compact = re.sub(r"[\s'’,_%]", "", text)
    if not compact:
        return None
    if not re.fullmatch(r"-?\d{1,18}", compact):
        raise _not(field, text, msg("Write a whole number, in digits."))
    return int(compact)


def _day(field: Field, text: str, ways: Ways) -> Value:
    if not text:
        return ""
    found = read_day(text, ways.today)
    if found is None:
        raise _not(field, text, msg("Write a date as 2026-11-21 or 21.11."))
    return found


def _days(field: Field, text: str, ways: Ways) -> Value:
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    return tuple(str(_day(field, part, ways)) for part in parts)


def read_day(text: str, today: date) -> str | None:
    """A day from "2026-11-21", "21.11.2026", "21.11.", "21/11/26", "today", "tomorrow" or "+7" (days)."""
    text = text.strip().lower()
    if text in (words("today"), "today"):
        return today.isoformat()
    if text in (words("tomorrow"), "tomorrow"):
        return (today + timedelta(days=1)).isoformat()
    try:
        if ahead := re.fullmatch(r"\+(\d{1,4})", text):
            return (today + timedelta(days=int(ahead.group(1)))).isoformat()
        if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            return date(*map(int, iso.groups())).isoformat()
        if short := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./]?(\d{4}|\d{2})?", text):
            day, month, year = short.groups()
            whole = today.year if year is None else int(year) + (2000 if len(year) == 2 else 0)
            return date(whole, int(month), int(day)).isoformat()
    except (ValueError, OverflowError):
        return None
    return None


def _time(field: Field, text: str, ways: Ways) -> Value:
    if not text:
        return ""
    found = re.fullmatch(r"(\d{1,2})(?:[:.h]?(\d{2}))?", text.lower().removesuffix("h"))
    if not found:
        raise _not(field, text, msg("Write a time as 16:37, from 00:00 to 24:00."))
    return f"{int(found.group(1)):02d}:{found.group(2) or '00'}"


def _moment(field: Field, text: str, ways: Ways) -> Value:
    if not text:
        return ""
    found = re.fullmatch(r"(\S+?)[T ]+(\S+)", text, re.IGNORECASE)
    day = read_day(found.group(1), ways.today) if found else None
    if found is None or day is None:
        raise _not(field, text, msg("Write a day and a time as 2026-11-21 03:00."))
    clock = str(_time(field, found.group(2), ways))
    try:
        local = datetime.fromisoformat(f"{day}T{clock}:00").replace(tzinfo=ZoneInfo(ways.zone))
        return moment(local.astimezone(UTC))
    except (ValueError, OverflowError):
        raise _not(field, text, msg("Write a day and a time as 2026-11-21 03:00.")) from None


def _texts(field: Field, text: str, ways: Ways) -> Value:
    return tuple(text.split("\n")) if text else ()


def _not(field: Field, text: str, advice: Message) -> FieldFault:
    return FieldFault(
        field.name, msg("“{value}” does not fit {label}.", value=text[:60], label=msg(field.label)), advice
    )


_READERS: dict[Kind, Callable[[Field, str, Ways], Value]] = {
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.DAYS: _days,
    Kind.TIME: _time,
    Kind.MOMENT: _moment,
    Kind.TEXTS: _texts,
}
