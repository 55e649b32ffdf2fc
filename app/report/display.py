"""Every kind of value in words, as the exports print it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from app.messages import msg, shown, words
from app.model import vocabulary as v
from app.model.document import Document
from app.model.fields import Field, Kind, Value
from app.model.ids import instant, is_id
from app.model.room import Agent

WITHOUT_CENTS = frozenset({"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "XAF"})
"""Currencies whose minor unit is the unit itself."""


def display(document: Document, field: Field, value: Value, agent: Agent) -> str:
    """The value of a declared field in words: choices by label, references by name, money with its currency.

    An empty value is an empty text, and so is a flag that nobody has set: that nobody said yes is no "no". Moments are
    told in the agent's zone.
    """
    if value == field.empty:
        return ""
    return _DISPLAYS[field.kind](document, field, value, agent)


def heading(field: Field) -> str:
    """The field's label as a heading: a unit that stands behind a comma goes to the value instead."""
    return _unit_of(field)[0]


def day_words(day: str) -> str:
    """`2026-11-21` as 21 Nov 2026."""
    if not day:
        return ""
    found = date.fromisoformat(day)
    return f"{found.day} {words(v.MONTHS[found.month - 1])} {found.year}"


def moment_words(moment: str, zone: str) -> str:
    """A stored moment on the clock of a zone (UTC when none is set): 21 Nov 2026, 14:53 Europe/Berlin."""
    if not moment:
        return ""
    local = instant(moment).astimezone(ZoneInfo(zone or "UTC"))
    return f"{day_words(local.date().isoformat())}, {local:%H:%M} {zone or 'UTC'}"


def moment_day(moment: str, zone: str) -> str:
    """The day of a stored moment on the clock of a zone: 21 Nov 2026."""
    if not moment:
        return ""
    return day_words(instant(moment).astimezone(ZoneInfo(zone or "UTC")).date().isoformat())


def fingerprint_words(digits: str) -> str:
    """A fingerprint in groups of four, to be read aloud and compared: two lines of eight groups."""
    groups = [digits[start : start + 4] for start in range(0, len(digits), 4)]
    return "\n".join(" ".join(groups[start : start + 8]) for start in range(0, len(groups), 8))


def minutes_words(minutes: int) -> str:
    """Minutes as people say them: 30 min, 4 h, 2 h 30 min."""
    if minutes <= 90:
        return words(msg("{minutes} min", minutes=minutes))
    hours, rest = divmod(minutes, 60)
    if not rest:
        return words(msg("{hours} h", hours=f"{hours:,}"))
    return words(msg("{hours} h {minutes} min", hours=f"{hours:,}", minutes=rest))


def money_words(minor: int, currency: str) -> str:
    """An amount in minor units: EUR 5,000 or EUR 12.50."""
    if currency in WITHOUT_CENTS:
        amount = f"{minor:,}"
    else:
        units, cents = divmod(minor, 100)
        amount = f"{units:,}" if not cents else f"{units:,}.{cents:02d}"
    return f"{currency} {amount}".strip()


RUN = 3
"""So many days that follow each other are said as a span: Mon to Wed."""


def weekdays_words(days: Sequence[str]) -> str:
    """Weekdays as people say them: Mon to Fri; Sat, Sun; every day."""
    order = [str(entry.value) for entry in v.WEEKDAYS]
    labels = {str(entry.value): words(entry.label) for entry in v.WEEKDAYS}
    if set(days) == set(order):
        return words("every day")
    found: list[str] = []
    places = enumerate(sorted(order.index(day) for day in days))
    for _, group in groupby(places, key=lambda place: place[1] - place[0]):
        run = [labels[order[place]] for _, place in group]
        found += [words(msg("{first} to {last}", first=run[0], last=run[-1]))] if len(run) >= RUN else run
    return ", ".join(found)


def _unit_of(field: Field) -> tuple[str, str]:
    label = words(field.label)
    if field.kind is not Kind.NUMBER:
        return label, ""
    name, _, unit = label.rpartition(", ")
    return (name, unit) if name else (label, "")


def _text(document: Document, field: Field, value: Value, agent: Agent) -> str:
    """Text as it is; where a text names another row by its id (what a finding is about), that row's name."""
    found = str(value)
    return (document.called(found) or found) if is_id(found) else found


def _line(document: Document, field: Field, value: Value, agent: Agent) -> str:
    """A line of text, which may be a name: what nobody would see in it is spelt out."""
    return shown(_text(document, field, value, agent))


def _choice(document: Document, field: Field, value: Value, agent: Agent) -> str:
    entry = field.choice(value)
    return words(entry.label) if entry else str(value)


def _choices(document: Document, field: Field, value: Value, agent: Agent) -> str:
    if field.choices == v.WEEKDAYS:
        return weekdays_words(_items(value))
    return ", ".join(_choice(document, field, item, agent) for item in _items(value))


def _lines(document: Document, field: Field, value: Value, agent: Agent) -> str:
    return "\n".join(str(item) for item in _items(value))


def _flag(document: Document, field: Field, value: Value, agent: Agent) -> str:
    return words("yes")


def _number(document: Document, field: Field, value: Value, agent: Agent) -> str:
    entry = field.choice(value)
    if entry is not None:
        label = words(entry.label)
        return label if str(value) in label.split() else f"{label} ({value})"
    unit = _unit_of(field)[1]
    if unit == words("minutes"):
        return minutes_words(_whole(value))
    return f"{_whole(value):,} {unit}" if unit else f"{_whole(value):,}"


def _money(document: Document, field: Field, value: Value, agent: Agent) -> str:
    return money_words(_whole(value), agent.currency)


def _day(document: Document, field: Field, value: Value, agent: Agent) -> str:
    return day_words(str(value))


def _days(document: Document, field: Field, value: Value, agent: Agent) -> str:
    return ", ".join(day_words(item) for item in _items(value))


def _moment(document: Document, field: Field, value: Value, agent: Agent) -> str:
    return moment_words(str(value), agent.time_zone)


def _name(document: Document, field: Field, value: Value, agent: Agent) -> str:
    return words(document.called(str(value)))


def _names(document: Document, field: Field, value: Value, agent: Agent) -> str:
    return ", ".join(words(document.called(item)) for item in _items(value))


def _items(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


_DISPLAYS: Mapping[Kind, Callable[[Document, Field, Value, Agent], str]] = {
    Kind.TEXT: _line,
    Kind.PROSE: _text,
    Kind.TEXTS: _lines,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.FLAG: _flag,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DAY: _day,
    Kind.DAYS: _days,
    Kind.TIME: _text,
    Kind.MOMENT: _moment,
    Kind.ZONE: _text,
    Kind.REFERENCE: _name,
    Kind.REFERENCES: _names,
}
