"""How a stored value is written in a control, and how what was typed there is read back.

Typing is forgiving: "9" is 09:00, "21.11." is that day of this year, or the next one where it must lie ahead, "sat
3am" is on the Saturday that comes, "1,234.50" and "1.234,50" are the same
amount. What is stored is always the plain value that app.model.fields describes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.errors import FieldFault
from app.messages import Message, msg, words
from app.model.document import Document
from app.model.fields import Field, Kind, Value
from app.model.ids import instant, moment
from app.model.room import Agent
from app.policy.clock import moment_on
from app.report.display import day_words, moment_words

MINOR_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "BHD": 3, "KWD": 3, "OMR": 3, "TND": 3, "JOD": 3}
"""Digits of the minor unit, where a currency has other than two (ISO 4217)."""


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORTEST_WEEKDAY = 2
"""Letters from which a weekday is known by its beginning."""

NOON = 12

_MOMENT_TYPED = (
    r"(?:(?P<day>\S+?)(?:T(?=\d)|[ ,]+)(?P<clock>\d[\d:.h]*(?: ?[ap]\.?m\.?)?)|"
    r"(?P<alone>\d{1,2}:\d\d|\d{1,2}(?::\d\d)? ?[ap]\.?m\.?))(?P<offset>[+-]\d\d:\d\d)?"
)
"""A day and a time, or a time that cannot be taken for a day."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How this project writes amounts and moments: its currency, its time zone, today, and what moment it is."""

    currency: str = ""
    zone: str = "UTC"
    today: date = date(2026, 1, 1)
    now: datetime | None = None
    """None for the beginning of today."""

    @classmethod
    def of(cls, document: Document, today: date | None = None, now: datetime | None = None) -> Ways:
        agent = document.only(Agent)
        zone = agent.time_zone or "UTC"
        return cls(agent.currency, zone, today or datetime.now(ZoneInfo(zone)).date(), now)


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
    found = read_day(text, ways.today, ahead=field.ahead)
    if found is None:
        raise _not(field, text, msg("Write a date as 2026-11-21 or 21.11."))
    return found


def _days(field: Field, text: str, ways: Ways) -> Value:
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    return tuple(str(_day(field, part, ways)) for part in parts)


def read_day(text: str, today: date, *, ahead: bool = False) -> str | None:
    """A day from "2026-11-21", "21.11.2026", "21.11.", "21/11/26", "today", "tomorrow", "sat" or "+7" (days).

    A weekday is the next one, today included; without a year it is a day of this year or, where it lies `ahead`, the
    next such day.
    """
    text = text.strip().lower()
    if text in (words("today"), "today"):
        return today.isoformat()
    try:
        if text in (words("tomorrow"), "tomorrow"):
            return (today + timedelta(days=1)).isoformat()
        if len(named := text.removesuffix(".")) >= SHORTEST_WEEKDAY and (weekday := _weekday(named)) is not None:
            return (today + timedelta(days=(weekday - today.weekday()) % 7)).isoformat()
        if distance := re.fullmatch(r"\+(\d{1,4})", text):
            return (today + timedelta(days=int(distance.group(1)))).isoformat()
        if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            return date(*map(int, iso.groups())).isoformat()
        if short := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./]?(\d{4}|\d{2})?", text):
            day, month, year = short.groups()
            if year is not None:
                return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
            is_over = ahead and (int(month), int(day)) < (today.month, today.day)
            return date(today.year + is_over, int(month), int(day)).isoformat()
    except (ValueError, OverflowError):
        return None
    return None


def _weekday(text: str) -> int | None:
    """The weekday whose name begins so; Monday is 0."""
    return next((place for place, name in enumerate(_WEEKDAYS) if words(name).lower().startswith(text)), None)


def _time(field: Field, text: str, ways: Ways) -> Value:
    if not text:
        return ""
    found = re.fullmatch(r"(\d{1,2})(?:[:.h]?(\d{2}))?h?\s*(?:([ap])\.?m\.?)?", text.lower())
    hour, half = (int(found.group(1)), found.group(3)) if found else (0, None)
    if not found or (half and not 1 <= hour <= NOON):
        raise _not(field, text, msg("Write a time as 16:37, from 00:00 to 24:00."))
    if half:
        hour = hour % NOON + (NOON if half == "p" else 0)
    return f"{hour:02d}:{found.group(2) or '00'}"


def read_moment(field: Field, text: str, ways: Ways) -> tuple[datetime, Message | None]:
    """The moment of a day and a time as they are typed, on the clock of the project or with an offset of their own, and
    what is to be said of it where the clocks change; a FieldFault for anything else.

    A time alone, "3am" or "3:00", is that of today. Where the moment lies ahead, what names no year and is over is the
    next one.
    """
    refused = _not(field, text, msg("Write a day and a time as 2026-11-21 03:00, 29.10. 02:30 or sat 3am."))
    found = re.fullmatch(_MOMENT_TYPED, text, re.IGNORECASE)
    if found is None:
        raise refused
    day, clock, offset = found["day"] or "", str(_time(field, found["clock"] or found["alone"], ways)), found["offset"]
    try:
        taken, note = _on_the_clock(field, day, f"{clock}:00{offset or ''}", ways)
    except (ValueError, OverflowError):
        raise refused from None
    return taken.astimezone(UTC), note


def _on_the_clock(field: Field, day: str, clock: str, ways: Ways) -> tuple[datetime, Message | None]:
    """The moment of a day as typed, "" for today, and a time of ISO 8601; a ValueError for what is no day."""
    zone = ZoneInfo(ways.zone)
    now = ways.now or datetime.combine(ways.today, time(), zone)

    def found(today: date) -> tuple[datetime, Message | None]:
        named = read_day(day, today, ahead=field.ahead) if day else today.isoformat()
        wall = datetime.fromisoformat(f"{named}T{clock}")
        return (wall, None) if wall.tzinfo else moment_on(wall, zone)

    first = found(ways.today)
    is_said = day.lower() in (words("today"), "today")
    return found(ways.today + timedelta(days=1)) if field.ahead and first[0] < now and not is_said else first


def _moment(field: Field, text: str, ways: Ways) -> Value:
    return moment(read_moment(field, text, ways)[0]) if text else ""


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
